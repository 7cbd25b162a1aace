"""Claims about camps."""

import json
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from relations.countries import all_countries
from relations.errors import BadRecord, NoSuchActor
from relations.networks.communities import communities_of
from relations.networks.grouping import find_groups, quality, signed_modularity, together
from relations.networks.rendering import NETWORK_FORMATS, render_network
from relations.scoring.scores import Scores

EAST, WEST, SOUTH = ("BLR", "PRK", "RUS", "SYR"), ("CAN", "DEU", "FRA", "USA"), ("ARG", "BRA", "CHL")


@pytest.fixture(scope="session")
def three_camps(tie):
    camp_of = {code: camp for camp in (EAST, WEST, SOUTH) for code in camp}
    random = np.random.default_rng(5)
    return [
        tie(one, other, float((5 if camp_of[one] is camp_of[other] else -3) + random.uniform(-2, 2)))
        for one, other in combinations(sorted(camp_of), 2)
    ]


def sets(found):
    return {frozenset(camp.members) for camp in found}


def test_planted_camps_are_found(three_camps):
    found = communities_of(three_camps, 2.0)
    assert sets(found) == {frozenset(EAST), frozenset(WEST), frozenset(SOUTH)}
    assert [camp.hold for camp in found] == [1, 1, 1]
    assert found["FRA"].number == found["USA"].number
    assert all(camp.inside > 2 > 0 > camp.outside for camp in found)


@pytest.mark.parametrize("seed", [1, 7, 42])
def test_neither_seed_nor_order_moves_clear_camps(three_camps, seed):
    order = np.random.default_rng(seed).permutation(len(three_camps))
    shuffled = [three_camps[place] for place in order]
    assert sets(communities_of(shuffled, 2.0, seed=seed)) == sets(communities_of(three_camps, 2.0))


def test_the_same_seed_gives_the_same_camps_in_whatever_order_the_scores_come(tie):
    random = np.random.default_rng(0)
    codes = [country.code for country in all_countries()][:30]
    scores = [tie(one, other, float(random.uniform(-6, 8))) for one, other in combinations(codes, 2)]
    assert communities_of(scores, 2.0, seed=2) == communities_of(scores[::-1], 2.0, seed=2)


def test_positive_scores_alone_are_no_reason_for_one_camp(tie):
    """On a friendly feed all are friendly: camps are where they are friendlier than usual."""
    ties = [
        tie(one, other, 5.0 if (one in WEST) == (other in WEST) else 1.0)
        for one, other in combinations(sorted(WEST + EAST), 2)
    ]
    assert sets(communities_of(ties, 2.0)) == {frozenset(WEST), frozenset(EAST)}


def test_hostile_states_part_even_where_they_share_a_friend(tie):
    found = communities_of([tie("FRA", "MLI", -6), tie("FRA", "USA", 5), tie("BFA", "MLI", 5)], 2.0)
    assert sets(found) == {frozenset(("FRA", "USA")), frozenset(("BFA", "MLI"))}


def test_a_quarrel_inside_a_camp_is_named(tie):
    """Two friends of many friends stand in one camp although they are hostile to one another."""
    ties = [tie(one, other, 6) for one, other in combinations(WEST, 2) if (one, other) != ("CAN", "DEU")]
    ties += [tie("CAN", "DEU", -2), *(tie(one, other, 6) for one, other in combinations(EAST, 2))]
    ties += [tie(one, other, -6) for one in WEST for other in EAST]
    found = communities_of(ties, 2.0)
    [quarrel] = found["CAN"].quarrels
    assert (quarrel.source, quarrel.target) == ("CAN", "DEU")
    assert "CAN-DEU" in str(found)


def test_thin_evidence_binds_little(tie):
    """A lone report of the usual tone is no reason to change camp."""
    strong = [tie(one, other, 5) for camp in (EAST, WEST) for one, other in combinations(camp, 2)]
    thin = [tie("FRA", other, 6, weight=0.1) for other in EAST]
    assert communities_of([*strong, *thin], 2.0)["FRA"] == communities_of([*strong, *thin], 2.0)["USA"]


def test_means_are_weighted_by_evidence_and_silent_where_there_is_hardly_any(tie):
    ties = [tie("FRA", "USA", 6, weight=2.0), tie("MLI", "RUS", 4), tie("FRA", "RUS", -8, weight=0.2)]
    found = communities_of(ties, 2.0)
    assert found.between_frame().loc[1, 1] == pytest.approx(6)
    assert found["FRA"].outside == pytest.approx(-8)
    assert found.between[0][1] is None


def symmetric(size):
    return st.lists(st.floats(-5, 5), min_size=size * size, max_size=size * size).map(
        lambda cells: np.triu(np.array(cells).reshape(size, size), 1)
    ).map(lambda half: half + half.T)  # fmt: skip


@given(st.integers(1, 7).flatmap(symmetric), st.integers(0, 3))
def test_no_single_move_would_gain_more_than_what_was_found(weights, seed):
    gain = signed_modularity(weights)
    [groups] = find_groups(gain, seed, 1)
    for state in range(len(weights)):
        for group in range(groups.max() + 2):
            moved = groups.copy()
            moved[state] = group
            assert quality(gain, moved) <= quality(gain, groups) + 1e-9


@given(st.integers(1, 7).flatmap(symmetric))
def test_one_group_of_all_has_no_modularity(weights):
    assert quality(signed_modularity(weights), np.zeros(len(weights), dtype=np.int64)) == pytest.approx(0, abs=1e-9)


def test_positive_weights_have_newmans_modularity():
    import networkx

    graph = networkx.karate_club_graph()
    weights = networkx.to_numpy_array(graph)
    groups = [set(part) for part in networkx.community.louvain_communities(graph, seed=1)]
    labels = np.array([next(n for n, part in enumerate(groups) if node in part) for node in graph])
    assert quality(signed_modularity(weights), labels) == pytest.approx(networkx.community.modularity(graph, groups))
    best = find_groups(signed_modularity(weights), 0, 20)[0]
    assert quality(signed_modularity(weights), best) == pytest.approx(0.4449, abs=1e-3)  # the known optimum


def test_shares_of_runs_stand_between_none_and_all():
    shares = together([np.array([0, 0, 1]), np.array([0, 1, 1])])
    assert shares.tolist() == [[1, 0.5, 0], [0.5, 1, 0.5], [0, 0.5, 1]]


def test_who_stands_alone_is_told_apart_from_who_has_no_score(tie):
    found = communities_of([tie("FRA", "MLI", -5)], 2.0)
    assert (found.camps, found.alone) == ((), ("FRA", "MLI"))
    with pytest.raises(NoSuchActor, match="stands alone"):
        found["FRA"]
    with pytest.raises(NoSuchActor, match="no score"):
        found["USA"]


@pytest.mark.parametrize("wrong", [{"seed": -1}, {"runs": 0}])
def test_numbers_out_of_range_are_refused(tie, wrong):
    with pytest.raises(BadRecord, match="Want"):
        communities_of([tie("FRA", "MLI", -4)], 2.0, **wrong)


@pytest.mark.parametrize("format", NETWORK_FORMATS)
def test_no_scores_have_no_camps(format):
    found = Scores.from_events([]).communities()
    assert (len(found), found.alone, found.at) == (0, (), None)
    assert isinstance(render_network(found, format), str)


def test_frame_and_json_say_who_stands_where(three_camps):
    found = communities_of(three_camps, 2.0)
    frame = found.to_frame().set_index("country")
    assert frame.loc["FRA", "camp"] == found["FRA"].number
    row = json.loads(render_network(found, "json"))
    assert {member["country"] for member in row["camps"][2]["members"]} == set(SOUTH)


def test_real_camps_hold_under_other_seeds(shared):
    """On two months of ICEWS most pairs of states stand together or apart whatever the seed."""
    path = shared / "validation" / "icews18_events.csv.gz"
    if not path.is_file():
        pytest.skip("no ICEWS18 events in ../shared")
    import pandas as pd

    scores = Scores.from_events(pd.read_csv(path, dtype=str, keep_default_na=False))
    one, other = (scores.communities(seed=seed) for seed in (0, 1))
    assert one["RUS"] == one["BLR"]
    assert one["POL"] == one["USA"]
    codes = sorted({code for camp in one for code in camp.members} & {code for camp in other for code in camp.members})
    beside = [np.array([[a in found[b] for a in codes] for b in codes]) for found in (one, other)]
    assert len(codes) > 150
    assert (beside[0] == beside[1]).mean() > 0.9
