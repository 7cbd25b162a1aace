"""Which two states do `the two countries` or `both` mean?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from relations.actors.memory import most_about, states_of
from relations.actors.wording import load_wording
from relations.records import Mention
from relations.resources import read_table

#: How many mentions of the sentence itself `the two countries` may point back to.
_NEAR = 12


def resolve_pairs(text: str, here: Sequence[Mention], memory: Sequence[Mention], lang: str) -> Iterator[Mention]:
    """Two mentions, one for each state, at every phrase that means two states: one on its words, one of no words."""
    for found in _phrase(lang).finditer(text):
        before = [one for one in here if one.end <= found.start()][-_NEAR:]
        for number, actor in enumerate(_two(text, before, memory, lang)):
            start, end = (found.start(), found.end()) if not number else (found.end(), found.end())
            yield Mention(start, end, text[start:end], actor, "", "reference")


def _two(text: str, before: Sequence[Mention], memory: Sequence[Mention], lang: str) -> list[str]:
    """The two states that the text before is most about.

    Where the sentence has just named two, it speaks of them, unless they act together: "Libya and Chad urged both".
    """
    named = states_of(before)
    joined = load_wording(lang).together
    together = len(before) > 1 and joined.fullmatch(text, before[-2].end, before[-1].start)
    if len(named) >= 2 and not together:
        return []
    pair = most_about([one for one in memory if one.actor not in named]) or states_of([*memory, *before])[-2:]
    return pair if len(pair) == 2 else []


@cache
def _phrase(lang: str) -> re.Pattern[str]:
    words: dict[str, list[str]] = {"two": [], "side": [], "acting": []}
    for row in read_table(f"actors/references.{lang}.tsv"):
        if row["kind"] in words:
            words[row["kind"]].append(re.escape(row["phrase"]).replace(r"\*", r"[a-zß-ÿ]+"))
    two, side, acting = (rf"(?:{'|'.join(sorted(words[kind], key=len, reverse=True))})" for kind in words)
    wording = load_wording(lang)
    called, acts, asked = (
        rf" (?:[A-Z]?[a-zß-ÿ-]+ ){{0,2}}?{side}\b",
        rf"(?= {wording.pair_before_act}{acting}\b)",
        wording.pair_asked,
    )
    return re.compile(rf"\b(?i:{two})(?:{called}|{acts}|{asked})")
