"""Claims about intervals from weeks that are weighed anew."""

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from relations.records import Event
from relations.scoring.buckets import add_up
from relations.scoring.estimators import estimate
from relations.scoring.scores import Scores
from relations.settings import METHODS, Settings

AT = date(2025, 9, 22)
EACH = pytest.mark.parametrize("method", METHODS)
PAIRS = [("FRA", "MLI"), ("MLI", "RUS"), ("FRA", "USA")]
EVIDENCE = st.lists(
    st.tuples(st.integers(0, 2), st.integers(0, 1500), st.floats(-10, 10), st.floats(0.05, 1)), min_size=1, max_size=8
)


def boot(**given):
    return Settings(**{"interval": "bootstrap", "draws": 200} | given)


def buckets(evidence):
    pair, ages, values, weights = zip(*evidence, strict=True)
    return add_up(PAIRS, pair, [AT.toordinal() - age for age in ages], weights, values, False)


def intervals(evidence, wanted, prior=1.0, at=AT):
    """Both ends by dyad."""
    masses = buckets(evidence).decayed(at, wanted.half_life_days)
    found = estimate(masses, prior, wanted)
    return {pair: (low, high) for pair, _, low, high in zip(masses.origin.pairs, *found, strict=True)}


def one(evidence, wanted, prior=1.0, at=AT):
    return intervals([(0, *event) for event in evidence], wanted, prior, at)[PAIRS[0]]


def width(*args, **given):
    low, high = one(*args, **given)
    return high - low


@EACH
def test_the_same_seed_gives_the_same_interval_and_another_one_another(method):
    evidence = [(3, -5.0, 1.0), (40, 3.0, 0.5), (700, -2.0, 1.0)]
    assert one(evidence, boot(method=method, seed=5)) == one(evidence, boot(method=method, seed=5))
    assert one(evidence, boot(method=method, seed=5)) != one(evidence, boot(method=method, seed=6))


@EACH
@given(evidence=EVIDENCE, random=st.randoms())
@settings(max_examples=20, deadline=None)
def test_neither_the_order_of_events_nor_other_dyads_matter(method, evidence, random):
    wanted = boot(method=method)
    together = intervals(random.sample(evidence, len(evidence)), wanted)
    for number, pair in enumerate(PAIRS):
        own = [event for event in evidence if event[0] == number]
        if own:
            assert intervals(own, wanted)[pair] == pytest.approx(together[pair], abs=1e-9)


@EACH
@given(evidence=EVIDENCE, weeks=st.integers(-60, 60))
@settings(max_examples=20, deadline=None)
def test_moving_all_by_whole_weeks_changes_nothing(method, evidence, weeks):
    wanted = boot(method=method)
    moved = buckets([(pair, age - 7 * weeks, x, c) for pair, age, x, c in evidence])
    found = estimate(moved.decayed(AT + timedelta(days=7 * weeks), 548), 1.0, wanted)
    still = estimate(buckets(evidence).decayed(AT, 548), 1.0, wanted)
    for a, b in zip(found, still, strict=True):
        assert a == pytest.approx(b, abs=1e-9)


@EACH
def test_one_event_is_no_certainty(method):
    assert width([(0, -4.0, 1.0)], boot(method=method)) > 1


def test_without_evidence_the_interval_is_that_of_the_prior():
    wanted = boot(draws=10_000)
    low, high = one([(548 * 60, 9.0, 1.0)], wanted)
    half = 1.645 * (wanted.prior_variance / wanted.k) ** 0.5
    assert (low, high) == pytest.approx((1 - half, 1 + half), abs=0.15)


@pytest.mark.parametrize("method", ["mean", "logratio", "gge"])
def test_many_weeks_say_more_than_one_and_than_few(method):
    week = [(n % 7, -4.0 - n % 3, 1.0) for n in range(12)]
    months = [(30 * n, -4.0 - n % 3, 1.0) for n in range(12)]
    wanted = boot(method=method, half_life_days=None, draws=1000)
    assert width(months, wanted) < width(week, wanted)
    assert width(months, wanted) < width(months[:3], wanted)


@pytest.mark.parametrize("method", ["mean", "logratio", "gge", "worst"])
def test_an_interval_is_wider_after_a_silent_year(method):
    news = [(10 * n, -5.0 + n % 2, 1.0) for n in range(6)]
    wanted = boot(method=method, draws=1000)
    assert width(news, wanted, at=AT + timedelta(days=365)) > width(news, wanted)


def test_a_new_week_changes_no_draw_of_an_older_one():
    """A week that weighs next to nothing moves the ends next to nothing, though its draws come on top."""
    old = [(300, -5.0, 1.0), (200, 3.0, 1.0)]
    assert one([*old, (0, -5.0, 1e-9)], boot()) == pytest.approx(one(old, boot()), abs=1e-6)


def test_the_draws_follow_the_weeks_spread():
    """Equal weeks under a weak prior: the mean's spread is near that of the Bayesian bootstrap, sd / sqrt(n + 1)."""
    values = np.array([-6.0, -2.0, 1.0, 5.0] * 10)
    evidence = [(7 * n, value, 1.0) for n, value in enumerate(values.tolist())]
    wanted = boot(half_life_days=None, k=1e-6, draws=10_000)
    expected = 2 * 1.645 * values.std() / np.sqrt(len(values) + 1)
    assert width(evidence, wanted, prior=0.0) == pytest.approx(expected, rel=0.06)


def test_the_worst_is_no_worse_than_it_was_told():
    low, high = one([(0, -6.0, 1.0)], boot(method="worst"), prior=0.0)
    assert low == pytest.approx(-6)
    assert high > -2


def test_scores_stay_what_they_are_and_lie_within():
    events = [Event(str(n), AT - timedelta(days=9 * n), "FRA", "MLI", type="SANCTION") for n in range(5)]
    posterior, drawn, bare = (
        Scores.from_events(events, AT, Settings(interval=interval))["FRA", "MLI"]
        for interval in ("posterior", "bootstrap", "none")
    )
    assert posterior.score == drawn.score == bare.score == bare.low == bare.high
    assert drawn.low < drawn.score < drawn.high
