"""Claims about what an event is worth and how much it weighs."""

from datetime import date

import pytest

from relations.events.table import check_frame, events_to_frame
from relations.records import Event
from relations.scoring.scores import Scores
from relations.scoring.weighing import REASONS, weigh_events
from relations.settings import LARGE_FEED, Settings
from relations.vocabulary import typical_goldstein


def weighed(settings=None, source="FRA", target="MLI", **fields):
    event = Event("1", date(2025, 9, 19), source, target, **({"type": "SANCTION"} | fields))
    found = weigh_events(check_frame(events_to_frame([event])).frame, settings or Settings())
    return found.weight[0], found.value[0], REASONS[found.reason[0]]


def test_confidence_is_weight():
    assert weighed(confidence=0.6) == (0.6, -6.0, "")


@pytest.mark.parametrize("role", ["", "GOV", "MIL", "DIP", "SPY", "JUD", "LEG", "COP"])
def test_who_acts_for_the_state_weighs_one(role):
    assert weighed(source_role=role, target_role=role)[0] == 1


@pytest.mark.parametrize("role", ["CVL", "BUS", "MED", "OPP", "REB"])
def test_others_weigh_a_quarter_on_either_side(role):
    assert weighed(source_role=role)[0] == weighed(target_role=role)[0] == 0.25


def test_a_crowd_that_protests_is_civil_by_definition():
    assert weighed(type="PROTEST", source_role="CVL")[0] == 1


def test_a_feed_may_leave_civil_actors_out():
    weight, _, reason = weighed(Settings(actor_weights=LARGE_FEED), source_role="BUS")
    assert weight == 0
    assert "does not act for its state" in reason


def test_a_crowd_that_protests_counts_also_where_civil_actors_do_not():
    assert weighed(Settings(actor_weights=LARGE_FEED), type="PROTEST", source_role="CVL")[0] == 1
    assert weighed(Settings(actor_weights=LARGE_FEED), type="PROTEST", source_role="CVL", target_role="BUS")[0] == 0


def test_any_role_can_be_given_a_weight_and_the_lower_of_both_counts():
    settings = Settings(actor_weights={"LEG": 0.5, "CVL": 0.8})
    assert weighed(settings, source_role="LEG")[0] == 0.5
    assert weighed(settings, source_role="CVL", target_role="LEG", confidence=0.5)[0] == 0.25
    assert weighed(settings, source_role="MED")[0] == 0.25
    assert weighed(settings, source_role="GOV", target_role="XYZ")[0] == 1


def test_a_denied_act_weighs_nothing():
    assert weighed(status="denied")[0] == 0


def test_background_counts_on_its_own_date_and_not_without_one():
    assert weighed(status="historic", date_precision="year")[0] == 1
    assert weighed(status="historic", date_precision="document")[0] == 0


@pytest.mark.parametrize("status", ["planned", "threatened"])
def test_an_act_that_lies_ahead_is_worth_its_announcement(status):
    assert weighed(status=status, type="SANCTION")[1] == -3.5
    assert weighed(status=status, type="AID")[1] == 2.5
    assert weighed(status=status, type="REQUEST")[1] == 0


def test_a_plan_to_use_force_is_no_force_yet():
    events = [Event("1", date(2025, 9, 19), "FRA", "MLI", type="ASSAULT", status="planned")]
    assert Scores.from_events(events).masses("FRA", "MLI").intensity == 0


def test_the_mode_sharpens_the_value_and_an_unknown_one_does_not_hurt():
    assert weighed(type="CONSULT", mode="visit")[1] == 4
    assert weighed(type="CONSULT", mode="séance")[1] == 2.5


def test_the_scales_differ():
    fields = {"type": "SANCTION", "cameo": "163", "goldstein": -8.0}
    assert weighed(**fields)[1] == -6
    assert weighed(Settings(scale="goldstein"), **fields)[1] == -8


def test_one_table_of_goldstein_values_holds_for_all_files_and_each_file_may_keep_its_own():
    gdelt = {"type": "", "cameo": "016", "goldstein": -2.0}
    assert weighed(Settings(scale="goldstein"), **gdelt)[1] == -5
    assert weighed(Settings(scale="own"), **gdelt)[:2] == (1, -2)


def test_an_event_without_a_code_has_the_value_in_its_column_on_both_scales():
    for scale in ("goldstein", "own"):
        assert weighed(Settings(scale=scale), type="ACCUSE", goldstein=-1.5)[1] == -1.5
        assert weighed(Settings(scale=scale), type="ACCUSE", goldstein=-1.5)[0] == 1


@pytest.mark.parametrize("scale", ["goldstein", "own"])
def test_a_plan_is_worth_no_more_than_its_announcement_on_any_scale(scale):
    assert weighed(Settings(scale=scale), type="AID", cameo="0874", goldstein=10.0, status="planned")[
        1
    ] == typical_goldstein("AGREE")


def test_statements_and_appeals_have_no_place_on_the_plover_scale():
    weight, _, reason = weighed(type="", cameo="010")
    assert weight == 0
    assert "CAMEO 01, 02" in reason
    assert weighed(Settings(scale="goldstein"), type="", cameo="018", goldstein=3.4)[:2] == (1, 3.4)


def test_a_bare_goldstein_value_counts_on_either_scale():
    assert weighed(type="", goldstein=-3.5)[:2] == weighed(Settings(scale="goldstein"), type="", goldstein=-3.5)[:2]


@pytest.mark.parametrize("code", ["NATO", "AES", "GRL", "EUR"])
def test_organisations_and_territories_have_no_score(code):
    assert weighed(source=code)[2] == "one side is not a state"


def test_states_of_the_past_have_one():
    assert weighed(source="SUN", type="ASSAULT")[0] == 1
