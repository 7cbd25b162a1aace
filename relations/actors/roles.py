"""Who of a state is meant: its president, its diplomats, its army?

A state's name, adjective or possessive and the noun beside it become one mention: `French diplomats`, `the embassy of
France`, `Malian Foreign Minister Abdoulaye Diop`, `Lavrov, the Russian foreign minister`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from relations.actors.agents import Noun
from relations.records import Mention

_POSSESSIVE = re.compile(r"['’]s?(?=\s)")
_GAP = re.compile(r"[ \u00a0]")
_OF = (" of ", " of the ")
_PORTFOLIO = re.compile(r" (?:of|for) (?:the )?[A-Z][\w-]*(?:(?:,| and|,? of| for|) [A-Z][\w-]*){0,6}$")
_NAME = re.compile(r"(?: (?:[^\W\d_a-z][\w'’.-]*|al|bin|ben|ould|de|da|von|van|el))+")
_LINK = re.compile(r"(?:,? and |, | & |/|-)$")
_APPOSITION = re.compile(r", (?:the |a |an |who is (?:the )?)?$")
_ONE_WORD, _TWO_WORDS = re.compile(r" [a-z][a-z-]+(?=\s)"), re.compile(r" [a-z][a-z-]+ [a-z][a-z-]+(?=\s)")
#: Words after an adjective that begin something new.
_NO_ADJECTIVE = frozenset(
    [
        "a",
        "about",
        "after",
        "against",
        "and",
        "are",
        "as",
        "at",
        "be",
        "been",
        "before",
        "but",
        "by",
        "can",
        "could",
        "did",
        "do",
        "does",
        "for",
        "from",
        "had",
        "has",
        "have",
        "if",
        "in",
        "into",
        "is",
        "it",
        "its",
        "may",
        "might",
        "must",
        "nor",
        "of",
        "on",
        "or",
        "over",
        "said",
        "say",
        "says",
        "shall",
        "should",
        "so",
        "than",
        "that",
        "the",
        "their",
        "then",
        "they",
        "this",
        "to",
        "under",
        "until",
        "was",
        "were",
        "when",
        "which",
        "while",
        "who",
        "will",
        "with",
        "would",
    ]
)
_ADJECTIVES = frozenset({"demonym", "people"})
#: Longest stretch looked at before a name: a title with its portfolio.
_REACH = 110


def bind_roles(
    text: str, mentions: Sequence[Mention], nouns: Mapping[int, Noun], is_common: Callable[[str], bool]
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
    """
    taken = [one for one in mentions if one.kind not in ("body", "seat")]
    nouns = _outside(nouns, taken)
    ends = {noun.end: noun for noun in sorted(nouns.values(), key=lambda noun: -noun.start)}
    bound: list[Mention] = []
    queue = list(mentions)
    place = 0
    while place < len(queue):
        grown, used = _grow_right(text, queue, place, nouns, is_common)
        floor = bound[-1].end if bound else 0
        grown = _grow_left(text, grown, ends, floor, queue[place].kind == "official")
        place += used
        bound.append(grown)
        _join(text, bound)
    return _share_roles(text, bound)


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
    text: str, queue: Sequence[Mention], place: int, nouns: Mapping[int, Noun], is_common: Callable[[str], bool]
) -> tuple[Mention, int]:
    """A mention with the nouns, bodies and name after it, and how many mentions went into it."""
    here = queue[place]
    owner = _POSSESSIVE.match(text, here.end)
    if here.kind in ("official", "people") and not owner:
        return here, 1
    chain = _chain(text, owner.end() if owner else here.end, nouns)
    if not chain and here.kind == "demonym":
        chain = _chain_further(text, here.end, nouns)
    while chain and chain[-1].modifier and not chain[-1].agent:
        chain.pop()
    if chain and chain[-1].verb and here.kind == "name" and not owner and not _is_short(here.text):
        return here, 1
    if chain:
        end, role = chain[-1].end, here.role if here.kind in ("body", "seat") else _role(chain)
        grown = Mention(here.start, end, text[here.start : end], here.actor, role, "agent")
        used = 1
        while place + used < len(queue) and queue[place + used].start < end:
            used += 1
        if chain[-1].title:
            return _with_name(text, grown, queue, place, used, is_common)
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


def _chain_further(text: str, end: int, nouns: Mapping[int, Noun]) -> list[Noun]:
    """Nouns after one or two plain words, which are adjectives: `Indonesian budget airline`, `Omani fast bowler`."""
    for found in (_ONE_WORD.match(text, end), _TWO_WORDS.match(text, end)):
        if found and not _NO_ADJECTIVE & set(found[0].split()) and (chain := _chain(text, found.end(), nouns)):
            return chain if chain[-1].agent and not chain[0].verb else []
    return []


def _role(chain: Sequence[Noun]) -> str:
    """The last noun's role; a spokesman's is that of whom he speaks for, and embassy staff are diplomats."""
    last = chain[-1]
    agents = [noun for noun in chain if noun.agent]
    if last.word.startswith("spokes") and len(agents) > 1:
        return agents[-2].role
    if len(chain) > 1 and any(noun.word in ("embassy", "consular", "diplomatic") for noun in chain[:-1]):
        return "DIP"
    return last.role


def _is_short(text: str) -> bool:
    """Whether a name is an abbreviation used as an adjective, as in `US strikes`."""
    return text.isupper() and len(text) <= 4


def _with_name(
    text: str, grown: Mention, queue: Sequence[Mention], place: int, used: int, is_common: Callable[[str], bool]
) -> tuple[Mention, int]:
    """A title with the name after it: an office-holder's, or any words with capitals."""
    after = queue[place + used] if place + used < len(queue) else None
    if after is not None and after.kind == "official" and text[grown.end : after.start] in (" ", ", ", " - "):
        if after.actor != grown.actor:
            return grown, used
        return _stretched(after, text, grown.start, after.end), used + 1
    end = _name_end(text, grown.end, after.start if after is not None else len(text), is_common)
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


def _grow_left(text: str, here: Mention, ends: Mapping[int, Noun], floor: int, official: bool) -> Mention:
    """A mention with the title before it: `President Macron`, `the government of Mali`."""
    before = text[max(floor, here.start - _REACH) : here.start]
    of = next((of for of in _OF if before.endswith(of)), "")
    if of and here.kind not in ("demonym", "people"):
        noun = _noun_before(text, here.start - len(of), ends, floor)
        if noun is not None:
            start = _first_of_chain(text, noun, ends, floor)
            role = here.role if here.kind == "agent" else noun.role
            kind = "agent" if here.kind != "official" else here.kind
            return Mention(start, here.end, text[start : here.end], here.actor, role, kind)
    if official and before.endswith(" ") and (noun := ends.get(here.start - 1)) and noun.title:
        start = _first_of_chain(text, noun, ends, floor)
        return _stretched(here, text, start, here.end)
    return here


def _noun_before(text: str, end: int, ends: Mapping[int, Noun], floor: int) -> Noun | None:
    """The agent noun that ends at `end`, or the minister whose portfolio does."""
    noun = ends.get(end)
    if noun is not None:
        return noun if noun.agent and noun.start >= floor else None
    for start in range(max(floor, end - _REACH), end - 5):
        noun = ends.get(start)
        if noun is not None and noun.agent and noun.start >= floor and _PORTFOLIO.fullmatch(text, start, end):
            return noun
    return None


def _first_of_chain(text: str, noun: Noun, ends: Mapping[int, Noun], floor: int) -> int:
    """Where the nouns and modifiers that run up to `noun` begin."""
    start = noun.start
    while (before := ends.get(start - 1)) is not None and before.start >= floor and text[start - 1] == " ":
        start = before.start
    return start


def _join(text: str, bound: list[Mention]) -> None:
    """Join the last two mentions when they name one person or body: by apposition or `of`."""
    if len(bound) < 2 or bound[-1].actor != bound[-2].actor:
        return
    first, second = bound[-2:]
    gap = text[first.end : second.start]
    official, agent = first.kind == "official", first.kind == "agent"
    apposed = (official and second.kind == "agent") or (agent and second.kind == "official")
    of = official and second.kind == "name" and gap in (" of ", " of the ")
    named = agent and second.kind == "official" and gap == " "
    if of or named or (apposed and _APPOSITION.fullmatch(gap)):
        official_one = first if official else second
        bound[-2:] = [_stretched(official_one, text, first.start, second.end)]


def _share_roles(text: str, bound: list[Mention]) -> list[Mention]:
    """Roles that an `and` shares: `Russian and Chinese warplanes`, `the ministers of Mali and Niger`."""
    shared = list(bound)
    for place in range(len(shared) - 1, 0, -1):
        first, second = shared[place - 1 : place + 1]
        adjective = (first.kind in _ADJECTIVES or _is_short(first.text)) and not first.role and second.kind == "agent"
        if adjective and _LINK.fullmatch(text, first.end, second.start):
            shared[place - 1] = replace(first, role=second.role)
    for place in range(1, len(shared)):
        first, second = shared[place - 1 : place + 1]
        of = first.kind == "agent" and " of " in first.text and second.kind == "name" and not second.role
        if of and text[first.end : second.start] == " and ":
            shared[place] = replace(second, role=first.role)
    return shared
