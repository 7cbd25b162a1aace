"""Claims about where a dyad stands before its own events are asked."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from relations.records import Event
from relations.scoring.buckets import add_up
from relations.scoring.estimators import estimate
from relations.scoring.priors import Priors, corpus_mean, find_priors
from relations.scoring.scores import Scores
from relations.settings import METHODS, Settings

AT = date(2025, 9, 22)
COUNTRY = Settings(prior="country")
PAIRS = [("FRA", "MLI"), ("FRA", "USA"), ("MLI", "RUS"), ("PRK", "USA")]
EVIDENCE = st.lists(
    st.tuples(st.integers(0, 3), st.integers(0, 2000), st.floats(-10, 10), st.floats(0.05, 1)), min_size=1, max_size=20
)


def masses(evidence):
    pair, ages, values, weights = zip(*evidence, strict=True)
    return add_up(PAIRS, pair, [AT.toordinal() - age for age in ages], weights, values, False).decayed(AT, 548)


def events(*acts):
    return [Event(str(n), AT, source, target, goldstein=float(value)) for n, (source, target, value) in enumerate(acts)]


def test_the_corpus_mean_is_shrunk_to_zero_by_fifty_events():
    assert corpus_mean(masses([(0, 0, 6.0, 1.0)] * 50), Settings()) == pytest.approx(3)
    assert corpus_mean(masses([(0, 0, 6.0, 1.0)] * 50), Settings(prior_events=0)) == pytest.approx(6)


def test_methods_that_rest_at_zero_have_no_other_prior():
    found = {method: corpus_mean(masses([(0, 0, 6.0, 1.0)]), Settings(method=method)) for method in METHODS}
    assert {method for method, m0 in found.items() if m0} == {"mean", "worst"}
    for method in ("logratio", "sum", "gge"):
        priors = find_priors(masses([(0, 0, 6.0, 1.0)]), Settings(method=method, prior="country"))
        assert priors.of("FRA", "MLI") == 0


def test_a_countrys_baseline_is_worked_out_by_hand():
    """W = 1 for FRA and MLI, S = -6: u = (-6 + 10 m0) / 11 - m0 for both."""
    evidence = masses([(0, 0, -6.0, 1.0)])
    m0 = -6 / 51
    u = (-6 + 10 * m0) / 11 - m0
    priors = find_priors(evidence, COUNTRY)
    assert priors.m0 == pytest.approx(m0)
    assert priors.of("FRA", "MLI") == pytest.approx(m0 + u)
    assert priors.of("FRA", "USA") == pytest.approx(m0 + u / 2)
    assert priors.of("CHN", "USA") == pytest.approx(m0)


@given(EVIDENCE)
@settings(max_examples=50, deadline=None)
def test_priors_lie_between_the_corpus_mean_and_the_events(evidence):
    priors = find_priors(masses(evidence), COUNTRY)
    values = [value for _, _, value, _ in evidence] + [priors.m0]
    for pair in PAIRS:
        assert min(values) - 1e-9 <= priors.of(*pair) <= max(values) + 1e-9
        assert priors.of(*pair) == priors.of(*pair[::-1])
    assert priors.each(PAIRS).tolist() == [priors.of(*pair) for pair in PAIRS]


def test_a_hostile_country_is_expected_to_be_so_to_others():
    acts = [("PRK", other, -8) for other in ("KOR", "JPN", "USA") for _ in range(5)]
    told = events(*acts, ("PRK", "GBR", -1), ("FRA", "GBR", -1))
    plain, country = (Scores.from_events(told, AT, Settings(prior=prior)) for prior in ("corpus", "country"))
    assert plain["PRK", "GBR"].score == pytest.approx(plain["FRA", "GBR"].score)
    assert country["PRK", "GBR"].score < country["FRA", "GBR"].score
    reading = country._ledger(None)[0].reading(AT)
    assert reading.prior_of(("PRK", "SWE")) < reading.prior_of(("FRA", "SWE")) < 0
    place = reading.place["GBR", "PRK"]
    [alone] = estimate(reading.masses.take(slice(place, place + 1)), reading.prior_of(("GBR", "PRK")), COUNTRY).score
    assert country["PRK", "GBR"].score == pytest.approx(alone)


def test_a_direction_may_start_from_the_score_of_the_pair():
    told = events(("FRA", "MLI", -9), ("FRA", "MLI", -8), ("MLI", "FRA", 2))
    same, pair = (Scores.from_events(told, AT, Settings(directed_prior=prior)) for prior in ("same", "pair"))
    mutual = same["FRA", "MLI"].score
    assert pair["FRA", "MLI"].score == mutual
    assert same.directed["MLI", "FRA"].score == pytest.approx((2 * same.prior() + 2) / 3)
    assert pair.directed["MLI", "FRA"].score == pytest.approx((2 * mutual + 2) / 3)
    reading = pair._ledger(None)[0].reading(AT, directed=True)
    assert reading.prior_of(("MLI", "FRA")) == mutual
    assert reading.prior_of(("MLI", "USA")) == pair.prior()


def test_directed_priors_are_those_of_the_day():
    told = [*events(("FRA", "MLI", -9)), Event("old", AT - timedelta(days=400), "MLI", "FRA", goldstein=5.0)]
    scores = Scores.from_events(told, AT, Settings(directed_prior="pair"))
    before = AT - timedelta(days=30)
    assert scores.directed["MLI", "FRA", before].score > scores.directed["MLI", "FRA", AT].score
    for day in (before, AT):
        left = 0.5 ** ((day - AT + timedelta(days=400)).days / 548)
        mutual = scores["MLI", "FRA", day].score
        assert scores.directed["MLI", "FRA", day].score == pytest.approx((2 * mutual + 5 * left) / (2 + left))


def test_an_unknown_country_is_like_all_others():
    assert Priors(1.0, {"PRK": -4.0}).of("PRK", "ZZZ") == -1
    assert Priors(1.0).of("ZZZ", "YYY") == 1


@given(EVIDENCE)
@settings(max_examples=30, deadline=None)
def test_without_evidence_of_its_own_a_dyad_stands_at_its_prior(evidence):
    priors = find_priors(masses(evidence), COUNTRY)
    old = add_up([("FRA", "PRK")], [0], [AT.toordinal() - 548 * 60], [1.0], [9.0], False).decayed(AT, 548)
    found = estimate(old, priors.each([("FRA", "PRK")]), COUNTRY)
    assert found.score[0] == pytest.approx(priors.of("FRA", "PRK"), abs=1e-9)
