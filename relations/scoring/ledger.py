"""What is the evidence on every dyad, weighed once and scored on any day?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd

from relations.events.merging import merge_reports
from relations.events.schema import Coded, Columns, days_of
from relations.records import Score
from relations.scoring.buckets import Buckets, Floats, Masses, Whole, add_up, decay, sorted_places
from relations.scoring.estimators import Estimate, estimate, states_of
from relations.scoring.priors import Priors, corpus_mean, country_offsets, directed_priors
from relations.scoring.reciprocity import find_twins
from relations.scoring.weighing import Weighed, weigh_events
from relations.scoring.words import words_of
from relations.settings import Settings

#: Days over which a trend is taken.
TREND_DAYS = 365

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """All dyads of one day, mutual or directed: only those with evidence have a place.

    `m0` is the corpus mean, `priors` what each dyad is shrunk to, `prior_of` where any dyad would stand.
    """

    at: date
    directed: bool
    m0: float
    pairs: list[Pair]
    masses: Masses
    found: Estimate
    place: Mapping[Pair, int]
    score_of: Mapping[Pair, float]
    priors: Priors

    def prior_of(self, pair: Pair) -> float:
        """Where a dyad stands without its own events, whether it has some or not."""
        return self.priors.of(*pair)


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
    def from_reports(
        cls, reports: pd.DataFrame, settings: Settings, coded: Mapping[str, Coded] | None = None
    ) -> Ledger:
        """Merge the reports of a checked table, weigh the events and find those told from both sides.

        `coded` are columns of the table whose codes are known, as check_frame gives them.
        """
        told = Columns(reports, coded)
        events, event_of = merge_reports(reports)
        columns = told if len(events) == len(reports) else Columns(events)
        weighed = weigh_events(events, settings, columns)
        codes = _Codes.of(columns)
        twin = find_twins(reports, event_of, weighed.weight, codes.pair, codes.reverse, told)
        ledger = cls(events, reports, event_of, weighed, twin, settings)
        ledger.__dict__["codes"] = codes  # what the cached property would find again
        return ledger

    @cached_property
    def codes(self) -> _Codes:
        """Actors and dyads as numbers."""
        return _Codes.of(Columns(self.events))

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
            pairs, place = self.codes.met(keys)
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
        priors = self._priors(masses, at, directed)
        there = np.flatnonzero(masses.weight > 0)
        masses = masses.take(there)
        pairs = [buckets.pairs[n] for n in there]
        place = {pair: n for n, pair in enumerate(pairs)}
        found = estimate(masses, priors.each(pairs), self.settings)
        scores = dict(zip(pairs, found.score.tolist(), strict=True))
        return Reading(at, directed, priors.m0, pairs, masses, found, place, scores, priors)

    def _priors(self, masses: Masses, at: date, directed: bool) -> Priors:
        """Priors come from all mutual dyads, also those of directed scores."""
        if directed:
            mutual = self.reading(at)
            return replace(mutual.priors, scores=directed_priors(self.settings, mutual.score_of))
        m0 = corpus_mean(masses, self.settings)
        return Priors(m0, country_offsets(masses, m0, self.settings))

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
        words = words_of(found.score)
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
                word=word,
                state=state,
                n_events=events,
                weight=weight,
                newest=date.fromordinal(newest),
                trend=None if (then := a_year_ago.get((source, target))) is None else score - then,
            )
            for (source, target), state, word, score, low, high, events, weight, newest in zip(
                reading.pairs[chosen], states, words, *columns, strict=True
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
        order = sorted_places(self.codes.pair)
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
    def of(cls, columns: Columns) -> _Codes:
        source, target = columns["source"], columns["target"]
        actors = sorted({*source.values, *target.values})
        place = {actor: n for n, actor in enumerate(actors)}
        one, other = (side.lookup(place.__getitem__, np.int64) for side in (source, target))
        low, high = np.minimum(one, other), np.maximum(one, other)
        return cls(actors, one * len(actors) + other, low * len(actors) + high, one > other)

    def names(self, key: int) -> Pair:
        return self.actors[key // len(self.actors)], self.actors[key % len(self.actors)]

    def met(self, keys: Whole) -> tuple[list[Pair], Whole]:
        """The different dyads among numbers, in alphabetical order, and the place of each number's in them."""
        most = len(self.actors) ** 2
        if most > max(len(keys), 1_000_000):
            found, place = np.unique(keys, return_inverse=True)
        else:  # counting is faster than sorting while there are no more possible dyads than events
            found = np.flatnonzero(np.bincount(keys, minlength=most))
            numbers = np.zeros(most, dtype=np.int64)
            numbers[found] = np.arange(len(found))
            place = numbers[keys]
        ends = (np.array(self.actors, dtype=object)[number].tolist() for number in divmod(found, len(self.actors) or 1))
        return list(zip(*ends, strict=True)), place.astype(np.int64, copy=False)

    def key_of(self, one: str, other: str) -> int | None:
        """Number of two states, None when one of them is in no event."""
        if one not in self.actors or other not in self.actors:
            return None
        low, high = sorted((one, other))
        return self.actors.index(low) * len(self.actors) + self.actors.index(high)
