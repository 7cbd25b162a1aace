"""Which states are there, under which names and codes, and since when?"""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from relations.errors import NoSuchActor
from relations.resources import read_table

_STATE_KINDS = frozenset({"un_member", "observer", "state"})


@dataclass(frozen=True, slots=True)
class Country:
    """One state or territory of the map, with the codes other data sets give it.

    Attributes
    ----------
    code, iso2 : str
        ISO 3166 alpha-3 and alpha-2; XKX and XK for Kosovo.
    name, name_fr : str
        As a news reader knows it, in English and in French.
    kind : {"un_member", "observer", "state", "territory", "historical"}
    cameo, fips, cow, gw : tuple of str
        Codes of CAMEO, FIPS 10-4, Correlates of War and Gleditsch and Ward, the usual one first.
    since, until : datetime.date or None
        First and last day; None when older than 1816 or still there. Later states of uncertain age have None too.
    successor : str
        For a historical state, the code that its mentions in later texts count for.
    sovereign : str
        For a territory, the state it belongs to.
    capital : str
        Its capital in English.
    neighbours : tuple of str
        Codes of neighbours by land and near sea.
    former_coloniser : str
        Code of the last colonial power, or empty.
    """

    code: str
    iso2: str
    name: str
    name_fr: str
    kind: str
    cameo: tuple[str, ...] = ()
    fips: tuple[str, ...] = ()
    cow: tuple[str, ...] = ()
    gw: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    successor: str = ""
    sovereign: str = ""
    capital: str = ""
    neighbours: tuple[str, ...] = ()
    former_coloniser: str = ""

    def exists(self, on: date) -> bool:
        """Whether it was there on that day."""
        return (self.since is None or self.since <= on) and (self.until is None or on <= self.until)


def _several(text: str) -> tuple[str, ...]:
    return tuple(text.split("|")) if text else ()


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _from_row(row: dict[str, str]) -> Country:
    return Country(
        code=row["code"],
        iso2=row["iso2"],
        name=row["name"],
        name_fr=row["name_fr"],
        kind=row["kind"],
        cameo=_several(row["cameo"]),
        fips=_several(row["fips"]),
        cow=_several(row["cow"]),
        gw=_several(row["gw"]),
        since=_day(row["from"]),
        until=_day(row["to"]),
        successor=row["successor"],
        sovereign=row["sovereign"],
        capital=row["capital"],
        neighbours=_several(row["neighbours"]),
        former_coloniser=row["former_coloniser"],
    )


@cache
def _by_code() -> Mapping[str, Country]:
    return {row["code"]: _from_row(row) for row in read_table("states.tsv")}


def all_countries() -> tuple[Country, ...]:
    """Every state, territory and historical state, sorted by code."""
    return tuple(_by_code().values())


def country(code: str) -> Country:
    """The country of an ISO alpha-3 code.

    Raises
    ------
    NoSuchActor
        When no such code is known.

    Examples
    --------
    >>> country("MLI").name
    'Mali'
    """
    try:
        return _by_code()[code]
    except KeyError:
        raise NoSuchActor(f"No country {code!r}. {_suggestion(code)}Use an ISO alpha-3 code such as FRA.") from None


def name_of(code: str) -> str:
    """English name of a country, or the code itself when it is no country's (an organisation's, say).

    >>> name_of("COD"), name_of("NAT")
    ('DR Congo', 'NAT')
    """
    known = _by_code().get(code)
    return known.name if known else code


def is_state(code: str, on: date | None = None) -> bool:
    """Whether a code is a state's: on that day, or today when no day is given.

    Territories are not states; historical states are only within their dates.

    >>> is_state("SSD", date(2005, 1, 9)), is_state("SSD"), is_state("GRL")
    (False, True, False)
    """
    known = _by_code().get(code)
    if known is None or known.kind not in _STATE_KINDS | {"historical"} or known.sovereign:
        return False
    return known.kind != "historical" if on is None else known.exists(on)


def find_country(text: str) -> Country:
    """The country a person means: an ISO alpha-3, alpha-2 or CAMEO code, or its English or French name.

    FIPS codes are not guessed, since 69 of them mean another country in ISO alpha-2: see `country_by`.

    Raises
    ------
    NoSuchActor
        When nothing matches; the message suggests the nearest names.

    Examples
    --------
    >>> find_country("ivory coast").code, find_country("Côte d’Ivoire").code, find_country("ml").code
    ('CIV', 'CIV', 'MLI')
    """
    code = _spellings().get(plain(text))
    if code is None:
        raise NoSuchActor(f"No country {text!r}. {_suggestion(text)}Use a name or an ISO code such as Mali or MLI.")
    return country(code)


def country_by(system: str, code: str, on: date | None = None) -> str | None:
    """ISO alpha-3 code of another system's code, None when it is no country's.

    Parameters
    ----------
    system : {"iso3", "iso2", "cameo", "fips", "cow", "gw"}
    code : str
        As the data set writes it; leading zeros of numbers do not matter.
    on : datetime.date, optional
        Where a code passed from one state to another (365: the Soviet Union, then Russia), the one of that day.

    Examples
    --------
    >>> country_by("cow", "365", date(1985, 1, 1)), country_by("cow", "365"), country_by("fips", "SG")
    ('SUN', 'RUS', 'SEN')
    """
    key = code.strip().upper().lstrip("0") or "0"
    holders = _holders()[system].get(key, ())
    dated = [holder for holder in holders if on is not None and holder.until is not None and holder.exists(on)]
    first = next(iter([*dated, *holders]), None)
    return first.code if first else None


@cache
def _holders() -> Mapping[str, Mapping[str, list[Country]]]:
    """Countries by system and code, those of today before the historical ones, first codes before second ones."""
    systems: dict[str, dict[str, list[Country]]] = {}
    for system in ("iso3", "iso2", "cameo", "fips", "cow", "gw"):
        ranked = [(rank, code, known) for known in all_countries() for rank, code in enumerate(_codes(known, system))]
        ranked.sort(key=lambda one: (one[2].kind == "historical", one[0], one[2].code))
        table = systems.setdefault(system, {})
        for _, code, known in ranked:
            table.setdefault(code, []).append(known)
    return systems


def _codes(known: Country, system: str) -> tuple[str, ...]:
    singles = {"iso3": known.code, "iso2": known.iso2}
    if system in singles:
        return _several(singles[system])
    return {"cameo": known.cameo, "fips": known.fips, "cow": known.cow, "gw": known.gw}[system]


def plain(text: str) -> str:
    """Lower case without accents, points, hyphens and curly quotes: the form in which names are compared.

    >>> plain("Côte d’Ivoire"), plain("U.S.")
    ("cote d'ivoire", 'us')
    """
    text = text.replace("’", "'").replace(".", "").replace("-", " ")
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(c for c in decomposed if not unicodedata.combining(c)).split())


@cache
def _spellings() -> Mapping[str, str]:
    """Every name and code a person may type, in plain form; the more official reading wins a tie."""
    spellings: dict[str, str] = {}
    today = sorted(all_countries(), key=lambda known: known.kind == "historical")
    for known in today:
        spellings[plain(known.code)] = known.code
    for known in today:
        for text in (known.name, known.name_fr, known.iso2, *known.cameo):
            spellings.setdefault(plain(text), known.code)
    names = [row for row in read_table("actors/names.en.tsv") if row["kind"] == "name"]
    for row in sorted(names, key=lambda row: not country(row["actor"]).successor):
        spellings.setdefault(plain(row["alias"]), row["actor"])
    spellings.pop("", None)
    return spellings


def _suggestion(text: str) -> str:
    """`Did you mean Mali (MLI) or Malta (MLT)? `, or nothing when nothing is near."""
    near = difflib.get_close_matches(plain(text), _spellings(), n=6, cutoff=0.6)
    codes = list(dict.fromkeys(_spellings()[spelling] for spelling in near))[:3]
    named = [f"{name_of(code)} ({code})" for code in codes]
    return f"Did you mean {' or '.join(named)}? " if named else ""
