#!/usr/bin/env python3
"""What does each part of the coder add, and how fast is it?

    python benchmarks/coding.py GOLD.jsonl

GOLD holds rows {id, text, source, target, root}. Rules alone, the classifier alone and both are measured in one run,
beside the commonest answer, which is what a coder that reads nothing would say.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from datetime import date

from relations.coding.coder import Coder
from relations.coding.evaluating import Evaluation, evaluate, predict, uses_yield
from relations.coding.examples import Row, read_rows
from relations.records import Document
from relations.settings import CODERS


def commonest(rows: list[Row]) -> Evaluation:
    """The answer of a coder that reads nothing."""
    root = Counter(row.root for row in rows).most_common(1)[0][0]
    return Evaluation(tuple(rows), tuple(predict(row.id, {root: 1.0}, uses_yield(rows), False) for row in rows))


def sentences_a_second(rows: list[Row], coder: str) -> float:
    """Sentences coded a second on one core, from raw text to events."""
    documents = [Document(row.id, row.text, date(2020, 1, 1)) for row in rows]
    worker = Coder(coder)
    worker.code(documents[0])
    start = time.perf_counter()
    for document in documents:
        worker.code(document)
    return len(documents) / (time.perf_counter() - start)


def main() -> None:
    rows = read_rows(sys.argv[1])
    print(f"{'coder':12}{'root':>8}{'quad':>8}{'binary':>8}{'sentences/s':>14}")
    results = {"commonest": commonest(rows)} | {coder: evaluate(rows, coder) for coder in CODERS}
    for name, result in results.items():
        speed = f"{sentences_a_second(rows, name):14.0f}" if name in CODERS else ""
        print(f"{name:12}" + "".join(f"{value:8.1f}" for value in result.figures().values()) + speed)


if __name__ == "__main__":
    main()
