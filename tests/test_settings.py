"""Claims about the numbers that can be tuned."""

import json
from dataclasses import asdict, fields, replace

import numpy as np
import pytest

from relations.errors import BadRecord
from relations.settings import CIVIL_ROLES, LARGE_FEED, Settings


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"half_life_days": None},
        {"actor_weights": {"CVL": 0.5, "MIL": 0.9}},
        {"actor_weights": {"civil": 1}},
        {"method": "gge", "interval": "bootstrap", "seed": 7, "draws": 200},
    ],
)
def test_what_is_written_down_is_read_again(given):
    settings = Settings(**given)
    again = Settings(**json.loads(json.dumps(asdict(settings))))
    assert again == settings
    assert hash(again) == hash(settings)


def test_equal_settings_are_written_down_alike():
    one, other = Settings(k=3, half_life_days=365), Settings(k=np.float64(3.0), half_life_days=365.0)
    assert json.dumps(asdict(one)) == json.dumps(asdict(other))


def test_settings_of_before_there_were_weights_by_role_are_still_read():
    old = {"method": "mean", "half_life_days": 548.0, "k": 2.0, "prior": "corpus", "prior_events": 50.0,
           "interval": "posterior", "scale": "plover", "civil_weight": 0.25}  # fmt: skip
    assert Settings(**old) == Settings()
    assert Settings(civil_weight=0) == Settings(actor_weights=LARGE_FEED)
    assert "civil_weight" not in asdict(Settings(**old))


def test_a_role_that_is_not_named_keeps_its_weight():
    settings = Settings(actor_weights={"CVL": 0.75, "DIP": 0.5})
    weights = [settings.weight_of(role) for role in ("CVL", "BUS", "DIP", "GOV", "", "XYZ")]
    assert weights == [0.75, 0.25, 0.5, 1, 1, 1]


def test_one_key_sets_all_civil_roles_and_a_role_of_its_own_wins():
    settings = Settings(actor_weights={"REB": 1, "civil": 0})
    assert {role: settings.weight_of(role) for role in CIVIL_ROLES} == {**dict.fromkeys(CIVIL_ROLES, 0), "REB": 1}


def test_the_order_of_weights_is_irrelevant():
    assert Settings(actor_weights={"BUS": 0.1, "CVL": 0.2}) == Settings(actor_weights=[["CVL", 0.2], ["BUS", 0.1]])


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"method": "magic"}, "Use one of mean, logratio, sum, gge, worst"),
        ({"prior": "mine"}, "Use one of corpus, zero, country"),
        ({"directed_prior": "mutual"}, "Use one of same, pair"),
        ({"interval": "sandwich"}, "Use one of posterior, bootstrap, none"),
        ({"scale": "richter"}, "Use one of plover, goldstein, own"),
        ({"half_life_days": 0}, "half-life above 0 days"),
        ({"half_life_days": float("inf")}, "none to forget nothing"),
        ({"half_life_days": "548"}, "half-life above 0 days"),
        ({"k": 0}, "k above 0"),
        ({"k": float("nan")}, "k above 0"),
        ({"k": True}, "k above 0"),
        ({"prior_events": -1}, "prior_events of 0 or more"),
        ({"seed": -1}, "seed as a whole number"),
        ({"draws": 99}, "draws as a whole number from 100"),
        ({"draws": 1000.5}, "draws as a whole number"),
        ({"actor_weights": {"CVL": 1.5}}, "weight from 0 to 1"),
        ({"actor_weights": {"civilian": 0.5}}, "three capitals"),
        ({"actor_weights": 0.5}, "mapping of roles"),
        ({"civil_weight": 2}, "weight from 0 to 1"),
    ],
)
def test_what_is_out_of_range_is_refused_with_the_remedy_in_one_line(given, said):
    with pytest.raises(BadRecord, match=said) as refused:
        Settings(**given)
    assert "\n" not in str(refused.value)


def test_every_setting_is_explained():
    text = Settings.__doc__ or ""
    assert [field.name for field in fields(Settings) if f"\n    {field.name} : " not in text] == []


def test_one_setting_can_be_replaced():
    assert replace(Settings(actor_weights={"CVL": 0.5}), k=3) == Settings(k=3, actor_weights={"CVL": 0.5})
