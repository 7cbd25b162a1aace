"""How many of the gold's directed events did a coder find, and how many did it make up?

An event counts when its document, source, target and quad class are right; `docs/coding.md` says the rest of the rule.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from relations.coding.coder import Coder
from relations.coding.evaluating import merge_yield
from relations.coding.examples import SYMMETRIC
from relations.coding.figures import DRAWS, PERCENTILES, SEED, Figure, quad
from relations.records import Document, Event
from relations.settings import Z90
from relations.vocabulary import plover_score

#: Day of the single sentences, which have none of their own; an event's day is not judged.
UNDATED = date(2020, 1, 1)
#: A pair is positive above this sum of its events' scores, negative below minus it, and neutral between.
NEUTRAL_SUM = 0.5
BATCH = 64


class Act(NamedTuple):
    """What is judged of an event: who, to whom, and the quad class of what was done."""

    source: str
    target: str
    quad: int


@dataclass(frozen=True, slots=True)
class GoldDocument:
    """A text and what is right to say of it.

    Each of `wanted` is one event to be found, as the acts that find it; `allowed` holds these and what neither earns
    nor costs; `signs` gives positive, negative or neutral by pair of states (`FRA-MLI`, in alphabetical order).
    """

    document: Document
    wanted: tuple[frozenset[Act], ...]
    allowed: frozenset[Act]
    signs: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class EventFigures:
    """Precision, recall and F1, 0 to 100, of directed pair and quad class; F1 has its 90% interval."""

    wanted: int
    said: int
    precision: float
    recall: float
    f1: Figure


def read_gold(path: Path, lang: str = "en") -> list[GoldDocument]:
    """The documents in one language of a file of articles, of sentences with an event each, or of texts without any."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]
    return [_gold_document(row) for row in rows if row.get("lang", "en") == lang]


def _gold_document(row: Mapping[str, Any]) -> GoldDocument:
    day = date.fromisoformat(row["date"]) if "date" in row else UNDATED
    document = Document(row["id"], row["text"], day, row.get("title", ""), lang=row.get("lang", "en"))
    single = "root" in row
    events = [row] if single else row.get("events", [])
    acts = [_acts(event, either_way=single and event["root"] in SYMMETRIC) for event in events]
    wanted: dict[Act, frozenset[Act]] = {}
    for event, right in zip(events, acts, strict=True):
        # another event of the same pair and quad class is the same one to find
        wanted.setdefault(Act(event["source"], event["target"], gold_quad(event["root"])), right)
    optional = [_acts(event) for event in row.get("optional", [])]
    allowed = frozenset[Act]().union(*acts, *optional)
    return GoldDocument(document, tuple(wanted.values()), allowed, row.get("dyads", {}))


def _acts(event: Mapping[str, Any], either_way: bool = False) -> frozenset[Act]:
    """The acts that are right for an event: of its own quad class, or that of a type accepted beside it."""
    pairs = [(event["source"], event["target"])]
    if either_way:
        pairs.append((event["target"], event["source"]))
    roots = [event["root"], *event.get("also", [])]
    return frozenset(Act(*pair, gold_quad(root)) for pair in pairs for root in roots)


def gold_quad(root: str) -> int:
    """Quad class as the gold has it, where CONCEDE and RETREAT are YIELD, material cooperation.

    >>> gold_quad("CONCEDE"), gold_quad("RETREAT"), gold_quad("AGREE")
    (2, 2, 1)
    """
    return quad(merge_yield(root, merged=True))


def code_all(gold: Sequence[GoldDocument], mode: str = "both") -> list[list[Event]]:
    """The events that a coder finds in each text."""
    coder = Coder(mode)
    documents = [item.document for item in gold]
    batches = (documents[start : start + BATCH] for start in range(0, len(documents), BATCH))
    return [events for batch in batches for events in coder.code_batch(batch)]


def acts_of(events: Iterable[Event]) -> frozenset[Act]:
    """What the events of one text say was done; a denied act was not."""
    told = [event for event in events if event.status != "denied" and event.source != event.target]
    return frozenset(Act(event.source, event.target, gold_quad(event.type)) for event in told)


def score_events(gold: Sequence[GoldDocument], coded: Sequence[Sequence[Event]]) -> EventFigures:
    """Compare what was coded of each text with its gold."""
    rows = []
    for item, events in zip(gold, coded, strict=True):
        said = acts_of(events)
        found = sum(bool(acts & said) for acts in item.wanted)
        rows.append((len(said), len(said & item.allowed), len(item.wanted), found))
    counts = np.array(rows)
    said_in_all, right, wanted, found = counts.sum(axis=0).tolist()
    precision, recall = 100 * right / max(1, said_in_all), 100 * found / max(1, wanted)
    return EventFigures(wanted, said_in_all, precision, recall, with_interval(counts, _f1))


def _f1(counts: np.ndarray) -> np.ndarray:
    said, right, wanted, found = np.moveaxis(counts, -1, 0)
    precision, recall = right / np.maximum(said, 1), found / np.maximum(wanted, 1)
    return np.asarray(200 * precision * recall / np.maximum(precision + recall, 1e-9))


def false_events(coded: Sequence[Sequence[Event]]) -> Figure:
    """Share, 0 to 100, of texts without an event that give one nevertheless, with its 90% interval.

    References
    ----------
    Wilson (1927): unlike the bootstrap's, his interval has a width where no text gives one.

    Examples
    --------
    >>> print(false_events([[]] * 100))
    0.0 (0.0 to 2.6)
    """
    texts = len(coded)
    share = sum(bool(acts_of(events)) for events in coded) / texts
    spread = Z90**2 / texts
    middle, half = share + spread / 2, Z90 * (share * (1 - share) / texts + spread / (4 * texts)) ** 0.5
    low, high = (100 * (middle + side) / (1 + spread) for side in (-half, half))
    return Figure(100 * share, max(0.0, low), high)


def right_signs(gold: Sequence[GoldDocument], coded: Sequence[Sequence[Event]]) -> Figure:
    """Share, 0 to 100, of the pairs that the gold calls positive or negative whose sign is right."""
    rows = []
    for item, events in zip(gold, coded, strict=True):
        said = signs_of(events)
        signed = {pair: sign for pair, sign in item.signs.items() if sign != "neutral"}
        rows.append((sum(said.get(pair) == sign for pair, sign in signed.items()), len(signed)))
    return with_interval(np.array(rows), _share)


def signs_of(events: Iterable[Event]) -> dict[str, str]:
    """The sign of each pair: that of the sum of the PLOVER scores of what either did to the other."""
    sums: defaultdict[str, float] = defaultdict(float)
    for event in events:
        if event.status != "denied":
            sums["-".join(sorted((event.source, event.target)))] += plover_score(event.type, event.mode)
    return {
        pair: "positive" if total > NEUTRAL_SUM else "negative" if total < -NEUTRAL_SUM else "neutral"
        for pair, total in sums.items()
    }


def _share(counts: np.ndarray) -> np.ndarray:
    return np.asarray(100 * counts[..., 0] / np.maximum(counts[..., 1], 1))


def with_interval(counts: np.ndarray, statistic: Callable[[np.ndarray], np.ndarray]) -> Figure:
    """A statistic of summed counts (documents, counts) with its 90% interval, whole documents being drawn again."""
    documents = len(counts)
    drawn = np.random.default_rng(SEED).multinomial(documents, [1 / documents] * documents, size=DRAWS) @ counts
    low, high = np.percentile(statistic(drawn), PERCENTILES)
    return Figure(float(statistic(counts.sum(axis=0))), float(low), float(high))
