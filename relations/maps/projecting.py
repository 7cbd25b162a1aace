"""Where on paper does a place lie?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from relations.maps.choosing import Arc, Paint
from relations.maps.geometry import Place

if TYPE_CHECKING:
    import geopandas

Point = tuple[float, float]
Box = tuple[float, float, float, float]

#: The south of the world has no state.
_SOUTH, _NORTH = -57.0, 84.0
#: Partners farther away than this (degrees of a great circle) do not widen the view of a focus.
_NEAR = 55.0
#: Arcs whose ends lie this near to their middle do not need the whole world.
_COMPACT = 40.0
#: Outlines this near to the antipode would be turned inside out.
_ANTIPODE = 20.0
_PADDING = 0.16
#: Half the least width of a view, in metres, and how wide it is for its height.
_LEAST, _WIDEST, _TALLEST = 1_200_000.0, 1.7, 1.05


@dataclass(frozen=True)
class Projection:
    """A projection that keeps areas, and the part of it that is shown.

    Without a centre it is Equal Earth, the whole world; else Lambert's azimuthal one around the centre.
    """

    centre: Point | None = None
    ends: tuple[Point, ...] = ()

    @cached_property
    def crs(self) -> str:
        if self.centre is None:
            return "+proj=eqearth +lon_0=0 +datum=WGS84 +units=m +no_defs"
        return f"+proj=laea +lat_0={self.centre[1]} +lon_0={self.centre[0]} +datum=WGS84 +units=m +no_defs"

    @cached_property
    def _transform(self) -> Any:
        from pyproj import Transformer

        return Transformer.from_crs("EPSG:4326", self.crs, always_xy=True).transform

    @cached_property
    def bounds(self) -> Box:
        """West, south, east and north of what is shown, in metres."""
        if self.centre is None:
            lat = np.linspace(_SOUTH, _NORTH, 60)
            xs, ys = self._transform(np.full(lat.shape, 180.0), lat)
            return -max(xs), min(ys), max(xs), max(ys)
        xs, ys = np.array([self.point(*end) for end in self.ends]).T
        return _framed(min(xs), min(ys), max(xs), max(ys))

    def point(self, lon: float, lat: float) -> Point:
        """A place in metres."""
        x, y = self._transform(lon, lat)
        return float(x), float(y)

    def holds(self, point: Point) -> bool:
        """Whether a point is shown."""
        west, south, east, north = self.bounds
        return west <= point[0] <= east and south <= point[1] <= north

    def outline(self) -> list[Point]:
        """The edge of what is shown."""
        west, south, east, north = self.bounds
        if self.centre is not None:
            return [(west, south), (east, south), (east, north), (west, north), (west, south)]
        lat = np.linspace(_SOUTH, _NORTH, 60)
        xs, ys = self._transform(np.full(lat.shape, 180.0), lat)
        right = list(zip(xs.tolist(), ys.tolist(), strict=True))
        return [*right, *((-x, y) for x, y in reversed(right)), right[0]]

    def lines(self, start: Point, end: Point) -> list[tuple[Point, Point]]:
        """Both ends of a line between two places, the short way: twice where it leaves the world at one edge."""
        (one, south), (other, north) = start, end
        turn = 360.0 if other - one < -180 else -360.0 if other - one > 180 else 0.0
        if self.centre is not None or not turn:
            return [(self.point(*start), self.point(*end))]
        return [
            (self.point(*start), self._beyond(other + turn, north)),
            (self._beyond(one - turn, south), self.point(*end)),
        ]

    def _beyond(self, lon: float, lat: float) -> Point:
        """A place past the 180th meridian; in Equal Earth x grows evenly with longitude."""
        x, y = self.point(90.0, lat)
        return x * lon / 90.0, y

    def project(self, shapes: geopandas.GeoSeries) -> geopandas.GeoSeries:
        """Outlines or lines in metres; parts on the other side of the globe are left out."""
        if self.centre is None:
            return shapes.to_crs(self.crs)
        lon, lat = self.centre
        antipode = shapely.Point(lon - 180 if lon > 0 else lon + 180, -lat)
        cut = shapes.bounds["maxx"] - shapes.bounds["minx"] > 350
        seen = shapes.map(lambda shape: _without_parts_near(shape, antipode)).set_crs(shapes.crs).to_crs(self.crs)
        return seen.where(~cut, seen[cut].map(_sewn))


def projection_for(
    focus: str | None, paints: Mapping[str, Paint], arcs: Sequence[Arc], places: Mapping[str, Place]
) -> Projection:
    """The surroundings of a country that hold most of those it has relations with; without one, the part of the world
    in which all arcs lie, or the whole world."""
    if focus is None or focus not in places:
        return _around(arcs, places)
    home = places[focus]
    strongest = dict.fromkeys(code for arc in arcs for code in (arc.source, arc.target))
    codes = [code for code in [*strongest, *([] if strongest else paints)] if code in places]
    near = [places[code] for code in codes if code != focus and _degrees(home, places[code]) <= _NEAR]
    ends = tuple((place.lon, place.lat) for place in (home, *near))
    return Projection(_middle(ends), ends)


def _around(arcs: Sequence[Arc], places: Mapping[str, Place]) -> Projection:
    codes = dict.fromkeys(code for arc in arcs for code in (arc.source, arc.target))
    ends = tuple((places[code].lon, places[code].lat) for code in codes)
    if not ends:
        return Projection()
    middle = Place(*_middle(ends), dot=False)
    compact = all(_degrees(middle, places[code]) <= _COMPACT for code in codes)
    return Projection((middle.lon, middle.lat), ends) if compact else Projection()


def _degrees(one: Place, other: Place) -> float:
    cosine = float(np.dot(_vector(one.lon, one.lat), _vector(other.lon, other.lat)))
    return float(np.degrees(np.arccos(np.clip(cosine, -1, 1))))


def _vector(lon: float, lat: float) -> Any:
    east, north = np.radians(lon), np.radians(lat)
    return np.array([np.cos(north) * np.cos(east), np.cos(north) * np.sin(east), np.sin(north)])


def _middle(ends: Sequence[Point]) -> Point:
    x, y, z = np.sum([_vector(*end) for end in ends], axis=0)
    return round(float(np.degrees(np.arctan2(y, x))), 3), round(float(np.degrees(np.arctan2(z, np.hypot(x, y)))), 3)


def _framed(west: float, south: float, east: float, north: float) -> Box:
    """A box with room around it, neither too flat nor too tall."""
    x, y = (west + east) / 2, (south + north) / 2
    half_x, half_y = ((low - high) / -2 * (1 + 2 * _PADDING) for low, high in ((west, east), (south, north)))
    half_x, half_y = max(half_x, _LEAST), max(half_y, _LEAST / _WIDEST)
    half_x, half_y = max(half_x, half_y * _TALLEST), max(half_y, half_x / _WIDEST)
    return x - half_x, y - half_y, x + half_x, y + half_y


def _without_parts_near(shape: Any, antipode: Any) -> Any:
    parts = [part for part in shapely.get_parts(shape) if part.distance(antipode) >= _ANTIPODE]
    return parts[0] if len(parts) == 1 else shapely.MultiPolygon(parts)  # lines have one part


def _sewn(shape: Any) -> Any:
    """Russia and Fiji in one piece, where the 180th meridian cut them."""
    return shapely.union_all(shapely.make_valid(shapely.get_parts(shape)), grid_size=1.0)
