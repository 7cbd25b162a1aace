"""What do the sentences before remember of a text's actors?

Mentions stand sentence after sentence, each with its offsets in its own sentence, oldest first.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from relations.actors.wording import load_wording
from relations.countries import is_state
from relations.records import Mention

#: How many mentions back a phrase may point: about the last ten sentences of a news text.
MEMORY = 40


def states_of(mentions: Sequence[Mention]) -> list[str]:
    """States in the order in which they were last named."""
    last = {one.actor: place for place, one in enumerate(mentions) if is_state(one.actor)}
    return sorted(last, key=last.__getitem__)


def most_about(mentions: Sequence[Mention]) -> list[str]:
    """The two states most often named, in the order in which they were last named; empty when there is no second."""
    states = states_of(mentions)
    often = Counter(one.actor for one in mentions)
    top = sorted(states, key=lambda state: (-often[state], -states.index(state)))[:2]
    return sorted(top, key=states.index) if len(top) == 2 else []


def sentences_of(memory: Sequence[Mention]) -> list[list[Mention]]:
    """The mentions by sentence, oldest first: where offsets fall, a sentence begins."""
    sentences: list[list[Mention]] = []
    for place, mention in enumerate(memory):
        if not place or mention.start <= memory[place - 1].start:
            sentences.append([])
        sentences[-1].append(mention)
    return sentences


def is_person(mention: Mention, lang: str = "en") -> bool:
    """Whether a mention is an office-holder or another person in office, by name, by title or by a pronoun."""
    named = mention.kind in ("official", "agent") or mention.text.lower() in load_wording(lang).person
    return named and bool(mention.role)
