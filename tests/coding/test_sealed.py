"""Is the coder good enough on texts that nobody who tunes it has read?

The rows are sealed: whatever fails here, only figures are shown.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import pytest

Measure = Callable[[str], float]


@pytest.fixture(scope="module")
def event_scores(root: Path) -> Iterator[ModuleType]:
    """The scorer of the benchmark, so that both judge alike."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(root / "benchmarks"))
        yield importlib.import_module("event_scores")


@pytest.fixture
def sealed(root: Path, event_scores: ModuleType) -> Measure:
    """Measures a sealed file: F1 of directed pair and quad class, or the share of texts with a false event."""

    def measure(name: str) -> float:
        lang = name.partition(".")[2] or "en"
        gold = event_scores.read_gold(root / "tests" / "sealed" / f"{name}.jsonl", lang)
        coded = event_scores.code_all(gold)
        if name == "noevent":
            return float(event_scores.false_events(coded).value)
        return float(event_scores.score_events(gold, coded).f1.value)

    def figure_alone(name: str) -> float:
        try:
            return measure(name)
        except Exception as error:  # a traceback would show the texts
            failure = type(error).__name__
        return pytest.fail(f"{name}.jsonl could not be measured: {failure}", pytrace=False)

    return figure_alone


def test_acts_are_found_in_single_sentences(sealed: Measure):
    assert sealed("sentences") >= 70


def test_acts_are_found_in_articles(sealed: Measure):
    assert sealed("articles") >= 55


def test_texts_without_an_event_seldom_give_one(sealed: Measure):
    assert sealed("noevent") <= 10


def test_acts_are_found_in_french_sentences_too(sealed: Measure):
    assert sealed("sentences.fr") >= 70
