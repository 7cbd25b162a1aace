"""Which reports tell of one and the same event?"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from relations.events.outlets import host_of, join_outlets
from relations.events.schema import Coded, column_of, days_of, encode

#: Reports of one event lie at most so many days after the first.
WITHIN_DAYS = 1
#: Part of the shorter sentence's word stems, names and words of any report left out, that the other has too, and how
#: many at least. Chosen on the pairs of tests/cases/merging.tsv, not measured: all of the same event share more, most
#: of different events less. Where only the month or year is known, the words must say more.
ENOUGH_WORDS_SHARED, FEWEST_WORDS_SHARED = 0.55, 2
ENOUGH_WITHOUT_A_DAY, FEWEST_WITHOUT_A_DAY = 0.6, 3
#: Clusters that a report is compared with, the newest first: keeps a flood of reports on one day linear.
CLUSTERS_COMPARED = 64

_WORD = re.compile(r"[^\W\d_]{4,}|\d+")
_STEM = 5
#: Stems of words that stand in any report and tell nothing of the event, in English and French.
_EMPTY = frozenset({
    "about", "accor", "again", "also", "ainsi", "annon", "apres", "avait", "avec", "been", "being", "comme", "could",
    "dans", "depui", "durin", "elle", "even", "from", "have", "having", "into", "leur", "leurs", "month", "more",
    "most", "near", "only", "other", "over", "pour", "said", "same", "says", "selon", "some", "sont", "such", "than",
    "that", "their", "them", "there", "these", "they", "this", "those", "told", "under", "until", "upon", "were",
    "what", "when", "where", "which", "while", "will", "with", "withi", "would", "year", "years",
})  # fmt: skip


class Merged(NamedTuple):
    """Events, and which of them each report tells of.

    Attributes
    ----------
    frame : pandas.DataFrame
        One row an event: id and date of its first report, everything else of its most confident one, the confidence
        of all together. `outlets` is how many independent ones report it.
    event_of : numpy.ndarray
        For each row of the reports, the row of its event.
    """

    frame: pd.DataFrame
    event_of: npt.NDArray[np.int64]


@dataclass(slots=True)
class _Report:
    """What is compared of a report."""

    row: int
    day: int
    document: str
    text: str
    outlet: str
    confidence: float
    precision: str

    @property
    def period(self) -> tuple[int, ...]:
        """Year, and month where it is known; empty when the day is."""
        known = {"month": 2, "year": 1}.get(self.precision, 0)
        return date.fromordinal(self.day).timetuple()[:known]


@dataclass(slots=True)
class _Cluster:
    """Reports held to be of one event, the first of them first."""

    stems: frozenset[str]
    reports: list[_Report] = field(default_factory=list)
    documents: set[str] = field(default_factory=set)

    def add(self, report: _Report) -> None:
        self.reports.append(report)
        if report.document:
            self.documents.add(report.document)


def merge_reports(frame: pd.DataFrame) -> Merged:
    """One row an event from one row a report.

    Reports are of one event when source, target, type and mode agree, they lie within a day of the first, and their
    sentences share enough words. One that knows the month or year only joins an event of that time, if its words say
    clearly the same. Two reports in one document stay two events, because the coder has compared them. Rows without a
    sentence are left as they are; identical ones are already one when a table has been checked.

    Parameters
    ----------
    frame : pandas.DataFrame
        A checked table.

    Examples
    --------
    >>> from relations.events.table import check_frame
    >>> told = "France suspended the contracts of its advisers"
    >>> rows = pd.DataFrame({"date": ["2025-09-19", "2025-09-20"], "source": "FRA", "target": "MLI", "type": "SANCTION",
    ...     "document": ["a", "b"], "sentence": [told, told + ", an official said"], "confidence": [0.8, 0.5]})
    >>> merged = merge_reports(check_frame(rows).frame)
    >>> len(merged.frame), round(float(merged.frame["confidence"][0]), 2), merged.event_of.tolist()
    (1, 0.9, [0, 0])
    """
    told = (frame["sentence"] != "").to_numpy()
    clusters = [cluster for cluster in _clusters(frame, np.flatnonzero(told)) if len(cluster) > 1]
    return _assemble(frame, clusters)


def _clusters(frame: pd.DataFrame, rows: npt.NDArray[np.int64]) -> Iterator[list[_Report]]:
    if not len(rows):
        return
    for group in _groups(frame.iloc[rows], rows):
        yield from _cluster(group)


#: Columns of text that are compared, or say who reports.
_COMPARED = ("document", "sentence", "publisher", "url", "id", "date_precision")


def _groups(told: pd.DataFrame, rows: npt.NDArray[np.int64]) -> Iterator[list[_Report]]:
    """Reports of the same source, target, type, mode and kind of status, in the order of their dates."""
    kind = told["status"].replace("historic", "happened")
    bare_code = told["cameo"].where(told["type"] == "", "")
    keys = [told["source"], told["target"], told["type"], told["mode"], bare_code, kind]
    group = _numbered(encode(key) for key in keys)
    days, ids = days_of(told["date"]), told["id"].to_numpy(dtype=object)
    published = days_of(told["published"])
    order = np.lexsort((np.argsort(np.argsort(ids)), published, days, group))
    sizes = np.bincount(group)
    shared = order[sizes[group[order]] > 1]
    columns = [told[name].to_numpy(dtype=object)[shared] for name in _COMPARED]
    numbers = [values[shared].tolist() for values in (rows, days, told["confidence"].to_numpy(), group)]
    entries = zip(*columns, *numbers, strict=True)
    for _, members in groupby(entries, key=itemgetter(-1)):
        yield [_report(*member[:-1]) for member in members]


def _report(
    document: str,
    sentence: str,
    publisher: str,
    url: str,
    id: str,
    precision: str,
    row: int,
    day: int,
    confidence: float,
) -> _Report:
    outlet = publisher or host_of(url) or document or id
    return _Report(row, day, document, " ".join(sentence.split()), outlet, confidence, precision)


def _numbered(keys: Iterable[Coded]) -> npt.NDArray[np.int64]:
    """One number for each combination of keys."""
    combined: npt.NDArray[np.int64] | None = None
    for key in keys:
        mixed = key.codes if combined is None else combined * len(key.values) + key.codes
        combined = np.unique(mixed, return_inverse=True)[1].astype(np.int64)
    return combined if combined is not None else np.empty(0, dtype=np.int64)


def _cluster(reports: Sequence[_Report]) -> Iterator[list[_Report]]:
    """Reports whose day is known among themselves, then those of a month or year to what is known of that time."""
    clusters = list(_by_day([report for report in reports if not report.period]))
    places: dict[tuple[int, ...], list[_Cluster]] = {}
    vague = [report for report in reports if report.period]
    for report in vague:
        if not places:
            for cluster in clusters:
                when = date.fromordinal(cluster.reports[0].day).timetuple()
                for known in (1, 2):
                    places.setdefault(when[:known], []).append(cluster)
        around = [cluster for cluster in places.get(report.period, []) if report.document not in cluster.documents]
        same = _most_similar(report, around, ENOUGH_WITHOUT_A_DAY, FEWEST_WITHOUT_A_DAY)
        if same is None:
            same = _Cluster(word_stems(report.text))
            clusters.append(same)
            places.setdefault(report.period, []).append(same)
        same.add(report)
    return (cluster.reports for cluster in clusters)


def _by_day(reports: Sequence[_Report]) -> Iterator[_Cluster]:
    """Greedy in the order of dates: a report joins the most similar open cluster, or opens one."""
    open_clusters: list[_Cluster] = []
    by_text: dict[str, _Cluster] = {}
    for report in reports:
        while open_clusters and report.day - open_clusters[0].reports[0].day > WITHIN_DAYS:
            yield open_clusters.pop(0)
        same = by_text.get(report.text)
        if same is None or not _may_join(report, same):
            near = [cluster for cluster in open_clusters[-CLUSTERS_COMPARED:] if _may_join(report, cluster)]
            same = _most_similar(report, near, ENOUGH_WORDS_SHARED, FEWEST_WORDS_SHARED)
        if same is None:
            same = _Cluster(word_stems(report.text))
            open_clusters.append(same)
        by_text[report.text] = same
        same.add(report)
    yield from open_clusters


def _may_join(report: _Report, cluster: _Cluster) -> bool:
    return report.document not in cluster.documents and report.day - cluster.reports[0].day <= WITHIN_DAYS


def _most_similar(report: _Report, clusters: Sequence[_Cluster], enough: float, fewest: int) -> _Cluster | None:
    """The cluster whose first sentence shares most words, None when no one shares enough."""
    stems = word_stems(report.text)
    near = [cluster for cluster in clusters[-CLUSTERS_COMPARED:] if len(stems & cluster.stems) >= fewest]
    likeness = [words_shared(stems, cluster.stems) for cluster in near]
    best = max(likeness, default=0.0)
    return near[likeness.index(best)] if best >= enough else None


def word_stems(text: str) -> frozenset[str]:
    """First letters, without accents, of the words of four letters or more, and numbers.

    Names, which any report has, are left out, and so are words that tell nothing of the event.

    >>> sorted(word_stems("Paris suspended 3 contracts with Bamako on Friday"))
    ['3', 'contr', 'suspe']
    """
    if not text.isascii():
        text = "".join(letter for letter in unicodedata.normalize("NFKD", text) if not unicodedata.combining(letter))
    words = [word for word in _WORD.findall(text) if not word[:1].isupper()]
    return frozenset(word[:_STEM].casefold() for word in words) - _EMPTY


def words_shared(one: frozenset[str], other: frozenset[str]) -> float:
    """Part of the smaller set that the other has too, 0 when either is empty.

    >>> words_shared(frozenset("abcd"), frozenset("abx"))
    0.6666666666666666
    """
    smaller = min(len(one), len(other))
    return len(one & other) / smaller if smaller else 0.0


def _assemble(frame: pd.DataFrame, clusters: Sequence[Sequence[_Report]]) -> Merged:
    """Replace the rows of every cluster by one."""
    first = np.arange(len(frame))
    shown = np.arange(len(frame))
    confidence = frame["confidence"].to_numpy(copy=True)
    outlets = np.ones(len(frame), dtype=np.int64)
    for cluster in clusters:
        head = cluster[0].row
        first[[report.row for report in cluster]] = head
        shown[head] = max(cluster, key=lambda report: report.confidence).row
        confidence[head], outlets[head] = join_outlets(
            (report.text, report.outlet, report.confidence) for report in cluster
        )
    heads = np.flatnonzero(first == np.arange(len(frame)))
    place = np.empty(len(frame), dtype=np.int64)
    place[heads] = np.arange(len(heads))
    return Merged(_merged_frame(frame, heads, shown[heads], confidence, outlets), place[first])


def _merged_frame(
    frame: pd.DataFrame,
    heads: npt.NDArray[np.int64],
    shown: npt.NDArray[np.int64],
    confidence: npt.NDArray[np.float64],
    outlets: npt.NDArray[np.int64],
) -> pd.DataFrame:
    if len(heads) == len(frame):
        return frame.assign(outlets=outlets)
    merged = frame.iloc[shown].reset_index(drop=True)
    return merged.assign(
        id=column_of("id", frame["id"].to_numpy(dtype=object)[heads]),
        date=column_of("date", frame["date"].to_numpy()[heads]),
        confidence=confidence[heads],
        outlets=outlets[heads],
    )
