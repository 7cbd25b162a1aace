"""What does the classifier see of a sentence and a pair of actors in it?"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from relations.coding.grammar import Grammar, load_grammar
from relations.coding.placing import Pair, Placed, place_pairs
from relations.coding.standing import group_of
from relations.coding.triggers import lemmas, past_forms
from relations.coding.units import Units, select_units

if TYPE_CHECKING:
    import numpy as np

#: The answer that there is no event.
NONE = "NONE"
#: Words beyond this distance from both actors are left to the bag of the whole sentence.
WINDOW = 12
#: A verb stands fewer words than this behind its actor, and two actors farther apart than the next are only far.
VERB_REACH, FARTHEST = 8, 9
_STEM = 5
#: Mark of a verb in the passive, which turns the direction round.
PASSIVE = "~"


def alone(units: Units, source: int, target: int) -> tuple[Units, int, int]:
    """A pair's sentence without those who are named in one breath with either: "Fiji and Tonga sent men" tells of each.

    Returns the sentence and the two mentions' indexes in it.
    """
    groups = group_of(units, source), group_of(units, target)
    if all(len(group) == 1 or {*group} == {source, target} for group in groups):
        return units, source, target
    at_source, at_target = units.mention.index(source), units.mention.index(target)
    places = set(range(len(units)))
    for group in groups:
        at = [units.mention.index(mention) for mention in group]
        kept = {at_source, at_target} & set(at)
        if len(at) > len(kept):
            places -= set(range(at[0], at[-1] + 1)) - set(range(min(kept), max(kept) + 1))
    chosen = sorted(places)
    mentions = [units.mention[i] for i in chosen if units.mention[i] >= 0]
    return select_units(units, chosen), mentions.index(source), mentions.index(target)


@dataclass(frozen=True, slots=True)
class Spot:
    """What stands at one place beside many pairs, such as right behind the source: `pair` and `word` are parallel.

    `word` holds indexes in a list of words; of two neighbours that count as one feature, `second` holds the second.
    """

    name: str
    pair: np.ndarray
    word: np.ndarray
    second: np.ndarray | None = None


def feature_texts(pairs: Sequence[Pair]) -> list[str]:
    """Features of each directed pair as words parted by blanks, for a stock vectorizer."""
    words, spots = find_spots(place_pairs(pairs))
    found: list[list[str]] = [[] for _ in pairs]
    for spot in spots:
        seconds = itertools.repeat("") if spot.second is None else (f"_{words[i]}" for i in spot.second)
        for pair, word, second in zip(spot.pair, spot.word, seconds, strict=False):
            found[pair].append(f"{spot.name}={words[word]}{second}")
    return [" ".join(features) for features in found]


class _Numbers(dict[str, int]):
    """Words numbered in the order in which they are first asked for."""

    def __missing__(self, word: str) -> int:
        self[word] = number = len(self)
        return number


def find_spots(placed: Placed) -> tuple[list[str], list[Spot]]:
    """Features of directed pairs: a list of words, and which of them stand where.

    The two actors are masked as SOURCE and TARGET and others as ACTOR, so that nothing is learned about countries.
    Words stand in the sentence (w), and before, between and after the two (b, m, a; st where the source comes first,
    ts where the target does), beside each (s-1, t+2), and within their names (is, it). Two neighbours count as one
    more feature (w2, mst2), and so do the beginning of a longer word (x), the order of the two (o) and their distance
    (d).
    """
    import numpy as np

    numbers, auxiliary = _Numbers(), placed.grammar.auxiliary
    masked_words = [numbers[word] for sentence in placed.sentences for word in masked(sentence)]
    words = np.array(masked_words, dtype=np.int64)[placed.unit]
    words[placed.source == 0] = numbers["SOURCE"]
    words[placed.target == 0] = numbers["TARGET"]
    verbal = np.array([word not in auxiliary and word.isalpha() for word in numbers])[words]
    spots = [
        *_around(placed, words),
        *_beside("s", placed.pair, placed.source, words, verbal, numbers[""]),
        *_beside("t", placed.pair, placed.target, words, verbal, numbers[""]),
        _beginnings(placed.pair, words, numbers),
        *_of_pairs(placed, numbers),
    ]
    return list(numbers), spots


def _around(placed: Placed, words: np.ndarray) -> Iterator[Spot]:
    """Words and neighbours in the whole sentence, and before, between and after the two."""
    import numpy as np

    pair, source, target = placed.pair, placed.source, placed.target
    places = {"w": np.ones(len(words), dtype=bool)}
    before, after = np.maximum(source, target), np.minimum(source, target)
    for order, here in (("st", source > target), ("ts", source < target)):
        places[f"m{order}"] = (source * target < 0) & here
        places[f"a{order}"] = (after > 0) & (after <= WINDOW) & here
        places[f"b{order}"] = (before < 0) & (before >= -WINDOW) & here
    for name, place in places.items():
        yield Spot(name, pair[place], words[place])
    joined = pair[1:] == pair[:-1]
    for name in ("w", "mst", "mts"):
        place = np.flatnonzero(places[name][:-1] & places[name][1:] & joined)
        yield Spot(f"{name}2", pair[place], words[place], words[place + 1])


def _beside(
    name: str, pair: np.ndarray, behind: np.ndarray, words: np.ndarray, verbal: np.ndarray, none: int
) -> Iterator[Spot]:
    """Neighbours of one actor, and the first word behind it that may be its verb; `none` stands for no word."""
    import numpy as np

    for step in (-2, -1, 1, 2):
        place = behind == step
        yield Spot(f"{name}{step:+d}", pair[place], words[place])
    verbs = np.full(pair[-1] + 1, none)
    place = np.flatnonzero((behind > 0) & (behind < VERB_REACH) & verbal)[::-1]
    verbs[pair[place]] = words[place]  # the nearest comes last, and stays
    yield Spot(f"{name}v", np.arange(len(verbs)), verbs)


def _beginnings(pair: np.ndarray, words: np.ndarray, numbers: _Numbers) -> Spot:
    """How longer words begin."""
    import numpy as np

    beginning = np.array([numbers[word[:_STEM]] if len(word) > _STEM else -1 for word in list(numbers)])[words]
    return Spot("x", pair[beginning >= 0], beginning[beginning >= 0])


def _of_pairs(placed: Placed, numbers: _Numbers) -> Iterator[Spot]:
    """The order and the distance of the two, and the words of each actor that are no name."""
    import numpy as np

    at_source = placed.source == 0
    pair, steps = placed.pair[at_source], placed.target[at_source]
    order = np.where(steps < 0, numbers["st"], numbers["ts"])
    distances = np.array([numbers[str(step)] for step in range(FARTHEST + 1)])
    yield Spot("o", pair, order)
    yield Spot("d", pair, distances[np.minimum(np.abs(steps), FARTHEST)])
    sources = [units.mentions[source].text for units, source, _ in placed.pairs]
    targets = [units.mentions[target].text for units, _, target in placed.pairs]
    for name, texts in (("is", sources), ("it", targets)):
        own = [(i, numbers[word]) for i, text in enumerate(texts) for word in _own_words(text)]
        pairs, found = np.array(own, dtype=np.int64).reshape(-1, 2).T
        yield Spot(name, pairs, found)


@lru_cache(maxsize=1 << 12)
def _own_words(mention: str) -> tuple[str, ...]:
    """Words of an actor that are no name: "two Malian diplomats" gives two and diplomats."""
    return tuple(word for word in mention.split() if word.isalpha() and word.islower())


def masked(units: Units) -> list[str]:
    """The stems of a sentence, its actors masked as ACTOR, with a mark at each passive."""
    out, grammar = [], units.grammar
    for i, (word, mention) in enumerate(zip(units.lower, units.mention, strict=True)):
        if mention >= 0:
            out.append("ACTOR")
            continue
        seen, past = _seen(word, grammar)
        out.append(seen + PASSIVE if past and _is_passive_at(units, i) else seen)
    return out


@lru_cache(maxsize=1 << 16)
def _seen(word: str, grammar: Grammar) -> tuple[str, bool]:
    """A word's stem, 0 for a number, and whether the word looks like a past form."""
    if word[:1].isdigit():
        return "0", False
    return stem(word, grammar.lang), word.endswith(grammar.past_look) or word in past_forms(grammar.lang)


def _is_passive_at(units: Units, index: int) -> bool:
    """Whether a past form is a passive by its neighbours: "was duly arrested", "arrested by"."""
    before, grammar = units.word_at(index - 1), units.grammar
    if before in grammar.be or units.word_at(index + 1) in grammar.agent_preposition:
        return True
    between = before.endswith(grammar.adverb_ending) or before in grammar.between_passive
    return between and units.word_at(index - 2) in grammar.be


@cache
def _endings(lang: str) -> list[tuple[str, str]]:
    """Endings of nouns and verbs, in the order they are asked, and what stands for them in the stem."""
    parted = (pair.partition(">") for pair in load_grammar(lang).ending)
    return [(ending, instead) for ending, _, instead in parted]


@lru_cache(maxsize=1 << 16)
def stem(word: str, lang: str = "en") -> str:
    """The lemma of a verb that the trigger tables know; of any other longer word, what is left without its ending.

    Examples
    --------
    >>> stem("withdrew"), stem("withdrawn"), stem("demonstrators"), stem("two")
    ('withdraw', 'withdraw', 'demonstrator', 'two')
    """
    if lemma := lemmas(lang).get(word):
        return lemma
    if word.isalpha() and len(word) > _STEM - 1:
        for ending, instead in _endings(lang):
            if word.endswith(ending) and len(word) - len(ending) >= 3:
                return word[: -len(ending)] + instead
    return word
