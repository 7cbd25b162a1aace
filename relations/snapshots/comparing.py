"""What moved between two snapshots, and which events moved it?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from relations.errors import BadRecord, NoSuchActor, NotComparable
from relations.events.table import frame_to_events
from relations.records import Change, Event
from relations.scoring.ledger import Ledger
from relations.scoring.methods import is_exact
from relations.scoring.showing import html_table, text_table
from relations.scoring.wording import NO_DATA, count_of
from relations.settings import Settings
from relations.snapshots.attribution import CAUSES, ORDERS, Attribution

if TYPE_CHECKING:
    from relations.snapshots.snapshot import Snapshot

__all__ = ["CAUSES", "NO_DATA", "ORDERS", "Comparison", "compare_ledgers", "compare_snapshots", "require_same"]

_FIELDS = ("source", "target", "before", "after", "change", "margin", "clear", "before_state", "after_state")
_FURTHER = ("late", "noise", "before_low", "before_high", "after_low", "after_high")
#: Columns of a comparison as a table of data.
COLUMNS = (*_FIELDS, *CAUSES, *_FURTHER)
#: What is said where a score is no sum over its events.
BY_CAUSE_ONLY = "Method {method} has no exact split: changes are shared among causes, and not among events."
_HEADER = ("pair", *COLUMNS[2:9], *CAUSES)


@dataclass(frozen=True, slots=True, eq=False)
class Comparison:
    """Changes of all dyads between two days, the biggest first.

    Attributes
    ----------
    before, after : datetime.date
    changes : tuple of Change
    order : {"path", "shapley"}
        How each change is shared among its causes.
    notes : tuple of str
        What to know of how the two sides were made.
    """

    before: date
    after: date
    changes: tuple[Change, ...]
    _ledgers: tuple[Ledger, Ledger]
    order: str = "path"
    notes: tuple[str, ...] = ()

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

    def ordered(self, order: str) -> Comparison:
        """The same changes shared among their causes along the fixed path, or as the mean over all orders.

        Raises
        ------
        BadRecord
            When there is no such order.
        """
        if order == self.order:
            return self
        (first, second) = self._ledgers
        return replace(compare_ledgers(first, self.before, second, self.after, order), notes=self.notes)

    def events_of(self, change: Change) -> dict[str, Event]:
        """The events that moved a dyad, by id; a revised one as it stands afterwards."""
        found: dict[str, Event] = {}
        for ledger in self._ledgers:
            rows = ledger.rows_of(change.source, change.target)
            wanted = ledger.events["id"].iloc[rows].isin(list(change.contributions)).to_numpy(dtype=bool)
            found |= {event.id: event for event in frame_to_events(ledger.events.iloc[rows[wanted]])}
        return found

    def fates(self, change: Change) -> dict[str, str]:
        """What became of each event that moved a dyad, by id: added, late, removed, revised or decay.

        `late` is an added one that is dated before the first snapshot.
        """
        one, two = (
            _standing(ledger, at, change) for ledger, at in zip(self._ledgers, (self.before, self.after), strict=True)
        )
        late = set(change.late)
        found: dict[str, str] = {}
        for id in (id for id in change.contributions if id is not None):
            if id not in one:
                found[id] = "late" if id in late else "added"
            else:
                found[id] = "removed" if id not in two else "decay" if one[id] == two[id] else "revised"
        return found

    def to_frame(self) -> pd.DataFrame:
        """One row a dyad: both scores with their intervals, the change, its margin and noise, and its causes."""
        return pd.DataFrame([change_cells(change) for change in self.changes], columns=list(COLUMNS))

    @property
    def title(self) -> str:
        """The comparison in a line."""
        clear = sum(change.clear for change in self.changes)
        return f"{self.before} to {self.after}: {count_of(len(self), 'dyad')}, {clear:,} clearly changed"

    def rows(self) -> list[list[Any]]:
        """Cells of a table for people."""
        return [[f"{c.source}-{c.target}", *change_cells(c)[2 : 9 + len(CAUSES)]] for c in self.changes]

    def __str__(self) -> str:
        return f"{self.title}\n{text_table(_HEADER, self.rows())}"

    def _repr_html_(self) -> str:
        return html_table(self.title, _HEADER, self.rows())


def change_cells(change: Change) -> list[Any]:
    """A Change as a row of COLUMNS."""
    intervals = [*(change.before_interval or (None, None)), *(change.after_interval or (None, None))]
    return [
        *(getattr(change, name) for name in _FIELDS), *(change.causes[cause] for cause in CAUSES),
        len(change.late), change.noise, *intervals,
    ]  # fmt: skip


def _standing(ledger: Ledger, at: date, change: Change) -> dict[str, tuple[float, float, int]]:
    """Weight, value and day of each event of a dyad that counts on a day."""
    rows = ledger.rows_of(change.source, change.target)
    rows = rows[ledger.counted(directed=False)[rows] & (ledger.days[rows] <= at.toordinal())]
    columns = (ledger.weighed.weight[rows], ledger.weighed.value[rows], ledger.days[rows])
    return dict(
        zip(ledger.events["id"].iloc[rows].tolist(), zip(*map(np.ndarray.tolist, columns), strict=True), strict=True)
    )


def compare_snapshots(before: Snapshot, after: Snapshot, order: str = "path", *, recompute: bool = False) -> Comparison:
    """Compare two saved snapshots.

    An event that the later one has and the earlier one had not is `added`, also when it is dated before both: a later
    text told of it. Such events are listed in `Change.late`.

    Parameters
    ----------
    before, after : Snapshot
    order : {"path", "shapley"}
        How a change is shared among its causes.
    recompute : bool
        When the settings differ, score the events of the older one anew with those of the newer one; a note says so.

    Raises
    ------
    NotComparable
        When they were made with different settings, and `recompute` is false.
    """
    different = differences(before.settings, after.settings)
    if not (different and recompute):
        require_same(before.settings, after.settings)
        found = compare_ledgers(before.ledger(), before.at, after.ledger(), after.at, order)
        return replace(found, notes=(*found.notes, *_other_makers(before, after)))
    older, newer = sorted((before, after), key=lambda snapshot: snapshot.at)
    ledgers = [snapshot.ledger(newer.settings) for snapshot in (before, after)]
    found = compare_ledgers(ledgers[0], before.at, ledgers[1], after.at, order)
    note = (
        f"The events of {older.name!r} were scored anew with the settings of {newer.name!r} ({', '.join(different)}); "
        f"what did not count when {older.name!r} was saved is not in it and cannot count now."
    )
    return replace(found, notes=(note, *found.notes, *_other_makers(before, after)))


def compare_ledgers(first: Ledger, before: date, second: Ledger, after: date, order: str = "path") -> Comparison:
    """Compare the evidence of two days, event by event.

    Raises
    ------
    NotComparable
        When the settings differ.
    BadRecord
        When there is no such order.
    """
    if order not in ORDERS:
        raise BadRecord(f"No order {order!r}. Use one of {', '.join(ORDERS)}.")
    require_same(first.settings, second.settings)
    method = first.settings.method
    notes = () if is_exact(method) else (BY_CAUSE_ONLY.format(method=method),)
    split = Attribution(first, before, second, after, order)
    changes = [split.change(number) for number in range(len(split.pairs))]
    changes.sort(key=lambda change: (-abs(change.change), change.source, change.target))
    return Comparison(before, after, tuple(changes), (first, second), order, notes)


def require_same(first: Settings, second: Settings) -> None:
    """Refuse what was scored with different settings.

    Raises
    ------
    NotComparable
        The message names what differs.
    """
    if different := differences(first, second):
        raise NotComparable(
            f"The snapshots were made with different settings ({', '.join(different)}). Make one of them anew, "
            "or pass --recompute (recompute=True) to score the older one's events with the newer's settings."
        )


def differences(first: Settings, second: Settings) -> list[str]:
    """Settings that differ, each with both values.

    >>> differences(Settings(), Settings(k=3))
    ['k 2.0 and 3.0']
    """
    return [
        f"{field.name} {getattr(first, field.name)} and {getattr(second, field.name)}"
        for field in fields(first)
        if getattr(first, field.name) != getattr(second, field.name)
    ]


def _other_makers(before: Snapshot, after: Snapshot) -> tuple[str, ...]:
    """A note when another version of the package or of its data read the texts of one side."""
    known = sorted({*before.versions, *after.versions})
    told = [
        f"{name} {before.versions.get(name, 'not told')} and {after.versions.get(name, 'not told')}"
        for name in known
        if before.versions.get(name) != after.versions.get(name)
    ]
    if not told:
        return ()
    return (f"The snapshots were made by different versions ({', '.join(told)}), which may read texts differently.",)
