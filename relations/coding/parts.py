"""Which short sentences, each with two actors, does a sentence of a document hold?

Each clause is one. Where a clause names one side only, the other is taken from the clauses before it or, failing that,
from what the document has been about: "Iran called its envoy home" answers the court in Berlin of the sentence before.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from relations.coding.clauses import Clause, split_clauses
from relations.coding.grammar import word_class
from relations.coding.units import Units, implied, select_units
from relations.records import Mention

Counts = Callable[[Mention], bool]
#: A state that was last named more mentions ago than this is no longer the other side of what goes unsaid.
NEAR = 8
MEDIATION = word_class("mediation")


@dataclass(frozen=True, slots=True)
class Part:
    """A clause as a sentence of its own; `unsaid` when one of its actors stands elsewhere in the text."""

    units: Units
    unsaid: bool = False


def parts_of(units: Units, counts: Counts, before: Sequence[Mention] = (), lang: str = "en") -> Iterator[Part]:
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
    clauses = split_clauses(units, lang)
    mediators = {actor for clause in clauses if MEDIATION & set(clause.units.lower) for actor in _actors(units, clause)}
    for clause in clauses:
        actors = {mention.actor for mention in clause.units.mentions if counts(mention)}
        own = _actors(units, clause) & actors
        if len(actors) > 1:
            yield Part(clause.units)
        if actors and actors <= own:
            other = partners.get(min(own)) or _other_side(units, own, mediators, counts, before)
            if other is not None:
                yield Part(select_units(units, clause.places, implied(units, other)), unsaid=True)
        objects = [mention for mention in clause.units.mentions if counts(mention) and mention.actor not in own]
        partners |= {actor: objects[0] for actor in own if objects}


def _actors(units: Units, clause: Clause) -> set[str]:
    return {units.mentions[units.mention[place]].actor for place in clause.subject}


def _other_side(
    units: Units, own: set[str], mediators: set[str], counts: Counts, before: Sequence[Mention]
) -> Mention | None:
    """The one other actor of the sentence; where there is none or several, the near one the text is most about.

    Who mediated is nobody's other side.
    """
    here = [mention for mention in units.mentions if counts(mention) and mention.actor not in own | mediators]
    if len({mention.actor for mention in here}) == 1:
        return here[0]
    earlier = [mention for mention in before if counts(mention) and mention.actor not in own]
    often = Counter(mention.actor for mention in earlier)
    return max(reversed(earlier[-NEAR:]), key=lambda mention: often[mention.actor], default=None)
