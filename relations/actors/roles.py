"""Who of a state is meant: its president, its diplomats, its army?

A state's name, adjective or possessive and the noun beside it become one mention: `French diplomats`, `the embassy of
France`, `Malian Foreign Minister Abdoulaye Diop`, `Lavrov, the Russian foreign minister`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from relations.actors.agents import Noun
from relations.actors.wording import Wording, load_wording
from relations.records import Mention

_GAP = re.compile(r"[ \u00a0]")
_NAME = re.compile(r"(?: (?:[^\W\d_a-z][\w'’.-]*|al|bin|ben|ould|de|da|von|van|el))+")
_ONE_WORD, _TWO_WORDS = re.compile(r" [a-z][a-z-]+(?=\s)"), re.compile(r" [a-z][a-z-]+ [a-z][a-z-]+(?=\s)")
_ADJECTIVES = frozenset({"demonym", "people"})
#: Longest stretch looked at before a name: a title with its portfolio.
_REACH = 110
#: A plain adjective before an adjective of state: "forces spéciales françaises".
_WORD_BEFORE, _LONGEST_WORD = re.compile(r" [^\W\d_A-Z]{4,}$"), 24


def bind_roles(
    text: str,
    mentions: Sequence[Mention],
    nouns: Mapping[int, Noun],
    is_common: Callable[[str], bool],
    lang: str = "en",
) -> list[Mention]:
    """Mentions joined with the nouns, titles and names beside them; sorted and never overlapping.

    Parameters
    ----------
    text : str
    mentions : sequence of Mention
        As the gazetteer found them.
    nouns : mapping of int to Noun
        Agent nouns of the text by where they start.
    is_common : callable
        Says which words with a capital are no part of a person's name.
    lang : str
        Language of the text.
    """
    wording = load_wording(lang)
    reading = _Reading(text, wording, is_common)
    taken = [one for one in mentions if one.kind not in ("body", "seat")]
    nouns = _outside(nouns, taken)
    ends = {noun.end: noun for noun in sorted(nouns.values(), key=lambda noun: -noun.start)}
    bound: list[Mention] = []
    queue = list(mentions)
    place = 0
    while place < len(queue):
        floor = bound[-1].end if bound else 0
        if wording.noun_first:
            grown, used = _grow_behind(reading, queue, place, ends, floor)
        else:
            grown, used = _grow_right(reading, queue, place, nouns)
        grown = _grow_left(reading, grown, ends, floor, queue[place].kind == "official")
        place += used
        bound.append(grown)
        _join(reading, bound)
    return _share_roles(reading, bound)


@dataclass(frozen=True, slots=True)
class _Reading:
    """A text, how its language binds words, and which words with a capital are no part of a name."""

    text: str
    wording: Wording
    is_common: Callable[[str], bool]


def _grow_behind(
    reading: _Reading, queue: Sequence[Mention], place: int, ends: Mapping[int, Noun], floor: int
) -> tuple[Mention, int]:
    """An adjective with the noun before it and what follows: `ministre malien des Affaires étrangères Abdoulaye Diop`.

    Returns the mention and how many mentions went into it.
    """
    text, here = reading.text, queue[place]
    after = queue[place + 1] if place + 1 < len(queue) else None
    if here.kind == "body" and after is not None and after.kind == "demonym" and after.start == here.end + 1:
        # whose legionaries they are, the adjective says
        return Mention(here.start, after.end, text[here.start : after.end], after.actor, here.role, "agent"), 2
    if here.kind not in _ADJECTIVES or not _GAP.match(text, here.start - 1):
        return here, 1
    noun = _noun_behind(reading, here.start - 1, ends, floor)
    if noun is None:
        return here, 1
    start, end = _first_of_chain(text, noun, ends, floor), here.end
    if noun.word.startswith(reading.wording.minister) and (portfolio := reading.wording.portfolio.match(text, end)):
        end = portfolio.end()
    role = noun.role
    grown = Mention(start, end, text[start:end], here.actor, role, "agent")
    used = 1
    while place + used < len(queue) and queue[place + used].start < end:
        used += 1
    return _with_name(reading, grown, queue, place, used) if noun.title else (grown, used)


def _noun_behind(reading: _Reading, end: int, ends: Mapping[int, Noun], floor: int) -> Noun | None:
    """The agent noun that ends right before an adjective, with modifiers or one plain adjective between them."""
    text, wording = reading.text, reading.wording
    while (noun := ends.get(end)) is not None and noun.start >= floor:
        if noun.agent and not _is_adjective(text, noun, wording):
            return noun
        end = noun.start - 1
    word = _WORD_BEFORE.search(text, max(floor, end - _LONGEST_WORD), end)
    noun = ends.get(word.start()) if word else None
    return noun if noun is not None and noun.agent and noun.start >= floor else None


def _outside(nouns: Mapping[int, Noun], mentions: Sequence[Mention]) -> dict[int, Noun]:
    """Nouns that do not reach into a name, as `Captain` does into `Captain Ibrahim Traoré`."""
    ends = [one.end for one in mentions]
    free = {}
    for start, noun in nouns.items():
        place = bisect_right(ends, start)
        if place == len(mentions) or mentions[place].start > start:
            free[start] = noun
    return free


def _grow_right(
    reading: _Reading, queue: Sequence[Mention], place: int, nouns: Mapping[int, Noun]
) -> tuple[Mention, int]:
    """A mention with the nouns, bodies and name after it, and how many mentions went into it."""
    text, here = reading.text, queue[place]
    owner = reading.wording.possessive.match(text, here.end)
    if here.kind in ("official", "people") and not owner:
        return here, 1
    chain = _chain(text, owner.end() if owner else here.end, nouns)
    if not chain and here.kind == "demonym":
        chain = _chain_further(reading, here.end, nouns)
    while chain and chain[-1].modifier and not chain[-1].agent:
        chain.pop()
    if chain and chain[-1].verb and here.kind == "name" and not owner and not _is_short(here.text):
        return here, 1
    if chain:
        end, role = chain[-1].end, here.role if here.kind in ("body", "seat") else _role(chain, reading.wording)
        grown = Mention(here.start, end, text[here.start : end], here.actor, role, "agent")
        used = 1
        while place + used < len(queue) and queue[place + used].start < end:
            used += 1
        if chain[-1].title:
            return _with_name(reading, grown, queue, place, used)
        return grown, used
    if place + 1 < len(queue):
        after = queue[place + 1]
        start = (owner.end() if owner else here.end) + 1
        if after.start == start and after.actor == here.actor and after.kind in ("official", "body", "seat"):
            return _stretched(after, text, here.start, after.end), 2
    return here, 1


def _chain(text: str, end: int, nouns: Mapping[int, Noun]) -> list[Noun]:
    """Nouns and modifiers that follow each other after `end`, one space between them."""
    chain: list[Noun] = []
    while len(chain) < 6 and _GAP.match(text, end) and end + 1 in nouns:
        chain.append(nouns[end + 1])
        end = chain[-1].end
    return chain


def _chain_further(reading: _Reading, end: int, nouns: Mapping[int, Noun]) -> list[Noun]:
    """Nouns after one or two plain words, which are adjectives: `Indonesian budget airline`, `Omani fast bowler`."""
    text = reading.text
    for found in (_ONE_WORD.match(text, end), _TWO_WORDS.match(text, end)):
        if (
            found
            and not reading.wording.no_adjective & set(found[0].split())
            and (chain := _chain(text, found.end(), nouns))
        ):
            return chain if chain[-1].agent and not chain[0].verb else []
    return []


def _role(chain: Sequence[Noun], wording: Wording) -> str:
    """The last noun's role; a spokesman's is that of whom he speaks for, and embassy staff are diplomats."""
    last = chain[-1]
    agents = [noun for noun in chain if noun.agent]
    if last.word.startswith(wording.spokesperson) and len(agents) > 1:
        return agents[-2].role
    if len(chain) > 1 and any(noun.word in wording.embassy for noun in chain[:-1]):
        return "DIP"
    return last.role


def _is_short(text: str) -> bool:
    """Whether a name is an abbreviation used as an adjective, as in `US strikes`."""
    return text.isupper() and len(text) <= 4


def _with_name(
    reading: _Reading, grown: Mention, queue: Sequence[Mention], place: int, used: int
) -> tuple[Mention, int]:
    """A title with the name after it: an office-holder's, or any words with capitals."""
    text = reading.text
    after = queue[place + used] if place + used < len(queue) else None
    if after is not None and after.kind == "official" and text[grown.end : after.start] in (" ", ", ", " - "):
        if after.actor != grown.actor:
            return grown, used
        return _stretched(after, text, grown.start, after.end), used + 1
    end = _name_end(text, grown.end, after.start if after is not None else len(text), reading.is_common)
    return _stretched(grown, text, grown.start, end), used


def _stretched(one: Mention, text: str, start: int, end: int) -> Mention:
    """The same actor named by more of the text."""
    return Mention(start, end, text[start:end], one.actor, one.role, one.kind)


def _name_end(text: str, end: int, limit: int, is_common: Callable[[str], bool]) -> int:
    """Where a person's name that starts right after `end` stops; `end` itself without one."""
    found = _NAME.match(text, end, min(limit, end + 60))
    if not found:
        return end
    words = found[0].split(" ")[1:]
    size = 0
    for word in words[:4]:
        if is_common(word):
            break
        size += len(word) + 1
    name = text[end : end + size]
    if not name.strip() or name.strip()[0].islower():
        return end
    return end + len(re.sub(r"(?:['’]s|[.'’-]+)$", "", name))


def _grow_left(reading: _Reading, here: Mention, ends: Mapping[int, Noun], floor: int, official: bool) -> Mention:
    """A mention with the title before it: `President Macron`, `the government of Mali`."""
    text = reading.text
    before = text[max(floor, here.start - _REACH) : here.start]
    of = next((of for of in reading.wording.of if before.endswith(of)), "")
    if of and here.kind not in ("demonym", "people"):
        noun = _noun_before(reading, here.start - len(of), ends, floor)
        if noun is not None:
            start = _first_of_chain(text, noun, ends, floor)
            role = here.role if here.kind == "agent" else noun.role
            kind = "agent" if here.kind != "official" else here.kind
            return Mention(start, here.end, text[start : here.end], here.actor, role, kind)
    if official and before.endswith(" ") and (noun := ends.get(here.start - 1)) and noun.title:
        start = _first_of_chain(text, noun, ends, floor)
        return _stretched(here, text, start, here.end)
    return here


def _is_adjective(text: str, noun: Noun, wording: Wording) -> bool:
    """Whether a word that may be a noun or an adjective follows its noun: "aide humanitaire", "opération militaire"."""
    word = _WORD_BEFORE.search(text, max(0, noun.start - _LONGEST_WORD), noun.start - 1)
    return noun.modifier and word is not None and word[0].strip() not in wording.no_adjective


def _noun_before(reading: _Reading, end: int, ends: Mapping[int, Noun], floor: int) -> Noun | None:
    """The agent noun that ends at `end`, or the minister whose portfolio does."""
    noun = ends.get(end)
    if noun is not None:
        if reading.wording.noun_first and _is_adjective(reading.text, noun, reading.wording):
            return None
        return noun if noun.agent and noun.start >= floor else None
    for start in range(max(floor, end - _REACH), end - 5):
        noun = ends.get(start)
        if (
            noun is not None
            and noun.agent
            and noun.start >= floor
            and reading.wording.portfolio.fullmatch(reading.text, start, end)
        ):
            return noun
    return None


def _first_of_chain(text: str, noun: Noun, ends: Mapping[int, Noun], floor: int) -> int:
    """Where the nouns and modifiers that run up to `noun` begin."""
    start = noun.start
    while (before := ends.get(start - 1)) is not None and before.start >= floor and text[start - 1] == " ":
        start = before.start
    return start


def _join(reading: _Reading, bound: list[Mention]) -> None:
    """Join the last two mentions when they name one person or body: by apposition or `of`."""
    if len(bound) < 2 or bound[-1].actor != bound[-2].actor:
        return
    text, (first, second) = reading.text, bound[-2:]
    gap = text[first.end : second.start]
    official, agent = first.kind == "official", first.kind == "agent"
    apposed = (official and second.kind == "agent") or (agent and second.kind == "official")
    of = official and second.kind == "name" and gap in reading.wording.of
    named = agent and second.kind == "official" and gap == " "
    if of or named or (apposed and reading.wording.apposition.fullmatch(gap)):
        official_one = first if official else second
        bound[-2:] = [_stretched(official_one, text, first.start, second.end)]


def _share_roles(reading: _Reading, bound: list[Mention]) -> list[Mention]:
    """Roles that an `and` shares: `Russian and Chinese warplanes`, `the ministers of Mali and Niger`."""
    text, wording, shared = reading.text, reading.wording, list(bound)
    for place in range(len(shared) - 1, 0, -1):
        first, second = shared[place - 1 : place + 1]
        adjective = (first.kind in _ADJECTIVES or _is_short(first.text)) and not first.role and second.kind == "agent"
        if adjective and wording.link.fullmatch(text, first.end, second.start):
            shared[place - 1] = replace(first, role=second.role)
    for place in range(1, len(shared)):
        first, second = shared[place - 1 : place + 1]
        of = (
            first.kind == "agent"
            and any(of in first.text for of in wording.of)
            and second.kind == "name"
            and not second.role
        )
        if of and text[first.end : second.start] in wording.and_:
            shared[place] = replace(second, role=first.role)
    return shared
