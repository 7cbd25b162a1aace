"""Which state does a phrase without a name point back to?

`The two countries`, `the former colonial power`, `the junta`, `the West African country`, `the ambassador` after an
ambassador was named, a surname after a full name. A phrase that could mean several states means none.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache

from relations.actors.agents import Noun
from relations.countries import country, is_state
from relations.records import Mention
from relations.resources import read_table

#: How many mentions back a phrase may point: about the last ten sentences of a news text.
_MEMORY = 40
#: How many back `the two countries` may point.
_NEAR = 12
#: A surname stands alone only after a full name of two or more words, the last of which has four letters or more.
_SURNAME = re.compile(r"(?<=\s)([A-Z][\w'’-]{3,})$")
_CAPITALISED = re.compile(r"\b[A-Z][\w'’-]{3,}")
_DEFINITE = re.compile(r"\b(?:[Tt]he) $")
_CUES = re.compile(r"\b(?:[Tt]he|[Bb]oth|[Ii]ts) ")
#: A pronoun that opens a sentence and does something; "it was", "it is" and their like point nowhere.
_OPENING = re.compile(r"(He|She)\b|(It|They) (?=\w+ed\b|(?:has|had|will|would|sent|said|also|later|then)\b)")
_ARTICLE = re.compile(r"(?:The|Its|A|His|Her) ")
#: Bodies that every state has one of, so that "the ministry" needs no name.
_BODIES = frozenset(
    {
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
    }
)
_AND = re.compile(r",? and (?:the )?")
_WORD = re.compile(r"[\w'’-]+")
#: No phrase of the table is longer, in characters.
_LONGEST = 60
_JUNTA = re.compile(r"junta|military (?:government|rulers?|regime)|coup leader", re.IGNORECASE)
#: Rich states with permanent seats; no report calls their government a junta.
_NO_JUNTA = frozenset({"FRA", "USA", "GBR", "RUS", "CHN", "DEU"})


def resolve(
    text: str, mentions_here: Sequence[Mention], memory: Sequence[Mention], nouns: Mapping[int, Noun], lang: str = "en"
) -> list[Mention]:
    """References of a sentence to states named before, sorted, none overlapping a mention that is already there.

    Parameters
    ----------
    text : str
    mentions_here : sequence of Mention
        The sentence's own mentions, sorted.
    memory : sequence of Mention
        Mentions of the sentences before, oldest first.
    nouns : mapping of int to Noun
        The sentence's agent nouns by where they start.
    """
    memory = memory[-_MEMORY:]
    found: list[Mention] = []
    found += _surnames(text, memory, nouns)
    found += _pronoun(text, memory)
    found += _institution(text, memory, nouns)
    if _CUES.search(text):
        found += _phrases(text, mentions_here, memory, lang)
        found += _definite(text, memory, nouns)
    return _free(found, mentions_here) if found else []


def _pronoun(text: str, memory: Sequence[Mention]) -> Iterator[Mention]:
    """`He` or `She` at the start: the office-holder who opened the last sentence; `It` before an act: its state."""
    found = _OPENING.match(text)
    if found is None or not memory:
        return
    word = found[1] or found[2]
    opener = _first_of_last_sentence(memory)
    person = opener.kind in ("official", "agent") and opener.role
    if person if found[1] else is_state(opener.actor):
        yield Mention(found.start(), found.start() + len(word), word, opener.actor, opener.role, "reference")


def _institution(text: str, memory: Sequence[Mention], nouns: Mapping[int, Noun]) -> Iterator[Mention]:
    """`The foreign ministry` or `Its army` at the start of a sentence: that of the state that opened the last one."""
    opening = _ARTICLE.match(text)
    noun = nouns.get(opening.end()) if opening else None
    while noun is not None and noun.modifier and not noun.agent:
        noun = nouns.get(noun.end + 1)
    if memory and opening and noun is not None and noun.agent and noun.word.split()[-1] in _BODIES:
        actor = _first_of_last_sentence(memory).actor
        if is_state(actor) and not text.startswith(" of ", noun.end):
            yield Mention(opening.end(), noun.end, text[opening.end() : noun.end], actor, noun.role, "reference")


def _first_of_last_sentence(memory: Sequence[Mention]) -> Mention:
    """Mentions stand sentence after sentence: where offsets fall, a sentence begins."""
    first = len(memory) - 1
    while first and memory[first - 1].start < memory[first].start:
        first -= 1
    return memory[first]


def _free(found: Sequence[Mention], here: Sequence[Mention]) -> list[Mention]:
    """Those that overlap no mention that is there, and of those that overlap one another the earliest and longest."""
    ends = [one.end for one in here]
    kept: list[Mention] = []
    for one in sorted(found, key=lambda one: (one.start, -one.end)):
        place = bisect_right(ends, one.start)
        clear = place == len(here) or one.end <= here[place].start
        if clear and (not kept or kept[-1].end <= one.start):
            kept.append(one)
    return kept


def _surnames(text: str, memory: Sequence[Mention], nouns: Mapping[int, Noun]) -> Iterator[Mention]:
    """Surnames of people whose full name was given before."""
    known: dict[str, set[tuple[str, str]]] = {}
    for one in memory:
        if one.kind in ("official", "agent") and (surname := _surname_of(one.text)) and surname in text:
            known.setdefault(surname, set()).add((one.actor, one.role))
    if not known:
        return
    nouned = {noun.word.title() for noun in nouns.values()}
    for match in _CAPITALISED.finditer(text):
        surname = match[0].removesuffix("'s").removesuffix("’s")
        if len(known.get(surname, ())) == 1 and surname not in nouned:
            (actor, role), *_ = known[surname]
            yield Mention(match.start(), match.start() + len(surname), surname, actor, role, "official")


@lru_cache(maxsize=4096)
def _surname_of(mention: str) -> str:
    """The last word of a mention that ends in a name, else an empty text."""
    found = _SURNAME.search(mention)
    return found[1] if found else ""


def _phrases(text: str, here: Sequence[Mention], memory: Sequence[Mention], lang: str) -> Iterator[Mention]:
    """References by the phrases of the table."""
    ends = [one.end for one in here]
    for start, end, kind, codes in _pointing(text, lang):
        place = bisect_right(ends, start)
        before = here[max(0, place - _NEAR) : place]
        if kind == "pair":
            yield from _pair(text, start, end, before, memory)
        elif actor := _one(kind, codes, before, memory):
            yield Mention(start, end, text[start:end], actor, "GOV" if kind == "junta" else "", "reference")


def _pointing(text: str, lang: str) -> Iterator[tuple[int, int, str, frozenset[str]]]:
    """The longest phrase of the table at each cue, with its kind and codes."""
    phrases, seconds = _table(lang)
    for cue in _CUES.finditer(text):
        second = _WORD.match(text, cue.end())
        if second is None or second[0].lower() not in seconds:
            continue
        words = list(_WORD.finditer(text, cue.start(), cue.start() + _LONGEST))[:6]
        for last in range(len(words) - 1, 0, -1):
            end = words[last].end()
            known = phrases.get(" ".join(text[cue.start() : end].lower().split()))
            if known:
                yield cue.start(), end, *known
                break


def _pair(text: str, start: int, end: int, before: Sequence[Mention], memory: Sequence[Mention]) -> Iterator[Mention]:
    """The two states that the text before is most about, one for each half of the phrase.

    Where the sentence has just named two, it speaks of them, unless they act together: "Libya and Chad urged both".
    """
    named = _states(before)
    together = len(before) > 1 and _AND.fullmatch(text, before[-2].end, before[-1].start)
    if len(named) >= 2 and not together:
        return
    pair = _most_about([one for one in memory if one.actor not in named]) or _states([*memory, *before])[-2:]
    if len(pair) == 2:
        middle = start + (len("the two") if text[start] in "tT" else len("both"))
        yield Mention(start, middle, text[start:middle], pair[0], "", "reference")
        yield Mention(middle + 1, end, text[middle + 1 : end], pair[1], "", "reference")


def _most_about(mentions: Sequence[Mention]) -> list[str]:
    """The two states most often named, in the order in which they were last named; empty when there is no second."""
    states = _states(mentions)
    often = Counter(one.actor for one in mentions)
    top = sorted(states, key=lambda state: (-often[state], -states.index(state)))[:2]
    return sorted(top, key=states.index) if len(top) == 2 else []


def _one(kind: str, codes: frozenset[str], before: Sequence[Mention], memory: Sequence[Mention]) -> str:
    """The one state a phrase points to, or an empty text."""
    everything = [*memory, *before]
    recent = _states(everything)[::-1]
    if kind == "among":
        return next((actor for actor in recent if actor in codes), next(iter(codes)) if len(codes) == 1 else "")
    if kind == "coloniser":
        powers = [country(actor).former_coloniser for actor in recent if country(actor).former_coloniser]
        return powers[0] if powers and powers[0] not in _states(before)[-1:] else ""
    if kind == "junta":
        return _whose_junta(everything)
    first = _states(before)[:1] or recent[:1]
    near = [actor for actor in recent if first and actor in country(first[0]).neighbours]
    return near[0] if len(near) == 1 else ""


def _whose_junta(mentions: Sequence[Mention]) -> str:
    """The state whose junta was named last, or else the state that most of the text before is about."""
    named = [one.actor for one in mentions if _JUNTA.search(one.text)]
    others = Counter(one.actor for one in mentions if one.actor not in _NO_JUNTA and is_state(one.actor))
    if named or not others:
        return named[-1] if named else ""
    (actor, count), *_ = others.most_common(1)
    return actor if count > 0.6 * others.total() else ""


def _states(mentions: Sequence[Mention]) -> list[str]:
    """States in the order in which they were last named."""
    last = {one.actor: place for place, one in enumerate(mentions) if is_state(one.actor)}
    return sorted(last, key=last.__getitem__)


def _definite(text: str, memory: Sequence[Mention], nouns: Mapping[int, Noun]) -> Iterator[Mention]:
    """`The ambassador`, `the army`: whose was named before, when only one state's was."""
    named = [(f" {one.text.lower()} ", one.actor) for one in memory if one.kind in ("agent", "official")]
    for noun in nouns.values() if named else ():
        if not noun.agent or not _DEFINITE.search(text, max(0, noun.start - 5), noun.start):
            continue
        whose = {actor for words, actor in named if f" {noun.word} " in words}
        if len(whose) == 1 and not text.startswith(" of ", noun.end):
            yield Mention(noun.start, noun.end, text[noun.start : noun.end], min(whose), noun.role, "reference")


@cache
def _table(lang: str) -> tuple[Mapping[str, tuple[str, frozenset[str]]], frozenset[str]]:
    """What each phrase points to: its kind, and the codes it may mean; and the second words of all phrases."""
    phrases = {
        row["phrase"].replace("|", " "): (row["kind"], frozenset(filter(None, row["codes"].split("|"))))
        for row in read_table(f"actors/references.{lang}.tsv")
    }
    return phrases, frozenset(phrase.split()[1] for phrase in phrases)
