"""How good are answers beside the gold, and how sure is each figure?

Every share, probability and F1 here runs from 0 to 100.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, NamedTuple

import numpy as np

from relations.coding.features import NONE
from relations.vocabulary import quad_of

#: Gold sets that merge CONCEDE and RETREAT call the two YIELD, and count them as material cooperation.
YIELD = "YIELD"
#: Resamplings behind an interval, their seed, and the percentiles between which nine of ten of them lie.
DRAWS, SEED, PERCENTILES = 500, 1, (5, 95)
#: Bins of the reliability table: ten are usual.
BINS = 10
#: Longer sentences are taken for news: the examples of the CAMEO manual are short.
MANUAL_WORDS = 15
#: Letters that tell the types apart at the head of a column.
SHORT = 4
_DATED = re.compile(rf"\d|\b({'|'.join([*calendar.day_name, *calendar.month_name[1:]])})\b")

Pairs = Mapping[str, tuple[Sequence[Any], Sequence[Any]]]


@dataclass(frozen=True, slots=True)
class Figure:
    """A macro-F1 and its 90% interval."""

    value: float
    low: float
    high: float

    def __str__(self) -> str:
        return f"{self.value:.1f} ({self.low:.1f} to {self.high:.1f})"


@dataclass(frozen=True, slots=True)
class Slice:
    """Some of the rows: how many they are and their figures, of which there are none without a row."""

    rows: int
    figures: Mapping[str, Figure | None]

    def to_json(self) -> dict[str, Any]:
        """The figures and their intervals, JSON-ready."""
        return {
            "rows": self.rows,
            "figures": {name: figure and figure.value for name, figure in self.figures.items()},
            "intervals": {name: figure and [figure.low, figure.high] for name, figure in self.figures.items()},
        }


@dataclass(frozen=True, slots=True)
class TypeFigures:
    """One type of the gold; `instead` is the answer most often said for it, `times` how often; None if never."""

    type: str
    quad: int
    rows: int
    precision: float
    recall: float
    f1: float
    instead: str | None
    times: int | None


@dataclass(frozen=True, slots=True)
class Bin:
    """Answers of a confidence above `low` and up to `high`; no means without a row."""

    low: float
    high: float
    rows: int
    confidence: float | None
    right: float | None


class Table(NamedTuple):
    """A titled table, to be shown in any format."""

    title: str
    header: tuple[str, ...]
    rows: list[list[Any]]


@dataclass(frozen=True, slots=True)
class Report:
    """All that is known of an evaluation; `confusion` counts gold answers (rows) by what was said (columns)."""

    whole: Slice
    slices: Mapping[str, Slice]
    types: tuple[TypeFigures, ...]
    answers: tuple[str, ...]
    confusion: tuple[tuple[int, ...], ...]
    error: float
    bins: tuple[Bin, ...]

    def to_json(self) -> dict[str, Any]:
        """The report as one JSON-ready object."""
        return self.whole.to_json() | {
            "classes": [asdict(row) for row in self.types],
            "confusion": {"types": list(self.answers), "counts": [list(row) for row in self.confusion]},
            "calibration": {"error": self.error, "bins": [asdict(row) for row in self.bins]},
            "slices": {name: part.to_json() for name, part in self.slices.items()},
        }

    def tables(self) -> list[Table]:
        """The report as tables; the cells of an empty figure, bin or count are None."""
        parts = {"all": self.whole, **self.slices}
        reliability = [[f"{b.low:.0f} to {b.high:.0f}", b.rows, b.confidence, b.right] for b in self.bins]
        counts = zip(self.answers, self.confusion, strict=True)
        return [
            Table(
                "Macro-F1, 0 to 100, and its 90% interval (manual: short, undated rows; news: all others)",
                ("slice", "rows", *self.whole.figures),
                [[name, part.rows, *(f and str(f) for f in part.figures.values())] for name, part in parts.items()],
            ),
            Table(
                "Types of the gold, and what was most often said instead",
                ("type", "quad", "rows", "precision", "recall", "F1", "instead", "times"),
                [[*asdict(row).values()] for row in self.types],
            ),
            Table(
                "Gold types (rows) by what was said (columns)",
                ("", *(name[:SHORT] for name in self.answers)),
                [[name, *(count or None for count in row)] for name, row in counts],
            ),
            Table(
                f"Confidence, in percent: expected calibration error {self.error:.1f}",
                ("confidence", "rows", "mean confidence", "share right"),
                reliability,
            ),
        ]


def report_of(texts: Sequence[str], pairs: Pairs, confidence: Sequence[float]) -> Report:
    """Judge answers beside the gold.

    Parameters
    ----------
    texts : sequence of str
        The text of each row, by which the slices are told apart.
    pairs : mapping of str to (gold, said)
        What each figure judges; `root` is among them.
    confidence : sequence of float
        Probability of each root said, 0 to 1.

    Examples
    --------
    >>> report = report_of(["Oman met Qatar."] * 2, {"root": (["CONSULT", "AID"], ["CONSULT", "CONSULT"])}, [0.9, 0.7])
    >>> report.to_json()["figures"], report.error
    ({'root': 33.33...}, 40.0)
    """
    gold, said = pairs["root"]
    answers = tuple(sorted({*gold, *said}, key=lambda name: (name == NONE, quad(name), name)))
    counts = confusion_counts(gold, said, answers)
    manual = [is_manual(text) for text in texts]
    error, bins = calibration(confidence, [g == s for g, s in zip(gold, said, strict=True)])
    return Report(
        whole=slice_of(pairs, [True] * len(texts)),
        slices={"manual": slice_of(pairs, manual), "news": slice_of(pairs, [not short for short in manual])},
        types=tuple(type_figures(answers, counts)),
        answers=answers,
        confusion=tuple(tuple(row) for row in counts.tolist()),
        error=error,
        bins=tuple(bins),
    )


def is_manual(text: str) -> bool:
    """Whether a text looks like an example of the CAMEO manual: short and undated, where news is long or dated.

    It has at most MANUAL_WORDS words, no digit and no name of a weekday or month (with its capital: "may" is a verb).

    Examples
    --------
    >>> is_manual("Oman may invite Qatar."), is_manual("Oman invited Qatar on Monday."), is_manual("Oman met 2 envoys.")
    (True, False, False)
    """
    return len(text.split()) <= MANUAL_WORDS and not _DATED.search(text)


def slice_of(pairs: Pairs, kept: Sequence[bool]) -> Slice:
    """Figures of the rows that are kept."""
    figures = {}
    for name, (gold, said) in pairs.items():
        both = [(g, s) for g, s, keep in zip(gold, said, kept, strict=True) if keep]
        figures[name] = macro_figure(confusion_counts([g for g, _ in both], [s for _, s in both])) if both else None
    return Slice(sum(kept), figures)


def confusion_counts(gold: Sequence[Any], said: Sequence[Any], answers: Sequence[Any] = ()) -> np.ndarray:
    """How often each gold answer (rows) got each answer (columns), in the order of `answers`, sorted when left out.

    Examples
    --------
    >>> confusion_counts(["AID", "AID", "REJECT"], ["AID", "REJECT", "REJECT"]).tolist()
    [[1, 1], [0, 1]]
    """
    place = {name: i for i, name in enumerate(answers or sorted({*gold, *said}))}
    cells = [place[g] * len(place) + place[s] for g, s in zip(gold, said, strict=True)]
    return np.bincount(np.asarray(cells, dtype=int), minlength=len(place) ** 2).reshape(len(place), len(place))


def f1_scores(counts: np.ndarray) -> np.ndarray:
    """F1 of each answer of confusion counts (..., answers, answers); 0 for one neither in the gold nor said."""
    marked = counts.sum(axis=-1) + counts.sum(axis=-2)
    right = np.diagonal(counts, axis1=-2, axis2=-1)
    return np.asarray(200 * right / np.maximum(marked, 1))


def macro_f1(counts: np.ndarray) -> np.ndarray:
    """Mean F1 of the answers that the gold has, for each of any number of confusion counts (..., answers, answers)."""
    in_gold = counts.sum(axis=-1) > 0
    return np.asarray((f1_scores(counts) * in_gold).sum(axis=-1) / in_gold.sum(axis=-1))


def macro_figure(counts: np.ndarray) -> Figure:
    """Macro-F1 with its 90% bootstrap percentile interval (Efron and Tibshirani 1993, chapter 13).

    Rows drawn with replacement fall into the cells of the confusion counts as a multinomial sample does, so that the
    cells are drawn and no row is touched.

    Examples
    --------
    >>> print(macro_figure(np.array([[30, 10], [10, 50]])))
    79.2 (72... to 85...)
    """
    rows = int(counts.sum())
    drawn = np.random.default_rng(SEED).multinomial(rows, counts.ravel() / rows, size=DRAWS)
    low, high = np.percentile(macro_f1(drawn.reshape(DRAWS, *counts.shape)), PERCENTILES)
    return Figure(float(macro_f1(counts)), float(low), float(high))


def type_figures(answers: Sequence[str], counts: np.ndarray) -> list[TypeFigures]:
    """Precision, recall and F1 of each type of the gold."""
    found = []
    f1 = f1_scores(counts)
    for i, name in enumerate(answers):
        right, rows, said = int(counts[i, i]), int(counts[i].sum()), int(counts[:, i].sum())
        wrong = np.where(np.arange(len(answers)) == i, 0, counts[i])
        if rows:
            shares = 100 * right / said if said else 0.0, 100 * right / rows, float(f1[i])
            instead = (answers[int(wrong.argmax())], int(wrong.max())) if wrong.any() else (None, None)
            found.append(TypeFigures(name, quad(name), rows, *shares, *instead))
    return found


def calibration(confidence: Sequence[float], right: Sequence[bool]) -> tuple[float, list[Bin]]:
    """Expected calibration error and reliability table: BINS bins of equal width (Guo et al. 2017).

    Examples
    --------
    >>> error, bins = calibration([0.95, 0.95, 0.55, 0.55], [True, True, True, False])
    >>> round(error, 6), bins[-1]
    (5.0, Bin(low=90.0, high=100.0, rows=2, confidence=95.0, right=100.0))
    """
    sure, hits = 100 * np.asarray(confidence, dtype=float), 100 * np.asarray(right, dtype=float)
    edges = 100 * np.arange(BINS + 1) / BINS
    # only the inner edges: what rounding puts beyond 0 or 100 stays in the outermost bins
    place = np.searchsorted(edges[1:-1], sure, side="left")
    bins, error = [], 0.0
    for i, (low, high) in enumerate(zip(edges[:-1].tolist(), edges[1:].tolist(), strict=True)):
        within = place == i
        rows = int(within.sum())
        means = (float(sure[within].mean()), float(hits[within].mean())) if rows else None
        bins.append(Bin(low, high, rows, *(means or (None, None))))
        error += rows / len(sure) * abs(means[0] - means[1]) if means else 0.0
    return error, bins


def quad(root: str) -> int:
    """Quad class of an answer, YIELD among them; 0 for NONE.

    >>> quad("YIELD"), quad("NONE"), quad("ACCUSE")
    (2, 0, 3)
    """
    return 0 if root == NONE else 2 if root == YIELD else quad_of(root)
