"""Which days are scored?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pandas as pd

from relations.errors import BadDate

Day = date | str


def day_of(at: Day) -> date:
    """A day from a date or ISO text.

    Raises
    ------
    BadDate
        When the text is no date.
    """
    if isinstance(at, date):
        return at if type(at) is date else date(at.year, at.month, at.day)
    try:
        return date.fromisoformat(at)
    except (TypeError, ValueError):
        raise BadDate(f"No date {at!r}. Write YYYY-MM-DD.") from None


def days_of(at: Day | Sequence[Day]) -> list[date]:
    """Days, each once, the oldest first.

    >>> days_of(["2025-01-01", "2024-01-01"])
    [datetime.date(2024, 1, 1), datetime.date(2025, 1, 1)]
    """
    given = [at] if isinstance(at, (str, date)) else at
    return sorted({day_of(day) for day in given})


def newest_day(frame: pd.DataFrame, published: date | None) -> list[date]:
    """The day of the newest document: as told, as the events say, or else that of the newest event."""
    for newest in (published, *(frame[name].max() for name in ("published", "date"))):
        if newest is not None and not pd.isna(newest):
            return [day_of(newest if isinstance(newest, date) else newest.date())]
    return []
