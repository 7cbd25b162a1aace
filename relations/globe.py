"""How do scores stand on the globe?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from relations.records import Score
from relations.scoring.scores import Scores
from relations.snapshots.snapshot import score_row

if TYPE_CHECKING:
    from relations.maps.geometry import Place

Point = tuple[float, float]


def _places() -> Mapping[str, Place]:
    from relations.maps.geometry import load_places

    return load_places()


def geojson_of(scores: Iterable[Score]) -> dict[str, Any]:
    """A GeoJSON FeatureCollection (RFC 7946): a line from place to place for each score, cut at the antimeridian.

    A dyad with a state that has no place on the map has a null geometry.
    """
    places = _places()
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "id": f"{score.source}-{score.target}-{score.at.isoformat()}",
                "geometry": _geometry(places.get(score.source), places.get(score.target)),
                "properties": score_row(score),
            }
            for score in scores
        ],
    }


def _geometry(start: Place | None, end: Place | None) -> dict[str, Any] | None:
    if start is None or end is None:
        return None
    parts = lines_between((start.lon, start.lat), (end.lon, end.lat))
    if len(parts) == 1:
        return {"type": "LineString", "coordinates": [list(point) for point in parts[0]]}
    return {"type": "MultiLineString", "coordinates": [[list(point) for point in part] for part in parts]}


def lines_between(start: Point, end: Point) -> list[list[Point]]:
    """The short way between two points, in two parts where it crosses the antimeridian.

    >>> lines_between((170.0, 0.0), (-170.0, 10.0))
    [[(170.0, 0.0), (180.0, 5.0)], [(-180.0, 5.0), (-170.0, 10.0)]]
    """
    (west, south), (east, north) = start, end
    if abs(east - west) <= 180:
        return [[start, end]]
    edge = 180.0 if west > 0 else -180.0
    part = (edge - west) / (east + 2 * edge - west)
    latitude = south + part * (north - south)
    return [[start, (edge, latitude)], [(-edge, latitude), end]]


def scores_to_geodataframe(scores: Scores) -> Any:
    """A GeoDataFrame, a row for each pair and snapshot, with a line between the two states, EPSG:4326."""
    import geopandas
    from shapely.geometry import LineString, MultiLineString

    places = _places()

    def line(source: str, target: str) -> Any:
        one, other = places.get(source), places.get(target)
        if one is None or other is None:
            return None
        parts = lines_between((one.lon, one.lat), (other.lon, other.lat))
        return LineString(parts[0]) if len(parts) == 1 else MultiLineString(parts)

    frame = scores.to_frame()
    lines = [line(source, target) for source, target in zip(frame["source"], frame["target"], strict=True)]
    return geopandas.GeoDataFrame(frame, geometry=geopandas.GeoSeries(lines, crs="EPSG:4326"), crs="EPSG:4326")
