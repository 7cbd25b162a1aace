"""How many triads of states are balanced, and how many would be by chance?"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from relations.scoring.buckets import Whole

Small = npt.NDArray[np.float32]
#: Products of signs are whole numbers far below 2**24, which the small floats hold exactly, in half the time.
_EXACT = np.float32
#: The four kinds of a signed triad, balanced where the product of the signs is above 0 (Cartwright and Harary 1956).
KINDS = ("+++", "++-", "+--", "---")
BALANCED = (True, False, True, False)


def count_triads(sign: Whole) -> Whole:
    """Numbers of the four kinds of triads, in the order of KINDS.

    Parameters
    ----------
    sign : numpy.ndarray of shape (n, n)
        Symmetric, of -1, 0 and 1, 0 on the diagonal.

    Notes
    -----
    With signs a, b, c of a triad's ties, sums of a + b + c, of ab + bc + ca and of abc over all triads are traces of
    products of three matrices; each kind is a linear combination of them and of the number of triads.

    Examples
    --------
    >>> one_hostile = np.array([[0, 1, 1], [1, 0, -1], [1, -1, 0]])
    >>> dict(zip(KINDS, count_triads(one_hostile).tolist()))
    {'+++': 0, '++-': 1, '+--': 0, '---': 0}
    """
    signs = sign.astype(_EXACT)
    there = np.abs(signs)
    return _counted(signs, _paths(there), there)


def _paths(signs: Small) -> Small:
    """Sum over all ways in two steps of the product of their signs; of a symmetric matrix, at half the work."""
    return signs @ signs.T


def _counted(signs: Small, paths: Small, there: Small) -> Whole:
    """Kinds of triads; `paths` is the number of ways in two steps, whatever the signs."""
    signed_paths = _paths(signs)
    all_ = (paths * there).sum(dtype=np.float64) / 6
    singles = (paths * signs).sum(dtype=np.float64) / 2
    doubles = (signed_paths * there).sum(dtype=np.float64) / 2
    triples = (signed_paths * signs).sum(dtype=np.float64) / 6
    kinds = (
        all_ + singles + doubles + triples,
        3 * all_ + singles - doubles - 3 * triples,
        3 * all_ - singles - doubles + 3 * triples,
        all_ - singles + doubles - triples,
    )
    return np.rint(np.array(kinds) / 8).astype(np.int64)


def permuted_counts(sign: Whole, permutations: int, seed: int) -> Whole:
    """Triads of each kind when the same signs fall on the same ties at random.

    Who has a tie with whom, and how many ties are friendly and hostile, stays as it is (Leskovec, Huttenlocher and
    Kleinberg 2010): what differs from it comes from where the signs stand.

    Returns
    -------
    numpy.ndarray of shape (permutations, 4)
    """
    random = np.random.default_rng(seed)
    dealt = sign[np.nonzero(np.triu(sign))].astype(_EXACT)  # of all ties, also of those in no triad
    in_triads = np.flatnonzero(triads_of_each(sign)[0])
    there = np.abs(sign[np.ix_(in_triads, in_triads)]).astype(_EXACT)
    paths = _paths(there)
    rows, columns = np.nonzero(np.triu(there))
    counts = np.empty((permutations, len(KINDS)), dtype=np.int64)
    signs = np.zeros_like(there)
    for number in range(permutations):
        signs[rows, columns] = signs[columns, rows] = random.permutation(dealt)[: len(rows)]
        counts[number] = _counted(signs, paths, there)
    return counts


def triads_of_each(sign: Whole) -> tuple[Whole, Whole]:
    """For each state, the number of triads that it is in, and how many of them are balanced."""
    signs = sign.astype(_EXACT)
    there = np.abs(signs)
    all_ = (_paths(there) * there).sum(axis=1, dtype=np.float64) / 2
    difference = (_paths(signs) * signs).sum(axis=1, dtype=np.float64) / 2
    return np.rint(all_).astype(np.int64), np.rint((all_ + difference) / 2).astype(np.int64)


def strained_triads(sign: Whole) -> Iterator[tuple[int, int, Whole]]:
    """Each hostile pair, by places, with the places of those that are friendly to both."""
    for one, other in zip(*np.nonzero(np.triu(sign < 0)), strict=True):
        friends = np.flatnonzero((sign[one] > 0) & (sign[other] > 0))
        if len(friends):
            yield int(one), int(other), friends
