"""What does the classifier see of a sentence and a pair of actors in it?"""

from __future__ import annotations

import itertools
from dataclasses import dataclass

from relations.coding.linking import AUXILIARIES
from relations.coding.rules import RuleView
from relations.coding.units import Units

#: The answer that there is no event.
NONE = "NONE"
#: A pattern of more words than this is no firmer.
MOST_WORDS = 3
#: Words beyond this distance from both actors are left to the bag of the whole sentence.
WINDOW = 12
_STEM = 5


@dataclass(frozen=True, slots=True)
class Opinions:
    """What the rules say of one directed pair: types they link (with firmness), link the other way, and cannot link."""

    linked: dict[str, float]
    reversed: frozenset[str]
    loose: frozenset[str]


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
    words = [_masked(units, i, source, target) for i in range(len(units))]
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


def _masked(units: Units, index: int, source: int, target: int) -> str:
    mention = units.mention[index]
    if mention < 0:
        word = units.lower[index]
        return "0" if word[:1].isdigit() else word
    return "SOURCE" if mention == source else "TARGET" if mention == target else "ACTOR"


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
    return Opinions(linked, frozenset(reversed_), frozenset(view.loose))


def answer_features(said: Opinions, answer: str, log_probability: float) -> dict[str, float]:
    """How an answer (a type or NONE) looks in the light of both opinions; the same features for every type.

    Because types share them, a rule that is rare in the labelled sentences is trusted as much as its like.
    """
    # where a rule links the two, the words say less than where none does, so they get a weight of their own
    text = "text, linked" if said.linked.keys() - {"none", NONE} else "text"
    if answer == NONE:
        firmest = max((firmness for kind, firmness in said.linked.items() if kind not in ("none", NONE)), default=0.0)
        out = {"none": 1.0, f"none {text}": log_probability, "none linked": firmest}
        out |= {f"none {name}": 1.0 for name, holds in _holding(said).items() if holds}
        return out
    out = {text: log_probability, "linked": said.linked.get(answer, 0.0)}
    out["linked at all"] = float(answer in said.linked)
    out["linked other"] = float(bool(said.linked.keys() - {answer, "none", NONE}))
    out["loose"] = float(answer in said.loose)
    out["reversed"] = float(answer in said.reversed)
    out["ruled out"] = float("none" in said.linked or NONE in said.linked)
    return out


def _holding(said: Opinions) -> dict[str, bool]:
    return {
        "is linked": bool(said.linked.keys() - {"none", NONE}),
        "is ruled out": "none" in said.linked or NONE in said.linked,
        "is loose": bool(said.loose - {NONE}),
        "is reversed": bool(said.reversed - {"none", NONE}),
    }
