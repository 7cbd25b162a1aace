"""What does the judge see of an answer, beside what the text model says?"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from relations.coding.features import NONE
from relations.coding.rules import RuleView

if TYPE_CHECKING:
    import numpy as np

#: A pattern of more words than this is no firmer.
MOST_WORDS = 3


@dataclass(frozen=True, slots=True)
class Opinions:
    """What the rules say of one directed pair: types they link (with firmness), link the other way, and cannot link."""

    linked: dict[str, float]
    reversed: frozenset[str]
    loose: frozenset[str]


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

    links = _marked([opinion.linked for opinion in said], names)
    loose = _marked([opinion.loose for opinion in said], names)
    reversed_ = _marked([opinion.reversed for opinion in said], names)
    firmness = np.zeros(logs.shape)
    firmness[links] = [said[row].linked[names[answer]] for row, answer in np.argwhere(links)]
    linked = np.asarray(links.any(axis=1))
    only_link = np.asarray(links.sum(axis=1) == 1)
    ruled_out = np.array(["none" in opinion.linked or NONE in opinion.linked for opinion in said], dtype=bool)
    out = np.zeros((*logs.shape, COLUMNS), dtype=np.float32)
    out[~linked, :, TEXT] = logs[~linked]
    out[linked, :, TEXT_LINKED] = logs[linked]
    out[..., LINKED], out[..., LINKED_AT_ALL] = firmness, links
    out[..., LINKED_OTHER] = linked[:, None] & ~(links & only_link[:, None])
    out[..., LOOSE], out[..., REVERSED], out[..., RULED_OUT] = loose, reversed_, ruled_out[:, None]
    none = list(names).index(NONE)
    out[:, none] = 0.0
    out[:, none, IS_NONE] = 1.0
    out[~linked, none, NONE_TEXT] = logs[~linked, none]
    out[linked, none, NONE_TEXT_LINKED] = logs[linked, none]
    out[:, none, NONE_LINKED], out[:, none, NONE_IS_LINKED] = firmness.max(axis=1), linked
    out[:, none, NONE_RULED_OUT] = ruled_out
    out[:, none, NONE_LOOSE], out[:, none, NONE_REVERSED] = loose.any(axis=1), reversed_.any(axis=1)
    return out


def _marked(kinds: Sequence[Collection[str]], names: Sequence[str]) -> np.ndarray:
    """Which types each example has: bool (examples, answers); NONE is no type."""
    import numpy as np

    place = {name: i for i, name in enumerate(names) if name != NONE}
    out = np.zeros((len(kinds), len(names)), dtype=bool)
    found = [(row, place[kind]) for row, several in enumerate(kinds) for kind in several if kind in place]
    if found:
        out[tuple(zip(*found, strict=True))] = True
    return out
