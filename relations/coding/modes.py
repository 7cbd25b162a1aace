"""Was an act done, or only promised, threatened, refused, demanded or denied?"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from relations.coding.grammar import word_class
from relations.coding.standing import AUXILIARIES
from relations.coding.triggers import Index, Match, find_matches, load_operators
from relations.coding.units import Units

COOPERATIVE = frozenset({"AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT"})
HOSTILE_DEEDS = frozenset({"PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"})
_CAN_BE_CUT = frozenset({"AGREE", "COOPERATE", "AID", "THREATEN"}) | HOSTILE_DEEDS
#: How many units may stand between an operator and the act it governs.
OPERATOR_REACH = 5

_NEGATIONS = word_class("negation")
_FUTURE = word_class("future")
_WILL = _FUTURE | {"would", "wo"}
_POSSIBLE = word_class("possibility")
_CONDITIONS = word_class("condition")
_PRONOUNS = frozenset({"it", "he", "she", "they", "we"})
_FINITE = word_class("finite_auxiliary")
_SKIPPED = AUXILIARIES | {
    "that",
    "it",
    "he",
    "she",
    "they",
    "we",
    "its",
    "his",
    "their",
    "any",
    "all",
    "the",
    "a",
    "an",
}


@dataclass(frozen=True, slots=True)
class Mode:
    """What becomes of an act's type where it stands; an empty type means that there is no event."""

    type: str
    status: str
    effect: str = ""


def mode_of(units: Units, match: Match, operators: list[Match]) -> Mode:
    """Type and status of a trigger's act, given the operators of its sentence."""
    effect = _operator_effect(units, match, operators) or _verb_group_effect(units, match)
    return apply_effect(match.trigger.type, effect)


@cache
def apply_effect(act: str, effect: str) -> Mode:
    """Type and status of an act under one effect (CODING conventions 2 and 4: the mode decides as often as the verb).

    Examples
    --------
    >>> apply_effect("SANCTION", "ended").type, apply_effect("SUPPORT", "ended").type
    ('CONCEDE', 'SANCTION')
    """
    friendly = act in COOPERATIVE
    outcome = {
        "": Mode(act, "happened"),
        "begun": Mode(act, "happened"),
        "refused": Mode("REJECT" if friendly else "", "happened"),
        "threatened": Mode("THREATEN", "threatened"),
        "promised": Mode("AGREE" if friendly else "THREATEN", "planned" if friendly else "threatened"),
        "planned": Mode("AGREE" if friendly else act, "planned"),
        "demanded": Mode("", "happened"),
        "denied": Mode(act, "denied"),
        "ended": Mode("SANCTION" if friendly else "CONCEDE", "happened"),
        "possible": Mode("THREATEN" if act in HOSTILE_DEEDS else "", "threatened"),
    }.get(effect, Mode("", "happened"))
    if effect == "ended" and act in {
        "CONSULT",
        "REQUEST",
        "ACCUSE",
        "REJECT",
        "AGREE",
        "RETREAT",
        "CONCEDE",
    }:
        # talks or visits that ended are talks or visits held
        outcome = Mode(act, "happened")
    return Mode(outcome.type, outcome.status, effect)


def find_operators(units: Units, lang: str = "en") -> list[Match]:
    """Operators of a sentence, left to right."""
    index: Index = load_operators(lang)
    return find_matches(units, index)


def _operator_effect(units: Units, match: Match, operators: list[Match]) -> str:
    first = min(match.taken)
    for operator in sorted(operators, key=lambda o: -o.last):
        if operator.head in match.taken or operator.last >= first:
            continue
        if _governs(units, operator, match, first):
            return operator.trigger.effect
    return ""


def _governs(units: Units, operator: Match, match: Match, first: int) -> bool:
    between = range(operator.last + 1, first)
    words = [units.lower[i] for i in between]
    complement = operator.trigger.complement
    if any(word in {";", ":", ".", "but", "after", "while"} for word in words):
        return False
    if complement not in {"to", "that"} and _FINITE & set(words):
        return False
    if complement == "to" and match.trigger.kind != "verb":
        return False  # "due to the arrest" promises nothing
    if complement == "to":
        ends = units.lower[operator.last] == "to" and not words
        return ends or (bool(words) and len(words) <= 9 and "to" in words[-3:] and words.count("to") <= 2)
    if complement == "that":
        opens = "that" in words or bool(_PRONOUNS & set(words))
        return len(words) <= 10 and opens and match.trigger.kind == "verb"
    if complement == "ing":
        return "gerund" in match.tags and len(words) <= 3
    if complement == "noun":
        return match.trigger.kind == "noun" and len(words) <= OPERATOR_REACH and not {"and", ","} & set(words)
    if operator.trigger.kind == "adverb":
        return not words or set(words) <= _SKIPPED
    return len(words) <= OPERATOR_REACH and "," not in words


def _verb_group_effect(units: Units, match: Match) -> str:
    if match.trigger.kind != "verb":
        return _conditional(units, match)
    words: list[str] = []
    index = match.head - 1
    while index >= 0 and len(words) < 6 and (units.lower[index] in AUXILIARIES or units.lower[index].endswith("ly")):
        words.insert(0, units.lower[index])
        index -= 1
    group = set(words)
    if group & _NEGATIONS:
        # "will not lift the ban" refuses; "did not lift it" only denies
        return "refused" if group & _WILL else "denied"
    if conditional := _conditional(units, match):
        return conditional
    if group & _FUTURE or ({"is", "are", "was", "were"} & group and words[-1:] == ["to"]):
        return "planned"
    if {"would", "should", "could"} & group and "have" in group:
        return "hypothetical"
    if "would" in group:
        return "planned"
    if group & _POSSIBLE:
        return "possible"
    return ""


def _conditional(units: Units, match: Match) -> str:
    for index in range(match.head - 1, max(-1, match.head - 9), -1):
        word = units.lower[index]
        if word in _CONDITIONS:
            return "hypothetical"
        if word in {",", ";", ".", "that", "said"}:
            return ""
    return ""
