"""Where does an actor stand: as the subject of a verb, beside others, under a preposition?"""

from __future__ import annotations

from relations.coding.grammar import word_class
from relations.coding.units import Units
from relations.coding.verbs import is_verb

#: How many units a subject may stand before its verb.
SUBJECT_REACH = 28
#: A longer word with an adjective's ending may stand between a preposition and its actor ("from neighbouring Peru").
MIN_ADJECTIVE = 4
HARD = frozenset({";", ".", "!", "?", ":", '"', "“", "”"})
CLAUSE_ENDS = HARD | frozenset({"while", "whereas", "although", "though", "unless"})
SUBORDINATORS = word_class("subordinator")
_RELATIVES = word_class("relative")
PREPOSITIONS = word_class("preposition")
_ADJECTIVE_ENDINGS = ("n", "l", "c", "ed", "y")
LINKS = frozenset({",", "and", "&", "or", "both", "plus"})
_JOINS = LINKS | {"-", "/", "–"}
#: What else may stand between two that are coordinated.
_AMONG = frozenset({"the", "as", "well", "neighbouring", "neighboring"})
_BETWEEN = _JOINS | _AMONG
_SKIPPED = word_class("determiner_like")
AUXILIARIES = word_class("auxiliary")
BE = word_class("be")
#: Nouns of number: "hundreds of Malians" act as Malians do.
_MANY = word_class("number_noun")
_PRONOUNS = word_class("pronoun")
_CROWDS = word_class("crowd_or_body")
#: Verbs whose object does what the infinitive after it says: "asked Putin to come".
_CONTROLLING = word_class("object_control")


def find_subject(units: Units, head: int) -> tuple[list[int], float]:
    """Mentions that are the subject of the verb at `head`, looking left through its group and clause."""
    index = _before_verb_group(units, head)
    infinitive = "to" in units.lower[index + 1 : head]
    loose: list[int] = []
    noun_between = False
    for position in range(index, max(-1, index - SUBJECT_REACH), -1):
        word, mention = units.lower[position], units.mention[position]
        if mention >= 0:
            group = group_of(units, mention)
            preposition = governor(units, group[0])
            opens_clause = preposition in SUBORDINATORS and position == index
            if infinitive and not preposition and _has_purpose(units, position):
                continue
            if not preposition or opens_clause:
                return group, 0.75 if noun_between else 1.0
            if unit_before_governor(units, group[0]) in _CROWDS:
                return group, 0.85
            led = preposition == "by" or unit_before_governor(units, group[0]) in _MANY
            if not loose and led:
                loose = group
            continue
        if word in HARD:
            break
        if word in SUBORDINATORS and position < index and noun_between:
            break
        if word == "that" and noun_between:
            break
        if position == index and not infinitive and _is_plain_noun(units, position):
            noun_between = True
    return loose, 0.5


def _has_purpose(units: Units, position: int) -> bool:
    """Whether the actor before an infinitive is an object whose verb's subject is the infinitive's too.

    "Merkel rang Putin to urge calm", and not "Merkel asked Putin to urge calm".
    """
    index = units.mention.index(group_of(units, units.mention[position])[0]) - 1
    while units.word_at(index) in LINKS or units.word_at(index) in _SKIPPED:
        index -= 1
    return index > 0 and is_verb(units, index) and units.lower[index] not in AUXILIARIES | _CONTROLLING


def _before_verb_group(units: Units, head: int) -> int:
    index = head - 1
    while index >= 0 and (
        units.lower[index] in AUXILIARIES or units.lower[index].endswith("ly") or units.lower[index] == "to"
    ):
        index -= 1
    return index


def _is_plain_noun(units: Units, index: int) -> bool:
    word = units.lower[index]
    closed = word in _PRONOUNS or word in _RELATIVES or word in LINKS or word in PREPOSITIONS or word in SUBORDINATORS
    return word.isalpha() and not closed and word not in AUXILIARIES and not word.endswith(("ed", "ing"))


def governed(units: Units, start: int, reach: int, prepositions: set[str]) -> list[int]:
    """Mentions after `start` that one of the prepositions governs, nearest first."""
    found: list[int] = []
    for position in range(start, min(len(units), start + reach)):
        if units.lower[position] in CLAUSE_ENDS:
            break
        mention = units.mention[position]
        if mention >= 0 and governor(units, group_of(units, mention)[0]) in prepositions:
            found.append(mention)
    return found


def governor(units: Units, mention: int) -> str:
    """The preposition that governs a mention ("in", "by", ...), or an empty string."""
    index = governor_index(units, mention)
    return units.lower[index] if index >= 0 else ""


def governor_index(units: Units, mention: int) -> int:
    position = units.mention.index(mention) - 1
    for index in range(position, max(-1, position - 4), -1):
        word = units.lower[index]
        if word in PREPOSITIONS:
            return index
        lower_case = units.text[units.start[index]].islower()
        adjective = len(word) > MIN_ADJECTIVE and lower_case and word.endswith(_ADJECTIVE_ENDINGS)
        if word not in _SKIPPED and not word.isdigit() and not adjective:
            break
    return -1


def unit_before_governor(units: Units, mention: int) -> str:
    index = governor_index(units, mention)
    return units.word_at(index - 1) if index > 0 else ""


def group_of(units: Units, mention: int) -> list[int]:
    """The mentions coordinated with one: "France, Germany and Italy", "US-Russia"."""
    position = units.mention.index(mention)
    group = [mention]
    if units.word_at(position - 1) in _BETWEEN:
        left = position
        while (step := _coordinated(units, left, -1)) is not None:
            left = step
            group.insert(0, units.mention[left])
    if units.word_at(position + 1) in _BETWEEN:
        right = position
        while (step := _coordinated(units, right, +1)) is not None:
            right = step
            group.append(units.mention[right])
    return group


def _coordinated(units: Units, position: int, step: int) -> int | None:
    linked = False
    for index in range(position + step, position + 5 * step, step):
        if not 0 <= index < len(units.mention):
            return None
        if units.mention[index] >= 0:
            return index if linked or _share_words(units, index, position) else None
        word = units.lower[index]
        if word in _JOINS:
            linked = True
        elif word not in _AMONG:
            return None
        if word == "," and _apposition(units, index):
            return None
    return None


def _share_words(units: Units, index: int, position: int) -> bool:
    """Whether two mentions are the two states of one phrase ("both sides"), of which the second has no words."""
    first, second = sorted((index, position))
    return second == first + 1 and units.start[second] == units.end[second] == units.end[first]


def _apposition(units: Units, index: int) -> bool:
    return units.word_at(index + 1) in {"a", "an", "its", "his", "her", "whose", "which", "who"}
