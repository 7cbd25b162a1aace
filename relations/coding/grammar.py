"""Which words belong to the small closed classes that sentences are built with?"""

from __future__ import annotations

from functools import cache

from relations.resources import read_table


@cache
def _classes(lang: str) -> dict[str, frozenset[str]]:
    return {row["class"]: frozenset(row["words"].split()) for row in read_table(f"triggers/grammar.{lang}.tsv")}


def word_class(name: str, lang: str = "en") -> frozenset[str]:
    """Words of one class: preposition, auxiliary, pronoun, determiner, ...

    Examples
    --------
    >>> "against" in word_class("preposition")
    True
    """
    return _classes(lang)[name]
