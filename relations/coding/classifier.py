"""How likely is each type of event between two actors of a sentence?"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from relations.coding.examples import NONE, Example
from relations.coding.features import feature_text, rule_features
from relations.errors import BadInput
from relations.resources import data_path

if TYPE_CHECKING:
    import numpy as np

Probabilities = dict[str, float]
#: Smaller probabilities of the text model are taken as this: it is never surer than one in a hundred.
LEAST = 1e-2


class Classifier:
    """Two stages of one stack: a text model of each pair, and a judge that weighs it with the rules' opinion.

    `text` is a TF-IDF logistic regression on `features.feature_text`; `judge` a logistic regression on the text
    model's log probabilities and `features.rule_features` (stacked generalisation, Wolpert 1992).
    """

    def __init__(self, text: Any, judge: Any, made_from: str = "") -> None:
        self.text, self.judge, self.made_from = text, judge, made_from

    def probabilities(self, examples: Sequence[Example], coder: str = "both") -> list[Probabilities]:
        """Probabilities of every type and NONE for each example; `coder` is both or classifier."""
        if not examples:
            return []
        proba = self.text.predict_proba([feature_text(e.units, e.source, e.target) for e in examples])
        classes = self.text.classes_
        if coder == "both":
            proba = self.judge.predict_proba(judge_inputs(proba, classes, examples))
            classes = self.judge.classes_
        return [dict(zip(classes, map(float, row), strict=True)) for row in proba]


def judge_inputs(proba: np.ndarray, classes: Sequence[str], examples: Sequence[Example]) -> list[dict[str, float]]:
    """Inputs of the judge: log probabilities of the text model and the rules' opinion."""
    import numpy as np

    logs = np.log(np.clip(proba, LEAST, 1.0))
    rows = []
    for example, log in zip(examples, logs, strict=True):
        row = rule_features(example.view, example.source, example.target)
        row |= {f"p={name}": float(value) for name, value in zip(classes, log, strict=True)}
        rows.append(row)
    return rows


def rule_probabilities(example: Example) -> Probabilities:
    """The rules' own answer in the same form: the strongest reading of the pair, else NONE."""
    best = max(
        (reading for reading in example.view.readings if reading.pair == (example.source, example.target) and reading.mode.type),
        key=lambda reading: reading.link.quality * reading.link.match.trigger.words,
        default=None,
    )
    if best is not None:
        return {best.mode.type: 0.7 * best.link.quality + 0.2, NONE: 0.8 - 0.7 * best.link.quality}
    loose = [kind for kind in example.view.loose if kind != NONE]
    return {NONE: 0.8, loose[0]: 0.2} if loose else {NONE: 1.0}


def load_classifier(path: str | Path | None = None) -> Classifier:
    """The shipped classifier, or one that `relations train` wrote.

    Raises
    ------
    BadInput
        When the file is no such model.
    """
    return _load(Path(path) if path else data_path("model/en.skops"))


@cache
def _load(path: Path) -> Classifier:
    import skops.io

    try:
        untrusted = skops.io.get_untrusted_types(file=path)
        if untrusted:
            raise BadInput(f"{path}: the model holds types that are not trusted ({', '.join(untrusted[:3])}).")
        stored = skops.io.load(path)
        return Classifier(stored["text"], stored["judge"], stored["made_from"])
    except BadInput:
        raise
    except Exception as error:  # skops raises whatever the broken archive makes its parts raise
        raise BadInput(f"{path}: not a model that `relations train` wrote ({error}).") from error
