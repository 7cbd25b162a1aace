"""How well does the coder answer when the pair of actors is given?"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from relations.coding.classifier import Probabilities, load_classifier, rule_probabilities
from relations.coding.examples import Row, given_pair
from relations.coding.features import NONE
from relations.vocabulary import quad_of

#: Gold sets that merge CONCEDE and RETREAT call the two YIELD, and count them as material cooperation.
YIELD = "YIELD"


@dataclass(frozen=True, slots=True)
class Prediction:
    """One answer: the likeliest type, its quad class and probability."""

    id: str
    root: str
    quad: int
    confidence: float

    def to_json(self) -> str:
        """The prediction as one line of JSON."""
        return json.dumps(
            {"id": self.id, "root": self.root, "quad": self.quad, "confidence": round(self.confidence, 4)}
        )


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Predictions beside their gold rows."""

    rows: tuple[Row, ...]
    predictions: tuple[Prediction, ...]

    def roots(self) -> tuple[list[str], list[str]]:
        """Gold and predicted types; CONCEDE and RETREAT are YIELD where the gold says so."""
        merged = uses_yield(self.rows)
        return [merge_yield(row.root, merged) for row in self.rows], [p.root for p in self.predictions]

    def figures(self) -> dict[str, float]:
        """Macro-F1, 0 to 100, of types, quad classes and conflict against cooperation."""
        from sklearn.metrics import f1_score

        gold, said = self.roots()
        quads = [row.quad or quad(root) for row, root in zip(self.rows, gold, strict=True)], [quad(r) for r in said]
        binary = [q >= 3 for q in quads[0]], [q >= 3 for q in quads[1]]
        pairs: dict[str, tuple[list[Any], list[Any]]] = {"root": (gold, said), "quad": quads, "binary": binary}
        return {
            name: 100 * float(f1_score(a, b, average="macro", labels=sorted(set(a)), zero_division=0))
            for name, (a, b) in pairs.items()
        }

    def per_class(self) -> list[dict[str, Any]]:
        """Precision, recall and F1, 0 to 100, of each type of the gold, with the type most often said instead."""
        from sklearn.metrics import precision_recall_fscore_support

        gold, said = self.roots()
        labels = sorted(set(gold))
        figures = precision_recall_fscore_support(gold, said, labels=labels, zero_division=0)
        out = []
        for name, precision, recall, f1, support in zip(labels, *figures, strict=True):
            wrong = Counter(s for g, s in zip(gold, said, strict=True) if g == name and s != g).most_common(1)
            out.append(
                {
                    "type": name,
                    "rows": int(support),
                    "precision": round(100 * float(precision), 1),
                    "recall": round(100 * float(recall), 1),
                    "f1": round(100 * float(f1), 1),
                    "often said instead": f"{wrong[0][0]} {wrong[0][1]}" if wrong else "",
                }
            )
        return out


def evaluate(rows: Sequence[Row], coder: str = "both", model: str = "", allow_none: bool = False) -> Evaluation:
    """Predict every row from its text and pair alone, never from its gold label.

    Parameters
    ----------
    rows : sequence of Row
    coder : {"both", "rules", "classifier"}
    model : str
        Path of a model; the shipped one when empty.
    allow_none : bool
        Whether NONE is an answer; otherwise the best type is.
    """
    examples = [given_pair(row.text, row.source, row.target) for row in rows]
    if coder == "rules":
        answers = [rule_probabilities(example) for example in examples]
    else:
        answers = load_classifier(model or None).probabilities(examples, coder)
    merged = uses_yield(rows)
    said = [predict(row.id, answer, merged, allow_none) for row, answer in zip(rows, answers, strict=True)]
    return Evaluation(tuple(rows), tuple(said))


def predict(id: str, answer: Probabilities, merged: bool, allow_none: bool) -> Prediction:
    """The likeliest answer; without any opinion the commonest one of news, CONSULT."""
    totals: dict[str, float] = {}
    for name, probability in answer.items():
        if name != NONE or allow_none:
            name = merge_yield(name, merged)
            totals[name] = totals.get(name, 0.0) + probability
    root = max(sorted(totals), key=lambda name: totals[name], default="CONSULT")
    total = sum(totals.values())
    return Prediction(id, root, quad(root), totals[root] / total if total else 0.0)


def uses_yield(rows: Sequence[Row]) -> bool:
    """Whether the gold merges CONCEDE and RETREAT: it says YIELD somewhere, or neither of the two."""
    return any(row.root == YIELD for row in rows)


def merge_yield(root: str, merged: bool) -> str:
    """YIELD for CONCEDE and RETREAT where the gold merges them."""
    return YIELD if merged and root in ("CONCEDE", "RETREAT") else root


def quad(root: str) -> int:
    """Quad class of a type, YIELD among them; 0 for NONE."""
    return 0 if root == NONE else 2 if root == YIELD else quad_of(root)
