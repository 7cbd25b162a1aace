"""How do the figures of the validation look?"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from scoring_agreement import DEFAULT, Variants
from scoring_coverage import WANTED, Covered, by_weight
from scoring_data import ends
from scoring_years import Forecasts

from relations.countries import name_of
from relations.maps.colours import line_colour, palette
from relations.records import Score
from relations.scoring.words import BREAKS

if TYPE_CHECKING:
    from matplotlib.figure import Figure

DOTS_PER_INCH, COLOURS = 130, 200
#: Middles of three of the seven classes: what is measured, what it is measured against, what is neither.
GOOD, BAD, PLAIN = line_colour(6.0), line_colour(-3.0), line_colour(0.0)
_COLOURS = palette()


def draw_all(
    folder: Path, covered: Covered, variants: Variants, forecasts: Forecasts, faces: Sequence[Score]
) -> Iterator[str]:
    """Write all plots into a folder and name each."""
    plots: Mapping[str, Callable[[], Figure]] = {
        "coverage": lambda: coverage(covered),
        "methods": lambda: methods(variants),
        "half-life": lambda: half_lives(forecasts),
        "faces": lambda: known_pairs(faces),
    }
    folder.mkdir(parents=True, exist_ok=True)
    for name, draw in plots.items():
        (folder / f"{name}.png").write_bytes(_small(draw()))
        yield f"{folder.name}/{name}.png"


def _small(figure: Figure) -> bytes:
    """A PNG of few colours, half the size."""
    from PIL import Image

    whole, small = BytesIO(), BytesIO()
    figure.savefig(whole, dpi=DOTS_PER_INCH)
    Image.open(whole).convert("RGB").quantize(COLOURS).save(small, "PNG", optimize=True)
    return small.getvalue()


def _figure(width: float, height: float, columns: int = 1, **options: Any) -> tuple[Figure, Any]:
    from matplotlib.figure import Figure

    figure = Figure(figsize=(width, height), layout="constrained", facecolor="white")
    axes = figure.subplots(1, columns, **options)
    for ax in np.atleast_1d(axes):
        ax.spines[["top", "right"]].set_visible(False)
        ax.spines[["left", "bottom"]].set_color(_COLOURS["ink3"])
        ax.tick_params(labelsize=8.5, color=_COLOURS["ink3"], labelcolor=_COLOURS["ink2"])
    return figure, axes


def _titled(ax: Any, title: str, below: str) -> None:
    ax.set_title(title, fontsize=9.5, loc="left", color=_COLOURS["ink"])
    ax.set_xlabel(below, fontsize=8.5, color=_COLOURS["ink2"])


def coverage(covered: Covered) -> Figure:
    """Share of later means inside the interval, by weight."""
    figure, axes = _figure(7.2, 3.1, 2, sharey=True)
    for ax, kind in zip(axes, ("posterior", "bootstrap"), strict=True):
        rows = by_weight(covered.rows["plover", kind])
        places = range(len(rows))
        ax.axhspan(100 * WANTED[0], 100 * WANTED[1], color=_COLOURS["rule2"], zorder=0)
        for column, colour, label, shape in ((2, GOOD, "interval and chance", "o"), (4, BAD, "interval alone", "s")):
            ax.plot(places, [100 * row[column] for row in rows], color=colour, marker=shape, linewidth=1.2, label=label)
        ax.set_xticks(places, [f"{row[0]}\n{row[1]} rows" for row in rows], fontsize=7.5)
        ax.set_ylim(0, 103)
        _titled(ax, kind, "decayed weight of the evidence")
    axes[0].set_ylabel("next three weeks' means inside, %", fontsize=8.5, color=_COLOURS["ink2"])
    axes[0].annotate("86 to 94%", (1.5, 80), fontsize=8, color=_COLOURS["ink3"], ha="center")
    axes[0].legend(frameon=False, fontsize=8, loc="lower left")
    return figure


def methods(variants: Variants) -> Figure:
    """Rival AUC and rank correlation with GGE, each with its interval."""
    names = list(variants.agreement)[::-1]
    figure, axes = _figure(7.2, 4.2, 2, sharey=True)
    of = {"rival": ("telling rivals from others (AUC)", 0), "gge": ("rank correlation with GGE", 1)}
    for ax, (field, (title, column)) in zip(axes, of.items(), strict=True):
        for place, name in enumerate(names):
            colour = GOOD if name == DEFAULT else PLAIN
            ax.plot(ends(variants.draws[name][:, column]), [place, place], color=colour, linewidth=2, alpha=0.6)
            ax.plot(getattr(variants.agreement[name], field), place, "o", color=colour, markersize=5.5)
        ax.axvline(getattr(variants.agreement[DEFAULT], field), color=GOOD, linewidth=0.8, linestyle=":", zorder=0)
        _titled(ax, title, "right is better; lines are 90% intervals")
    axes[0].axvline(0.5, color=_COLOURS["rule"], linewidth=1, zorder=0)
    axes[0].set_xlim(0.48, 0.95)
    axes[0].annotate("chance", (0.505, -0.55), fontsize=8, color=_COLOURS["ink3"])
    axes[0].set_yticks(range(len(names)), names)
    return figure


def half_lives(forecasts: Forecasts) -> Figure:
    """Error and rank correlation of forecasts by half-life."""
    figure, axes = _figure(7.2, 2.9, 2)
    titles = ("error, points (RMSE): lower is better", "rank correlation: higher is better")
    for ax, column, title in zip(axes, (1, 0), titles, strict=True):
        for found, colour, shape, label in (
            (forecasts.shrunk, GOOD, "o", "shrunk by k = 1"),
            (forecasts.plain, BAD, "s", "not shrunk"),
        ):
            ax.plot(
                list(found),
                [pair[column] for pair in found.values()],
                marker=shape,
                color=colour,
                linewidth=1.2,
                label=label,
            )
        ax.axvspan(1, 2, color=_COLOURS["rule2"], zorder=0)
        ax.set_xscale("log")
        ax.set_xticks(list(forecasts.plain), [f"{half:g}" for half in forecasts.plain])
        ax.minorticks_off()
        _titled(ax, title, "half-life, years")
    axes[0].legend(frameon=False, fontsize=8, loc="upper center")
    return figure


def known_pairs(faces: Sequence[Score]) -> Figure:
    """Pairs that readers know, as the default scores them, in the seven colours."""
    figure, ax = _figure(7.2, 3.9)
    shown = sorted(faces, key=lambda score: score.score)
    for place, score in enumerate(shown):
        colour = line_colour(score.score)
        ax.plot([score.low, score.high], [place, place], color=colour, linewidth=2.5, alpha=0.45, solid_capstyle="butt")
        ax.plot(score.score, place, "o", color=colour, markersize=6)
        said = f"{score.word}, {score.n_events} events"
        ax.text(1.01, place, said, fontsize=8, color=colour, va="center", transform=ax.get_yaxis_transform())
    for edge in BREAKS:
        ax.axvline(edge, color=_COLOURS["rule2"], linewidth=1, zorder=0)
    ax.set_xticks([-10, *BREAKS, 10], [f"{edge:+g}" for edge in (-10, *BREAKS, 10)])
    ax.set_yticks(range(len(shown)), [f"{name_of(score.source)} - {name_of(score.target)}" for score in shown])
    ax.set_xlim(-10, 10)
    _titled(
        ax,
        "Tone between governments, 31 October 2018",
        "score and 90% interval; upright lines: edges of the words",
    )
    return figure
