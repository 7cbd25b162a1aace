"""Where does an actor stand: as the subject of a verb, beside others, under a preposition?"""

from __future__ import annotations

from collections.abc import Collection

from relations.coding.triggers import form_tags
from relations.coding.units import Units
from relations.coding.verbs import is_verb

#: How many units a subject may stand before its verb.
SUBJECT_REACH = 28
#: A longer word with an adjective's ending may stand between a preposition and its actor ("from neighbouring Peru").
MIN_ADJECTIVE = 4
#: A noun before its adjective of state has at most so many words.
MAX_NOUN = 2
_ADJECTIVES = frozenset({"demonym", "people"})
#: Kinds of names before which "des" is no article: "des États-Unis".
_NAMES = frozenset({"name", "organisation"})
_NO_TAGS: frozenset[str] = frozenset()


def find_subject(units: Units, head: int) -> tuple[list[int], float]:
    """Mentions that are the subject of the verb at `head`, looking left through its group and clause."""
    grammar = units.grammar
    index = _before_verb_group(units, head)
    infinitive = not grammar.infinitive_mark.isdisjoint(units.lower[index + 1 : head])
    loose: list[int] = []
    noun_between = False
    for position in range(index, max(-1, index - SUBJECT_REACH), -1):
        word, mention = units.lower[position], units.mention[position]
        if mention >= 0:
            group = group_of(units, mention)
            preposition = governor(units, group[0])
            opens_clause = preposition in grammar.subordinator and position == index
            if infinitive and not preposition and _has_purpose(units, position):
                continue
            if not preposition or opens_clause:
                return group, 0.75 if noun_between else 1.0
            if unit_before_governor(units, group[0]) in grammar.crowd_or_body:
                return group, 0.85
            led = (
                preposition in grammar.agent_preposition or unit_before_governor(units, group[0]) in grammar.number_noun
            )
            if not loose and led:
                loose = group
            continue
        if word in grammar.hard_stop:
            break
        if word in grammar.subordinator and position < index and noun_between:
            break
        if word in grammar.complementizer and noun_between:
            break
        if position == index and not infinitive and _is_plain_noun(units, position):
            noun_between = True
    return loose, 0.5


def _has_purpose(units: Units, position: int) -> bool:
    """Whether the actor before an infinitive is an object whose verb's subject is the infinitive's too.

    "Merkel rang Putin to urge calm", and not "Merkel asked Putin to urge calm".
    """
    grammar = units.grammar
    index = units.mention.index(group_of(units, units.mention[position])[0]) - 1
    while units.word_at(index) in grammar.link or units.word_at(index) in grammar.determiner_like:
        index -= 1
    return index > 0 and is_verb(units, index) and units.lower[index] not in grammar.controlling


def _before_verb_group(units: Units, head: int) -> int:
    grammar, index = units.grammar, head - 1
    while index >= 0 and (
        units.lower[index] in grammar.auxiliary
        or units.lower[index].endswith(grammar.adverb_ending)
        or units.lower[index] in grammar.infinitive_mark
    ):
        index -= 1
    return index


def _is_plain_noun(units: Units, index: int) -> bool:
    word, grammar = units.lower[index], units.grammar
    closed = word in grammar.subjects or word in grammar.link or word in grammar.preposition
    if not word.isalpha() or closed or word in grammar.subordinator or word in grammar.auxiliary:
        return False
    return not word.endswith(grammar.participle_ending)


def governed(units: Units, start: int, reach: int, prepositions: Collection[str]) -> list[int]:
    """Mentions after `start` that one of the prepositions governs, nearest first."""
    found: list[int] = []
    clause_end = units.grammar.clause_end
    for position in range(start, min(len(units), start + reach)):
        if units.lower[position] in clause_end:
            break
        mention = units.mention[position]
        if mention >= 0 and governor(units, group_of(units, mention)[0]) in prepositions:
            found.append(mention)
    return found


def governor(units: Units, mention: int) -> str:
    """The preposition that governs a mention ("in", "by", ...), or an empty string."""
    index = governor_index(units, mention)
    return units.grammar.plain(units.lower[index]) if index >= 0 else ""


def governor_index(units: Units, mention: int) -> int:
    position, grammar = units.mention.index(mention) - 1, units.grammar
    named = units.mentions[mention].kind
    if grammar.owner_after and named in _ADJECTIVES:
        position = _before_noun(units, position)
    for index in range(position, max(-1, position - 4), -1):
        word = units.lower[index]
        if word in grammar.preposition:
            if word in grammar.partitive and named not in _NAMES and _is_article(units, index):
                continue
            compound = grammar.plain(word) in grammar.compound and units.word_at(index - 1) in grammar.preposition
            return index - 1 if compound else index
        lower_case = units.text[units.start[index]].islower()
        adjective = len(word) > MIN_ADJECTIVE and lower_case and word.endswith(grammar.adjective_ending)
        if word not in grammar.determiner_like and not word.isdigit() and not adjective:
            break
    return -1


def _before_noun(units: Units, position: int) -> int:
    """Where the noun of an adjective of state that follows it ends to the left: "des pêcheurs éthiopiens"."""
    grammar, start = units.grammar, position
    while position >= 0 and start - position < MAX_NOUN and units.mention[position] < 0:
        word = units.lower[position]
        if not word.isalpha() or word in grammar.preposition or word in grammar.determiner_like:
            break
        if word in grammar.auxiliary or word in grammar.joins or word in grammar.finite:
            break
        position -= 1
    return position


def _is_article(units: Units, index: int) -> bool:
    """Whether a word such as "des" is an article: where no noun stands before it, as at the start or after a verb."""
    before = units.word_at(index - 1)
    if index == 0 or not before.isalpha() or before in units.grammar.auxiliary or before in units.grammar.preposition:
        return True
    return units.mention[index - 1] < 0 and bool(form_tags(units.grammar.lang).get(before, _NO_TAGS) - {"third"})


def unit_before_governor(units: Units, mention: int) -> str:
    index = governor_index(units, mention)
    return units.word_at(index - 1) if index > 0 else ""


def group_of(units: Units, mention: int) -> list[int]:
    """The mentions coordinated with one: "France, Germany and Italy", "US-Russia"."""
    position, between = units.mention.index(mention), units.grammar.group_words
    group = [mention]
    if units.word_at(position - 1) in between:
        left = position
        while (step := _coordinated(units, left, -1)) is not None:
            left = step
            group.insert(0, units.mention[left])
    if units.word_at(position + 1) in between:
        right = position
        while (step := _coordinated(units, right, +1)) is not None:
            right = step
            group.append(units.mention[right])
    return group


def _coordinated(units: Units, position: int, step: int) -> int | None:
    linked, grammar = False, units.grammar
    for index in range(position + step, position + 5 * step, step):
        if not 0 <= index < len(units.mention):
            return None
        if units.mention[index] >= 0:
            return index if linked or _share_words(units, index, position) else None
        word = units.lower[index]
        if word in grammar.joins:
            linked = True
        elif word not in grammar.among:
            return None
        if word == "," and _apposition(units, index):
            return None
    return None


def _share_words(units: Units, index: int, position: int) -> bool:
    """Whether two mentions are the two states of one phrase ("both sides"), of which the second has no words."""
    first, second = sorted((index, position))
    return second == first + 1 and units.start[second] == units.end[second] == units.end[first]


def _apposition(units: Units, index: int) -> bool:
    return units.word_at(index + 1) in units.grammar.apposition
