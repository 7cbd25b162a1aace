"""How is the course of a score drawn with matplotlib?"""

from __future__ import annotations

from typing import Any

from relations.errors import MissingExtra
from relations.scoring.picturing import QUAD_WORDS, Mark, Palette, Picture, quad_colour, runs
from relations.scoring.placing import Box, place_labels
from relations.scoring.words import BREAKS, WORDS, class_of

#: Inches of a figure of our own: 900 x 450 pixels at 100 dots an inch.
SIZE = (9.0, 4.5)
#: Area of the largest mark, in square points, and of one that contributed nothing.
_LARGEST, _SMALLEST = 150.0, 6.0
_EDGES = (-10.0, *BREAKS, 10.0)


def draw(picture: Picture, palette: Palette, ax: Any = None) -> Any:
    """Draw the line with its band, the events as marks, and the days of change.

    Parameters
    ----------
    picture : Picture
    palette : mapping
        Colours of a theme, as `relations.maps.colours.palette` gives them.
    ax : matplotlib.axes.Axes, optional
        Where to draw; a figure of 900 x 450 pixels is made when left out.

    Returns
    -------
    matplotlib.axes.Axes

    Raises
    ------
    MissingExtra
        When matplotlib is not installed.
    """
    _need_matplotlib()
    if ax is None:
        from matplotlib import pyplot

        ax = new_axes(pyplot.figure(figsize=SIZE, dpi=100))
    _draw_classes(ax, picture, palette)
    _draw_marks(ax, picture, palette)
    _draw_curve(ax, picture, palette)
    _draw_changes(ax, picture, palette)
    _dress(ax, picture, palette)
    _draw_labels(ax, picture, palette)
    return ax


def render(picture: Picture, palette: Palette, format: str = "png") -> bytes:
    """The drawing as a file of its own, without a display and the same bytes for the same picture."""
    _need_matplotlib()
    import io

    from matplotlib.figure import Figure

    figure = Figure(figsize=SIZE, dpi=100)
    draw(picture, palette, new_axes(figure))
    buffer = io.BytesIO()
    figure.savefig(buffer, format=format, metadata={"Software": None} if format == "png" else None)
    return buffer.getvalue()


def new_axes(figure: Any) -> Any:
    """Axes with room for the title above, the words of the classes at the right, and the legend below."""
    return figure.add_axes((0.045, 0.16, 0.875, 0.68))


def _need_matplotlib() -> None:
    from importlib import import_module

    try:
        import_module("matplotlib.figure")
    except ImportError:
        raise MissingExtra("Plots need matplotlib. Install it with: pip install 'relations-map[plot]'") from None


def _dates() -> Any:
    """matplotlib's dates, which publish no types."""
    from matplotlib import dates

    return dates


def _draw_classes(ax: Any, picture: Picture, palette: Palette) -> None:
    """The seven classes as a strip at the right end, each with its word; hairlines where one ends."""
    for low, high, word, colour, ink in zip(_EDGES, _EDGES[1:], WORDS, palette["fill"], palette["line"], strict=False):
        ax.axhspan(low, high, 0.993, 1, color=colour, linewidth=0, zorder=0)
        ax.annotate(
            word, (1, (low + high) / 2), xycoords=("axes fraction", "data"), xytext=(5, 0), textcoords="offset points",
            va="center", fontsize=8.5, color=ink, annotation_clip=False,
        )  # fmt: skip
    ax.hlines(BREAKS, 0, 0.993, transform=ax.get_yaxis_transform(), color=palette["rule2"], linewidth=0.8, zorder=0)
    ax.axhline(0, 0, 0.993, color=palette["ink2"], linewidth=0.8, zorder=1)


def _draw_curve(ax: Any, picture: Picture, palette: Palette) -> None:
    """The line in the colours of its classes, dotted where the evidence is thin or faded, and its band."""

    frame = picture.curve.frame
    if frame.empty:
        return
    x, y = _dates().date2num(frame["at"].to_numpy()), frame["score"].to_numpy()
    ax.fill_between(x, frame["low"], frame["high"], color=palette["ink2"], alpha=0.13, linewidth=0, zorder=2)
    for run in runs(picture):
        part = slice(run.start, run.end + 1)
        style = (0, (1, 1)) if run.weak else "solid"
        ax.plot(x[part], y[part], color=palette["line"][run.colour], linewidth=2.2, linestyle=style, zorder=5)
    ax.plot(x[-1:], y[-1:], "o", color=palette["line"][class_of(y[-1])], markersize=6, zorder=6)


def _draw_marks(ax: Any, picture: Picture, palette: Palette) -> None:

    for quad in picture.quads:
        marks = [mark for mark in picture.marks if mark.quad == quad]
        ax.scatter(
            _dates().date2num([mark.day for mark in marks]), [mark.value for mark in marks],
            s=[_area(mark, picture) for mark in marks], color=quad_colour(quad, palette), alpha=0.75,
            edgecolors=palette["page"], linewidths=0.5, label=QUAD_WORDS[quad], zorder=4, clip_on=False,
        )  # fmt: skip


def _area(mark: Mark, picture: Picture) -> float:
    return _SMALLEST + (_LARGEST - _SMALLEST) * abs(mark.contribution) / picture.largest


def _draw_changes(ax: Any, picture: Picture, palette: Palette) -> None:

    for change in picture.changes:
        x = _dates().date2num(change.day)
        ax.axvline(x, color=palette["ink"], linewidth=1, linestyle=(0, (4, 3)), zorder=3)
        ax.annotate(
            f"{change.direction} by {abs(change.shift):.1f}", (x, 1), xycoords=("data", "axes fraction"),
            xytext=(4, -4), textcoords="offset points", va="top", fontsize=8, color=palette["ink"], zorder=8,
        )  # fmt: skip


def _draw_labels(ax: Any, picture: Picture, palette: Palette) -> None:
    """The few events with words; pixels, because what hides what depends on the size of the picture."""
    from matplotlib.patheffects import withStroke

    pixel = 72 / ax.figure.dpi

    def at(mark: Mark) -> Box:
        x, y = ax.transData.transform((_dates().date2num(mark.day), mark.value))
        radius = _area(mark, picture) ** 0.5 / 2 / pixel
        return x - radius, y - radius, x + radius, y + radius

    box = ax.get_window_extent()
    for mark, x, y, anchor in place_labels(picture, at, (box.x0, box.y0, box.x1, box.y1), 5.4 / pixel / 1.33, 14):
        left, bottom, right, top = at(mark)
        ax.annotate(
            mark.words, (_dates().date2num(mark.day), mark.value), parse_math=False,
            xytext=((x - (left + right) / 2) * pixel, (y - (bottom + top) / 2) * pixel), textcoords="offset points",
            ha="left" if anchor == "start" else "right", va="center", fontsize=8, color=palette["ink"], zorder=8,
            path_effects=[withStroke(linewidth=2.5, foreground=palette["page"])],
        )  # fmt: skip


def _dress(ax: Any, picture: Picture, palette: Palette) -> None:
    """Title, axis of dates, legend; nothing else."""

    ax.set_title(picture.title, loc="left", fontsize=12, fontweight="bold", color=palette["ink"], pad=24)
    ax.annotate(
        picture.subtitle, (0, 1), xycoords="axes fraction", xytext=(0, 9), textcoords="offset points", fontsize=8.5,
        color=palette["ink2"], annotation_clip=False,
    )  # fmt: skip
    ax.set_ylim(-10, 10)
    first, last = _dates().date2num(picture.start), _dates().date2num(picture.end)
    margin = 0.015 * max(last - first, 1)
    ax.set_xlim(first - margin, last + 1.4 * margin)
    locator = _dates().AutoDateLocator(minticks=3, maxticks=9)
    ax.xaxis.set_major_locator(locator)
    ax.xaxis.set_major_formatter(
        _dates().ConciseDateFormatter(
            locator,
            formats=["%Y", "%b %Y", "%d %b", "%H:%M", "%H:%M", "%S"],
            zero_formats=["", "%Y", "%b %Y", "%d %b", "%H:%M", "%H:%M"],
            show_offset=False,
        )
    )
    ax.set_yticks([-10, -5, 0, 5, 10], labels=["−10", "−5", "0", "+5", "+10"])
    ax.tick_params(length=0, labelsize=8.5, labelcolor=palette["ink2"])
    for side in ax.spines.values():
        side.set_visible(False)
    if picture.marks:
        ax.legend(
            loc="upper left", bbox_to_anchor=(-0.01, -0.08), ncols=5, frameon=False, fontsize=8.5, handletextpad=0.1,
            columnspacing=1.2, borderaxespad=0, labelcolor=palette["ink2"],
        )  # fmt: skip
        for handle in ax.get_legend().legend_handles:
            handle.set_sizes([36])
