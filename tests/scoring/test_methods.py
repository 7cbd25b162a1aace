"""Claims about the ways in which events become one number."""

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from relations.errors import BadRecord
from relations.records import Event
from relations.scoring.buckets import NO_MASSES, Masses, add_up
from relations.scoring.estimators import estimate
from relations.scoring.methods import is_exact, linear, point_scores, split, uses_prior
from relations.scoring.scores import Scores
from relations.scoring.yearly import HALF_LIFE_DAYS
from relations.settings import INTERVALS, METHODS, Settings

AT = date(2025, 9, 22)
YEAR = 365.25
EACH = pytest.mark.parametrize("method", METHODS)
#: Ages in days, values and weights of the events of one dyad.
EVIDENCE = st.lists(st.tuples(st.integers(0, 3000), st.floats(-10, 10), st.floats(0.01, 1)), min_size=1, max_size=10)
PRIORS = st.floats(-10, 10)


def buckets(evidence, shift=0, pair=("FRA", "MLI")):
    ages, values, weights = zip(*evidence, strict=True)
    days = [AT.toordinal() + shift - age for age in ages]
    return add_up([pair], [0] * len(days), days, weights, values, [False] * len(days))


def scored(evidence, method, prior=0.0, shift=0, **given):
    wanted = Settings(method=method, **given)
    masses = buckets(evidence, shift).decayed(AT + timedelta(days=shift), wanted.half_life_days)
    return [float(column[0]) for column in estimate(masses, prior, wanted)]


def score(evidence, method, prior=0.0, **given):
    return scored(evidence, method, prior, **given)[0]


def rest(method, prior):
    """Where a dyad without evidence stands."""
    return prior if uses_prior(method) else 0.0


# what holds for all


@EACH
@pytest.mark.parametrize("interval", INTERVALS)
@given(evidence=EVIDENCE, prior=PRIORS)
@settings(max_examples=25, deadline=None)
def test_a_score_lies_in_its_interval_and_both_on_the_scale(method, interval, evidence, prior):
    found, low, high = scored(evidence, method, prior, interval=interval, draws=100)
    assert -10 <= low <= found <= high <= 10


@pytest.mark.parametrize("method", ["mean", "gge", "worst"])
@given(evidence=EVIDENCE, prior=PRIORS)
@settings(max_examples=50, deadline=None)
def test_a_score_lies_between_where_it_rests_and_its_events(method, evidence, prior):
    values = [value for _, value, _ in evidence] + [rest(method, prior)]
    # an act that is not sure is a milder act, which lies between its value and 0
    values += [0.0] if method == "worst" else []
    assert min(values) - 1e-9 <= score(evidence, method, prior) <= max(values) + 1e-9


@pytest.mark.parametrize("method", ["logratio", "sum"])
@given(evidence=EVIDENCE)
@settings(max_examples=50, deadline=None)
def test_events_of_one_sign_give_a_score_of_that_sign(method, evidence):
    good = [(age, abs(value), weight) for age, value, weight in evidence]
    bad = [(age, -value, weight) for age, value, weight in good]
    assert score(good, method) >= 0 >= score(bad, method)
    assert score(good, method) == pytest.approx(-score(bad, method))


@EACH
@given(evidence=EVIDENCE, prior=PRIORS, weeks=st.integers(-100, 100))
@settings(max_examples=25, deadline=None)
def test_moving_all_dates_and_the_day_changes_nothing(method, evidence, prior, weeks):
    moved = scored(evidence, method, prior, shift=7 * weeks)
    assert moved == pytest.approx(scored(evidence, method, prior), abs=1e-9)
    by_a_day = scored(evidence, method, prior, shift=7 * weeks + 1)
    assert by_a_day[0] == pytest.approx(moved[0], abs=1e-9)  # weeks begin on other days, so the interval may move


@EACH
@given(one=EVIDENCE, other=EVIDENCE, prior=PRIORS)
@settings(max_examples=25, deadline=None)
def test_two_states_merge_in_either_order_as_one_pass(method, one, other, prior):
    wanted = Settings(method=method)
    whole = scored(one + other, method, prior)
    for merged in (buckets(one).merge(buckets(other)), buckets(other).merge(buckets(one))):
        found = estimate(merged.decayed(AT, wanted.half_life_days), prior, wanted)
        assert [float(column[0]) for column in found] == pytest.approx(whole, abs=1e-9)


@EACH
@given(evidence=EVIDENCE, prior=PRIORS, random=st.randoms())
@settings(max_examples=25, deadline=None)
def test_the_order_of_events_is_irrelevant(method, evidence, prior, random):
    shuffled = random.sample(evidence, len(evidence))
    assert scored(shuffled, method, prior) == pytest.approx(scored(evidence, method, prior), abs=1e-9)


@EACH
@given(evidence=EVIDENCE, prior=PRIORS)
@settings(max_examples=25, deadline=None)
def test_what_has_faded_away_leaves_the_score_where_it_rests(method, evidence, prior):
    old = [(age + 548 * 60, value, weight) for age, value, weight in evidence]
    assert score(old, method, prior) == pytest.approx(rest(method, prior), abs=1e-6)


@EACH
def test_later_events_do_not_count_yet(method):
    evidence = [(100, -5.0, 1.0), (40, 3.0, 0.5)]
    assert scored([*evidence, (-1, -9.0, 1.0)], method, 1.0) == pytest.approx(scored(evidence, method, 1.0))


@EACH
def test_an_interval_is_wider_after_a_silent_year(method):
    """But that of a sum, which itself fades: less evidence is a smaller sum, and no less sure one."""
    wanted = Settings(method=method)
    news = buckets([(10 * n, -1.0 - n % 2, 1.0) for n in range(6)])
    found = [estimate(news.decayed(day, 548), 1.0, wanted) for day in (AT, AT + timedelta(days=365))]
    now, later = (float(each.high[0] - each.low[0]) for each in found)
    assert later > now if method != "sum" else later < now


@EACH
def test_other_dyads_are_no_concern_of_a_dyad(method):
    one, other = [(3, -5.0, 1.0), (400, 2.0, 0.5)], [(0, 9.0, 1.0), (900, -9.0, 0.3)]
    both = buckets(one).merge(buckets(other, pair=("MLI", "RUS")))
    masses = both.decayed(AT, 548)
    wanted = Settings(method=method)
    alone = scored(one, method, 1.0)
    assert [float(column[0]) for column in estimate(masses, 1.0, wanted)] == pytest.approx(alone)
    taken = masses.take(np.array([1, 0]))
    assert [float(column[1]) for column in estimate(taken, 1.0, wanted)] == pytest.approx(alone)
    priors = np.array([-3.0, 1.0])
    assert float(estimate(taken, priors, wanted).score[1]) == pytest.approx(alone[0])


@EACH
def test_no_dyads_are_no_trouble(method):
    wanted = Settings(method=method)
    assert len(estimate(add_up([], [], [], [], [], []).decayed(AT, 548), 0.0, wanted).score) == 0


@EACH
def test_scores_are_made_by_any_method_in_both_directions(method):
    events = [
        Event("a", AT - timedelta(days=900), "FRA", "MLI", type="AID"),
        Event("b", AT - timedelta(days=20), "MLI", "FRA", type="ASSAULT"),
        Event("c", AT, "RUS", "MLI", type="CONSULT"),
    ]
    scores = Scores.from_events(events, AT, Settings(method=method, interval="bootstrap", draws=100))
    assert [(s.source, s.target) for s in scores] == [("FRA", "MLI"), ("MLI", "RUS")]
    assert scores.directed["FRA", "MLI"].score > scores.directed["MLI", "FRA"].score
    assert scores.masses("FRA", "MLI").intensity > 0, "force is a number of its own, whatever the method"
    assert uses_prior(method) or scores.prior() == 0


# each of them


@pytest.mark.parametrize(("value", "total"), [(10.0, 3), (-10.0, 3)])
def test_a_sum_of_thirty_is_three_quarters_of_the_scale(value, total):
    assert score([(0, value, 1.0)] * total, "sum") == pytest.approx(np.sign(value) * 7.6159, abs=1e-4)


def test_a_sum_depends_on_volume_and_a_mean_ever_less():
    few, many = [(0, 2.5, 1.0)] * 2, [(0, 2.5, 1.0)] * 40
    assert score(many, "sum") - score(few, "sum") > 7
    assert score(many, "mean") - score(few, "mean") < 1.3


def test_a_log_ratio_is_the_balance_of_good_and_ill():
    assert score([(0, 9.0, 1.0), (0, -4.0, 1.0)], "logratio") == pytest.approx(10 * (10 - 5) / (10 + 5))
    theta = np.log((1 + 9.0) / (1 + 4.0))
    assert score([(0, 9.0, 1.0), (0, -4.0, 1.0)], "logratio") == pytest.approx(10 * np.tanh(theta / 2))
    assert score([(548, 9.0, 1.0), (0, -4.5, 1.0)], "logratio") == pytest.approx(0)


def index(years):
    """The GGE index as its codebook defines it, in its own scale: a mean and a number of events a year, or None."""
    memory = value = 0.0
    for year in years:
        memory, value = 0.7 * memory, value
        if year is None:
            value *= 0.7
            continue
        mean, events = year
        memory += events
        value = (1 - events / memory) * value + events / memory * mean / 10
    return value


def test_gge_follows_the_codebook():
    years = [(-4.0, 2), (3.0, 1), None, None, (8.0, 1), (-9.0, 3), None]
    evidence = [
        (int((len(years) - 1 - place) * YEAR) + 40 * copy, year[0], 1.0)
        for place, year in enumerate(years)
        if year
        for copy in range(1, year[1] + 1)
    ]
    assert score(evidence, "gge") == pytest.approx(10 * index(years))


@given(evidence=EVIDENCE)
@settings(max_examples=50, deadline=None)
def test_gge_is_that_of_the_codebook_for_any_events(evidence):
    sums = {}
    for age, value, weight in evidence:
        total = sums.setdefault(int(age // YEAR), [0.0, 0.0])
        total[0] += weight * value
        total[1] += weight
    oldest = max(sums)
    years = [(sums[n][0] / sums[n][1], sums[n][1]) if n in sums else None for n in range(oldest, -1, -1)]
    assert score(evidence, "gge") == pytest.approx(10 * index(years), abs=1e-9)


def test_gge_has_a_memory_of_its_own():
    evidence = [(800, -5.0, 1.0), (10, 3.0, 1.0)]
    assert score(evidence, "gge", half_life_days=30) == score(evidence, "gge", half_life_days=None)
    assert pytest.approx(709.8, abs=0.1) == HALF_LIFE_DAYS


def test_gge_does_not_jump_at_new_year():
    evidence = [(2, -5.0, 1.0), (500, 3.0, 1.0)]
    eve, day = date(2024, 12, 31), date(2025, 1, 1)
    events = [
        Event(str(n), eve - timedelta(days=age), "FRA", "MLI", goldstein=x) for n, (age, x, _) in enumerate(evidence)
    ]
    scores = Scores.from_events(events, [eve, day], Settings(method="gge"))
    assert scores["FRA", "MLI", eve].score == pytest.approx(scores["FRA", "MLI", day].score)


def test_the_worst_act_outweighs_any_number_of_good_ones_and_fades_to_the_prior():
    assert score([(0, -9.0, 1.0), *[(n, 8.0, 1.0) for n in range(30)]], "worst", 2.0) == pytest.approx(-9)
    assert score([(548, -9.0, 1.0)], "worst", 2.0) == pytest.approx((2 - 9) / 2)
    assert score([(5, 8.0, 1.0)], "worst", 2.0) == pytest.approx(2)


def test_a_doubtful_act_is_a_milder_one_and_many_mild_ones_make_no_grave_one():
    assert score([(0, -8.0, 0.5)], "worst", 1.0) == pytest.approx(-4)
    assert score([(0, -2.0, 1.0)] * 50, "worst", 1.0) == pytest.approx(-2)


def test_a_fresh_mild_act_may_outweigh_a_grave_one_of_long_ago():
    assert score([(548 * 4, -10.0, 1.0), (0, -3.0, 1.0)], "worst", 0.0) == pytest.approx(-3)


@given(evidence=EVIDENCE, prior=PRIORS, age=st.integers(0, 500), value=st.floats(-10, 10))
@settings(max_examples=50, deadline=None)
def test_no_event_makes_the_worst_better(evidence, prior, age, value):
    assert score([*evidence, (age, value, 1.0)], "worst", prior) <= score(evidence, "worst", prior) + 1e-12


@pytest.mark.parametrize("method", ["mean", "logratio", "sum"])
@given(evidence=EVIDENCE, age=st.integers(0, 500), by=st.floats(0.1, 5))
@settings(max_examples=50, deadline=None)
def test_a_friendly_event_above_the_score_raises_it(method, evidence, age, by):
    before = score(evidence, method)
    value = max(by, min(10.0, before + by))
    assert score([*evidence, (age, value, 1.0)], method) > before or before > 9.99 or value <= before


# taking apart


@pytest.mark.parametrize("method", ["mean", "sum"])
@given(evidence=EVIDENCE, prior=PRIORS)
@settings(max_examples=50, deadline=None)
def test_an_exact_method_is_the_sum_of_its_parts(method, evidence, prior):
    ages, values, weights = (np.array(column, dtype=float) for column in zip(*evidence, strict=True))
    left = weights * 0.5 ** (ages / 548)
    parts = split(left, values, prior, Settings(method=method))
    assert is_exact(method)
    assert parts.prior == rest(method, prior)
    assert parts.prior + parts.contributions.sum() == pytest.approx(score(evidence, method, prior), abs=1e-9)
    assert parts.prior_share + parts.shares.sum() == pytest.approx(1)
    assert ((parts.shares >= 0) & (parts.shares <= 1 + 1e-12)).all()


def test_good_and_ill_that_cancel_out_still_have_their_parts():
    parts = split(np.array([1.0, 1.0]), np.array([6.0, -6.0]), 0.0, Settings(method="sum"))
    assert parts.contributions.tolist() == pytest.approx([2, -2])


@pytest.mark.parametrize("method", [method for method in METHODS if not is_exact(method)])
def test_a_method_without_an_exact_split_says_so(method):
    with pytest.raises(BadRecord, match=r"no sum over its events\. Use method mean or sum"):
        linear(np.ones(1), np.ones(1), 0.0, Settings(method=method))


@pytest.mark.parametrize("method", ["gge", "worst"])
def test_sums_that_do_not_know_their_days_are_refused_in_words(method):
    bare = Masses(*(np.ones(1) for _ in range(11)))
    with pytest.raises(BadRecord, match=r"Buckets\.decayed"):
        point_scores(bare, 0.0, Settings(method=method))
    assert NO_MASSES.take(slice(None)).origin is None
