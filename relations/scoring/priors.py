"""Where does a dyad stand before its own events are asked?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from relations.scoring.buckets import Floats, Masses
from relations.scoring.methods import uses_prior
from relations.settings import Settings

#: Events at the corpus mean that shrink a country's own mean: with fewer, a country that was named once would move all
#: its pairs. Measured on ICEWS 2011-15 with this number.
COUNTRY_EVENTS = 10.0

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True, eq=False)
class Priors:
    """The prior of every dyad on one day, -10 to 10.

    Attributes
    ----------
    m0 : float
        The corpus mean, or 0.
    countries : mapping of str to float
        How far the mean of each country lies from m0; empty unless the prior is of countries.
    scores : mapping of tuple of str to float
        Mutual scores by alphabetical pair that are the priors of the directions; else empty.
    """

    m0: float
    countries: Mapping[str, float] = field(default_factory=dict)
    scores: Mapping[Pair, float] = field(default_factory=dict)

    def of(self, one: str, other: str) -> float:
        """The prior of a dyad, whether it has evidence or not; a country that is not known is like all.

        >>> Priors(2.0, {"PRK": -3.0}).of("PRK", "FRA")
        0.5
        """
        known = self.scores.get((one, other) if one < other else (other, one)) if self.scores else None
        if known is not None:
            return known
        if not self.countries:
            return self.m0
        return self.m0 + (self.countries.get(one, 0.0) + self.countries.get(other, 0.0)) / 2

    def each(self, pairs: Sequence[Pair]) -> Floats:
        """The priors of some dyads."""
        if not self.countries and not self.scores:
            return np.full(len(pairs), self.m0)
        return np.array([self.of(*pair) for pair in pairs], dtype=np.float64)


def corpus_mean(masses: Masses, settings: Settings) -> float:
    """Prior m0: where a dyad without evidence stands; the mean of all events, itself shrunk to 0.

    Under methods without a prior, and with prior `zero`, it is 0.

    Parameters
    ----------
    masses : Masses
        Of all mutual dyads at the day scored.
    settings : Settings
    """
    if settings.prior == "zero" or not uses_prior(settings.method):
        return 0.0
    weighed = float(masses.weight.sum()) + settings.prior_events
    return float(masses.moment.sum()) / weighed if weighed else 0.0


def country_offsets(masses: Masses, m0: float, settings: Settings) -> dict[str, float]:
    """How far each country's mean lies from m0: u_i = (S_i + 10 m0) / (W_i + 10) - m0 over all its dyads.

    Empty unless the prior is of countries and the method has one.

    Parameters
    ----------
    masses : Masses
        Of all mutual dyads at the day scored.
    m0 : float
    settings : Settings
    """
    if settings.prior != "country" or not uses_prior(settings.method) or masses.origin is None:
        return {}
    weights: dict[str, float] = {}
    moments: dict[str, float] = {}
    for pair, weight, moment in zip(masses.origin.pairs, masses.weight.tolist(), masses.moment.tolist(), strict=True):
        for country in pair:
            weights[country] = weights.get(country, 0.0) + weight
            moments[country] = moments.get(country, 0.0) + moment
    return {
        country: (moments[country] + COUNTRY_EVENTS * m0) / (weight + COUNTRY_EVENTS) - m0
        for country, weight in weights.items()
    }


def find_priors(masses: Masses, settings: Settings, mutual: Mapping[Pair, float] | None = None) -> Priors:
    """The priors of a day.

    Parameters
    ----------
    masses : Masses
        Of all mutual dyads at that day.
    settings : Settings
    mutual : mapping of tuple of str to float, optional
        Mutual scores of that day: for the priors of directed dyads.

    Examples
    --------
    >>> from datetime import date
    >>> from relations.scoring.buckets import add_up
    >>> day = date(2025, 9, 19)
    >>> buckets = add_up([("FRA", "MLI")], [0], [day.toordinal()], [1.0], [-6.0], [False])
    >>> round(find_priors(buckets.decayed(day, 548), Settings()).of("FRA", "TCD"), 4)
    -0.1176
    """
    m0 = corpus_mean(masses, settings)
    return Priors(m0, country_offsets(masses, m0, settings), directed_priors(settings, mutual))


def directed_priors(settings: Settings, mutual: Mapping[Pair, float] | None) -> Mapping[Pair, float]:
    """Mutual scores where they are the priors of the directions, else nothing."""
    wanted = settings.directed_prior == "pair" and uses_prior(settings.method)
    return mutual if wanted and mutual else {}
