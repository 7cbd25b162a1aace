"""What are the scores of all dyads, on every day asked for?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd

from relations.countries import find_country
from relations.errors import BadDate, NoEvidence, NoSuchActor
from relations.events.table import check_frame, events_to_frame
from relations.records import Event, Score
from relations.scoring.days import Day, day_of, days_of, newest_day
from relations.scoring.explaining import Explanation, explain
from relations.scoring.ledger import Ledger, Pair
from relations.scoring.reckoning import left_out, reckon
from relations.scoring.series import ScoreSeries, counted_rows, grid_days, series_of
from relations.scoring.showing import html_table, text_table
from relations.scoring.weighing import is_known_state
from relations.settings import Settings

if TYPE_CHECKING:
    from relations.networks.balance import Balance
    from relations.networks.communities import Communities
    from relations.networks.profile import Profile
    from relations.scoring.changepoints import ChangePoint
    from relations.scoring.picturing import Picture
    from relations.snapshots.comparing import Comparison
    from relations.snapshots.store import Snapshot

FIELDS = (
    "at", "source", "target", "directed", "score", "low", "high", "word", "state", "n_events", "weight", "newest",
    "trend",
)  # fmt: skip
_SHOWN = ("at", "source", "target", "score", "low", "high", "word", "state", "n_events", "newest", "trend")


class PairMasses(NamedTuple):
    """Decayed numbers of cooperative and of conflictual events, and the conflict intensity of a dyad.

    `intensity` is ln(1 + decayed number of events in which force is shown or used): 0 without any.
    """

    cooperation: float
    conflict: float
    intensity: float


class Scores:
    """Scores of dyads on one day or several, with the events behind them.

    Iterating gives every mutual Score that has evidence, snapshot by snapshot; `scores["FRA", "MLI"]` is the newest of
    a dyad, `scores["FRA", "MLI", "2023-12-31"]` that of another day, and `scores.directed` has both directions apart.
    Make one with `Scores.from_events`, or from saved snapshots with `Scores.from_snapshots`.

    Attributes
    ----------
    at : tuple of datetime.date
        The days scored, oldest first.
    settings : Settings
    documents : int
        How many documents were read.
    notes : tuple of str
        What was left out on the way, in sentences.

    Examples
    --------
    >>> events = [Event("1", date(2025, 9, 19), "FRA", "MLI", type="SANCTION")]
    >>> scores = Scores.from_events(events)
    >>> round(scores["MLI", "FRA"].score, 2)
    -2.08
    >>> [(part.event and part.event.id, round(part.contribution, 2)) for part in scores.explain("FRA", "MLI")]
    [('1', -1.96), (None, -0.12)]
    """

    def __init__(
        self, ledgers: Mapping[date, Ledger], settings: Settings, *, documents: int = 0, notes: Iterable[str] = ()
    ) -> None:
        self._ledgers = dict(sorted(ledgers.items()))
        self.at: tuple[date, ...] = tuple(self._ledgers)
        self.settings = settings
        self.documents = documents
        self.notes: tuple[str, ...] = tuple(notes)
        self._any_day: Ledger | None = None

    @classmethod
    def from_events(
        cls,
        events: Iterable[Event] | pd.DataFrame,
        at: Day | Sequence[Day] | None = None,
        settings: Settings | None = None,
        published: date | None = None,
        notes: Iterable[str] = (),
        documents: int | None = None,
    ) -> Scores:
        """Score events on one day or several.

        Parameters
        ----------
        events : iterable of Event, or pandas.DataFrame
            A frame needs date, source, target and one of type, cameo, goldstein, and may hold reports in any order.
        at : date, ISO string or sequence of them, optional
            Days to score; without it the day of the newest document.
        settings : Settings, optional
        published : datetime.date, optional
            Day of the newest document read, which may hold no event; without it the newest `published` of the events,
            else their newest date.
        notes : iterable of str
            Remarks of earlier stages, kept in `notes`.
        documents : int, optional
            How many documents were read; without it, how many the events name.
        """
        settings = settings or Settings()
        frame = events if isinstance(events, pd.DataFrame) else events_to_frame(events)
        checked = check_frame(frame)
        ledger = Ledger.from_reports(checked.frame, settings, checked.coded)
        days = days_of(at) if at is not None else newest_day(checked.frame, published)
        count = documents if documents is not None else checked.frame["document"].replace("", None).nunique()
        scores = cls(
            dict.fromkeys(days, ledger), settings, documents=int(count),
            notes=(*notes, *checked.notes, *left_out(ledger)),
        )  # fmt: skip
        scores._any_day = ledger
        return scores

    @classmethod
    def from_snapshots(cls, snapshots: Iterable[Snapshot]) -> Scores:
        """Scores of saved snapshots, one for each of their days; of two of the same day the later in the list holds.

        Raises
        ------
        NotComparable
            When they were made with different settings.
        """
        from relations.snapshots.store import scores_of

        return scores_of(snapshots)

    def __iter__(self) -> Iterator[Score]:
        for at, ledger in self._ledgers.items():
            yield from ledger.scores(at)

    def __len__(self) -> int:
        return sum(len(ledger.reading(at).pairs) for at, ledger in self._ledgers.items())

    def __bool__(self) -> bool:
        """Whether any dyad has evidence."""
        return len(self) > 0

    def __getitem__(self, key: tuple[str, str] | tuple[str, str, Day]) -> Score:
        one, other, at = _asked(key)
        return self._score(one, other, at, directed=False)

    @property
    def directed(self) -> DirectedScores:
        """Scores of each direction apart: how the first state acts towards the second."""
        return DirectedScores(self)

    @property
    def events(self) -> pd.DataFrame:
        """All reports read, with what became of each.

        Besides the fields of Event: `event` (the id of the event it tells of), `counted`, `weight` on its own day,
        `value` on the scale, `mutual` (whether it counts in mutual scores) and `reason` when it does not count.
        """
        frames = [reckon(ledger) for ledger in self._different_ledgers()]
        if len(frames) == 1:
            return frames[0]
        if not frames:
            return reckon(Ledger.from_reports(check_frame(events_to_frame([])).frame, self.settings))
        return pd.concat(frames, ignore_index=True).drop_duplicates("id", keep="last").reset_index(drop=True)

    @property
    def actors(self) -> tuple[str, ...]:
        """Codes of all actors that were read, in alphabetical order."""
        return tuple(sorted({actor for ledger in self._different_ledgers() for actor in ledger.codes.actors}))

    def prior(self, at: Day | None = None) -> float:
        """Where a dyad without evidence stands on a day: the corpus mean, shrunk to 0."""
        ledger, day = self._ledger(at)
        return ledger.reading(day).m0

    def masses(self, a: str, b: str, at: Day | None = None) -> PairMasses:
        """Decayed numbers of cooperative and conflictual events between two states, and their conflict intensity.

        Raises
        ------
        NoEvidence
            When there is none on that day.
        """
        score = self._score(a, b, at, directed=False)
        ledger, day = self._ledger(at)
        reading = ledger.reading(day)
        place = reading.place[score.source, score.target]
        masses = reading.masses.take(slice(place, place + 1))
        force = float(masses.forceful[0])
        return PairMasses(float(masses.cooperation[0]), float(masses.conflict[0]), float(np.log1p(force)))

    def explain(self, a: str, b: str, at: Day | None = None, directed: bool = False) -> Explanation:
        """Take a score apart into its events, which add up to it exactly.

        Parameters
        ----------
        a, b : str
            Two states; with `directed`, who acts and who receives.
        at : date or ISO string, optional
            The newest snapshot when not given.
        directed : bool

        Raises
        ------
        NoEvidence
            When the dyad has none on that day.
        NoSuchActor
            When one of the names is no state's.
        """
        score = self._score(a, b, at, directed)
        ledger, _ = self._ledger(at)
        return explain(ledger, (score.source, score.target), score)

    def series(
        self,
        a: str,
        b: str,
        every: str | int = "month",
        start: Day | None = None,
        end: Day | None = None,
        directed: bool = False,
    ) -> ScoreSeries:
        """Scores of one dyad over time, each as a snapshot of its day would have it.

        Parameters
        ----------
        a, b : str
            Two states; with `directed`, who acts and who receives.
        every : {"week", "month", "quarter", "year"} or int
            Ends of periods, or every so many days back from `end`. Saved snapshots have their own days instead.
        start : date or ISO string, optional
            The day of the dyad's first event when not given.
        end : date or ISO string, optional
            The newest snapshot when not given; it is the last day of the series.
        directed : bool

        Raises
        ------
        NoEvidence
            When the dyad has none at the end.
        BadDate
            When the start is later than the end.

        Examples
        --------
        >>> events = [Event("1", date(2025, 7, 19), "FRA", "MLI", type="SANCTION")]
        >>> Scores.from_events(events, "2025-09-22").series("FRA", "MLI").to_frame()["score"].round(2).tolist()
        [-2.06, -2.0, -1.97]
        """
        pair, first, last = self._span(a, b, start, end, directed)
        ledgers = self._saved(first, last) or dict.fromkeys(grid_days(first, last, every), self._ledger(last)[0])
        return series_of(ledgers, pair, directed)

    def change_points(
        self, a: str, b: str, at: Day | None = None, directed: bool = False, *, level: float = 0.05, seed: int = 0
    ) -> tuple[ChangePoint, ...]:
        """Days on which the mean value of a dyad's events shifted for good, oldest first.

        Of dyads whose tone is constant, at most `level` show a change all the same; see
        relations.scoring.changepoints for the test.

        Parameters
        ----------
        a, b : str
        at : date or ISO string, optional
            Later events are left out; the newest snapshot when not given.
        directed : bool
        level : float
            Between 0 and 1.
        seed : int
            Of the test's random orders: the same seed gives the same answer.

        Raises
        ------
        NoEvidence
            When the dyad has none on that day.
        """
        from relations.scoring.changepoints import change_points

        score = self._score(a, b, at, directed)
        return change_points(self._ledger(at)[0], (score.source, score.target), score.at, directed, level, seed)

    def picture(
        self, a: str, b: str, start: Day | None = None, end: Day | None = None, directed: bool = False
    ) -> Picture:
        """What a drawing of a dyad's course shows: `plot` and `to_svg` draw it.

        Parameters as for `series`.
        """
        from relations.scoring.picturing import picture_of

        pair, first, last = self._span(a, b, start, end, directed)
        ledgers = self._saved(first, last) or {last: self._ledger(last)[0]}
        return picture_of(ledgers, pair, first, directed, self.change_points(a, b, last, directed))

    def plot(
        self,
        a: str,
        b: str,
        start: Day | None = None,
        end: Day | None = None,
        directed: bool = False,
        ax: Any = None,
    ) -> Any:
        """Draw a dyad's course with matplotlib: score and 90% interval, events as dots, days of change.

        Parameters
        ----------
        a, b, start, end, directed
            As for `series`.
        ax : matplotlib.axes.Axes, optional
            Where to draw; a figure of 900 x 450 pixels is made when left out.

        Returns
        -------
        matplotlib.axes.Axes

        Raises
        ------
        MissingExtra
            When matplotlib is not installed: it comes with the extra `plot`.
        """
        from relations.maps.colours import palette
        from relations.scoring.plotting import draw

        return draw(self.picture(a, b, start, end, directed), palette(), ax)

    def to_svg(
        self,
        a: str,
        b: str,
        start: Day | None = None,
        end: Day | None = None,
        directed: bool = False,
        theme: str = "light",
    ) -> str:
        """The same drawing as an SVG document; needs no matplotlib.

        Parameters
        ----------
        a, b, start, end, directed
            As for `series`.
        theme : {"light", "dark"}
        """
        from relations.maps.colours import palette
        from relations.scoring.svg import draw_svg

        return draw_svg(self.picture(a, b, start, end, directed), palette(theme))

    def compare(self, before: Day, after: Day, order: str = "path") -> Comparison:
        """What moved between two days, and which events moved it; the biggest change first.

        Parameters
        ----------
        before, after : date or ISO string
        order : {"path", "shapley"}
            How a change is split into its causes: one after the other along a fixed path (prior, removed, revised,
            decay, added), or each by its mean over all orders (Shapley 1953).
        """
        from relations.snapshots.comparing import compare_ledgers

        (first, start), (second, end) = self._ledger(before), self._ledger(after)
        return compare_ledgers(first, start, second, end, order)

    def snapshot(self, name: str, at: Day | None = None, inputs: Mapping[str, str] | None = None) -> Snapshot:
        """One day under a name, to be saved: the events that count, their weights and the scores.

        Parameters
        ----------
        name : str
        at : date or ISO string, optional
            The newest snapshot when not given.
        inputs : mapping of str to str, optional
            SHA-256 of each input by its name.
        """
        from relations.snapshots.store import snapshot_of

        ledger, day = self._ledger(at)
        return snapshot_of(ledger, day, name, inputs or {}, self.documents)

    def to_frame(self) -> pd.DataFrame:
        """One row for each mutual Score, with the record's fields; `at` and `newest` are dates of pandas."""
        return scores_frame(self)

    def to_geodataframe(self) -> Any:
        """A GeoDataFrame, a row for each pair and snapshot: a line between the two states, EPSG:4326."""
        from relations.exporting import scores_to_geodataframe

        return scores_to_geodataframe(self)

    def to_networkx(self) -> Any:
        """A networkx MultiDiGraph: states as nodes, an edge a directed score, keyed by its day."""
        from relations.exporting import scores_to_networkx

        return scores_to_networkx(self)

    def profile(self, country: str, at: Day | None = None) -> Profile:
        """One state's relations: partners, asymmetries, movers since a year before and newest events.

        Parameters
        ----------
        country : str
            Code or name.
        at : date or ISO string, optional
            The newest snapshot when not given.

        Raises
        ------
        NoSuchActor
            When the name is no state's; a state without evidence has a profile without relations.
        """
        from relations.networks.profile import empty_profile, profile_of

        code = self._actor(country)
        return profile_of(*self._ledger(at), code) if at is not None or self.at else empty_profile(code)

    def balance(
        self,
        at: Day | None = None,
        *,
        threshold: float | None = None,
        permutations: int = 500,
        seed: int = 0,
        top: int = 20,
    ) -> Balance:
        """Structural balance of a day's network: which triads of states are balanced, and which are strained.

        Parameters
        ----------
        at : date or ISO string, optional
            The newest snapshot when not given.
        threshold : float, optional
            The least score, above 0, that is a friendly tie, and its opposite a hostile one. Without it a tie has a
            sign where its 90% interval leaves out 0, or from 1 on where scores have no interval.
        permutations : int
            How often the signs are dealt anew to see what chance gives.
        seed : int
            Of the permutations.
        top : int
            How many of the most strained triads are listed.
        """
        from relations.networks.balancing import balance_of

        return balance_of(
            self._mutual(at), self.settings.k, threshold=threshold, permutations=permutations, seed=seed, top=top
        )

    def communities(self, at: Day | None = None, *, seed: int = 0, runs: int = 50) -> Communities:
        """Camps of states that are friendlier to one another than to the others, by signed modularity.

        Parameters
        ----------
        at : date or ISO string, optional
            The newest snapshot when not given.
        seed : int
            Of the orders in which states are tried.
        runs : int
            How many orders; states stand in one camp when they do so in most of the runs.
        """
        from relations.networks.communities import communities_of

        return communities_of(self._mutual(at), self.settings.k, seed=seed, runs=runs)

    def map(self, **options: Any) -> Any:
        """The interactive page, which shows itself in a notebook; `.save(path)` writes it as one file."""
        from relations.maps.page import RelationsMap

        return RelationsMap(self, **options)

    def plot_map(self, at: Day | None = None, focus: str | None = None, ax: Any = None, **options: Any) -> Any:
        """One snapshot as a figure for a paper, with geopandas and matplotlib (extra `plot`); gives its Axes.

        Parameters
        ----------
        at : date or ISO string, optional
            The newest snapshot when not given.
        focus : str, optional
            Code or name of the country whose relations are shown; without it the whole world.
        ax : matplotlib.axes.Axes, optional
            Where to draw; without it a figure of one column's width.
        **options
            `worldview`, `theme`, `title`, `arcs`, `labels`, `legend` and `note`, as `relations.maps.static.plot_map`
            has them.

        Raises
        ------
        MissingExtra
            Without matplotlib.
        """
        from relations.maps.static import plot_map

        return plot_map(self, at, focus, ax, **options)

    def _repr_html_(self) -> str:
        return html_table(self._title(), _SHOWN, [[getattr(s, name) for name in _SHOWN] for s in self])

    def __str__(self) -> str:
        if not self:
            return self._title()
        return text_table(_SHOWN, [[getattr(s, name) for name in _SHOWN] for s in self])

    def __repr__(self) -> str:
        return f"<Scores: {self._title()}>"

    def _title(self) -> str:
        days = ", ".join(day.isoformat() for day in self.at[-3:])
        earlier = f"{len(self.at) - 3} earlier days, " if len(self.at) > 3 else ""
        return f"{len(self):,} scores on {earlier}{days}" if self.at else "no scores"

    def _different_ledgers(self) -> list[Ledger]:
        ledgers = [*self._ledgers.values(), *([self._any_day] if self._any_day else [])]
        return list({id(ledger): ledger for ledger in ledgers}.values())

    def _ledger(self, at: Day | None) -> tuple[Ledger, date]:
        """The evidence for a day; events can be scored on any day, saved snapshots on their own days only."""
        if at is None and not self.at:
            raise NoEvidence("Nothing was scored: no event was found. See the notes for what was read.")
        day = self.at[-1] if at is None else day_of(at)
        ledger = self._ledgers.get(day, self._any_day)
        if ledger is None:
            raise NoEvidence(f"No snapshot of {day}. There are {', '.join(map(str, self.at))}.")
        return ledger, day

    def _span(self, a: str, b: str, start: Day | None, end: Day | None, directed: bool) -> tuple[Pair, date, date]:
        """A dyad, and the first and last day of its course: from its first event to the newest snapshot."""
        score = self._score(a, b, end, directed)
        pair = (score.source, score.target)
        ledger, last = self._ledger(end)
        first = date.fromordinal(int(ledger.days[counted_rows(ledger, pair, directed, last)[0]]))
        first = first if start is None else day_of(start)
        if first > last:
            raise BadDate(f"The first day {first} is after the last, {last}. Give an earlier first day.")
        return pair, first, last

    def _saved(self, first: date, last: date) -> dict[date, Ledger]:
        """Saved snapshots of a span with their own evidence; nothing where events can be scored on any day."""
        if self._any_day is not None:
            return {}
        return {day: ledger for day, ledger in self._ledgers.items() if first <= day <= last}

    def _mutual(self, at: Day | None) -> list[Score]:
        """Mutual scores of a day; none when nothing was scored."""
        if at is None and not self.at:
            return []
        ledger, day = self._ledger(at)
        return ledger.scores(day)

    def _score(self, one: str, other: str, at: Day | None, directed: bool) -> Score:
        ledger, day = self._ledger(at)
        first, second = self._actor(one), self._actor(other)
        pair = (first, second) if directed or first < second else (second, first)
        score = ledger.score(day, pair, directed)
        if score is None:
            raise NoEvidence(_nothing_on(ledger, pair, day, directed))
        return score

    def _actor(self, text: str) -> str:
        """The code that a person means by a code or a name."""
        code = text.strip().upper()
        if code in self.actors or is_known_state(code):
            return code
        try:
            return find_country(text).code
        except NoSuchActor as error:
            raise NoSuchActor(str(error)) from None


class DirectedScores:
    """Scores of each direction apart, read as Scores is: by dyad, by dyad and day, or one after the other."""

    def __init__(self, scores: Scores) -> None:
        self._scores = scores

    def __iter__(self) -> Iterator[Score]:
        for at, ledger in self._scores._ledgers.items():
            yield from ledger.scores(at, directed=True)

    def __len__(self) -> int:
        return sum(len(ledger.reading(at, directed=True).pairs) for at, ledger in self._scores._ledgers.items())

    def __getitem__(self, key: tuple[str, str] | tuple[str, str, Day]) -> Score:
        source, target, at = _asked(key)
        return self._scores._score(source, target, at, directed=True)

    def to_frame(self) -> pd.DataFrame:
        """One row for each directed Score."""
        return scores_frame(self)


def scores_frame(scores: Iterable[Score]) -> pd.DataFrame:
    """Scores as a table with the record's fields."""
    rows = [[getattr(score, name) for name in FIELDS] for score in scores]
    frame = pd.DataFrame(rows, columns=list(FIELDS))
    for name in ("at", "newest"):
        frame[name] = frame[name].astype("datetime64[s]")
    kinds = {"directed": bool, "n_events": np.int64, "score": float, "low": float, "high": float, "weight": float}
    return frame.astype({**kinds, "trend": float})


def _asked(key: Any) -> tuple[str, str, Day | None]:
    if not isinstance(key, tuple) or len(key) not in (2, 3):
        raise NoSuchActor(
            f"Ask for two states, and a day if you like: scores['FRA', 'MLI', '2025-09-22'], got {key!r}."
        )
    return (key[0], key[1], key[2] if len(key) == 3 else None)


def _nothing_on(ledger: Ledger, pair: Pair, day: date, directed: bool) -> str:
    """What to say when a dyad has no evidence: with whom its states have some."""
    arrow = " -> " if directed else "-"
    if pair[0] == pair[1]:
        return f"{pair[0]} with itself has no score. Ask for two different states."
    known = ledger.reading(day, directed).pairs
    partners = [f"{actor} has {', '.join(found[:8])}" for actor in pair if (found := _partners(known, actor))]
    rest = f" On that day {'; '.join(partners)}." if partners else " Neither has evidence with any state on that day."
    return f"No evidence on {arrow.join(pair)} on {day}.{rest}"


def _partners(pairs: Iterable[Pair], actor: str) -> list[str]:
    return sorted({a if b == actor else b for a, b in pairs if actor in (a, b)})
