#!/usr/bin/env python3
"""Inflect the verbs of the trigger tables: writes data/triggers/forms.<lang>.tsv.

    python data/build/forms.py            English, with lemminflect 0.2.3 (MIT)
    python data/build/forms.py fr         French, Spanish, ...: with the tables of mlconjug3 4.0.1 (MIT)

Run it again whenever a trigger or operator gets a new first word. `pip install --no-deps mlconjug3==4.0.1` is enough:
only its tables of verbs and conjugations are read.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

TRIGGERS = Path(__file__).parents[1] / "triggers"
TAGS = {"third": "VBZ", "past": "VBD", "participle": "VBN", "gerund": "VBG"}
#: Columns of a table of a language with more forms, and where mlconjug3 keeps them: mood, tense, persons (of "he" and
#: "they"; none means all). A form that an earlier column of those in brackets has is left out of the later one.
COLUMNS = {
    "fr": {
        "third": ("Indicatif", "Présent", (2,)),
        "past": ("Indicatif", "Passé Simple", (2, 5)),
        "participle": ("Participe", "Participe Passé", ()),
        "gerund": ("Participe", "Participe Présent", ()),
        "plural": ("Indicatif", "Présent", (5,)),
        "imperfect": ("Indicatif", "Imparfait", (2, 5)),
        "future": ("Indicatif", "Futur", (2, 5)),
        "conditional": ("Conditionnel", "Présent", (2, 5)),
        "subjunctive": ("Subjonctif", "Présent", (2, 5)),
        "infinitive": ("Infinitif", "Infinitif Présent", ()),
    },
    "es": {
        "third": ("Indicativo", "Indicativo presente", (2,)),
        "past": ("Indicativo", "Indicativo pretérito perfecto simple", (2, 5)),
        "participle": ("Participo", "Participo", ()),
        "gerund": ("Gerundio", "Gerundio", ()),
        "plural": ("Indicativo", "Indicativo presente", (5,)),
        "imperfect": ("Indicativo", "Indicativo pretérito imperfecto", (2, 5)),
        "future": ("Indicativo", "Indicativo futuro", (2, 5)),
        "conditional": ("Condicional", "Condicional", (2, 5)),
        "subjunctive": ("Subjuntivo", "Subjuntivo presente", (2, 5)),
        "infinitive": ("Infinitivo", "Infinitivo", ()),
    },
}
#: A subjunctive that looks like another form tells nothing.
PLAIN = {"subjunctive": ("third", "plural", "imperfect")}
#: Verbs that the library does not know, or knows in an old spelling, and a verb of the same endings.
LIKE = {
    "fr": {
        "codiriger": "diriger",
        "coorganiser": "organiser",
        "coparrainer": "parrainer",
        "coprésider": "présider",
        "hacker": "attaquer",
        "harceler": "peler",
        "rééchelonner": "échelonner",
        "tacler": "racler",
        "œuvrer": "livrer",
    }
}
#: Pronouns that patterns write before a reflexive verb.
REFLEXIVE = ("se", "s'")


def first_words(lang: str) -> set[str]:
    """First words of all verb patterns in the tables of a language."""
    words: set[str] = set()
    for name in (f"{lang}.tsv", f"operators.{lang}.tsv"):
        lines = (TRIGGERS / name).read_text(encoding="utf-8").split("\n")
        rows = [line.split("\t") for line in lines if line and line[0] != "#"][1:]
        for row in rows:
            if row[1] == "verb":
                pattern = row[0].replace("’", "'").replace("s'", "s' ").split()
                words |= set(pattern[len(pattern) > 1 and pattern[0].split("|")[0] in REFLEXIVE].split("|"))
    return words


def english_forms(lemma: str) -> list[str]:
    """Third person, past, participle and gerund; several spellings are joined with `|`."""
    from lemminflect import getInflection

    head, dash, tail = lemma.partition("-")
    if dash:  # "co-operate" inflects at its end, "air-drop" too
        return ["|".join(f"{head}-{form}" for form in forms.split("|")) for forms in english_forms(tail)]
    return ["|".join(dict.fromkeys(getInflection(lemma, tag=tag))) or lemma for tag in TAGS.values()]


class Conjugator:
    """The verbs and conjugations of mlconjug3 in one language."""

    def __init__(self, lang: str) -> None:
        spec = find_spec("mlconjug3")
        if spec is None or spec.origin is None:
            sys.exit("mlconjug3 is missing. Install it: pip install --no-deps mlconjug3==4.0.1")
        folder = Path(spec.origin).parent / "data" / "conjug_manager"
        self._lang, self._columns = lang, COLUMNS[lang]
        self._verbs: dict[str, dict[str, str]] = json.loads((folder / f"verbs-{lang}.json").read_text("utf-8"))
        self._tables: dict[str, Any] = json.loads((folder / f"conjugation-{lang}.json").read_text("utf-8"))

    def forms(self, verb: str) -> list[str] | None:
        """The forms of a verb, column by column; None for an unknown one."""
        known = self._verbs.get(LIKE.get(self._lang, {}).get(verb, verb))
        if known is None:
            return None
        ending = known["template"].partition(":")[2]
        root, table = verb.removesuffix(ending), self._tables[known["template"]]
        found: dict[str, list[str]] = {}
        for column, (mood, tense, persons) in self._columns.items():
            endings = _endings(table[mood][tense], persons)
            taken = {form for name in PLAIN.get(column, ()) for form in found[name]}
            forms = dict.fromkeys(root + ending for ending in endings)
            found[column] = [form for form in forms if form not in taken]
        return ["|".join(forms) for forms in found.values()]


def _endings(cell: Any, persons: Iterable[int]) -> list[str]:
    if isinstance(cell, str):
        return [cell]
    wanted = set(persons)
    return [ending or "" for person, ending in cell if not wanted or person in wanted]


def table_of(lang: str) -> tuple[list[str], dict[str, list[str]]]:
    """The columns of a language's table, and the forms of each of its verbs."""
    verbs = sorted(first_words(lang))
    if lang == "en":
        return [*TAGS], {verb: english_forms(verb) for verb in verbs}
    conjugator = Conjugator(lang)
    found = {verb: conjugator.forms(verb) for verb in verbs}
    if unknown := [verb for verb, forms in found.items() if forms is None]:
        print(f"not conjugated: {', '.join(unknown)}", file=sys.stderr)
    return [*COLUMNS[lang]], {verb: forms for verb, forms in found.items() if forms is not None}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("lang", nargs="?", default="en")
    lang = parser.parse_args().lang
    columns, forms = table_of(lang)
    lines = ["\t".join(["lemma", *columns]), *("\t".join([verb, *cells]) for verb, cells in forms.items())]
    (TRIGGERS / f"forms.{lang}.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
