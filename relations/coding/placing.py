"""Where do the words of a sentence stand beside two of its actors?

Pairs are placed many at a time, so that what numpy costs a call is shared by all of them.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from relations.coding.grammar import Grammar
from relations.coding.units import Units

if TYPE_CHECKING:
    import numpy as np

#: A sentence and the indexes of two mentions in it: source and target.
Pair = tuple[Units, int, int]


@dataclass(frozen=True, slots=True)
class Placed:
    """The units of the sentences of many pairs, pair after pair, as parallel arrays.

    `sentences` are the distinct ones, `unit` says which unit of all their units in a row it is, `pair` whose pair's it
    is, `source` and `target` how many units it stands behind the two actors (negative before them).
    """

    pairs: Sequence[Pair]
    sentences: Sequence[Units]
    unit: np.ndarray
    pair: np.ndarray
    source: np.ndarray
    target: np.ndarray

    @property
    def grammar(self) -> Grammar:
        """The grammar of the sentences, which are all of one language."""
        return self.sentences[0].grammar


def place_pairs(pairs: Sequence[Pair]) -> Placed:
    """Place pairs; a sentence is looked at once for all its pairs that stand together."""
    import numpy as np

    sentences: list[Units] = []
    sentence_of: list[int] = []
    for units, together in itertools.groupby(pairs, key=lambda pair: pair[0]):
        sentence_of += [len(sentences) for _ in together]
        sentences.append(units)
    sizes = np.array([len(units) for units in sentences], dtype=np.int64)
    size = sizes[sentence_of]
    pair = np.repeat(np.arange(len(pairs)), size)
    place = np.arange(len(pair)) - (np.cumsum(size) - size)[pair]
    unit = (np.cumsum(sizes) - sizes)[sentence_of][pair] + place
    at_source = np.array([units.mention.index(source) for units, source, _ in pairs], dtype=np.int64)
    at_target = np.array([units.mention.index(target) for units, _, target in pairs], dtype=np.int64)
    return Placed(pairs, sentences, unit, pair, place - at_source[pair], place - at_target[pair])
