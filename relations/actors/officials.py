"""Which office-holders does a user's own table name?

The package's own are in data/actors/officials.tsv; a user adds others by a table with the columns country, name,
office, from, to and perhaps aliases and family, or by a download from query.wikidata.org.
"""

from __future__ import annotations

import hashlib
import re
import warnings
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cache, lru_cache
from pathlib import Path

from relations.actors.agents import load_agents
from relations.actors.entries import Entry, first_day, last_day
from relations.actors.folding import fold
from relations.actors.naming import family_of, spelled, why_not
from relations.actors.usertables import WANTED, Note, Row, read_rows
from relations.countries import find_country
from relations.documents.text import decode
from relations.errors import BadInput, NoSuchActor
from relations.resources import read_table

#: What Wikidata gives for the name of an item that has none in the languages asked for.
_ITEM = re.compile(r"Q[0-9]+")
#: A day, month or year; of a timestamp the day counts.
_DAY = re.compile(r"\+?([0-9]{4}(?:-[0-9]{2}){0,2})(?:[T ][0-9:.]+(?:Z|\+00:00)?)?")
_ROLES = {"head_of_state": "GOV", "head_of_government": "GOV", "foreign_minister": "GOV", "defence_minister": "MIL"}
#: Roles that an office of the kind other may have; any other such office is the government's.
_OTHER_ROLES = frozenset({"MIL", "DIP", "SPY", "JUD", "LEG"})
#: As much of a cell as is looked at for a country and shown for a day.
_LONGEST = 60


@dataclass(frozen=True, slots=True)
class Officials:
    """Office-holders of a user's own tables.

    Attributes
    ----------
    digest : str
        Hash of the files: two of the same content are equal, so that what is built of one serves for the other.
    entries : tuple of Entry
        Their names, with dates and roles.
    """

    digest: str = ""
    entries: tuple[Entry, ...] = field(default=(), compare=False, repr=False)


NO_OFFICIALS = Officials()


def _warn(text: str) -> None:
    warnings.warn(text, stacklevel=2)


def read_officials(paths: str | Path | Iterable[str | Path], note: Callable[[str], None] = _warn) -> Officials:
    """Office-holders of one or more tables; a row that cannot be read is noted and the rest goes on.

    Parameters
    ----------
    paths : str, Path or iterable of them
        CSV, TSV or JSON, recognised by content.
    note : callable, optional
        Told of each row or alias that is left out: file, line, what is wrong and the remedy. A warning by default.

    Raises
    ------
    BadInput
        When a file cannot be read, lacks the columns for country and name, or holds no office-holder.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     path = Path(folder, "ministers.csv")
    ...     _ = path.write_text("country,name,office,from,to\\nMali,Ada Diarrasso,foreign minister,2025-02,\\n")
    ...     [(one.alias, one.actor, one.role) for one in read_officials(path).entries]
    [('Ada Diarrasso', 'MLI', 'GOV'), ('Diarrasso', 'MLI', 'GOV')]
    """
    whole = hashlib.sha256()
    entries: list[Entry] = []
    files = [Path(path) for path in ([paths] if isinstance(paths, str | Path) else paths)]
    for path in files:
        name = str(path).encode("utf-8", "replace").decode("utf-8")
        try:
            data = path.read_bytes()
        except (OSError, ValueError) as error:
            reason = error.strerror if isinstance(error, OSError) else error
            raise BadInput(f"{name}: cannot be read ({reason}). Give a CSV, TSV or JSON table.") from error
        whole.update(hashlib.sha256(data).digest())
        entries += _read_table(decode(data, name, note), name, note)
    return Officials(whole.hexdigest(), tuple(dict.fromkeys(entries))) if files else NO_OFFICIALS


def _read_table(text: str, name: str, note: Note) -> list[Entry]:
    found: list[Entry] = []
    for row in read_rows(text, name, note):
        try:
            found += _official(row, note)
        except BadInput as error:
            note(f"{row.where}: {error} The row is left out.")
    if not found:
        raise BadInput(f"{name}: no office-holder could be read. {WANTED}")
    return found


def _official(row: Row, note: Note) -> list[Entry]:
    """The entries of one row: full name and aliases, then the bare family name."""
    actor, role, (since, until) = _actor(row), role_of(row.first("office")), _term(row)
    name = _name(row)
    also = [label for label in map(spelled, row.also_known_as()) if not why_not(label)]
    names = [name, *_allowed(row, row.aliases(), "alias", note), *also]
    given = row.first("family")
    # of whom no one knows since when, no one says the bare family name
    family = given if given != name else ""
    families = _allowed(row, [family] if family else [], "family name", note)
    if not given and since:
        families = list(filter(None, [family_of(name, actor)]))
    return [
        # a single word may be anybody's: like a family name it only counts around the time in office
        Entry(spelling, actor, "official", role, since, until, case=True, family=" " not in spelling or is_family)
        for is_family, spellings in ((False, names), (True, families))
        for whole in spellings
        for spelling in dict.fromkeys((whole, whole.replace(".", "")))
    ]


def _name(row: Row) -> str:
    name = spelled(row.first("name"))
    if not name:
        raise BadInput("no name. Write it under name; of Wikidata, ask for personLabel.")
    if _ITEM.fullmatch(name):
        raise BadInput(f'{name} is no name. Ask Wikidata for labels in more languages, as in "en,fr,es,mul".')
    if reason := why_not(name):
        raise BadInput(reason)
    return name


def _allowed(row: Row, spellings: Iterable[str], what: str, note: Note) -> list[str]:
    """Those spellings that may be searched for; a note for each of the others."""
    kept: list[str] = []
    for spelling in map(spelled, spellings):
        if reason := why_not(spelling):
            note(f"{row.where}: {reason} The {what} is left out.")
        else:
            kept.append(spelling)
    return kept


def _actor(row: Row) -> str:
    """ISO alpha-3 code of the state that a row names."""
    cells = [cell[:_LONGEST] for cell in row.all("country")]
    if not cells:
        raise BadInput("no country. Give its name or ISO code; of Wikidata, ask for P298 or countryLabel.")
    answers = [_code_or_reason(cell) for cell in cells]
    code = next((code for code, _ in answers if code), "")
    if not code:
        raise BadInput(answers[0][1])
    return code


@lru_cache(maxsize=1024)
def _code_or_reason(text: str) -> tuple[str, str]:
    """Code of a country by its name or code, and why there is none."""
    try:
        return find_country(text.removeprefix("The ").removeprefix("the ")).code, ""
    except NoSuchActor as error:
        return "", str(error).replace("No", "no", 1)


def _term(row: Row) -> tuple[date | None, date | None]:
    """First and last day of a row's term; Wikidata's address for an unknown day is no day."""
    since = _day(row.first("from", addresses=True), "from", first_day)
    until = _day(row.first("to", addresses=True), "to", last_day)
    if since and until and until < since:
        raise BadInput(f"it ends on {until}, before it begins on {since}. Put the earlier day under from.")
    return since, until


def _day(cell: str, what: str, day_of: Callable[[str], date | None]) -> date | None:
    found = _DAY.fullmatch(cell)
    try:
        if found or not cell:
            return day_of(found[1] if found else "")
    except ValueError:
        pass  # a 13th month, a 31st of April
    raise BadInput(f"no date {cell[:_LONGEST]!r} under {what}. Write YYYY, YYYY-MM or YYYY-MM-DD.")


def office_of(text: str) -> str:
    """Kind of an office: head_of_state, head_of_government, foreign_minister, defence_minister or other.

    Parameters
    ----------
    text : str
        The words that a person writes for it, in English or French.

    Examples
    --------
    >>> office_of("Minister of Foreign Affairs of Mali"), office_of("Premier ministre"), office_of("Vice President")
    ('foreign_minister', 'head_of_government', 'other')
    """
    words = f" {' '.join(fold(text)[0].split())} "
    return next((office for key, office in _offices() if f" {key} " in words), "other")


@cache
def _offices() -> tuple[tuple[str, str], ...]:
    return tuple((row["words"], row["office"]) for row in read_table("actors/offices.tsv"))


@lru_cache(maxsize=1024)
def role_of(office: str) -> str:
    """Role in which the holder of an office acts.

    >>> role_of("Minister of Defence"), role_of("Ambassador to France"), role_of("Minister of Trade")
    ('MIL', 'DIP', 'GOV')
    """
    kind = office_of(office)
    if kind in _ROLES:
        return _ROLES[kind]
    nouns = [noun for noun in load_agents().find(office).values() if noun.role in _OTHER_ROLES]
    return min(nouns, key=lambda noun: noun.start).role if nouns else "GOV"
