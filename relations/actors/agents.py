"""Which nouns of people and bodies, such as `foreign minister` or `warplanes`, stand in a text?"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from ahocorasick_rs import AhoCorasick, MatchKind

from relations.actors.folding import fold
from relations.resources import read_table


@dataclass(frozen=True, slots=True)
class Noun:
    """One agent noun, title or modifier found in a text."""

    start: int
    end: int
    word: str
    role: str
    title: bool
    agent: bool
    modifier: bool
    verb: bool


@dataclass(frozen=True, slots=True)
class _Row:
    word: str
    role: str = ""
    title: bool = False
    agent: bool = False
    modifier: bool = False
    verb: bool = False
    not_before: tuple[str, ...] = ()


class AgentNouns:
    """The agent nouns of one language, compiled once."""

    def __init__(self, rows: list[dict[str, str]]) -> None:
        merged: dict[str, _Row] = {}
        for row in sorted(rows, key=lambda row: row["kind"] == "modifier"):
            key = fold(row["word"])[0].strip()
            old = merged.get(key)
            if row["kind"] == "modifier":
                merged[key] = _as_modifier(old or _Row(row["word"]))
            elif old is None:
                merged[key] = _row(row)
        self._rows = list(merged.values())
        self._matcher = AhoCorasick([f" {key}" for key in merged], matchkind=MatchKind.Standard)

    def find(self, text: str) -> dict[int, Noun]:
        """The longest noun at each place where one starts, by that place.

        >>> noun = load_agents().find("the French foreign minister")[11]
        >>> noun.word, noun.role, noun.title
        ('foreign minister', 'GOV', True)
        """
        folded, offsets = fold(text)
        folded = f" {folded} "
        found: dict[int, Noun] = {}
        for index, start, end in self._matcher.find_matches_as_indexes(folded, overlapping=True):
            if folded[end] != " ":
                continue
            end -= 1
            if offsets is not None:
                start, end = offsets[start], offsets[end] if end < len(offsets) else len(text)
            row = self._rows[index]
            if start in found and found[start].end >= end:
                continue
            if row.not_before and text[end : end + 20].lstrip(" -").startswith(row.not_before):
                continue
            found[start] = Noun(start, end, row.word, row.role, row.title, row.agent, row.modifier, row.verb)
        return found


def _row(row: dict[str, str]) -> _Row:
    words = tuple(row["not_before"].split("|")) if row["not_before"] else ()
    return _Row(row["word"], row["role"], row["kind"] == "title", True, False, row["verb"] == "x", words)


def _as_modifier(row: _Row) -> _Row:
    return _Row(row.word, row.role, row.title, row.agent, True, row.verb, row.not_before)


@cache
def load_agents(lang: str = "en") -> AgentNouns:
    """The agent nouns of a language, built once a process."""
    return AgentNouns(read_table(f"actors/agents.{lang}.tsv"))
