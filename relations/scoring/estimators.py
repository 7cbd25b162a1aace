"""Which score do the decayed sums of a dyad give?"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from relations.records import STATES
from relations.scoring.buckets import Floats, Masses
from relations.scoring.intervals import interval
from relations.scoring.methods import point_scores
from relations.settings import Settings

#: Below this weight the evidence is thin: less than one fresh, certain event.
THIN_WEIGHT = 1.0
#: Evidence older than so many half-lives has faded.
FADED_HALF_LIVES = 2.0


class Estimate(NamedTuple):
    """Scores of dyads with their 90% intervals, all -10 to 10."""

    score: Floats
    low: Floats
    high: Floats


def estimate(masses: Masses, prior: Floats | float, settings: Settings) -> Estimate:
    """Scores of dyads by the method of the settings, with their intervals.

    Parameters
    ----------
    masses : Masses
        Decayed sums, see Buckets.decayed.
    prior : float or numpy.ndarray
        The prior of all dyads or of each, -10 to 10; see relations.scoring.priors.
    settings : Settings

    Examples
    --------
    >>> from datetime import date
    >>> from relations.scoring.buckets import add_up
    >>> day = date(2025, 9, 19)
    >>> buckets = add_up([("FRA", "MLI")], [0], [day.toordinal()], [1.0], [-6.0], [False])
    >>> estimate(buckets.decayed(day, 548), 0.0, Settings(k=2)).score.tolist()
    [-2.0]
    """
    score = point_scores(masses, prior, settings)
    rest = np.broadcast_to(np.asarray(prior, dtype=np.float64), score.shape)
    return Estimate(score, *interval(masses, rest, score, settings))


def states_of(masses: Masses, found: Estimate, today: int, settings: Settings) -> list[str]:
    """What to beware of in each score, the gravest first: faded, thin, contested, else ok."""
    old = np.zeros(len(found.score), dtype=bool)
    if settings.half_life_days is not None:
        old = today - masses.newest > FADED_HALF_LIVES * settings.half_life_days
    both = (masses.cooperation >= 1) & (masses.conflict >= 1)
    contested = both & (found.low <= 0) & (found.high >= 0)
    thin = masses.weight < THIN_WEIGHT
    number = np.select([old, thin, contested], [STATES.index(s) for s in ("faded", "thin", "contested")], 0)
    return [STATES[n] for n in number]
