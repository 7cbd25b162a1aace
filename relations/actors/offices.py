"""Which office-holder does a name mean on a day?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from relations.actors.entries import Entry

#: A bare family name is still, or already, understood this long outside the office: one year, as newspapers do.
_AROUND = timedelta(days=365)
_EVER = timedelta.max
_LATEST = date(9999, 12, 31)


def in_office(entries: Sequence[Entry], on: date | None, titled: bool = False) -> Entry | None:
    """The office-holder meant by entries of one name: in office on the day, else nearest in time.

    A bare family name counts only within a year of the office, and only when all who share it then serve one state;
    after a title (`President Mugabe`) it counts for those who held office at any time. Of two who are as near, the
    first entry is meant: a user's own table stands before the package's, which is sorted by state.
    """
    on = on or _LATEST
    full = [entry for entry in entries if not entry.family]
    if full:
        return min(full, key=lambda entry: _days_outside(entry, on))
    near = [(entry, _days_outside(entry, on)) for entry in entries]
    for limit in (0, _AROUND.days, _EVER.days) if titled else (0, _AROUND.days):
        holders = [entry for entry, days in near if days <= limit]
        if holders:
            return holders[0] if len({entry.actor for entry in holders}) == 1 else None
    return None


def _days_outside(entry: Entry, on: date) -> int:
    """Days between a day and the time in office, 0 within it; someone in office today is so for ever after."""
    if entry.since is not None and on < entry.since:
        return (entry.since - on).days
    if entry.until is not None and entry.until < on:
        return (on - entry.until).days
    return 0
