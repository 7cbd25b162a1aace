"""How does a language bind the words of one actor, and point back to one?

What the rules of this room know of a language stands in its table, data/actors/wording.<lang>.tsv.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from relations.resources import read_table

Words = frozenset[str]


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Wording:
    """The small words of one language that actors are named with; the head of the table says what each class is for."""

    lang: str
    noun_first: bool
    of: tuple[str, ...]
    and_: tuple[str, ...]
    bodies: Words
    embassy: Words
    minister: tuple[str, ...]
    no_adjective: Words
    person: Words
    spokesperson: tuple[str, ...]
    possessive: re.Pattern[str]
    apposition: re.Pattern[str]
    link: re.Pattern[str]
    portfolio: re.Pattern[str]
    article: re.Pattern[str]
    cue: re.Pattern[str]
    definite: re.Pattern[str]
    he: re.Pattern[str]
    it: re.Pattern[str]
    junta: re.Pattern[str]
    together: re.Pattern[str]
    pair_asked: str
    pair_before_act: str


@cache
def load_wording(lang: str = "en") -> Wording:
    """The wording of a language, read once a process.

    Examples
    --------
    >>> load_wording("en").of
    (' of ', ' of the ')
    """
    rows = {row["class"]: row["words"] for row in read_table(f"actors/wording.{lang}.tsv")}

    def words(name: str) -> tuple[str, ...]:
        return tuple(filter(None, rows.get(name, "").split("|")))

    def pattern(name: str, flags: int = 0) -> re.Pattern[str]:
        return re.compile(rows.get(f"pattern {name}") or r"(?!)", flags)

    return Wording(
        lang=lang,
        noun_first="noun_first" in words("order"),
        of=tuple(f" {word}" if word.endswith(("'", "’")) else f" {word} " for word in words("of")),
        and_=tuple(f" {word} " for word in words("and")),
        bodies=frozenset(words("body")),
        embassy=frozenset(words("embassy")),
        minister=words("minister"),
        no_adjective=frozenset(words("no_adjective")),
        person=frozenset(words("person")),
        spokesperson=words("spokesperson"),
        possessive=pattern("possessive"),
        apposition=pattern("apposition"),
        link=pattern("link"),
        portfolio=pattern("portfolio"),
        article=pattern("article"),
        cue=pattern("cue"),
        definite=pattern("definite"),
        he=pattern("he"),
        it=pattern("it"),
        junta=pattern("junta", re.IGNORECASE),
        together=pattern("together"),
        pair_asked=rows.get("pattern pair_asked") or r"(?!)",
        pair_before_act=rows.get("pattern pair_before_act", ""),
    )
