"""How likely is each type of event between two actors of a sentence?"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from relations.coding.examples import Example
from relations.coding.features import NONE, alone
from relations.coding.judging import answer_table, opinions
from relations.coding.placing import Placed, place_pairs
from relations.coding.vectors import load_vectors, zone_vectors
from relations.coding.weighing import FeatureWeights
from relations.errors import BadInput
from relations.resources import data_path, data_root

if TYPE_CHECKING:
    import numpy as np

Probabilities = dict[str, float]
#: Smaller probabilities of the text model are taken as this: it is never surer than one in a hundred.
LEAST = 1e-2
#: The same before the pool of words and zones.
LEAST_POOLED = 1e-3
#: Examples that are answered at once: more need more memory and are no faster.
BATCH = 2_000
#: Weight of the rules' answer in the pool: on development articles nine of ten acts that rules link are right, which is
#: more than the judge's own.
RULE_WEIGHT = 0.6
#: How likely rules hold an act that they link: at least so much, and so much more where the construction is plain.
LINKED_LEAST, LINKED_MORE = 0.23, 0.72
#: What the zones' opinion weighs in the pool with the words': the best of a coarse grid on development sentences.
ZONE_SHARE = 0.3


class TextModel:
    """What a pair's sentence says by its words, without the rules: the logarithmic pool of two logistic regressions.

    `words` sees the TF-IDF of words by place (`features.find_spots`); `zones` the vectors of six zones, so that it
    understands words that no labelled sentence holds. Their pool (Genest and Zidek 1986) is better than one regression
    on both, because each needs a strength of its own. `zones` is None for a language without vectors.
    """

    def __init__(self, vectorizer: Any, words: Any, zones: Any) -> None:
        self.vectorizer, self.words, self.zones = vectorizer, words, zones

    @property
    def classes(self) -> list[str]:
        """The answers, in the order of the probabilities."""
        return [str(name) for name in self.words.classes_]

    def probabilities(self, examples: Sequence[Example]) -> np.ndarray:
        """Probabilities (examples, classes)."""
        placed = place_pairs([alone(e.units, e.source, e.target) for e in examples])
        said = answers_of(self.words, self.weights.matrix(placed))
        zones = None if self.zones is None else zones_of(placed)
        return said if zones is None else pool_of_logs(said, answers_of(self.zones, zones))

    @cached_property
    def weights(self) -> FeatureWeights:
        """The vectorizer's numbers without its texts."""
        return FeatureWeights(self.vectorizer.vocabulary_, self.vectorizer.idf_)


def answers_of(regression: Any, inputs: Any) -> np.ndarray:
    """What `predict_proba` of a multinomial logistic regression gives, without its checks of every batch."""
    return softmax(inputs @ regression.coef_.T + regression.intercept_)


def pool_of_logs(words: np.ndarray, zones: np.ndarray) -> np.ndarray:
    """The logarithmic opinion pool of two tables of probabilities (examples, classes)."""
    import numpy as np

    logs = (1 - ZONE_SHARE) * np.log(np.maximum(words, LEAST_POOLED)) + ZONE_SHARE * np.log(
        np.maximum(zones, LEAST_POOLED)
    )
    return softmax(logs)


def zones_of(placed: Placed) -> np.ndarray | None:
    """Zone vectors of pairs in sentences; None for a language without vectors."""
    vectors = load_vectors(placed.grammar.lang)
    return None if vectors is None else zone_vectors(placed, vectors)


class Classifier:
    """Two stages of one stack: a text model of each pair, and a judge that weighs it with the rules' opinion.

    `judge` is a logistic regression that says of each answer whether it is right, from the text model's log
    probability and `features.answer_table` (stacked generalisation, Wolpert 1992). Its weights are shared by all
    types. Where the rules link a pair, what it says is pooled with the rules' own answer, which knows triggers that no
    labelled sentence holds.
    """

    def __init__(self, text: TextModel, judge: Any, made_from: str = "") -> None:
        self.text, self.judge, self.made_from = text, judge, made_from

    def probabilities(self, examples: Sequence[Example], coder: str = "both") -> list[Probabilities]:
        """Probabilities of every type and NONE for each example; `coder` is both or classifier."""
        answers: list[Probabilities] = []
        for start in range(0, len(examples), BATCH):
            answers += self._answers(examples[start : start + BATCH], coder)
        return answers

    def _answers(self, examples: Sequence[Example], coder: str) -> list[Probabilities]:
        proba, names = self.text.probabilities(examples), self.text.classes
        if coder == "both":
            odds = self.judge.decision_function(judge_inputs(proba, names, examples)).reshape(proba.shape)
            proba = softmax(odds)
        answers = [dict(zip(names, row, strict=True)) for row in proba.tolist()]
        if coder == "classifier":
            return answers
        return [
            pool(answer, rule_probabilities(example)) if has_opinion(example) else answer
            for answer, example in zip(answers, examples, strict=True)
        ]


def pool(judged: Probabilities, ruled: Probabilities) -> Probabilities:
    """The linear pool of two opinions (Stone 1961): neither alone can make the other's answer impossible."""
    return {
        name: (1 - RULE_WEIGHT) * judged.get(name, 0.0) + RULE_WEIGHT * ruled.get(name, 0.0) for name in judged | ruled
    }


def judge_inputs(proba: np.ndarray, names: Sequence[str], examples: Sequence[Example]) -> np.ndarray:
    """Inputs of the judge: one row for every answer to every example, example after example."""
    import numpy as np

    said = [opinions(example.view, example.source, example.target) for example in examples]
    table = answer_table(said, names, np.log(np.clip(proba, LEAST, 1.0)))
    return table.reshape(-1, table.shape[-1])


def softmax(odds: np.ndarray) -> np.ndarray:
    import numpy as np

    powers = np.exp(odds - odds.max(axis=1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True))


def has_opinion(example: Example) -> bool:
    """Whether the rules link the pair, be it only to say that there is no event."""
    readings = example.view.readings
    return bool(readings and opinions(example.view, example.source, example.target).linked)


def rule_probabilities(example: Example) -> Probabilities:
    """The rules' own answer in the same form: the types they link, by firmness, or a weak guess from loose triggers."""
    said = opinions(example.view, example.source, example.target)
    linked = {kind: firmness for kind, firmness in said.linked.items() if kind not in ("none", NONE)}
    if linked:
        likely = LINKED_LEAST + LINKED_MORE * min(1.0, max(reading_qualities(example)))
        return {NONE: 1 - likely} | {kind: likely * firm / sum(linked.values()) for kind, firm in linked.items()}
    loose = [kind for kind in example.view.loose if kind != NONE]
    return {NONE: 0.8, loose[0]: 0.2} if loose else {NONE: 1.0}


def reading_qualities(example: Example) -> list[float]:
    """How plain the construction of each reading of the pair is, 0 to 1."""
    pair = example.source, example.target
    return [r.link.quality for r in example.view.readings if r.pair == pair and r.mode.type not in ("", NONE)]


def text_vectorizer(words: Sequence[str] | None = None) -> Any:
    """TF-IDF of blank-parted features; `words` is the vocabulary of a model that was trained before."""
    import numpy as np
    from sklearn.feature_extraction.text import TfidfVectorizer

    return TfidfVectorizer(analyzer=str.split, sublinear_tf=True, min_df=3, vocabulary=words, dtype=np.float32)


def has_classifier(lang: str) -> bool:
    """Whether the package ships a classifier for a language: without one its rules answer alone."""
    return (data_root() / f"model/{lang}.skops").is_file()


def load_classifier(path: str | Path | None = None, lang: str = "en") -> Classifier:
    """The shipped classifier of a language, or one that `relations train` wrote.

    Raises
    ------
    BadInput
        When the file is no such model.
    """
    return _load(Path(path) if path else data_path(f"model/{lang}.skops"))


@cache
def _load(path: Path) -> Classifier:
    import skops.io
    from skops.io.exceptions import UntrustedTypesFoundException

    try:
        stored = skops.io.load(path)
        vectorizer = text_vectorizer(stored["vocabulary"].split("\n"))
        vectorizer.idf_ = stored["idf"]
        return Classifier(TextModel(vectorizer, stored["words"], stored["zones"]), stored["judge"], stored["made_from"])
    except UntrustedTypesFoundException as error:
        raise BadInput(
            f"{path}: the model holds types that are not trusted, so it was not loaded ({error})."
        ) from error
    except Exception as error:  # skops raises whatever the broken archive makes its parts raise
        raise BadInput(f"{path}: not a model that `relations train` wrote ({error}).") from error
