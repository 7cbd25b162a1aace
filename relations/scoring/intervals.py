"""How sure is a score?"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from relations.scoring.bootstrap import bootstrap_interval
from relations.scoring.buckets import Floats, Masses
from relations.scoring.methods import negative, scored_sum
from relations.scoring.yearly import HALF_LIFE_DAYS
from relations.settings import VARIANCE_EVENTS, Z90, Settings

#: Ends of an interval, -10 to 10.
Ends = tuple[Floats, Floats]


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


def interval(masses: Masses, prior: Floats, score: Floats, settings: Settings) -> Ends:
    """Both ends, -10 to 10, of the 90% intervals around scores; see Settings.interval.

    Parameters
    ----------
    masses : Masses
    prior, score : numpy.ndarray
        Of each dyad.
    settings : Settings
    """
    if settings.interval == "none":
        return score, score
    if settings.interval == "bootstrap":
        low, high = bootstrap_interval(masses, prior, settings)
    else:
        low, high = _POSTERIORS[settings.method](masses, score, settings)
    return np.clip(np.minimum(low, score), -10.0, 10.0), np.clip(np.maximum(high, score), -10.0, 10.0)


def _around(masses: Masses, score: Floats, settings: Settings) -> Ends:
    """The mean's own; of `worst` a rendering: one act is known no better than the events of its dyad together."""
    half = half_width(masses, settings)
    return score - half, score + half


def _of_years(masses: Masses, score: Floats, settings: Settings) -> Ends:
    """That of a mean whose evidence fades as fast as the index forgets."""
    origin = masses.origin
    if origin is not None:
        masses = origin.buckets.decayed(origin.at, HALF_LIFE_DAYS).take(origin.places)
    return _around(masses, score, settings)


def _of_ratio(masses: Masses, score: Floats, settings: Settings) -> Ends:
    """Both masses as gamma variables: theta varies by r / (1 + P*) + r / (1 + N*).

    r is the size of one event's value, its root mean square; P* and N* count the reports of one week as one.
    """
    size, alike = np.sqrt(_mean_square(masses, settings)), crowding(masses)
    spread = size / (1 + masses.positive / alike) + size / (1 + negative(masses) / alike)
    theta = 2 * np.arctanh(np.clip(score / 10, -1 + 1e-12, 1 - 1e-12))
    half = Z90 * np.sqrt(spread)
    return 10 * np.tanh((theta - half) / 2), 10 * np.tanh((theta + half) / 2)


def _of_sum(masses: Masses, score: Floats, settings: Settings) -> Ends:
    """How much is reported is a matter of chance too: S varies by the squared weekly weights, and k for the prior."""
    half = Z90 * np.sqrt((settings.k + masses.clustered) * _mean_square(masses, settings))
    return scored_sum(masses.moment - half), scored_sum(masses.moment + half)


_POSTERIORS: Mapping[str, Callable[[Masses, Floats, Settings], Ends]] = {
    "mean": _around, "worst": _around, "gge": _of_years, "logratio": _of_ratio, "sum": _of_sum,
}  # fmt: skip


def _mean_square(masses: Masses, settings: Settings) -> Floats:
    """Mean of squared values, shrunk to that within pairs in general by five pseudo-events."""
    shrunk = VARIANCE_EVENTS * settings.prior_variance + masses.square
    return np.asarray(shrunk / (VARIANCE_EVENTS + masses.weight), dtype=np.float64)
