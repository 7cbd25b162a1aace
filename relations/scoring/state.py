"""What is left of events that are only ever added up, so that any later day can be scored without them?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from relations.errors import BadInput, NotComparable, RelationsError
from relations.events.table import check_frame, events_to_frame
from relations.records import Event
from relations.scoring.buckets import Buckets
from relations.scoring.days import Day, days_of
from relations.scoring.ledger import Ledger, Reading
from relations.scoring.reckoning import left_out
from relations.scoring.scores import Scores
from relations.scoring.statesums import EVENTS, NO_SUMS, Sums, sums_of
from relations.settings import Settings

#: Settings that are in the sums and cannot be chosen any more; all others are chosen when a day is scored.
FIXED = ("scale", "actor_weights")


@dataclass(frozen=True, slots=True, eq=False)
class State:
    """Sums of events by dyad and day: small, merged by addition, and scored on any day with any half-life.

    Feed it day by day, or let several workers make one each and add them: the result is that of one pass, to the last
    bit, whatever the order. It never changes; `+`, `add` and `remove` give a new one.

    Fixed when it is built are the settings named in FIXED, because the sums depend on them: the scale and the weights
    of actors. States that differ in them are not merged. Everything else (method, half-life, k, prior,
    interval) is chosen anew whenever it is scored.

    What addition cannot do: events are compared with one another only within one call of `from_events` or `add`.
    An event told again in a later batch counts again, so that a batch should be a whole day, or all that one story
    brought; the two sides of one act must come in one batch too, to count once in mutual scores. A revision is
    `state.remove(old).add(new)`. The events themselves are not kept: nothing explains a score.

    Attributes
    ----------
    sums : Sums
        By directed dyad and day.
    settings : Settings
        Those it was built with, as far as they are FIXED; the others are at their defaults.
    notes : tuple of str
        What was left out of the events added last, in sentences; not saved.

    Examples
    --------
    >>> monday = State.from_events([Event("1", date(2025, 9, 15), "FRA", "MLI", type="SANCTION")])
    >>> friday = State.from_events([Event("2", date(2025, 9, 19), "MLI", "FRA", type="ACCUSE")])
    >>> monday + friday
    <State: 2 events of 2 directed dyads, 2025-09-15 to 2025-09-19, plover scale>
    >>> round((monday + friday).scores("2025-09-22")["FRA", "MLI"].score, 2)
    -2.33
    >>> monday + friday - friday == monday
    True
    """

    sums: Sums
    settings: Settings
    notes: tuple[str, ...] = ()

    @classmethod
    def empty(cls, settings: Settings | None = None) -> State:
        """A state of no events: what to start adding from."""
        return cls(NO_SUMS, _only_fixed(settings or Settings()))

    @classmethod
    def from_events(cls, events: Iterable[Event] | pd.DataFrame, settings: Settings | None = None) -> State:
        """The sums of one batch of events; reports of the same event in it are merged as Scores merges them.

        Parameters
        ----------
        events : iterable of Event, or pandas.DataFrame
            A frame needs date, source, target and one of type, cameo, goldstein.
        settings : Settings, optional
            Only what is FIXED matters here.

        Raises
        ------
        BadInput
            When it is no table of events.
        """
        settings = _only_fixed(settings or Settings())
        checked = check_frame(_framed(events))
        ledger = Ledger.from_reports(checked.frame, settings, checked.coded)
        return cls(sums_of(ledger), settings, (*checked.notes, *left_out(ledger)))

    @classmethod
    def load(cls, path: str | Path) -> State:
        """The state that `save` wrote, exactly.

        Raises
        ------
        BadInput
            When the file is damaged, no state, or of a later version.
        """
        from relations.scoring.statefiles import read_state

        return read_state(path)

    def save(self, path: str | Path) -> None:
        """Write it as Parquet, whole or not at all; equal states give equal bytes."""
        from relations.scoring.statefiles import write_state

        write_state(self, path)

    def merge(self, *others: State) -> State:
        """This state and others as if all their events had been added to one; also written `+`.

        Raises
        ------
        NotComparable
            When they were built with another scale or other actor weights.
        """
        sums = self.sums
        for other in others:
            _require_same(self.settings, other.settings, "The states were")
            sums = sums.merge(other.sums)
        return State(sums, self.settings)

    def add(self, events: Iterable[Event] | pd.DataFrame) -> State:
        """This state with one more batch of events, see `from_events`."""
        batch = State.from_events(events, self.settings)
        return replace(self.merge(batch), notes=batch.notes)

    def subtract(self, other: State) -> State:
        """This state without the events of another that was added to it; also written `-`.

        Raises
        ------
        BadInput
            When a dyad would be left with fewer than no events on a day.
        NotComparable
            When they were built with another scale or other actor weights.
        """
        _require_same(self.settings, other.settings, "The states were")
        return State(self.sums.less(other.sums), self.settings)

    def remove(self, events: Iterable[Event] | pd.DataFrame) -> State:
        """This state without some events that were added: exactly what it was before, see statesums.GRID.

        Give them as they were added, with the same confidence and value. An event that was merged with other reports,
        or that stood for the other side of the same act, is removed with them: remove all, and add what stays.

        Raises
        ------
        BadInput
            When more events of a dyad and day are removed than it has.
        """
        batch = State.from_events(events, self.settings)
        return replace(self.subtract(batch), notes=batch.notes)

    def __add__(self, other: State) -> State:
        return self.merge(other) if isinstance(other, State) else NotImplemented

    def __sub__(self, other: State) -> State:
        return self.subtract(other) if isinstance(other, State) else NotImplemented

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, State):
            return NotImplemented
        return self.settings == other.settings and self.sums == other.sums

    __hash__ = None  # type: ignore[assignment]  # equal by content, and too large to be a key

    @property
    def n_events(self) -> int:
        """Events that count in directed scores."""
        return int(self.sums.sums[:, EVENTS].sum())

    @property
    def first(self) -> date | None:
        """Day of the oldest event, None without any."""
        return date.fromordinal(int(self.sums.day.min())) if len(self.sums) else None

    @property
    def last(self) -> date | None:
        """Day of the newest event, None without any."""
        return date.fromordinal(int(self.sums.day.max())) if len(self.sums) else None

    @property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """Directed dyads that have an event, sorted."""
        return self.sums.pairs

    def buckets(self, directed: bool) -> Buckets:
        """The sums of all directed dyads, or of all mutual ones."""
        return self.sums.buckets(directed)

    def scores(self, at: Day | Sequence[Day] | None = None, settings: Settings | None = None) -> StateScores:
        """Scores on one day or several: those that `Scores.from_events` gives for the same events, within 1e-9.

        Parameters
        ----------
        at : date, ISO string or sequence of them, optional
            The day of the newest event when left out.
        settings : Settings, optional
            Any half-life, k, prior and so on; scale and actor weights must be the state's own, as they are when this is
            left out.

        Raises
        ------
        NotComparable
            When another scale or other actor weights are asked for than the state was built with.
        """
        settings = settings or self.settings
        _require_same(self.settings, settings, "The state was")
        days = days_of(at) if at is not None else [self.last] if self.last else []
        return StateScores(self, days, settings)

    def reading(self, at: date, directed: bool = False, settings: Settings | None = None) -> Reading:
        """The numbers behind the scores of a day, as arrays; see `scores` for the settings."""
        settings = settings or self.settings
        _require_same(self.settings, settings, "The state was")
        return _SumsOnly(self, settings).reading(at, directed)

    def __len__(self) -> int:
        """How many rows are kept: one or a few for each directed dyad and day with events."""
        return len(self.sums)

    def __repr__(self) -> str:
        days = f", {self.first} to {self.last}" if len(self) else ""
        dyads = f"{self.n_events:,} events of {len(self.pairs):,} directed dyads"
        return f"<State: {dyads}{days}, {self.settings.scale} scale>"


class StateScores(Scores):
    """Scores made of a state's sums: all that Scores gives, but what needs the events is refused."""

    def __init__(self, state: State, days: Iterable[date], settings: Settings) -> None:
        ledger = _SumsOnly(state, settings)
        super().__init__(dict.fromkeys(days, ledger), settings)
        self._any_day = ledger
        self._state = state

    @property
    def actors(self) -> tuple[str, ...]:
        """Codes of all actors that have an event, in alphabetical order."""
        return tuple(sorted({actor for pair in self._state.pairs for actor in pair}))


class _SumsOnly(Ledger):
    """A ledger whose sums are a state's; whatever asks it for events is told that there are none."""

    def __init__(self, state: State, settings: Settings) -> None:
        sums = {directed: state.buckets(directed) for directed in (False, True)}
        for name, value in {"settings": settings, "_buckets": sums, "_readings": {}}.items():
            object.__setattr__(self, name, value)

    def buckets(self, directed: bool) -> Buckets:
        return self._buckets[directed]

    def __getattr__(self, name: str) -> Any:
        """Called for what is not set: the tables of a ledger."""
        if name in {field.name for field in fields(Ledger)}:
            raise RelationsError("A state keeps sums, not events, and this needs the events: use relations.score.")
        raise AttributeError(name)


def _only_fixed(settings: Settings) -> Settings:
    return Settings(**{name: getattr(settings, name) for name in FIXED})


def _require_same(one: Settings, other: Settings, what: str) -> None:
    """Refuse settings that differ in what the sums are made with."""
    for name in FIXED:
        built, asked = getattr(one, name), getattr(other, name)
        if built != asked:
            raise NotComparable(
                f"{what} built with {name} {built!r}, not {asked!r}, and that is in the sums. "
                "Use one and the same, or build again from the events."
            )


def _framed(events: Iterable[Event] | pd.DataFrame) -> pd.DataFrame:
    if isinstance(events, pd.DataFrame):
        return events
    listed = list(events)
    if odd := [item for item in listed if not isinstance(item, Event)]:
        raise BadInput(f"Want Events, or a DataFrame of them, got {type(odd[0]).__name__}.")
    return events_to_frame(listed)
