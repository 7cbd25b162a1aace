"""Which events stand behind the page's scores, and whose words travel with it?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from relations.maps.columns import pack, pack_rows
from relations.maps.readings import EPOCH
from relations.records import STATUSES, TYPES
from relations.vocabulary import phrase_of

if TYPE_CHECKING:
    import pandas as pd

    from relations.scoring.scores import Scores

Whole = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
#: A sentence is cut here: one never ending line must not fill the page.
_LONGEST_TEXT = 600
_LONGEST_LINK = 2000
_WORDS = ("sentence", "title", "publisher", "url")
#: Days a period of the timeline has at least, and what it is called; at most 40 stand beside each other.
_PERIODS = {"month": 1, "quarter": 3, "year": 12}
_MOST_PERIODS = 40


@dataclass(frozen=True, slots=True, eq=False)
class Evidence:
    """Events of all pairs, by pair, date and id; of several reports of one event the one that speaks for it.

    `mass` is the weight on the event's own day and `value` its place on the scale, both 0 when it does not count.
    `frame` has the same rows.
    """

    frame: pd.DataFrame
    pair: Whole
    reverse: npt.NDArray[np.bool_]
    day: Whole
    kind: Whole
    quad: Whole
    mass: Floats
    value: Floats
    counted: npt.NDArray[np.bool_]
    mutual: npt.NDArray[np.bool_]


class Texts:
    """Every text once, in the order first met."""

    def __init__(self) -> None:
        self.all: list[str] = [""]
        self._places = {"": 0}

    def place(self, text: str) -> int:
        """Where a text stands; it is added when new."""
        if text not in self._places:
            self._places[text] = len(self.all)
            self.all.append(text)
        return self._places[text]


def read_evidence(scores: Scores, pairs: Sequence[tuple[str, str]]) -> Evidence:
    """The events of these pairs, also those that do not count."""
    frame = scores.events
    frame = frame[(frame["id"] == frame["event"]).to_numpy(dtype=bool)]
    source, target = (frame[side].to_numpy(dtype=object) for side in ("source", "target"))
    places = {pair: row for row, pair in enumerate(pairs)}
    reverse = np.array(source > target, dtype=bool)
    pair = np.array(
        [places.get((b, a) if turned else (a, b), -1) for a, b, turned in zip(source, target, reverse, strict=True)],
        dtype=np.int64,
    )
    day = frame["date"].to_numpy("datetime64[D]").astype(np.int64)
    order = np.lexsort((frame["id"].to_numpy(dtype=str), day, pair))
    order = order[pair[order] >= 0]
    frame = frame.iloc[order]
    weight = frame["weight"].to_numpy(dtype=np.float64)
    counted = frame["counted"].to_numpy(dtype=bool) & (weight > 0)
    kinds = {kind: place for place, kind in enumerate(("", *TYPES))}
    return Evidence(
        frame=frame,
        pair=pair[order],
        reverse=reverse[order],
        day=day[order],
        kind=np.array([kinds.get(kind, 0) for kind in frame["type"].to_numpy(dtype=object)], dtype=np.int64),
        quad=frame["quad"].to_numpy(dtype=np.int64),
        mass=np.where(counted, weight, 0.0),
        value=np.where(counted, frame["value"].to_numpy(dtype=np.float64), 0.0),
        counted=counted,
        mutual=counted & frame["mutual"].to_numpy(dtype=bool),
    )


def first_days(found: Evidence, pairs: int) -> list[list[str]]:
    """For every pair its kinds of events that count, and the first day of each.

    A kind is the place of the type in TYPES, from 1; an event without a type has 16 + its quad class.
    """
    rows = np.flatnonzero(found.counted)
    kind = np.where(found.kind[rows] > 0, found.kind[rows], len(TYPES) + found.quad[rows])
    order = np.lexsort((found.day[rows], kind, found.pair[rows]))
    pair, kind, day = found.pair[rows][order], kind[order], found.day[rows][order]
    new = np.diff(pair * 64 + kind, prepend=-1) != 0
    lengths = np.bincount(pair[new], minlength=pairs)
    return [list(row) for row in zip(pack_rows(kind[new], lengths), pack_rows(day[new], lengths), strict=True)]


def tallies(found: Evidence, pairs: int) -> list[str]:
    """For every pair its events that count, of each of the four quad classes."""
    counts = np.zeros((pairs, 4), dtype=np.int64)
    np.add.at(counts, (found.pair[found.counted], np.clip(found.quad[found.counted], 1, 4) - 1), 1)
    return pack_rows(counts.reshape(-1), np.full(pairs, 4))


def periods(found: Evidence, pairs: Sequence[tuple[str, str]], since: date | None = None) -> dict[str, Any]:
    """Cooperative and conflictual events of each month, quarter or year, for each country and for all together.

    The unit is the finest of which not too many stand beside each other; what is more than a year older than `since`,
    the first snapshot, does not make it coarser.
    """
    rows = np.flatnonzero(found.counted)
    if not len(rows):
        return {"unit": "quarter", "first": 0, "counts": {}}
    months = (found.day[rows].astype("datetime64[D]").astype("datetime64[M]")).astype(np.int64) + 1970 * 12
    start = months.min() if since is None else max(months.min(), since.year * 12 + since.month - 13)
    unit = next((u for u, n in _PERIODS.items() if months.max() // n - start // n < _MOST_PERIODS), "year")
    place = months // _PERIODS[unit]
    first, span = int(place.min()), int(np.ptp(place)) + 1
    kind, place = (found.quad[rows] >= 3).astype(np.int64), place - place.min()
    codes = sorted({code for row in np.unique(found.pair[rows]) for code in pairs[row]})
    number = {code: n for n, code in enumerate(codes)}
    ends = np.array([[number.get(a, -1), number.get(b, -1)] for a, b in pairs], dtype=np.int64)
    counts = np.zeros((len(codes) + 1, 2, span), dtype=np.int64)
    np.add.at(counts, (np.zeros(len(rows), dtype=np.int64), kind, place), 1)
    for side in (0, 1):
        np.add.at(counts, (ends[found.pair[rows], side] + 1, kind, place), 1)
    packed = pack_rows(counts.reshape(-1), np.full((len(codes) + 1) * 2, span))
    return {
        "unit": unit,
        "first": first,
        "counts": {key: packed[2 * n : 2 * n + 2] for n, key in enumerate(["", *codes])},
    }


def event_columns(found: Evidence, scores: Scores, texts: Texts, budget: int) -> list[str]:
    """One packed column a field, one place an event whose words travel, in the order of pairs and dates."""
    chosen = _choose(found, scores, budget)
    if not chosen:
        return []
    rows = sorted(chosen)
    columns = {name: found.frame[name].to_numpy(dtype=object)[rows] for name in _FIELDS}
    written = [
        _row(found, row, words, texts, {name: column[n] for name, column in columns.items()})
        for n, (row, words) in enumerate((row, chosen[row]) for row in rows)
    ]
    return [pack(column) for column in zip(*written, strict=True)]


_FIELDS = ("type", "mode", "status", "date_precision", "confidence", "evidence", "reason")


def _row(found: Evidence, row: int, words: tuple[str, ...], texts: Texts, fields: Mapping[str, Any]) -> tuple[int, ...]:
    sentence, title, publisher, url = words
    start, end = _marked(sentence, str(fields["evidence"]))
    return (
        int(found.pair[row]),
        int(found.reverse[row]),
        int(found.day[row]),
        int(found.kind[row]),
        STATUSES.index(fields["status"]),
        round(float(found.mass[row]) * 1000),
        round(float(found.value[row]) * 100),
        round(float(fields["confidence"]) * 100),
        int(found.mutual[row]),
        texts.place(sentence),
        start,
        end,
        texts.place(title),
        texts.place(publisher),
        texts.place(url),
        {"day": 0, "document": 0, "month": 1, "year": 2}[fields["date_precision"]],
        texts.place(phrase_of(fields["type"], fields["mode"]) if fields["type"] else ""),
        texts.place(str(fields["reason"])),
    )


def _choose(found: Evidence, scores: Scores, budget: int) -> dict[int, tuple[str, ...]]:
    """Rows and words of the events that the page carries: the heaviest of every pair, then the second, and so on."""
    if not budget or not len(found.pair):
        return {}
    turn = _turns(found, scores)
    columns = [found.frame[name].to_numpy(dtype=object) for name in _WORDS]
    chosen: dict[int, tuple[str, ...]] = {}
    spent, met = 0, set[str]()
    for row in np.lexsort((np.arange(len(turn)), found.pair, turn)).tolist():
        words = _words(*(column[row] for column in columns))
        spent += sum(len(text.encode("utf-8", "replace")) for text in words if text not in met) + 20
        if spent > budget:
            break
        met.update(words)
        chosen[row] = words
    return chosen


def _turns(found: Evidence, scores: Scores) -> Whole:
    """Turn of each event, 0 first: even ones to the heaviest today, odd ones to the heaviest on their own day.

    So an early snapshot has its sentences too.
    """
    own = np.abs(found.mass * (found.value - scores.prior()))
    half_life, last = scores.settings.half_life_days, scores.at[-1].toordinal() - EPOCH
    now = own if half_life is None else own * 0.5 ** ((last - found.day) / half_life)
    return np.minimum(2 * _ranks(found.pair, now), 2 * _ranks(found.pair, own) + 1)


def _ranks(pair: Whole, weight: Floats) -> Whole:
    """Place of each event among its pair's, the heaviest 0."""
    order = np.lexsort((np.arange(len(pair)), -weight, pair))
    heads = np.flatnonzero(np.diff(pair[order], prepend=-1))
    ranks = np.empty(len(pair), dtype=np.int64)
    ranks[order] = np.arange(len(pair)) - np.repeat(heads, np.diff(np.append(heads, len(pair))))
    return ranks


def _words(sentence: Any, title: Any, publisher: Any, url: Any) -> tuple[str, ...]:
    link = str(url)
    return (*(_cut(str(text)) for text in (sentence, title, publisher)), link if len(link) <= _LONGEST_LINK else "")


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST_TEXT else text[: _LONGEST_TEXT - 1] + "\u2026"


def _marked(sentence: str, evidence: str) -> tuple[int, int]:
    """Where the coded words stand in the sentence, counted in UTF-16 units as JavaScript counts; 0, 0 when not."""
    start = sentence.find(evidence) if evidence else -1
    if start < 0:
        return 0, 0
    return _units(sentence[:start]), _units(sentence[: start + len(evidence)])


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def day_number(day: date) -> int:
    """Days since 1970, as the page counts them."""
    return day.toordinal() - EPOCH
