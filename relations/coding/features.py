"""What does the classifier see of a sentence and a pair of actors in it?"""

from __future__ import annotations

from relations.coding.linking import AUXILIARIES
from relations.coding.rules import RuleView
from relations.coding.units import Units

#: Words beyond this distance from both actors are left to the bag of the whole sentence.
WINDOW = 12
_STEM = 5


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
    out = [f"o={order}", f"d={min(last - first, 9)}", f"r={units.mentions[source].role}", f"q={units.mentions[target].role}"]
    out += _with_pairs("w", words)
    out += [f"x={word[:_STEM]}" for word in words if len(word) > _STEM]
    out += _with_pairs(f"m{order}", words[first + 1 : last])
    out += [f"a{order}={word}" for word in words[last + 1 : last + 1 + WINDOW]]
    out += [f"b{order}={word}" for word in words[max(0, first - WINDOW) : first]]
    out += _neighbours("s", words, at_source) + _neighbours("t", words, at_target)
    out += [f"is={word}" for word in units.inside[at_source]] + [f"it={word}" for word in units.inside[at_target]]
    return " ".join(out)


def _masked(units: Units, index: int, source: int, target: int) -> str:
    mention = units.mention[index]
    if mention < 0:
        word = units.lower[index]
        return "0" if word[:1].isdigit() else word
    return "SOURCE" if mention == source else "TARGET" if mention == target else "ACTOR"


def _with_pairs(name: str, words: list[str]) -> list[str]:
    return [f"{name}={word}" for word in words] + [f"{name}2={a}_{b}" for a, b in zip(words, words[1:], strict=False)]


def _neighbours(name: str, words: list[str], at: int) -> list[str]:
    near = [f"{name}{step:+d}={words[at + step]}" for step in (-2, -1, 1, 2) if 0 <= at + step < len(words)]
    verb = next((word for word in words[at + 1 : at + 8] if word not in AUXILIARIES and word.isalpha()), "")
    return [*near, f"{name}v={verb}"]


def rule_features(view: RuleView, source: int, target: int) -> dict[str, float]:
    """The rules' opinion of a pair as numbers: what they link this way, the other way, and not at all."""
    out: dict[str, float] = {}
    for reading in view.readings:
        kind = reading.mode.type or "none"
        strength = reading.link.quality * min(reading.link.match.trigger.words, 3) / 2
        if reading.pair == (source, target):
            out[f"linked={kind}"] = max(out.get(f"linked={kind}", 0.0), strength)
            out[f"status={reading.mode.status}"] = 1.0
        elif reading.pair == (target, source):
            out[f"reversed={kind}"] = 1.0
    for kind in view.loose:
        out[f"loose={kind}"] = 1.0
    if not out:
        out["silent"] = 1.0
    return out
