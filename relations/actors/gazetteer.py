"""Which words of a text name a state, an organisation or an office-holder?

The tables of data/actors become one Aho-Corasick automaton; a search costs time in proportion to the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, MatchKind

from relations.actors.entries import Entry, read_entries
from relations.actors.folding import fold
from relations.actors.homonyms import Homonyms, load_homonyms
from relations.actors.offices import in_office
from relations.actors.officials import NO_OFFICIALS, Officials
from relations.records import Mention

#: What may not stand between the words of an alias; a point may where the alias itself has one.
_BREAK = re.compile(r"[^\w\s\-'’‘ʼ‐‑–&\u00ad\u200b-\u200f\u202a-\u202e\u2060\u0300-\u036f\ufeff]")
_BREAK_BUT_POINTS = re.compile(r"[^\w\s.\-'’‘ʼ‐‑–&\u00ad\u200b-\u200f\u202a-\u202e\u2060\u0300-\u036f\ufeff]")
_HYPHENS = "-‐‑–"


class _Span(NamedTuple):
    """One alias found: where it stands in the text as given, and what it may mean."""

    start: int
    end: int
    entries: tuple[Entry, ...]


class Gazetteer:
    """All aliases of one language, compiled once; `find` is pure.

    Parameters
    ----------
    entries : sequence of Entry
        What each alias means, with its dates and its case rule.
    homonyms : Homonyms
        The rules that say when an alias means something else.
    """

    def __init__(self, entries: Sequence[Entry], homonyms: Homonyms) -> None:
        by_key: dict[str, list[Entry]] = {}
        for entry in entries:
            by_key.setdefault(_key(entry.alias), []).append(entry)
        for alias in homonyms.aliases():
            refused = Entry(alias, actor="", kind="name", case=alias != alias.lower())
            by_key.setdefault(_key(alias), []).append(refused)
        self._entries = [tuple(found) for found in by_key.values()]
        self._matcher = AhoCorasick([f" {key}" for key in by_key], matchkind=MatchKind.Standard)
        self._homonyms = homonyms
        self._exact = {entry.alias for entry in entries if not entry.hyphen and _fits(entry, entry.alias, "", 0)}

    def find(self, text: str, on: date | None = None) -> list[Mention]:
        """Actors named in a text, sorted by where they start, never overlapping: the longest alias wins.

        Parameters
        ----------
        text : str
            A sentence; offsets of the mentions are offsets in it.
        on : datetime.date, optional
            The day the text speaks of: decides between office-holders of one name and dated aliases. Without it,
            today's meaning.

        Examples
        --------
        >>> [(m.text, m.actor) for m in load_gazetteer().find("Malian troops left Equatorial Guinea for New Mexico.")]
        [('Malian', 'MLI'), ('Equatorial Guinea', 'GNQ')]
        """
        mentions: list[Mention] = []
        free_from = 0
        for span in self._spans(text):
            if span.start < free_from:
                continue
            entry = self._meant(span, text, on)
            if entry is None:
                continue
            free_from = span.end
            actor = self._homonyms.decide(text, span.start, span.end, entry)
            if actor:
                named = text[span.start : span.end]
                mentions.append(Mention(span.start, span.end, named, actor, entry.role, entry.kind))
        return mentions

    def _spans(self, text: str) -> Iterator[_Span]:
        """Every alias on word boundaries: leftmost first, then longest."""
        folded, offsets = fold(text)
        folded = f" {folded} "
        hits = self._matcher.find_matches_as_indexes(folded, overlapping=True)
        if len(hits) > 1:
            hits.sort(key=lambda hit: (hit[1], -hit[2]))
        for index, start, end in hits:
            if folded[end] == " ":
                end -= 1
                if offsets is not None:
                    start, end = offsets[start], offsets[end] if end < len(offsets) else len(text)
                entries = self._entries[index]
                if entries[0].points and entries[0].alias[-1] == "." == text[end : end + 1]:
                    end += 1
                yield _Span(start, end, entries)

    def _meant(self, span: _Span, text: str, on: date | None) -> Entry | None:
        """What an alias means on that day, None when it is not written as the alias wants it."""
        raw = text[span.start : span.end]
        exact = raw in self._exact
        fitting = [
            entry for entry in span.entries if (exact and raw == entry.alias) or _fits(entry, raw, text, span.end)
        ]
        if not fitting:
            return None
        if fitting[0].kind == "official":
            officials = [entry for entry in fitting if entry.kind == "official"]
            return in_office(officials, on, self._homonyms.is_titled(text, span.start))
        dated = [entry for entry in fitting if entry.counts(on)]
        return dated[0] if dated else None


def _fits(entry: Entry, raw: str, text: str, end: int) -> bool:
    """Whether the text is written as the alias: its separators, its capitals, its closing hyphen."""
    if entry.points:
        if "." not in raw or _BREAK_BUT_POINTS.search(raw):
            return False
    elif entry.spaced and _BREAK.search(raw):
        return False
    if entry.hyphen and text[end : end + 1] not in _HYPHENS:
        return False
    if entry.case and raw != entry.alias:
        return _capitals(raw) == _capitals(entry.alias) or (raw.isupper() and len(raw) > 3)
    return True


def _capitals(text: str) -> list[bool]:
    """Which letters are capitals, whatever stands between them."""
    return [char.isupper() for char in text if char.isalnum()]


def _key(alias: str) -> str:
    return fold(alias)[0].strip()


@lru_cache(maxsize=8)
def load_gazetteer(lang: str = "en", officials: Officials = NO_OFFICIALS) -> Gazetteer:
    """The gazetteer of a language with a user's own office-holders, built once a process for the same content."""
    return Gazetteer(read_entries(lang, officials.entries), load_homonyms(lang))
