"""Which state does a phrase without a name point back to?

`The former colonial power`, `the junta`, `the West African country`, `the ambassador` after an
ambassador was named, a surname after a full name. A phrase that could mean several states means none.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache

from relations.actors.agents import Noun
from relations.actors.memory import MEMORY, states_of
from relations.actors.pairs import resolve_pairs
from relations.actors.pronouns import resolve_institution, resolve_pronoun
from relations.actors.wording import Wording, load_wording
from relations.countries import country, is_state
from relations.records import Mention
from relations.resources import read_table

#: How many mentions of the sentence itself a phrase may point back to.
_NEAR = 12
#: A surname stands alone only after a full name of two or more words, the last of which has four letters or more.
_SURNAME = re.compile(r"(?<=\s)([A-Z][\w'’-]{3,})$")
_CAPITALISED = re.compile(r"\b[A-Z][\w'’-]{3,}")
_WORD = re.compile(r"[\w'’-]+")
#: No phrase of the table is longer, in characters.
_LONGEST = 60
#: Kinds of phrases that point to one state; the others are of pairs.
_POINTING = frozenset({"among", "coloniser", "junta", "neighbour"})
#: An article or preposition that has lost its vowel.
_ELIDED = re.compile(r"\b(\w{1,2})'")
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
    memory = memory[-MEMORY:]
    found: list[Mention] = []
    found += _surnames(text, memory, nouns)
    found += resolve_pronoun(text, mentions_here, memory, lang)
    found += resolve_institution(text, memory, nouns, lang)
    if load_wording(lang).cue.search(text):
        found += resolve_pairs(text, mentions_here, memory, lang)
        found += _phrases(text, mentions_here, memory, lang)
        found += _definite(text, memory, nouns, load_wording(lang))
    return _free(found, mentions_here) if found else []


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
        if actor := _one(kind, codes, before, memory, load_wording(lang)):
            yield Mention(start, end, text[start:end], actor, "GOV" if kind == "junta" else "", "reference")


def _pointing(text: str, lang: str) -> Iterator[tuple[int, int, str, frozenset[str]]]:
    """The longest phrase of the table at each cue, with its kind and codes."""
    phrases, seconds = _table(lang)
    for cue in load_wording(lang).cue.finditer(text):
        words = list(_WORD.finditer(text, cue.start(), cue.start() + _LONGEST))[:6]
        if len(words) < 2 or words[1][0].lower() not in seconds:
            continue
        for last in range(len(words) - 1, 0, -1):
            end = words[last].end()
            known = phrases.get(" ".join(text[cue.start() : end].lower().split()))
            if known:
                yield cue.start(), end, *known
                break


def _one(
    kind: str, codes: frozenset[str], before: Sequence[Mention], memory: Sequence[Mention], wording: Wording
) -> str:
    """The one state a phrase points to, or an empty text."""
    everything = [*memory, *before]
    recent = states_of(everything)[::-1]
    if kind == "among":
        return next((actor for actor in recent if actor in codes), next(iter(codes)) if len(codes) == 1 else "")
    if kind == "coloniser":
        powers = [country(actor).former_coloniser for actor in recent if country(actor).former_coloniser]
        return powers[0] if powers and powers[0] not in states_of(before)[-1:] else ""
    if kind == "junta":
        return _whose_junta(everything, wording)
    first = states_of(before)[:1] or recent[:1]
    near = [actor for actor in recent if first and actor in country(first[0]).neighbours]
    return near[0] if len(near) == 1 else ""


def _whose_junta(mentions: Sequence[Mention], wording: Wording) -> str:
    """The state whose junta was named last, or else the state that most of the text before is about."""
    named = [one.actor for one in mentions if wording.junta.search(one.text)]
    others = Counter(one.actor for one in mentions if one.actor not in _NO_JUNTA and is_state(one.actor))
    if named or not others:
        return named[-1] if named else ""
    (actor, count), *_ = others.most_common(1)
    return actor if count > 0.6 * others.total() else ""


def _definite(text: str, memory: Sequence[Mention], nouns: Mapping[int, Noun], wording: Wording) -> Iterator[Mention]:
    """`The ambassador`, `the army`: whose was named before, when only one state's was."""
    named = [(f" {one.text.lower()} ", one.actor) for one in memory if one.kind in ("agent", "official")]
    for noun in nouns.values() if named else ():
        if not noun.agent or not wording.definite.search(text, max(0, noun.start - 5), noun.start):
            continue
        whose = {actor for words, actor in named if f" {noun.word} " in words}
        if len(whose) == 1 and not text.startswith(wording.of, noun.end):
            yield Mention(noun.start, noun.end, text[noun.start : noun.end], min(whose), noun.role, "reference")


@cache
def _table(lang: str) -> tuple[Mapping[str, tuple[str, frozenset[str]]], frozenset[str]]:
    """What each phrase points to: its kind, and the codes it may mean; and the second words of all phrases."""
    phrases = {
        row["phrase"].replace("|", " "): (row["kind"], frozenset(filter(None, row["codes"].split("|"))))
        for row in read_table(f"actors/references.{lang}.tsv")
        if row["kind"] in _POINTING
    }
    phrases |= {_ELIDED.sub(r"\1’", phrase): meant for phrase, meant in phrases.items()}  # both apostrophes are one
    return phrases, frozenset(phrase.split()[1] for phrase in phrases if " " in phrase)
