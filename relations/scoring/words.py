"""Which word stands beside a score?"""

from __future__ import annotations

from bisect import bisect_left, bisect_right

import numpy as np
import numpy.typing as npt

#: Edges of the seven classes; the map's colours change at the same ones.
BREAKS = (-5.0, -2.5, -1.0, 1.0, 2.5, 5.0)
WORDS = ("hostile", "tense", "cool", "neutral", "warm", "friendly", "close")


def class_of(value: float, breaks: tuple[float, ...] = BREAKS) -> int:
    """Number of the class, from 0 for the most hostile; a value on a break belongs to the class farther from zero.

    >>> class_of(-5), class_of(0), class_of(1)
    (0, 3, 4)
    """
    return bisect_left(breaks, value) if value < 0 else bisect_right(breaks, value)


def word_of(score: float) -> str:
    """The word for a score of -10 to 10.

    Examples
    --------
    >>> word_of(-2.5), word_of(-2.49), word_of(0.99), word_of(5)
    ('tense', 'cool', 'neutral', 'close')
    """
    return WORDS[class_of(score)]


def words_of(scores: npt.NDArray[np.float64]) -> list[str]:
    """The words for many scores.

    >>> words_of(np.array([-2.5, 0.0, 5.0]))
    ['tense', 'neutral', 'close']
    """
    numbers = np.where(scores < 0, np.searchsorted(BREAKS, scores, "left"), np.searchsorted(BREAKS, scores, "right"))
    return [WORDS[number] for number in numbers.tolist()]
