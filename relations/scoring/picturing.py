"""What is drawn of one dyad over time, whoever draws it?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np

from relations.countries import name_of
from relations.events.table import frame_to_events
from relations.scoring.buckets import Floats, Whole
from relations.scoring.changepoints import ChangePoint
from relations.scoring.ledger import TREND_DAYS, Ledger, Pair
from relations.scoring.series import ScoreSeries, counted_rows, grid_days, series_of
from relations.scoring.showing import signed
from relations.scoring.wording import NO_DATA, STATE_WORDS, count_of, deed
from relations.scoring.words import class_of

#: Points of a curve: one for each three pixels of a picture 900 wide is as smooth as it gets.
CURVE_POINTS = 300
#: Days with events whose jumps and contributions are exact; where there are more, they lie closer than the points.
JUMPS = 300
#: Events that are named in the picture.
LABELS = 3
#: Part of the span of time that lies between two named events at least.
LABEL_GAP = 0.08
#: Events among which they are chosen.
_TRIED = 100
#: A change's event is named when it carries this part of the shift.
CARRIES = 0.05
#: What the four quad classes are called (PLOVER; 0 where the class is not known).
QUAD_WORDS = {
    1: "verbal cooperation", 2: "material cooperation", 3: "verbal conflict", 4: "material conflict", 0: "other",
}  # fmt: skip
#: Where the palette has the colour of each: lighter for words, darker for deeds.
_QUAD_COLOURS = {1: ("fill", 5), 2: ("line", 6), 3: ("fill", 1), 4: ("line", 0)}
_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
           "November", "December")  # fmt: skip

Palette = Mapping[str, Any]


class Mark(NamedTuple):
    """Events of one day, value and quad class, and what they contributed to the score of that day, in points."""

    day: date
    value: float
    quad: int
    contribution: float
    words: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Picture:
    """All that a drawing of one dyad shows.

    Attributes
    ----------
    title, subtitle : str
    curve : ScoreSeries
        Dense enough to be a line; rows without evidence are left out.
    marks : tuple of Mark
        All events, the larger ones first, so that small ones stay visible.
    labels : tuple of Mark
        The few that have words.
    changes : tuple of ChangePoint
    start, end : datetime.date
        Of the axis.
    """

    title: str
    subtitle: str
    curve: ScoreSeries
    marks: tuple[Mark, ...]
    labels: tuple[Mark, ...]
    changes: tuple[ChangePoint, ...]
    start: date
    end: date

    @property
    def largest(self) -> float:
        """Points of the largest mark."""
        return abs(self.marks[0].contribution) if self.marks and self.marks[0].contribution else 1.0

    @property
    def quads(self) -> list[int]:
        """Quad classes that occur, in the order of QUAD_WORDS."""
        found = {mark.quad for mark in self.marks}
        return [quad for quad in QUAD_WORDS if quad in found]


def quad_colour(quad: int, palette: Palette) -> str:
    """Colour of a quad class in a palette of the map."""
    kind, place = _QUAD_COLOURS.get(quad, ("", 0))
    return palette[kind][place] if kind else str(palette["ink3"])


def picture_of(
    ledgers: Mapping[date, Ledger], pair: Pair, start: date, directed: bool, changes: Sequence[ChangePoint]
) -> Picture:
    """What to draw of a dyad from a day to the newest of some days.

    Parameters
    ----------
    ledgers : mapping of datetime.date to Ledger
        One day for evidence that can be scored on any; the days of saved snapshots for theirs.
    pair : tuple of str
        Alphabetical when mutual.
    start : datetime.date
        Earlier events count in the scores and are not drawn.
    directed : bool
    changes : sequence of ChangePoint
    """
    end = max(ledgers)
    ledger = ledgers[end]
    rows = counted_rows(ledger, pair, directed, end)
    rows = rows[ledger.days[rows] >= start.toordinal()]
    if len(ledgers) == 1:
        ledgers = dict.fromkeys(_curve_days(start, end, ledger.days[rows]), ledger)
    curve = series_of(ledgers, pair, directed)
    seen = curve.frame[curve.frame["score"].notna()].reset_index(drop=True)
    points = _points(ledger, rows, pair, directed)
    return Picture(
        title=_title(curve, directed),
        subtitle=_subtitle(curve, _year_before(ledger, end, pair, directed)),
        curve=ScoreSeries(*pair, directed, seen),
        marks=_marks(ledger, rows, points),
        labels=_labels(ledger, rows, points, changes, max((end - start).days, 1)),
        changes=tuple(change for change in changes if change.day >= start),
        start=start,
        end=end,
    )


def date_words(day: date) -> str:
    """A date as people write it, whatever the locale.

    >>> date_words(date(2025, 9, 20))
    '20 September 2025'
    """
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def _curve_days(start: date, end: date, jumps: Whole) -> list[date]:
    """An even grid, and both sides of every jump, so that a jump is drawn where it is."""
    step = max((end - start).days // CURVE_POINTS, 1)
    days = {start, *grid_days(start, end, step)}
    exact = np.unique(jumps).tolist()
    if len(exact) <= JUMPS:
        days |= {date.fromordinal(day) for jump in exact for day in (jump - 1, jump) if day >= start.toordinal()}
    return sorted(days)


def _points(ledger: Ledger, rows: Whole, pair: Pair, directed: bool) -> Floats:
    """Points of each event on its own day: w (x - m) / (k + W), as if the score were a mean, whatever the method."""
    if not len(rows):
        return np.empty(0)
    days = np.unique(ledger.days[rows])
    taken = days[np.unique(np.linspace(0, len(days) - 1, JUMPS).round().astype(np.int64))]
    frame = series_of({date.fromordinal(day): ledger for day in taken.tolist()}, pair, directed).frame
    prior, weight = (np.interp(ledger.days[rows], taken, frame[name].to_numpy()) for name in ("prior", "weight"))
    points = ledger.weighed.weight[rows] * (ledger.weighed.value[rows] - prior) / (ledger.settings.k + weight)
    return np.asarray(points, dtype=np.float64)


def _marks(ledger: Ledger, rows: Whole, points: Floats) -> tuple[Mark, ...]:
    sums: dict[tuple[Any, ...], float] = {}
    quads = ledger.events["quad"].to_numpy()[rows].tolist()
    columns = (ledger.days[rows].tolist(), ledger.weighed.value[rows].tolist(), quads, points.tolist())
    for *key, contribution in zip(*columns, strict=True):
        sums[tuple(key)] = sums.get(tuple(key), 0.0) + contribution
    marks = [Mark(date.fromordinal(day), value, quad, total) for (day, value, quad), total in sums.items()]
    return tuple(sorted(marks, key=lambda mark: (-abs(mark.contribution), mark)))


def _labels(ledger: Ledger, rows: Whole, points: Floats, changes: Sequence[ChangePoint], span: int) -> tuple[Mark, ...]:
    """The events that carry a change most, then those that contributed most, none close to another in time."""
    carrying = {
        part.event.id
        for change in changes
        for part in change.carried_by[:1]
        if part.event and abs(part.contribution) >= CARRIES * abs(change.shift)
    }
    ids = ledger.events["id"].iloc[rows].tolist()
    order = sorted(range(len(rows)), key=lambda n: (ids[n] not in carrying, -abs(points[n]), ids[n]))
    order = order[:_TRIED]
    events = dict(zip(order, frame_to_events(ledger.events.iloc[rows[order]]), strict=True))
    said = {n: f"{name_of(event.source)} {deed(event)} {name_of(event.target)}" for n, event in events.items()}
    quads = {n: event.quad for n, event in events.items()}
    chosen: list[int] = []
    for n in order:
        apart = (abs(int(ledger.days[rows[n]] - ledger.days[rows[m]])) for m in chosen)
        fresh = said[n] not in [said[m] for m in chosen]
        if fresh and len(chosen) < LABELS and all(days >= LABEL_GAP * span for days in apart):
            chosen.append(n)
    return tuple(
        Mark(date.fromordinal(int(ledger.days[rows[n]])), float(ledger.weighed.value[rows[n]]), quads[n],
             float(points[n]), said[n])
        for n in chosen
    )  # fmt: skip


def _year_before(ledger: Ledger, end: date, pair: Pair, directed: bool) -> float:
    """Score of the trend's other end; NaN without evidence then."""
    if end.toordinal() <= TREND_DAYS:
        return np.nan
    day = end - timedelta(days=TREND_DAYS)
    return float(series_of({day: ledger}, pair, directed).frame["score"].iloc[0])


def _title(curve: ScoreSeries, directed: bool) -> str:
    """The dyad, and its word and number on the last day."""
    one, other = name_of(curve.source), name_of(curve.target)
    last = curve.frame.iloc[-1]
    said = NO_DATA if np.isnan(last["score"]) else f"{last['word']} ({true_minus(signed(last['score'], 1))})"
    of = f"Tone of {one} towards {other}" if directed else f"Tone between {one} and {other}"
    return f"{of}: {said} on {date_words(last['at'].date())}"


def _subtitle(curve: ScoreSeries, before: float) -> str:
    """How the score differs from a year before, what to beware of, and how to read the picture."""
    last = curve.frame.iloc[-1]
    gap = round(last["score"] - before, 1)
    remarks = [
        "" if np.isnan(gap) else "as a year before" if gap == 0
        else f"{abs(gap):.1f} {'above' if gap > 0 else 'below'} a year before",
        STATE_WORDS.get(last["state"], ""),
        count_of(int(last["n_events"]), "event"),
    ]  # fmt: skip
    said = ", ".join(filter(None, remarks))
    return f"{said[:1].upper()}{said[1:]}. Shaded: 90% interval. Dots: events, by their contribution on their day."


class Run(NamedTuple):
    """Neighbouring points of a curve that are drawn alike: the first is the last of the run before."""

    colour: int
    weak: bool
    start: int
    end: int


def runs(picture: Picture) -> list[Run]:
    """Stretches of a curve of one class; `weak` where the evidence is thin or faded."""
    frame = picture.curve.frame
    score = frame["score"].to_numpy()
    weak = frame["state"].isin(["thin", "faded"]).to_numpy()[1:].tolist()
    kinds = list(zip([class_of(middle) for middle in ((score[:-1] + score[1:]) / 2).tolist()], weak, strict=True))
    edges = [n for n in range(len(kinds)) if n == 0 or kinds[n] != kinds[n - 1]] + [len(kinds)]
    return [Run(*kinds[start], start, end) for start, end in pairwise(edges)]


def true_minus(text: str) -> str:
    """A number with the sign that typographers use for a minus."""
    return text.replace("-", "\N{MINUS SIGN}")
