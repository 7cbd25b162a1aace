"""Claims about graphs for networkx, Gephi and their like."""

import io
from datetime import date
from xml.etree import ElementTree

import networkx
import pytest

from relations.exporting import export_scores
from relations.graphs import graph_of
from relations.records import Event
from relations.scoring.scores import Scores

EVENTS = [
    Event("1", date(2023, 1, 20), "BFA", "FRA", type="PROTEST"),
    Event("2", date(2025, 9, 19), "FRA", "MLI", type="SANCTION"),
    Event("3", date(2025, 9, 19), "MLI", "FRA", type="AID"),
    Event("4", date(1985, 1, 1), "SUN", "AFG", type="ASSAULT"),
]
DAYS = ["2023-12-31", "2024-12-31", "2025-09-22"]


@pytest.fixture
def scores():
    return Scores.from_events(EVENTS, DAYS)


def read_gexf(text):
    return networkx.read_gexf(io.BytesIO(text.encode()))


def test_the_graph_is_a_directed_multigraph_keyed_by_day(scores):
    graph = scores.to_networkx()
    assert isinstance(graph, networkx.MultiDiGraph)
    assert graph["FRA"]["MLI"].keys() == {"2025-09-22"}
    assert set(graph["BFA"]["FRA"]) == set(DAYS)
    edge = graph["FRA"]["MLI"]["2025-09-22"]
    score = scores.directed["FRA", "MLI"]
    assert {name: edge[name] for name in ("score", "low", "high", "word", "state", "weight", "n_events")} == {
        name: getattr(score, name) for name in ("score", "low", "high", "word", "state", "weight", "n_events")
    }
    assert (edge["at"], edge["newest"]) == ("2025-09-22", "2025-09-19")


def test_nodes_say_who_they_are_and_how_they_stand_on_their_newest_day(scores):
    node = scores.to_networkx().nodes["FRA"]
    assert (node["code"], node["name"], node["dyads"]) == ("FRA", "France", 2)
    ways = [scores.directed[way] for way in (("BFA", "FRA"), ("FRA", "MLI"), ("MLI", "FRA"))]
    assert node["mean"] == pytest.approx(sum(score.score for score in ways) / 3)
    assert -180 <= node["lon"] <= 180


def test_a_state_without_a_place_on_the_map_has_none_in_the_graph(scores):
    assert "lon" not in scores.to_networkx().nodes["SUN"]


def test_mutual_scores_have_no_direction_in_a_file(scores):
    graph = networkx.parse_graphml(export_scores(scores, "graphml"), force_multigraph=True)
    assert not graph.is_directed()
    assert graph["MLI"]["FRA"]["2025-09-22"]["score"] == pytest.approx(scores["FRA", "MLI"].score)
    assert networkx.parse_graphml(export_scores(scores, "graphml", directed=True), force_multigraph=True).is_directed()
    assert not graph_of(list(scores), directed=False).is_directed()


def test_missing_values_are_left_out_of_graphml(scores):
    assert "None" not in export_scores(scores, "graphml")


def test_gexf_has_one_edge_a_dyad_with_its_scores_on_the_timeline(scores):
    graph = read_gexf(export_scores(scores, "gexf"))
    assert not graph.is_directed()
    edge = graph["BFA"]["FRA"]
    assert [(start, end) for _, start, end in edge["score"]][:2] == [
        ("2023-12-31", "2024-12-30"), ("2024-12-31", "2025-09-21"),
    ]  # fmt: skip
    assert [value for value, *_ in edge["score"]] == [scores["BFA", "FRA", day].score for day in DAYS]
    assert edge["weight"] == scores["BFA", "FRA"].weight > 0
    assert graph.nodes["FRA"]["label"] == "France"


def test_a_dyad_is_on_the_timeline_only_while_it_has_evidence(scores):
    root = ElementTree.fromstring(export_scores(scores, "gexf"))
    spells = {
        edge.get("id"): [spell.get("start") for spell in edge.findall(".//{*}spell")]
        for edge in root.findall(".//{*}edge")
    }
    assert spells["FRA-MLI"] == ["2025-09-22"]
    assert spells["BFA-FRA"] == DAYS


def test_gexf_keeps_directions_apart_where_they_are_asked_for(scores):
    graph = read_gexf(export_scores(scores, "gexf", directed=True))
    assert graph.is_directed()
    assert graph["FRA"]["MLI"]["score"][0][0] < graph["MLI"]["FRA"]["score"][0][0]


def test_the_same_scores_give_the_same_bytes(scores):
    other = Scores.from_events(EVENTS[::-1], DAYS)
    for format in ("gexf", "graphml"):
        assert export_scores(other, format) == export_scores(scores, format)


@pytest.mark.parametrize("read", [read_gexf, networkx.parse_graphml])
def test_no_scores_are_a_graph_without_nodes(read):
    format = "gexf" if read is read_gexf else "graphml"
    assert len(read(export_scores(Scores.from_events([]), format))) == 0
