"""Which numbers and words does the page read?"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from relations.countries import find_country, name_of
from relations.maps.colours import legend
from relations.maps.columns import pack
from relations.maps.geometry import load_places
from relations.records import STATES, STATUSES, TYPES, Score
from relations.scoring.words import class_of
from relations.settings import Z90, Settings

if TYPE_CHECKING:
    from relations.scoring.scores import Scores

#: Day 0 of the page's dates.
_EPOCH = date(1970, 1, 1).toordinal()
#: Bytes of sentences, titles, publishers and links that a page may carry by default: with them, 600 pairs and 12
#: snapshots stay under a megabyte.
EVIDENCE_BYTES = 170_000
#: A sentence is cut here: one never ending line must not fill the page.
_LONGEST_TEXT = 600
_EVENT_FIELDS = (
    "id", "source", "target", "date_precision", "type", "quad", "status", "confidence", "sentence", "evidence", "title",
    "publisher", "url", "counted", "weight", "value", "mutual",
)  # fmt: skip
_SIDES = ("both", "ab", "ba")
_ESCAPES = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}


@dataclass(frozen=True, slots=True)
class _Weighed:
    """One event of a pair: weight on its own day, value on the scale, who counts it, and its row of the event table."""

    id: str
    pair: int
    reverse: bool
    day: int
    quad: int
    mass: float
    value: float
    mutual: bool
    counted: bool
    row: Any


Pair = tuple[str, str]
_Explained = Mapping[Pair, Sequence[_Weighed]]


def payload(
    scores: Scores,
    *,
    title: str = "",
    focus: str | None = None,
    theme: str = "auto",
    worldviews: Sequence[str] = ("un",),
    evidence_bytes: int = EVIDENCE_BYTES,
) -> dict[str, Any]:
    """Everything the page shows, as JSON-ready values: columns packed, every text once.

    Parameters
    ----------
    scores : Scores
    title : str
        Name of the dossier.
    focus : str, optional
        Code or name of the country the page opens on; a single article opens on the one it is about.
    theme : {"auto", "light", "dark"}
    worldviews : sequence of {"un", "ne"}
        Geometries the page carries, the first shown at first.
    evidence_bytes : int
        Bytes of text the page may carry; the heaviest events of every pair come first.

    Raises
    ------
    NoSuchActor
        When the focus is no country.
    """
    readings = _readings(scores)
    pairs = sorted(readings)
    countries = _countries(pairs)
    explained = _explained(scores, pairs)
    texts = _Texts()
    chosen = _choose(explained, scores, evidence_bytes)
    return {
        "format": 1,
        "title": title,
        "focus": find_country(focus).code if focus else _centre(scores, readings),
        "theme": theme,
        "worldviews": list(worldviews),
        "at": [_day(at) for at in scores.at],
        "documents": scores.documents,
        "priors": [round(scores.prior(at), 4) for at in scores.at],
        "k": scores.settings.k,
        "halfLife": scores.settings.half_life_days,
        "states": ["", *STATES],
        "types": ["", *TYPES],
        "statuses": list(STATUSES),
        "legend": legend(),
        "countries": countries,
        "pairs": [_pair_columns(scores, pair, readings[pair], explained[pair], countries) for pair in pairs],
        "events": _event_columns(chosen, texts),
        "quarters": _quarters(explained),
        "texts": texts.all,
    }


def to_json(value: Any) -> str:
    """JSON that may stand inside a script element, and inside a template.

    Nothing in it can end the element or a line of it, and nothing opens a Jinja expression: branca reads every element
    as a template. In JSON, two braces in a row or a brace before `%` or `#` stand only inside texts.

    Raises
    ------
    ValueError
        When a number is not finite.

    Examples
    --------
    >>> to_json("</script>")
    '"\\\\u003c/script\\\\u003e"'
    """
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    for character, escape in _ESCAPES.items():
        text = text.replace(character, escape)
    text = re.sub(r"\{(?=[{%#])", r"\\u007b", text)
    return text.encode("utf-8", "replace").decode("utf-8")


class _Texts:
    """Every text once, in the order first met."""

    def __init__(self) -> None:
        self.all: list[str] = [""]
        self._places = {"": 0}

    def place(self, text: str) -> int:
        if text not in self._places:
            self._places[text] = len(self.all)
            self.all.append(text)
        return self._places[text]


def _day(day: date) -> int:
    return day.toordinal() - _EPOCH


def _readings(scores: Scores) -> dict[tuple[str, str], dict[str, dict[date, Score]]]:
    """Scores by pair, side and snapshot; a pair is alphabetical and `ab` is its first country's side."""
    readings: dict[tuple[str, str], dict[str, dict[date, Score]]] = defaultdict(lambda: {side: {} for side in _SIDES})
    for score in scores:
        readings[score.source, score.target]["both"][score.at] = score
    for score in scores.directed:
        pair = (min(score.source, score.target), max(score.source, score.target))
        readings[pair]["ab" if score.source == pair[0] else "ba"][score.at] = score
    return {pair: sides for pair, sides in readings.items() if sides["both"]}


def _centre(scores: Scores, readings: Mapping[tuple[str, str], Mapping[str, Mapping[date, Score]]]) -> str | None:
    """The country a single article is about: the one with most pairs, then most events; None for more articles."""
    if scores.documents != 1 or not readings:
        return None
    weight: dict[str, tuple[int, int]] = defaultdict(lambda: (0, 0))
    for pair, sides in readings.items():
        for code in pair:
            pairs, events = weight[code]
            weight[code] = (pairs + 1, events + max(score.n_events for score in sides["both"].values()))
    return max(sorted(weight), key=lambda code: weight[code])


def _countries(pairs: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """Code, name and place of every country that can be drawn or has a score."""
    places = load_places()
    codes = sorted(set(places) | {code for pair in pairs for code in pair})
    points = [places.get(code) for code in codes]
    return {
        "codes": codes,
        "names": [name_of(code) for code in codes],
        "lon": [round(point.lon, 2) if point else None for point in points],
        "lat": [round(point.lat, 2) if point else None for point in points],
        "dots": [codes[i] for i, point in enumerate(points) if point and point.dot],
    }


def _explained(scores: Scores, pairs: Sequence[Pair]) -> _Explained:
    """Events of every pair, by date; of several reports of one event the one that speaks for it."""
    places = {pair: index for index, pair in enumerate(pairs)}
    frame = scores.events
    frame = frame[frame["id"] == frame["event"]]
    days = frame["date"].to_numpy("datetime64[D]").astype(int).tolist()
    explained: dict[Pair, list[_Weighed]] = {pair: [] for pair in pairs}
    rows: Iterable[Any] = frame[list(_EVENT_FIELDS)].itertuples(index=False)
    for day, row in zip(days, rows, strict=True):
        pair = (min(row.source, row.target), max(row.source, row.target))
        if pair in places:
            counted = bool(row.counted) and row.weight > 0
            explained[pair].append(
                _Weighed(
                    id=row.id,
                    pair=places[pair],
                    reverse=row.source > row.target,
                    day=day,
                    quad=int(row.quad),
                    mass=float(row.weight) if counted else 0.0,
                    value=float(row.value) if counted else 0.0,
                    mutual=counted and bool(row.mutual),
                    counted=counted,
                    row=row,
                )
            )
    return {pair: sorted(entries, key=lambda entry: (entry.day, entry.id)) for pair, entries in explained.items()}


def _decay(days: float, half_life: float | None) -> float:
    """Part of a weight that is left after so many days."""
    return 1.0 if half_life is None else float(0.5 ** (days / half_life))


def _pair_columns(
    scores: Scores,
    pair: tuple[str, str],
    sides: Mapping[str, Mapping[date, Score]],
    explained: Sequence[_Weighed],
    countries: Mapping[str, Any],
) -> list[Any]:
    """Indices of the two countries, then the columns of each side over the snapshots."""
    codes: list[str] = countries["codes"]
    columns: list[Any] = [codes.index(pair[0]), codes.index(pair[1])]
    for side in _SIDES:
        columns.append(_columns(sides[side], scores.at))
    both = [sides["both"][at] for at in scores.at if at in sides["both"]]
    spread = [_spread(score, explained, scores.settings) for score in both]
    masses = [scores.masses(*pair, score.at) for score in both]
    columns.append(
        [
            pack(round(score.weight * 1000) for score in both),
            pack(_day(score.newest) for score in both),
            pack(round(squares * 1000) for squares, _ in spread),
            pack(round(noise * 100) for _, noise in spread),
            pack(round(float(conflict) * 100) for _, _, conflict in masses),
            pack(_tally(explained)),
        ]
    )
    return columns


def _columns(readings: Mapping[date, Score], at: Sequence[date]) -> list[str]:
    """States of all snapshots, 0 where there is no evidence; score, low, high and count where there is."""
    present = [readings[day] for day in at if day in readings]
    return [
        "".join(str(STATES.index(readings[day].state) + 1) if day in readings else "0" for day in at),
        pack(_shortened(score.score, 1000) for score in present),
        pack(_shortened(score.low, 100) for score in present),
        pack(_shortened(score.high, 100) for score in present),
        pack(score.n_events for score in present),
    ]


def _shortened(value: float, parts: int) -> int:
    """A number in whole thousandths or hundredths that the page writes and classes as the number itself.

    Rounding twice would turn -0.649 into -0.7 by way of -0.65, and -4.9996 from tense into hostile.
    """
    short = round(value * parts)
    if f"{short / parts:.1f}" != f"{value:.1f}" or class_of(short / parts) != class_of(value):
        short += 1 if value * parts > short else -1
    return short


def _tally(explained: Sequence[_Weighed]) -> list[int]:
    """Counted events of each of the four quad classes."""
    quads = [entry.quad for entry in explained if entry.counted]
    return [quads.count(quad) for quad in (1, 2, 3, 4)]


def _spread(score: Score, explained: Sequence[_Weighed], settings: Settings) -> tuple[float, float]:
    """Sum of squared weights, and variance of one event, that give the margin of any change of this pair.

    The margin between two snapshots is 1.645 sqrt(noise sum((a2 - a1)^2)) with a = weight / (k + W). The variance
    is read back from the interval; where both its ends are cut at 10 it is a lower bound.
    """
    weeks: dict[int, float] = defaultdict(float)
    squares, today = 0.0, _day(score.at)
    for entry in explained:
        if entry.mutual and entry.day <= today:
            weight = entry.mass * _decay(today - entry.day, settings.half_life_days)
            squares += weight**2
            weeks[(entry.day + _EPOCH) // 7] += weight
    if not squares:
        return 0.0, 0.0
    clustered = sum(mass**2 for mass in weeks.values())
    half = max(score.score - score.low, score.high - score.score)
    effective = score.weight * min(1.0, squares / clustered)
    return squares, (half / Z90) ** 2 * (settings.k + effective) * max(1.0, clustered / squares)


def _choose(explained: _Explained, scores: Scores, budget: int) -> list[_Weighed]:
    """The events whose words the page carries: the heaviest of every pair, then the second of every pair, and so on."""
    turns = [turn for entries in explained.values() for turn in _turns(entries, scores)]
    chosen: list[_Weighed] = []
    spent, met = 0, set[str]()
    for _, entry in sorted(turns, key=lambda turn: (turn[0], turn[1].pair, turn[1].id)):
        words = _words(entry.row)
        spent += sum(len(text.encode("utf-8", "replace")) for text in words if text not in met) + 20
        if spent > budget:
            break
        met.update(words)
        chosen.append(entry)
    return sorted(chosen, key=lambda entry: (entry.pair, entry.day, entry.id))


def _turns(entries: Sequence[_Weighed], scores: Scores) -> list[tuple[int, _Weighed]]:
    """Each event with its turn, 0 first: even turns to the heaviest today, odd ones to the heaviest on their own day.

    So an early snapshot has its sentences too.
    """
    prior, last = scores.prior(), _day(scores.at[-1])
    own = {entry.id: abs(entry.mass * (entry.value - prior)) for entry in entries}
    now = {e.id: own[e.id] * _decay(last - e.day, scores.settings.half_life_days) for e in entries}
    turn: dict[str, int] = {}
    for start, weights in ((0, now), (1, own)):
        for place, name in enumerate(sorted(weights, key=lambda name: (-weights[name], name))):
            turn[name] = min(turn.get(name, 2 * place + start), 2 * place + start)
    return [(turn[entry.id], entry) for entry in entries]


def _words(row: Any) -> tuple[str, ...]:
    url = str(row.url)
    return (*(_cut(str(text)) for text in (row.sentence, row.title, row.publisher)), url if len(url) <= 2000 else "")


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST_TEXT else text[: _LONGEST_TEXT - 1] + "\u2026"


def _event_columns(chosen: Sequence[_Weighed], texts: _Texts) -> list[str]:
    """One packed column a field, one place an event, in the order of pairs and dates."""
    rows = [_event_row(evidence, texts) for evidence in chosen]
    return [pack(column) for column in zip(*rows, strict=True)] if rows else []


def _event_row(evidence: _Weighed, texts: _Texts) -> tuple[int, ...]:
    row = evidence.row
    sentence, title, publisher, url = _words(row)
    start, end = _marked(sentence, row.evidence)
    return (
        evidence.pair,
        int(evidence.reverse),
        evidence.day,
        TYPES.index(row.type) + 1 if row.type else 0,
        STATUSES.index(row.status),
        round(evidence.mass * 1000),
        round(evidence.value * 100),
        round(row.confidence * 100),
        int(evidence.mutual),
        texts.place(sentence),
        start,
        end,
        texts.place(title),
        texts.place(publisher),
        texts.place(url),
        {"day": 0, "document": 0, "month": 1, "year": 2}[row.date_precision],
    )


def _marked(sentence: str, evidence: str) -> tuple[int, int]:
    """Where the coded words stand in the sentence, counted in UTF-16 units as JavaScript counts; 0, 0 when not."""
    start = sentence.find(evidence) if evidence else -1
    if start < 0:
        return 0, 0
    return _units(sentence[:start]), _units(sentence[: start + len(evidence)])


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _quarters(explained: _Explained) -> dict[str, Any]:
    """Cooperative and conflictual events of each quarter, for each country and for all pairs together."""
    counts: dict[str, dict[tuple[int, int], int]] = defaultdict(lambda: defaultdict(int))
    for pair, entries in sorted(explained.items()):
        for entry in entries:
            if entry.counted:
                quarter = _quarter(entry.day)
                for key in ("", *pair):
                    counts[key][quarter, int(entry.quad >= 3)] += 1
    if not counts:
        return {"first": 0, "counts": {}}
    met = [quarter for quarter, _ in counts[""]]
    span = range(min(met), max(met) + 1)
    return {
        "first": min(met),
        "counts": {
            key: [pack(cells.get((quarter, kind), 0) for quarter in span) for kind in (0, 1)]
            for key, cells in sorted(counts.items())
        },
    }


def _quarter(day: int) -> int:
    """Quarters since the year 0."""
    when = date.fromordinal(day + _EPOCH)
    return when.year * 4 + (when.month - 1) // 3
