"""How do events add up, day by day, so that any later date can be scored exactly?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]

#: Sums kept for each dyad and day: weight, weight x value, weight x value squared, weight squared, events, weight of
#: forceful, cooperative and conflictual events.
SUMS = ("weight", "moment", "square", "spread", "events", "forceful", "cooperation", "conflict")


class Masses(NamedTuple):
    """Decayed sums of each dyad on one day.

    `spread` is the sum of squared weights, `clustered` that of squared weekly weights: reports of one week tell of
    one episode, so that their number says less than it seems.
    """

    weight: Floats
    moment: Floats
    square: Floats
    spread: Floats
    clustered: Floats
    events: Whole
    forceful: Floats
    cooperation: Floats
    conflict: Floats
    newest: Whole

    def of(self, place: int) -> Masses:
        """The masses of one dyad."""
        return Masses(*(column[place : place + 1] for column in self))


@dataclass(frozen=True, slots=True, eq=False)
class Buckets:
    """Sums of dyads by day: they merge by addition and decay exactly, whatever the half-life.

    Attributes
    ----------
    pairs : tuple of tuple of str
        The dyads, sorted.
    pair, day : numpy.ndarray
        For each bucket, the place of its dyad and its day ordinal; sorted by both.
    sums : numpy.ndarray
        One row a bucket, one column for each of SUMS.
    """

    pairs: tuple[tuple[str, str], ...]
    pair: Whole
    day: Whole
    sums: Floats

    def merge(self, other: Buckets) -> Buckets:
        """Both together, as if all events had been added to one.

        Examples
        --------
        >>> one = add_up([("FRA", "MLI")], [0], [1], [1.0], [-6.0], [False])
        >>> one.merge(one).sums[0, :2].tolist()
        [2.0, -12.0]
        """
        pairs = tuple(sorted({*self.pairs, *other.pairs}))
        place = {pair: number for number, pair in enumerate(pairs)}
        numbers = [np.array([place[p] for p in part.pairs], dtype=np.int64)[part.pair] for part in (self, other)]
        return _group(
            pairs, np.concatenate(numbers), np.concatenate([self.day, other.day]), np.vstack([self.sums, other.sums])
        )

    def decayed(self, at: date, half_life_days: float | None) -> Masses:
        """Sums on a day, each bucket halved once a half-life; later buckets do not count yet."""
        if not len(self.pairs):
            return Masses(*(np.empty(0, dtype=np.float64 if kind == "f" else np.int64) for kind in "fffffifffi"))
        today = at.toordinal()
        known = self.day <= today
        left = decay(today - self.day, half_life_days) * known
        starts = np.flatnonzero(np.diff(self.pair, prepend=-1))
        weight, moment, square, spread, events, forceful, cooperation, conflict = self.sums.T
        newest = np.maximum.reduceat(np.where(known, self.day, 0), starts)
        return Masses(
            *(np.add.reduceat(left * column, starts) for column in (weight, moment, square)),
            np.add.reduceat(left**2 * spread, starts),
            self._clustered(left * weight),
            np.add.reduceat(np.where(known, events, 0), starts).astype(np.int64),
            *(np.add.reduceat(left * column, starts) for column in (forceful, cooperation, conflict)),
            newest,
        )

    def _clustered(self, weights: Floats) -> Floats:
        """Sum over weeks of the squared weight of the week."""
        new_week = (np.diff(self.pair, prepend=-1) != 0) | (np.diff(week_of(self.day), prepend=-1) != 0)
        weeks = np.flatnonzero(new_week)
        of_week = np.add.reduceat(weights, weeks) ** 2
        return np.add.reduceat(of_week, np.flatnonzero(np.diff(self.pair[weeks], prepend=-1)))


def week_of(day: Whole) -> Whole:
    """Number of the week of a day ordinal."""
    return day // 7


def decay(age_days: Whole, half_life_days: float | None) -> Floats:
    """What is left of a weight of 1 after so many days.

    >>> decay(np.array([0, 548]), 548).tolist()
    [1.0, 0.5]
    """
    if half_life_days is None:
        return np.ones(len(age_days))
    return np.asarray(np.exp2(np.maximum(age_days, 0) / -half_life_days), dtype=np.float64)


def add_up(
    pairs: list[tuple[str, str]],
    pair: npt.ArrayLike,
    day: npt.ArrayLike,
    weight: npt.ArrayLike,
    value: npt.ArrayLike,
    forceful: npt.ArrayLike,
) -> Buckets:
    """Buckets of events; `pair` is the place of each event's dyad in `pairs`."""
    order = sorted(range(len(pairs)), key=pairs.__getitem__)
    place = np.empty(len(pairs), dtype=np.int64)
    place[order] = np.arange(len(pairs))
    c, x = np.asarray(weight, dtype=np.float64), np.asarray(value, dtype=np.float64)
    columns = (c, c * x, c * x**2, c**2, np.ones(len(c)), c * np.asarray(forceful), c * (x > 0), c * (x < 0))
    numbers = place[np.asarray(pair, dtype=np.int64)] if len(pairs) else np.empty(0, dtype=np.int64)
    return _group(tuple(sorted(pairs)), numbers, np.asarray(day, dtype=np.int64), np.column_stack(columns))


def _group(pairs: tuple[tuple[str, str], ...], pair: Whole, day: Whole, sums: Floats) -> Buckets:
    """Sort rows by dyad and day and add up those of one bucket."""
    if not len(pair):
        return Buckets((), pair, day, sums.reshape(0, len(SUMS)))
    key = pair * (int(day.max()) + 1) + day
    order = np.argsort(key, kind="stable")
    starts = np.flatnonzero(np.diff(key[order], prepend=-1))
    heads = order[starts]
    return Buckets(pairs, pair[heads], day[heads], np.add.reduceat(sums[order], starts, axis=0))
