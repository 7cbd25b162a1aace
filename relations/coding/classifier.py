"""How likely is each type of event between two actors of a sentence?"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from relations.coding.examples import Example
from relations.coding.features import NONE, answer_features, feature_text, opinions
from relations.errors import BadInput
from relations.resources import data_path

if TYPE_CHECKING:
    import numpy as np

Probabilities = dict[str, float]
#: Smaller probabilities of the text model are taken as this: it is never surer than one in a hundred.
LEAST = 1e-2
#: Weight of the rules' answer in the pool: on development articles nine of ten acts that rules link are right, which is
#: more than the judge's own.
RULE_WEIGHT = 0.6


class Classifier:
    """Two stages of one stack: a text model of each pair, and a judge that weighs it with the rules' opinion.

    `text` is a TF-IDF logistic regression on `features.feature_text`; `judge` a logistic regression that says of each
    answer whether it is right, from the text model's log probability and `features.answer_features` (stacked
    generalisation, Wolpert 1992). Its weights are shared by all types. What it says is pooled with the rules' own
    answer, because the labelled sentences avoid the plain words that rules know best.
    """

    def __init__(self, text: Any, judge: Any, made_from: str = "") -> None:
        self.text, self.judge, self.made_from = text, judge, made_from

    def probabilities(self, examples: Sequence[Example], coder: str = "both") -> list[Probabilities]:
        """Probabilities of every type and NONE for each example; `coder` is both or classifier."""
        if not examples:
            return []
        proba = self.text.predict_proba([feature_text(e.units, e.source, e.target) for e in examples])
        names = [str(name) for name in self.text.classes_]
        if coder == "both":
            odds = self.judge.decision_function(judge_inputs(proba, names, examples)).reshape(proba.shape)
            proba = _softmax(odds)
        answers = [dict(zip(names, map(float, row), strict=True)) for row in proba]
        if coder == "classifier":
            return answers
        return [pool(answer, rule_probabilities(example)) for answer, example in zip(answers, examples, strict=True)]


def pool(judged: Probabilities, ruled: Probabilities) -> Probabilities:
    """The linear pool of two opinions (Stone 1961): neither alone can make the other's answer impossible."""
    return {
        name: (1 - RULE_WEIGHT) * judged.get(name, 0.0) + RULE_WEIGHT * ruled.get(name, 0.0) for name in judged | ruled
    }


def judge_inputs(proba: np.ndarray, names: Sequence[str], examples: Sequence[Example]) -> list[dict[str, float]]:
    """Inputs of the judge: one row for every answer to every example, example after example."""
    import numpy as np

    rows = []
    for example, logs in zip(examples, np.log(np.clip(proba, LEAST, 1.0)), strict=True):
        said = opinions(example.view, example.source, example.target)
        rows += [answer_features(said, name, float(log)) for name, log in zip(names, logs, strict=True)]
    return rows


def _softmax(odds: np.ndarray) -> np.ndarray:
    import numpy as np

    powers = np.exp(odds - odds.max(axis=1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True))


def rule_probabilities(example: Example) -> Probabilities:
    """The rules' own answer in the same form: the types they link, by firmness, or a weak guess from loose triggers."""
    said = opinions(example.view, example.source, example.target)
    linked = {kind: firmness for kind, firmness in said.linked.items() if kind not in ("none", NONE)}
    if linked:
        likely = 0.2 + 0.7 * min(1.0, max(reading_qualities(example)))
        return {NONE: 1 - likely} | {kind: likely * firm / sum(linked.values()) for kind, firm in linked.items()}
    loose = [kind for kind in example.view.loose if kind != NONE]
    return {NONE: 0.8, loose[0]: 0.2} if loose else {NONE: 1.0}


def reading_qualities(example: Example) -> list[float]:
    """How plain the construction of each reading of the pair is, 0 to 1."""
    pair = example.source, example.target
    return [r.link.quality for r in example.view.readings if r.pair == pair and r.mode.type not in ("", NONE)]


def text_vectorizer(words: Sequence[str] | None = None) -> Any:
    """TF-IDF of blank-parted features; `words` is the vocabulary of a model that was trained before."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    return TfidfVectorizer(token_pattern=r"\S+", lowercase=False, sublinear_tf=True, min_df=3, vocabulary=words)


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
    from sklearn.pipeline import make_pipeline
    from skops.io.exceptions import UntrustedTypesFoundException

    try:
        stored = skops.io.load(path)
        vectorizer = text_vectorizer(stored["words"].split("\n"))
        vectorizer.idf_ = stored["idf"]
        return Classifier(make_pipeline(vectorizer, stored["text"]), stored["judge"], stored["made_from"])
    except UntrustedTypesFoundException as error:
        raise BadInput(
            f"{path}: the model holds types that are not trusted, so it was not loaded ({error})."
        ) from error
    except Exception as error:  # skops raises whatever the broken archive makes its parts raise
        raise BadInput(f"{path}: not a model that `relations train` wrote ({error}).") from error
