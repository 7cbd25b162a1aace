"""How far would a score move if other weeks had been reported?"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from hashlib import blake2b
from typing import NamedTuple

import numpy as np

from relations.scoring.buckets import Days, Floats, Masses, Whole, decay, runs, week_of
from relations.scoring.extremes import pulls
from relations.scoring.methods import days_of, scored_ratio, scored_sum
from relations.scoring.yearly import remember, years_ago
from relations.settings import Settings

#: Ends of a 90% interval.
_ENDS = (0.05, 0.95)
#: Dyads whose draws are held at once: 256 x 1000 draws are 2 MB.
_AT_ONCE = 256


class _Draws(NamedTuple):
    """What chance says for one dyad: a row of `weeks` for each of its weeks, all else one number a draw.

    `pseudo` is the weight of the prior's k events, gamma distributed; `noise` is standard normal, `two` are a pair of
    exponential weights.
    """

    noise: Floats
    pseudo: Floats
    two: Floats
    weeks: Floats


def bootstrap_interval(masses: Masses, prior: Floats, settings: Settings) -> tuple[Floats, Floats]:
    """The 5th and 95th percentile of scores whose weeks are weighed anew, draw by draw.

    Each week of a dyad gets an exponential weight, the same for all its reports, since they tell of one episode;
    divided by their sum these are the Dirichlet weights of the Bayesian bootstrap (Rubin 1981). The prior takes part
    as k further events of unknown value: a gamma-distributed weight at a normal value around m with variance sigma^2 /
    k, the posterior of a Dirichlet process (Ferguson 1973), so that a dyad with one event has no interval of width 0
    and one without has that of the prior. Methods without a prior of their own get the like: `logratio` random
    pseudo-masses, `sum` k events of random value, `gge` k events around its own score.

    The draws of a dyad come from `settings.seed` and its name alone, those of its oldest week first: neither the order
    of events nor the other dyads matter, and a new week changes no earlier draw.

    Parameters
    ----------
    masses : Masses
        As Buckets.decayed gives them.
    prior : numpy.ndarray
        Of each dyad, -10 to 10.
    settings : Settings

    Returns
    -------
    low, high : numpy.ndarray
        Not clipped to the score's range.

    References
    ----------
    Rubin (1981), The Bayesian Bootstrap, Annals of Statistics 9(1). Ferguson (1973), Annals of Statistics 1(2).
    """
    days = days_of(masses)
    pairs = masses.origin.pairs if masses.origin is not None else []
    edges = np.searchsorted(days.dyad, np.arange(len(pairs) + 1))
    ends = np.empty((2, len(pairs)))
    resample = _METHODS[settings.method]
    for start in range(0, len(pairs), _AT_ONCE):
        chosen = range(start, min(start + _AT_ONCE, len(pairs)))
        drawn = np.empty((len(chosen), settings.draws))
        for row, number in enumerate(chosen):
            own = days.rows(slice(edges[number], edges[number + 1]))
            week = np.cumsum(np.diff(week_of(own.day), prepend=0) != 0) - 1
            weeks = int(week[-1]) + 1 if len(week) else 0
            draws = _draw(pairs[number], weeks, settings)
            drawn[row] = resample(own, week, draws, float(prior[number]), settings)
        ends[:, start : start + len(chosen)] = np.quantile(drawn, _ENDS, axis=1)
    return ends[0], ends[1]


def _draw(pair: tuple[str, str], weeks: int, settings: Settings) -> _Draws:
    name = blake2b("-".join(pair).encode(), digest_size=8).digest()
    chance = np.random.default_rng([settings.seed, int.from_bytes(name, "big")])
    draws = settings.draws
    return _Draws(
        chance.standard_normal(draws),
        chance.standard_gamma(settings.k, draws),
        chance.standard_exponential((2, draws)),
        chance.standard_exponential((weeks, draws)),
    )


def _around(middle: Floats | float, draws: _Draws, settings: Settings) -> Floats:
    """The mean value of the prior's k events, unknown but for its spread."""
    return np.asarray(middle + draws.noise * np.sqrt(settings.prior_variance / settings.k), dtype=np.float64)


def _weekly(days: Days, week: Whole, draws: _Draws, name: str, settings: Settings) -> Floats:
    """A decayed sum with its weeks weighed anew: one number a draw."""
    each = decay(days.age, settings.half_life_days) * days.column(name)
    return np.asarray(np.bincount(week, each, minlength=len(draws.weeks)) @ draws.weeks, dtype=np.float64)


def _mean(days: Days, week: Whole, draws: _Draws, prior: float, settings: Settings) -> Floats:
    weight, moment = (_weekly(days, week, draws, name, settings) for name in ("weight", "moment"))
    return (draws.pseudo * _around(prior, draws, settings) + moment) / (draws.pseudo + weight)


def _log_ratio(days: Days, week: Whole, draws: _Draws, prior: float, settings: Settings) -> Floats:
    positive, moment = (_weekly(days, week, draws, name, settings) for name in ("positive", "moment"))
    return scored_ratio(draws.two[0] + positive, draws.two[1] + np.maximum(positive - moment, 0.0))


def _sum(days: Days, week: Whole, draws: _Draws, prior: float, settings: Settings) -> Floats:
    unseen = draws.noise * np.sqrt(settings.k * settings.prior_variance)
    return scored_sum(_weekly(days, week, draws, "moment", settings) + unseen)


def _gge(days: Days, week: Whole, draws: _Draws, prior: float, settings: Settings) -> Floats:
    year = years_ago(days.age)
    starts = runs(year)
    dyad = np.zeros(len(starts), dtype=np.int64)
    weigh = draws.weeks[week]
    weight, moment = (np.add.reduceat(days.column(name)[:, None] * weigh, starts) for name in ("weight", "moment"))
    [score], [memory] = remember(dyad, year[starts], weight, moment, count=1)
    unsure = draws.pseudo * _around(score, draws, settings) + memory * score
    return np.asarray(unsure / (draws.pseudo + memory), dtype=np.float64)


def _worst(days: Days, week: Whole, draws: _Draws, prior: float, settings: Settings) -> Floats:
    """An act whose week weighs less is a milder one, as one that is not sure; none is graver than it was told."""
    rest = _around(prior, draws, settings)
    milder = np.minimum(draws.weeks, 1.0)[week] * days.column("lowest")[:, None]
    left = decay(days.age, settings.half_life_days)[:, None]
    return np.asarray(rest + pulls(milder, left, rest).min(axis=0, initial=0.0), dtype=np.float64)


_METHODS: Mapping[str, Callable[[Days, Whole, _Draws, float, Settings], Floats]] = {
    "mean": _mean, "logratio": _log_ratio, "sum": _sum, "gge": _gge, "worst": _worst,
}  # fmt: skip
