"""When did an act happen, by the words of its sentence?"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Collection
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

#: A completed act older than this at publication is background, not news (CODING convention 6: about two months).
HISTORIC_DAYS = 60
#: From a leap year to the next, around the end of a century.
LEAP_YEARS = 9
_MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
_MONTHS |= {name.lower(): number for number, name in enumerate(calendar.month_abbr) if name} | {"sept": 9}
_DAYS = {name.lower(): number for number, name in enumerate(calendar.day_name)}
_SEASONS = {"spring": (4, 15), "summer": (7, 15), "autumn": (10, 15), "fall": (10, 15), "winter": (1, 15)}
SEASON_DAYS = 92
_NUMBERS = {
    word: n
    for n, word in enumerate(
        ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
    )
} | {"a": 1, "an": 1}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_N = r"(?P<n>\d{1,3}|" + "|".join(_NUMBERS) + ")"
_PATTERNS = tuple(
    (name, re.compile(pattern, re.IGNORECASE))
    for name, pattern in (
        ("day", rf"\b(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? (?P<m>{_MONTH})\b\.?,? ?(?P<y>(?:19|20)\d{{2}})?\b"),
        ("day", rf"\b(?P<m>{_MONTH})\b\.? (?P<d>\d{{1,2}})(?:st|nd|rd|th)?\b(?!\d)(?:,? (?P<y>(?:19|20)\d{{2}}))?\b"),
        ("day", r"\b(?P<y>(?:19|20)\d{2})-(?P<m>\d{2})-(?P<d>\d{2})\b"),
        (
            "month",
            rf"\b(?:in|of|since|until|by|from|last|late|early|mid)[ -]?(?:late |early |mid-?)?"
            rf"(?P<m>{_MONTH})\b\.?,? ?(?P<y>(?:19|20)\d{{2}})?\b",
        ),
        ("month", rf"\b(?P<m>{_MONTH}),? (?P<y>(?:19|20)\d{{2}})\b"),
        ("of_month", r"\bon the (?P<d>\d{1,2})(?:st|nd|rd|th)\b(?! \w*(?:century|anniversary|floor|parallel))"),
        ("season", r"\b(?P<s>spring|summer|autumn|fall|winter)(?: of)? (?P<y>(?:19|20)\d{2})\b"),
        ("year", r"(?<![\w-])(?P<y>(?:19|20)\d{2})(?![\d%-]|[.,]\d)"),
        ("year", r"\b(?:in|of|since) (?P<y>1[78]\d{2})(?![\w%-]|[.,]\d| [a-z]+s\b)"),
        ("last_season", r"\blast (?P<s>spring|summer|autumn|fall|winter)\b"),
        ("weekday", r"\b(?:on |late |early |(?P<l>last|next) )?(?P<w>" + "|".join(_DAYS) + r")\b"),
        ("ago", _N + r" (?P<u>day|week|month|year)s? (?:ago|earlier)\b"),
        ("last", r"\b(?P<l>last|this|next|earlier this|later this) (?P<u>week|month|year)\b"),
        ("yesterday", r"\b(?P<r>yesterday|tomorrow|today|tonight|overnight)\b"),
    )
)
#: No pattern fits a text without one of these.
_CUE = re.compile(
    r"\d|\b(?:ago|earlier|last|this|next|yesterday|tomorrow|today|tonight|overnight|"
    + "|".join((*_DAYS, _MONTH))
    + r")\b",
    re.IGNORECASE,
)
#: What the text must hold for a pattern to be tried at all.
_MONTH_CUE, _DIGIT = re.compile(_MONTH, re.IGNORECASE), re.compile(r"\d")
_NEED_MONTH, _NEED_DIGIT = frozenset({"month"}), frozenset({"day", "of_month", "season", "year"})


@dataclass(frozen=True, slots=True)
class When:
    """A date with its precision (day, month, year or document); `start` is where its words stand, -1 for none."""

    date: date
    precision: str
    start: int = -1
    end: int = -1


@lru_cache(maxsize=256)
def find_dates(text: str, published: date) -> tuple[When, ...]:
    """Dates that a sentence names, resolved against the day of publication, left to right.

    Examples
    --------
    >>> find_dates("Talks were held on 23 June 2025.", date(2025, 9, 22))[0].date
    datetime.date(2025, 6, 23)
    >>> find_dates("It was seized on Friday.", date(2025, 9, 22))[0].date
    datetime.date(2025, 9, 19)
    """
    if not _CUE.search(text):
        return ()
    found: list[When] = []
    taken: list[tuple[int, int]] = []
    month, digit = _MONTH_CUE.search(text), _DIGIT.search(text)
    for name, pattern in _PATTERNS:
        if (name in _NEED_MONTH and not month) or (name in _NEED_DIGIT and not digit):
            continue
        for match in pattern.finditer(text):
            if any(match.start() < end and start < match.end() for start, end in taken):
                continue
            if (when := _resolve(name, match, published)) is not None:
                found.append(when)
                taken.append(match.span())
    return tuple(sorted(found, key=lambda when: when.start))


def _resolve(name: str, match: re.Match[str], published: date) -> When | None:
    groups = match.groupdict()
    try:
        day, precision = _RESOLVERS[name](groups, published)
    except (ValueError, OverflowError):
        return None
    return When(day, precision, match.start(), match.end())


def _month_number(text: str) -> int:
    if text.islower():
        raise ValueError(f"{text} is a verb, not a month")
    return int(text) if text.isdigit() else _MONTHS[text.lower().rstrip(".")]


def _exact_day(groups: dict[str, str], published: date) -> tuple[date, str]:
    month, day = _month_number(groups["m"]), int(groups["d"])
    if groups.get("y"):
        return date(int(groups["y"]), month, day), "day"
    return _latest(lambda year: date(year, month, day), published, slack_days=60), "day"


def _of_month(groups: dict[str, str], published: date) -> tuple[date, str]:
    """`On the 18th`: the last one."""
    day = int(groups["d"])
    month = published.replace(day=1) if day <= published.day else published.replace(day=1) - timedelta(days=1)
    return month.replace(day=day), "day"


def _month(groups: dict[str, str], published: date) -> tuple[date, str]:
    month = _month_number(groups["m"])
    if groups.get("y"):
        return min(date(int(groups["y"]), month, 15), _not_after(published, int(groups["y"]), month)), "month"
    middle = _latest(lambda year: date(year, month, 15), published, slack_days=20)
    return (
        min(middle, published) if (middle.year, middle.month) == (published.year, published.month) else middle
    ), "month"


def _not_after(published: date, year: int, month: int | None = None) -> date:
    same = published.year == year and (month is None or published.month == month)
    return published if same else date.max


def _latest(make: Callable[[int], date], published: date, slack_days: int) -> date:
    """This year's date unless it lies well ahead, then last year's; 29 February is the last leap year's."""
    for year in range(published.year, published.year - LEAP_YEARS, -1):
        with suppress(ValueError):
            if (day := make(year)) <= published + timedelta(days=slack_days):
                return day
    raise ValueError("a day that no calendar has")


def _season(groups: dict[str, str], published: date) -> tuple[date, str]:
    month, day = _SEASONS[groups["s"].lower()]
    return min(date(int(groups["y"]), month, day), _not_after(published, int(groups["y"]))), "month"


def _last_season(groups: dict[str, str], published: date) -> tuple[date, str]:
    """`Last summer`: this year's when it is over, else the year before's."""
    month, day = _SEASONS[groups["s"].lower()]
    middle = date(published.year, month, day)
    over = middle + timedelta(days=SEASON_DAYS / 2) < published
    return (middle if over else middle.replace(year=published.year - 1)), "month"


def _year(groups: dict[str, str], published: date) -> tuple[date, str]:
    year = int(groups["y"])
    return min(date(year, 7, 1), _not_after(published, year)), "year"


def _weekday(groups: dict[str, str], published: date) -> tuple[date, str]:
    back = (published.weekday() - _DAYS[groups["w"].lower()]) % 7
    which = (groups.get("l") or "").lower()
    if which == "next":
        back -= 7
    if which == "last" and back == 0:
        back = 7
    return published - timedelta(days=back), "day"


def _ago(groups: dict[str, str], published: date) -> tuple[date, str]:
    n = int(groups["n"]) if groups["n"].isdigit() else _NUMBERS[groups["n"].lower()]
    days = {"day": 1, "week": 7, "month": 30.44, "year": 365.25}[groups["u"].lower()]
    precision = {"day": "day", "week": "day", "month": "month", "year": "year"}[groups["u"].lower()]
    return published - timedelta(days=round(n * days)), precision


def _last(groups: dict[str, str], published: date) -> tuple[date, str]:
    which, unit = groups["l"].lower(), groups["u"].lower()
    if which != "last":
        return published, "document"
    if unit == "week":
        return published - timedelta(days=7), "day"
    if unit == "month":
        return (published.replace(day=1) - timedelta(days=15)), "month"
    return date(published.year - 1, 7, 1), "year"


def _yesterday(groups: dict[str, str], published: date) -> tuple[date, str]:
    return published + timedelta(days={"yesterday": -1, "tomorrow": 1}.get(groups["r"].lower(), 0)), "day"


_RESOLVERS = {
    "day": _exact_day,
    "of_month": _of_month,
    "month": _month,
    "season": _season,
    "last_season": _last_season,
    "year": _year,
    "weekday": _weekday,
    "ago": _ago,
    "last": _last,
    "yesterday": _yesterday,
}
_CLAUSE = re.compile(
    r"[;:]|,\s+(?=(?:and|but|who|which|as|\w+ed)\b)|\s[-–—]\s"
    r"|\b(?:since|after|before|when|while|until|where|whereupon|who|whom|which|that)\b|\b(?:it|they|he|she|we) \w"
)
#: A relative clause that has not ended yet.
_RELATIVE = re.compile(r"\b(?:where|which|who|whom|whose)\b[^,;]*$")
#: Words that lead to a day by which or since which something holds: not the day of the act.
_BOUND = re.compile(r"\b(?:by|until|till|since)(?: the (?:end|middle|start|beginning)(?: of)?)? ?$", re.IGNORECASE)
_BOUND_INSIDE = re.compile(r"(?:by|until|till|since)\b", re.IGNORECASE)
#: Between a date that opens a sentence and its main clause: "On 2 January, after long talks, Mali ..."
_ASIDE = re.compile(r",\s+(?:after|before|when|while|since|until|as|who|which)\b[^,;:]*,")
_OF_A_YEAR = re.compile(r"\b(\w+) of $")
_TIMES = frozenset(
    {"start", "beginning", "middle", "end", "half", "quarter", "course", "months", "weeks", "days", "year"}
)
_BACKGROUND = re.compile(r"\b(?:since|after|following|under|from|of a|of the)\b[^,;]*$", re.IGNORECASE)


def date_event(
    text: str, start: int, end: int, published: date, perfect: bool = False, within: Collection[int] = ()
) -> When:
    """The date of the act whose words stand at `start`..`end` of a sentence: the nearest one in its own clause.

    A date that belongs to another clause ("since the coup of 2021, ...") governs only when none other is nearer and
    the act is not in the present perfect, which tells of what still holds. No bound ("by the end of June", "since
    1949") is the day of an act.

    Parameters
    ----------
    text : str
    start, end : int
    published : datetime.date
    perfect : bool
    within : collection of int
        Where the words of the act's own clause start, when it was cut from the sentence: its dates come before others.
    """
    dates = [when for when in find_dates(text, published) if not _names_a_thing(text, when, end)]
    dates = [when for when in dates if not _is_bound(text, when)]
    inside = [when for when in dates if when.start in within]
    own = inside or [when for when in dates if not _between_clauses(text, when, start, end)]
    candidates = [when for when in own if not (perfect and _is_background(text, when, start))]
    if not candidates:
        return When(published, "document")
    return min(candidates, key=lambda when: max(when.start - end, start - when.end, 0))


def _is_bound(text: str, when: When) -> bool:
    return bool(_BOUND.search(text[: when.start]) or _BOUND_INSIDE.match(text, when.start))


def _between_clauses(text: str, when: When, start: int, end: int) -> bool:
    if start < when.start < end:  # the act is told by the first words of its span
        end = start
    between = text[when.end : start] if when.end <= start else text[end : when.start]
    relative = when.end <= start and "," in between and _RELATIVE.search(text[: when.start])
    return bool(relative or _CLAUSE.search(_ASIDE.sub(",", between)))


def _names_a_thing(text: str, when: When, end: int) -> bool:
    """Whether a year only tells which one is meant: "the accord of 1961", when the accord is not itself the act."""
    noun = _OF_A_YEAR.search(text[: when.start])
    return when.precision == "year" and noun is not None and noun[1].lower() not in _TIMES and noun.end(1) > end


def _is_background(text: str, when: When, start: int) -> bool:
    return when.end <= start and bool(_BACKGROUND.search(text[: when.start]))
