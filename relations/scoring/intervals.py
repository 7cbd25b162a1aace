"""How sure is a score?"""

from __future__ import annotations

import numpy as np

from relations.scoring.buckets import Floats, Masses
from relations.settings import VARIANCE_EVENTS, Z90, Settings


def variance_of_events(masses: Masses, settings: Settings) -> Floats:
    """Variance of a dyad's event values, shrunk to that within pairs in general by five pseudo-events."""
    seen = np.maximum(masses.weight, np.finfo(float).tiny)
    own = np.maximum(masses.square - masses.moment**2 / seen, 0.0)
    return (VARIANCE_EVENTS * settings.prior_variance + own) / (VARIANCE_EVENTS + masses.weight)


def crowding(masses: Masses) -> Floats:
    """How many times more alike reports are than if no two fell into one week; 1 or more."""
    known = masses.spread > 0
    return np.maximum(np.divide(masses.clustered, masses.spread, out=np.ones(len(known)), where=known), 1.0)


def effective_weight(masses: Masses) -> Floats:
    """Weight of the evidence if the events of one week count as one: W V / Vc, never more than W."""
    return np.asarray(masses.weight / crowding(masses), dtype=np.float64)


def half_width(masses: Masses, settings: Settings) -> Floats:
    """Half of the 90% interval: 1.645 standard errors of the normal posterior.

    The weight decays with age, so an interval widens while nothing is reported.
    """
    error = np.sqrt(variance_of_events(masses, settings) / (settings.k + effective_weight(masses)))
    return np.asarray(Z90 * error, dtype=np.float64)
