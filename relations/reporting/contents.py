"""What does a report say?"""

from __future__ import annotations

import platform
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date, timedelta
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from relations.countries import find_country, name_of
from relations.errors import NoEvidence
from relations.maps.captions import STANDING_NOTE, change_headline, headline_of
from relations.maps.choosing import is_thin, scores_on, strength_of
from relations.maps.colours import CHANGE_BREAKS
from relations.records import Change, Event, Score
from relations.scoring.words import class_of

if TYPE_CHECKING:
    from relations.scoring.scores import Scores
    from relations.snapshots.comparing import Comparison

#: A single snapshot is compared with the day so much earlier: a month.
PERIOD_DAYS = 30
#: Pairs that a list of movers or of extremes names, events behind each mover, documents listed, maps shown.
MOVERS, UNCLEAR, EVENTS, PAIRS, DOCUMENTS, MAPS = 5, 3, 3, 10, 100, 12
_NEUTRAL = 3  # the middle one of the seven classes
_PACKAGES = ("relations-map", "numpy", "pandas", "scikit-learn", "skops", "geopandas")

METHOD = (
    "Sentences that report an act of one state towards another are coded as events of the PLOVER types, by rules and a "
    "classifier that run on this machine. Each type has a value from -10 (conflict) to +10 (cooperation). A score is "
    "the mean of a pair's values, weighted by age and by confidence, and drawn towards the mean of all pairs where "
    "events are few. Reports of the same event count once; threats and promises count as what they are, not as deeds.",
    "The interval is where the score of the events still to come lies nine times out of ten, if the relation stays "
    "what it is. A change is named only when it is larger than its margin of error; its parts, event by event, add up "
    "to it.",
)
LIMITS = (
    STANDING_NOTE,
    "What is not reported, or not among the documents read, is not in the scores. A silent relation is not a good one.",
    "Reporting follows attention: large states, wars and scandals are told more often than quiet cooperation.",
    "Sentences are read one by one. Irony, hearsay and long chains of reference can be misread; every event names its "
    "sentence, so that it can be checked.",
    "Thin evidence means less than one fresh, certain event; a faded score rests on old events only.",
)


@dataclass(frozen=True, slots=True)
class Mover:
    """A pair that changed, and the events that moved it most, each with its points and its fate.

    A fate is added, late, removed, revised or decay, as `Comparison.fates` has it.
    """

    change: Change
    events: tuple[tuple[Event, float, str], ...]


@dataclass(frozen=True, slots=True)
class Source:
    """A document that was read: how many of its events count."""

    document: str
    title: str
    publisher: str
    url: str
    published: date | None
    events: int


@dataclass(frozen=True, slots=True)
class Report:
    """All that a report says, whatever it is written in."""

    title: str
    headline: str
    focus: str | None
    at: date | None
    since: date | None
    period: str
    snapshots: tuple[date, ...]
    documents: int
    pairs: int
    events: int
    worse: tuple[Mover, ...]
    better: tuple[Mover, ...]
    unclear: tuple[Mover, ...]
    hostile: tuple[Score, ...]
    friendly: tuple[Score, ...]
    uncertain: tuple[Score, ...]
    course: tuple[tuple[Score, tuple[Score | None, ...]], ...]
    sources: tuple[Source, ...]
    publishers: tuple[tuple[str, int], ...]
    outlets: tuple[tuple[str, int], ...]
    notes: tuple[str, ...]
    settings: tuple[tuple[str, str], ...]
    versions: tuple[tuple[str, str], ...]


def report_on(scores: Scores, title: str = "", focus: str | None = None, since: date | None = None) -> Report:
    """Gather what a report says about the newest snapshot and the period before it.

    Parameters
    ----------
    scores : Scores
    title : str
        Name of the dossier.
    focus : str, optional
        Code or name of a country; only its relations are told.
    since : datetime.date, optional
        First day of the period; the snapshot before the newest when not given, or a month before the only one.

    Raises
    ------
    NoSuchActor
        When the focus is no country.
    NoEvidence
        When `since` is no day that the scores know.

    Examples
    --------
    >>> from relations.scoring.scores import Scores
    >>> report_on(Scores.from_events([Event("1", date(2025, 9, 19), "FRA", "MLI", type="SANCTION")])).headline
    'No tense or hostile pairs, 0 friendly or close'
    """
    code = find_country(focus).code if focus else None
    at = scores.at[-1] if scores.at else None
    found = scores_on(scores, at, code) if at else []
    comparison = _comparison(scores, at, since)
    movers = _movers(comparison, code)
    worse, better = ([m for m in movers if m.change.change * sign > 0 and moved(m.change)] for sign in (-1, 1))
    firm = [score for score in found if not is_thin(score)]
    shown = sorted(found, key=lambda score: (-strength_of(score), score.source, score.target))[:PAIRS]
    sources = _sources(scores)
    return Report(
        title=title,
        headline=headline_of(scores, at, code),
        focus=code,
        at=at,
        since=comparison.before if comparison else None,
        period=_period(comparison, code, title),
        snapshots=_spread(scores.at, MAPS),
        documents=scores.documents,
        pairs=len(found),
        events=sum(score.n_events for score in found),
        worse=tuple(worse[:MOVERS]),
        better=tuple(better[:MOVERS]),
        unclear=() if worse or better else tuple(movers[:UNCLEAR]),
        hostile=tuple(sorted((s for s in firm if class_of(s.score) < _NEUTRAL), key=lambda s: s.score)[:PAIRS]),
        friendly=tuple(sorted((s for s in firm if class_of(s.score) > _NEUTRAL), key=lambda s: -s.score)[:PAIRS]),
        uncertain=tuple(sorted(found, key=lambda s: (s.low - s.high, s.source, s.target))[:PAIRS]),
        course=_course(scores, shown, _spread(scores.at, MAPS)),
        sources=sources,
        publishers=_counted(source.publisher for source in sources for _ in range(source.events)),
        outlets=_counted(urlsplit(source.url).hostname or "" for source in sources for _ in range(source.events)),
        notes=scores.notes,
        settings=tuple(
            (field.name, _setting(getattr(scores.settings, field.name))) for field in fields(scores.settings)
        ),
        versions=_versions(),
    )


def _comparison(scores: Scores, at: date | None, since: date | None) -> Comparison | None:
    if at is None:
        return None
    if since is not None:
        return scores.compare(since, at)
    if len(scores.at) > 1:
        return scores.compare(scores.at[-2], at)
    try:
        return scores.compare(at - timedelta(days=PERIOD_DAYS), at)
    except NoEvidence:  # a single saved snapshot knows no other day
        return None


def _period(comparison: Comparison | None, focus: str | None, title: str) -> str:
    if comparison is None:
        return ""
    changes = [change for change in comparison if _concerns(change, focus) and moved(change)]
    return change_headline(name_of(focus) if focus else title or "Relations", comparison.before, changes, focus)


def _concerns(change: Change, focus: str | None) -> bool:
    return not focus or focus in (change.source, change.target)


def moved(change: Change) -> bool:
    """Whether a change is worth telling: larger than its margin of error, and more than slight."""
    return change.clear and class_of(change.change, CHANGE_BREAKS) != len(CHANGE_BREAKS) // 2


def _movers(comparison: Comparison | None, focus: str | None) -> list[Mover]:
    """The pairs that moved, those that clearly did first and of them the farthest."""
    changes = [c for c in comparison or () if _concerns(c, focus)]
    changes.sort(key=lambda change: (not moved(change), -abs(change.change), change.source, change.target))
    told = [c for place, c in enumerate(changes) if moved(c) or place < UNCLEAR]
    return [Mover(change, _behind(comparison, change)) for change in told] if comparison else []


def _behind(comparison: Comparison, change: Change) -> tuple[tuple[Event, float, str], ...]:
    """The events that moved a pair the way it went: new ones before those that only fade, the heaviest first."""
    events, fates = comparison.events_of(change), comparison.fates(change)
    points = [(events[id], part, fates[id]) for id, part in change.contributions.items() if id in events]
    pushed = [entry for entry in points if entry[1] * change.change > 0]
    return tuple(sorted(pushed, key=lambda entry: (entry[2] == "decay", -abs(entry[1]), entry[0].id))[:EVENTS])


def _spread(days: Sequence[date], count: int) -> tuple[date, ...]:
    """So many of the days, evenly chosen, the first and the last among them."""
    if len(days) <= count:
        return tuple(days)
    return tuple(days[round(n * (len(days) - 1) / (count - 1))] for n in range(count))


def _course(
    scores: Scores, shown: Sequence[Score], days: Sequence[date]
) -> tuple[tuple[Score, tuple[Score | None, ...]], ...]:
    known = {(score.source, score.target, score.at): score for score in scores}
    return tuple((s, tuple(known.get((s.source, s.target, day)) for day in days)) for s in shown)


def _sources(scores: Scores) -> tuple[Source, ...]:
    """Documents by the number of their events that count, then by name."""
    frame = scores.events
    sources = []
    for document, rows in frame[frame["document"] != ""].groupby("document", sort=True):
        first = rows.iloc[0]
        published = first["published"]
        sources.append(
            Source(
                str(document),
                str(first["title"]),
                str(first["publisher"]),
                str(first["url"]),
                None if published is None or published != published else published.date(),
                int(rows["counted"].sum()),
            )
        )
    return tuple(sorted(sources, key=lambda source: (-source.events, source.document)))


def _counted(names: Iterable[str]) -> tuple[tuple[str, int], ...]:
    counts = Counter(name for name in names if name)
    return tuple(sorted(counts.items(), key=lambda entry: (-entry[1], entry[0])))


def _setting(value: object) -> str:
    if value is None:
        return "none"
    return ", ".join(f"{a} {b}" for a, b in value) if isinstance(value, tuple) else str(value)


def _versions() -> tuple[tuple[str, str], ...]:
    found = [("Python", platform.python_version())]
    for package in _PACKAGES:
        try:
            found.append((package, version(package)))
        except PackageNotFoundError:  # run from a folder, without an installation
            continue
    return tuple(found)
