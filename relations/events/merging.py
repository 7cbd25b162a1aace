"""Which reports tell of one and the same event?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from math import prod
from operator import itemgetter
from typing import NamedTuple
from urllib.parse import urlsplit

import numpy as np
import numpy.typing as npt
import pandas as pd

from relations.events.schema import Coded, column_of, days_of, encode

#: Reports of one event lie at most so many days after the first.
WITHIN_DAYS = 1
#: Part of the shorter sentence's word stems, names of capitals left out, that the other has too. Chosen by reading
#: pairs of reports, not measured: half for sure says the same, a fifth is the vocabulary of any sanction.
ENOUGH_WORDS_SHARED = 0.4
#: Clusters that a report is compared with, the newest first: keeps a flood of reports on one day linear.
CLUSTERS_COMPARED = 64
#: However many independent outlets agree, they are not certain.
MOST_CERTAIN = 0.99

_WORD = re.compile(r"[^\W\d_]{4,}|\d+")
_STEM = 5


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
    sentences share enough words. Two reports in one document stay two events, because the coder has compared them.
    Rows without a sentence are left as they are; identical ones are already one when a table has been checked.

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
    columns = [told[name].to_numpy(dtype=object)[shared] for name in ("document", "sentence", "publisher", "url", "id")]
    numbers = [values[shared].tolist() for values in (rows, days, told["confidence"].to_numpy(), group)]
    entries = zip(*columns, *numbers, strict=True)
    for _, members in groupby(entries, key=itemgetter(-1)):
        yield [_report(*member[:-1]) for member in members]


def _report(
    document: str, sentence: str, publisher: str, url: str, id: str, row: int, day: int, confidence: float
) -> _Report:
    outlet = publisher or host_of(url) or document or id
    return _Report(row, day, document, " ".join(sentence.split()), outlet, confidence)


def _numbered(keys: Iterable[Coded]) -> npt.NDArray[np.int64]:
    """One number for each combination of keys."""
    combined: npt.NDArray[np.int64] | None = None
    for key in keys:
        mixed = key.codes if combined is None else combined * len(key.values) + key.codes
        combined = np.unique(mixed, return_inverse=True)[1].astype(np.int64)
    return combined if combined is not None else np.empty(0, dtype=np.int64)


def host_of(url: str) -> str:
    """Host of a link without `www.`, empty when there is none.

    >>> host_of("https://www.example.org/a"), host_of("no link")
    ('example.org', '')
    """
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def _cluster(reports: Sequence[_Report]) -> Iterator[list[_Report]]:
    """Greedy in the order of dates: a report joins the most similar open cluster, or opens one."""
    open_clusters: list[_Cluster] = []
    by_text: dict[str, _Cluster] = {}
    for report in reports:
        while open_clusters and report.day - open_clusters[0].reports[0].day > WITHIN_DAYS:
            yield open_clusters.pop(0).reports
        same = by_text.get(report.text)
        if same is None or not _may_join(report, same):
            same = _most_similar(report, open_clusters)
        if same is None:
            same = _Cluster(word_stems(report.text))
            open_clusters.append(same)
        by_text[report.text] = same
        same.add(report)
    for cluster in open_clusters:
        yield cluster.reports


def _may_join(report: _Report, cluster: _Cluster) -> bool:
    return report.document not in cluster.documents and report.day - cluster.reports[0].day <= WITHIN_DAYS


def _most_similar(report: _Report, clusters: Sequence[_Cluster]) -> _Cluster | None:
    stems = word_stems(report.text)
    candidates = [cluster for cluster in clusters[-CLUSTERS_COMPARED:] if _may_join(report, cluster)]
    likeness = [words_shared(stems, cluster.stems) for cluster in candidates]
    best = max(likeness, default=0.0)
    return candidates[likeness.index(best)] if best >= ENOUGH_WORDS_SHARED else None


def word_stems(text: str) -> frozenset[str]:
    """First letters of the words of four letters or more, and numbers; names, which any report has, are left out.

    >>> sorted(word_stems("Paris suspended 3 contracts with Bamako on Friday"))
    ['3', 'contr', 'suspe', 'with']
    """
    words = [word for word in _WORD.findall(text) if not word[:1].isupper()]
    return frozenset(word[:_STEM].casefold() for word in words)


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
        confidence[head], outlets[head] = _together(cluster)
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


def _together(cluster: Sequence[_Report]) -> tuple[float, int]:
    """Confidence in an event that several outlets report, and their number; copies of one text are one outlet."""
    best: dict[str, float] = {}
    outlet_of: dict[str, str] = {}
    for report in cluster:
        outlet = outlet_of.setdefault(report.text, report.outlet)
        best[outlet] = max(best.get(outlet, 0.0), report.confidence)
    if len(best) == 1:
        return max(best.values()), 1
    doubt = prod(1 - confidence for confidence in best.values())
    return max(*best.values(), min(1 - doubt, MOST_CERTAIN)), len(best)
