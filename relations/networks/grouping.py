"""Which groups of states gain the most from standing together?"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from relations.scoring.buckets import Floats, Whole

#: A move must gain more than rounding errors, or the search could go in circles.
_LEAST_GAIN = 1e-12


def signed_modularity(weights: Floats) -> Floats:
    """Gain of each pair from standing in one group, by the signed modularity of Gómez, Jensen and Arenas (2009).

    A friendly tie gains by what it exceeds the one expected between two states that are so friendly to all, a hostile
    one loses likewise. The sum over all ordered pairs within groups is the modularity Q, at most 1.

    Parameters
    ----------
    weights : numpy.ndarray of shape (n, n)
        Symmetric, 0 on the diagonal; above 0 friendly, below 0 hostile.

    Returns
    -------
    numpy.ndarray of shape (n, n)
        All 0 without any tie.

    References
    ----------
    Gómez, S., Jensen, P. and Arenas, A. (2009). Analysis of community structure in networks of correlated data.
    Physical Review E 80, 016114.

    Examples
    --------
    >>> signed_modularity(np.array([[0.0, 2.0], [2.0, 0.0]])).tolist()
    [[-0.25, 0.25], [0.25, -0.25]]
    """
    sizes = np.abs(weights)
    if not sizes.any():
        return np.zeros_like(weights)
    scaled = weights / sizes.max()  # so that no product of sums falls below what a float can hold
    beyond = _beyond_chance(np.maximum(scaled, 0)) - _beyond_chance(np.maximum(-scaled, 0))
    return np.asarray(beyond / np.abs(scaled).sum())


def _beyond_chance(weights: Floats) -> Floats:
    """Weights less those expected if each state kept its sum and met the others at random."""
    sums = weights.sum(axis=1)
    return np.asarray(weights - np.outer(sums, sums) / sums.sum()) if sums.any() else weights


def quality(gain: Floats, groups: Whole) -> float:
    """Sum of the gains of all ordered pairs that stand in one group."""
    return float(gain[groups[:, None] == groups].sum())


def find_groups(gain: Floats, seed: int, runs: int) -> list[Whole]:
    """Groups by the Louvain method (Blondel and others 2008), tried from different orders; the best first.

    Each run moves one state at a time to the group where it gains most, then whole groups in the same way, until
    neither gains; then states again, since a joining of groups can leave one of them misplaced.

    Parameters
    ----------
    gain : numpy.ndarray of shape (n, n)
        Symmetric.
    seed : int
        Of the orders in which the states are tried.
    runs : int
        How many orders, 1 or more.

    Returns
    -------
    list of numpy.ndarray of shape (n,)
        The group of each state in each run, numbered from 0 in order of their first state.

    Examples
    --------
    >>> friends, foes = np.full((2, 2), 1.0), np.full((2, 2), -1.0)
    >>> find_groups(np.block([[friends, foes], [foes, friends]]), seed=0, runs=1)
    [array([0, 0, 1, 1])]
    """
    random = np.random.default_rng(seed)
    found = [_in_order(_one_run(gain, random)) for _ in range(runs)]
    return sorted(found, key=lambda groups: (-round(quality(gain, groups), 9), groups.tolist()))


def together(found: list[Whole]) -> Floats:
    """For each pair, the share of the runs, 0 to 1, in which both stand in one group.

    >>> together([np.array([0, 0]), np.array([0, 1])]).tolist()
    [[1.0, 0.5], [0.5, 1.0]]
    """
    return np.asarray(np.mean([groups[:, None] == groups for groups in found], axis=0))


def _one_run(gain: Floats, random: np.random.Generator) -> Whole:
    groups = _settle(gain, np.arange(len(gain)), random)
    while True:
        held = quality(gain, groups)
        joined = _settle(_between(gain, groups), np.arange(_count(groups)), random)[groups]
        refined = _settle(gain, joined, random)
        if quality(gain, refined) <= held + _LEAST_GAIN:
            return groups
        groups = refined


def _between(gain: Floats, groups: Whole) -> Floats:
    """Gains of groups from standing together, added up over their members."""
    member: npt.NDArray[np.float64] = np.eye(_count(groups))[groups]
    return np.asarray(member.T @ gain @ member)


def _settle(gain: Floats, start: Whole, random: np.random.Generator) -> Whole:
    """Move one at a time to where it gains most, until none moves."""
    groups, moved = start.copy(), True
    while moved:
        moved = False
        for one in random.permutation(len(groups)):
            here = groups[one]
            offers = np.bincount(groups, gain[one], minlength=_count(groups) + 1)  # the last: a group of its own
            offers[here] -= gain[one, one]
            best = int(np.argmax(offers))
            if offers[best] > offers[here] + _LEAST_GAIN:
                groups[one], moved = best, True
        groups = np.unique(groups, return_inverse=True)[1]
    return groups


def _in_order(groups: Whole) -> Whole:
    """The same groups, numbered in order of their first member."""
    _, first, place = np.unique(groups, return_index=True, return_inverse=True)
    return np.asarray(np.argsort(np.argsort(first))[place])


def _count(groups: Whole) -> int:
    return int(groups.max(initial=-1)) + 1
