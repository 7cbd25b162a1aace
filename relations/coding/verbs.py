"""Which words of a sentence are its verbs, for all that their form and their neighbour say?"""

from __future__ import annotations

from functools import cache

from relations.coding.grammar import word_class
from relations.coding.triggers import load_forms, past_forms
from relations.coding.units import Units

FINITE = word_class("finite_auxiliary") | {
    "can",
    "could",
    "may",
    "might",
    "must",
    "shall",
    "should",
    "did",
    "does",
    "do",
}
#: Words after which no finite verb stands.
_BEFORE_NOUN = frozenset({"the", "a", "an", "of", "its", "his", "their", "to", "by"})
#: Words that, like an actor, are subjects of a present tense.
_SUBJECTS = word_class("pronoun") | word_class("relative")


@cache
def _past(lang: str) -> frozenset[str]:
    return past_forms(lang) | word_class("irregular_past", lang)


@cache
def _present(lang: str) -> frozenset[str]:
    """Third persons of the verbs that the tables know: nouns too, most of them."""
    return frozenset(form for forms in load_forms(lang).values() for form, tag in forms if tag == "third")


def is_verb(units: Units, index: int, lang: str = "en") -> bool:
    """Whether a unit is a finite verb: an auxiliary, a past form, or a present form right after its subject."""
    if units.mention[index] >= 0:
        return False
    word = units.lower[index]
    if word in FINITE:
        return True
    if word in _present(lang):
        return _follows_subject(units, index)
    past = word in _past(lang) or (len(word) > 4 and word.endswith("ed"))
    if not past or units.text[units.start[index]].isupper():
        return False
    return units.word_at(index - 1) not in _BEFORE_NOUN


def _follows_subject(units: Units, index: int) -> bool:
    """Whether an actor's name or a pronoun stands right before; after an adjective ("French strikes") it is a noun."""
    if not index:
        return False
    mention = units.mention[index - 1]
    return units.mentions[mention].kind != "demonym" if mention >= 0 else units.lower[index - 1] in _SUBJECTS
