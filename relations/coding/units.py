"""Of which words and actors is a sentence made?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from relations.records import Mention

_WORD = re.compile(
    r"[^\W\d_]+(?=n['’]t\b)|n['’]t\b|['’]s\b|['’]|\d[\d.,]*\d|[^\W_]+(?:[-.][^\W_]+)*|[^\w\s]",
)


@dataclass(frozen=True, slots=True)
class Units:
    """A sentence as parallel tuples: one unit a word or sign, and one unit a mention, however many words it has.

    `lower` holds the unit in lower case, `inside` the words of a mention (empty for plain words), `mention` its
    index in `mentions` or -1, `start` and `end` its offsets in the sentence.
    """

    text: str
    mentions: tuple[Mention, ...]
    lower: tuple[str, ...]
    inside: tuple[frozenset[str], ...]
    mention: tuple[int, ...]
    start: tuple[int, ...]
    end: tuple[int, ...]

    def __len__(self) -> int:
        return len(self.lower)

    def word_at(self, index: int) -> str:
        """The unit's word, or an empty string beyond either end."""
        return self.lower[index] if 0 <= index < len(self.lower) else ""


def split_units(text: str, mentions: Sequence[Mention]) -> Units:
    """Cut a sentence into units; `mentions` are sorted and do not overlap."""
    rows: list[tuple[str, frozenset[str], int, int, int]] = []
    position = 0
    for index, mention in enumerate(mentions):
        rows += _words(text, position, mention.start)
        words = frozenset(_WORD.findall(mention.text.lower()))
        rows.append((mention.text.lower(), words, index, mention.start, mention.end))
        position = mention.end
    rows += _words(text, position, len(text))
    if not rows:
        return Units(text, tuple(mentions), (), (), (), (), ())
    lower, inside, index_of, start, end = zip(*rows, strict=True)
    return Units(text, tuple(mentions), lower, inside, index_of, start, end)


def implied(units: Units, mention: Mention) -> Mention:
    """An actor that goes unsaid in a part of the sentence: a mention of no words at the sentence's end."""
    end = len(units.text)
    return replace(mention, start=end, end=end, text="")


def select_units(units: Units, places: Sequence[int], unsaid: Mention | None = None) -> Units:
    """Some units of a sentence as a sentence of its own, with the mentions among them.

    An actor that goes `unsaid` there is added at the end.
    """
    kept = [units.mention[i] for i in places if units.mention[i] >= 0]
    number = {mention: n for n, mention in enumerate(kept)}
    mentions = tuple(units.mentions[m] for m in kept)
    lower = tuple(units.lower[i] for i in places)
    inside = tuple(units.inside[i] for i in places)
    start, end = tuple(units.start[i] for i in places), tuple(units.end[i] for i in places)
    mention = tuple(number.get(units.mention[i], -1) for i in places)
    if unsaid is None:
        return Units(units.text, mentions, lower, inside, mention, start, end)
    close = len(units.text)
    return Units(
        units.text,
        (*mentions, unsaid),
        (*lower, ""),
        (*inside, frozenset()),
        (*mention, len(mentions)),
        (*start, close),
        (*end, close),
    )


def _words(text: str, start: int, end: int) -> list[tuple[str, frozenset[str], int, int, int]]:
    none: frozenset[str] = frozenset()
    return [(found[0].lower(), none, -1, found.start(), found.end()) for found in _WORD.finditer(text, start, end)]
