"""How does scoring fit into scikit-learn's pipelines and parameter searches?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
from sklearn.base import BaseEstimator
from sklearn.utils.validation import check_is_fitted

from relations.countries import find_country
from relations.errors import BadInput, NoEvidence
from relations.records import Event
from relations.scoring.buckets import SUMS, Floats
from relations.scoring.days import Day, day_of
from relations.scoring.ledger import Pair
from relations.scoring.state import State
from relations.scoring.weighing import is_known_state
from relations.settings import Settings, Weights

_DEFAULTS = Settings()


class RelationScorer(BaseEstimator):  # type: ignore[misc]  # scikit-learn has no types
    """Scores of dyads as a scikit-learn estimator: fit on events, predict for pairs.

    Every parameter but `directed` is a setting of the same name, see Settings. What is learned is a State: sums by
    dyad and day, so that `partial_fit` with another day's events gives what `fit` on all of them gives.

    Parameters
    ----------
    method, half_life_days, k, prior, prior_events, directed_prior, interval, scale, actor_weights, seed, draws
        See Settings; checked when fitting.
    directed : bool, default=False
        Score what the first state of a pair does to the second, instead of both ways together.

    Attributes
    ----------
    state_ : State
        The sums of all events fitted.
    last_day_ : datetime.date or None
        Day of the newest event that counts, on which pairs are scored unless another day is asked for. None without
        any: then every score is the prior.
    n_events_ : int
        Events that count.
    notes_ : tuple of str
        What was left out of the events fitted last, in sentences.

    Notes
    -----
    It is no regressor in scikit-learn's sense, whose X is an array of numbers: `fit` takes a table of events (or a
    list of Event), `predict` pairs of states. Of `check_estimator` the checks of parameters, cloning and tags hold;
    those that fit random numbers cannot. It has no `transform`: a score belongs to a pair, not to a row of events.

    Examples
    --------
    >>> events = pd.DataFrame({"date": ["2025-09-15", "2025-09-19"], "source": "FRA", "target": ["MLI", "DEU"],
    ...     "type": ["SANCTION", "AID"]})
    >>> RelationScorer(prior="zero").fit(events).predict([("MLI", "FRA"), ("FRA", "RUS")]).round(2).tolist()
    [-1.99, 0.0]

    The half-life and k that forecast best on a feed of your own, each fold scored on the events that follow it:

    >>> from sklearn.model_selection import GridSearchCV, TimeSeriesSplit
    >>> feed = pd.concat([events] * 6, ignore_index=True).assign(date=pd.date_range("2025-01-01", periods=12))
    >>> grid = {"half_life_days": [180, 548, None], "k": [1, 2]}
    >>> GridSearchCV(RelationScorer(), grid, cv=TimeSeriesSplit(3)).fit(feed).best_params_["k"]
    1
    """

    def __init__(
        self,
        *,
        method: str = _DEFAULTS.method,
        half_life_days: float | None = _DEFAULTS.half_life_days,
        k: float = _DEFAULTS.k,
        prior: str = _DEFAULTS.prior,
        prior_events: float = _DEFAULTS.prior_events,
        directed_prior: str = _DEFAULTS.directed_prior,
        interval: str = _DEFAULTS.interval,
        scale: str = _DEFAULTS.scale,
        actor_weights: Weights | Mapping[str, float] = (),
        seed: int = _DEFAULTS.seed,
        draws: int = _DEFAULTS.draws,
        directed: bool = False,
    ) -> None:
        self.method = method
        self.half_life_days = half_life_days
        self.k = k
        self.prior = prior
        self.prior_events = prior_events
        self.directed_prior = directed_prior
        self.interval = interval
        self.scale = scale
        self.actor_weights = actor_weights
        self.seed = seed
        self.draws = draws
        self.directed = directed

    def fit(self, X: pd.DataFrame | Iterable[Event], y: Any = None) -> RelationScorer:
        """Learn from a table of events, forgetting any seen before.

        Parameters
        ----------
        X : pandas.DataFrame or iterable of Event
            Columns date, source, target and one of type, cameo, goldstein; see `Scores.from_events`.
        y : ignored
            For scikit-learn's sake.

        Raises
        ------
        BadInput
            When X is no table of events.
        BadRecord
            When a parameter is none that Settings takes.
        """
        return self._keep(State.from_events(_events(X), self._settings()))

    def partial_fit(self, X: pd.DataFrame | Iterable[Event], y: Any = None) -> RelationScorer:
        """Learn from one more batch of events, whole days best: the same event in two batches counts twice.

        Raises
        ------
        BadInput
            When X is no table of events.
        NotComparable
            When `scale` or `actor_weights` has been set anew since the first batch: those are in the sums.
        """
        batch = State.from_events(_events(X), self._settings())
        if not hasattr(self, "state_"):
            return self._keep(batch)
        return self._keep(self.state_.merge(batch), batch.notes)

    def predict(self, X: Any, at: Day | None = None) -> Floats:
        """Score of each pair, the prior where there is no evidence.

        Parameters
        ----------
        X : array-like of shape (n_pairs, 2), or pandas.DataFrame with columns source and target
            States by code or name. A table of events will do: each row gets the score of its pair.
        at : date or ISO string, optional
            Day to score, the newest of the events when left out. Later events do not count on it.

        Returns
        -------
        numpy.ndarray of shape (n_pairs,)
            From -10 to 10.

        Raises
        ------
        BadInput
            When X holds no pairs.
        NoSuchActor
            When a name is no state's.
        NoEvidence
            When a pair is a state with itself.
        """
        check_is_fitted(self)
        day = day_of(at) if at is not None else self.last_day_ or date.max
        reading = self.state_.reading(day, self.directed, self._settings())
        known = reading.score_of
        found = [known[pair] if pair in known else reading.prior_of(pair) for pair in self._pairs(X)]
        return np.array(found, dtype=np.float64)

    def score(self, X: Any, y: Any = None, sample_weight: Any = None) -> float:
        """How well the scores forecast: minus the root mean squared error, so that more is better.

        Without `y`, X is a table of events, and what is forecast is each dyad's weighted mean value over those of its
        events that are dated after all that was fitted; dyads count alike, and one without earlier evidence is forecast
        by the prior. With `y`, X holds pairs and `y` a number from -10 to 10 for each, of whatever origin.

        Both are on the `scale` fitted, so that errors on different scales do not compare. Sort events by date before
        splitting them with TimeSeriesSplit.

        Parameters
        ----------
        X : pandas.DataFrame or iterable of Event, or pairs as in `predict`
        y : array-like of shape (n_pairs,), optional
        sample_weight : array-like of shape (n_pairs,), optional
            With `y` only.

        Raises
        ------
        BadInput
            When X holds no event after the newest one fitted.
        """
        check_is_fitted(self)
        if y is None:
            pairs, truth = self._later_means(X)
            found = self.predict(pairs)
        else:
            found, truth = self.predict(X), np.asarray(y, dtype=np.float64)
        return -float(np.sqrt(np.average((found - truth) ** 2, weights=None if y is None else sample_weight)))

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.string = True
        tags.no_validation = True
        return tags

    def _settings(self) -> Settings:
        return Settings(**{field.name: getattr(self, field.name) for field in fields(Settings)})

    def _keep(self, state: State, notes: tuple[str, ...] | None = None) -> RelationScorer:
        self.state_ = state
        self.last_day_ = state.last
        self.n_events_ = state.n_events
        self.notes_ = state.notes if notes is None else notes
        return self

    def _pairs(self, X: Any) -> list[Pair]:
        codes = [tuple(_codes(column)) for column in _columns(X)]
        pairs = list(zip(*codes, strict=True))
        if odd := next((pair for pair in pairs if pair[0] == pair[1]), None):
            raise NoEvidence(f"{odd[0]} with itself has no score. Ask for two different states.")
        return pairs if self.directed else [(min(pair), max(pair)) for pair in pairs]

    def _later_means(self, X: pd.DataFrame | Iterable[Event]) -> tuple[list[Pair], Floats]:
        """Dyads of the events after the last day fitted, and the mean value of each."""
        buckets = State.from_events(_events(X), self._settings()).buckets(self.directed)
        later = buckets.day > (self.last_day_.toordinal() if self.last_day_ else 0)
        weight, moment = (
            np.bincount(buckets.pair[later], buckets.sums[later, SUMS.index(name)], len(buckets.pairs))
            for name in ("weight", "moment")
        )
        met = np.flatnonzero(weight > 0)
        if not len(met):
            raise BadInput(f"No event after {self.last_day_}, so no forecast can be judged. Sort the events by date.")
        return [buckets.pairs[n] for n in met], moment[met] / weight[met]


def _events(X: Any) -> pd.DataFrame | Iterable[Event]:
    if isinstance(X, pd.DataFrame) or (isinstance(X, Iterable) and not isinstance(X, (str, bytes, np.ndarray))):
        return X
    raise BadInput(f"Want a DataFrame of events, or Events, got {type(X).__name__}.")


def _columns(X: Any) -> tuple[Any, Any]:
    """First and second states of pairs, whatever holds them."""
    if isinstance(X, pd.DataFrame) and {"source", "target"} <= set(X.columns):
        return X["source"].tolist(), X["target"].tolist()
    rows = list(X) if isinstance(X, Iterable) and not isinstance(X, (str, pd.DataFrame)) else X
    rows = rows.to_numpy(dtype=object).tolist() if isinstance(rows, pd.DataFrame) else rows
    if not isinstance(rows, list) or not all(_is_pair(row) for row in rows):
        raise BadInput("Want pairs of states, such as [('FRA', 'MLI')], or a table with columns source and target.")
    return [row[0] for row in rows], [row[1] for row in rows]


def _is_pair(row: Any) -> bool:
    return isinstance(row, (tuple, list, np.ndarray)) and len(row) == 2


def _codes(names: list[Any]) -> list[str]:
    """Codes of states by code or name, each looked up once."""
    found = {name: name if is_known_state(name) else find_country(str(name)).code for name in set(names)}
    return [found[name] for name in names]
