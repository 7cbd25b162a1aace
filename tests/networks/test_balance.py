"""Claims about friends of friends."""

import json
from itertools import combinations
from math import comb

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from relations.errors import BadRecord
from relations.networks.balancing import balance_of
from relations.networks.rendering import NETWORK_FORMATS, render_network
from relations.networks.signs import ties_of
from relations.networks.triads import BALANCED, KINDS, count_triads, permuted_counts, strained_triads, triads_of_each
from relations.scoring.scores import Scores

CODES = ("BFA", "CHN", "DEU", "FRA", "MLI", "RUS", "USA")


@st.composite
def signs(draw):
    size = draw(st.integers(0, 8))
    sign = np.zeros((size, size), dtype=np.int64)
    for one, other in combinations(range(size), 2):
        sign[one, other] = sign[other, one] = draw(st.sampled_from([-1, 0, 1]))
    return sign


def by_hand(sign):
    """All triads one by one, with their kind."""
    for triad in combinations(range(len(sign)), 3):
        ties = [int(sign[one, other]) for one, other in combinations(triad, 2)]
        if all(ties):
            yield triad, KINDS[ties.count(-1)]


@given(signs())
def test_triads_are_counted_as_by_hand(sign):
    found = [kind for _, kind in by_hand(sign)]
    assert count_triads(sign).tolist() == [found.count(kind) for kind in KINDS]


@given(signs())
def test_the_triads_of_each_state_are_counted_as_by_hand(sign):
    all_, balanced = triads_of_each(sign)
    triads = list(by_hand(sign))
    for state in range(len(sign)):
        mine = [BALANCED[KINDS.index(kind)] for triad, kind in triads if state in triad]
        assert (all_[state], balanced[state]) == (len(mine), sum(mine))


@given(signs())
def test_every_strained_triad_is_met_once(sign):
    found = sorted(
        tuple(sorted((one, other, int(friend)))) for one, other, friends in strained_triads(sign) for friend in friends
    )
    assert found == sorted(triad for triad, kind in by_hand(sign) if kind == "++-")


@given(signs(), st.integers(0, 5))
@settings(max_examples=40)
def test_dealing_the_signs_anew_keeps_the_triads_and_turns_only_their_kinds(sign, seed):
    dealt = permuted_counts(sign, 20, seed)
    assert (dealt.sum(axis=1) == count_triads(sign).sum()).all()
    assert (dealt == permuted_counts(sign, 20, seed)).all()
    if not (sign < 0).any():
        assert (dealt[:, 1:] == 0).all()


def test_chance_is_what_combinatorics_says():
    """Four states all tied, one hostile tie: two of four triads hold it, wherever it falls."""
    sign = np.ones((4, 4), dtype=np.int64) - np.eye(4, dtype=np.int64)
    sign[0, 1] = sign[1, 0] = -1
    assert (permuted_counts(sign, 50, 0) == [2, 2, 0, 0]).all()


def test_chance_deals_the_signs_of_all_ties_also_of_those_in_no_triad(tie):
    triangle = [tie("FRA", "DEU", 4), tie("FRA", "USA", 4), tie("DEU", "USA", 4)]
    apart = [tie("RUS", "MLI", -4), tie("CHN", "BFA", -4)]
    found = balance_of([*triangle, *apart], 2.0)
    assert (found.share, found.counts[0].number) == (1.0, 1)
    assert found.counts[0].expected == pytest.approx(1 / comb(5, 2), abs=0.06)


def test_two_camps_are_balanced_beyond_chance(tie):
    camps = {code: place < 4 for place, code in enumerate(CODES)}
    ties = [tie(one, other, 4 if camps[one] == camps[other] else -4) for one, other in combinations(CODES, 2)]
    found = balance_of(ties, 2.0)
    assert found.share == found.weak_share == 1.0
    assert found.strained == ()
    assert found.high < 1
    assert found.p < 0.05
    assert "more than chance" in found.title


def test_three_hostile_states_are_balanced_only_weakly(tie):
    found = balance_of([tie("FRA", "MLI", -4), tie("MLI", "RUS", -4), tie("FRA", "RUS", -4)], 2.0)
    assert (found.share, found.weak_share) == (0.0, 1.0)


def test_a_friend_of_two_enemies_is_named_with_all_scores(tie):
    found = balance_of([tie("FRA", "MLI", -4), tie("MLI", "USA", 2), tie("FRA", "USA", 5)], 2.0)
    [triad] = found.strained
    assert (triad.hostile.source, triad.hostile.target, triad.friend) == ("FRA", "MLI", "USA")
    assert [score.score for score in triad.friendly] == [5, 2]
    assert triad.strain == pytest.approx(2 * 8 / (8 + 2))  # the weakest tie, by its share of evidence
    assert {country.code: country.strained for country in found.countries} == {"FRA": 1, "MLI": 1, "USA": 1}


def test_the_worst_strain_is_listed_first_and_a_lone_report_strains_little(tie):
    worse = [tie("FRA", "MLI", -4), tie("MLI", "USA", 4), tie("FRA", "USA", 4)]
    thin = [tie("CHN", "RUS", -9, weight=0.2), tie("CHN", "DEU", 9, weight=0.2), tie("DEU", "RUS", 9, weight=0.2)]
    found = balance_of([*thin, *worse], 2.0)
    assert [triad.friend for triad in found.strained] == ["USA", "DEU"]
    only = balance_of([*thin, *worse], 2.0, top=1)
    assert only.strained == found.strained[:1]
    assert "1 of 2" in str(only)


def test_a_tie_has_a_sign_where_its_interval_leaves_out_zero_or_a_threshold_says_so(tie):
    scores = [tie("FRA", "MLI", 3, half_width=4), tie("FRA", "USA", 0.5, half_width=0.1)]
    assert np.triu(ties_of(scores).sign).tolist() == [[0, 0, 1], [0, 0, 0], [0, 0, 0]]
    assert np.triu(ties_of(scores, threshold=1).sign).tolist() == [[0, 1, 0], [0, 0, 0], [0, 0, 0]]


def test_scores_without_intervals_are_held_against_the_edge_of_neutral(tie):
    scores = [tie("FRA", "MLI", 0.9, half_width=0), tie("FRA", "USA", 1.0, half_width=0)]
    ties = ties_of(scores)
    assert ties.threshold == 1.0
    assert ties.sign[0].tolist() == [0, 0, 1]


@pytest.mark.parametrize("wrong", [{"threshold": 0.0}, {"threshold": 11}, {"permutations": -1}, {"top": -1}])
def test_numbers_out_of_range_are_refused(tie, wrong):
    with pytest.raises(BadRecord, match="Want"):
        balance_of([tie("FRA", "MLI", -4)], 2.0, **wrong)


def test_the_order_of_scores_does_not_matter_and_the_seed_decides_chance(tie):
    random = np.random.default_rng(1)
    ties = [tie(one, other, float(random.uniform(-8, 8))) for one, other in combinations(CODES, 2)]
    found = balance_of(ties, 2.0, seed=3)
    assert balance_of(ties[::-1], 2.0, seed=3) == found
    assert balance_of(ties, 2.0, seed=4).counts != found.counts


def test_without_permutations_nothing_is_said_of_chance(tie):
    found = balance_of([tie("FRA", "MLI", 4), tie("MLI", "USA", 2), tie("FRA", "USA", 5)], 2.0, permutations=0)
    assert (found.expected, found.p, found.share) == (None, None, 1.0)
    assert "chance" not in found.title


@pytest.mark.parametrize("format", NETWORK_FORMATS)
def test_no_scores_have_a_balance_too(format):
    found = Scores.from_events([]).balance()
    assert (found.triads, found.share, found.countries) == (0, None, ())
    assert isinstance(render_network(found, format), str)


def test_json_holds_the_same_figures(tie):
    found = balance_of([tie("FRA", "MLI", -4), tie("MLI", "USA", 2), tie("FRA", "USA", 5)], 2.0)
    row = json.loads(render_network(found, "json"))
    assert (row["triads"], row["share"], row["strained"][0]["friend"]) == (1, 0.0, "USA")
    assert [count["number"] for count in row["counts"]] == [0, 1, 0, 0]


def test_csv_has_a_row_a_state(tie):
    found = balance_of([tie("FRA", "MLI", -4), tie("MLI", "USA", 2), tie("FRA", "USA", 5)], 2.0)
    lines = render_network(found, "csv").splitlines()
    assert lines[1] == "FRA,France,1,1,1,0,1,0.0000"


def test_an_unknown_format_is_refused(tie):
    with pytest.raises(BadRecord, match="table, json"):
        render_network(balance_of([tie("FRA", "MLI", -4)], 2.0), "xlsx")
