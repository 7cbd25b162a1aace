"""How do events add up, day by day, so that any later date can be scored exactly?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

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

    def take(self, places: Whole | slice) -> Masses:
        """The masses of some dyads."""
        columns: list[Any] = [column[places] for column in self]
        return Masses(*columns)


_NONE, _NO_DAYS = np.empty(0, dtype=np.float64), np.empty(0, dtype=np.int64)
NO_MASSES = Masses(_NONE, _NONE, _NONE, _NONE, _NONE, _NO_DAYS, _NONE, _NONE, _NONE, _NO_DAYS)


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
        days, sums = np.concatenate([self.day, other.day]), np.vstack([self.sums, other.sums])
        return _group(pairs, np.concatenate(numbers), days, list(sums.T))

    def decayed(self, at: date, half_life_days: float | None) -> Masses:
        """Sums on a day, each bucket halved once a half-life; later buckets do not count yet."""
        if not len(self.pairs):
            return NO_MASSES
        today = at.toordinal()
        known = self.day <= today
        left = decay(today - self.day, half_life_days) * known
        starts = np.flatnonzero(np.diff(self.pair, prepend=-1))
        weight, moment, square, spread, events, forceful, cooperation, conflict = self.sums.T
        newest = np.maximum.reduceat(np.where(known, self.day, 0), starts)

        def total(column: Any) -> Any:
            return np.add.reduceat(column, starts)

        return Masses(
            weight=total(left * weight),
            moment=total(left * moment),
            square=total(left * square),
            spread=total(left**2 * spread),
            clustered=self._clustered(left * weight),
            events=total(known * events).astype(np.int64),
            forceful=total(left * forceful),
            cooperation=total(left * cooperation),
            conflict=total(left * conflict),
            newest=newest,
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
    return _group(tuple(sorted(pairs)), numbers, np.asarray(day, dtype=np.int64), columns)


def _group(pairs: tuple[tuple[str, str], ...], pair: Whole, day: Whole, columns: Sequence[Floats]) -> Buckets:
    """Sort rows by dyad and day and add up those of one bucket; a dyad without rows is left out."""
    if not len(pair):
        return Buckets((), pair, day, np.empty((0, len(SUMS))))
    key = pair * (int(day.max()) + 1) + day
    order = np.argsort(key, kind="stable")
    starts = np.flatnonzero(np.diff(key[order], prepend=-1))
    heads = order[starts]
    sums = np.column_stack([np.add.reduceat(column[order], starts) for column in columns])
    met, place = np.unique(pair[heads], return_inverse=True)
    return Buckets(tuple(pairs[n] for n in met), place.astype(np.int64), day[heads], sums)
