"""Was an act done, or only promised, threatened, refused, demanded or denied?"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from relations.coding.triggers import Index, Match, find_matches, load_operators
from relations.coding.units import Units

COOPERATIVE = frozenset({"AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT"})
HOSTILE_DEEDS = frozenset({"PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"})
_CAN_BE_CUT = frozenset({"AGREE", "COOPERATE", "AID", "THREATEN"}) | HOSTILE_DEEDS
#: How many units may stand between an operator and the act it governs.
OPERATOR_REACH = 5
#: How many auxiliaries and adverbs may stand before a verb.
GROUP_REACH = 6
_FUTURE, _CONDITIONAL = frozenset({"future"}), frozenset({"conditional"})

#: How many words may stand between an operator and the verb of its infinitive or of its clause.
INFINITIVE_REACH, CLAUSE_REACH = 9, 10


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


def find_operators(units: Units) -> list[Match]:
    """Operators of a sentence, left to right."""
    index: Index = load_operators(units.grammar.lang)
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
    between, grammar = range(operator.last + 1, first), units.grammar
    words = [units.lower[i] for i in between]
    complement = operator.trigger.complement
    if any(word in grammar.operator_stop for word in words):
        return False
    if complement not in {"to", "that"} and grammar.finite_auxiliary & set(words):
        return False
    if complement == "to" and match.trigger.kind != "verb":
        return False  # "due to the arrest" promises nothing
    if complement == "to" and "infinitive" in match.tags:
        return len(words) <= INFINITIVE_REACH and grammar.finite.isdisjoint(words)
    if complement == "to":
        marks = grammar.infinitive_mark
        ends = units.lower[operator.last] in marks and not words
        marked = bool(words) and not marks.isdisjoint(words[-3:]) and sum(word in marks for word in words) <= 2
        return ends or (marked and len(words) <= INFINITIVE_REACH)
    if complement == "that":
        opens = not (grammar.complementizer | grammar.operator_pronoun).isdisjoint(words)
        return len(words) <= CLAUSE_REACH and opens and match.trigger.kind == "verb"
    if complement == "ing":
        return not match.tags.isdisjoint({"gerund", "infinitive"}) and len(words) <= 3
    if complement == "noun":
        return match.trigger.kind == "noun" and len(words) <= OPERATOR_REACH and not (grammar.and_ | {","}) & set(words)
    if operator.trigger.kind == "adverb":
        return not words or set(words) <= grammar.skipped_after_operator
    return len(words) <= OPERATOR_REACH and "," not in words


def _verb_group_effect(units: Units, match: Match) -> str:
    if match.trigger.kind != "verb":
        return _conditional(units, match)
    words: list[str] = []
    index, grammar = match.head - 1, units.grammar
    while (
        index >= 0
        and len(words) < GROUP_REACH
        and (units.lower[index] in grammar.auxiliary or units.lower[index].endswith(grammar.adverb_ending))
    ):
        words.insert(0, units.lower[index])
        index -= 1
    group = set(words)
    if group & grammar.negation:
        # "will not lift the ban" refuses; "did not lift it" only denies
        return "refused" if group & grammar.will or match.tags <= _FUTURE else "denied"
    if conditional := _conditional(units, match):
        return conditional
    if group & grammar.future or match.tags <= _FUTURE:
        return "planned"
    if group & grammar.be_to and not grammar.infinitive_mark.isdisjoint(words[-1:]):
        return "planned"
    if match.tags <= _CONDITIONAL or (group & grammar.conditional and group & grammar.have_infinitive):
        return "hypothetical"
    if group & grammar.future_of_past:
        return "planned"
    if group & grammar.possibility:
        return "possible"
    return ""


def _conditional(units: Units, match: Match) -> str:
    grammar = units.grammar
    for index in range(match.head - 1, max(-1, match.head - 9), -1):
        word = units.lower[index]
        if word in grammar.condition:
            return "hypothetical"
        if word in grammar.condition_stop:
            return ""
    return ""
