"""Why does a dyad have its score?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from relations.errors import BadRecord
from relations.events.table import frame_to_events
from relations.records import Contribution, Event, Score
from relations.scoring.buckets import Whole, add_up
from relations.scoring.ledger import Ledger, Pair
from relations.scoring.methods import Split, is_exact, point_scores, split, uses_prior
from relations.scoring.showing import cell, html_table, signed, text_table
from relations.scoring.weighing import AHEAD, REASONS, weigh_events
from relations.scoring.wording import describe, score_title

_HEADER = ("contribution", "weight", "share", "date", "event")
#: How reasons begin that name another event or a value of their own.
OTHER_REPORT, OTHER_SIDE, ANNOUNCED = "another report of event", "the same act as event", "counts as announced"

#: What is said where a score is no sum over its events.
LEFT_ONE_OUT = (
    "Method {method} has no exact split: each number is how far the score moves without that event (leave-one-out)."
)
#: Events times different events that are left out one by one; 3,000 events of one dyad, a second or two.
MOST_LEFT_OUT = 10_000_000


@dataclass(frozen=True, slots=True)
class Explanation:
    """A score taken apart: one Contribution for each event and one for the prior, which add up to it exactly.

    Iterates over the contributions, the heaviest first and the prior, whose event is None, last.

    Attributes
    ----------
    score : Score
        What is explained.
    contributions : tuple of Contribution
    why_not : tuple of Contribution
        Events and reports that were read and do not count, each with its `reason`; also announced acts, which count
        as words and not as the deed.
    caveat : str
        Why the contributions do not add up, for a method that has no exact split; else empty.
    """

    score: Score
    contributions: tuple[Contribution, ...]
    why_not: tuple[Contribution, ...]
    caveat: str = ""

    def __iter__(self) -> Iterator[Contribution]:
        return iter(self.contributions)

    def __len__(self) -> int:
        return len(self.contributions)

    @property
    def title(self) -> str:
        """The score in a line."""
        return score_title(self.score)

    @property
    def events(self) -> tuple[Contribution, ...]:
        """The contributions of events, without the prior's."""
        return tuple(part for part in self.contributions if part.event is not None)

    @property
    def prior(self) -> float:
        """Points of the prior: where a pair without evidence stands."""
        return sum(part.contribution for part in self.contributions if part.event is None)

    @property
    def rest(self) -> float:
        """Points that no single event is due; 0 but for rounding where the split is exact."""
        return self.score.score - sum(part.contribution for part in self.contributions)

    def to_frame(self) -> pd.DataFrame:
        """One row a contribution, with the fields of its event."""
        return contributions_frame(self.contributions)

    def why_not_frame(self) -> pd.DataFrame:
        """One row for each event or report that does not count, with the reason."""
        return contributions_frame(self.why_not)

    def __str__(self) -> str:
        caveat = f"\n{self.caveat}" if self.caveat else ""
        return f"{self.title}{caveat}\n{text_table(_HEADER, [_row(c) for c in self.contributions])}"

    def _repr_html_(self) -> str:
        return html_table(self.title, _HEADER, [_row(c) for c in self.contributions])


def _row(contribution: Contribution) -> list[Any]:
    c = contribution
    when = "" if c.event is None else c.event.date.isoformat()
    return [c.contribution, c.weight, c.share, when, describe(c)]


def contributions_frame(contributions: Iterable[Contribution]) -> pd.DataFrame:
    """Contributions as a table; the prior's event is empty."""
    names = ("event", "contribution", "weight", "share", "date", "source", "target", "type", "mode", "status",
             "confidence", "sentence", "document", "title", "url", "publisher", "reports", "reason")  # fmt: skip
    rows = [
        [
            event.id if event else None, c.contribution, c.weight, c.share,
            *([getattr(event, name) for name in names[4:16]] if event else [None] * 12),
            1 + len(c.reports) if event else 0, c.reason,
        ]
        for c in contributions
        for event in (c.event,)
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=list(names))


def explain(ledger: Ledger, pair: Pair, score: Score) -> Explanation:
    """Take a score apart: each event moves it by its weight times its distance from the prior, over k + W.

    Where the method has no exact split, each event has what the score would lose without it, and a caveat says so.

    Parameters
    ----------
    ledger : Ledger
    pair : tuple of str
        The states in the order of the score.
    score : Score
        That of the pair on the day asked for.

    Raises
    ------
    BadRecord
        When the method has no exact split and there are too many events to leave them out one by one.
    """
    rows = ledger.rows_of(*pair)
    if score.directed:
        rows = rows[(ledger.events["source"].iloc[rows] == pair[0]).to_numpy(dtype=bool)]
    there = ledger.counted(score.directed)[rows] & (ledger.days[rows] <= score.at.toordinal())
    further = _further_reports(ledger, rows)
    parts = _contributions(ledger, rows[there], score, further)
    silent = _silent(ledger, rows[~there], score, further)
    method = ledger.settings.method
    caveat = "" if is_exact(method) else LEFT_ONE_OUT.format(method=method)
    return Explanation(score, parts, (*silent, *_duplicates(parts), *_announced(ledger, rows[there], parts)), caveat)


_Further = Mapping[str, tuple[Event, ...]]


def _further_reports(ledger: Ledger, rows: Whole) -> _Further:
    """For the id of each event with several reports, the others than its first."""
    several = [row for row in rows.tolist() if ledger.report_counts[row] > 1]
    places = [ledger.reports_of(row) for row in several]
    if not places:
        return {}
    ids = ledger.events["id"].iloc[several].tolist()
    reports = iter(frame_to_events(ledger.reports.iloc[np.concatenate(places)]))
    told = {id: [next(reports) for _ in part] for id, part in zip(ids, places, strict=True)}
    return {id: tuple(report for report in found if report.id != id) for id, found in told.items()}


def _contributions(ledger: Ledger, rows: Whole, score: Score, further: _Further) -> tuple[Contribution, ...]:
    prior = ledger.reading(score.at, score.directed).prior_of((score.source, score.target))
    weights, values = ledger.decayed_weights(rows, score.at), ledger.weighed.value[rows]
    found = (
        split(weights, values, prior, ledger.settings)
        if is_exact(ledger.settings.method)
        else _left_one_out(ledger, rows, score, prior)
    )
    columns = (found.contributions.tolist(), weights.tolist(), found.shares.tolist())
    parts = [
        Contribution(event, points, weight, share, reports=further.get(event.id, ()))
        for event, points, weight, share in zip(frame_to_events(ledger.events.iloc[rows]), *columns, strict=True)
    ]
    parts.sort(key=lambda part: -abs(part.contribution))
    counts = ledger.settings.k if uses_prior(ledger.settings.method) else 0.0
    return (*parts, Contribution(None, found.prior, counts, found.prior_share))


def _left_one_out(ledger: Ledger, rows: Whole, score: Score, prior: float) -> Split:
    """How far the score would move without each event; alike events of one day move it alike and are asked once."""
    settings = ledger.settings
    weights, values, days = ledger.weighed.weight[rows], ledger.weighed.value[rows], ledger.days[rows]
    kinds, first, kind = np.unique(
        np.column_stack([days, weights, values]), axis=0, return_index=True, return_inverse=True
    )
    if len(kinds) * len(rows) > MOST_LEFT_OUT:
        raise BadRecord(
            f"{len(rows):,} events are too many to leave out one by one, as method {settings.method!r} asks for. "
            "Use method mean or sum to explain this score."
        )
    kept = [np.delete(np.arange(len(rows)), out) for out in first.tolist()]
    rest = prior if uses_prior(settings.method) else 0.0
    scores = np.full(len(kinds), rest)
    if len(rows) > 1:
        chosen = np.concatenate(kept)
        world = np.repeat(np.arange(len(kinds)), len(rows) - 1)
        names = [(f"{n:07}", "") for n in range(len(kinds))]
        buckets = add_up(names, world, days[chosen], weights[chosen], values[chosen], np.zeros(len(chosen)))
        masses = buckets.decayed(score.at, settings.half_life_days)
        scores = point_scores(masses, prior, settings)
    left = ledger.decayed_weights(rows, score.at)
    shares = left / (float(left.sum()) + (settings.k if uses_prior(settings.method) else 0.0))
    return Split(rest, (score.score - scores)[kind.ravel()], 1.0 - float(shares.sum()), shares)


def _silent(ledger: Ledger, rows: Whole, score: Score, further: _Further) -> list[Contribution]:
    """Events that do not count, with their reasons."""
    events = frame_to_events(ledger.events.iloc[rows])
    return [
        Contribution(event, 0.0, reason=_reason(ledger, row, score), reports=further.get(event.id, ()))
        for event, row in zip(events, rows.tolist(), strict=True)
    ]


def _duplicates(counted: Iterable[Contribution]) -> Iterator[Contribution]:
    """Further reports of the events that count."""
    for part in counted:
        if part.event is not None:
            reason = f"{OTHER_REPORT} {part.event.id} ({cell(part.event.date)}), which counts once"
            yield from (Contribution(report, 0.0, reason=reason) for report in part.reports)


def _announced(ledger: Ledger, rows: Whole, counted: Iterable[Contribution]) -> Iterator[Contribution]:
    """Acts that lie ahead and so count for less than the deed, with what they count as."""
    frame = ledger.events.iloc[rows]
    ahead = frame["status"].isin(AHEAD).to_numpy(dtype=bool)
    if not ahead.any():
        return
    as_words = ledger.weighed.value[rows[ahead]]
    as_deeds = weigh_events(frame[ahead].assign(status="happened"), ledger.settings).value
    ids = frame["id"][ahead].tolist()
    values = {id: two for id, *two in zip(ids, as_words, as_deeds, strict=True) if two[0] != two[1]}
    for part in counted:
        if part.event is not None and part.event.id in values:
            words, deed = values[part.event.id]
            reason = f"{ANNOUNCED}: {signed(words)}, not {signed(deed)} as the deed"
            yield Contribution(part.event, part.contribution, part.weight, part.share, reason, part.reports)


def _reason(ledger: Ledger, row: int, score: Score) -> str:
    number = int(ledger.weighed.reason[row])
    if number:
        return REASONS[number]
    if ledger.days[row] > score.at.toordinal():
        return f"later than {cell(score.at)}"
    twin = int(ledger.twin[row])
    if twin >= 0:
        return f"{OTHER_SIDE} {ledger.events['id'].iloc[twin]}, told from the other side: it counts once"
    return "weight 0"
