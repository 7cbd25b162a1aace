"""When did the tone between two states change?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

import numpy as np

from relations.errors import BadRecord
from relations.events.table import frame_to_events
from relations.records import Contribution
from relations.scoring.buckets import Floats, Whole, week_of
from relations.scoring.ledger import Ledger, Pair
from relations.scoring.series import counted_rows
from relations.scoring.showing import printable
from relations.scoring.wording import describe

#: Share of dyads with a constant tone in which a change is found all the same.
LEVEL = 0.05
#: Orders of the weeks that are tried; p-values are multiples of 1 / (PERMUTATIONS + 1).
PERMUTATIONS = 999
#: Weeks of evidence, each counted by its weight, that a stretch needs to be called a level of its own.
MIN_WEEKS = 3.0
#: Events, each counted by its weight, that it needs too.
MIN_WEIGHT = 3.0
#: Days after a change whose events are named as those that carry it.
NEAR_DAYS = 60
#: How many are named.
NAMED = 5
#: Each layer of intervals is shorter by this factor: the finest that the inventors of the method advise.
_SHRINK = 2**0.5
#: Statistics this near are the same: sums of the same numbers in another order.
_TIE = 1e-9


@dataclass(frozen=True, slots=True)
class ChangePoint:
    """A day on which the mean value of the events between two states shifted.

    Attributes
    ----------
    day : datetime.date
        Of the first event after the shift.
    since : datetime.date
        Of the last event before it: the shift lies after this day, and not after `day`.
    before, after : float
        Weighted mean value of the events of the stretches on both sides, -10 to 10, undecayed.
    p_value : float
        Share of orders of the weeks, the real one among them, that show a shift at least as clear.
    weeks_before, weeks_after : int
        Weeks with events on both sides.
    carried_by : tuple of Contribution
        Events of the first NEAR_DAYS days after the shift, those that carry most of it first. `contribution` is the
        points of the shift that one carries; over all later events of the stretch they add up to it. `weight` is the
        event's own, `share` its part of the weight after the shift.
    """

    day: date
    since: date
    before: float
    after: float
    p_value: float
    weeks_before: int
    weeks_after: int
    carried_by: tuple[Contribution, ...] = ()

    @property
    def shift(self) -> float:
        """Points gained, after minus before."""
        return self.after - self.before

    @property
    def direction(self) -> str:
        """`better` or `worse`."""
        return "better" if self.shift > 0 else "worse"

    @property
    def title(self) -> str:
        """The shift in a line."""
        levels = f"from {self.before:+.2f} to {self.after:+.2f}"
        return f"{self.day.isoformat()}: {self.direction} by {abs(self.shift):.2f}, {levels} (p = {self.p_value:.3f})"

    def __str__(self) -> str:
        events = [(part, part.event) for part in self.carried_by if part.event]
        told = (f"  {event.date.isoformat()} {part.contribution:+.2f}  {describe(part)}" for part, event in events)
        return "\n".join([self.title, *map(printable, told)])


class Weeks(NamedTuple):
    """Weighted events of one dyad, week by week; weeks without events have no place.

    Reports of one week tell of one episode, so that weeks, not events, are what a shift is judged by.
    """

    number: Whole
    weight: Floats
    moment: Floats

    @classmethod
    def of(cls, day: Whole, weight: Floats, value: Floats) -> Weeks:
        """Sums of the events of each week; days are ordinals."""
        number, place = np.unique(week_of(day), return_inverse=True)
        sums = (np.bincount(place, part).astype(np.float64) for part in (weight, weight * value))
        return cls(number, *sums)


def change_points(
    ledger: Ledger, pair: Pair, until: date, directed: bool = False, level: float = LEVEL, seed: int = 0
) -> tuple[ChangePoint, ...]:
    """Days on which the mean value of a dyad's events shifted, oldest first.

    Seeded binary segmentation (Kovacs et al. 2023): the clearest single shift (`clearness`) is sought in the whole
    stretch and in ever shorter intervals of it, so that a fall is found though a recovery follows. It holds when at
    most `level` of 1000 orders of the weeks, the real one among them, show one as clear; then both parts are searched
    likewise, each at half the level. Each level of tone needs MIN_WEEKS weeks and MIN_WEIGHT events, by their weights.
    Weights do not decay here: what counts is when things changed, not how much of it still matters.

    When the tone is constant and weeks do not depend on one another, a change is found in at most `level` of the
    dyads. Whoever looks at many dyads should expect that many false changes, or ask for a smaller level. Where weeks
    do depend on one another, as in a crisis of several weeks, more are found (in a third of simulated dyads whose
    weeks correlate by .3): a change point says that the tone moved for some weeks, not that it will stay.

    Parameters
    ----------
    ledger : Ledger
    pair : tuple of str
        Alphabetical when mutual.
    until : datetime.date
        Later events are left out.
    directed : bool
        Only what the first did to the second.
    level : float
        Between 0 and 1.
    seed : int
        Of the random orders: the same seed gives the same answer.

    Raises
    ------
    BadRecord
        When the level is not between 0 and 1.

    References
    ----------
    Kovacs, Buhlmann, Li, Munk (2023), Seeded binary segmentation, Biometrika 110(1).
    Pitman (1937), Significance tests which may be applied to samples from any populations, JRSS Supplement 4(1).
    """
    if not 0 < level < 1:
        raise BadRecord(f"Want a level between 0 and 1, as 0.05, got {level}.")
    rows = counted_rows(ledger, pair, directed, until)
    day, weight, value = ledger.days[rows], ledger.weighed.weight[rows], ledger.weighed.value[rows]
    if not len(rows):
        return ()
    weeks = Weeks.of(day, weight, value)
    splits = sorted(segment(weeks, level, np.random.default_rng(seed)))
    edges = [0, *(first_after(split, weeks, day, weight, value) for split in splits), len(rows)]
    return tuple(
        _describe(ledger, rows, (start, middle, end), split.p_value)
        for start, middle, end, split in zip(edges, edges[1:], edges[2:], splits, strict=False)
    )


class Split(NamedTuple):
    """A shift between the week before `place` and that at `place`, found in the weeks from `start` to before `end`."""

    place: int
    start: int
    end: int
    p_value: float


def segment(weeks: Weeks, level: float, random: np.random.Generator) -> list[Split]:
    """Shifts between weeks; those of the whole stretch first, then those of its parts."""
    found: list[Split] = []
    waiting = [(0, len(weeks.number), level)]
    while waiting:
        start, end, level = waiting.pop()
        weight, moment = weeks.weight[start:end], weeks.moment[start:end]
        intervals = seeded_intervals(end - start)
        place, clear = clearest(weight, moment, intervals)
        if not np.isfinite(clear):
            continue
        p_value = _p_value(weight, moment, intervals, clear, random)
        if p_value <= level:
            found.append(Split(start + place, start, end, p_value))
            waiting += [(start, start + place, level / 2), (start + place, end, level / 2)]
    return found


def seeded_intervals(length: int) -> list[tuple[int, int]]:
    """The whole and overlapping, ever shorter intervals of it, the longest first, down to twice the least evidence.

    >>> seeded_intervals(8)
    [(0, 8), (0, 6), (1, 7), (2, 8)]
    """
    found, size = [(0, length)], length / _SHRINK
    while round(size) >= 2 * MIN_WEEKS:
        width = int(np.ceil(size))
        starts = np.linspace(0, length - width, 2 * int(np.ceil(length / size)) - 1).round().astype(int)
        found += [(int(start), int(start) + width) for start in np.unique(starts)]
        size /= _SHRINK
    return found


def clearest(weight: Floats, moment: Floats, intervals: Sequence[tuple[int, int]]) -> tuple[int, float]:
    """Place of the first week after the clearest shift in any interval, and how clear it is."""
    best, place = -np.inf, 0
    for start, end in intervals:
        clear = clearness(weight[start:end], moment[start:end])
        if len(clear) and clear.max() > best + _TIE:
            best, place = float(clear.max()), start + int(clear.argmax()) + 1
    return place, best


def _p_value(
    weight: Floats, moment: Floats, intervals: Sequence[tuple[int, int]], clear: float, random: np.random.Generator
) -> float:
    """Share of orders of the weeks, the real one among them, with a shift at least as clear."""
    orders = random.permuted(np.tile(np.arange(len(weight)), (PERMUTATIONS, 1)), axis=1)
    weights, moments = weight[orders], moment[orders]
    best = np.full(PERMUTATIONS, -np.inf)
    for start, end in intervals:
        np.maximum(best, clearness(weights[:, start:end], moments[:, start:end]).max(axis=1), out=best)
    return float(1 + np.count_nonzero(best >= clear - _TIE)) / (PERMUTATIONS + 1)


def clearness(weight: Floats, moment: Floats) -> Floats:
    """How clearly the mean differs before and after each week, in points of the scale; -inf where evidence is short.

    The difference of the weighted means, times sqrt(n m / (n + m)), where n and m are the effective numbers of weeks
    on both sides, (sum of weights)^2 / sum of squared weights (Kish 1965): the CUSUM statistic of a single shift
    (Page 1955; Hawkins 1977) for weeks of unequal weight.

    Parameters
    ----------
    weight, moment : numpy.ndarray, shape (..., weeks)
        Weight, and weight times value, of the events of each week in their order.

    Returns
    -------
    numpy.ndarray, shape (..., weeks - 1)
        For a shift after each week but the last.
    """
    total, moments, squares = (np.cumsum(part, axis=-1) for part in (weight, moment, weight**2))
    left, right = total[..., :-1], total[..., -1:] - total[..., :-1]
    n, m = left**2 / squares[..., :-1], right**2 / np.maximum(squares[..., -1:] - squares[..., :-1], 1e-12)
    gap = (moments[..., -1:] - moments[..., :-1]) / right - moments[..., :-1] / left
    enough = (np.minimum(n, m) >= MIN_WEEKS - 1e-9) & (np.minimum(left, right) >= MIN_WEIGHT - 1e-9)
    return np.where(enough, np.abs(gap) * np.sqrt(n * m / (n + m)), -np.inf)


def first_after(split: Split, weeks: Weeks, day: Whole, weight: Floats, value: Floats) -> int:
    """Place of the first event after a shift: the day is sought in the two weeks around it.

    Events are sorted by day. A shift in the middle of a week leaves that week between two levels; the day is the one
    that divides the events of the stretch best.
    """
    inside = slice(*np.searchsorted(week_of(day), [weeks.number[split.start], weeks.number[split.end - 1] + 1]))
    days, starts = np.unique(day[inside], return_index=True)
    total, moments = (np.add.reduceat(part[inside], starts).cumsum() for part in (weight, weight * value))
    left, right = total[:-1], total[-1] - total[:-1]
    gap = (moments[-1] - moments[:-1]) / right - moments[:-1] / left
    around = week_of(days[1:]) <= weeks.number[split.place]
    around &= days[1:] > weeks.number[split.place - 1] * 7
    clear = np.where(around, np.abs(gap) * np.sqrt(left * right / total[-1]), -np.inf)
    return int(inside.start + starts[1:][int(clear.argmax())])


def _describe(ledger: Ledger, rows: Whole, edges: tuple[int, int, int], p_value: float) -> ChangePoint:
    """A shift between two stretches of a dyad's events, and the events that carry it."""
    start, middle, end = edges
    early, late = rows[start:middle], rows[middle:end]
    weight, value = ledger.weighed.weight, ledger.weighed.value
    before, after = (float(np.average(value[part], weights=weight[part])) for part in (early, late))
    shares = weight[late] / weight[late].sum()
    carried = shares * (value[late] - before)
    near = (ledger.days[late] < ledger.days[late[0]] + NEAR_DAYS) & (carried * (after - before) > 0)
    chosen = np.flatnonzero(near)
    chosen = chosen[np.argsort(-np.abs(carried[chosen]), kind="stable")][:NAMED]
    events = frame_to_events(ledger.events.iloc[late[chosen]])
    return ChangePoint(
        day=date.fromordinal(int(ledger.days[late[0]])),
        since=date.fromordinal(int(ledger.days[early[-1]])),
        before=before,
        after=after,
        p_value=p_value,
        weeks_before=len(np.unique(week_of(ledger.days[early]))),
        weeks_after=len(np.unique(week_of(ledger.days[late]))),
        carried_by=tuple(
            Contribution(event, points, own, share)
            for event, points, own, share in zip(
                events, carried[chosen].tolist(), weight[late[chosen]].tolist(), shares[chosen].tolist(), strict=True
            )
        ),
    )
