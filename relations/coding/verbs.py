"""Which words of a sentence are its verbs, for all that their form and their neighbour say?"""

from __future__ import annotations

from functools import cache

from relations.coding.grammar import load_grammar
from relations.coding.triggers import load_forms
from relations.coding.units import Units

#: The shortest verb that is known by its ending alone.
MIN_PAST = 5


@cache
def _past(lang: str) -> frozenset[str]:
    """Forms that are finite wherever they stand, for all that the tables know."""
    grammar = load_grammar(lang)
    known = (form for forms in load_forms(lang).values() for form, tag in forms if tag in grammar.finite_tag)
    return frozenset(known) | grammar.irregular_past


@cache
def _present(lang: str) -> frozenset[str]:
    """Third persons of the verbs that the tables know: nouns too, most of them."""
    return frozenset(form for forms in load_forms(lang).values() for form, tag in forms if tag == "third")


def is_verb(units: Units, index: int) -> bool:
    """Whether a unit is a finite verb: an auxiliary, a past form, or a present form right after its subject."""
    if units.mention[index] >= 0:
        return False
    word, grammar = units.lower[index], units.grammar
    if word in grammar.finite:
        return True
    if word in _present(grammar.lang):
        return _follows_subject(units, index)
    past = word in _past(grammar.lang) or (len(word) >= MIN_PAST and word.endswith(grammar.past_ending))
    if not past or units.text[units.start[index]].isupper():
        return False
    return units.word_at(index - 1) not in grammar.before_noun


def _follows_subject(units: Units, index: int) -> bool:
    """Whether an actor's name or a pronoun stands right before; after an adjective ("French strikes") it is a noun.

    Object pronouns may stand between ("le Mali l'accuse").
    """
    grammar, before = units.grammar, index - 1
    while before > 0 and units.lower[before] in grammar.clitic and units.mention[before] < 0:
        before -= 1
    if before < 0:
        return False
    mention = units.mention[before]
    if mention >= 0:
        return units.mentions[mention].kind != "demonym" or bool(grammar.owner_after)
    return units.lower[before] in grammar.subjects
