"""Which actor does what a trigger says, and to whom?"""

from __future__ import annotations

from dataclasses import dataclass, replace

from relations.coding.standing import (
    find_subject,
    governed,
    governor,
    governor_index,
    group_of,
)
from relations.coding.triggers import GAP, Match, lemmas
from relations.coding.units import Units

#: How many units an object may stand after its verb, a clause's actor after its opening, an agent after "by".
OBJECT_REACH = 14
CLAUSE_REACH = 30
BY_REACH = 16
#: The same for whose an act is, where the owner follows.
OWNER_REACH = 5
#: Acts of speech, whose addressee often goes unsaid ("Paris demands his release").
_SPOKEN = frozenset({"REQUEST", "THREATEN"})
#: How far a link is trusted whose source or target goes unsaid, beside a plain one.
UNSAID_QUALITY = 0.85
#: Types whose participle, with no object after it, is a passive without its "was": "diplomats detained in Baku".
_REDUCED = frozenset({"COERCE", "ASSAULT", "SANCTION", "RETREAT"})
_CROWD_ACTS = frozenset({"PROTEST", "REQUEST", "ACCUSE"})


@dataclass(frozen=True, slots=True)
class Link:
    """A trigger with its source and target, as indexes of mentions; `quality` is 1 for the plainest construction."""

    match: Match
    source: int
    target: int
    quality: float


def link(units: Units, match: Match) -> list[Link]:
    """Every directed pair of actors between which the trigger's act stands; empty when it has no two actors."""
    trigger = match.trigger
    if trigger.kind not in _LINKERS:
        return []
    sources, targets, quality = _LINKERS[trigger.kind](units, match)
    if trigger.mutual and len(sources) > 1 and not targets:
        targets = sources
    if sources and not targets and trigger.kind == "verb" and trigger.type in _SPOKEN:
        targets, quality = _only_other(units, sources), quality * UNSAID_QUALITY
    pairs = [(s, t) for s in sources for t in targets if _differ(units, s, t)]
    if trigger.mutual:
        pairs += [(t, s) for s, t in pairs]
    return [Link(match, s, t, quality) for s, t in dict.fromkeys(pairs)]


def _only_other(units: Units, sources: list[int]) -> list[int]:
    """Whom words without an addressee are for: the one other actor that the sentence names."""
    actors = {units.mentions[m].actor for m in sources}
    others = [m for m in range(len(units.mentions)) if units.mentions[m].actor not in actors]
    return others[:1] if len({units.mentions[m].actor for m in others}) == 1 else []


def _differ(units: Units, a: int, b: int) -> bool:
    return units.mentions[a].actor != units.mentions[b].actor


Found = tuple[list[int], list[int], float]


def _link_verb(units: Units, match: Match) -> Found:
    if is_passive(units, match):
        return _link_passive(units, match)
    head = _infinitive_head(units, match)
    sources, quality = find_subject(units, head)
    if match.trigger.type in _CROWD_ACTS and (not sources or units.word_at(head - 2) in units.grammar.gathering):
        sources, quality = _crowd_of_place(units), UNSAID_QUALITY
    targets = find_targets(units, match, set(sources))
    return sources, targets, quality


def _infinitive_head(units: Units, match: Match) -> int:
    """Where to look for the subject of a bare verb after "and": at the infinitive that it is coordinated with."""
    if match.tags == {"base"} and units.word_at(match.head - 1) in units.grammar.link:
        for index in range(match.head - 2, max(-1, match.head - OBJECT_REACH), -1):
            if units.lower[index] in units.grammar.infinitive_mark and units.mention[index + 1] < 0:
                return index + 1
            if units.lower[index] in units.grammar.hard_stop:
                break
    return match.head


def _crowd_of_place(units: Units) -> list[int]:
    """Whose crowd protests is said by the place where it does: "during a rally in Ouagadougou"."""
    if not units.grammar.gathering & set(units.lower):
        return []
    return [m for m in range(len(units.mentions)) if governor(units, m) in units.grammar.place][:1]


def _link_passive(units: Units, match: Match) -> Found:
    grammar = units.grammar
    by = governed(units, match.head + 1, BY_REACH, grammar.agent_preposition)
    by = by[:1] and group_of(units, by[0])
    subject, quality = find_subject(units, match.head)
    prepositional = find_targets(units, match, set(by), only_prepositions=True)
    patients = [mention for mention in subject if mention not in by]
    takes_object = match.trigger.target[0] == "obj" and not match.backward
    targets = (patients or prepositional) if takes_object else (prepositional or patients)
    if by:
        quality = 1.0
    elif match.trigger.type in {"COERCE", "ACCUSE"} or match.trigger.mode == "release":
        # who arrests, charges or frees in a country is, unless said, its own authority
        places = governed(units, max(0, match.head - OBJECT_REACH), 2 * OBJECT_REACH, grammar.inside)
        by, quality = [m for m in places if m not in subject][:1], UNSAID_QUALITY
    if match.backward and not (by and targets):
        noun = replace(match, head=match.taken[-1], taken=match.taken[-1:], backward=False)
        target = (*match.trigger.target, *grammar.noun_target)
        slots = replace(match.trigger, source=grammar.noun_source, target=target)
        return _link_noun(units, replace(noun, trigger=slots))
    if not by and prepositional and subject:
        return subject, prepositional, quality * 0.8
    return by, targets, quality


def is_passive(units: Units, match: Match) -> bool:
    """Whether a verb that may be a participle is passive, in full ("was expelled") or reduced ("expelled by")."""
    if "participle" not in match.tags:
        return False
    grammar = units.grammar
    if match.backward:
        return True
    if grammar.active_with_be and lemmas(grammar.lang).get(units.lower[match.head]) in grammar.active_with_be:
        return False
    for index in range(match.head - 1, max(-1, match.head - 5), -1):
        word = units.word_at(index)
        if word in grammar.be:
            return units.word_at(index - 1) not in grammar.reflexive
        if word not in grammar.auxiliary and not word.endswith(grammar.adverb_ending):
            break
    after = units.word_at(match.last + 1)
    no_object = match.trigger.rest[:1] == (GAP,) and match.taken[1:2] == (match.head + 1,)
    if no_object and match.trigger.target[0] == "obj" and grammar.plain(units.word_at(match.head + 1)) in grammar.relay:
        return True  # nothing stands where its object would: "accused of spying"
    perfect = any(units.word_at(i) in grammar.have for i in range(max(0, match.head - 3), match.head))
    if perfect:
        return False
    if after in grammar.agent_preposition:
        return True
    takes_object = "obj" in match.trigger.target and match.trigger.words == 1
    closes = not after or after in grammar.after_participle
    return takes_object and closes and match.head > 0 and match.trigger.type in _REDUCED


def find_targets(units: Units, match: Match, sources: set[int], only_prepositions: bool = False) -> list[int]:
    """Mentions that receive the act: the object, or what the trigger's prepositions govern, in its order."""
    actors = {units.mentions[s].actor for s in sources}
    start = match.head + 1
    for slot in match.trigger.target:
        if slot in {"obj", "poss"}:
            found = [] if only_prepositions else _object(units, match, actors)
        elif slot == "clause":
            found = _first_other(units, match.last + 1, actors)
        else:
            found = [m for m in governed(units, start, OBJECT_REACH, {slot}) if units.mentions[m].actor not in actors][
                :1
            ]
        if found:
            return [m for m in group_of(units, found[0]) if units.mentions[m].actor not in actors]
    if match.backward or only_prepositions:
        return []
    return _within(units, match, actors) or _loosely_governed(units, match, actors)


def _loosely_governed(units: Units, match: Match, actors: set[str]) -> list[int]:
    """Last resort: a mention that some relational preposition ties to the object ("its quarrel with Ecuador")."""
    grammar = units.grammar
    reach = governed(units, match.last + 1, OBJECT_REACH, grammar.loose_preposition)
    others = [m for m in reach if units.mentions[m].actor not in actors]
    return [m for m in others if governor(units, m) not in grammar.agent_preposition][:1]


def _within(units: Units, match: Match, actors: set[str]) -> list[int]:
    """Mentions between a trigger's own words: "accepted Niger's terms", "left the Mexican embassy"."""
    span = range(match.head + 1, match.last + 1)
    return [
        units.mention[i] for i in span if units.mention[i] >= 0 and units.mentions[units.mention[i]].actor not in actors
    ][:1]


def _object(units: Units, match: Match, actors: set[str]) -> list[int]:
    limit, grammar = min(len(units), match.last + 1 + OBJECT_REACH), units.grammar
    for position in range(match.head + 1, limit):
        word, mention = units.lower[position], units.mention[position]
        if mention >= 0 and units.mentions[mention].actor not in actors:
            index = governor_index(units, group_of(units, mention)[0])
            preposition = "" if index in match.taken or index < 0 else grammar.plain(units.lower[index])
            near = position - match.last <= 5
            if (
                not preposition
                or preposition in grammar.object_preposition
                or (near and preposition in grammar.near_object_preposition)
            ):
                return [mention]
        if position > match.last and word in grammar.ends_or_opens:
            return []
    return []


def _first_other(units: Units, start: int, actors: set[str]) -> list[int]:
    for position in range(start, min(len(units), start + CLAUSE_REACH)):
        mention = units.mention[position]
        if mention >= 0 and units.mentions[mention].actor not in actors:
            return [mention]
        if units.lower[position] in {";", "."}:
            break
    return []


def _link_noun(units: Units, match: Match) -> Found:
    targets_first = _slot(units, match, match.trigger.target, set(_first_owner(units, match)))
    sources = _slot(
        units,
        match,
        match.trigger.source,
        set(targets_first) if match.trigger.target != match.trigger.source else set(),
    )
    quality = 0.9
    if not sources and match.trigger.type == "COERCE":
        places = governed(units, match.last + 1, OBJECT_REACH, units.grammar.inside)
        sources = [m for m in places if m not in targets_first][:1]
    if not sources:
        sources, quality = find_subject(units, match.head)
        quality *= 0.6
    actors = {units.mentions[m].actor for m in sources}
    targets = [m for m in targets_first if units.mentions[m].actor not in actors]
    if not targets and match.trigger.mutual and len(sources) < 2:
        targets = [
            m
            for m in governed(units, match.head + 1, OBJECT_REACH, units.grammar.mutual_preposition)
            if m not in sources
        ][:1]
    return sources, targets, quality


def _first_owner(units: Units, match: Match) -> list[int]:
    """Whose act a noun tells of where owner and target may both stand after "de", and no agent is named.

    "Le retrait de la France du Mali" is France's; "le rejet de la France par le Mali" is not.
    """
    owning = units.grammar.owner_after
    if owning.isdisjoint(match.trigger.source) and "poss" not in match.trigger.source:
        return []
    if not owning or governed(units, match.last + 1, OBJECT_REACH, units.grammar.agent_preposition):
        return []
    owner = _owner_after(units, match)
    actors = {units.mentions[m].actor for m in owner}
    others = governed(units, match.last + 1, OBJECT_REACH, {slot for slot in match.trigger.target if slot != "obj"})
    return owner if any(units.mentions[m].actor not in actors for m in others) else []


def _slot(units: Units, match: Match, slots: tuple[str, ...], taken: set[int]) -> list[int]:
    for slot in slots:
        if slot == "poss":
            found = _possessor(units, match)
        elif slot == "obj" or units.grammar.plain(units.lower[match.last]) == slot:
            found = [m for m in _object(units, match, set()) if m not in taken]
        else:
            reach = governed(units, match.last + 1, OBJECT_REACH, {slot})
            found = [m for m in reach if m not in taken][:1]
        if found:
            return group_of(units, found[0])
    return []


def _possessor(units: Units, match: Match) -> list[int]:
    grammar = units.grammar
    if grammar.owner_after:
        return _owner_after(units, match)
    for position in range(match.head - 1, max(-1, match.head - 5), -1):
        if units.mention[position] >= 0:
            near = position == match.head - 1
            owns = units.word_at(position + 1) in grammar.possessive
            named = units.mentions[units.mention[position]].kind == "demonym"
            return [units.mention[position]] if near or owns or named else []
        word = units.lower[position]
        if word in grammar.preposition or word in grammar.hard_stop or word in grammar.link - grammar.and_:
            return []
    return []


def _owner_after(units: Units, match: Match) -> list[int]:
    """Whose an act is where the owner follows: an adjective ("frappes françaises"), or a name after "de"."""
    for position in range(match.last + 1, min(len(units), match.last + 1 + OWNER_REACH)):
        mention = units.mention[position]
        if mention < 0 and units.lower[position] in units.grammar.ends_or_opens:
            return []
        if mention >= 0:
            owner = governor(units, mention)
            adjective = not owner and units.mentions[mention].kind in ("demonym", "people")
            return [mention] if adjective or owner in units.grammar.owner_after else []
    return []


def _link_phrase(units: Units, match: Match) -> Found:
    sources, quality = find_subject(units, match.head)
    return sources, find_targets(units, match, set(sources)), quality


_LINKERS = {"verb": _link_verb, "noun": _link_noun, "phrase": _link_phrase}
