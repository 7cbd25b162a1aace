"""How is a part of the coder taken out or timed, without a line of the coder knowing of it?"""

from __future__ import annotations

import inspect
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from time import process_time
from typing import Any
from unittest.mock import patch

import numpy as np

from relations.coding import classifier, clauses, parts
from relations.coding.clauses import Clause
from relations.coding.examples import Example
from relations.coding.parts import Part
from relations.coding.units import Units


@contextmanager
def replaced(function: Callable[..., Any], instead: Callable[..., Any]) -> Iterator[None]:
    """A function of the package replaced in every module that imports it by name."""
    modules = [module for name, module in sys.modules.items() if name.startswith("relations.")]
    places = [(module, name) for module in modules for name, value in vars(module).items() if value is function]
    with ExitStack() as patches:
        for module, name in places:
            patches.enter_context(patch.object(module, name, instead))
        yield


def whole_sentence(units: Units, split: Any = clauses.split_clauses) -> list[Clause]:
    """The sentence as one clause, with the subject that its first clause has."""
    first = split(units)[:1]
    return [Clause(units, tuple(range(len(units))), clause.subject) for clause in first]


def parts_that_name_both(*given: Any, parts_of: Any = parts.parts_of) -> Iterator[Part]:
    """Only the parts whose two actors stand in them."""
    return (part for part in parts_of(*given) if not part.unsaid)


class TextAlone:
    """A judge who believes the text model and does not hear the rules."""

    @staticmethod
    def inputs(proba: np.ndarray, names: Sequence[str], examples: Sequence[Example]) -> np.ndarray:
        """The text model's log probabilities, one row for every answer."""
        return np.asarray(np.log(np.maximum(proba, classifier.LEAST))).reshape(-1, 1)

    @staticmethod
    def decision_function(inputs: np.ndarray) -> np.ndarray:
        """The odds of each answer: what came in."""
        return np.asarray(inputs[:, 0])


@contextmanager
def without_judge() -> Iterator[None]:
    """The text model's answer goes straight into the pool with the rules'."""
    with (
        replaced(classifier.judge_inputs, TextAlone.inputs),
        patch.object(classifier.load_classifier(), "judge", TextAlone),
    ):
        yield


#: What is taken out of the trained coder, by name. Nothing is trained again.
ABLATIONS: dict[str, Callable[[], AbstractContextManager[Any]]] = {
    "all parts": nullcontext,
    "without zones (word vectors)": lambda: patch.object(classifier, "ZONE_SHARE", 0.0),
    "without words": lambda: patch.object(classifier, "ZONE_SHARE", 1.0),
    "without the judge": without_judge,
    "without clauses": lambda: replaced(clauses.split_clauses, whole_sentence),
    "without the other side taken over": lambda: replaced(parts.parts_of, parts_that_name_both),
}


class StageClock:
    """Seconds of the processor by stage, each without those of the stages that run inside it."""

    def __init__(self) -> None:
        self.seconds: defaultdict[str, float] = defaultdict(float)
        self._inside = [0.0]

    def timed(self, stage: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """The function with its time taken; a generator is run to its end."""

        def run(*args: Any, **named: Any) -> Any:
            self._inside.append(0.0)
            start = process_time()
            try:
                answer = function(*args, **named)
                return list(answer) if inspect.isgenerator(answer) else answer
            finally:
                took = process_time() - start
                self.seconds[stage] += took - self._inside.pop()
                self._inside[-1] += took

        return run
