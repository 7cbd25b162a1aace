"""When was a document published?"""

from __future__ import annotations

import re
from datetime import date, datetime

from dateutil import parser

_ISO_START = re.compile(r"\s*(\d{4})-(\d{2})-(\d{2})(?!\d)")
_IN_NAME = re.compile(r"(?<!\d)((?:18|19|20)\d{2})[-_.]?(\d{2})[-_.]?(\d{2})(?!\d)")
# what a text leaves out is taken from these; where they lead to two days, the text names no day
_DEFAULTS = (datetime(2000, 1, 1), datetime(2001, 2, 12))
#: No way of writing a day is longer.
_LONGEST = 60


def parse_date(text: str) -> date | None:
    """Read a day from text such as `2025-09-22`, `2025-09-22T10:00Z` or `22 September 2025`; None when there is none.

    Examples
    --------
    >>> parse_date("22 Sep 2025")
    datetime.date(2025, 9, 22)
    >>> parse_date("soon") is None
    True
    """
    if found := _ISO_START.match(text):
        return _valid(*found.groups())
    if len(text) > _LONGEST or not re.search(r"\d{4}", text):
        return None
    try:
        first, second = (parser.parse(text, default=default, ignoretz=True) for default in _DEFAULTS)
    except (ValueError, OverflowError):
        return None
    return first.date() if first.date() == second.date() else None


def date_in_name(name: str) -> date | None:
    """The day written in a file's name.

    Examples
    --------
    >>> date_in_name("2022-02-17_barkhane.txt")
    datetime.date(2022, 2, 17)
    """
    return next((day for found in _IN_NAME.finditer(name) if (day := _valid(*found.groups()))), None)


def _valid(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
