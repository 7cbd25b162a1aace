"""Laws that hold for any evidence."""

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from relations.records import Event
from relations.scoring.buckets import add_up
from relations.scoring.estimators import estimate
from relations.scoring.scores import Scores
from relations.settings import Settings

AT = date(2025, 9, 22)
SETTINGS = Settings()
PAIR = ("FRA", "MLI")

EVIDENCE = st.lists(
    st.tuples(st.integers(0, 3000), st.floats(-10, 10), st.floats(0.01, 1), st.booleans()), min_size=1, max_size=12
)
PRIORS = st.floats(-10, 10)


def buckets(evidence, shift=0):
    pairs = [PAIR, PAIR[::-1]]
    ages, values, weights, backward = zip(*evidence, strict=True) if evidence else ((), (), (), ())
    days = [AT.toordinal() + shift - age for age in ages]
    return add_up(pairs, [int(b) for b in backward], days, weights, values, [x < -6 for x in values])


def pooled(evidence, shift=0):
    return buckets([(age, value, weight, False) for age, value, weight, _ in evidence], shift)


def numbers(buckets, m0=1.0, shift=0, settings=SETTINGS):
    at = AT + timedelta(days=shift)
    return np.column_stack(estimate(buckets.decayed(at, settings.half_life_days), m0, settings))


@given(EVIDENCE, EVIDENCE)
def test_two_states_merge_in_either_order_as_one_pass(one, other):
    once = buckets(one + other)
    for merged in (buckets(one).merge(buckets(other)), buckets(other).merge(buckets(one))):
        assert merged.pairs == once.pairs
        assert numbers(merged) == pytest.approx(numbers(once), abs=1e-9)


@given(EVIDENCE, st.integers(-2000, 2000))
def test_a_shift_of_all_dates_changes_no_score_and_of_whole_weeks_no_interval(evidence, days):
    assert numbers(pooled(evidence, days), shift=days)[:, 0] == pytest.approx(numbers(pooled(evidence))[:, 0], abs=1e-9)
    weeks = 7 * days
    assert numbers(pooled(evidence, weeks), shift=weeks) == pytest.approx(numbers(pooled(evidence)), abs=1e-9)


@given(EVIDENCE, PRIORS)
def test_a_score_lies_between_its_prior_and_its_events(evidence, m0):
    [[score, low, high]] = numbers(pooled(evidence), m0)
    values = [value for _, value, _, _ in evidence] + [m0]
    assert min(values) - 1e-9 <= score <= max(values) + 1e-9
    assert -10 <= low <= score <= high <= 10


@given(EVIDENCE, PRIORS, st.floats(0.1, 5), st.integers(0, 500))
def test_an_event_above_the_score_raises_it(evidence, m0, by, age):
    [[score, _, _]] = numbers(pooled(evidence), m0)
    [[raised, _, _]] = numbers(pooled([*evidence, (age, min(10.0, score + by), 1.0, False)]), m0)
    assert raised > score or score + by > 10


@given(EVIDENCE, PRIORS)
def test_evidence_that_has_faded_away_leaves_the_prior_and_its_width(evidence, m0):
    old = [(age + 548 * 60, value, weight, back) for age, value, weight, back in evidence]
    [[score, low, high]] = numbers(pooled(old), m0)
    half = 1.645 * (SETTINGS.prior_variance / SETTINGS.k) ** 0.5
    assert score == pytest.approx(m0, abs=1e-9)
    assert (low, high) == pytest.approx((max(-10, m0 - half), min(10, m0 + half)), abs=1e-6)


@given(EVIDENCE)
def test_nobody_forgets_when_nothing_is_forgotten(evidence):
    never = replace(SETTINGS, half_life_days=None)
    old = [(age + 4000, value, weight, back) for age, value, weight, back in evidence]
    assert numbers(pooled(old), settings=never)[0, 0] == pytest.approx(numbers(pooled(evidence), settings=never)[0, 0])


def test_an_interval_is_wider_after_a_silent_year():
    news = [(10 * n, -5.0, 1.0, False) for n in range(6)]
    [[_, low, high]], [[_, later_low, later_high]] = numbers(pooled(news)), numbers(pooled(news), shift=365)
    assert later_high - later_low > high - low


@pytest.mark.parametrize("value", [0.0, 10.0, -10.0])
def test_a_million_equal_events_of_one_pair_are_finite(value):
    many = 1_000_000
    found = add_up(
        [PAIR], np.zeros(many, int), np.full(many, AT.toordinal()), np.ones(many), np.full(many, value), False
    )
    [[score, low, high]] = numbers(found)
    assert score == pytest.approx(value, abs=1e-4)
    assert -10 <= low <= score <= high <= 10


EVENTS = st.lists(
    st.builds(
        lambda age, ends, type, confidence, document: Event(
            "", AT - timedelta(days=age), *ends, type=type, confidence=confidence, document=document
        ),
        st.integers(-200, 2000),
        st.sampled_from([("FRA", "MLI"), ("MLI", "FRA"), ("MLI", "RUS"), ("RUS", "MLI"), ("BFA", "FRA")]),
        st.sampled_from(["AID", "CONSULT", "ACCUSE", "SANCTION", "ASSAULT"]),
        st.floats(0.05, 1),
        st.sampled_from(["", "x", "y"]),
    ),
    min_size=1,
    max_size=15,
).map(lambda events: [replace(event, id=str(number)) for number, event in enumerate(events)])


@given(EVENTS)
@settings(max_examples=50, deadline=None)
def test_contributions_add_up_to_every_score(events):
    scores = Scores.from_events(events, AT)
    for score in (*scores, *scores.directed):
        parts = scores.explain(score.source, score.target, directed=score.directed)
        assert sum(part.contribution for part in parts) == pytest.approx(score.score, abs=1e-9)
        assert sum(part.share for part in parts) == pytest.approx(1)
        assert len(parts) == score.n_events + 1


@given(EVENTS, st.integers(0, 2000))
@settings(max_examples=50, deadline=None)
def test_events_and_causes_add_up_to_every_change(events, days):
    for change in Scores.from_events(events, AT).compare(AT - timedelta(days=days), AT):
        assert sum(change.contributions.values()) == pytest.approx(change.change, abs=1e-9)
        assert sum(change.causes.values()) == pytest.approx(change.change, abs=1e-9)


@given(EVENTS, st.randoms())
@settings(max_examples=50, deadline=None)
def test_the_order_of_events_is_irrelevant(events, random):
    shuffled = random.sample(events, len(events))
    for one, other in zip(Scores.from_events(events, AT), Scores.from_events(shuffled, AT), strict=True):
        assert (one.source, one.target, one.n_events, one.state) == (
            other.source,
            other.target,
            other.n_events,
            other.state,
        )
        assert (one.score, one.low, one.high) == pytest.approx((other.score, other.low, other.high), abs=1e-9)


@given(EVENTS)
@settings(max_examples=30, deadline=None)
def test_copies_of_a_report_change_nothing_at_all(events):
    told = [replace(event, sentence=f"told {event.id} times over", document=f"d{event.id}") for event in events]
    copies = [replace(event, id=f"copy of {event.id}", document=f"e{event.id}") for event in told]
    assert list(Scores.from_events(told + copies, AT)) == list(Scores.from_events(told, AT))
