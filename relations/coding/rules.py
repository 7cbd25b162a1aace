"""What do the rules say a sentence reports?"""

from __future__ import annotations

from dataclasses import dataclass, replace

from relations.coding.linking import Link, link
from relations.coding.modes import Mode, find_operators, mode_of
from relations.coding.standing import governor
from relations.coding.triggers import Match, find_matches, load_triggers
from relations.coding.units import Units

_SAID_BY_CROWDS = frozenset({"REQUEST", "ACCUSE"})


@dataclass(frozen=True, slots=True)
class Reading:
    """One act that the rules read: a link and what its mode makes of it."""

    link: Link
    mode: Mode

    @property
    def pair(self) -> tuple[int, int]:
        return self.link.source, self.link.target

    @property
    def rule(self) -> str:
        """Name of the rule: its pattern, and the effect of an operator if there is one."""
        pattern = self.link.match.trigger.pattern
        return f"{self.mode.effect}: {pattern}" if self.mode.effect else pattern


@dataclass(frozen=True, slots=True)
class RuleView:
    """All that the rules see in a sentence: linked acts, and the types of triggers without two actors."""

    readings: tuple[Reading, ...]
    loose: tuple[str, ...]


def read_rules(units: Units) -> RuleView:
    """Apply the trigger and operator tables to a sentence."""
    matches = _without_objects(find_matches(units, load_triggers(units.grammar.lang)))
    if not matches:
        return RuleView((), ())
    operators = find_operators(units)
    readings: list[Reading] = []
    loose: list[str] = []
    for match in matches:
        mode = mode_of(units, match, operators)
        links = link(units, match)
        readings += [Reading(found, _as_crowd(units, found, mode)) for found in links]
        if mode.type:
            loose.append(mode.type)
    return RuleView(tuple(readings), tuple(loose))


def _without_objects(matches: list[Match]) -> list[Match]:
    """Matches without nouns that a verb's pattern takes as its object: who scraps a pact signs none."""
    objects = {unit for match in matches if match.trigger.kind == "verb" for unit in match.taken if unit != match.head}
    return [m for m in matches if m.trigger.kind != "noun" or objects.isdisjoint(m.taken)]


def _as_crowd(units: Units, found: Link, mode: Mode) -> Mode:
    """What a crowd demands or reproaches, it does by protesting (CODING convention 3)."""
    if mode.type not in _SAID_BY_CROWDS:
        return mode
    grammar = units.grammar
    crowd = units.inside[units.mention.index(found.source)] & grammar.gathering
    placed = governor(units, found.source) in grammar.place and grammar.gathering & set(units.lower)
    return replace(mode, type="PROTEST") if crowd or placed else mode
