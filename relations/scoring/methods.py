"""How do the events of a dyad become one number, and can that number be taken apart?"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

import numpy as np

from relations.errors import BadRecord
from relations.scoring.buckets import Days, Floats, Masses
from relations.scoring.extremes import worst_scores
from relations.scoring.yearly import yearly_scores
from relations.settings import Settings

#: Methods whose score is a prior plus one term for each event.
EXACT = frozenset({"mean", "sum"})
#: Methods that shrink or fall back to the prior; the others rest at 0.
WITH_PRIOR = frozenset({"mean", "worst"})
#: Sum of values that brings a score of method `sum` to 7.6 of 10: ten full days of the gravest conflict are 100.
SUM_SCALE = 30.0


def is_exact(method: str) -> bool:
    """Whether a score of this method is exactly the sum of what its events contribute; see `split`.

    >>> is_exact("mean"), is_exact("logratio")
    (True, False)
    """
    return method in EXACT


def uses_prior(method: str) -> bool:
    """Whether a dyad without evidence stands at the prior under this method; else it stands at 0.

    >>> uses_prior("mean"), uses_prior("sum")
    (True, False)
    """
    return method in WITH_PRIOR


def point_scores(masses: Masses, prior: Floats | float, settings: Settings) -> Floats:
    """Scores, -10 to 10, of dyads with some evidence behind them; see Settings.method for the formulas.

    Parameters
    ----------
    masses : Masses
        Decayed sums, as Buckets.decayed gives them.
    prior : float or numpy.ndarray
        Of all dyads or of each, -10 to 10.
    settings : Settings

    Raises
    ------
    BadRecord
        When the method asks for single days and the masses do not say what they are made of.
    """
    return np.clip(_SCORES[settings.method](masses, np.broadcast_to(prior, masses.weight.shape), settings), -10.0, 10.0)


def _mean(masses: Masses, prior: Floats, settings: Settings) -> Floats:
    return linear(masses.weight, masses.moment, prior, settings).score


def _sum(masses: Masses, prior: Floats, settings: Settings) -> Floats:
    return linear(masses.weight, masses.moment, prior, settings).score


def _log_ratio(masses: Masses, prior: Floats, settings: Settings) -> Floats:
    return scored_ratio(1 + masses.positive, 1 + negative(masses))


def _gge(masses: Masses, prior: Floats, settings: Settings) -> Floats:
    return yearly_scores(days_of(masses), len(masses.weight))


def _worst(masses: Masses, prior: Floats, settings: Settings) -> Floats:
    return worst_scores(days_of(masses), prior, settings.half_life_days)


_SCORES: Mapping[str, Callable[[Masses, Floats, Settings], Floats]] = {
    "mean": _mean, "sum": _sum, "logratio": _log_ratio, "gge": _gge, "worst": _worst,
}  # fmt: skip


def negative(masses: Masses) -> Floats:
    """Decayed sum of the negative values, as a number of 0 or more."""
    return np.maximum(masses.positive - masses.moment, 0.0)


def scored_ratio(for_it: Floats, against: Floats) -> Floats:
    """10 tanh(theta / 2) of a log ratio theta, which is the balance of the two.

    >>> scored_ratio(np.array([3.0]), np.array([1.0])).tolist()
    [5.0]
    """
    return np.asarray(10.0 * (for_it - against) / (for_it + against), dtype=np.float64)


def scored_sum(total: Floats) -> Floats:
    """A sum of values as a score, 10 tanh(S / 30)."""
    return np.asarray(10.0 * np.tanh(total / SUM_SCALE), dtype=np.float64)


def days_of(masses: Masses) -> Days:
    """The single days behind masses."""
    if masses.origin is None:
        raise BadRecord("These sums do not say which days they are made of. Take them from Buckets.decayed.")
    return masses.origin.days()


class Linear(NamedTuple):
    """Scores that are exact sums: score = rest + the sum over events of factor x weight x (value - rest).

    `rest` is where a dyad stands without its events, `factor` what one unit of decayed weight counts.
    """

    score: Floats
    rest: Floats
    factor: Floats


def linear(weight: Floats, moment: Floats, prior: Floats | float, settings: Settings) -> Linear:
    """Scores of an exact method from decayed sums, and how each event enters into them.

    Parameters
    ----------
    weight, moment : numpy.ndarray
        For each dyad W, the sum of decayed weights, and S, that of decayed weights x values.
    prior : float or numpy.ndarray
        Of all dyads or of each, -10 to 10.
    settings : Settings

    Raises
    ------
    BadRecord
        When the method has no exact split.

    Examples
    --------
    >>> found = linear(np.array([1.0]), np.array([-6.0]), 2.0, Settings(k=3))
    >>> found.score.tolist(), found.factor.tolist()
    ([0.0], [0.25])
    """
    _require_exact(settings.method)
    if settings.method == "mean":
        rest = np.broadcast_to(np.asarray(prior, dtype=np.float64), np.shape(weight))
        return Linear((settings.k * rest + moment) / (settings.k + weight), rest, 1.0 / (settings.k + weight))
    there = moment != 0  # at a sum of 0 the slope of tanh is left: 10 / 30
    slope = np.divide(scored_sum(moment), moment, out=np.full(np.shape(moment), 10.0 / SUM_SCALE), where=there)
    return Linear(scored_sum(moment), np.zeros(np.shape(weight)), slope)


class Split(NamedTuple):
    """A score taken apart: `prior` and the contributions, one an event, add up to it exactly.

    The shares, 0 to 1, are the parts of all that was weighed; with `prior_share` they add up to 1.
    """

    prior: float
    contributions: Floats
    prior_share: float
    shares: Floats


def split(weights: Floats, values: Floats, prior: float, settings: Settings) -> Split:
    """What each event of one dyad, and the prior, contribute to its score.

    Parameters
    ----------
    weights, values : numpy.ndarray
        Decayed weight and value of each event.
    prior : float
        Of this dyad, -10 to 10.
    settings : Settings

    Raises
    ------
    BadRecord
        When the method has no exact split; see `is_exact`.

    Examples
    --------
    >>> split(np.array([1.0, 1.0]), np.array([-6.0, 2.0]), 1.0, Settings(k=2)).contributions.tolist()
    [-1.75, 0.25]
    """
    mass = np.array([weights.sum()])
    found = linear(mass, np.array([(weights * values).sum()]), prior, settings)
    rest, factor = float(found.rest[0]), float(found.factor[0])
    weighed = float(mass[0]) + (settings.k if uses_prior(settings.method) else 0.0)
    shares = weights / weighed if weighed else weights
    return Split(rest, factor * weights * (values - rest), 1.0 - float(shares.sum()), shares)


def _require_exact(method: str) -> None:
    if not is_exact(method):
        raise BadRecord(
            f"A score of method {method!r} is no sum over its events. "
            f"Use method {' or '.join(sorted(EXACT))} to take it apart."
        )
