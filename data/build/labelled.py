#!/usr/bin/env python3
"""Turn marked sentences into the labelled JSONL that `relations train` reads, and check what stands there.

    python data/build/labelled.py add LOT marked.txt     append marked lines to data/labelled/en/LOT.jsonl
    python data/build/labelled.py check                  duplicates, spans, balance of every lot
    python data/build/labelled.py --lang fr check        the same of another language

A marked line is a type, a tab, and a sentence with its {source} in braces and its [target] in brackets:

    SANCTION<TAB>{Quito} sent home the [Mexican] ambassador on Friday.

A sentence without a [target] is one of an article whose other side goes unsaid.

A sentence that reports several events stands on several lines, one directed pair each. Pairs that no line
names are taken to have no event. NONE marks a pair of actors that invites a wrong event.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter
from pathlib import Path

from relations.records import TYPES as EVENT_TYPES

LABELLED = Path(__file__).parents[1] / "labelled"
TYPES = (*EVENT_TYPES, "NONE")


def parse_marked(line: str) -> dict[str, str]:
    """Read one marked line as a row of text, source, target and root; ValueError says what is wrong with it."""
    root, tab, marked = line.rstrip("\n").partition("\t")
    source, target = re.findall(r"\{([^{}]+)\}", marked), re.findall(r"\[([^\[\]]+)\]", marked)
    if not tab or root not in TYPES:
        raise ValueError(f"want a type and a tab first, got {line[:60]!r}")
    if len(source) != 1 or len(target) > 1:
        raise ValueError(f"want one {{source}} and at most one [target], got {marked[:90]!r}")
    text = re.sub(r"[{}\[\]]", "", marked).strip()
    row = {"text": text, "source": source[0], "target": "".join(target), "root": root}
    check_first_occurrence(marked.strip(), row)
    return row


def check_first_occurrence(marked: str, row: dict[str, str]) -> None:
    """The first occurrence of a span is the one that counts, so the marked one must be the first."""
    for name, bracket in (("source", "{"), ("target", "[")):
        if not row[name]:
            continue
        before = re.sub(r"[{}\[\]]", "", marked[: marked.index(bracket)])
        if row["text"].find(row[name]) < len(before):
            raise ValueError(f"{name} {row[name]!r} stands earlier in the sentence too: mark more words of it")


def read_lots(folder: Path) -> list[dict[str, str]]:
    return [
        json.loads(line)
        for path in sorted(folder.glob("*.jsonl"))
        for line in path.read_text(encoding="utf-8").split("\n")
        if line
    ]


def add(folder: Path, lot: str, path: Path) -> int:
    """Append the marked lines that are well formed and new; say what is wrong with the others."""
    known = {(row["text"], row["source"], row["target"]) for row in read_lots(folder)}
    folder.mkdir(exist_ok=True)
    out = folder / f"{lot}.jsonl"
    n = len(out.read_text(encoding="utf-8").split("\n")) - 1 if out.exists() else 0
    added = bad = 0
    with out.open("a", encoding="utf-8") as file:
        for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
            if not line.strip():
                continue
            try:
                row = parse_marked(line)
                if (key := (row["text"], row["source"], row["target"])) in known:
                    raise ValueError(f"stands already: {row['text'][:80]!r}")
            except ValueError as error:
                print(f"{path}:{number}: {error}", file=sys.stderr)
                bad += 1
                continue
            known.add(key)
            added += 1
            file.write(json.dumps({"id": f"{lot}-{n + added:04d}", **row}, ensure_ascii=False) + "\n")
    print(f"{added} rows added to {out.name}, {bad} refused")
    return int(bad > 0)


def word_grams(text: str, n: int = 5) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text.lower())
    return {tuple(words[i : i + n]) for i in range(len(words) - n + 1)}


def near_duplicates(texts: list[str], share: float = 0.5) -> list[tuple[str, str]]:
    """Pairs of different texts that share at least `share` of the shorter one's five-word runs."""
    holders: dict[tuple[str, ...], list[int]] = {}
    grams = [word_grams(text) for text in texts]
    shared: Counter[tuple[int, int]] = Counter()
    for i, runs in enumerate(grams):
        for run in runs:
            for j in holders.setdefault(run, []):
                shared[j, i] += 1
            holders[run].append(i)
    return [(texts[j], texts[i]) for (j, i), n in shared.items() if n >= share * min(len(grams[i]), len(grams[j]))]


def _spans_stand(row: dict[str, str]) -> bool:
    return row["source"] in row["text"] and row["target"] in row["text"]


def check(folder: Path) -> int:
    rows = read_lots(folder)
    problems = [
        f"{row['id']}: span not in the text"
        for row in rows
        if row["source"] not in row["text"] or row["target"] not in row["text"]
    ]
    keys = Counter((row["text"], row["source"], row["target"], row["root"]) for row in rows)
    problems += [f"twice: {key[0][:80]!r}" for key, n in keys.items() if n > 1]
    problems += [f"unknown type {row['root']}: {row['id']}" for row in rows if row["root"] not in TYPES]
    texts = sorted({row["text"] for row in rows})
    problems += [f"near duplicates: {a[:70]!r} / {b[:70]!r}" for a, b in near_duplicates(texts)]
    print(f"{len(rows)} rows, {len(texts)} sentences")
    print("  ".join(f"{name} {n}" for name, n in Counter(row["root"] for row in rows).most_common()))
    print("\n".join(problems))
    return int(bool(problems))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--lang", default="en")
    commands = parser.add_subparsers(dest="command", required=True)
    adding = commands.add_parser("add")
    adding.add_argument("lot")
    adding.add_argument("path", type=Path)
    commands.add_parser("check")
    options = parser.parse_args()
    folder = LABELLED / options.lang
    sys.exit(add(folder, options.lot, options.path) if options.command == "add" else check(folder))
