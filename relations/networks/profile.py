"""How does one state stand with all others?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from math import hypot
from typing import Any

import numpy as np
import pandas as pd

from relations.countries import name_of
from relations.events.table import frame_to_events
from relations.records import Change, Event, Score
from relations.scoring.ledger import TREND_DAYS, Ledger
from relations.scoring.showing import cut, html_table, text_table
from relations.scoring.wording import NO_DATA, STATE_WORDS, act, count_of, source_of, told_of
from relations.scoring.words import WORDS
from relations.snapshots.comparing import compare_ledgers

#: Partners, movers and events that a list shows.
TOP = 10
_RELATION_HEADER = ("partner", "name", "score", "low", "high", "word", "beware", "events", "newest", "trend")
_ASYMMETRY_HEADER = ("partner", "name", "does", "gets", "difference", "margin")
_MOVER_HEADER = ("partner", "name", "before", "now", "change", "margin", "clear")
_EVENT_HEADER = ("date", "direction", "what", "words")
_FRAME = (
    "partner", "name", "score", "low", "high", "word", "state", "n_events", "weight", "newest", "trend", "does", "gets",
    "asymmetry", "asymmetry_margin", "asymmetry_clear",
)  # fmt: skip
_WORDS_WIDTH = 60


@dataclass(frozen=True, slots=True)
class Relation:
    """One state's relation with a partner.

    Attributes
    ----------
    partner : str
    score : Score
        Mutual.
    does, gets : Score or None
        How the state acts towards the partner, and the partner towards it; None without evidence that way.
    """

    partner: str
    score: Score
    does: Score | None
    gets: Score | None

    @property
    def asymmetry(self) -> float | None:
        """What the state does less what it gets, in points; None unless both are known."""
        return self.does.score - self.gets.score if self.does and self.gets else None

    @property
    def margin(self) -> float | None:
        """90% margin of error of the asymmetry: a smaller one is noise."""
        if not (self.does and self.gets):
            return None
        return hypot(*((score.high - score.low) / 2 for score in (self.does, self.gets)))

    @property
    def clear(self) -> bool:
        """Whether the asymmetry is larger than its margin of error."""
        return self.asymmetry is not None and self.margin is not None and abs(self.asymmetry) > self.margin > 0

    @property
    def doubtful(self) -> bool:
        """Whether the evidence is thin or has faded."""
        return self.score.state in ("thin", "faded")

    def row(self) -> list[Any]:
        """The values of Profile.to_frame."""
        s = self.score
        return [
            self.partner, name_of(self.partner), s.score, s.low, s.high, s.word, s.state, s.n_events, s.weight,
            s.newest, s.trend, self.does and self.does.score, self.gets and self.gets.score, self.asymmetry,
            self.margin, self.clear,
        ]  # fmt: skip

    def cells(self) -> list[Any]:
        """One row for people."""
        s = self.score
        return [
            self.partner, name_of(self.partner), s.score, s.low, s.high, s.word, STATE_WORDS[s.state], s.n_events,
            s.newest, s.trend,
        ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Profile:
    """All relations of one state on one day.

    Iterates over the relations, the friendliest first; shows itself as tables in a terminal and in a notebook.

    Attributes
    ----------
    code : str
    at : datetime.date or None
        None when nothing was scored.
    relations : tuple of Relation
        The friendliest first.
    prior : float
        Where a pair without evidence stands on that day: what is usual.
    movers : tuple of Change
        Relations that had evidence 365 days before, those clearly changed first, then by size of the change.
    recent : tuple of Event
        The newest events that count, the latest first; one told from both sides once.
    """

    code: str
    at: date | None
    relations: tuple[Relation, ...]
    prior: float
    movers: tuple[Change, ...]
    recent: tuple[Event, ...]

    def __iter__(self) -> Iterator[Relation]:
        return iter(self.relations)

    def __len__(self) -> int:
        return len(self.relations)

    @property
    def name(self) -> str:
        """English name of the state."""
        return name_of(self.code)

    @property
    def mean(self) -> float | None:
        """Mean of its mutual scores, each weighted by its evidence; None without relations."""
        total = sum(relation.score.weight for relation in self.relations)
        return sum(r.score.score * r.score.weight for r in self.relations) / total if total else None

    @property
    def friendliest(self) -> tuple[Relation, ...]:
        """Relations with a score above 0, the highest first; those on thin or faded evidence after all others."""
        return tuple(sorted((r for r in self.relations if r.score.score > 0), key=lambda r: r.doubtful))

    @property
    def most_hostile(self) -> tuple[Relation, ...]:
        """Relations with a score below 0, the lowest first; those on thin or faded evidence after all others."""
        return tuple(sorted((r for r in reversed(self.relations) if r.score.score < 0), key=lambda r: r.doubtful))

    @property
    def asymmetries(self) -> tuple[Relation, ...]:
        """Relations in which it clearly does otherwise than it gets, the largest difference first."""
        clear = [relation for relation in self.relations if relation.clear]
        return tuple(sorted(clear, key=lambda relation: (-abs(relation.asymmetry or 0.0), relation.partner)))

    def to_frame(self) -> pd.DataFrame:
        """One row a partner: the mutual score, both directions and their asymmetry; `newest` is a date of pandas."""
        frame = pd.DataFrame([relation.row() for relation in self.relations], columns=list(_FRAME))
        frame["newest"] = frame["newest"].astype("datetime64[s]")
        numbers = ("score", "low", "high", "weight", "trend", "does", "gets", "asymmetry", "asymmetry_margin")
        kinds = {**dict.fromkeys(numbers, float), "n_events": np.int64, "asymmetry_clear": bool}
        return frame.astype(kinds)

    @property
    def title(self) -> str:
        """The state in sentences."""
        if self.at is None:
            return f"{self.name}: nothing was scored."
        if self.mean is None:
            return f"{self.name} on {self.at}: no evidence."
        met = Counter(relation.score.word for relation in self.relations)
        words = ", ".join(f"{met[word]} {word}" for word in reversed(WORDS) if met[word])
        return (
            f"{self.name} on {self.at}: {count_of(len(self), 'relation')} ({words}).\n"
            f"Mean score {self.mean:+.2f}, weighted by evidence; a pair without evidence stands at {self.prior:+.2f}."
        )

    def tables(self) -> list[tuple[str, tuple[str, ...], list[list[Any]]]]:
        """Title, header and rows of each table for people; those without rows are left out."""
        usual = [
            (_listed("Friendliest", len(self.friendliest)), _RELATION_HEADER, _cells(self.friendliest)),
            (_listed("Most hostile", len(self.most_hostile)), _RELATION_HEADER, _cells(self.most_hostile)),
            (
                _listed("Does clearly otherwise than it gets", len(self.asymmetries)),
                _ASYMMETRY_HEADER,
                [_asymmetry_cells(relation) for relation in self.asymmetries[:TOP]],
            ),
            (
                _listed(f"Moved most in {TREND_DAYS} days", len(self.movers)),
                _MOVER_HEADER,
                [_mover_cells(change, self.code) for change in self.movers[:TOP]],
            ),
            ("Newest events", _EVENT_HEADER, [_event_cells(event) for event in self.recent]),
        ]
        return [table for table in usual if table[2]]

    def __str__(self) -> str:
        tables = [f"\n{title}\n{text_table(header, rows, digits=2)}" for title, header, rows in self.tables()]
        return "\n".join([self.title, *tables])

    def _repr_html_(self) -> str:
        first, *rest = self.tables() or [("", _RELATION_HEADER, [])]
        parts = [(f"{self.title} {first[0]}", *first[1:]), *rest]
        return "".join(html_table(title, header, rows) for title, header, rows in parts)


def _listed(title: str, total: int) -> str:
    return f"{title} ({TOP} of {total})" if total > TOP else title


def _cells(relations: tuple[Relation, ...]) -> list[list[Any]]:
    return [relation.cells() for relation in relations[:TOP]]


def _asymmetry_cells(relation: Relation) -> list[Any]:
    return [
        relation.partner, name_of(relation.partner), relation.does and relation.does.score,
        relation.gets and relation.gets.score, relation.asymmetry, relation.margin,
    ]  # fmt: skip


def _mover_cells(change: Change, code: str) -> list[Any]:
    partner = partner_of(change, code)
    return [partner, name_of(partner), change.before, change.after, change.change, change.margin, change.clear]


def _event_cells(event: Event) -> list[Any]:
    by, words = source_of(event), told_of(event)
    status = "" if event.status == "happened" else f" ({event.status})"
    told = cut(": ".join(part for part in (by, words) if part), _WORDS_WIDTH)
    return [event.date, f"{event.source} -> {event.target}", f"{act(event)}{status}", told]


def partner_of(record: Score | Change, code: str) -> str:
    """The other state of a dyad."""
    return record.target if record.source == code else record.source


def profile_of(ledger: Ledger, at: date, code: str) -> Profile:
    """The profile of a state on a day; see Scores.profile.

    Parameters
    ----------
    ledger : Ledger
        All evidence.
    at : datetime.date
    code : str
        ISO alpha-3; a state without evidence has a profile without relations.

    Examples
    --------
    >>> from relations.events.table import check_frame, events_to_frame
    >>> from relations.settings import Settings
    >>> events = events_to_frame([Event("1", date(2025, 9, 19), "FRA", "MLI", type="SANCTION")])
    >>> ledger = Ledger.from_reports(check_frame(events).frame, Settings())
    >>> [(one.partner, one.score.word, one.gets) for one in profile_of(ledger, date(2025, 9, 19), "FRA")]
    [('MLI', 'cool', None)]
    """
    relations = sorted(_relations(ledger, at, code), key=lambda r: (-r.score.score, r.partner))
    return Profile(
        code, at, tuple(relations),
        prior=ledger.reading(at).m0,
        movers=_movers(ledger, at, relations, code),
        recent=_recent(ledger, at, code),
    )  # fmt: skip


def _relations(ledger: Ledger, at: date, code: str) -> Iterator[Relation]:
    for pair in ledger.reading(at).pairs:
        if code in pair:
            score = ledger.score(at, pair)
            partner = pair[1] if pair[0] == code else pair[0]
            if score is not None:
                does, gets = (ledger.score(at, way, directed=True) for way in ((code, partner), (partner, code)))
                yield Relation(partner, score, does, gets)


def _movers(ledger: Ledger, at: date, relations: list[Relation], code: str) -> tuple[Change, ...]:
    """Changes of its relations since a year before, where there was evidence then."""
    if not any(relation.score.trend is not None for relation in relations):
        return ()
    changes = compare_ledgers(ledger, at - timedelta(days=TREND_DAYS), ledger, at)
    mine = [c for c in changes if code in (c.source, c.target) and c.before_state != NO_DATA]
    return tuple(sorted(mine, key=lambda c: (not c.clear, -abs(c.change), partner_of(c, code))))


def _recent(ledger: Ledger, at: date, code: str) -> tuple[Event, ...]:
    """The newest events with a part for the state, the latest first; of one day by id."""
    here = ((ledger.events["source"] == code) | (ledger.events["target"] == code)).to_numpy(dtype=bool)
    rows = np.flatnonzero(here & ledger.counted(directed=False) & (ledger.days <= at.toordinal()))
    newest = rows[np.argsort(-ledger.days[rows], kind="stable")]
    if len(newest) > TOP:  # all of the last day shown, so that their ids decide and not their order in the file
        newest = newest[ledger.days[newest] >= ledger.days[newest[TOP - 1]]]
    events = sorted(frame_to_events(ledger.events.iloc[newest]), key=lambda event: event.id)
    return tuple(sorted(events, key=lambda event: event.date, reverse=True)[:TOP])


def empty_profile(code: str) -> Profile:
    """The profile of a state where nothing was scored."""
    return Profile(code, None, (), 0.0, (), ())
