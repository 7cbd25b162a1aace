"""What moved between two snapshots, and which events moved it?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from relations.errors import NoSuchActor, NotComparable
from relations.events.table import frame_to_events
from relations.records import Change, Event
from relations.scoring.buckets import Floats, Whole, decay
from relations.scoring.estimators import states_of
from relations.scoring.intervals import crowding, variance_of_events
from relations.scoring.ledger import Ledger, Pair, Reading
from relations.scoring.showing import html_table, text_table
from relations.settings import Z90, Settings

if TYPE_CHECKING:
    from relations.snapshots.store import Snapshot

#: The fixed path along which a change is split, each step recomputing the score.
CAUSES = ("prior", "removed", "revised", "decay", "added")
#: State of a dyad without evidence.
NO_DATA = "no data"
_HEADER = ("pair", "before", "after", "change", "margin", "clear", "before_state", "after_state", *CAUSES)


@dataclass(frozen=True, slots=True, eq=False)
class Comparison:
    """Changes of all dyads between two days, the biggest first.

    Attributes
    ----------
    before, after : datetime.date
    changes : tuple of Change
    """

    before: date
    after: date
    changes: tuple[Change, ...]
    _ledgers: tuple[Ledger, Ledger]

    def __iter__(self) -> Iterator[Change]:
        return iter(self.changes)

    def __len__(self) -> int:
        return len(self.changes)

    def __getitem__(self, pair: tuple[str, str]) -> Change:
        """The change of one dyad, in either order of its states.

        Raises
        ------
        NoSuchActor
            When it has evidence on neither day.
        """
        wanted = tuple(sorted(pair))
        for change in self.changes:
            if (change.source, change.target) == wanted:
                return change
        raise NoSuchActor(f"No evidence on {'-'.join(wanted)} on {self.before} or {self.after}.")

    def events_of(self, change: Change) -> dict[str, Event]:
        """The events that moved a dyad, by id; a revised one as it stands afterwards."""
        found: dict[str, Event] = {}
        for ledger in self._ledgers:
            rows = ledger.rows_of(change.source, change.target)
            wanted = ledger.events["id"].iloc[rows].isin(list(change.contributions)).to_numpy(dtype=bool)
            found |= {event.id: event for event in frame_to_events(ledger.events.iloc[rows[wanted]])}
        return found

    def to_frame(self) -> pd.DataFrame:
        """One row a dyad: both scores, the change, its margin of error and its causes."""
        names = ["source", "target", "before", "after", "change", "margin", "clear", "before_state", "after_state"]
        rows = [
            [*(getattr(change, name) for name in names), *(change.causes[cause] for cause in CAUSES), len(change.late)]
            for change in self.changes
        ]
        return pd.DataFrame(rows, columns=[*names, *CAUSES, "late"])

    @property
    def title(self) -> str:
        """The comparison in a line."""
        clear = sum(change.clear for change in self.changes)
        return f"{self.before} to {self.after}: {len(self)} dyads, {clear} clearly changed"

    def rows(self) -> list[list[Any]]:
        """Cells of a table for people."""
        return [
            [
                f"{c.source}-{c.target}", c.before, c.after, c.change, c.margin, c.clear, c.before_state, c.after_state,
                *(c.causes[cause] for cause in CAUSES),
            ]
            for c in self.changes
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.title}\n{text_table(_HEADER, self.rows())}"

    def _repr_html_(self) -> str:
        return html_table(self.title, _HEADER, self.rows())


def compare_snapshots(before: Snapshot, after: Snapshot) -> Comparison:
    """Compare two saved snapshots.

    An event that the later one has and the earlier one had not is `added`, also when it is dated before both: a later
    text told of it. Such events are listed in `Change.late`.

    Raises
    ------
    NotComparable
        When they were made with different settings.
    """
    return compare_ledgers(before.ledger(), before.at, after.ledger(), after.at)


def compare_ledgers(first: Ledger, before: date, second: Ledger, after: date) -> Comparison:
    """Compare the evidence of two days, event by event.

    Raises
    ------
    NotComparable
        When the settings differ.
    """
    require_same(first.settings, second.settings)
    table = _Table(first, before, second, after)
    changes = [table.change(number) for number in range(len(table.pairs))]
    changes.sort(key=lambda change: (-abs(change.change), change.source, change.target))
    return Comparison(before, after, tuple(changes), (first, second))


def require_same(first: Settings, second: Settings) -> None:
    """Refuse what was scored with different settings.

    Raises
    ------
    NotComparable
        The message names what differs.
    """
    different = [
        f"{field.name} {getattr(first, field.name)} and {getattr(second, field.name)}"
        for field in fields(first)
        if getattr(first, field.name) != getattr(second, field.name)
    ]
    if different:
        raise NotComparable(
            f"The snapshots were made with different settings ({', '.join(different)}). Make one of them anew."
        )


@dataclass(frozen=True, slots=True)
class _Side:
    """The events of one snapshot laid on the union of both: weight on its own day, value and day; 0 where absent."""

    there: Any
    weight: Floats
    value: Floats
    day: Whole


class _Table:
    """All events that count in either snapshot, by dyad, and each dyad's score at each step of the path."""

    def __init__(self, first: Ledger, before: date, second: Ledger, after: date) -> None:
        self.settings = first.settings
        self.readings = first.reading(before), second.reading(after)
        self.days = before.toordinal(), after.toordinal()
        rows = [_counted_rows(ledger, at) for ledger, at in ((first, before), (second, after))]
        keys = [_keys(ledger, part) for ledger, part in zip((first, second), rows, strict=True)]
        union = keys[0].append(keys[1]).drop_duplicates().sort_values()
        self.ids = union.get_level_values(2).to_numpy(dtype=object)
        self.sides = [_lay(union, *part) for part in zip(keys, (first, second), rows, strict=True)]
        names = list(zip(union.get_level_values(0), union.get_level_values(1), strict=True))
        self.pairs: list[Pair] = sorted(set(names))
        place = {pair: number for number, pair in enumerate(self.pairs)}
        self.pair = np.array([place[name] for name in names], dtype=np.int64)
        self.starts = np.searchsorted(self.pair, np.arange(len(self.pairs) + 1))
        self.path = self._path()
        self.shares = [self._shares(side, day) for side, day in zip(self.sides, self.days, strict=True)]
        self.moved = [
            share * (side.value - reading.m0)
            for share, side, reading in zip(self.shares, self.sides, self.readings, strict=True)
        ]
        self.states = [_states(reading, self.settings) for reading in self.readings]
        self.noise = self._noise()

    def _left(self, side: _Side, today: int) -> Floats:
        return side.weight * decay(today - side.day, self.settings.half_life_days)

    def _scores(self, m0: float, weight: Floats, value: Floats) -> Floats:
        """Score of each dyad from decayed weights and values."""
        count, k = len(self.pairs), self.settings.k
        mass = np.bincount(self.pair, weight, minlength=count)
        moment = np.bincount(self.pair, weight * value, minlength=count)
        return np.asarray((k * m0 + moment) / (k + mass), dtype=np.float64)

    def _path(self) -> list[Floats]:
        """Scores before, after each cause, and so at the end after all of them."""
        (one, two), (start, end) = self.sides, self.days
        m0, m1 = (reading.m0 for reading in self.readings)
        kept = one.there & two.there
        return [
            self._scores(m0, self._left(one, start), one.value),
            self._scores(m1, self._left(one, start), one.value),
            self._scores(m1, self._left(one, start) * kept, one.value),
            self._scores(m1, self._left(two, start) * kept, two.value),
            self._scores(m1, self._left(two, end) * kept, two.value),
            self._scores(m1, self._left(two, end), two.value),
        ]

    def _shares(self, side: _Side, today: int) -> Floats:
        weight = self._left(side, today)
        mass = np.bincount(self.pair, weight, minlength=len(self.pairs))
        return np.asarray(weight / (self.settings.k + mass)[self.pair], dtype=np.float64)

    def _noise(self) -> Floats:
        """Variance of one event afterwards, times how alike its reports are, for each dyad."""
        reading = self.readings[1]
        found = variance_of_events(reading.masses, self.settings) * crowding(reading.masses)
        without = self.settings.prior_variance
        return np.array(
            [found[reading.place[pair]] if pair in reading.place else without for pair in self.pairs], dtype=np.float64
        )

    def change(self, number: int) -> Change:
        """What moved one dyad."""
        pair, part = self.pairs[number], slice(self.starts[number], self.starts[number + 1])
        steps = [float(scores[number]) for scores in self.path]
        moved = (self.moved[1][part] - self.moved[0][part]).tolist()
        ids = self.ids[part].tolist()
        squares = float(((self.shares[1][part] - self.shares[0][part]) ** 2).sum())
        one, two = self.sides
        late = two.there[part] & ~one.there[part] & (two.day[part] <= self.days[0])
        return Change(
            *pair,
            before=steps[0],
            after=steps[-1],
            before_state=self.states[0].get(pair, NO_DATA),
            after_state=self.states[1].get(pair, NO_DATA),
            margin=Z90 * float(np.sqrt(self.noise[number] * squares)),
            contributions={None: self.readings[1].m0 - self.readings[0].m0, **dict(zip(ids, moved, strict=True))},
            causes={cause: steps[n + 1] - steps[n] for n, cause in enumerate(CAUSES)},
            late=tuple(id for id, told_late in zip(ids, late, strict=True) if told_late),
        )


def _counted_rows(ledger: Ledger, at: date) -> Whole:
    return np.flatnonzero(ledger.counted(directed=False) & (ledger.days <= at.toordinal()))


def _keys(ledger: Ledger, rows: Whole) -> pd.MultiIndex:
    """Dyad and id of events: an event moved to another dyad is another event."""
    met, place = np.unique(ledger.codes.pair[rows], return_inverse=True)
    names = [ledger.codes.names(int(key)) for key in met]
    columns = [np.array([name[n] for name in names], dtype=object)[place] for n in (0, 1)]
    return pd.MultiIndex.from_arrays([*columns, ledger.events["id"].to_numpy(dtype=object)[rows]])


def _lay(union: pd.MultiIndex, keys: pd.MultiIndex, ledger: Ledger, rows: Whole) -> _Side:
    place = keys.get_indexer(union)
    there = place >= 0
    weight, value = np.zeros(len(union)), np.zeros(len(union))
    day = np.zeros(len(union), dtype=np.int64)
    at = rows[place[there]]
    weight[there], value[there] = ledger.weighed.weight[at], ledger.weighed.value[at]
    day[there] = ledger.days[at]
    return _Side(there, weight, value, day)


def _states(reading: Reading, settings: Settings) -> Mapping[Pair, str]:
    states = states_of(reading.masses, reading.found, reading.at.toordinal(), settings)
    return dict(zip(reading.pairs, states, strict=True))
