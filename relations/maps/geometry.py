"""Where do countries lie, and along which borders?

There are two worldviews, and neither is an endorsement. `un` keeps close to the maps of the United Nations: Crimea is
in Ukraine, Western Sahara reaches 27 degrees 40 north, the Golan Heights are in Syria, Somaliland and Northern Cyprus
are in Somalia and Cyprus. `ne` shows control on the ground as Natural Earth does: Crimea in Russia, Western Sahara east
of the berm only, the Golan Heights in Israel, Somaliland and Northern Cyprus as land of no score. Both draw Kosovo,
Taiwan, Palestine and Western Sahara with a shape and a score of their own, and what is disputed with dashed borders.
Every member of the United Nations is in both; a microstate is a dot as well; outlines are cut at the 180th meridian.
The sources and each single transfer stand in `data/build/geometry.py`.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from relations.errors import BadInput
from relations.resources import data_path, read_table

if TYPE_CHECKING:
    import geopandas

WORLDVIEWS = ("un", "ne")  # borders close to the United Nations' maps; Natural Earth's, by control on the ground

Corner = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Place:
    """Where the arcs of a country end, in degrees, and whether it is so small that it needs a dot as well."""

    lon: float
    lat: float
    dot: bool

    def __post_init__(self) -> None:
        if not (-180 <= self.lon <= 180 and -90 <= self.lat <= 90):
            raise BadInput(f"Want -180 <= lon <= 180 and -90 <= lat <= 90, got {self}. Mend geometry/places.tsv.")


def load_places() -> dict[str, Place]:
    """Place of every state and territory with a shape of its own, by ISO alpha-3 code, in order of code.

    Examples
    --------
    >>> load_places()["RUS"]
    Place(lon=44.0, lat=56.5, dot=False)
    """
    return {
        row["code"]: Place(float(row["lon"]), float(row["lat"]), row["dot"] == "1")
        for row in read_table("geometry/places.tsv")
    }


@cache
def topojson_text(worldview: str = "un") -> str:
    """The world's borders as TopoJSON text, ready to stand inside a page.

    Parameters
    ----------
    worldview : str
        `"un"` or `"ne"`; what each does with disputed land is told at the head of this module.

    Raises
    ------
    BadInput
        When there is no such worldview.
    """
    if worldview not in WORLDVIEWS:
        raise BadInput(f"No worldview {worldview!r}. Choose one of {', '.join(WORLDVIEWS)}.")
    return data_path(f"geometry/{worldview}.topojson").read_text(encoding="utf-8")


def load_topology(worldview: str = "un") -> dict[str, Any]:
    """The world's borders as parsed TopoJSON: the object `countries`, whose geometries carry an alpha-3 `id`, and
    `disputed`, the borders that are drawn dashed.

    Each call parses anew, so the caller may change what it gets.

    Examples
    --------
    >>> shapes = load_topology("un")["objects"]["countries"]["geometries"]
    >>> [shape["id"] for shape in shapes][:3]
    ['ABW', 'AFG', 'AGO']
    """
    topology: dict[str, Any] = json.loads(topojson_text(worldview))
    return topology


def load_geometries(worldview: str = "un") -> geopandas.GeoDataFrame:
    """The world's countries as a table to plot or to join: columns `iso3` and `geometry`, in EPSG:4326.

    A land without a state's code, such as the Siachen Glacier (`KAS`), is a row too. Antarctica is not drawn.
    """
    import geopandas
    from shapely.geometry import MultiPolygon

    topology = load_topology(worldview)
    lines = [_line(arc, topology["transform"]) for arc in topology["arcs"]]
    shapes = topology["objects"]["countries"]["geometries"]
    outlines = [MultiPolygon([(rings[0], rings[1:]) for rings in _polygons(shape["arcs"], lines)]) for shape in shapes]
    return geopandas.GeoDataFrame({"iso3": [shape["id"] for shape in shapes]}, geometry=outlines, crs="EPSG:4326")


def load_disputed(worldview: str = "un") -> geopandas.GeoSeries:
    """The borders that a map draws dashed, as lines in EPSG:4326.

    They are those that Natural Earth calls disputed, indefinite or a line of control, Kosovo's with Serbia, and all
    that only the other worldview draws, so that each view shows where the other one differs.
    """
    import geopandas
    from shapely.geometry import LineString

    topology = load_topology(worldview)
    numbers = topology["objects"]["disputed"]["arcs"]
    lines = [LineString(_line(topology["arcs"][number], topology["transform"])) for (number,) in numbers]
    return geopandas.GeoSeries(lines, crs="EPSG:4326")


def _line(arc: Sequence[Sequence[int]], transform: dict[str, list[float]]) -> list[Corner]:
    """Corners of one arc in degrees; TopoJSON stores each as steps from the one before."""
    (scale_x, scale_y), (left, bottom) = transform["scale"], transform["translate"]
    eastward, northward = accumulate(step[0] for step in arc), accumulate(step[1] for step in arc)
    return [(x * scale_x + left, y * scale_y + bottom) for x, y in zip(eastward, northward, strict=True)]


def _polygons(numbers: Sequence[Sequence[Sequence[int]]], lines: list[list[Corner]]) -> list[list[list[Corner]]]:
    return [[_ring(ring, lines) for ring in rings] for rings in numbers]


def _ring(numbers: Sequence[int], lines: list[list[Corner]]) -> list[Corner]:
    """One closed ring; a negative number means the arc backwards, and each arc begins where the last one ended."""
    ring: list[Corner] = []
    for number in numbers:
        line = lines[number] if number >= 0 else lines[~number][::-1]
        ring.extend(line[1:] if ring else line)
    return ring
