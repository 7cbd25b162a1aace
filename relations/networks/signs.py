"""Which ties between states are surely friendly or hostile?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from relations.errors import BadRecord
from relations.records import Score
from relations.scoring.buckets import Floats, Whole
from relations.scoring.words import BREAKS

#: The least score that is a sign where scores have no interval: the outer edge of the word "neutral".
EDGE_OF_NEUTRAL = min(edge for edge in BREAKS if edge > 0)


@dataclass(frozen=True, slots=True, eq=False)
class Ties:
    """The mutual scores of one day as symmetric matrices.

    Attributes
    ----------
    codes : tuple of str
        The states, in alphabetical order.
    sign : numpy.ndarray of shape (n, n)
        1 surely friendly, -1 surely hostile, 0 neither, unsure or without evidence.
    record : dict of pair of str to Score
        By codes in alphabetical order.
    threshold : float or None
        The least score that was taken for a sign; None where the intervals decided.
    """

    codes: tuple[str, ...]
    sign: Whole
    record: dict[tuple[str, str], Score]
    threshold: float | None

    def score(self, one: int, other: int) -> Score:
        """The record of two states by their places."""
        low, high = sorted((one, other))
        return self.record[self.codes[low], self.codes[high]]


def ties_of(scores: Sequence[Score], threshold: float | None = None) -> Ties:
    """Signs of the ties between states.

    Without a threshold a tie is friendly or hostile where its 90% interval leaves out 0. Scores without intervals are
    held against 1, where the word is no longer "neutral".

    Parameters
    ----------
    scores : sequence of Score
        The mutual scores of one day.
    threshold : float, optional
        A tie is friendly from this score upwards and hostile from its opposite downwards, whatever the interval;
        above 0, at most 10.

    Raises
    ------
    BadRecord
        When the threshold is out of its range.
    """
    if threshold is not None and not 0 < threshold <= 10:
        raise BadRecord(f"Want a threshold above 0 and at most 10, got {threshold}.")
    if threshold is None and scores and all(score.low == score.high for score in scores):
        threshold = EDGE_OF_NEUTRAL
    codes = states_in(scores)
    signs = matrix_of(codes, scores, [_sign(score, threshold) for score in scores])
    record = {(score.source, score.target): score for score in scores}
    return Ties(codes, signs.astype(np.int64), record, threshold)


def strength(score: Score, k: float) -> float:
    """How much of a score, in points and with its sign, is owed to evidence and not to the prior.

    The score times W / (W + k), its share of evidence: a tie of one old report counts for little, whatever the prior.

    >>> from datetime import date
    >>> day = date(2025, 9, 19)
    >>> strength(Score(day, "FRA", "MLI", False, -3.0, -5.0, -1.0, "tense", "ok", 4, 4.0, day), k=2)
    -2.0
    """
    return score.score * score.weight / (score.weight + k)


def _sign(score: Score, threshold: float | None) -> int:
    if threshold is None:
        return int(score.low > 0) - int(score.high < 0)
    return int(score.score >= threshold) - int(score.score <= -threshold)


def states_in(scores: Iterable[Score]) -> tuple[str, ...]:
    """Codes of all states with a score, in alphabetical order."""
    return tuple(sorted({code for score in scores for code in (score.source, score.target)}))


def matrix_of(codes: Sequence[str], scores: Sequence[Score], values: Sequence[float]) -> Floats:
    """One value for each score, laid on a symmetric matrix of the states; 0 where there is none."""
    place = {code: number for number, code in enumerate(codes)}
    rows = np.array([place[score.source] for score in scores], dtype=np.int64)
    columns = np.array([place[score.target] for score in scores], dtype=np.int64)
    matrix = np.zeros((len(codes), len(codes)))
    matrix[rows, columns] = matrix[columns, rows] = values
    return matrix
