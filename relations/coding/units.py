"""Of which words and actors is a sentence made?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

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


def _words(text: str, start: int, end: int) -> list[tuple[str, frozenset[str], int, int, int]]:
    none: frozenset[str] = frozenset()
    return [(found[0].lower(), none, -1, found.start(), found.end()) for found in _WORD.finditer(text, start, end)]
