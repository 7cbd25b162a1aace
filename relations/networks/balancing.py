"""How balanced is a day's network, against chance, and where is it strained?"""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from relations.errors import BadRecord
from relations.networks.balance import Balance, CountryBalance, StrainedTriad, TriadCount
from relations.networks.signs import Ties, strength, ties_of
from relations.networks.triads import BALANCED, KINDS, count_triads, permuted_counts, strained_triads, triads_of_each
from relations.records import Score
from relations.scoring.buckets import Floats, Whole


def balance_of(
    scores: Sequence[Score],
    k: float,
    *,
    threshold: float | None = None,
    permutations: int = 500,
    seed: int = 0,
    top: int = 20,
) -> Balance:
    """Structural balance of the mutual scores of one day; see Scores.balance.

    Parameters
    ----------
    scores : sequence of Score
        Mutual, of one day.
    k : float
        Pseudo-events of the prior, which say how much of a score is owed to evidence.
    threshold : float, optional
        See `ties_of`.
    permutations : int
        0 or more.
    seed : int
    top : int
        How many strained triads are listed, 0 or more.

    Raises
    ------
    BadRecord
        When a number is out of its range.

    Examples
    --------
    >>> from datetime import date
    >>> day = date(2025, 9, 19)
    >>> def tie(one, other, points, word):
    ...     return Score(day, one, other, False, points, points - 1, points + 1, word, "ok", 9, 9.0, day)
    >>> found = balance_of(
    ...     [tie("FRA", "MLI", -4.0, "tense"), tie("FRA", "USA", 5.0, "close"), tie("MLI", "USA", 2.0, "warm")], k=2
    ... )
    >>> found.share, [(triad.friend, round(triad.strain, 2)) for triad in found.strained]
    (0.0, [('USA', 1.64)])
    """
    if permutations < 0 or top < 0 or seed < 0:
        raise BadRecord(f"Want 0 or more for permutations, top and seed, got {permutations}, {top} and {seed}.")
    ties = ties_of(scores, threshold)
    counts = count_triads(ties.sign)
    dealt = permuted_counts(ties.sign, permutations if counts.sum() else 0, seed)
    shares = _share(dealt)
    (expected, low, high), p = _spread(shares), _as_balanced(shares, counts)
    return Balance(
        at=scores[0].at if scores else None,
        states=int((ties.sign != 0).any(axis=1).sum()),
        friendly=int((ties.sign > 0).sum()) // 2,
        hostile=int((ties.sign < 0).sum()) // 2,
        counts=tuple(
            TriadCount(kind, int(number), *_spread(column.astype(np.float64)))
            for kind, number, column in zip(KINDS, counts, dealt.T, strict=True)
        ),
        expected=expected, low=low, high=high, p=p,
        countries=_countries(ties),
        strained=tuple(heapq.nsmallest(top, _strained(ties, k), key=_worst_first)),
        threshold=ties.threshold,
        permutations=permutations,
        seed=seed,
    )  # fmt: skip


def _share(counts: Whole) -> Floats:
    """Balanced share of triads, over the last axis."""
    return np.asarray(counts[..., list(BALANCED)].sum(axis=-1) / np.maximum(counts.sum(axis=-1), 1))


def _spread(values: Floats) -> tuple[float | None, float | None, float | None]:
    """Mean, 5% and 95% quantile."""
    if not len(values):
        return None, None, None
    low, high = np.quantile(values, (0.05, 0.95)).tolist()
    return float(values.mean()), low, high


def _as_balanced(shares: Floats, counts: Whole) -> float | None:
    if not len(shares):
        return None
    return float((1 + (shares >= _share(counts) - 1e-12).sum()) / (1 + len(shares)))


def _countries(ties: Ties) -> tuple[CountryBalance, ...]:
    all_, balanced = triads_of_each(ties.sign)
    strained = np.zeros(len(ties.codes), dtype=np.int64)
    for one, other, friends in strained_triads(ties.sign):
        strained[[one, other]] += len(friends)
        strained[friends] += 1
    friends_of, foes = (ties.sign > 0).sum(axis=1), (ties.sign < 0).sum(axis=1)
    columns = (friends_of, foes, all_, balanced, strained)
    found = [
        CountryBalance(code, *numbers)
        for code, *numbers in zip(ties.codes, *map(np.ndarray.tolist, columns), strict=True)
    ]
    there = [country for country in found if country.friends or country.foes]
    return tuple(sorted(there, key=lambda country: (-country.strained, -country.triads, country.code)))


def _strained(ties: Ties, k: float) -> Iterator[StrainedTriad]:
    for one, other, friends in strained_triads(ties.sign):
        hostile = ties.score(one, other)
        for friend in friends.tolist():
            friendly = ties.score(one, friend), ties.score(other, friend)
            strain = min(abs(strength(score, k)) for score in (hostile, *friendly))
            yield StrainedTriad(hostile, ties.codes[friend], friendly, strain)


def _worst_first(triad: StrainedTriad) -> tuple[Any, ...]:
    return -triad.strain, triad.hostile.source, triad.hostile.target, triad.friend
