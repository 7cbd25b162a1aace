"""Under which spellings may a text name a person of a user's own table?"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Mapping
from functools import cache

from relations.actors.entries import read_entries
from relations.actors.folding import fold
from relations.actors.homonyms import load_homonyms
from relations.resources import read_table

#: Small words that belong to the family name after them.
_PARTICLES = frozenset(
    [
        "al",
        "ben",
        "bin",
        "da",
        "de",
        "del",
        "della",
        "den",
        "der",
        "des",
        "di",
        "do",
        "dos",
        "du",
        "el",
        "ibn",
        "la",
        "le",
        "lo",
        "ould",
        "ten",
        "ter",
        "van",
        "von",
    ]
)
_ROMAN = frozenset("IVX")
#: Between the words of a name; anything else ends a name in a text, so that such a spelling would never be found.
_JOINTS = frozenset(" .-'’‘ʼ‐‑–&")
#: A name with fewer letters is met by chance; one that is longer is no name.
SHORTEST, LONGEST = 3, 100


def tidy(text: str) -> str:
    """What can be seen of a text: no control, format or unassigned characters, one space between words.

    >>> tidy("  Amina\\u200b \\x1b[31m  Diallo\\n")
    'Amina [31m Diallo'
    """
    spaced = "".join(" " if unicodedata.category(char) in ("Cc", "Zl", "Zp") else char for char in text)
    seen = "".join(char for char in spaced if unicodedata.category(char)[0] != "C")
    return " ".join(unicodedata.normalize("NFC", seen).split())


def spelled(name: str) -> str:
    """A name with the capitals that a text gives it, where a table writes whole words in capitals.

    >>> spelled("Jean DUPONT"), spelled("PIERRE DE VILLIERS"), spelled("J.D. Vance"), spelled("AMLO")
    ('Jean Dupont', 'Pierre de Villiers', 'J.D. Vance', 'AMLO')
    """
    words = name.split(" ")
    shouted = len(words) > 1 and name.isupper()
    longest_initials = 3 if len(words) > 1 else 4
    return " ".join(_with_one_capital(word) if shouted or len(word) > longest_initials else word for word in words)


def _with_one_capital(word: str) -> str:
    if not word.isupper() or "." in word or _ROMAN.issuperset(word):
        return word
    return word.lower() if word.lower() in _PARTICLES else word.title()


def why_not(name: str) -> str:
    """Why a spelling may not be searched for, with the remedy; empty when it may.

    >>> why_not("Aminata Keïta Sow"), why_not("Li")
    ('', "'Li' has fewer than 3 letters. Give the full name.")
    """
    shown = repr(name if len(name) <= LONGEST else f"{name[:60]}...")
    if sum(char.isalpha() for char in name) < SHORTEST:
        return f"{shown} has fewer than {SHORTEST} letters. Give the full name."
    if len(name) > LONGEST:
        return f"{shown} is longer than any name. Give one name in a cell."
    if odd := next((char for char in name if not (char.isalnum() or char in _JOINTS or _is_mark(char))), ""):
        return f"{shown} holds {odd!r}, which is in no name. Write the name as a news text does."
    if name == name.lower() != name.upper():
        return f"{shown} has no capital. Write the name as a news text does."
    if _is_common(name):
        return f"{shown} is a common word or a first name, which texts use of others. Give the full name."
    if _is_place(name):
        return f"{shown} is a place or an organisation. Give the person's full name."
    return ""


def _is_mark(char: str) -> bool:
    return unicodedata.category(char)[0] == "M"


def _is_common(name: str) -> bool:
    """Whether it is an everyday word, a first name, or a title such as `The Prime Minister`."""
    words = [word.strip(".") for word in name.replace("-", " ").split()]
    if len(words) == 1 and load_homonyms().is_everyday(words[0]):
        return True
    return all(word.lower() in _titles() or load_homonyms().is_common(word) for word in words)


@cache
def _titles() -> frozenset[str]:
    return frozenset(word for row in read_table("actors/agents.en.tsv") for word in row["word"].lower().split())


def _is_place(name: str) -> bool:
    return fold(name)[0].strip() in _not_people()


@cache
def _not_people() -> frozenset[str]:
    """States, peoples, capitals, bodies and organisations, as matching sees them."""
    return frozenset(fold(entry.alias)[0].strip() for entry in read_entries("en") if entry.kind != "official")


def family_of(name: str, actor: str) -> str:
    """The bare family name under which later sentences speak of a person; empty when there is none to rely on.

    Which word it is follows the custom of the state, as the package's own table of office-holders shows it.

    Parameters
    ----------
    name : str
        Full name.
    actor : str
        ISO alpha-3 code of the state served.

    Examples
    --------
    >>> family_of("Jean-Marie van der Elst", "BEL"), family_of("Zhou Wenbo", "CHN"), family_of("Jane Hope", "GBR")
    ('van der Elst', 'Zhou', '')
    """
    words = name.split(" ")
    place = _customs().get(actor, "last")
    if len(words) < 2 or place == "whole":
        return ""
    start = len(words) - 1
    while start > 1 and words[start - 1].lower() in _PARTICLES:
        start -= 1
    family = words[0] if place == "first" else " ".join(words[start:])
    # a common word that has rules of its own ("Brown" needs a title) is judged by them wherever it stands
    ruled = len(family) >= SHORTEST and load_homonyms().has_rules(family) and not _is_place(family)
    return family if not _ROMAN.issuperset(family) and (ruled or not why_not(family)) else ""


@cache
def _customs() -> Mapping[str, str]:
    """For each state where the family name stands in most of its office-holders' names: first, last, or whole."""
    places: dict[str, Counter[str]] = {}
    for row in read_table("actors/officials.tsv"):
        words = row["name"].split(" ")
        if len(words) > 1:
            whole = "whole" if row["family"] == row["name"] else "last"
            place = "first" if row["family"] == words[0] else whole
            places.setdefault(row["actor"], Counter())[place] += 1
    return {actor: found.most_common(1)[0][0] for actor, found in places.items()}
