"""What is the evidence on every dyad, weighed once and scored on any day?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd

from relations.events.merging import merge_reports
from relations.events.schema import days_of, encode
from relations.records import Score
from relations.scoring.buckets import Buckets, Floats, Masses, Whole, add_up, decay
from relations.scoring.estimators import Estimate, corpus_mean, estimate, states_of
from relations.scoring.reciprocity import find_twins
from relations.scoring.weighing import Weighed, weigh_events
from relations.scoring.words import word_of
from relations.settings import Settings

#: Days over which a trend is taken.
TREND_DAYS = 365

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """All dyads of one day, mutual or directed: only those with evidence have a place."""

    at: date
    directed: bool
    m0: float
    pairs: list[Pair]
    masses: Masses
    found: Estimate
    place: Mapping[Pair, int]
    score_of: Mapping[Pair, float]


@dataclass(frozen=True, eq=False)
class Ledger:
    """Events with their weights, and the sums that any day's scores are made of.

    Attributes
    ----------
    events : pandas.DataFrame
        One row an event, in the schema's columns, with `outlets`.
    reports : pandas.DataFrame
        One row a report as it was read.
    event_of : numpy.ndarray
        The row of each report's event.
    weighed : Weighed
        Weight and value of each event, and why it weighs nothing.
    twin : numpy.ndarray
        For each event the one that stands for it in mutual scores, or -1.
    settings : Settings
    """

    events: pd.DataFrame
    reports: pd.DataFrame
    event_of: Whole
    weighed: Weighed
    twin: Whole
    settings: Settings
    _buckets: dict[bool, Buckets] = field(default_factory=dict, init=False, repr=False)
    _readings: dict[tuple[date, bool], Reading] = field(default_factory=dict, init=False, repr=False)

    @classmethod
    def from_reports(cls, reports: pd.DataFrame, settings: Settings) -> Ledger:
        """Merge the reports of a checked table, weigh the events and find those told from both sides."""
        events, event_of = merge_reports(reports)
        weighed = weigh_events(events, settings)
        codes = _Codes.of(events)
        twin = find_twins(reports, event_of, weighed.weight, codes.pair, codes.reverse)
        ledger = cls(events, reports, event_of, weighed, twin, settings)
        ledger.__dict__["codes"] = codes  # what the cached property would find again
        return ledger

    @cached_property
    def codes(self) -> _Codes:
        """Actors and dyads as numbers."""
        return _Codes.of(self.events)

    @cached_property
    def days(self) -> Whole:
        """Day ordinal of each event."""
        return days_of(self.events["date"])

    def counted(self, directed: bool) -> npt.NDArray[np.bool_]:
        """Events that count in directed or in mutual scores, whatever the day."""
        weighty = self.weighed.weight > 0
        return weighty if directed else weighty & (self.twin < 0)

    def buckets(self, directed: bool) -> Buckets:
        """Mergeable sums of all events that count."""
        if directed not in self._buckets:
            rows = np.flatnonzero(self.counted(directed))
            keys = self.codes.dyad[rows] if directed else self.codes.pair[rows]
            met, place = np.unique(keys, return_inverse=True)
            pairs = [self.codes.names(int(key)) for key in met]
            weighed = self.weighed
            self._buckets[directed] = add_up(
                pairs, place, self.days[rows], weighed.weight[rows], weighed.value[rows], weighed.forceful[rows]
            )
        return self._buckets[directed]

    def reading(self, at: date, directed: bool = False) -> Reading:
        """Scores of every dyad that has evidence on a day."""
        key = (at, directed)
        if key not in self._readings:
            self._readings[key] = self._read(at, directed)
        return self._readings[key]

    def _read(self, at: date, directed: bool) -> Reading:
        buckets = self.buckets(directed)
        masses = buckets.decayed(at, self.settings.half_life_days)
        m0 = self.reading(at).m0 if directed else corpus_mean(masses, self.settings)
        there = np.flatnonzero(masses.weight > 0)
        masses = masses.take(there)
        pairs = [buckets.pairs[n] for n in there]
        place = {pair: n for n, pair in enumerate(pairs)}
        found = estimate(masses, m0, self.settings)
        scores = dict(zip(pairs, found.score.tolist(), strict=True))
        return Reading(at, directed, m0, pairs, masses, found, place, scores)

    def scores(self, at: date, directed: bool = False) -> list[Score]:
        """Score records of a day, in the order of their dyads."""
        return self._records(self.reading(at, directed), None)

    def score(self, at: date, pair: Pair, directed: bool = False) -> Score | None:
        """One dyad's score on a day, None without evidence."""
        reading = self.reading(at, directed)
        place = reading.place.get(pair)
        return None if place is None else self._records(reading, place)[0]

    def _records(self, reading: Reading, place: int | None) -> list[Score]:
        """Records of all dyads of a reading, or of one."""
        chosen = slice(None) if place is None else slice(place, place + 1)
        masses = reading.masses.take(chosen)
        found = Estimate(*(column[chosen] for column in reading.found))
        states = states_of(masses, found, reading.at.toordinal(), self.settings)
        columns = [column.tolist() for column in (*found, masses.events, masses.weight, masses.newest)]
        a_year_ago = self._a_year_before(reading)
        return [
            Score(
                at=reading.at,
                source=source,
                target=target,
                directed=reading.directed,
                score=score,
                low=low,
                high=high,
                word=word_of(score),
                state=state,
                n_events=events,
                weight=weight,
                newest=date.fromordinal(newest),
                trend=None if (then := a_year_ago.get((source, target))) is None else score - then,
            )
            for (source, target), state, score, low, high, events, weight, newest in zip(
                reading.pairs[chosen], states, *columns, strict=True
            )
        ]

    def _a_year_before(self, reading: Reading) -> Mapping[Pair, float]:
        """Scores of the dyads that had evidence a year before."""
        if reading.at.toordinal() <= TREND_DAYS:
            return {}
        return self.reading(reading.at - timedelta(days=TREND_DAYS), reading.directed).score_of

    def rows_of(self, one: str, other: str) -> Whole:
        """Rows of all events between two actors, both ways, by date and id."""
        key = self.codes.key_of(one, other)
        if key is None:
            return np.empty(0, dtype=np.int64)
        sorted_pairs, order = self._by_pair
        found = order[np.searchsorted(sorted_pairs, key) : np.searchsorted(sorted_pairs, key, side="right")]
        ids = self.events["id"].iloc[found].to_numpy(dtype=object)
        return found[np.lexsort((np.argsort(np.argsort(ids)), self.days[found]))]

    @cached_property
    def _by_pair(self) -> tuple[Whole, Whole]:
        order = np.argsort(self.codes.pair, kind="stable")
        return self.codes.pair[order], order

    def reports_of(self, event: int) -> Whole:
        """Rows of all reports of an event, by date."""
        events, order = self._by_event
        return order[np.searchsorted(events, event) : np.searchsorted(events, event, side="right")]

    @cached_property
    def report_counts(self) -> Whole:
        """How many reports tell of each event."""
        return np.bincount(self.event_of, minlength=len(self.events))

    @cached_property
    def _by_event(self) -> tuple[Whole, Whole]:
        order = np.lexsort((days_of(self.reports["date"]), self.event_of))
        return self.event_of[order], order

    def decayed_weights(self, rows: Whole, at: date) -> Floats:
        """What is left, on a day, of the weights of some events; 0 for later ones."""
        age = at.toordinal() - self.days[rows]
        return self.weighed.weight[rows] * decay(age, self.settings.half_life_days) * (age >= 0)


@dataclass(frozen=True, slots=True, eq=False)
class _Codes:
    """Actors in alphabetical order, and for each event its dyad and its two states as one number each."""

    actors: list[str]
    dyad: Whole
    pair: Whole
    reverse: npt.NDArray[np.bool_]

    @classmethod
    def of(cls, events: pd.DataFrame) -> _Codes:
        source, target = encode(events["source"]), encode(events["target"])
        actors = sorted({*source.values, *target.values})
        place = {actor: n for n, actor in enumerate(actors)}
        one, other = (side.lookup(place.__getitem__, np.int64) for side in (source, target))
        low, high = np.minimum(one, other), np.maximum(one, other)
        return cls(actors, one * len(actors) + other, low * len(actors) + high, one > other)

    def names(self, key: int) -> Pair:
        return self.actors[key // len(self.actors)], self.actors[key % len(self.actors)]

    def key_of(self, one: str, other: str) -> int | None:
        """Number of two states, None when one of them is in no event."""
        if one not in self.actors or other not in self.actors:
            return None
        low, high = sorted((one, other))
        return self.actors.index(low) * len(self.actors) + self.actors.index(high)
