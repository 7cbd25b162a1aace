"""How are countries, arcs and names drawn on paper?"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import shapely

from relations.countries import name_of
from relations.maps.choosing import Arc, Paint
from relations.maps.geometry import Place, load_disputed, load_geometries
from relations.maps.projecting import Projection
from relations.scoring.words import class_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes

#: Points of a name on the map.
_NAME_SIZE = 5.8
#: Corners nearer than this part of the width are one.
_FINENESS = 1 / 4000
#: Where a name may stand beside its dot, in parts of its size: right, left, above, below, then the corners.
_SIDES = ((1, 0), (-1, 0), (0, 1), (0, -1), (1, 1), (-1, 1), (1, -1), (-1, -1))


@dataclass(frozen=True, slots=True)
class View:
    """All that one picture shows."""

    at: date | None
    focus: str | None
    worldview: str
    colours: dict[str, Any]
    paints: Mapping[str, Paint]
    arcs: Sequence[Arc]
    places: Mapping[str, Place]
    projection: Projection


def draw(ax: Axes, view: View, *, labels: bool) -> None:
    ax.set_axis_off()
    ax.set_aspect("equal")
    west, south, east, north = view.projection.bounds
    ax.set_xlim(west, east)
    ax.set_ylim(south, north)
    ax.apply_aspect()  # labels are placed in pixels, which the aspect decides
    frame = _sea(ax, view)
    _countries(ax, view, frame)
    _dots(ax, view)
    lines = [line for arc in reversed(view.arcs) for line in _arc(ax, view, arc, frame)]
    if labels:
        _labels(ax, view, lines)


def _sea(ax: Axes, view: View) -> Any:
    """The globe's outline, or the frame of a part of it; everything is cut off there."""
    from matplotlib.patches import PathPatch
    from matplotlib.path import Path as Outline

    outline = view.projection.outline()
    frame = PathPatch(Outline(outline), facecolor=view.colours["sea"], edgecolor="none", zorder=0)
    ax.add_patch(frame)
    return frame


def _countries(ax: Axes, view: View, frame: Any) -> None:
    world, disputed = _world(view.worldview, view.projection)
    colours, paints = view.colours, view.paints

    def fill(codes: Sequence[str], **style: Any) -> None:
        if codes:
            before = len(ax.collections)
            world.loc[list(codes)].plot(ax=ax, aspect=None, **style)
            for drawn in ax.collections[before:]:
                drawn.set_clip_path(frame)

    there = [code for code in world.index if not world.loc[code].is_empty]
    kinds = {
        kind: [c for c in there if c in paints and paints[c].kind == kind] for kind in ("plain", "thin", "contested")
    }
    empty = [code for code in there if code not in paints]
    fill(empty, facecolor=colours["land"], edgecolor=colours["hatch"], hatch="\\" * 7, linewidth=0, zorder=1)
    for shade, colour in enumerate(colours["fill"]):
        fill([c for c in kinds["plain"] if paints[c].shade == shade], facecolor=colour, linewidth=0, zorder=1)
        thin = [c for c in kinds["thin"] if paints[c].shade == shade]
        _striped(fill, thin, colours["land"], colour, 1.1)
    _striped(fill, kinds["contested"], colours["fill"][5], colours["fill"][1], 2.6, 4)
    fill(there, facecolor="none", edgecolor=colours["border"], linewidth=0.3, zorder=2)
    for style in ({"color": colours["border"], "linewidth": 0.7}, {"color": colours["ink2"], "linewidth": 0.4}):
        before = len(ax.collections)
        disputed.plot(ax=ax, aspect=None, zorder=2, **style)
        for drawn in ax.collections[before:]:
            drawn.set_clip_path(frame)
            drawn.set_linestyle("-" if style["linewidth"] > 0.5 else (0, (2.2, 1.6)))
    if view.focus and view.focus in there:
        fill([view.focus], facecolor=colours["focus"], edgecolor=colours["ink"], linewidth=0.9, zorder=2.5)


@lru_cache(maxsize=4)
def _world(worldview: str, projection: Projection) -> tuple[Any, Any]:
    """Outlines by code, and disputed borders, in metres: small multiples share them."""
    world = projection.project(load_geometries(worldview).set_index("iso3").geometry)
    west, south, east, north = projection.bounds
    seen = world.intersects(shapely.box(west, south, east, north))
    # finer than a printer's dot: a picture of vectors is half as large
    return world[seen].simplify((east - west) * _FINENESS), projection.project(load_disputed(worldview))


def _striped(fill: Any, codes: Sequence[str], ground: str, stripe: str, width: float, dense: int = 6) -> None:
    import matplotlib

    with matplotlib.rc_context({"hatch.linewidth": width}):
        fill(codes, facecolor=ground, edgecolor=stripe, hatch="/" * dense, linewidth=0, zorder=1)


def _dots(ax: Axes, view: View) -> None:
    """A microstate is a dot as well."""
    shown = [c for c, p in view.paints.items() if p.kind != "focus" and c in view.places and view.places[c].dot]
    for code in shown:
        (x, y), paint = view.projection.point(view.places[code].lon, view.places[code].lat), view.paints[code]
        ax.plot(
            x, y, "o", markersize=2.6, markerfacecolor=view.colours["fill"][paint.shade],
            markeredgecolor=view.colours["ink2"], markeredgewidth=0.5, zorder=3,
        )  # fmt: skip


def _arc(ax: Axes, view: View, arc: Arc, frame: Any) -> list[Any]:
    """An arc to the right of travel; one that crosses the edge of the world is drawn at both."""
    from matplotlib.patches import FancyArrowPatch
    from matplotlib.patheffects import Normal, withStroke

    start, end = (view.places[code] for code in (arc.source, arc.target))
    width = min(1.6, 0.35 + 0.2 * math.log2(1 + arc.n_events)) * (1.0 if view.projection.centre else 0.65)
    drawn = []
    for one, other in view.projection.lines((start.lon, start.lat), (end.lon, end.lat)):
        patch = FancyArrowPatch(
            one, other, connectionstyle=f"arc3,rad={0.3 if arc.heads else 0.2}",
            arrowstyle=f"-|>,head_length={1.8 + 1.3 * width},head_width={0.8 + 0.75 * width}" if arc.heads else "-",
            mutation_scale=1, shrinkA=1.5, shrinkB=2.5 if arc.heads else 1.5, linewidth=width,
            color=view.colours["line"][class_of(arc.score)], linestyle=(0, (4, 2)) if arc.thin else "-",
            alpha=1.0 if arc.rank < 5 else max(0.45, 0.9 - 0.09 * (arc.rank - 5)), zorder=4 - arc.rank / 1000,
            path_effects=[withStroke(linewidth=width + 1.1, foreground=view.colours["casing"], alpha=0.9), Normal()],
        )  # fmt: skip
        ax.add_patch(patch)
        patch.set_clip_path(frame)
        drawn.append(patch)
    return drawn


def _labels(ax: Axes, view: View, lines: Sequence[Any]) -> None:
    """Names of the arcs' ends, the strongest first; eight places are tried, and a name without a free one stays out."""
    from matplotlib.patheffects import withStroke

    home = [view.focus] if view.focus else []
    ends = list(dict.fromkeys([*home, *(code for arc in view.arcs for code in (arc.source, arc.target))]))
    renderer = _renderer(ax.figure)
    points = {code: view.projection.point(view.places[code].lon, view.places[code].lat) for code in ends}
    inside = {code: xy for code, xy in points.items() if view.projection.holds(xy)}
    pixels = {code: ax.transData.transform(xy) for code, xy in inside.items()}
    scale = ax.figure.dpi / 72
    curves = [line.get_path().transformed(line.get_transform()).interpolated(8).vertices for line in lines]
    taken: list[Any] = []
    for code, xy in inside.items():
        focus = code == view.focus
        ax.plot(*xy, "o", markersize=3.0 if focus else 1.7, color=view.colours["focus" if focus else "ink"],
                markeredgecolor=view.colours["ink" if focus else "casing"], markeredgewidth=0.9 if focus else 0.4,
                zorder=5)  # fmt: skip
        text = ax.annotate(
            name_of(code), xy, xytext=(0, 0), textcoords="offset points", fontsize=_NAME_SIZE + 0.6 * focus,
            fontweight="bold", color=view.colours["ink"], va="center", ha="center", zorder=6,
            path_effects=[withStroke(linewidth=1.4, foreground=view.colours["casing"])],
        )  # fmt: skip
        box = text.get_window_extent(renderer)
        others = [pixel for other, pixel in pixels.items() if other != code]
        place = _free_place(box, pixels[code], taken, others, curves, ax.bbox, scale)
        if place is None:
            text.remove()
            continue
        offset, covered = place
        text.set_position(offset)
        taken.append(covered)


def _renderer(figure: Any) -> Any:
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    canvas = figure.canvas if hasattr(figure.canvas, "get_renderer") else FigureCanvasAgg(figure)
    return canvas.get_renderer()


def _free_place(
    box: Any, at: Any, taken: Sequence[Any], dots: Sequence[Any], curves: Sequence[Any], frame: Any, scale: float
) -> tuple[tuple[float, float], Any] | None:
    """Offset in points and box of the place that covers no name and no dot and crosses fewest arcs."""
    best: tuple[int, tuple[float, float], Any] | None = None
    for sx, sy in _SIDES:
        shift = (sx * (box.width / 2 + 3 * scale), sy * (box.height / 2 + (1 if sx else 2.4) * scale))
        moved = box.translated(*shift)
        outside = moved.x0 < frame.x0 or moved.x1 > frame.x1 or moved.y0 < frame.y0 or moved.y1 > frame.y1
        if outside or any(moved.overlaps(other) for other in taken) or any(moved.contains(*dot) for dot in dots):
            continue
        crossed = sum(bool(moved.count_contains(curve)) for curve in curves)
        if best is None or crossed < best[0]:
            best = (crossed, (shift[0] / scale, shift[1] / scale), moved)
    return best and best[1:]
