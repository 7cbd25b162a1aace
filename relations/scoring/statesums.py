"""How do sums of events add up so that they can be taken away again, exactly?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

from relations.errors import BadInput
from relations.scoring.buckets import SUMS, Buckets, Floats, Whole, add_up
from relations.scoring.ledger import Ledger, Pair

#: What each event adds to a column is a whole multiple of the column's grid: then adding in any order, and taking away,
#: is exact as long as a row stays below 2^53 of them, which is over 3,000 events of value 10 of one dyad, day and kind;
#: beyond, it is so but for the last bit. The rounding moves a score by less than 1e-9.
GRID = np.array([{"square": 2.0**-34, "moment": 2.0**-38, "positive": 2.0**-38, "lowest": 2.0**-38}.get(name, 2.0**-40)
                 for name in SUMS])  # fmt: skip
#: The one column that is no sum but the lowest of its events. A minimum cannot be taken back, so each of its values has
#: a row of its own.
LOWEST = SUMS.index("lowest")
EVENTS = SUMS.index("events")

_NO_BUCKETS = Buckets((), np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64), np.empty((0, len(SUMS))))


@dataclass(frozen=True, slots=True, eq=False)
class Sums:
    """Rows of sums: one for each directed dyad, day, kind of event and value of LOWEST.

    Attributes
    ----------
    pairs : tuple of tuple of str
        The directed dyads that have a row, sorted.
    pair, day : numpy.ndarray
        For each row, the place of its dyad and its day ordinal.
    echo : numpy.ndarray of bool
        Whether its events count in directed scores only, because the other side's report of the same act stands for
        both in mutual ones.
    sums : numpy.ndarray
        One column for each of SUMS.
    """

    pairs: tuple[Pair, ...]
    pair: Whole
    day: Whole
    echo: npt.NDArray[np.bool_]
    sums: Floats

    def __len__(self) -> int:
        return len(self.day)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Sums):
            return NotImplemented
        arrays = ("pair", "day", "echo", "sums")
        return self.pairs == other.pairs and all(np.array_equal(getattr(self, n), getattr(other, n)) for n in arrays)

    __hash__ = None  # type: ignore[assignment]  # equal by content, and too large to be a key

    def merge(self, other: Sums) -> Sums:
        """Both together, as if all events had been added to one."""
        return self._with(other, other.sums)

    def less(self, other: Sums) -> Sums:
        """This without the other, which was added to it.

        Raises
        ------
        BadInput
            When the other has an event that this has not.
        """
        taken = -other.sums
        taken[:, LOWEST] = other.sums[:, LOWEST]
        return self._with(other, taken)

    def _with(self, other: Sums, sums: Floats) -> Sums:
        pairs = tuple(sorted({*self.pairs, *other.pairs}))
        place = {pair: number for number, pair in enumerate(pairs)}
        numbers = [np.array([place[p] for p in part.pairs], dtype=np.int64)[part.pair] for part in (self, other)]
        return gather(
            pairs,
            np.concatenate(numbers),
            np.concatenate([self.day, other.day]),
            np.concatenate([self.echo, other.echo]),
            np.vstack([self.sums, sums]),
        )

    def buckets(self, directed: bool) -> Buckets:
        """Buckets of all directed dyads, or of all mutual ones."""
        if directed:
            return Buckets(self.pairs, self.pair, self.day, self.sums).merge(_NO_BUCKETS)
        mutual = [(min(pair), max(pair)) for pair in self.pairs]
        pairs = tuple(sorted(set(mutual)))
        place = {pair: number for number, pair in enumerate(pairs)}
        rows = np.flatnonzero(~self.echo)
        numbers = np.array([place[pair] for pair in mutual], dtype=np.int64)[self.pair[rows]]
        return Buckets(pairs, numbers, self.day[rows], self.sums[rows]).merge(_NO_BUCKETS)


def gather(pairs: tuple[Pair, ...], pair: Whole, day: Whole, echo: npt.NDArray[np.bool_], sums: Floats) -> Sums:
    """Rows in any order as Sums; rows left without events go, and so do dyads left without rows.

    Raises
    ------
    BadInput
        When a row would have fewer than no events.
    """
    keys = (sums[:, LOWEST], echo, day, pair)
    order = np.lexsort(keys)
    first = np.zeros(len(order), dtype=bool)
    first[:1] = True
    for key in keys:
        first[1:] |= key[order][1:] != key[order][:-1]
    starts = np.flatnonzero(first)
    total = np.add.reduceat(sums[order], starts, axis=0) if len(order) else np.empty((0, len(SUMS)))
    heads = order[starts]
    total[:, LOWEST] = sums[heads, LOWEST]
    if (total[:, EVENTS] < 0).any():
        row = heads[int(np.argmin(total[:, EVENTS]))]
        source, target = pairs[pair[row]]
        raise BadInput(
            f"{source} -> {target}, {date.fromordinal(int(day[row]))}: an event to remove was never added. Give events "
            "with the confidence and value they were added with."
        )
    kept = np.flatnonzero(total[:, EVENTS])
    met, place = np.unique(pair[heads[kept]], return_inverse=True)
    named = tuple(pairs[number] for number in met)
    return Sums(named, place.astype(np.int64), day[heads[kept]], echo[heads[kept]], total[kept] + 0.0)


def sums_of(ledger: Ledger) -> Sums:
    """Sums of all events that count, each rounded to GRID before it is added."""
    rows = np.flatnonzero(ledger.counted(directed=True))
    weight, value, forceful = ledger.weighed.weight[rows], ledger.weighed.value[rows], ledger.weighed.forceful[rows]
    # a day of its own for each event gives what each alone would add to its bucket
    each = add_up([("", "")], np.zeros(len(rows), dtype=np.int64), np.arange(len(rows)), weight, value, forceful)
    pairs, place = ledger.codes.met(ledger.codes.dyad[rows])
    echo = ~ledger.counted(directed=False)[rows]
    return gather(tuple(pairs), place, ledger.days[rows], echo, np.round(each.sums / GRID) * GRID + 0.0)


#: Of no events.
NO_SUMS = gather(
    (), np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64), np.empty(0, dtype=bool), np.empty((0, len(SUMS)))
)
