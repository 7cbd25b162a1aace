"""Between which actors may a document report an event?"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from relations.actors.finding import find_mentions
from relations.actors.officials import NO_OFFICIALS, Officials
from relations.coding.examples import Example
from relations.coding.features import NONE
from relations.coding.parts import Counts, parts_of
from relations.coding.rules import RuleView, read_rules
from relations.coding.units import Units, split_units
from relations.coding.verbs import is_verb
from relations.documents.sentences import split_sentences
from relations.records import Document, Mention, Sentence

#: Pairs of one sentence that are looked at, so that a list of fifty states costs no more than any sentence.
MAX_PAIRS = 30
#: Mentions that are remembered from sentence to sentence.
MEMORY = 40
CODED_KINDS = frozenset({"body", "headline", "caption"})


@dataclass(frozen=True, slots=True)
class Candidate:
    """A directed pair of actors in a clause that may tell of an act between them, and the clause's sentence."""

    sentence: Sentence
    example: Example


def candidates_of(document: Document, counts: Counts, officials: Officials = NO_OFFICIALS) -> Iterator[Candidate]:
    """The directed pairs worth a look in a dated document, sentence after sentence.

    Parameters
    ----------
    document : Document
    counts : callable
        Whether a mention may take part in events.
    officials : Officials
        A user's own office-holders.
    """
    lang = document.lang or "en"
    before: tuple[Mention, ...] = ()
    for sentence in split_sentences(document):
        if sentence.kind not in CODED_KINDS:
            continue
        mentions = find_mentions(sentence.text, document.date, lang, before, officials)
        if _has_two_sides(mentions, before, counts):
            units = split_units(sentence.text, mentions, lang)
            examples = iter(()) if is_pastime(units) else _examples(units, counts, before)
            yield from (Candidate(sentence, example) for example in itertools.islice(examples, MAX_PAIRS))
        before = (*before, *mentions)[-MEMORY:]


def _has_two_sides(mentions: Sequence[Mention], before: Sequence[Mention], counts: Counts) -> bool:
    """Whether a sentence names an actor, and it or the text before another: without two there is no event."""
    actors = {mention.actor for mention in mentions if counts(mention)}
    if len(actors) == 1:
        return any(mention.actor not in actors and counts(mention) for mention in before)
    return bool(actors)


def _examples(units: Units, counts: Counts, before: Sequence[Mention]) -> Iterator[Example]:
    for part in parts_of(units, counts, before):
        view = read_rules(part.units)
        if tells(part.units, view):
            for source, target in _pairs(part.units, view, counts):
                yield Example(part.units, view, source, target, "", unsaid=part.unsaid)


def is_pastime(units: Units) -> bool:
    """Whether a sentence is about sport or the arts, where words of war and diplomacy mean nothing.

    A word of statecraft or an office-holder outweighs: governments ban teams and films too.
    """
    if units.grammar.pastime.isdisjoint(units.lower):
        return False
    official = any(mention.kind == "official" for mention in units.mentions)
    return not official and units.grammar.statecraft.isdisjoint(units.lower)


def tells(units: Units, view: RuleView) -> bool:
    """Whether words tell of an act at all, by a trigger or a verb: "Relations between France and Mali" does not.

    Words that the table knows as no act, of sport or trade, outweigh a mere verb.
    """
    if view.readings or set(view.loose) - {NONE}:
        return True
    return NONE not in view.loose and any(is_verb(units, i) for i in range(len(units)))


def _pairs(units: Units, view: RuleView, counts: Counts) -> list[tuple[int, int]]:
    """Directed pairs worth a look: those that rules link first, then the first mentions of each two actors."""
    counted = [i for i, mention in enumerate(units.mentions) if counts(mention)]
    linked = [r.pair for r in view.readings if r.link.source in counted and r.link.target in counted]
    seen = {(units.mentions[s].actor, units.mentions[t].actor) for s, t in linked}
    pairs = list(dict.fromkeys(linked))
    for s, t in itertools.permutations(counted, 2):
        if len(pairs) >= MAX_PAIRS:
            break
        actors = units.mentions[s].actor, units.mentions[t].actor
        if actors[0] != actors[1] and actors not in seen:
            seen.add(actors)
            pairs.append((s, t))
    return pairs[:MAX_PAIRS]
