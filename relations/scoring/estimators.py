"""Which score do the decayed sums of a dyad give?"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from relations.records import STATES
from relations.scoring.buckets import Floats, Masses
from relations.scoring.intervals import half_width
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


def corpus_mean(masses: Masses, settings: Settings) -> float:
    """Prior m0: where a dyad without evidence stands; the mean of all events, itself shrunk to 0.

    Parameters
    ----------
    masses : Masses
        Of all mutual dyads at the day scored.
    """
    if settings.prior == "zero":
        return 0.0
    return float(masses.moment.sum() / (masses.weight.sum() + settings.prior_events))


def estimate(masses: Masses, m0: float, settings: Settings) -> Estimate:
    """Decayed, weighted mean of the events, shrunk to the prior: (k m0 + S) / (k + W).

    Parameters
    ----------
    masses : Masses
        Decayed sums, see Buckets.decayed.
    m0 : float
        The prior mean, -10 to 10.
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
    score = np.clip((settings.k * m0 + masses.moment) / (settings.k + masses.weight), -10.0, 10.0)
    half = half_width(masses, settings) if settings.interval == "posterior" else np.zeros(len(score))
    return Estimate(score, np.maximum(score - half, -10.0), np.minimum(score + half, 10.0))


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
