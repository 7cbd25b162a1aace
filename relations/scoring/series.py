"""How did the score of one dyad move over time?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from relations.errors import BadDate, BadRecord
from relations.scoring.buckets import Buckets, Masses, Whole
from relations.scoring.estimators import Estimate, estimate, states_of
from relations.scoring.ledger import Ledger, Pair
from relations.scoring.priors import Priors, corpus_mean, country_offsets, directed_priors
from relations.scoring.showing import html_table, text_table
from relations.scoring.words import word_of
from relations.settings import Settings

#: Columns of a series: the fields of Score that have a meaning on a grid, and what the map's panel shows beside them.
COLUMNS = (
    "at", "score", "low", "high", "word", "state", "n_events", "weight", "cooperation", "conflict", "prior",
)  # fmt: skip
_SHOWN = ("at", "score", "low", "high", "word", "state", "n_events", "weight")
#: Periods whose last days a grid may take, and pandas' names for them; weeks end on Sunday.
PERIODS = {"week": "W-SUN", "month": "ME", "quarter": "QE", "year": "YE"}
#: More points than this are a slip of the hand: every day of 27 years.
MAX_POINTS = 10_000


@dataclass(frozen=True, slots=True, eq=False)
class ScoreSeries:
    """Scores of one dyad on the days of a grid, each as a snapshot of that day would have it.

    Attributes
    ----------
    source, target : str
        ISO 3166 alpha-3 codes; alphabetical when mutual.
    directed : bool
    frame : pandas.DataFrame
        One row a day, oldest first: `at`, `score`, `low` and `high` (the 90% interval), -10 to 10, `word`, `state`,
        `n_events`, `weight` (decayed number of events), `cooperation` and `conflict` (decayed numbers of events of
        each kind), `prior` (where the dyad would stand without its own events). Before the first event `score`,
        `low` and `high` are NaN, `word` and `state` None, and the numbers 0.
    """

    source: str
    target: str
    directed: bool
    frame: pd.DataFrame

    def __len__(self) -> int:
        return len(self.frame)

    @property
    def title(self) -> str:
        """Whose scores, how many and from when to when."""
        arrow = " -> " if self.directed else "-"
        days = [day.date().isoformat() for day in self.frame["at"]]
        span = f", {days[0]} to {days[-1]}" if len(days) > 1 else f", {days[0]}" if days else ""
        return f"{self.source}{arrow}{self.target}: {len(days):,} day{'' if len(days) == 1 else 's'}{span}"

    def to_frame(self) -> pd.DataFrame:
        """A copy of the table."""
        return self.frame.copy()

    def rows(self) -> Iterator[dict[str, Any]]:
        """Each day as plain values: ISO dates, and None where there is no evidence yet."""
        for values in self.frame.itertuples(index=False):
            row: dict[str, Any] = dict(zip(COLUMNS, values, strict=True))
            missing = {name: None for name, value in row.items() if value is None or value != value}
            yield row | missing | {"at": row["at"].date().isoformat()}

    def __str__(self) -> str:
        return f"{self.title}\n{text_table(_SHOWN, self._shown())}"

    def _repr_html_(self) -> str:
        return html_table(self.title, _SHOWN, self._shown())

    def _shown(self) -> list[list[Any]]:
        return [[row[name] for name in _SHOWN] for row in self.rows()]


def grid_days(first: date, last: date, every: str | int) -> list[date]:
    """Days at which a series is taken: the last days of all periods, or every so many days; `last` always comes last.

    Parameters
    ----------
    first, last : datetime.date
        Nothing before `first` and nothing after `last`.
    every : {"week", "month", "quarter", "year"} or int
        A number of days is counted back from `last`.

    Raises
    ------
    BadDate
        When `first` is later than `last`.
    BadRecord
        When there is no such period, or there are more than MAX_POINTS days.

    Examples
    --------
    >>> [day.isoformat() for day in grid_days(date(2024, 1, 15), date(2024, 3, 10), "month")]
    ['2024-01-31', '2024-02-29', '2024-03-10']
    >>> [day.isoformat() for day in grid_days(date(2024, 1, 1), date(2024, 1, 31), 14)]
    ['2024-01-03', '2024-01-17', '2024-01-31']
    """
    if first > last:
        raise BadDate(f"The series would begin on {first}, after its end on {last}. Give an earlier first day.")
    if isinstance(every, str) and every in PERIODS:
        found = pd.date_range(first, last, freq=PERIODS[every], unit="s")
        days = [stamp.date() for stamp in found if stamp.date() != last]
    elif isinstance(every, int) and every > 0 and every is not True:
        days = [last - timedelta(days=n) for n in range((last - first).days // every * every, 0, -every)]
    else:
        raise BadRecord(f"No grid {every!r}. Use one of {', '.join(PERIODS)}, or a number of days above 0.")
    if len(days) >= MAX_POINTS:
        raise BadRecord(f"{len(days) + 1:,} days are too many for a series. Give a later first day or a wider grid.")
    return [*days, last]


def counted_rows(ledger: Ledger, pair: Pair, directed: bool, until: date) -> Whole:
    """Rows of the events that a dyad's scores are made of up to a day, by date.

    Parameters
    ----------
    ledger : Ledger
    pair : tuple of str
    directed : bool
        Only what the first did to the second.
    until : datetime.date
    """
    rows = ledger.rows_of(*pair)
    rows = rows[ledger.counted(directed)[rows] & (ledger.days[rows] <= until.toordinal())]
    return rows[(ledger.events["source"].iloc[rows] == pair[0]).to_numpy(dtype=bool)] if directed else rows


def series_of(ledgers: Mapping[date, Ledger], pair: Pair, directed: bool = False) -> ScoreSeries:
    """The scores of one dyad on some days, each from the evidence given for that day.

    Parameters
    ----------
    ledgers : mapping of datetime.date to Ledger
        The same ledger for every day, or that of each saved snapshot for its own.
    pair : tuple of str
        Alphabetical when mutual.
    directed : bool
    """
    different = {id(ledger): ledger for ledger in ledgers.values()}
    views = {key: _View.of(ledger, pair, directed) for key, ledger in different.items()}
    rows = [_row(day, views[id(ledgers[day])].on(day)) for day in sorted(ledgers)]
    frame = pd.DataFrame(rows, columns=list(COLUMNS), dtype=object)  # or else None becomes NaN
    kinds: dict[str, Any] = {"at": "datetime64[s]", "n_events": np.int64, "word": object, "state": object}
    kinds |= dict.fromkeys(("score", "low", "high", "weight", "cooperation", "conflict", "prior"), np.float64)
    return ScoreSeries(*pair, directed, frame.astype(kinds))


class _Seen(NamedTuple):
    """One dyad on one day: where it would stand without its own events, and what they say, if there are any yet."""

    prior: float
    masses: Masses
    found: Estimate | None = None
    state: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class _View:
    """What the scores of one dyad are made of: its own sums, and what its prior asks for.

    A snapshot scores all dyads of its day; a series needs one on many days, so the others are added up once: `corpus`
    is all of them as if they were one, `around` the mutual dyads of the two states, `mutual` the view of both together
    for a direction.
    """

    pair: Pair
    own: Buckets
    corpus: Buckets
    around: Buckets
    mutual: _View | None
    settings: Settings

    @classmethod
    def of(cls, ledger: Ledger, pair: Pair, directed: bool) -> _View:
        everyone, settings = ledger.buckets(False), ledger.settings
        around = [other for other in everyone.pairs if set(other) & set(pair)] if settings.prior == "country" else []
        mutual = cls.of(ledger, (min(pair), max(pair)), False) if directed else None
        own = _only(ledger.buckets(directed), [pair])
        return cls(pair, own, _together(everyone), _only(everyone, around), mutual, settings)

    def on(self, day: date) -> _Seen:
        """The dyad on a day, as a snapshot of that day has it."""
        masses = self.own.decayed(day, self.settings.half_life_days)
        prior = self._priors(day).of(*self.pair)
        if not masses.weight.sum() > 0:
            return _Seen(prior, masses)
        found = estimate(masses, prior, self.settings)
        return _Seen(prior, masses, found, states_of(masses, found, day.toordinal(), self.settings)[0])

    def _priors(self, day: date) -> Priors:
        half_life = self.settings.half_life_days
        m0 = corpus_mean(self.corpus.decayed(day, half_life), self.settings)
        priors = Priors(m0, country_offsets(self.around.decayed(day, half_life), m0, self.settings))
        if self.mutual is None or self.settings.directed_prior == "same":
            return priors
        found = self.mutual.on(day).found
        score = {} if found is None else {self.mutual.pair: float(found.score[0])}
        return replace(priors, scores=directed_priors(self.settings, score))


def _row(day: date, seen: _Seen) -> Sequence[Any]:
    if seen.found is None:
        return day, np.nan, np.nan, np.nan, None, None, 0, 0.0, 0.0, 0.0, seen.prior
    score, low, high = (float(column[0]) for column in seen.found)
    masses = seen.masses
    sums = (float(column[0]) for column in (masses.weight, masses.cooperation, masses.conflict))
    return day, score, low, high, word_of(score), seen.state, int(masses.events[0]), *sums, seen.prior


def _only(buckets: Buckets, wanted: Sequence[Pair]) -> Buckets:
    """The buckets of some dyads."""
    met = sorted(set(wanted) & set(buckets.pairs))
    places = np.array([buckets.pairs.index(pair) for pair in met], dtype=np.int64)
    rows = np.flatnonzero(np.isin(buckets.pair, places))
    return Buckets(tuple(met), np.searchsorted(places, buckets.pair[rows]), buckets.day[rows], buckets.sums[rows])


def _together(buckets: Buckets) -> Buckets:
    """The buckets of all dyads as if they were one: a bucket a day."""
    if not len(buckets.day):
        return buckets
    days, place = np.unique(buckets.day, return_inverse=True)
    sums = np.zeros((len(days), buckets.sums.shape[1]))
    np.add.at(sums, place, buckets.sums)
    return Buckets((("", ""),), np.zeros(len(days), dtype=np.int64), days, sums)
