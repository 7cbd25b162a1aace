"""What does the classifier see of a sentence and a pair of actors in it?"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from relations.coding.rules import RuleView
from relations.coding.standing import AUXILIARIES, BE, group_of
from relations.coding.triggers import lemmas, past_forms
from relations.coding.units import Units, select_units

if TYPE_CHECKING:
    import numpy as np

#: The answer that there is no event.
NONE = "NONE"
#: A pattern of more words than this is no firmer.
MOST_WORDS = 3
#: Words beyond this distance from both actors are left to the bag of the whole sentence.
WINDOW = 12
_STEM = 5
#: Mark of a verb in the passive, which turns the direction round.
PASSIVE = "~"
_BETWEEN = frozenset({"also", "not", "n't", "then", "later", "now", "since", "never", "again"})
#: Endings of English nouns and verbs, the longest first, and what stands for them in the stem.
_ENDINGS = (("ings", ""), ("ing", ""), ("ied", "y"), ("ies", "y"), ("ed", ""), ("es", ""), ("s", ""))


@dataclass(frozen=True, slots=True)
class Opinions:
    """What the rules say of one directed pair: types they link (with firmness), link the other way, and cannot link."""

    linked: dict[str, float]
    reversed: frozenset[str]
    loose: frozenset[str]


def alone(units: Units, source: int, target: int) -> tuple[Units, int, int]:
    """A pair's sentence without those who are named in one breath with either: "Fiji and Tonga sent men" tells of each.

    Returns the sentence and the two mentions' indexes in it.
    """
    places = set(range(len(units)))
    for mention in (source, target):
        group = [units.mention.index(m) for m in group_of(units, mention)]
        kept = {units.mention.index(source), units.mention.index(target)} & set(group)
        if len(group) > len(kept):
            span = set(range(group[0], group[-1] + 1))
            places -= span - (set(range(min(kept), max(kept) + 1)) if len(kept) == 2 else kept)
    if len(places) == len(units):
        return units, source, target
    chosen = sorted(places)
    mentions = [units.mention[i] for i in chosen if units.mention[i] >= 0]
    return select_units(units, chosen), mentions.index(source), mentions.index(target)


def feature_text(units: Units, source: int, target: int) -> str:
    """Features of one directed pair as words parted by blanks, for a stock vectorizer.

    The two actors are masked as SOURCE and TARGET and others as ACTOR, so that nothing is learned about countries;
    words are repeated with a mark for where they stand: before, between and after the two.

    Parameters
    ----------
    units : Units
        The sentence.
    source, target : int
        Indexes of the two mentions.
    """
    words = list(_plain(units))
    words[units.mention.index(source)], words[units.mention.index(target)] = "SOURCE", "TARGET"
    at_source, at_target = units.mention.index(source), units.mention.index(target)
    first, last = sorted((at_source, at_target))
    order = "st" if at_source < at_target else "ts"
    out = [f"o={order}", f"d={min(last - first, 9)}"]
    out += _with_pairs("w", words)
    out += [f"x={word[:_STEM]}" for word in words if len(word) > _STEM]
    out += _with_pairs(f"m{order}", words[first + 1 : last])
    out += [f"a{order}={word}" for word in words[last + 1 : last + 1 + WINDOW]]
    out += [f"b{order}={word}" for word in words[max(0, first - WINDOW) : first]]
    out += _neighbours("s", words, at_source) + _neighbours("t", words, at_target)
    out += _own_words("is", units, source) + _own_words("it", units, target)
    return " ".join(out)


def _own_words(name: str, units: Units, mention: int) -> list[str]:
    """Words of an actor that are no name: "two Malian diplomats" gives two and diplomats."""
    return [f"{name}={word}" for word in units.mentions[mention].text.split() if word.isalpha() and word.islower()]


@lru_cache(maxsize=64)
def _plain(units: Units) -> tuple[str, ...]:
    """The stems of a sentence, its actors masked; kept for the next pair of the same sentence."""
    return tuple(
        "ACTOR" if mention >= 0 else "0" if word[:1].isdigit() else stem(word) + PASSIVE * is_passive_form(units, i)
        for i, (word, mention) in enumerate(zip(units.lower, units.mention, strict=True))
    )


def is_passive_form(units: Units, index: int) -> bool:
    """Whether a past form is a passive by its neighbours: "was duly arrested", "arrested by"."""
    word = units.lower[index]
    if not (word.endswith(("ed", "en", "wn", "ght", "ld")) or word in past_forms("en")):
        return False
    before = units.word_at(index - 1)
    adverb = before.endswith("ly") or before in _BETWEEN
    return before in BE or units.word_at(index + 1) == "by" or (adverb and units.word_at(index - 2) in BE)


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
        for ending, instead in _ENDINGS:
            if word.endswith(ending) and len(word) - len(ending) >= 3:
                return word[: -len(ending)] + instead
    return word


def _with_pairs(name: str, words: list[str]) -> list[str]:
    return [f"{name}={word}" for word in words] + [f"{name}2={a}_{b}" for a, b in itertools.pairwise(words)]


def _neighbours(name: str, words: list[str], at: int) -> list[str]:
    near = [f"{name}{step:+d}={words[at + step]}" for step in (-2, -1, 1, 2) if 0 <= at + step < len(words)]
    verb = next((word for word in words[at + 1 : at + 8] if word not in AUXILIARIES and word.isalpha()), "")
    return [*near, f"{name}v={verb}"]


def opinions(view: RuleView, source: int, target: int) -> Opinions:
    """The rules' opinion of a pair: what they link this way and how firmly, the other way, and not at all."""
    linked: dict[str, float] = {}
    reversed_: set[str] = set()
    for reading in view.readings:
        kind = reading.mode.type or "none"
        if reading.pair == (source, target):
            firmness = reading.link.quality * min(reading.link.match.trigger.words, MOST_WORDS)
            linked[kind] = max(linked.get(kind, 0.0), firmness)
        elif reading.pair == (target, source):
            reversed_.add(kind)
            if kind == NONE:  # words of sport or trade between two are so both ways
                linked.setdefault(NONE, 1.0)
    return Opinions(linked, frozenset(reversed_), frozenset(view.loose))


#: What the judge sees of an answer, a type or NONE: columns of `answer_table`. Because all types share them, a rule
#: that is rare in the labelled sentences is trusted as much as its like. Where a rule links the two, the words say less
#: than where none does, so they get a weight of their own.
TEXT, TEXT_LINKED, LINKED, LINKED_AT_ALL, LINKED_OTHER, LOOSE, REVERSED, RULED_OUT = range(8)
IS_NONE, NONE_TEXT, NONE_TEXT_LINKED, NONE_LINKED, NONE_IS_LINKED, NONE_RULED_OUT, NONE_LOOSE, NONE_REVERSED = range(
    8, 16
)
COLUMNS = 16


def answer_table(said: Sequence[Opinions], names: Sequence[str], logs: np.ndarray) -> np.ndarray:
    """How each answer looks in the light of both opinions: float32 (examples, answers, COLUMNS).

    Parameters
    ----------
    said : sequence of Opinions
        The rules' opinion of each example.
    names : sequence of str
        The answers, NONE among them.
    logs : numpy.ndarray
        Log probabilities of the text model (examples, answers).
    """
    import numpy as np

    place = {name: i for i, name in enumerate(names)}
    none = place[NONE]
    out = np.zeros((*logs.shape, COLUMNS), dtype=np.float32)
    out[:, none, IS_NONE] = 1.0
    for row, opinion, log in zip(out, said, logs, strict=True):
        linked = {place[kind]: firm for kind, firm in opinion.linked.items() if kind in place and kind != NONE}
        row[:, TEXT_LINKED if linked else TEXT] = log
        row[none, NONE_TEXT_LINKED if linked else NONE_TEXT] = log[none]
        ruled_out = "none" in opinion.linked or NONE in opinion.linked
        if linked:
            row[:, LINKED_OTHER] = 1.0 if len(linked) > 1 else [float(i not in linked) for i in range(len(names))]
            for i, firm in linked.items():
                row[i, LINKED], row[i, LINKED_AT_ALL] = firm, 1.0
            row[none, NONE_LINKED], row[none, NONE_IS_LINKED] = max(linked.values()), 1.0
        row[:, RULED_OUT], row[none, NONE_RULED_OUT] = ruled_out, ruled_out
        for column, none_column, kinds in (
            (LOOSE, NONE_LOOSE, opinion.loose),
            (REVERSED, NONE_REVERSED, opinion.reversed),
        ):
            known = [place[kind] for kind in kinds if kind in place and kind != NONE]
            row[known, column] = 1.0
            row[none, none_column] = float(bool(known))
        row[none, :IS_NONE] = 0.0
    return out
