"""Which state does a pronoun, or a ministry without a name, belong to?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from relations.actors.agents import Noun
from relations.actors.memory import is_person, sentences_of
from relations.actors.wording import Wording, load_wording
from relations.countries import is_state
from relations.records import Mention


def resolve_pronoun(text: str, here: Sequence[Mention], memory: Sequence[Mention], lang: str) -> Iterator[Mention]:
    """The sentence's first pronoun whose owner the sentence itself has not named.

    `He` and `She` are the office-holder who opened the last sentence or the only one in it; `It` and `They` before an
    act are the state that opened it.
    """
    if not memory:
        return
    wording, last = load_wording(lang), sentences_of(memory)[-1]
    found = wording.he.search(text)
    if found and not any(is_person(one, lang) for one in _before(here, found.start())):
        people = {one.actor: one for one in last if is_person(one, lang)}
        opener = last[0] if is_person(last[0], lang) else None
        if owner := opener or (next(iter(people.values())) if len(people) == 1 else None):
            yield Mention(found.start(), found.end(), found[0], owner.actor, owner.role, "reference")
    found = wording.it.search(text)
    if found and is_state(last[0].actor) and not any(is_state(one.actor) for one in _before(here, found.start())):
        yield Mention(found.start(), found.end(), found[0], last[0].actor, last[0].role, "reference")


def _before(here: Sequence[Mention], place: int) -> list[Mention]:
    return [one for one in here if one.end <= place]


def resolve_institution(
    text: str, memory: Sequence[Mention], nouns: Mapping[int, Noun], lang: str
) -> Iterator[Mention]:
    """`The foreign ministry` or `Its army` at the start of a sentence: that of the state that opened the last one."""
    wording = load_wording(lang)
    opening = wording.article.match(text)
    noun = nouns.get(opening.end()) if opening else None
    while noun is not None and noun.modifier and not noun.agent:
        noun = nouns.get(noun.end + 1)
    if memory and opening and noun is not None and noun.agent and _is_body(noun, wording):
        actor = sentences_of(memory)[-1][0].actor
        if is_state(actor) and not text.startswith(wording.of, noun.end):
            yield Mention(opening.end(), noun.end, text[opening.end() : noun.end], actor, noun.role, "reference")


def _is_body(noun: Noun, wording: Wording) -> bool:
    """Whether every state has one such body, so that "the ministry" needs no name."""
    return noun.word.split()[0 if wording.noun_first else -1] in wording.bodies
