"""Which hostile act weighs most, as far as it is remembered?"""

from __future__ import annotations

import numpy as np

from relations.scoring.buckets import Days, Floats, decay, runs


def worst_scores(days: Days, prior: Floats, half_life_days: float | None) -> Floats:
    """The prior, or below it the gravest hostile act, which fades towards the prior by its age.

    For each act of negative value x and weight c on its own day, of which d is left by decay, the score would be
    m + d (c x - m): an act that is not sure, or not the state's own, is a milder act; an act of a half-life ago stands
    half-way back to the prior m. The lowest of them counts where it lies below m. So one grave act outweighs any number
    of friendly ones, no number of mild ones makes a grave one, and a dyad without hostile acts stands at its prior.

    Parameters
    ----------
    days : Days
        Buckets up to the day scored.
    prior : numpy.ndarray
        Of each dyad, -10 to 10.
    half_life_days : float or None

    Examples
    --------
    >>> from datetime import date
    >>> from relations.scoring.buckets import add_up
    >>> day = date(2025, 9, 19)
    >>> buckets = add_up([("FRA", "MLI")], [0, 0], [day.toordinal()] * 2, [1.0, 0.5], [2.5, -9.0], [False, True])
    >>> worst_scores(buckets.decayed(day, None).origin.days(), np.array([1.0]), None).tolist()
    [-4.5]
    """
    found = np.array(prior, dtype=np.float64)
    if not len(days.dyad):
        return found
    starts = runs(days.dyad)
    lowest, left = days.column("lowest"), decay(days.age, half_life_days)
    dyad = days.dyad[starts]
    found[dyad] += np.minimum.reduceat(pulls(lowest, left, prior[days.dyad]), starts)
    return found


def pulls(lowest: Floats, left: Floats, prior: Floats) -> Floats:
    """How far below the prior the lowest weight x value of each day brings a score, 0 or less."""
    return np.where(lowest < 0, np.minimum(left * (lowest - prior), 0.0), 0.0)
