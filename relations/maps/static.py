"""What does a map of relations look like on paper?"""

from __future__ import annotations

import io
import textwrap
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from relations.countries import find_country
from relations.errors import BadDate, BadInput, MissingExtra
from relations.maps.choosing import arcs_of, paints_of, scores_on
from relations.maps.colours import PALETTES, THEMES, palette
from relations.maps.drawing import View, draw
from relations.maps.geometry import WORLDVIEWS, load_places
from relations.maps.projecting import Projection, projection_for
from relations.scoring.showing import printable
from relations.scoring.words import BREAKS, WORDS
from relations.writing import write_whole

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from relations.scoring.scores import Scores

#: Suffixes of the files that can be written.
PICTURES = ("svg", "png", "pdf")
#: Width of a figure in inches: one column of a journal, 89 mm.
COLUMN_INCHES = 3.5
_FONTS = ("Helvetica Neue", "Helvetica", "Arial", "Liberation Sans", "DejaVu Sans")
_SIZES = {"title": 7.5, "small": 5.2, "note": 4.8}
#: Width of a letter in parts of its size, by which lines are broken.
_LETTER = 0.5
#: Room in inches above the map, for the title, and below it, for the scale and the note.
_ABOVE, _BELOW = 0.26, 0.66
_NOTE = (
    "Score: tone of reported interaction, weighted by age and confidence; not an alliance nor a judgement. "
    "Borders and names imply no endorsement; disputed borders are dashed."
)


def plot_map(
    scores: Scores,
    at: date | str | None = None,
    focus: str | None = None,
    ax: Axes | None = None,
    *,
    worldview: str = "un",
    theme: str = "light",
    colours: str = "red-blue",
    title: str | None = None,
    arcs: int | None = None,
    labels: bool = True,
    legend: bool = True,
    note: bool = True,
    frame: Projection | None = None,
    width: float = COLUMN_INCHES,
) -> Axes:
    """Draw one snapshot as a figure for a paper: countries, arcs, legend, title and note.

    Without a focus the world lies in the Equal Earth projection; with one, or when all arcs lie in one part of the
    world, the countries at their ends lie in an equal-area projection around them. Lines that cross the 180th meridian
    go on at the other edge.

    Parameters
    ----------
    scores : Scores
    at : datetime.date or str, optional
        The snapshot; the newest by default.
    focus : str, optional
        Code or name of a country; the others are coloured by their relation with it.
    ax : matplotlib.axes.Axes, optional
        Where to draw; without it a figure of one column's width, 89 mm.
    worldview : {"un", "ne"}
    theme : {"light", "dark"}
    colours : {"red-blue", "orange-blue"}
        `orange-blue` is for readers who do not tell red from green.
    title : str, optional
        The finding in words when not given; an empty text for none.
    arcs : int, optional
        Pairs drawn as arcs; 7 with a focus and 12 without when not given, 0 for none.
    labels, legend, note : bool
    frame : Projection, optional
        The part of the world shown, as `frame_of` gives it: small multiples need the same one.
    width : float
        Inches of the figure that is made when there is no `ax`.

    Returns
    -------
    matplotlib.axes.Axes

    Raises
    ------
    MissingExtra
        Without matplotlib.

    Examples
    --------
    >>> from datetime import date
    >>> import relations
    >>> scores = relations.score([relations.Event("a", date(2025, 6, 23), "MLI", "RUS", type="CONSULT")])
    >>> plot_map(scores, focus="MLI").get_title(loc="left")
    'Mali: neutral with Russia'
    """
    _check("worldview", worldview, WORLDVIEWS)
    _check("theme", theme, THEMES)
    _check("colours", colours, tuple(PALETTES))
    _require_matplotlib()
    import matplotlib

    code = find_country(focus).code if focus else None
    view = _view(scores, _snapshot(scores, at), code, worldview, palette(theme, colours), arcs, frame)
    with matplotlib.rc_context({"font.family": _font(), "hatch.linewidth": 0.5, "text.parse_math": False}):
        ax = ax if ax is not None else _new_axes(view, width, bare=not (legend or note))
        draw(ax, view, labels=labels)
        from relations.maps.captions import headline_of

        words = headline_of(scores, view.at, code) if title is None else title
        _write(ax, view, words, legend=legend, note=note)
    return ax


def save_map(scores: Scores, path: str | Path, dpi: int = 300, **options: Any) -> None:
    """Write the figure that `plot_map` draws as SVG, PNG or PDF: the same scores give the same bytes.

    Parameters
    ----------
    scores : Scores
    path : str or Path
        Ends in .svg, .png or .pdf.
    dpi : int
        Dots an inch of a PNG.
    **options
        As for `plot_map`.

    Raises
    ------
    BadInput
        When the file's ending is none of these.
    """
    kind = Path(path).suffix.lstrip(".").lower()
    if kind not in PICTURES:
        raise BadInput(f"{path}: no picture of this kind. Use a name that ends in .{', .'.join(PICTURES)}.")
    write_whole(path, picture(scores, kind, dpi, **options))


def picture(scores: Scores, kind: str = "png", dpi: int = 300, **options: Any) -> bytes:
    """The figure that `plot_map` draws, as the bytes of a file."""
    _require_matplotlib()
    import matplotlib

    buffer = io.BytesIO()
    with matplotlib.rc_context({"svg.hashsalt": "relations", "svg.fonttype": "path", "pdf.fonttype": 42}):
        figure = cast("Any", plot_map(scores, **options).figure)
        nothing = {"svg": {"Date": None}, "pdf": {"CreationDate": None}, "png": {"Software": None}}[kind]
        figure.savefig(
            buffer, format=kind, dpi=dpi, metadata=nothing, facecolor=figure.get_facecolor(), bbox_inches="tight",
            pad_inches=0.04,
        )  # fmt: skip
    return buffer.getvalue()


def frame_of(scores: Scores, at: date | str | None = None, focus: str | None = None) -> Projection:
    """The part of the world that a snapshot shows by default."""
    return _view(scores, _snapshot(scores, at), find_country(focus).code if focus else None).projection


def _view(
    scores: Scores,
    at: date | None,
    focus: str | None,
    worldview: str = "un",
    colours: dict[str, Any] | None = None,
    limit: int | None = None,
    frame: Projection | None = None,
) -> View:
    found = scores_on(scores, at, focus) if at else []
    places = load_places()
    arcs = [arc for arc in arcs_of(scores, found, focus, limit) if arc.source in places and arc.target in places]
    paints = paints_of(found, focus)
    frame = frame or projection_for(focus, paints, arcs, places)
    return View(at, focus, worldview, colours or palette(), paints, arcs, places, frame)


def _new_axes(view: View, width: float, *, bare: bool) -> Axes:
    """Axes of a figure, with room for title, scale and note."""
    from matplotlib.figure import Figure

    west, south, east, north = view.projection.bounds
    height, below = width * (north - south) / (east - west), 0.0 if bare else _BELOW
    whole = height + _ABOVE + below
    figure = Figure(figsize=(width, whole), facecolor=view.colours["page"])
    return figure.add_axes((0.0, below / whole, 1.0, height / whole))


def _font() -> str:
    """The first of our fonts that is installed; the last comes with matplotlib."""
    from matplotlib.font_manager import get_font_names

    there = set(get_font_names())
    return next((font for font in _FONTS if font in there), _FONTS[-1])


def _write(ax: Axes, view: View, title: str, *, legend: bool, note: bool) -> None:
    """Title above, scale and note below, in points so that they keep their size."""
    points = ax.bbox.width / ax.figure.dpi * 72
    if title:
        lines = textwrap.wrap(printable(title), max(20, int(points / (_SIZES["title"] * _LETTER * 1.06))))
        ax.set_title(
            "\n".join(lines),
            loc="left",
            fontsize=_SIZES["title"],
            fontweight="bold",
            color=view.colours["ink"],
            y=1.0,
            pad=4,
        )
    if legend:
        _legend(ax, view)
    if note:
        day = f"{view.at.day} {view.at:%B %Y}. " if view.at else ""
        lines = textwrap.wrap(day + _NOTE, max(30, int(points / (_SIZES["note"] * _LETTER))))
        ax.annotate(
            "\n".join(lines), (0, 0), xycoords="axes fraction", xytext=(0, -30 if legend else -4),
            textcoords="offset points", fontsize=_SIZES["note"], color=view.colours["ink3"], va="top",
            linespacing=1.3, annotation_clip=False,
        )  # fmt: skip


def _legend(ax: Axes, view: View) -> None:
    """Seven equal swatches with their breaks, then what the stripes mean."""
    import matplotlib
    from matplotlib.offsetbox import AnnotationBbox, DrawingArea
    from matplotlib.patches import Rectangle
    from matplotlib.text import Text

    colours, step, height = view.colours, 17.0, 22.0
    area = DrawingArea(240, height, 0, 0)

    def write(x: float, y: float, text: str, align: str = "center") -> None:
        area.add_artist(Text(x, y, text, ha=align, va="baseline", fontsize=_SIZES["small"], color=colours["ink2"]))

    for place, colour in enumerate(colours["fill"]):
        area.add_artist(Rectangle((place * step, 8), step - 0.6, 5, facecolor=colour, linewidth=0))
    for place, edge in enumerate(BREAKS):
        write((place + 1) * step - 0.3, 1, f"{edge:+g}".replace("-", "\N{MINUS SIGN}"))
    for place, align in ((0, "left"), (3, "center"), (6, "right")):
        write({0: 0, 3: 3.5 * step, 6: 7 * step}[place], 15, WORDS[place], align)
    keys = [("no data", colours["land"], colours["hatch"], "\\" * 7, 0.5),
            ("thin evidence", colours["land"], colours["fill"][1], "/" * 6, 1.1),
            ("contested", colours["fill"][5], colours["fill"][1], "/" * 4, 2.6)]  # fmt: skip
    left = 7 * step + 12
    for place, (word, ground, stripe, hatch, width) in enumerate(keys):
        with matplotlib.rc_context({"hatch.linewidth": width}):
            area.add_artist(
                Rectangle((left, 15 - 7.2 * place), 13, 5, facecolor=ground, edgecolor=stripe, hatch=hatch, linewidth=0)
            )
        write(left + 16, 15.4 - 7.2 * place, word, "left")
    box = AnnotationBbox(
        area, (0, 0), xybox=(0, -4), xycoords="axes fraction", boxcoords="offset points", box_alignment=(0, 1), pad=0,
        frameon=False, annotation_clip=False,
    )  # fmt: skip
    ax.add_artist(box)


def _snapshot(scores: Scores, at: date | str | None) -> date | None:
    if at is None:
        return scores.at[-1] if scores.at else None
    try:
        day = date.fromisoformat(at) if isinstance(at, str) else at
    except ValueError:
        raise BadDate(f"{at!r} is no date; write YYYY-MM-DD.") from None
    if day not in scores.at:
        raise BadDate(f"No snapshot of {day}. There are {', '.join(map(str, scores.at))}.")
    return day


def _check(name: str, value: str, allowed: Sequence[str]) -> None:
    if value not in allowed:
        raise BadInput(f"No {name} {value!r}. Use one of {', '.join(allowed)}.")


def _require_matplotlib() -> None:
    try:
        import matplotlib  # noqa: F401  # only to see whether it is there
    except ImportError:
        raise MissingExtra("Pictures need matplotlib. Install it with: pip install 'relations-map[plot]'") from None
