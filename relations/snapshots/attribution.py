"""How is the change of a score split, by cause and by event?"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from math import factorial
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from relations.records import Change
from relations.scoring.buckets import Floats, Whole, add_up, decay
from relations.scoring.estimators import states_of
from relations.scoring.intervals import crowding, variance_of_events
from relations.scoring.ledger import Ledger, Pair, Reading
from relations.scoring.methods import is_exact, linear, point_scores, uses_prior
from relations.scoring.wording import NO_DATA
from relations.settings import Z90, Settings

#: Why a score moves, in the order of the fixed path along which a change is split.
CAUSES = ("prior", "removed", "revised", "decay", "added")
#: Ways to share a change among its causes: along the fixed path, or as the mean over all 120 orders.
ORDERS = ("path", "shapley")


@dataclass(frozen=True, slots=True)
class _Side:
    """The events of one snapshot laid on the union of both: weight on its own day, value and day; 0 where absent."""

    there: Any
    weight: Floats
    value: Floats
    day: Whole


class _Split(NamedTuple):
    """Share and contribution of each event, and where each dyad stands without its events."""

    share: Floats
    points: Floats
    rest: Floats


class Attribution:
    """All events that count in either of two snapshots, by dyad, and what each of them and each cause moved.

    Parameters
    ----------
    first, second : Ledger
        Evidence before and after, weighed under the same settings.
    before, after : datetime.date
    order : {"path", "shapley"}
        How a change is shared among its causes. `path` recomputes the score along CAUSES, so that what comes later
        acts on what came before; `shapley` takes the mean over all orders of the five causes, which favours none.
        Both add up to the change.

    References
    ----------
    Shapley (1953), A value for n-person games: the only split that is complete, symmetric and additive.
    """

    def __init__(self, first: Ledger, before: date, second: Ledger, after: date, order: str = "path") -> None:
        self.settings = first.settings
        self.exact = is_exact(self.settings.method)
        self.readings = first.reading(before), second.reading(after)
        self.days = before, after
        rows = [_counted_rows(ledger, at) for ledger, at in ((first, before), (second, after))]
        keys = [_keys(ledger, part) for ledger, part in zip((first, second), rows, strict=True)]
        union = keys[0].append(keys[1]).drop_duplicates().sort_values()
        self.ids = union.get_level_values(2).to_numpy(dtype=object)
        self.sides = [_lay(union, *part) for part in zip(keys, (first, second), rows, strict=True)]
        names = list(zip(union.get_level_values(0), union.get_level_values(1), strict=True))
        self.pairs: list[Pair] = sorted(set(names))
        place = {pair: number for number, pair in enumerate(self.pairs)}
        self.pair = np.array([place[name] for name in names], dtype=np.int64)
        self.starts = np.searchsorted(self.pair, np.arange(len(self.pairs) + 1))
        self.priors = [reading.priors.each(self.pairs) for reading in self.readings]
        self.before, self.after = self._world(()), self._world(CAUSES)
        self.causes = self._along_the_path() if order == "path" else self._over_all_orders()
        self.splits = [
            self._split(side, day, prior) for side, day, prior in zip(self.sides, self.days, self.priors, strict=True)
        ]
        self.states = [_states(reading, self.settings) for reading in self.readings]
        self.noise = self._noise()

    def _sum(self, column: Floats) -> Floats:
        """Sums of a column of events, one for each dyad."""
        return np.bincount(self.pair, column, minlength=len(self.pairs)).astype(np.float64)

    def _left(self, side: _Side, today: date) -> Floats:
        return side.weight * decay(today.toordinal() - side.day, self.settings.half_life_days)

    def _world(self, done: Collection[str]) -> Floats:
        """Score of each dyad when some causes have acted already and the others not yet.

        Before time has passed, added events count as if they were of that day.
        """
        one, two = self.sides
        kept = one.there & two.there
        parts = [(two if "revised" in done else one, kept)]
        parts += [] if "removed" in done else [(one, one.there & ~two.there)]
        parts += [(two, two.there & ~one.there)] if "added" in done else []
        return self._scores(parts, self.days["decay" in done], self.priors["prior" in done])

    def _scores(self, parts: Sequence[tuple[_Side, Any]], today: date, prior: Floats) -> Floats:
        """Scores of all dyads on a day, from the chosen events of one side or both."""
        if self.exact:
            mass = moment = np.zeros(len(self.pairs))
            for side, chosen in parts:
                weight = self._left(side, today) * chosen
                mass, moment = mass + self._sum(weight), moment + self._sum(weight * side.value)
            return np.clip(linear(mass, moment, prior, self.settings).score, -10.0, 10.0)
        rows = [(np.flatnonzero(chosen), side) for side, chosen in parts]
        pair, day, weight, value = (
            np.concatenate(columns)
            for columns in zip(
                *(
                    (self.pair[at], np.minimum(side.day[at], today.toordinal()), side.weight[at], side.value[at])
                    for at, side in rows
                ),
                strict=True,
            )
        )
        found = prior.copy() if uses_prior(self.settings.method) else np.zeros(len(self.pairs))
        if len(pair):
            met, places = np.unique(pair, return_inverse=True)
            buckets = add_up([self.pairs[n] for n in met], places, day, weight, value, np.zeros(len(pair)))
            masses = buckets.decayed(today, self.settings.half_life_days)
            found[met] = point_scores(masses, prior[met], self.settings)
        return found

    def _along_the_path(self) -> Mapping[str, Floats]:
        steps = [self.before, *(self._world(CAUSES[: n + 1]) for n in range(len(CAUSES) - 1)), self.after]
        return {cause: steps[n + 1] - steps[n] for n, cause in enumerate(CAUSES)}

    def _over_all_orders(self) -> Mapping[str, Floats]:
        """Shapley values from the 32 worlds of all subsets of the causes."""
        count = len(CAUSES)
        subsets = [frozenset(chosen) for size in range(count + 1) for chosen in combinations(CAUSES, size)]
        worlds = {chosen: self._world(chosen) for chosen in subsets}

        def value_of(cause: str) -> Floats:
            """The mean of what a cause adds to those before it, over all orders."""
            found = np.zeros(len(self.pairs))
            for earlier in subsets:
                if cause not in earlier:
                    orders = factorial(len(earlier)) * factorial(count - 1 - len(earlier))
                    found += orders / factorial(count) * (worlds[earlier | {cause}] - worlds[earlier])
            return found

        return {cause: value_of(cause) for cause in CAUSES}

    def _split(self, side: _Side, today: date, prior: Floats) -> _Split:
        """What each event moves on a day: its share, its contribution, and where its dyad stands without events."""
        if not self.exact:
            none = np.zeros(len(self.ids))
            return _Split(none, none, np.zeros(len(self.pairs)))
        weight = self._left(side, today)
        found = linear(self._sum(weight), self._sum(weight * side.value), prior, self.settings)
        share = found.factor[self.pair] * weight
        return _Split(share, share * (side.value - found.rest[self.pair]), found.rest)

    def _noise(self) -> Floats:
        """Variance of one event, times how alike the reports are: afterwards, or before where nothing is left."""
        found = np.full(len(self.pairs), self.settings.prior_variance)
        for reading in self.readings:
            spread = variance_of_events(reading.masses, self.settings) * crowding(reading.masses)
            for number, pair in enumerate(self.pairs):
                if pair in reading.place:
                    found[number] = spread[reading.place[pair]]
        return found

    def _interval(self, side: int, pair: Pair, prior: float) -> tuple[float, float]:
        """90% interval of a score; that of the prior where there is no evidence."""
        reading = self.readings[side]
        if pair in reading.place:
            place = reading.place[pair]
            return float(reading.found.low[place]), float(reading.found.high[place])
        half = 0.0 if self.settings.interval == "none" else Z90 * _doubt_of_prior(self.settings)
        return max(prior - half, -10.0), min(prior + half, 10.0)

    def _noises(self, number: int, shifts: Floats, ends: Sequence[tuple[float, float]]) -> tuple[float, float]:
        """Margin and learning of one dyad, see `change`."""
        if not self.exact:
            return math.hypot(*((high - low) / 2 for low, high in ends)), 0.0
        margin = Z90 * float(np.sqrt(self.noise[number] * (shifts**2).sum()))
        doubt = _doubt_of_prior(self.settings) if uses_prior(self.settings.method) else 0.0
        return margin, Z90 * doubt * abs(float(shifts.sum()))

    def change(self, number: int) -> Change:
        """What moved one dyad.

        The margin is 1.645 sqrt(s2 max(1, Vc / V) sum (a2 - a1)^2), where a is an event's share before and after: what
        the events say is uncertain. Where evidence comes or fades, the score also leaves or nears the prior although
        the relation may have been the same all along: with the prior's variance s0 / k, that is
        1.645 sqrt(s0 / k) |sum (a2 - a1)|, the learning. It vanishes between two well-known scores.

        Without an exact split the margin is that of two independent intervals, which is wide, and all of the change
        stands beside None.
        """
        pair, part = self.pairs[number], slice(self.starts[number], self.starts[number + 1])
        one, two = self.sides
        ids = self.ids[part].tolist()
        late = two.there[part] & ~one.there[part] & (two.day[part] <= self.days[0].toordinal())
        before, after = float(self.before[number]), float(self.after[number])
        standing = [float(prior[number]) if uses_prior(self.settings.method) else 0.0 for prior in self.priors]
        ends = [self._interval(side, pair, rest) for side, rest in enumerate(standing)]
        margin, learning = self._noises(number, self.splits[1].share[part] - self.splits[0].share[part], ends)
        return Change(
            *pair,
            before=before,
            after=after,
            before_state=self.states[0].get(pair, NO_DATA),
            after_state=self.states[1].get(pair, NO_DATA),
            margin=margin,
            contributions=self._contributions(number, part, ids) if self.exact else {None: after - before},
            causes={cause: float(points[number]) for cause, points in self.causes.items()},
            late=tuple(id for id, told_late in zip(ids, late, strict=True) if told_late),
            learning=learning,
            before_interval=ends[0],
            after_interval=ends[1],
        )

    def _contributions(self, number: int, part: slice, ids: Sequence[str]) -> dict[str | None, float]:
        """What each event, and the prior, moved."""
        first, second = self.splits
        moved = (second.points[part] - first.points[part]).tolist()
        return {None: float(second.rest[number] - first.rest[number]), **dict(zip(ids, moved, strict=True))}


def _doubt_of_prior(settings: Settings) -> float:
    """Standard deviation of scores around the prior, as its pseudo-events have it."""
    return float(np.sqrt(settings.prior_variance / settings.k))


def _counted_rows(ledger: Ledger, at: date) -> Whole:
    return np.flatnonzero(ledger.counted(directed=False) & (ledger.days <= at.toordinal()))


def _keys(ledger: Ledger, rows: Whole) -> pd.MultiIndex:
    """Dyad and id of events: an event moved to another dyad is another event."""
    met, place = np.unique(ledger.codes.pair[rows], return_inverse=True)
    names = [ledger.codes.names(int(key)) for key in met]
    columns = [np.array([name[n] for name in names], dtype=object)[place] for n in (0, 1)]
    return pd.MultiIndex.from_arrays([*columns, ledger.events["id"].to_numpy(dtype=object)[rows]])


def _lay(union: pd.MultiIndex, keys: pd.MultiIndex, ledger: Ledger, rows: Whole) -> _Side:
    place = keys.get_indexer(union)
    there = place >= 0
    weight, value = np.zeros(len(union)), np.zeros(len(union))
    day = np.zeros(len(union), dtype=np.int64)
    at = rows[place[there]]
    weight[there], value[there] = ledger.weighed.weight[at], ledger.weighed.value[at]
    day[there] = ledger.days[at]
    return _Side(there, weight, value, day)


def _states(reading: Reading, settings: Settings) -> Mapping[Pair, str]:
    states = states_of(reading.masses, reading.found, reading.at.toordinal(), settings)
    return dict(zip(reading.pairs, states, strict=True))
