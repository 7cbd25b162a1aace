"""What may an alias mean, and when?"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from relations.resources import data_root, read_table

_ROLES = {"organisation": "IGO", "court": "IGO", "group": "REB", "land": ""}


@dataclass(frozen=True, slots=True)
class Entry:
    """One meaning of one alias.

    Attributes
    ----------
    alias : str
        As the table writes it, accents and capitals included.
    actor : str
        A state's ISO alpha-3 or an organisation's code; empty when the alias is only there to be refused.
    kind, role : str
        As in `Mention`.
    since, until : datetime.date or None
        First and last day of this meaning.
    case : bool
        Whether it only counts with the alias's capitals.
    family : bool
        Whether it is the bare family name of an office-holder.
    """

    alias: str
    actor: str
    kind: str
    role: str = ""
    since: date | None = None
    until: date | None = None
    case: bool = False
    family: bool = False

    @property
    def points(self) -> bool:
        """Whether the alias is written with points, as in U.S."""
        return "." in self.alias

    @property
    def spaced(self) -> bool:
        """Whether the alias has more than one word."""
        return not self.alias.isalnum()

    @property
    def hyphen(self) -> bool:
        """Whether the alias only counts before a hyphen, as in Franco-."""
        return self.alias.endswith("-")

    def counts(self, on: date | None) -> bool:
        """Whether it has this meaning on that day; without a day, whether it still has it."""
        if on is None:
            return self.until is None
        return (self.since is None or self.since <= on) and (self.until is None or on <= self.until)


def first_day(text: str) -> date | None:
    """The first day of a year, month or day; None when empty.

    >>> first_day("2014-04")
    datetime.date(2014, 4, 1)
    """
    parts = [int(part) for part in text.split("-")] if text else []
    return date(*[*parts, 1, 1][:3]) if parts else None


def last_day(text: str) -> date | None:
    """The last day of a year, month or day; None when empty.

    >>> last_day("2014-04"), last_day("2014")
    (datetime.date(2014, 4, 30), datetime.date(2014, 12, 31))
    """
    parts = [int(part) for part in text.split("-")] if text else []
    if not parts:
        return None
    if len(parts) == 3:
        return date(*parts)
    month = parts[1] if len(parts) == 2 else 12
    return date(parts[0], month, calendar.monthrange(parts[0], month)[1])


def read_entries(lang: str, own: Iterable[Entry] = ()) -> list[Entry]:
    """Every alias of a language: names, organisations, then office-holders, a user's own before ours."""
    return [*_names(lang), *_organisations(lang), *own, *_officials(lang)]


def _names(lang: str) -> Iterator[Entry]:
    for row in read_table(f"actors/names.{lang}.tsv"):
        entry = Entry(
            row["alias"], row["actor"], row["kind"], row["role"],
            first_day(row["from"]), last_day(row["to"]), row["case"] == "x",
        )  # fmt: skip
        yield from _with_and_without_points(entry)


def _organisations(lang: str) -> Iterator[Entry]:
    for row in read_table(f"actors/organisations.{lang}.tsv"):
        entry = Entry(
            row["alias"], row["code"], "organisation", _ROLES[row["kind"]],
            first_day(row["from"]), last_day(row["to"]), row["case"] == "x",
        )  # fmt: skip
        yield from _with_and_without_points(entry)


def _with_and_without_points(entry: Entry) -> Iterator[Entry]:
    """`St. Lucia` also without its point; abbreviations such as `U.S.` keep theirs; commas are no part of a match."""
    if "," in entry.alias:
        return
    yield entry
    if re.search(r"[a-z]\. ", entry.alias):
        alias = entry.alias.replace(". ", " ")
        yield Entry(alias, entry.actor, entry.kind, entry.role, entry.since, entry.until, entry.case)


def _officials(lang: str) -> Iterator[Entry]:
    """Full names and aliases, then bare family names; all count only with their capitals."""
    spellings = _spellings(lang)
    for row in read_table("actors/officials.tsv"):
        since, until = first_day(row["from"]), last_day(row["to"])
        for alias in filter(None, [row["name"], *row["aliases"].split("|")]):
            yield Entry(alias, row["actor"], "official", row["role"], since, until, case=True)
        for alias in spellings.get(row["name"], ()):
            yield Entry(alias, row["actor"], "official", row["role"], since, until, case=True, family=" " not in alias)
        if row["family"] and row["family"] != row["name"]:
            yield Entry(row["family"], row["actor"], "official", row["role"], since, until, case=True, family=True)


def _spellings(lang: str) -> dict[str, list[str]]:
    """How a language spells office-holders otherwise, by the name in our table; few languages need to."""
    name = f"actors/officials.{lang}.tsv"
    rows = read_table(name) if (data_root() / name).is_file() else []
    return {row["name"]: row["aliases"].split("|") for row in rows}
