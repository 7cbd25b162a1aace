"""Why does a dyad have its score?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from relations.events.table import frame_to_events
from relations.records import Contribution, Event, Score
from relations.scoring.buckets import Whole
from relations.scoring.ledger import Ledger, Pair
from relations.scoring.showing import cell, html_table, text_table
from relations.scoring.weighing import REASONS
from relations.vocabulary import cameo_name, phrase_of

_HEADER = ("contribution", "weight", "share", "date", "event")


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
        Events and reports that were read and do not count, each with its `reason`.
    """

    score: Score
    contributions: tuple[Contribution, ...]
    why_not: tuple[Contribution, ...]

    def __iter__(self) -> Iterator[Contribution]:
        return iter(self.contributions)

    def __len__(self) -> int:
        return len(self.contributions)

    @property
    def title(self) -> str:
        """The score in a line."""
        s = self.score
        arrow = " -> " if s.directed else "-"
        numbers = f"{s.score:+.2f}, {s.word} (90% interval {s.low:+.2f} to {s.high:+.2f})"
        state = "" if s.state == "ok" else f", {STATE_WORDS[s.state]}"
        return f"{s.source}{arrow}{s.target} on {s.at.isoformat()}: {numbers}, {_count(s.n_events, 'event')}{state}"

    def to_frame(self) -> pd.DataFrame:
        """One row a contribution, with the fields of its event."""
        return contributions_frame(self.contributions)

    def why_not_frame(self) -> pd.DataFrame:
        """One row for each event or report that does not count, with the reason."""
        return contributions_frame(self.why_not)

    def __str__(self) -> str:
        return f"{self.title}\n{text_table(_HEADER, [_row(c) for c in self.contributions])}"

    def _repr_html_(self) -> str:
        return html_table(self.title, _HEADER, [_row(c) for c in self.contributions])


#: What the states mean, for people.
STATE_WORDS = {
    "ok": "",
    "thin": "thin evidence",
    "faded": "faded: all evidence is older than two half-lives",
    "contested": "contested: clear evidence both ways",
}


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _row(contribution: Contribution) -> list[Any]:
    c = contribution
    when = "" if c.event is None else c.event.date.isoformat()
    return [c.contribution, c.weight, c.share, when, describe(c)]


def describe(contribution: Contribution) -> str:
    """An event in words: who did what to whom, and the sentence that says so."""
    event = contribution.event
    if event is None:
        return "prior: where a pair without evidence stands"
    words = event.sentence or event.evidence or event.title
    told = f": {words}" if words else ""
    by = ", ".join(part for part in (event.publisher, event.title if event.title != words else "") if part)
    status = "" if event.status == "happened" else f" ({event.status})"
    more = f" +{_count(len(contribution.reports), 'report')}" if contribution.reports else ""
    return f"{event.source} {deed(event)} {event.target}{status}{told}{f' [{by}]' if by else ''}{more}"


def deed(event: Event) -> str:
    """What the source does to the target, as words.

    >>> from datetime import date
    >>> deed(Event("1", date(2025, 9, 19), "FRA", "MLI", type="SANCTION"))
    'sanctions'
    """
    if event.type:
        return phrase_of(event.type, event.mode)
    if event.cameo:
        return f"{cameo_name(event.cameo)}, to"
    return "acts towards"


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

    Parameters
    ----------
    ledger : Ledger
    pair : tuple of str
        The states in the order of the score.
    score : Score
        That of the pair on the day asked for.
    """
    rows = ledger.rows_of(*pair)
    if score.directed:
        rows = rows[(ledger.events["source"].iloc[rows] == pair[0]).to_numpy(dtype=bool)]
    there = ledger.counted(score.directed)[rows] & (ledger.days[rows] <= score.at.toordinal())
    further = _further_reports(ledger, rows)
    parts = _contributions(ledger, rows[there], score, further)
    return Explanation(score, parts, _why_not(ledger, rows[~there], parts, score, further))


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
    m0, k = ledger.reading(score.at).m0, ledger.settings.k
    weights = ledger.decayed_weights(rows, score.at)
    total = k + float(weights.sum())
    shares = weights / total
    moved = shares * (ledger.weighed.value[rows] - m0)
    events = frame_to_events(ledger.events.iloc[rows])
    parts = [
        Contribution(event, points, weight, share, reports=further.get(event.id, ()))
        for event, points, weight, share in zip(events, moved.tolist(), weights.tolist(), shares.tolist(), strict=True)
    ]
    parts.sort(key=lambda part: -abs(part.contribution))
    return (*parts, Contribution(None, m0, k, k / total))


def _why_not(
    ledger: Ledger, rows: Whole, counted: Iterable[Contribution], score: Score, further: _Further
) -> tuple[Contribution, ...]:
    """Events that do not count with their reasons, then the further reports of those that do."""
    events = frame_to_events(ledger.events.iloc[rows])
    silent = [
        Contribution(event, 0.0, reason=_reason(ledger, row, score), reports=further.get(event.id, ()))
        for event, row in zip(events, rows.tolist(), strict=True)
    ]
    for part in counted:
        if part.event is not None:
            reason = f"another report of event {part.event.id}, which counts once"
            silent += [Contribution(report, 0.0, reason=reason) for report in part.reports]
    return tuple(silent)


def _reason(ledger: Ledger, row: int, score: Score) -> str:
    number = int(ledger.weighed.reason[row])
    if number:
        return REASONS[number]
    if ledger.days[row] > score.at.toordinal():
        return f"later than {cell(score.at)}"
    twin = int(ledger.twin[row])
    if twin >= 0:
        return f"the same act as event {ledger.events['id'].iloc[twin]}, told from the other side: it counts once"
    return "weight 0"
