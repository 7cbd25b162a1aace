"""Which numbers does the page hold of every pair and snapshot?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from relations.maps.columns import pack_rows
from relations.records import STATES
from relations.scoring.estimators import states_of
from relations.scoring.words import BREAKS, class_of
from relations.settings import Z90

if TYPE_CHECKING:
    from relations.scoring.ledger import Pair, Reading
    from relations.scoring.scores import Scores

#: Day 0 of the page's dates.
EPOCH = date(1970, 1, 1).toordinal()
#: Columns of a side, then what only the mutual reading has; each with the parts of one that travel.
_SIDE = {"score": 1000, "low": 100, "high": 100, "count": 1}
_MUTUAL = {
    "weight": 1000, "newest": 1, "squares": 1000, "noise": 100, "intensity": 100, "cooperation": 100, "conflict": 100,
}  # fmt: skip
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Side:
    """Readings of all pairs in one direction, or mutual: a row a pair, a column a snapshot.

    `state` is 0 where there is no evidence, else the place of the state in STATES, from 1; `numbers` are whole.
    """

    state: npt.NDArray[np.int64]
    numbers: dict[str, npt.NDArray[np.int64]]

    def packed(self, names: Sequence[str]) -> list[list[str]]:
        """For every pair its packed columns, of the snapshots that have evidence only."""
        if not self.numbers:  # no snapshot, no evidence
            return [[""] * len(names) for _ in self.state]
        there = self.state > 0
        lengths = there.sum(axis=1)
        columns = [pack_rows(self.numbers[name][there], lengths) for name in names]
        return [list(row) for row in zip(*columns, strict=True)]


@dataclass(frozen=True, slots=True)
class Readings:
    """Readings of all pairs, mutual and in both directions, a pair's first country being first in the alphabet."""

    pairs: list[Pair]
    both: Side
    ab: Side
    ba: Side

    def columns(self) -> list[list[Any]]:
        """For every pair the columns of each side, the states of all snapshots first, then what only both have."""
        sides = [
            [[_states(states), *numbers] for states, numbers in zip(side.state, side.packed([*_SIDE]), strict=True)]
            for side in (self.both, self.ab, self.ba)
        ]
        return [list(row) for row in zip(*sides, self.both.packed([*_MUTUAL]), strict=True)]


def read_scores(scores: Scores) -> Readings:
    """All scores of all snapshots as whole numbers; only pairs that have evidence on one of the days are there.

    They are read from the sums that the records are made of: a page of 20,000 pairs has a million records.
    """
    # The only look inside Scores: its records one by one would take ten times as long.
    ledgers = list(scores._ledgers.items())
    mutual = [ledger.reading(at) for at, ledger in ledgers]
    directed = [ledger.reading(at, directed=True) for at, ledger in ledgers]
    pairs = sorted({pair for reading in mutual for pair in reading.pairs})
    place = {pair: row for row, pair in enumerate(pairs)}
    shape = (len(pairs), len(ledgers))
    sides = {name: Side(np.zeros(shape, np.int64), {}) for name in ("both", "ab", "ba")}
    for column, (one, two) in enumerate(zip(mutual, directed, strict=True)):
        rows = np.array([place[pair] for pair in one.pairs], dtype=np.int64)
        _fill(sides["both"], column, rows, one, slice(None), scores, mutual=True)
        for name, forward in (("ab", True), ("ba", False)):
            there = [n for n, (a, b) in enumerate(two.pairs) if (a < b) == forward and (min(a, b), max(a, b)) in place]
            rows = np.array([place[tuple(sorted(two.pairs[n]))] for n in there], dtype=np.int64)  # type: ignore[index]  # two names
            _fill(sides[name], column, rows, two, np.array(there, dtype=np.int64), scores, mutual=False)
    return Readings(pairs, **sides)


def _fill(
    side: Side, column: int, rows: npt.NDArray[np.int64], reading: Reading, chosen: Any, scores: Scores, mutual: bool
) -> None:
    """Put one snapshot's readings into their rows."""
    masses, found = reading.masses.take(chosen), reading.found
    found = type(found)(*(part[chosen] for part in found))
    states = states_of(masses, found, reading.at.toordinal(), scores.settings)
    numbers: dict[str, Any] = {
        "score": shortened(found.score, 1000),
        "low": shortened(found.low, 100),
        "high": shortened(found.high, 100),
        "count": masses.events,
    }
    if mutual:
        squares, noise = _spread(masses, found, scores.settings.k)
        numbers |= {"weight": masses.weight, "newest": masses.newest - EPOCH, "squares": squares, "noise": noise}
        numbers |= {"intensity": np.log1p(masses.forceful), "cooperation": masses.cooperation}
        numbers |= {"conflict": masses.conflict}
    side.state[rows, column] = [STATES.index(state) + 1 for state in states]
    for name, values in numbers.items():
        whole = values if name in ("score", "low", "high") else np.rint(values * (_SIDE | _MUTUAL)[name])
        side.numbers.setdefault(name, np.zeros(side.state.shape, np.int64))[rows, column] = whole


def _spread(masses: Any, found: Any, k: float) -> tuple[Floats, Floats]:
    """Sum of squared weights, and variance of one event, that give the margin of any change of a pair.

    The margin between two snapshots is 1.645 sqrt(noise sum((a2 - a1)^2)) with a = weight / (k + W). The variance
    is read back from the interval; where both its ends are cut at 10 it is a lower bound.
    """
    half = np.maximum(found.score - found.low, found.high - found.score)
    crowd = masses.clustered / masses.spread
    effective = masses.weight * np.minimum(1.0, 1 / crowd)
    return masses.spread, (half / Z90) ** 2 * (k + effective) * np.maximum(1.0, crowd)


def shortened(values: Floats, parts: int) -> npt.NDArray[np.int64]:
    """Numbers in whole thousandths or hundredths that the page writes and classes as the numbers themselves.

    Rounding twice would turn -0.649 into -0.7 by way of -0.65, and -4.9996 from tense into hostile.
    """
    short = np.rint(values * parts).astype(np.int64)
    tenths = np.abs(values * 10 % 1 - 0.5) < 20 / parts
    on_break = np.min(np.abs(values[:, None] - np.array(BREAKS)), axis=1, initial=1.0) < 2 / parts
    for place in np.flatnonzero(tenths | on_break):
        short[place] = _shortened(float(values[place]), parts)
    return short


def _shortened(value: float, parts: int) -> int:
    short = round(value * parts)
    if f"{short / parts:.1f}" != f"{value:.1f}" or class_of(short / parts) != class_of(value):
        short += 1 if value * parts > short else -1
    return short


def _states(states: npt.NDArray[np.int64]) -> str:
    return bytes(states.astype(np.uint8) + 48).decode("ascii")
