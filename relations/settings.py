"""Which numbers can be tuned, and where does each come from?"""

from __future__ import annotations

from dataclasses import dataclass

from relations.errors import BadRecord

METHODS = ("mean",)
PRIORS = ("corpus", "zero")
INTERVALS = ("posterior", "none")
SCALES = ("plover", "goldstein")
CODERS = ("both", "rules", "classifier")


@dataclass(frozen=True, slots=True)
class Settings:
    """How events become scores; saved in every snapshot, because scores made otherwise do not compare.

    Attributes
    ----------
    method : {"mean"}
        Decayed, confidence-weighted mean of the events, shrunk to the prior.
    half_life_days : float or None
        Days in which an event's weight halves; None never forgets. 548 is the flat optimum of 90-day forecasts on
        ICEWS 2011-15 and of next-year forecasts on the GGE index.
    k : float
        Pseudo-events of the prior; 2 is the empirical Bayes value on ICEWS 2011-15.
    prior : {"corpus", "zero"}
        Where a pair without evidence stands: the mean of the whole corpus, or 0.
    prior_events : float
        Pseudo-events that shrink the corpus mean to 0, so that one article says little of what is routine.
    interval : {"posterior", "none"}
    scale : {"plover", "goldstein"}
        Values of events: PLOVER's conflict-cooperation scores by type and mode, or each event's Goldstein value.
    civil_weight : float
        Weight of civil, business, media, opposition and rebel actors, against 1 for the state's own; a crowd's
        PROTEST counts 1, being civil by definition.
    """

    method: str = "mean"
    half_life_days: float | None = 548.0
    k: float = 2.0
    prior: str = "corpus"
    prior_events: float = 50.0
    interval: str = "posterior"
    scale: str = "plover"
    civil_weight: float = 0.25

    def __post_init__(self) -> None:
        for name, value, allowed in (
            ("method", self.method, METHODS),
            ("prior", self.prior, PRIORS),
            ("interval", self.interval, INTERVALS),
            ("scale", self.scale, SCALES),
        ):
            if value not in allowed:
                raise BadRecord(f"No {name} {value!r}. Use one of {', '.join(allowed)}.")
        if self.half_life_days is not None and not self.half_life_days > 0:
            raise BadRecord(f"Want a half-life above 0 days or none, got {self.half_life_days}.")
        if not self.k > 0:
            raise BadRecord(f"Want k above 0, got {self.k}.")

    @property
    def prior_variance(self) -> float:
        """Within-pair variance of event values on this scale, measured on ICEWS, Aug-Oct 2018."""
        return {"plover": 7.1, "goldstein": 10.6}[self.scale]


#: Pseudo-observations behind `prior_variance` when a pair's own variance is estimated.
VARIANCE_EVENTS = 5.0
#: Two-sided 90% of the normal distribution.
Z90 = 1.645
