"""Does each row of the trigger table code its own example?"""

from __future__ import annotations

import re
from typing import NamedTuple

import pytest

from relations.coding.rules import read_rules
from relations.coding.triggers import NONE
from relations.coding.units import split_units
from relations.records import TYPES, Mention
from relations.resources import read_table

_SPAN = re.compile(r"\{(?P<source>[^}]*)\}|\[(?P<target>[^\]]*)\]")
SOURCE, TARGET = "AAA", "BBB"
#: Share of the examples that the rules must code as their row says.
FLOOR = 0.95


class Outcome(NamedTuple):
    pattern: str
    wanted: str
    example: str
    found: frozenset[tuple[str, str, str]]

    @property
    def is_right(self) -> bool:
        if self.wanted == NONE:
            return not self.found
        return (SOURCE, self.wanted, TARGET) in self.found


def marked(example: str) -> tuple[str, list[Mention]]:
    """The plain sentence, with the {source} and [target] that an example marks as mentions."""
    text, mentions, position = "", list[Mention](), 0
    for span in _SPAN.finditer(example):
        text += example[position : span.start()]
        words = span["source"] or span["target"]
        actor = SOURCE if span["source"] else TARGET
        kind = "demonym" if re.search(r"(an|ese|ish|ch|ian|i|ic)$", words) and " " not in words else "name"
        mentions.append(Mention(len(text), len(text) + len(words), words, actor, kind=kind))
        text += words
        position = span.end()
    return text + example[position:], mentions


def coded(example: str) -> frozenset[tuple[str, str, str]]:
    """What the rules read in a marked sentence, as source, type and target."""
    units = split_units(*marked(example))
    readings = [r for r in read_rules(units).readings if r.mode.type not in ("", NONE)]
    named = [(units.mentions[r.link.source].actor, r.mode.type, units.mentions[r.link.target].actor) for r in readings]
    return frozenset(named)


ROWS = read_table("triggers/en.tsv")
OUTCOMES = [Outcome(row["pattern"], row["type"], row["example"], coded(row["example"])) for row in ROWS]


def test_every_row_has_an_example_with_one_source_and_one_target():
    for row in ROWS:
        _, mentions = marked(row["example"])
        assert sorted({mention.actor for mention in mentions}) == [SOURCE, TARGET], row


def test_every_row_has_a_type_of_plover_or_none():
    assert {row["type"] for row in ROWS} - {*TYPES, NONE} == set()


def test_the_examples_are_coded_as_their_rows_say():
    wrong = [outcome for outcome in OUTCOMES if not outcome.is_right]
    listed = "\n".join(f"{o.wanted:10} {o.pattern:40} {o.example}  ->  {sorted(o.found)}" for o in wrong)
    right = 1 - len(wrong) / len(OUTCOMES)
    assert right >= FLOOR, f"{right:.1%} of {len(OUTCOMES)} examples are coded as their rows say; not these:\n{listed}"


@pytest.mark.parametrize("type_", TYPES)
def test_no_type_is_left_behind(type_):
    outcomes = [outcome for outcome in OUTCOMES if outcome.wanted == type_]
    wrong = [f"{o.pattern}: {o.example} -> {sorted(o.found)}" for o in outcomes if not o.is_right]
    assert len(wrong) <= 0.15 * len(outcomes), "\n".join(wrong)


def test_what_looks_like_an_event_and_is_none_gives_none():
    none = [outcome for outcome in OUTCOMES if outcome.wanted == NONE]
    wrong = [f"{o.pattern}: {o.example} -> {sorted(o.found)}" for o in none if not o.is_right]
    assert len(wrong) <= (1 - FLOOR) * len(none), "\n".join(wrong)


def test_a_pattern_is_written_once():
    patterns = [(row["pattern"], row["kind"], row["sense"]) for row in ROWS]
    assert [pattern for pattern in set(patterns) if patterns.count(pattern) > 1] == []
