#!/usr/bin/env python3
"""How many sentences a second does the coder read on one core, in how much memory, and where does the time go?

    python benchmarks/coding_speed.py [SENTENCES]

Prints one JSON object. Seconds are those of the processor, so that what else the machine does counts little; the memory
is the peak of the whole process.
"""

from __future__ import annotations

import os

os.environ["OMP_NUM_THREADS"] = "1"  # numpy reads it when it is loaded

import importlib
import itertools
import json
import random
import resource
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from time import process_time
from typing import Any
from unittest.mock import patch

from event_scores import UNDATED
from seams import StageClock, replaced

import relations
from relations.actors.finding import find_mentions
from relations.coding import classifier, coder
from relations.coding.dating import date_event
from relations.coding.features import alone
from relations.coding.parts import parts_of
from relations.coding.placing import place_pairs
from relations.coding.rules import read_rules
from relations.coding.training import labelled_articles, labelled_rows
from relations.coding.units import split_units
from relations.documents.sentences import split_sentences
from relations.pipeline import Options, code_documents
from relations.records import Document

SEEDS = Path(__file__).parent.parent / "seeds"
SENTENCES = 40_000
#: Of the order in which the texts come.
SEED = 1
#: Sentences behind the profile, whose clocks slow them down a little.
PROFILED = 8_000
#: Bytes in a unit of ru_maxrss.
MAXRSS_UNIT = 1 if sys.platform == "darwin" else 1024
#: The functions of each stage.
STAGES: dict[str, tuple[Callable[..., Any], ...]] = {
    "sentences": (split_sentences,),
    "actors": (find_mentions,),
    "clauses": (split_units, parts_of),
    "rules": (read_rules,),
    "features": (alone, place_pairs, classifier.zones_of, classifier.judge_inputs),
    "dating": (date_event,),
}


def articles() -> list[Document]:
    """The briefs of `seeds/` and the annotated articles."""
    return [*relations.read(SEEDS), *(article.document for article in labelled_articles())]


def sentences_with_two_actors() -> list[Document]:
    """Each labelled sentence as a document: it names two actors, which few sentences of an article do."""
    rows = {row.text: row.id for row in labelled_rows()}
    return [Document(id, text, UNDATED) for text, id in rows.items()]


def take(documents: Sequence[Document], sentences: int) -> Iterator[tuple[Document, int]]:
    """Documents, over and over, until they have so many sentences; each with the number of its own."""
    sizes = [len(split_sentences(document)) for document in documents]
    total = 0
    for document, size in itertools.cycle(zip(documents, sizes, strict=True)):
        if total >= sentences:
            return
        total += size
        yield document, size


def seconds_of(step: Callable[[], Any]) -> float:
    start = process_time()
    step()
    return process_time() - start


def load_seconds() -> dict[str, float]:
    """Seconds until the first event can come, step by step."""
    first = Document("first", "Mali expelled the French ambassador on Monday.", UNDATED)

    def import_libraries() -> None:
        for name in ("sklearn.linear_model", "sklearn.feature_extraction.text", "skops.io"):
            importlib.import_module(name)

    return {
        "import scikit-learn and skops": seconds_of(import_libraries),
        "load the model": seconds_of(classifier.load_classifier),
        "load the tables, at the first text": seconds_of(lambda: coder.Coder().code(first)),
    }


def profile(documents: Sequence[Document]) -> dict[str, float]:
    """Seconds by stage, and of the rest; the model's are those of its answers without their features."""
    clock = StageClock()
    model = classifier.load_classifier()
    methods = ("features", model.text.weights, "matrix"), ("model", model, "probabilities")
    with ExitStack() as patches:
        for stage, functions in STAGES.items():
            for function in functions:
                patches.enter_context(replaced(function, clock.timed(stage, function)))
        for stage, owner, name in methods:
            patches.enter_context(patch.object(owner, name, clock.timed(stage, getattr(owner, name))))
        total = seconds_of(lambda: list(code_documents(documents, Options())))
    order = ("sentences", "actors", "clauses", "rules", "features", "model", "dating")
    return {stage: clock.seconds[stage] for stage in order} | {"the rest": total - sum(clock.seconds.values())}


def speed_of(documents: Sequence[Document], sentences: int) -> dict[str, Any]:
    """Seconds and events of so many sentences of some texts, over and over in a mixed order, and its profile."""
    mixed = random.Random(SEED).sample(documents, len(documents))
    taken = list(take(mixed, sentences))
    events = 0

    def code() -> None:
        nonlocal events
        events = sum(1 for _ in code_documents([document for document, _ in taken], Options()))

    seconds = seconds_of(code)
    profiled = list(take(mixed, min(sentences, PROFILED)))
    return {
        "texts": len(documents),
        "sentences": sum(size for _, size in taken),
        "events": events,
        "seconds": seconds,
        "profiled_sentences": sum(size for _, size in profiled),
        "stage_seconds": profile([document for document, _ in profiled]),
    }


def measure(sentences: int) -> dict[str, Any]:
    """Everything, JSON-ready."""
    loaded = load_seconds()
    speeds = {
        texts.__name__.replace("_", " "): speed_of(texts(), sentences)
        for texts in (articles, sentences_with_two_actors)
    }
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * MAXRSS_UNIT
    return {"load_seconds": loaded, "speeds": speeds, "peak_bytes": peak}


if __name__ == "__main__":
    print(json.dumps(measure(int(sys.argv[1]) if len(sys.argv) > 1 else SENTENCES)))
