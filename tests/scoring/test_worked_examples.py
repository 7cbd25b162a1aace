"""The worked examples of the method, computed by hand in the specification: k 3, half-life 365 days, prior 2."""

from datetime import date, timedelta

import pytest

from relations.records import Event
from relations.scoring import ledger as ledgers
from relations.scoring.buckets import add_up
from relations.scoring.estimators import estimate
from relations.scoring.intervals import effective_weight, half_width, variance_of_events
from relations.scoring.scores import Scores
from relations.settings import Settings

SETTINGS = Settings(k=3, half_life_days=365, scale="goldstein")
PRIOR = 2.0
START = date(2020, 1, 1)


def day(number):
    return START + timedelta(days=number)


def masses(events, at):
    days, values, weights = zip(*events, strict=True) if events else ((), (), ())
    ordinals = [day(number).toordinal() for number in days]
    return add_up([("A", "B")], [0] * len(days), ordinals, weights, values, [False] * len(days)).decayed(day(at), 365)


def scored(events, at=365):
    found = estimate(masses(events, at), PRIOR, SETTINGS)
    return tuple(float(column[0]) for column in found)


E1 = [(0, 8, 1), (200, -5, 1), (350, -2, 0.6)]


def test_e1_three_events_of_different_age():
    found = masses(E1, 365)
    assert (found.weight[0], found.moment[0], found.square[0]) == pytest.approx((1.8142, -0.8213, 52.6076), abs=1e-3)
    assert (found.spread[0], found.clustered[0]) == pytest.approx((1.1244, 1.1244), abs=1e-3)
    assert variance_of_events(found, SETTINGS)[0] == pytest.approx(15.4437, abs=1e-3)
    assert half_width(found, SETTINGS)[0] / 1.645 == pytest.approx(1.7911, abs=1e-3)
    assert scored(E1) == pytest.approx((1.0757, -1.8703, 4.0218), abs=1e-3)


def test_e2_one_attack():
    assert scored([(360, -9, 1)]) == pytest.approx((-0.730, -3.180, 1.719), abs=1e-3)


def test_e2_ten_attacks_in_one_week_say_little_more_than_one_of_how_sure_one_is():
    week = [(360, -9, 1)] * 10
    assert scored(week) == pytest.approx((-6.443, -7.996, -4.890), abs=1e-3)
    assert effective_weight(masses(week, 365))[0] == pytest.approx(0.991, abs=1e-3)


def test_e2_ten_attacks_a_month_apart():
    months = [(360 - 30 * n, -9, 1) for n in range(10)]
    assert scored(months) == pytest.approx((-5.935, -6.957, -4.914), abs=1e-3)
    assert effective_weight(masses(months, 365))[0] == pytest.approx(7.768, abs=1e-3)


def test_e2_no_event_leaves_the_prior_and_its_width():
    import numpy as np

    from relations.scoring.buckets import Masses

    none = Masses(*(np.zeros(1) for _ in range(11)))
    found = estimate(none, PRIOR, SETTINGS)
    assert [float(column[0]) for column in found] == pytest.approx([2.0, -1.092, 5.092], abs=1e-3)


def test_e4_a_mutual_score_pools_both_directions():
    there, back = [(300, 3.4, 1), (330, 4, 1), (350, -2, 1)], [(310, -5, 1), (360, -7.2, 1)]
    assert scored(there)[0] == pytest.approx(1.866, abs=1e-3)
    assert scored(back)[0] == pytest.approx(-1.152, abs=1e-3)
    assert scored(there + back) == pytest.approx((-0.108, -2.412, 2.196), abs=1e-3)


def event(id, number, value, confidence):
    return Event(id, day(number), "FRA", "MLI", goldstein=value, confidence=confidence)


@pytest.fixture
def e3(monkeypatch):
    """Two snapshots a month apart: c revised, x withdrawn, d new."""
    from relations.snapshots.comparing import compare_ledgers

    monkeypatch.setattr(ledgers, "corpus_mean", lambda masses, settings: PRIOR)
    kept = [event("a", 0, 8, 1), event("b", 200, -5, 1)]
    before = Scores.from_events([*kept, event("c", 350, -2, 0.6), event("x", 355, -9, 0.5)], day(365), SETTINGS)
    after = Scores.from_events([*kept, event("c", 350, -3.5, 0.6), event("d", 390, -7, 1)], day(395), SETTINGS)
    first, second = before._ledger(None), after._ledger(None)
    return compare_ledgers(*first, *second)["FRA", "MLI"]


def test_e3_a_change_is_split_by_cause(e3):
    assert (e3.before, e3.after, e3.change) == pytest.approx((0.1439, -0.4446, -0.5885), abs=1e-3)
    expected = {"prior": 0, "removed": 0.9318, "revised": -0.1817, "decay": 0.0390, "added": -1.3776}
    assert e3.causes == pytest.approx(expected, abs=1e-3)


def test_e3_a_change_is_split_by_event(e3):
    expected = {None: 0, "a": -0.0687, "b": 0.1172, "c": -0.0914, "d": -1.5629, "x": 1.0173}
    assert e3.contributions == pytest.approx(expected, abs=1e-3)


def test_e3_a_change_has_a_margin_of_error(e3):
    assert e3.margin / 1.645 == pytest.approx(0.811, abs=1e-3)
    assert not e3.clear
