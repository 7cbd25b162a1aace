"""How well does the coder answer when the pair of actors is given?"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from relations.coding.classifier import Probabilities, load_classifier, rule_probabilities
from relations.coding.examples import Row, given_pair
from relations.coding.features import NONE
from relations.coding.figures import YIELD, Report, quad, report_of
from relations.errors import BadInput, BadRecord
from relations.records import TYPES


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

    def pairs(self) -> dict[str, tuple[list[Any], list[Any]]]:
        """Gold and predicted answers by what is judged: types, quad classes, and conflict against cooperation."""
        gold, said = self.roots()
        quads = [row.quad or quad(root) for row, root in zip(self.rows, gold, strict=True)], [quad(r) for r in said]
        binary = [q >= 3 for q in quads[0]], [q >= 3 for q in quads[1]]
        return {"root": (gold, said), "quad": quads, "binary": binary}

    def figures(self) -> dict[str, float]:
        """Macro-F1, 0 to 100, of types, quad classes and conflict against cooperation."""
        from sklearn.metrics import f1_score

        return {
            name: 100 * float(f1_score(a, b, average="macro", labels=sorted(set(a)), zero_division=0))
            for name, (a, b) in self.pairs().items()
        }

    def report(self) -> Report:
        """The figures with their intervals, by type and by slice, the confusions, and how far the confidence holds."""
        return report_of([row.text for row in self.rows], self.pairs(), [p.confidence for p in self.predictions])


def read_gold(path: str | Path) -> list[Row]:
    """Rows `{text, source, target, root[, id, quad]}` of a JSONL file, or of standard input for `-`.

    One bad row stops the reading: figures of the other rows would not be figures of this gold.

    Raises
    ------
    BadInput
        When a line is no such row; the message names the file and the line.
    """
    rows = []
    for number, line in enumerate(_lines(path), 1):
        if line.strip():
            try:
                rows.append(_gold_row(line, number))
            except BadRecord as error:
                raise BadInput(f"{path}:{number}: {error}") from error
    if not rows:
        raise BadInput(f"{path}: no labelled row. Give one JSON object a line, with text, source, target and root.")
    return rows


def _lines(path: str | Path) -> list[str]:
    if str(path) == "-" and sys.stdin is None:
        raise BadInput("-: standard input is closed. Name a file, or pipe rows in.")
    try:
        data = sys.stdin.buffer.read() if str(path) == "-" else Path(path).read_bytes()
        return data.decode("utf-8-sig").split("\n")
    except OSError as error:
        raise BadInput(f"{path}: cannot be read ({error.strerror}).") from error
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise BadInput(f"{path}:{line}: not UTF-8. Save the file as UTF-8.") from error


def _gold_row(line: str, number: int) -> Row:
    try:
        raw = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise BadRecord(f"not JSON ({error}).") from error
    wanted = ("text", "source", "target", "root")
    if not isinstance(raw, dict):
        raise BadRecord(f"want a JSON object with {', '.join(wanted)}.")
    if wrong := [name for name in wanted if not isinstance(raw.get(name), str)]:
        raise BadRecord(f"want a string for {', '.join(wrong)}.")
    if raw["root"] not in (*TYPES, YIELD, NONE):
        raise BadRecord(f"no type {raw['root']!r}. Use {', '.join(TYPES)}, {YIELD} or {NONE}.")
    if raw.get("quad") not in (None, 0, 1, 2, 3, 4):
        raise BadRecord(f"no quad class {raw['quad']!r}. Use 1 to 4, or leave it out.")
    id = number if raw.get("id") is None else raw["id"]
    return Row(str(id), raw["text"], raw["source"], raw["target"], raw["root"], int(raw.get("quad") or 0))


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
