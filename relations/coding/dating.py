"""When did an act happen, by the words of its sentence?"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, lru_cache

from relations.resources import read_table

#: A completed act older than this at publication is background, not news (CODING convention 6: about two months).
HISTORIC_DAYS = 60
#: From a leap year to the next, around the end of a century.
LEAP_YEARS = 9
SEASON_DAYS = 92
_DIGIT = re.compile(r"\d")
#: What the text must hold for a pattern to be tried at all.
_NEED_MONTH, _NEED_DIGIT = frozenset({"month"}), frozenset({"day", "of_month", "season", "year"})
_UNITS = {"day": (1.0, "day"), "week": (7.0, "day"), "month": (30.44, "month"), "year": (365.25, "year")}
Groups = dict[str, str]


@dataclass(frozen=True, slots=True)
class When:
    """A date with its precision (day, month, year or document); `start` is where its words stand, -1 for none."""

    date: date
    precision: str
    start: int = -1
    end: int = -1


@dataclass(frozen=True, slots=True, eq=False)
class Calendar:
    """How one language writes dates: its table, compiled. `value` gives what a word of a class means."""

    values: Mapping[str, Mapping[str, str]]
    patterns: tuple[tuple[str, re.Pattern[str]], ...]
    around: Mapping[str, re.Pattern[str]]
    cue: re.Pattern[str]
    month: re.Pattern[str]
    capital_months: bool

    def value(self, name: str, word: str) -> str:
        """What a word of a class means; empty for no word."""
        return self.values[name][word.lower()] if word else ""

    def number(self, text: str) -> int:
        """A number in digits or in words."""
        return int(text) if text.isdigit() else int(self.value("number", text))

    def month_number(self, text: str) -> int:
        """The number of a month, 1 to 12."""
        if self.capital_months and text.islower():
            raise ValueError(f"{text} is a verb, not a month")
        return int(text) if text.isdigit() else int(self.value("month", text.rstrip(".")))


@cache
def load_calendar(lang: str = "en") -> Calendar:
    """The calendar of a language, read once a process."""
    values: dict[str, dict[str, str]] = {}
    patterns: list[tuple[str, str]] = []
    for row in read_table(f"dates/{lang}.tsv"):
        name, _, what = row["class"].partition(" ")
        if what:
            patterns.append((row["class"], row["words"]))
        else:
            values.setdefault(name, {}).update(dict.fromkeys(row["words"].split("|"), row["value"]))

    def compiled(pattern: str, flags: int = 0) -> re.Pattern[str]:
        for name, words in values.items():
            pattern = pattern.replace(f"<{name}>", "|".join(sorted(words, key=lambda word: (-len(word), word))))
        return re.compile(pattern, flags)

    return Calendar(
        values,
        tuple((name[5:], compiled(words, re.IGNORECASE)) for name, words in patterns if name.startswith("find ")),
        {name[7:]: compiled(words) for name, words in patterns if name.startswith("around ")},
        compiled(r"\d|\b(?:<cue>|<day>|<month>)\b", re.IGNORECASE),
        compiled("<month>", re.IGNORECASE),
        "capital" in values,
    )


@lru_cache(maxsize=256)
def find_dates(text: str, published: date, lang: str = "en") -> tuple[When, ...]:
    """Dates that a sentence names, resolved against the day of publication, left to right.

    Examples
    --------
    >>> find_dates("Talks were held on 23 June 2025.", date(2025, 9, 22))[0].date
    datetime.date(2025, 6, 23)
    >>> find_dates("It was seized on Friday.", date(2025, 9, 22))[0].date
    datetime.date(2025, 9, 19)
    """
    calendar = load_calendar(lang)
    if not calendar.cue.search(text):
        return ()
    found: list[When] = []
    taken: list[tuple[int, int]] = []
    month, digit = calendar.month.search(text), _DIGIT.search(text)
    for name, pattern in calendar.patterns:
        if (name in _NEED_MONTH and not month) or (name in _NEED_DIGIT and not digit):
            continue
        for match in pattern.finditer(text):
            if any(match.start() < end and start < match.end() for start, end in taken):
                continue
            if (when := _resolve(name, match, published, calendar)) is not None:
                found.append(when)
                taken.append(match.span())
    return tuple(sorted(found, key=lambda when: when.start))


def _resolve(name: str, match: re.Match[str], published: date, calendar: Calendar) -> When | None:
    groups = {key: found or "" for key, found in match.groupdict().items()}
    try:
        day, precision = _RESOLVERS[name](groups, published, calendar)
    except (ValueError, OverflowError):
        return None
    return When(day, precision, match.start(), match.end())


def _exact_day(groups: Groups, published: date, calendar: Calendar) -> tuple[date, str]:
    month, day = calendar.month_number(groups["m"]), int(groups["d"])
    if groups.get("y"):
        return date(int(groups["y"]), month, day), "day"
    return _latest(lambda year: date(year, month, day), published, slack_days=60), "day"


def _of_month(groups: Groups, published: date, calendar: Calendar) -> tuple[date, str]:
    """`On the 18th`: the last one."""
    day = int(groups["d"])
    month = published.replace(day=1) if day <= published.day else published.replace(day=1) - timedelta(days=1)
    return month.replace(day=day), "day"


def _month(groups: Groups, published: date, calendar: Calendar) -> tuple[date, str]:
    month = calendar.month_number(groups["m"])
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


def _season(groups: Groups, published: date, calendar: Calendar) -> tuple[date, str]:
    month, day = map(int, calendar.value("season", groups["s"]).split("-"))
    return min(date(int(groups["y"]), month, day), _not_after(published, int(groups["y"]))), "month"


def _last_season(groups: Groups, published: date, calendar: Calendar) -> tuple[date, str]:
    """`Last summer`: this year's when it is over, else the year before's."""
    month, day = map(int, calendar.value("season", groups["s"]).split("-"))
    middle = date(published.year, month, day)
    over = middle + timedelta(days=SEASON_DAYS / 2) < published
    return (middle if over else middle.replace(year=published.year - 1)), "month"


def _year(groups: Groups, published: date, calendar: Calendar) -> tuple[date, str]:
    year = int(groups["y"])
    return min(date(year, 7, 1), _not_after(published, year)), "year"


def _weekday(groups: Groups, published: date, calendar: Calendar) -> tuple[date, str]:
    back = (published.weekday() - int(calendar.value("day", groups["w"]))) % 7
    which = calendar.value("which", groups.get("l", ""))
    if which == "next":
        back -= 7
    if which == "last" and back == 0:
        back = 7
    return published - timedelta(days=back), "day"


def _ago(groups: Groups, published: date, calendar: Calendar) -> tuple[date, str]:
    days, precision = _UNITS[calendar.value("unit", groups["u"])]
    return published - timedelta(days=round(calendar.number(groups["n"]) * days)), precision


def _last(groups: Groups, published: date, calendar: Calendar) -> tuple[date, str]:
    which, unit = calendar.value("which", groups["l"]), calendar.value("unit", groups["u"])
    if which != "last":
        return published, "document"
    if unit == "week":
        return published - timedelta(days=7), "day"
    if unit == "month":
        return (published.replace(day=1) - timedelta(days=15)), "month"
    return date(published.year - 1, 7, 1), "year"


def _near(groups: Groups, published: date, calendar: Calendar) -> tuple[date, str]:
    return published + timedelta(days=int(calendar.value("near", groups["r"]))), "day"


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
    "near": _near,
}


def date_event(
    text: str,
    start: int,
    end: int,
    published: date,
    perfect: bool = False,
    within: Collection[int] = (),
    lang: str = "en",
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
    lang : str
        Language of the text.
    within : collection of int
        Where the words of the act's own clause start, when it was cut from the sentence: its dates come before others.
    """
    calendar = load_calendar(lang)
    dates = [when for when in find_dates(text, published, lang) if not _names_a_thing(text, when, end, calendar)]
    dates = [when for when in dates if not _is_bound(text, when, calendar)]
    inside = [when for when in dates if when.start in within]
    own = inside or [when for when in dates if not _between_clauses(text, when, start, end, calendar)]
    candidates = [when for when in own if not (perfect and _is_background(text, when, start, calendar))]
    if not candidates:
        return When(published, "document")
    return min(candidates, key=lambda when: max(when.start - end, start - when.end, 0))


def _is_bound(text: str, when: When, calendar: Calendar) -> bool:
    around = calendar.around
    return bool(around["bound"].search(text[: when.start]) or around["bound_inside"].match(text, when.start))


def _between_clauses(text: str, when: When, start: int, end: int, calendar: Calendar) -> bool:
    around = calendar.around
    if start < when.start < end:  # the act is told by the first words of its span
        end = start
    between = text[when.end : start] if when.end <= start else text[end : when.start]
    relative = when.end <= start and "," in between and around["relative"].search(text[: when.start])
    return bool(relative or around["clause"].search(around["aside"].sub(",", between)))


def _names_a_thing(text: str, when: When, end: int, calendar: Calendar) -> bool:
    """Whether a year only tells which one is meant: "the accord of 1961", when the accord is not itself the act."""
    noun = calendar.around["of_a_year"].search(text[: when.start])
    if when.precision != "year" or noun is None:
        return False
    return noun[1].lower() not in calendar.values["time"] and noun.end(1) > end


def _is_background(text: str, when: When, start: int, calendar: Calendar) -> bool:
    return when.end <= start and bool(calendar.around["background"].search(text[: when.start]))
