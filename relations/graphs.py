"""How do scores stand in a graph, for networkx, and for Gephi and its like?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from itertools import zip_longest
from typing import Any
from xml.etree import ElementTree

from relations.countries import name_of
from relations.maps.geometry import load_places
from relations.records import Score
from relations.scoring.scores import Scores
from relations.scoring.showing import printable
from relations.snapshots.snapshot import score_row

#: Attributes of a GEXF edge that change from day to day, with their types there.
_DYNAMIC = {
    "score": "double", "low": "double", "high": "double", "word": "string", "state": "string", "n_events": "integer",
    "evidence": "double", "newest": "string",
}  # fmt: skip
_NODE = {"dyads": "integer", "mean": "double", "lon": "double", "lat": "double"}
_NAMESPACE = "http://www.gexf.net/1.2draft"


def scores_to_networkx(scores: Scores) -> Any:
    """A networkx MultiDiGraph: states as nodes, an edge for each directed score, keyed by its ISO date."""
    return graph_of(list(scores.directed), directed=True)


def graph_of(scores: Sequence[Score], directed: bool) -> Any:
    """Scores as a networkx MultiDiGraph, or a MultiGraph of mutual scores, with an edge a score keyed by its ISO date.

    Nodes have `code`, `name`, `dyads` (partners on their newest day), `mean` (mean of their scores on that day) and,
    where the map knows their place, `lon` and `lat` in degrees. Edges have the fields of Score but source and target;
    days are ISO text, and what is missing is None.
    """
    import networkx

    graph = networkx.MultiDiGraph() if directed else networkx.MultiGraph()
    for code, attributes in _nodes(scores).items():
        graph.add_node(code, **attributes)
    for score in scores:
        attributes = {name: value for name, value in score_row(score).items() if name not in ("source", "target")}
        graph.add_edge(score.source, score.target, key=score.at.isoformat(), **attributes)
    return graph


def _nodes(scores: Iterable[Score]) -> dict[str, dict[str, Any]]:
    """Attributes of each state, in the order of their codes."""
    ties: dict[str, list[Score]] = {}
    for score in scores:
        for code in (score.source, score.target):
            ties.setdefault(code, []).append(score)
    places = load_places() if ties else {}
    return {code: _node(code, ties[code], places) for code in sorted(ties)}


def _node(code: str, scores: Sequence[Score], places: Mapping[str, Any]) -> dict[str, Any]:
    newest = max(score.at for score in scores)
    now = [score for score in scores if score.at == newest]
    partners = {state for score in now for state in (score.source, score.target)} - {code}
    found = {
        "code": code, "name": name_of(code), "dyads": len(partners),
        "mean": sum(score.score for score in now) / len(now),
    }  # fmt: skip
    place = places.get(code)
    return found | ({"lon": place.lon, "lat": place.lat} if place else {})


def graphml_of(scores: Sequence[Score]) -> str:
    """Scores as GraphML, which has no missing values: such attributes are left out. Mutual scores have no direction."""
    import networkx

    graph = graph_of(scores, directed=any(score.directed for score in scores))
    for *_, attributes in graph.edges(data=True):
        for name in [name for name, value in attributes.items() if value is None]:
            del attributes[name]
    return "\n".join(networkx.generate_graphml(graph)) + "\n"


def gexf_of(scores: Sequence[Score]) -> str:
    """Scores as GEXF 1.2 for Gephi: an edge a dyad, with its score, interval and evidence day by day on the timeline.

    What was scored on a day stands until the day before the next one. Gephi draws `weight`, the newest evidence, as the
    width of an edge; a score below 0 could be no width. The file says of no clock when it was made, so that the same
    scores give the same bytes, which networkx's writer does not.
    """
    directed = any(score.directed for score in scores)
    days = sorted({score.at for score in scores})
    root = ElementTree.Element("gexf", {"xmlns": _NAMESPACE, "version": "1.2"})
    graph = ElementTree.SubElement(
        root, "graph",
        {"defaultedgetype": "directed" if directed else "undirected", "mode": "dynamic", "timeformat": "date"},
    )  # fmt: skip
    _declare(graph, "node", "static", _NODE)
    _declare(graph, "edge", "dynamic", _DYNAMIC)
    nodes = ElementTree.SubElement(graph, "nodes")
    for code, attributes in _nodes(scores).items():
        node = ElementTree.SubElement(nodes, "node", {"id": printable(code), "label": printable(attributes["name"])})
        values = ElementTree.SubElement(node, "attvalues")
        for name in _NODE:
            if name in attributes:
                ElementTree.SubElement(values, "attvalue", {"for": name, "value": str(attributes[name])})
    edges = ElementTree.SubElement(graph, "edges")
    spans = {day: _span(day, later) for day, later in zip_longest(days, days[1:])}
    for (source, target), dated in _by_dyad(scores).items():
        ends = {"id": f"{source}-{target}", "source": source, "target": target}
        weight = {"weight": str(dated[-1].weight)}
        edge = ElementTree.SubElement(edges, "edge", {name: printable(text) for name, text in (ends | weight).items()})
        _fill(edge, dated, spans)
    ElementTree.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ElementTree.tostring(root, encoding="unicode")}\n'


def _declare(graph: ElementTree.Element, kind: str, mode: str, types: Mapping[str, str]) -> None:
    attributes = ElementTree.SubElement(graph, "attributes", {"class": kind, "mode": mode})
    for name, type_ in types.items():
        ElementTree.SubElement(attributes, "attribute", {"id": name, "title": name, "type": type_})


def _by_dyad(scores: Iterable[Score]) -> dict[tuple[str, str], list[Score]]:
    """Scores of each dyad by day, the dyads in order."""
    found: dict[tuple[str, str], list[Score]] = {}
    for score in sorted(scores, key=lambda score: (score.source, score.target, score.at)):
        found.setdefault((score.source, score.target), []).append(score)
    return found


def _span(day: date, later: date | None) -> dict[str, str]:
    """From a day to the one before the next; that of the newest is open."""
    start = {"start": day.isoformat()}
    return start if later is None else start | {"end": (later - timedelta(days=1)).isoformat()}


def _fill(edge: ElementTree.Element, dated: Sequence[Score], spans: Mapping[date, dict[str, str]]) -> None:
    """When the dyad had evidence, and what its numbers were."""
    values = ElementTree.SubElement(edge, "attvalues")
    for name in _DYNAMIC:
        for score in dated:
            value = str(score.weight if name == "evidence" else getattr(score, name))
            ElementTree.SubElement(values, "attvalue", {"for": name, "value": value, **spans[score.at]})
    spells = ElementTree.SubElement(edge, "spells")
    for score in dated:
        ElementTree.SubElement(spells, "spell", spans[score.at])
