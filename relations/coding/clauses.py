"""Which clauses is a sentence made of, and who is the subject of each?

A news sentence strings acts together: "Spain called it piracy, sent a warship and said Canadians would need visas".
Each clause is read as a short sentence of its own: its subject, taken over where it goes unsaid, and its words.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass

from relations.coding.standing import governor, governor_index, group_of
from relations.coding.triggers import past_forms
from relations.coding.units import Units, select_units
from relations.coding.verbs import is_verb

#: A sentence is cut into at most so many clauses; the last one holds the rest.
MAX_CLAUSES = 8
#: How far back a passive's "was" may stand.
PASSIVE_REACH = 16
#: A clause's own subject stands within so many units of its start.
SUBJECT_REACH = 7
_BREAKS = frozenset({";", ":", "–", "—"})
#: The shortest word that is a gerund by its ending.
MIN_GERUND = 6


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause as a sentence of its own, and the place of each of its units in the whole sentence."""

    units: Units
    places: tuple[int, ...]
    subject: tuple[int, ...]


def split_clauses(units: Units) -> list[Clause]:
    """The clauses of a sentence, left to right; a sentence of one clause gives that one."""
    clauses: list[Clause] = []
    main: tuple[int, ...] = ()
    relatives = units.grammar.relative_opener
    for start, end in itertools.pairwise([*_starts(units), len(units)]):
        interrupted = end < len(units) and units.lower[end] in relatives
        own = _own_subject(units, start, end, verbless=interrupted)
        if units.lower[start] in relatives:
            own = _last_group(units, start)
        subject = own or _late_subject(units, start, end) or main
        if units.lower[start] not in relatives:
            main = subject
        places = tuple(sorted({*(i for i in subject if i < start), *range(start, end)}))
        whole = len(places) == len(units)
        clauses.append(Clause(units if whole else select_units(units, places), places, subject))
    return clauses


def _starts(units: Units) -> list[int]:
    starts = [0] if len(units) else []
    has_verb, relatives = False, units.grammar.relative_opener
    for index in range(len(units)):
        room = index > starts[-1] and len(starts) < MAX_CLAUSES
        if room and (has_verb or units.lower[index] in relatives) and _opens(units, index):
            starts.append(index)
            has_verb = False
        has_verb = has_verb or is_verb(units, index)
    return starts


def _opens(units: Units, index: int) -> bool:
    """Whether a new clause starts at a unit; a verb stands before it."""
    word, before, grammar = units.lower[index], units.lower[index - 1], units.grammar
    if before in _BREAKS:
        return True
    if word in grammar.relative_opener:
        return before == "," or units.mention[index - 1] >= 0
    if word in grammar.coordinator or before == "," or word in grammar.openers:
        step = index + (word in grammar.coordinator or word in grammar.openers)
        while units.word_at(step).endswith(grammar.adverb_ending) or units.word_at(step) in grammar.coordinator:
            step += 1
        if step >= len(units):
            return False
        coordinated = word in grammar.coordinator or before == ","
        if coordinated and is_verb(units, step):
            return units.lower[step] in grammar.finite or not _is_in_passive(units, index)
        if before == "," and _is_gerund(units, step):
            return True
        listed = word in grammar.coordinator and before != "," and units.mention[index - 1] >= 0
        return not listed and bool(_own_subject(units, step, len(units)))
    return False


def _is_in_passive(units: Units, end: int) -> bool:
    """Whether the last verb before a place is a passive, whose "was" a coordinated participle shares."""
    grammar = units.grammar
    for index in range(end - 1, max(0, end - PASSIVE_REACH), -1):
        if units.lower[index] in grammar.be:
            after = [units.word_at(i) for i in range(index + 1, min(end, index + 4))]
            return any(word in past_forms(grammar.lang) or word.endswith(grammar.past_ending) for word in after)
        if units.lower[index] in grammar.finite:
            return False
    return False


def _own_subject(units: Units, start: int, end: int, verbless: bool = False) -> tuple[int, ...]:
    """Places of the actors that open a clause and stand before its verb; a pronoun is nobody's.

    Whose a subject without a name is, the place behind it says: "pensioners in Athens hung ...".
    """
    grammar = units.grammar
    for index in range(start, min(end, start + SUBJECT_REACH)):
        mention = units.mention[index]
        if mention < 0 and (units.lower[index] in grammar.pronoun or is_verb(units, index)):
            return ()
        if mention >= 0 and (governor(units, mention) in grammar.opener_or_none or _belongs(units, start, mention)):
            group = [p for m in group_of(units, mention) if (p := units.mention.index(m)) >= start]
            after = range(group[-1] + 1, min(end, group[-1] + 2 * SUBJECT_REACH))
            return tuple(group) if verbless or any(is_verb(units, i) for i in after) else ()
    return ()


def _belongs(units: Units, start: int, mention: int) -> bool:
    """Whether a mention says whose the noun before it is: a preposition of place or of possession leads to it."""
    at = governor_index(units, mention)
    return (
        at > start
        and units.lower[at] in units.grammar.belonging
        and units.mention[at - 1] < 0
        and units.lower[at - 1].isalpha()
    )


def _late_subject(units: Units, start: int, end: int) -> tuple[int, ...]:
    """An actor after a long opening ("In the days that he sat there, China cut ...") or a quote (", said Kishida")."""
    for index in range(start + 1, end):
        if units.mention[index] < 0 or governor(units, units.mention[index]):
            continue
        acts = units.lower[index - 1] == "," and index + 1 < end and is_verb(units, index + 1)
        speaks = is_verb(units, index - 1) and units.word_at(index - 2) in units.grammar.closing_quote
        if acts or speaks:
            return (index,)
    return ()


def _last_group(units: Units, before: int) -> tuple[int, ...]:
    for index in range(before - 1, max(-1, before - SUBJECT_REACH), -1):
        if units.mention[index] >= 0:
            return (index,)
    return ()


def _is_gerund(units: Units, index: int) -> bool:
    word = units.lower[index]
    return units.mention[index] < 0 and word.endswith(units.grammar.gerund_ending) and len(word) >= MIN_GERUND
