"""Which short sentences, each with two actors, does a sentence of a document hold?

Each clause is one. Where a clause names one side only, the other is taken from the clauses before it or, failing that,
from what the document has been about: "Iran called its envoy home" answers the court in Berlin of the sentence before.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from relations.actors.memory import sentences_of
from relations.coding.clauses import Clause, split_clauses
from relations.coding.units import Units, implied, select_units
from relations.records import Mention

Counts = Callable[[Mention], bool]
#: How much a mention fades from sentence to sentence, and how much more it weighs beside the actor whose other side is
#: sought. Chosen on our own annotated articles, where the two find the other side of 77 acts in 100.
FADING, BESIDE = 0.9, 4.0


@dataclass(frozen=True, slots=True)
class Part:
    """A clause as a sentence of its own; `unsaid` when one of its actors stands elsewhere in the text."""

    units: Units
    unsaid: bool = False


def parts_of(units: Units, counts: Counts, before: Sequence[Mention] = ()) -> Iterator[Part]:
    """The parts of a sentence that have two actors.

    Parameters
    ----------
    units : Units
        The sentence.
    counts : callable
        Whether a mention may take part in events.
    before : sequence of Mention
        Mentions of the sentences before, oldest first.
    """
    partners: dict[str, Mention] = {}
    clauses = split_clauses(units)
    earlier: list[list[Mention]] | None = None
    mediation = units.grammar.mediation
    mediators = {actor for clause in clauses if mediation & set(clause.units.lower) for actor in _actors(units, clause)}
    for clause in clauses:
        actors = {mention.actor for mention in clause.units.mentions if counts(mention)}
        own = _actors(units, clause) & actors
        if len(actors) > 1:
            yield Part(clause.units)
        if actors and (len(actors) == 1 or actors <= own):
            sides = own or actors
            other = partners.get(min(sides)) or _only_other(units, sides | mediators, counts)
            if other is None:
                if earlier is None:
                    earlier = sentences_of([mention for mention in before if counts(mention)])
                other = _in_focus(sides, earlier)
            if other is not None:
                yield Part(select_units(units, clause.places, implied(units, other)), unsaid=True)
        objects = [mention for mention in clause.units.mentions if counts(mention) and mention.actor not in own]
        partners |= {actor: objects[0] for actor in own if objects}


def _actors(units: Units, clause: Clause) -> set[str]:
    return {units.mentions[units.mention[place]].actor for place in clause.subject}


def _only_other(units: Units, not_these: set[str], counts: Counts) -> Mention | None:
    """The one other actor of the sentence; who mediated is nobody's other side."""
    here = {mention.actor: mention for mention in reversed(units.mentions) if mention.actor not in not_these}
    here = {actor: mention for actor, mention in here.items() if counts(mention)}
    return next(iter(here.values())) if len(here) == 1 else None


def _in_focus(own: set[str], before: Sequence[Sequence[Mention]]) -> Mention | None:
    """The actor named most often of late, above all beside those whose other side is sought."""
    weights: defaultdict[str, float] = defaultdict(float)
    latest: dict[str, Mention] = {}
    for ago, sentence in enumerate(reversed(before)):
        beside = any(mention.actor in own for mention in sentence)
        for mention in sentence:
            if mention.actor not in own:
                weights[mention.actor] += FADING**ago * (BESIDE if beside else 1.0)
                latest.setdefault(mention.actor, mention)
    return max(latest.values(), key=lambda mention: weights[mention.actor], default=None)
