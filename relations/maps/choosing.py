"""Which countries and arcs does a still picture show, and how?"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from relations.records import Score
from relations.scoring.words import class_of

if TYPE_CHECKING:
    from relations.scoring.scores import Scores

#: Arcs of a picture with and without a focus: as many as the page draws on a phone, because a column is as narrow.
ARCS = {True: 7, False: 12}
_LEAST_SCORE = 1.0  # neutral pairs are left out unless hardly any other is there
_LEAST_ARCS = 3


@dataclass(frozen=True, slots=True)
class Paint:
    """How a country is filled: `kind` is plain, thin, contested or focus; `shade` is one of the seven classes."""

    kind: str
    shade: int


@dataclass(frozen=True, slots=True)
class Arc:
    """One line between two countries; with a head it says what the source does, without that both do the same."""

    source: str
    target: str
    heads: bool
    score: float
    n_events: int
    thin: bool
    rank: int


def scores_on(scores: Scores, at: date, focus: str | None = None) -> list[Score]:
    """Mutual scores of a day, or those of one country."""
    return [score for score in scores if score.at == at and (not focus or focus in (score.source, score.target))]


def strength_of(score: Score) -> float:
    """How much a pair stands out: |score| times log2(1 + events)."""
    return abs(score.score) * math.log2(1 + score.n_events)


def is_thin(score: Score) -> bool:
    """Whether the evidence is too little or too old to be read as more than a hint."""
    return score.state in ("thin", "faded")


def paints_of(found: Sequence[Score], focus: str | None = None) -> dict[str, Paint]:
    """Paint of every country with a score: its relation with the focus, or the weighted mean of all its relations."""
    by_country: dict[str, list[Score]] = defaultdict(list)
    for score in found:
        for code in (score.source, score.target):
            by_country[code].append(score)
    paints = {code: _paint(its) for code, its in sorted(by_country.items())}
    return paints | ({focus: Paint("focus", 3)} if focus else {})


def _paint(its: Sequence[Score]) -> Paint:
    if len(its) == 1 and its[0].state == "contested":
        return Paint("contested", 3)
    mass = sum(score.weight for score in its)
    mean = sum(score.weight * score.score for score in its) / mass if mass else its[0].score
    return Paint("thin" if all(map(is_thin, its)) else "plain", class_of(its[0].score if len(its) == 1 else mean))


def arcs_of(scores: Scores, found: Sequence[Score], focus: str | None = None, limit: int | None = None) -> list[Arc]:
    """The strongest pairs as arcs, the strongest first: two where the directions differ or are well known."""
    ranked = sorted(found, key=lambda score: (-strength_of(score), score.source, score.target))
    if limit is None:
        firm = [score for score in ranked if not is_thin(score) and abs(score.score) >= _LEAST_SCORE]
        ranked = firm if len(firm) >= _LEAST_ARCS else ranked
        limit = ARCS[bool(focus)]
    chosen = ranked[:limit]
    if not chosen:
        return []
    sides = {(s.source, s.target): s for s in scores.directed if s.at == chosen[0].at}
    return [arc for rank, score in enumerate(chosen) for arc in _arcs(score, sides, rank, focus)]


def _arcs(score: Score, sides: dict[tuple[str, str], Score], rank: int, focus: str | None) -> list[Arc]:
    pair = (score.source, score.target)
    there, back = sides.get(pair), sides.get(pair[::-1])
    both = [side for side in (there, back) if side]
    if len(both) == 1 or (len(both) == 2 and _apart(score, both, rank, focus)):
        return [Arc(s.source, s.target, True, s.score, s.n_events, is_thin(score), rank) for s in both]
    source, target = pair[::-1] if pair[1] == focus else pair
    return [Arc(source, target, False, score.score, score.n_events, is_thin(score), rank)]


def _apart(score: Score, both: Sequence[Score], rank: int, focus: str | None) -> bool:
    """A double line must mean something: strong pairs with many events, or two sides that read differently."""
    differ = class_of(both[0].score) != class_of(both[1].score)
    return (rank < (5 if focus else 3) and score.n_events >= 8) or (rank < 8 and differ and score.n_events >= 12)
