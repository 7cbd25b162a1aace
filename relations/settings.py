"""Which numbers can be tuned, and where does each come from?"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import InitVar, dataclass
from numbers import Integral, Real
from types import MappingProxyType
from typing import Any

from relations.errors import BadRecord

METHODS = ("mean", "logratio", "sum", "gge", "worst")
PRIORS = ("corpus", "zero", "country")
DIRECTED_PRIORS = ("same", "pair")
INTERVALS = ("posterior", "bootstrap", "none")
SCALES = ("plover", "goldstein", "own")
CODERS = ("both", "rules", "classifier")

#: Half-lives by name, in days: for news that moves fast, the default, and for the slow frame of a relation.
HALF_LIVES: Mapping[str, float | None] = MappingProxyType(
    {"fast": 180.0, "default": 548.0, "structural": 1096.0, "none": None}
)
#: Roles that do not act for their state; `civil` stands for all of them where weights are given.
CIVIL_ROLES = ("BUS", "CVL", "MED", "OPP", "REB")
CIVIL = "civil"
#: Weight of each of them: on the same 395 pairs of ICEWS18 the rank correlation with the GGE index rises from .52 with
#: all actors alike to .59 at .25 and .62 without them; small dossiers need the evidence, so they are not left out.
CIVIL_WEIGHT = 0.25
#: For feeds of some ten thousand events, where the state's own acts are evidence enough: `civil` weighs nothing.
LARGE_FEED: Mapping[str, float] = MappingProxyType({CIVIL: 0.0})

_ROLE = re.compile(r"[A-Z]{3}")
#: Fewer draws make no 5th percentile; more fill the memory.
FEWEST_DRAWS, MOST_DRAWS = 100, 10_000

Weights = tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Settings:
    """How events become scores; saved in every snapshot, because scores made otherwise do not compare.

    In the formulas an event has a value x, -10 to 10, and on the day scored a weight w, 0 to 1: the coder's confidence
    times the weight of its actors times 2^(-age / half-life). W, S and Q are the sums of w, w x and w x^2 over the
    events of a dyad, m its prior.

    Attributes
    ----------
    method : {"mean", "logratio", "sum", "gge", "worst"}
        How the events of a dyad become one number, -10 to 10.

        ``mean``: (k m + S) / (k + W), the decayed mean shrunk to the prior; the default, best in forecasts (rank
        correlation .48 with the next 90 days on ICEWS 2011-15) and exactly explained.
        ``logratio``: 10 tanh(theta / 2), theta = ln((1 + P) / (1 + N)), with P and N the decayed sums of positive and
        of negative values: the balance of cooperation and conflict, which volume saturates. Rests at 0, whatever the
        prior. After the logit scale of Lowe, Benoit, Mikhaylov & Laver (2011); as good as the mean against rivalries.
        ``sum``: 10 tanh(S / 30). Depends on how much is written about a dyad: for replication only. Rests at 0.
        ``gge``: yearly means joined with a memory that loses 30% a year, Fan (2025), arXiv 2507.04833; see
        relations.scoring.yearly. For comparison with that index. Rests at 0 and has its own memory: `half_life_days`
        is for the weight and the states shown beside it.
        ``worst``: the prior, or the gravest hostile act as far as it is remembered, min(m, m + d (c x - m)), with c
        the weight on its own day and d its decay: which pairs have lately had a crisis (rivalry AUC .85 on ICEWS18
        against .81 of the mean). One false report is enough to move it.
    half_life_days : float or None
        Days in which an event's weight halves, above 0; None never forgets. 548 is in the middle of the flat optimum
        (365 to 730) of 90-day forecasts on ICEWS 2011-15 and of next-year forecasts on the GGE index. 180 follows the
        news more nervously, 1096 shows the frame of a relation; below 90 forecasts get clearly worse.
    k : float
        Events that the prior counts for, above 0. 2 is the empirical Bayes value sigma^2 / tau^2 on ICEWS 2011-15
        (2.3 to 3.0), flat from 1 to 10. 1 suits curated yearly events, 5 to 10 noisy feeds such as GDELT.
    prior : {"corpus", "zero", "country"}
        Where a dyad without evidence stands, m.

        ``corpus``: m0, the mean of all events at that day, itself shrunk to 0 by `prior_events`: what is routine.
        ``zero``: 0. Makes quiet pairs look hostile (rivalry AUC .81 to .76); for data that are already centred.
        ``country``: m0 + (u_i + u_j) / 2 with u_i = (S_i + 10 m0) / (W_i + 10) - m0 over all dyads of country i.
        Better for pairs with one to three events (rank correlation .37 to .42), but then other pairs' events are a
        part of the score.
    prior_events : float
        Events of value 0 that shrink the corpus mean to 0, 0 or more, so that one article says little of what is
        routine. 50: a dossier rests near 0, a wire of some hundred events at its own tone.
    directed_prior : {"same", "pair"}
        The prior of a directed score: ``same`` as that of the mutual one, or ``pair``, the mutual score of the two
        (rank correlation .424 against .412 on ICEWS 2011-15): better with few events a direction, but each direction
        then holds evidence of the other.
    interval : {"posterior", "bootstrap", "none"}
        The 90% interval beside a score.

        ``posterior``: the normal posterior, 1.645 sqrt(s2 / (k + W*)), where the reports of one week count as one;
        covers .87 of the means of the next 90 days. Of methods other than `mean` a rendering of the same reasoning
        whose coverage was not measured.
        ``bootstrap``: the Bayesian bootstrap of Rubin (1981) over the weeks of a pair, with the prior as k further
        events. How sure the score is of what was reported, without assuming how values are distributed; narrower than
        the posterior where there are many events, since it leaves room for chance and none for what next month brings.
        ``none``: low and high are the score.
    scale : {"plover", "goldstein", "own"}
        The values of events, -10 to 10.

        ``plover``: conflict-cooperation scores of PLOVER types and modes (PLOVER manual, 2021): for texts. Statements
        and appeals (CAMEO 01, 02) have none.
        ``goldstein``: Goldstein's (1992) values of CAMEO codes in this package's table, whatever the file says, so
        that files of different makers are on one scale; events without a code have the value in their column
        `goldstein`, which is typical of their type when it was empty.
        ``own``: the column `goldstein` as the file has it. The makers' tables differ (GDELT has -2 for code 016, ICEWS
        -5); use it to reproduce what was computed from that file.
    actor_weights : mapping of str to float
        Weights of actors by role, 0 to 1; the lower of source and target counts, and a crowd's PROTEST weighs 1, being
        civil by definition. BUS, CVL, MED, OPP and REB weigh 0.25 unless given, all others and unknown ones 1. The key
        `civil` sets those five at once; LARGE_FEED is that at 0. Kept as sorted pairs, so that settings can be hashed.
    seed : int
        Of the bootstrap, 0 or more: the same seed gives the same interval.
    draws : int
        Of the bootstrap, 100 to 10,000. With 1000 an end of an interval is off by some 3% of its width.
    civil_weight : float, optional
        One weight for all civil roles; what snapshots had before `actor_weights`. Read, never written.

    Raises
    ------
    BadRecord
        When a value is out of its range.

    Examples
    --------
    >>> Settings(actor_weights={"CVL": 0.5}).weight_of("CVL"), Settings(actor_weights=LARGE_FEED).weight_of("REB")
    (0.5, 0.0)
    >>> Settings(method="magic")
    Traceback (most recent call last):
    relations.errors.BadRecord: No method 'magic'. Use one of mean, logratio, sum, gge, worst.
    """

    method: str = "mean"
    half_life_days: float | None = 548.0
    k: float = 2.0
    prior: str = "corpus"
    prior_events: float = 50.0
    directed_prior: str = "same"
    interval: str = "posterior"
    scale: str = "plover"
    actor_weights: Weights | Mapping[str, float] = ()
    seed: int = 0
    draws: int = 1000
    civil_weight: InitVar[float | None] = None

    def __post_init__(self, civil_weight: float | None) -> None:
        for name, allowed in (
            ("method", METHODS),
            ("prior", PRIORS),
            ("directed_prior", DIRECTED_PRIORS),
            ("interval", INTERVALS),
            ("scale", SCALES),
        ):
            if getattr(self, name) not in allowed:
                raise BadRecord(f"No {name} {getattr(self, name)!r}. Use one of {', '.join(allowed)}.")
        if self.half_life_days is not None and not (_is_number(self.half_life_days) and self.half_life_days > 0):
            raise BadRecord(f"Want a half-life above 0 days, or none to forget nothing, got {self.half_life_days!r}.")
        if not (_is_number(self.k) and self.k > 0):
            raise BadRecord(f"Want k above 0, got {self.k!r}. The default is 2.")
        if not (_is_number(self.prior_events) and self.prior_events >= 0):
            raise BadRecord(f"Want prior_events of 0 or more, got {self.prior_events!r}. The default is 50.")
        _require_whole("seed", self.seed, 0, 2**63 - 1)
        _require_whole("draws", self.draws, FEWEST_DRAWS, MOST_DRAWS)
        named = {} if civil_weight is None else {CIVIL: civil_weight}
        plain: dict[str, Any] = {"actor_weights": _weights(self.actor_weights, named)}
        plain |= {name: float(getattr(self, name)) for name in ("k", "prior_events")}
        plain |= {name: int(getattr(self, name)) for name in ("seed", "draws")}
        if self.half_life_days is not None:
            plain["half_life_days"] = float(self.half_life_days)
        for name, value in plain.items():  # equal settings are written down alike
            object.__setattr__(self, name, value)

    def weight_of(self, role: str) -> float:
        """Weight of an actor's role, 0 to 1; 1 when it is unknown.

        >>> Settings().weight_of("CVL"), Settings().weight_of("GOV"), Settings().weight_of("")
        (0.25, 1.0, 1.0)
        """
        return dict(self.actor_weights).get(role, 1.0)

    @property
    def prior_variance(self) -> float:
        """Within-pair variance of event values on this scale, measured on ICEWS, Aug-Oct 2018."""
        return {"plover": 7.1, "goldstein": 10.6, "own": 10.6}[self.scale]


def _is_number(value: Any) -> bool:
    return isinstance(value, Real) and not isinstance(value, bool) and math.isfinite(value)


def _require_whole(name: str, value: Any, least: int, most: int) -> None:
    if not isinstance(value, Integral) or isinstance(value, bool) or not least <= int(value) <= most:
        raise BadRecord(f"Want {name} as a whole number from {least} to {most}, got {value!r}.")


def _weights(given: Mapping[str, float] | Iterable[tuple[str, float]], named: Mapping[str, float]) -> Weights:
    """Weights of all civil roles, and of others where they are not 1, sorted by role."""
    try:
        pairs = {str(role): weight for role, weight in {**dict(given), **named}.items()}
    except (TypeError, ValueError):
        raise BadRecord(
            f"No actor weights: {given!r}. Write a mapping of roles to weights, as {{'CVL': 0.5}}."
        ) from None
    for role, weight in pairs.items():
        if not (_is_number(weight) and 0 <= weight <= 1):
            raise BadRecord(f"Want a weight from 0 to 1 for actors of role {role!r}, got {weight!r}.")
        if role != CIVIL and not _ROLE.fullmatch(role):
            raise BadRecord(
                f"No role of an actor: {role!r}. Write three capitals, as CVL or MIL, or {CIVIL} for"
                " all that do not act for their state."
            )
    found = {role: float(pairs.get(CIVIL, CIVIL_WEIGHT)) for role in CIVIL_ROLES}
    found |= {role: float(weight) for role, weight in pairs.items() if role != CIVIL}
    return tuple(sorted((role, weight) for role, weight in found.items() if weight != 1 or role in CIVIL_ROLES))


#: Pseudo-observations behind `prior_variance` when a pair's own variance is estimated.
VARIANCE_EVENTS = 5.0
#: Two-sided 90% of the normal distribution.
Z90 = 1.645
