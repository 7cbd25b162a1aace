"""How do events add up, day by day, so that any later date can be scored exactly?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]

#: Kept for each dyad and day, sums all but the last: weight, weight x value, weight x value squared, weight squared,
#: events, weight of forceful, cooperative and conflictual events, weight x value of the cooperative ones alone; and the
#: lowest weight x value of an event, 0 when none is negative, of which the lower stays.
SUMS = (
    "weight", "moment", "square", "spread", "events", "forceful", "cooperation", "conflict", "positive", "lowest",
)  # fmt: skip
_LOWEST = SUMS.index("lowest")


class Masses(NamedTuple):
    """Decayed sums of each dyad on one day.

    `spread` is the sum of squared weights, `clustered` that of squared weekly weights: reports of one week tell of
    one episode, so that their number says less than it seems. `positive` is the moment of the cooperative events
    alone. `origin` is what the sums were made of, for what asks more than them.
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
    positive: Floats
    newest: Whole
    origin: Origin | None = None

    def take(self, places: Whole | slice) -> Masses:
        """The masses of some dyads."""
        columns: list[Any] = [column[places] for column in self[:-1]]
        return Masses(*columns)._replace(origin=None if self.origin is None else self.origin.take(places))


@dataclass(frozen=True, slots=True, eq=False)
class Origin:
    """The buckets behind the masses of some dyads on a day; `places` are those of the dyads in the buckets."""

    buckets: Buckets
    at: date
    places: Whole

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """The dyads, in the order of the masses."""
        return [self.buckets.pairs[place] for place in self.places.tolist()]

    def take(self, places: Whole | slice) -> Origin:
        """Only some of the dyads."""
        return Origin(self.buckets, self.at, self.places[places])

    def days(self) -> Days:
        """All buckets of these dyads up to the day, the oldest of a dyad first."""
        buckets, today = self.buckets, self.at.toordinal()
        place = np.full(len(buckets.pairs), -1, dtype=np.int64)
        place[self.places] = np.arange(len(self.places))
        of = place[buckets.pair]
        rows = np.flatnonzero((of >= 0) & (buckets.day <= today))
        rows = rows[sorted_places(of[rows])]
        return Days(of[rows], buckets.day[rows], today - buckets.day[rows], buckets.sums[rows])


class Days(NamedTuple):
    """One row a dyad and day: the place of the dyad, its day, age in days, and the columns of SUMS."""

    dyad: Whole
    day: Whole
    age: Whole
    sums: Floats

    def column(self, name: str) -> Floats:
        """One of SUMS."""
        return self.sums[:, SUMS.index(name)]

    def rows(self, chosen: slice) -> Days:
        """Some of the rows."""
        return Days(self.dyad[chosen], self.day[chosen], self.age[chosen], self.sums[chosen])


_NONE, _NO_DAYS = np.empty(0, dtype=np.float64), np.empty(0, dtype=np.int64)
NO_MASSES = Masses(_NONE, _NONE, _NONE, _NONE, _NONE, _NO_DAYS, _NONE, _NONE, _NONE, _NONE, _NO_DAYS)


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
        pair = np.concatenate(numbers)
        order = _by_bucket(pair, days)
        return _sum(pairs, pair[order], days[order], (column[order] for column in sums.T))

    def decayed(self, at: date, half_life_days: float | None) -> Masses:
        """Sums on a day, each bucket halved once a half-life; later buckets do not count yet."""
        if not len(self.pairs):
            return NO_MASSES._replace(origin=Origin(self, at, _NO_DAYS))
        today = at.toordinal()
        known = self.day <= today
        left = decay(today - self.day, half_life_days) * known
        starts = np.flatnonzero(np.diff(self.pair, prepend=-1))
        column = dict(zip(SUMS, self.sums.T, strict=True))

        def total(name: str, by: Floats = left) -> Floats:
            return np.asarray(np.add.reduceat(by * column[name], starts), dtype=np.float64)

        return Masses(
            weight=total("weight"),
            moment=total("moment"),
            square=total("square"),
            spread=total("spread", left**2),
            clustered=self._clustered(left * column["weight"]),
            events=total("events", known.astype(np.float64)).astype(np.int64),
            forceful=total("forceful"),
            cooperation=total("cooperation"),
            conflict=total("conflict"),
            positive=total("positive"),
            newest=np.maximum.reduceat(np.where(known, self.day, 0), starts),
            origin=Origin(self, at, np.arange(len(self.pairs))),
        )

    def _clustered(self, weights: Floats) -> Floats:
        """Sum over weeks of the squared weight of the week."""
        new_week = (np.diff(self.pair, prepend=-1) != 0) | (np.diff(week_of(self.day), prepend=-1) != 0)
        weeks = np.flatnonzero(new_week)
        of_week = np.add.reduceat(weights, weeks) ** 2
        return np.asarray(np.add.reduceat(of_week, np.flatnonzero(np.diff(self.pair[weeks], prepend=-1))))


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
    place = np.empty(len(pairs), dtype=np.int64)
    place[sorted(range(len(pairs)), key=pairs.__getitem__)] = np.arange(len(pairs))
    numbers = place[np.asarray(pair, dtype=np.int64)] if len(pairs) else np.empty(0, dtype=np.int64)
    days = np.asarray(day, dtype=np.int64)
    order = _by_bucket(numbers, days)
    c, x = (np.asarray(column, dtype=np.float64)[order] for column in (weight, value))
    force = np.broadcast_to(np.asarray(forceful, dtype=bool), len(order))[order]
    moment = c * x
    columns = (
        c, moment, moment * x, c**2, np.ones(len(c)), c * force, c * (x > 0), c * (x < 0),
        np.maximum(moment, 0.0), np.minimum(moment, 0.0),
    )  # fmt: skip
    return _sum(tuple(sorted(pairs)), numbers[order], days[order], columns)


def _by_bucket(pair: Whole, day: Whole) -> Whole:
    """Rows in the order of their dyads and days."""
    return sorted_places(pair * (int(day.max(initial=0)) + 1) + day)


def _sum(pairs: tuple[tuple[str, str], ...], pair: Whole, day: Whole, columns: Iterable[Floats]) -> Buckets:
    """Add up sorted rows of one bucket; a dyad without rows is left out."""
    starts = runs(pair, day)
    sums = np.empty((len(starts), len(SUMS)), order="F")  # read by columns
    for number, column in enumerate(columns):
        if len(starts):
            add = np.minimum if number == _LOWEST else np.add
            sums[:, number] = column if len(starts) == len(pair) else add.reduceat(column, starts)
    dyad = pair[starts]
    new = runs(dyad)
    place = np.repeat(np.arange(len(new)), np.diff(np.append(new, len(dyad))))
    return Buckets(tuple(pairs[n] for n in dyad[new].tolist()), place, day[starts], sums)


def sorted_places(key: Whole) -> Whole:
    """Places of numbers of 0 or more in ascending order, equal ones as they came.

    >>> sorted_places(np.array([7, 0, 7, 3])).tolist()
    [1, 3, 0, 2]
    """
    bits = len(key).bit_length()
    if not len(key) or int(key.max()) >> (62 - bits):
        return np.argsort(key, kind="stable")
    packed = (key << bits) | np.arange(len(key))  # sorting plain numbers is faster than sorting places by them
    packed.sort()
    return packed & ((1 << bits) - 1)


def runs(*keys: Whole) -> Whole:
    """First places of runs of equal rows in sorted columns.

    >>> runs(np.array([1, 1, 1, 2]), np.array([5, 5, 6, 6])).tolist()
    [0, 2, 3]
    """
    new = np.zeros(len(keys[0]), dtype=bool)
    new[:1] = True
    for key in keys:
        new[1:] |= key[1:] != key[:-1]
    return np.flatnonzero(new)
