"""Of which words and actors is a sentence made?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TypeVar

from relations.coding.grammar import Grammar, load_grammar
from relations.records import Mention

T = TypeVar("T")
_NO_WORDS: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Units:
    """A sentence as parallel tuples: one unit a word or sign, and one unit a mention, however many words it has.

    `lower` holds the unit in lower case, `inside` the words of a mention (empty for plain words), `mention` its
    index in `mentions` or -1, `start` and `end` its offsets in the sentence. `grammar` is that of its language.
    """

    text: str
    mentions: tuple[Mention, ...]
    lower: tuple[str, ...]
    inside: tuple[frozenset[str], ...]
    mention: tuple[int, ...]
    start: tuple[int, ...]
    end: tuple[int, ...]
    grammar: Grammar = field(compare=False, repr=False)

    def __len__(self) -> int:
        return len(self.lower)

    def word_at(self, index: int) -> str:
        """The unit's word, or an empty string beyond either end."""
        return self.lower[index] if 0 <= index < len(self.lower) else ""

    def is_cut(self) -> bool:
        """Whether words of the sentence are missing, because it is a clause of it."""
        gaps = zip((0, *self.end), (*self.start, len(self.text)), strict=True)
        return any(any(map(str.isalnum, self.text[end:start])) for end, start in gaps)


def split_units(text: str, mentions: Sequence[Mention], lang: str = "en") -> Units:
    """Cut a sentence into units; `mentions` are sorted and do not overlap."""
    grammar = load_grammar(lang)
    pattern, elided = _pattern_for(text, grammar), bool(grammar.elision)
    lower: list[str] = []
    inside: list[frozenset[str]] = []
    index_of: list[int] = []
    spans: list[tuple[int, int]] = []
    position = 0
    for index, mention in enumerate(mentions):
        spans += [found.span() for found in pattern.finditer(text, position, mention.start)]
        plain = spans[len(lower) :]
        lower += [text[a:b].lower() for a, b in plain]
        inside += [_NO_WORDS] * len(plain)
        index_of += [-1] * len(plain)
        name, words = _inside(mention.text, grammar)
        lower.append(name)
        inside.append(words)
        index_of.append(index)
        spans.append((mention.start, mention.end))
        position = mention.end
    rest = [found.span() for found in pattern.finditer(text, position)]
    lower += [text[a:b].lower() for a, b in rest]
    if elided:  # both apostrophes are one
        lower = [word.replace("’", "'") if len(word) > 1 else word for word in lower]
    return Units(
        text,
        tuple(mentions),
        tuple(lower),
        (*inside, *[_NO_WORDS] * len(rest)),
        (*index_of, *[-1] * len(rest)),
        tuple([a for a, _ in spans] + [a for a, _ in rest]),
        tuple([b for _, b in spans] + [b for _, b in rest]),
        grammar,
    )


def _pattern_for(text: str, grammar: Grammar) -> re.Pattern[str]:
    """Only a text with a suffix such as "n't" needs the looks ahead at every letter."""
    suffixed = any(suffix in text or suffix.replace("'", "’") in text for suffix in grammar.negation_suffix)
    return grammar.split if suffixed else grammar.word


@lru_cache(maxsize=4096)
def _inside(mention: str, grammar: Grammar) -> tuple[str, frozenset[str]]:
    """A mention's words in lower case, as one unit and as a set."""
    lower = mention.lower()
    return lower, frozenset(_pattern_for(lower, grammar).findall(lower))


def implied(units: Units, mention: Mention) -> Mention:
    """An actor that goes unsaid in a part of the sentence: a mention of no words at the sentence's end."""
    end = len(units.text)
    return Mention(end, end, "", mention.actor, mention.role, mention.kind)


def select_units(units: Units, places: Sequence[int], unsaid: Mention | None = None) -> Units:
    """Some units of a sentence as a sentence of its own, with the mentions among them.

    An actor that goes `unsaid` there is added at the end.
    """
    old = _picked(units.mention, places)
    kept = [mention for mention in old if mention >= 0]
    number = {-1: -1} | {mention: n for n, mention in enumerate(kept)}
    mentions = tuple(units.mentions[mention] for mention in kept)
    mention = tuple(number[mention] for mention in old)
    lower, inside = _picked(units.lower, places), _picked(units.inside, places)
    start, end = _picked(units.start, places), _picked(units.end, places)
    if unsaid is None:
        return Units(units.text, mentions, lower, inside, mention, start, end, units.grammar)
    close = len(units.text)
    return Units(
        units.text,
        (*mentions, unsaid),
        (*lower, ""),
        (*inside, frozenset()),
        (*mention, len(mentions)),
        (*start, close),
        (*end, close),
        units.grammar,
    )


def _picked(row: tuple[T, ...], places: Sequence[int]) -> tuple[T, ...]:
    return tuple(map(row.__getitem__, places))
