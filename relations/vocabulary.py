"""What does each PLOVER type and CAMEO code mean, and how friendly is it?"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from statistics import fmean

from relations.errors import BadRecord
from relations.records import TYPES
from relations.resources import read_table

#: Types that count as conflict on the ground: SCORING's conflict intensity.
FORCEFUL_TYPES = frozenset({"MOBILIZE", "COERCE", "ASSAULT"})
#: A friendly plan is announced as the one, a hostile plan as the other.
FRIENDLY_PLAN, HOSTILE_PLAN = "AGREE", "THREATEN"


@dataclass(frozen=True, slots=True)
class _Kind:
    """One row of data/plover.tsv."""

    quad: int
    score: float
    phrase: str


@dataclass(frozen=True, slots=True)
class _Code:
    """One row of data/cameo.tsv."""

    goldstein: float
    type: str
    name: str


@cache
def _kinds() -> dict[tuple[str, str], _Kind]:
    rows = read_table("plover.tsv")
    return {(r["type"], r["mode"]): _Kind(int(r["quad"]), float(r["score"]), r["phrase"]) for r in rows}


@cache
def _codes() -> dict[str, _Code]:
    return {r["code"]: _Code(float(r["goldstein"]), r["type"], r["name"]) for r in read_table("cameo.tsv")}


def _kind(type: str, mode: str = "") -> _Kind:
    kinds = _kinds()
    if (type, "") not in kinds:
        raise BadRecord(f"No PLOVER type {type!r}. Use one of {', '.join(TYPES)}.")
    return kinds.get((type, mode), kinds[type, ""])


def quad_of(type: str) -> int:
    """Quad class of a PLOVER type: 1 verbal and 2 material cooperation, 3 verbal and 4 material conflict.

    Raises
    ------
    BadRecord
        When there is no such type.

    Examples
    --------
    >>> quad_of("AID"), quad_of("ACCUSE")
    (2, 3)
    """
    return _kind(type).quad


def plover_score(type: str, mode: str = "") -> float:
    """Conflict-cooperation score of a PLOVER type, sharpened by its mode where that has a score of its own.

    References
    ----------
    PLOVER manual, draft of September 2021: expert judgements scaled by a Bradley-Terry model.

    Examples
    --------
    >>> plover_score("CONSULT"), plover_score("CONSULT", "visit"), plover_score("CONSULT", "unheard-of")
    (2.5, 4.0, 2.5)
    """
    return _kind(type, mode).score


def phrase_of(type: str, mode: str = "") -> str:
    """What a source does to a target, in words for people.

    >>> phrase_of("SANCTION"), phrase_of("RETREAT", "withdraw")
    ('sanctions', 'withdraws from')
    """
    return _kind(type, mode).phrase


def modes_of(type: str) -> tuple[str, ...]:
    """Modes of a PLOVER type that are known by name.

    >>> modes_of("MOBILIZE")
    ('militia', 'police', 'troops', 'weapons')
    """
    return tuple(mode for kind, mode in _kinds() if kind == type and mode)


def find_cameo(code: str) -> str:
    """The nearest CAMEO code in the table: the code itself, else its parent, else the empty string.

    A code whose leading zero was lost (`42` for `042`) is found where that is the only reading.

    >>> find_cameo("0841"), find_cameo("1999"), find_cameo("42"), find_cameo("99")
    ('0841', '19', '042', '')
    """
    for length in range(len(code), 1, -1):
        if code[:length] in _codes():
            return code[:length]
    return f"0{code}" if f"0{code}" in _codes() else ""


def goldstein(cameo: str) -> float:
    """Goldstein value, -10 to 10, of a CAMEO code or of its nearest known parent.

    Raises
    ------
    BadRecord
        When not even its root is known.

    References
    ----------
    Goldstein (1992), extended to CAMEO by the ICEWS project; table of andybega/icews.

    Examples
    --------
    >>> goldstein("190"), goldstein("0579")
    (-10.0, 8.0)
    """
    return _code(cameo).goldstein


def plover_of(cameo: str) -> str:
    """PLOVER type of a CAMEO code; empty for 01 and 02, which have none.

    Raises
    ------
    BadRecord
        When not even its root is known.

    Examples
    --------
    >>> plover_of("163"), plover_of("010")
    ('SANCTION', '')
    """
    return _code(cameo).type


def cameo_name(cameo: str) -> str:
    """What a CAMEO code stands for.

    >>> cameo_name("0872")
    'eases a blockade'
    """
    return _code(cameo).name


def _code(cameo: str) -> _Code:
    found = find_cameo(cameo)
    if not found:
        raise BadRecord(f"No CAMEO code {cameo!r}: no root {cameo[:2]!r}. Codes run from 01 to 2042.")
    return _codes()[found]


@cache
def typical_goldstein(type: str) -> float:
    """Goldstein value of a PLOVER type without a CAMEO code: the mean of the codes that are of this type.

    >>> typical_goldstein("ACCUSE")
    -2.0
    """
    _kind(type)
    return fmean(code.goldstein for code in _codes().values() if code.type == type)
