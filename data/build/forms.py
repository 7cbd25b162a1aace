#!/usr/bin/env python3
"""Inflect the verbs and nouns of the trigger tables: writes data/triggers/forms.en.tsv.

    python data/build/forms.py

Made with lemminflect 0.2.3 (MIT); run it again whenever a trigger or operator gets a new first word.
"""

from __future__ import annotations

from pathlib import Path

from lemminflect import getInflection

TRIGGERS = Path(__file__).parents[1] / "triggers"
TAGS = ("VBZ", "VBD", "VBN", "VBG")


def first_words(kinds: set[str]) -> set[str]:
    """First words of all patterns of these kinds in the English tables."""
    words: set[str] = set()
    for name in ("en.tsv", "operators.en.tsv"):
        rows = [line.split("\t") for line in (TRIGGERS / name).read_text(encoding="utf-8").split("\n")[1:] if line]
        words |= {word for row in rows if row[1] in kinds for word in row[0].split()[0].split("|")}
    return words


def forms_of(lemma: str) -> list[str]:
    """Third person, past, participle and gerund; several spellings are joined with `|`."""
    head, dash, tail = lemma.partition("-")
    if dash:  # "co-operate" inflects at its end, "air-drop" too
        return ["|".join(f"{head}-{form}" for form in forms.split("|")) for forms in forms_of(tail)]
    return ["|".join(dict.fromkeys(getInflection(lemma, tag=tag))) or lemma for tag in TAGS]


def main() -> None:
    lines = ["lemma\tthird\tpast\tparticiple\tgerund"]
    lines += ["\t".join([lemma, *forms_of(lemma)]) for lemma in sorted(first_words({"verb"}))]
    (TRIGGERS / "forms.en.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
