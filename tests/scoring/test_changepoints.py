"""Claims about days on which the tone between two states changed."""

from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from relations.errors import BadRecord, NoEvidence
from relations.scoring.changepoints import (
    LEVEL,
    MIN_WEEKS,
    NAMED,
    NEAR_DAYS,
    Weeks,
    clearest,
    clearness,
    seeded_intervals,
    segment,
)
from relations.scoring.scores import Scores
from relations.settings import Settings

#: A Sunday: the first day of a week.
START = date(2020, 1, 5)
OWN_SCALE = Settings(scale="own")


def frame_of(weeks, per_week=2, seed=0, spread=2.0, shared=1.0):
    """Events with the given mean in each week; those of one week have a part of their noise in common."""
    random = np.random.default_rng(seed)
    rows = []
    for week, mean in enumerate(weeks):
        own = random.normal(0, shared)
        for n in range(per_week):
            value = float(np.clip(mean + own + random.normal(0, spread), -10, 10))
            day = START + timedelta(days=7 * week + 3 * n % 7)
            rows.append({"date": day.isoformat(), "source": "FRA", "target": "MLI", "goldstein": value,
                         "id": f"{week}-{n}"})  # fmt: skip
    return pd.DataFrame(rows)


def scores_of(frame):
    return Scores.from_events(frame, settings=OWN_SCALE)


def found_in(weeks, **how):
    return scores_of(frame_of(weeks, **how)).change_points("FRA", "MLI")


def test_on_a_constant_tone_no_more_changes_are_found_than_stated():
    """200 pairs with noise that the events of a week share; three binomial standard errors are left to chance."""
    random = np.random.default_rng(5)
    found = 0
    for _ in range(200):
        events = random.integers(1, 5, 24)
        noise = random.normal(0, 1.5, 24) + random.normal(0, 2.7, 24) / np.sqrt(events)
        weeks = Weeks(np.arange(24), events.astype(float), events * noise)
        found += bool(segment(weeks, LEVEL, random))
    assert found <= 200 * LEVEL + 3 * (200 * LEVEL * (1 - LEVEL)) ** 0.5


def test_the_level_is_the_share_of_false_changes_and_not_far_below_it():
    """A test that never finds anything would hold the level too: at a level of one half it must find about half."""
    random = np.random.default_rng(6)
    weeks = (Weeks(np.arange(16), np.full(16, 2.0), random.normal(0, 5, 16)) for _ in range(120))
    assert 40 <= sum(bool(segment(each, 0.5, random)) for each in weeks) <= 80


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize(("before", "after"), [(3.0, -4.0), (-4.0, 3.0)])
def test_a_planted_shift_is_found_within_some_weeks(seed, before, after):
    [change] = found_in([before] * 20 + [after] * 20, seed=seed)
    assert abs((change.day - (START + timedelta(weeks=20))).days) <= 21
    assert change.direction == ("worse" if after < before else "better")
    assert change.shift == pytest.approx(after - before, abs=2)
    assert change.shift == change.after - change.before
    assert change.p_value <= LEVEL
    assert change.since < change.day


def test_a_fall_is_found_though_a_recovery_follows():
    fall, rise = found_in([3.0] * 14 + [-5.0] * 14 + [3.0] * 14)
    assert (fall.direction, rise.direction) == ("worse", "better")
    assert abs((fall.day - (START + timedelta(weeks=14))).days) <= 14
    assert abs((rise.day - (START + timedelta(weeks=28))).days) <= 14
    assert fall.after == rise.before


def test_a_clean_shift_in_the_middle_of_a_week_is_found_to_the_day():
    days = [START + timedelta(days=n) for n in range(0, 140, 2)]
    turn = START + timedelta(days=74)
    rows = [
        {
            "date": day.isoformat(),
            "source": "FRA",
            "target": "MLI",
            "goldstein": 4.0 if day < turn else -4.0,
            "id": f"{n}",
        }
        for n, day in enumerate(days)
    ]
    [change] = scores_of(pd.DataFrame(rows)).change_points("FRA", "MLI")
    assert (change.day, change.since) == (turn, turn - timedelta(days=2))
    assert (change.before, change.after) == (4.0, -4.0)


def test_many_reports_of_one_week_are_one_episode():
    """Thirty hostile reports in a single week do not make a change; the same number over ten weeks does."""
    calm = frame_of([3.0] * 12, spread=0.5, shared=0.5)
    burst = frame_of([-6.0], per_week=30, seed=1).assign(date="2020-04-01", id=lambda f: "burst" + f["id"])
    assert scores_of(pd.concat([calm, burst])).change_points("FRA", "MLI") == ()
    assert len(found_in([3.0] * 12 + [-6.0] * 10, per_week=3)) == 1


def test_short_evidence_on_one_side_is_no_level():
    assert found_in([4.0] * 20 + [-6.0], spread=0.1, shared=0.1) == ()
    assert found_in([4.0] * 3 + [-6.0] * 2, per_week=5, spread=0.1, shared=0.1) == ()


def test_values_that_never_differ_have_no_change():
    assert found_in([2.0] * 30, spread=0.0, shared=0.0) == ()


def test_the_events_that_carry_a_change_add_up_to_it():
    [change] = found_in([4.0] * 12 + [-5.0] * 8, per_week=1, spread=0.5, shared=0.0)
    assert len(change.carried_by) == NAMED
    assert all(part.contribution < 0 for part in change.carried_by)
    points = [part.contribution for part in change.carried_by]
    assert points == sorted(points)
    for part in change.carried_by:
        assert change.day <= part.event.date < change.day + timedelta(days=NEAR_DAYS)
        assert part.contribution == pytest.approx(part.share * (part.event.goldstein - change.before))
    assert sum(part.share for part in change.carried_by) == pytest.approx(NAMED / change.weeks_after)


def test_later_events_are_left_out():
    scores = scores_of(frame_of([3.0] * 20 + [-4.0] * 20, seed=1))
    assert len(scores.change_points("FRA", "MLI")) == 1
    assert scores.change_points("FRA", "MLI", START + timedelta(weeks=20)) == ()


def test_directions_are_judged_apart():
    turned = frame_of([3.0] * 20 + [-5.0] * 20)
    steady = frame_of([1.0] * 40, seed=3).assign(source="MLI", target="FRA", id=lambda f: "back" + f["id"])
    scores = scores_of(pd.concat([turned, steady]))
    assert len(scores.change_points("FRA", "MLI", directed=True)) == 1
    assert scores.change_points("MLI", "FRA", directed=True) == ()


def test_the_order_of_events_and_the_run_change_nothing():
    frame = frame_of([2.0] * 15 + [-2.0] * 15)
    once = scores_of(frame).change_points("FRA", "MLI")
    again = scores_of(frame.sample(frac=1, random_state=1)).change_points("FRA", "MLI")
    assert [(c.day, c.p_value, c.before, c.after) for c in once] == [
        (c.day, c.p_value, c.before, c.after) for c in again
    ]
    assert once


def test_a_smaller_level_finds_no_more():
    scores = scores_of(frame_of([1.0] * 12 + [-2.0] * 12, seed=2))
    [change] = scores.change_points("FRA", "MLI", level=0.3)
    assert scores.change_points("FRA", "MLI", level=change.p_value / 2) == ()


@pytest.mark.parametrize("level", [0, 1, -0.1, 5])
def test_a_level_that_is_no_share_is_refused(level):
    with pytest.raises(BadRecord, match=r"0\.05"):
        scores_of(frame_of([1.0])).change_points("FRA", "MLI", level=level)


def test_a_pair_without_evidence_is_refused_in_words():
    with pytest.raises(NoEvidence, match="USA"):
        scores_of(frame_of([1.0])).change_points("FRA", "USA")


def test_a_change_is_told_with_its_events_and_hostile_words_do_no_harm():
    frame = frame_of([4.0] * 12 + [-5.0] * 8, per_week=1, spread=0.5).assign(sentence="red\x1b[31m\nline")
    [change] = scores_of(frame).change_points("FRA", "MLI")
    first, *events = str(change).splitlines()
    assert first.startswith(f"{change.day}: worse by {-change.shift:.2f}, from +")
    assert len(events) == NAMED
    assert all("\x1b" not in line and "red" in line for line in events)


WEEKS = st.lists(st.tuples(st.floats(0.5, 5), st.floats(-8, 8)), min_size=6, max_size=25)


@given(WEEKS, st.floats(-5, 5), st.booleans())
@settings(max_examples=25, deadline=None)
def test_neither_the_zero_nor_the_sign_of_the_scale_matters(drawn, shift, mirrored):
    weight, value = (np.array(column) for column in zip(*drawn, strict=True))
    other = (-value if mirrored else value) + shift
    one, two = (clearness(weight, weight * values) for values in (value, other))
    assert one == pytest.approx(two, abs=1e-6)


@given(WEEKS)
def test_clearness_is_the_same_read_backwards(drawn):
    weight, value = (np.array(column) for column in zip(*drawn, strict=True))
    forward = clearness(weight, weight * value)
    backward = clearness(weight[::-1], (weight * value)[::-1])
    assert forward == pytest.approx(backward[::-1], abs=1e-6)


def test_clearness_of_equal_weeks_is_the_difference_of_means_over_its_standard_error():
    found = clearness(np.full(8, 1.0), np.array([1.0] * 4 + [3.0] * 4))
    assert found[3] == pytest.approx(2 * (4 * 4 / 8) ** 0.5)
    assert found[[0, 1, 5, 6]].tolist() == [-np.inf] * 4


@given(st.integers(1, 200))
def test_intervals_lie_inside_and_every_place_is_in_a_short_one(length):
    intervals = seeded_intervals(length)
    assert intervals[0] == (0, length)
    assert all(0 <= start < end <= length for start, end in intervals)
    assert all(end - start >= 2 * MIN_WEEKS for start, end in intervals[1:])
    widths = [end - start for start, end in intervals]
    shortest = [interval for interval in intervals if interval[1] - interval[0] == min(widths)]
    assert {place for start, end in shortest for place in range(start, end)} == set(range(length))


def test_the_clearest_shift_of_all_intervals_is_taken():
    moment = np.array([3.0] * 10 + [-5.0] * 6 + [3.0] * 10)
    weight = np.ones(26)
    place, clear = clearest(weight, moment, seeded_intervals(26))
    assert place in (10, 16)
    assert clear > clearest(weight, moment, [(0, 26)])[1]


def test_real_events_of_autumn_2018_show_the_thaw_between_turkey_and_the_united_states(shared):
    """Pastor Brunson's release on 12 October 2018 ended months of sanctions."""
    frame = pd.read_csv(shared / "validation" / "icews18_events.csv.gz", dtype={"cameo": str})
    changes = Scores.from_events(frame).change_points("TUR", "USA")
    assert [change.direction for change in changes] == ["better"]
    assert date(2018, 9, 20) <= changes[0].day <= date(2018, 10, 15)
