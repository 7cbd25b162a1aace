"""Which state does a pronoun, or a ministry without a name, belong to?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from relations.actors.agents import Noun
from relations.actors.memory import is_person, sentences_of
from relations.countries import is_state
from relations.records import Mention

_PERSON = re.compile(r"\b(?:[Hh]e|[Ss]he)\b(?!['’])")
#: A pronoun that does something; "it was", "it is" and their like point nowhere.
_THING = re.compile(r"\b(?:[Ii]t|[Tt]hey)\b(?= (?:\w+ed|has|had|will|would|sent|said|also|later|then)\b)")
_ARTICLE = re.compile(r"(?:The|Its|A|His|Her) ")
#: Bodies that every state has one of, so that "the ministry" needs no name.
_BODIES = frozenset(
    [
        "ministry",
        "government",
        "army",
        "navy",
        "parliament",
        "cabinet",
        "police",
        "authorities",
        "military",
        "spokesman",
        "spokeswoman",
        "officials",
        "coastguard",
        "presidency",
        "generals",
    ]
)


def resolve_pronoun(text: str, here: Sequence[Mention], memory: Sequence[Mention]) -> Iterator[Mention]:
    """The sentence's first pronoun whose owner the sentence itself has not named.

    `He` and `She` are the office-holder who opened the last sentence or the only one in it; `It` and `They` before an
    act are the state that opened it.
    """
    if not memory:
        return
    last = sentences_of(memory)[-1]
    found = _PERSON.search(text)
    if found and not any(is_person(one) for one in _before(here, found.start())):
        people = {one.actor: one for one in last if is_person(one)}
        opener = last[0] if is_person(last[0]) else None
        if owner := opener or (next(iter(people.values())) if len(people) == 1 else None):
            yield Mention(found.start(), found.end(), found[0], owner.actor, owner.role, "reference")
    found = _THING.search(text)
    if found and is_state(last[0].actor) and not any(is_state(one.actor) for one in _before(here, found.start())):
        yield Mention(found.start(), found.end(), found[0], last[0].actor, last[0].role, "reference")


def _before(here: Sequence[Mention], place: int) -> list[Mention]:
    return [one for one in here if one.end <= place]


def resolve_institution(text: str, memory: Sequence[Mention], nouns: Mapping[int, Noun]) -> Iterator[Mention]:
    """`The foreign ministry` or `Its army` at the start of a sentence: that of the state that opened the last one."""
    opening = _ARTICLE.match(text)
    noun = nouns.get(opening.end()) if opening else None
    while noun is not None and noun.modifier and not noun.agent:
        noun = nouns.get(noun.end + 1)
    if memory and opening and noun is not None and noun.agent and noun.word.split()[-1] in _BODIES:
        actor = sentences_of(memory)[-1][0].actor
        if is_state(actor) and not text.startswith(" of ", noun.end):
            yield Mention(opening.end(), noun.end, text[opening.end() : noun.end], actor, noun.role, "reference")
