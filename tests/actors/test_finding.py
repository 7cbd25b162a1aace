"""Does the finder see every state in the world, and nothing that only looks like one?"""

from __future__ import annotations

import time
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from relations.actors.finding import find_mentions
from relations.countries import all_countries
from relations.records import Mention
from relations.resources import read_table

CASES = Path(__file__).parents[1] / "cases" / "actors.tsv"
TODAY = date(2025, 9, 22)


def shown(mentions: list[Mention]) -> str:
    return "; ".join(f"{one.text}={one.actor}/{one.role}" for one in mentions)


def cases() -> list[tuple[str, str]]:
    lines = [line for line in CASES.read_text(encoding="utf-8").split("\n") if line and line[0] != "#"]
    return [(text, expected) for text, _, expected in (line.partition("\t") for line in lines[1:])]


@pytest.mark.parametrize(("text", "expected"), cases(), ids=lambda value: value[:40])
def test_a_sentence_gives_the_actors_its_row_says(text: str, expected: str) -> None:
    assert shown(find_mentions(text, TODAY)) == expected


def aliases(kind: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for row in read_table("actors/names.en.tsv"):
        if row["kind"] == kind and not row["to"] and not row["alias"].endswith("-"):
            found.setdefault(row["actor"], []).append(row["alias"])
    return found


UN_MEMBERS = [known.code for known in all_countries() if known.kind == "un_member"]
#: Their adjective is a neighbour's or their own name; a capital that is the state or a common word is no actor.
NO_ADJECTIVE = {"COG", "DMA", "NZL"}
CAPITAL_IS_NO_ACTOR = {"BEL", "GUY", "SYC", "KNA", "JAM", "CRI", "GRD", "ATG", "MDV", "STP", "NRU", "MCO", "SGP", "LUX",
                       "SMR", "DJI", "MHL"}  # fmt: skip


def test_the_un_has_193_members() -> None:
    assert len(UN_MEMBERS) == 193


@pytest.mark.parametrize("code", UN_MEMBERS)
def test_every_un_member_is_found_by_its_name(code: str) -> None:
    name = next(known.name for known in all_countries() if known.code == code)
    assert [one.actor for one in find_mentions(f"Officials said that {name} rejected the plan.", TODAY)] == [code]


@pytest.mark.parametrize("code", sorted(set(UN_MEMBERS) - NO_ADJECTIVE))
def test_every_un_member_is_found_by_its_adjective_and_takes_a_role(code: str) -> None:
    found = find_mentions(
        f"Yesterday {aliases('demonym').get(code, aliases('people').get(code))[0]} troops arrived.", TODAY
    )
    assert [(one.actor, one.role) for one in found] == [(code, "MIL")]


@pytest.mark.parametrize("code", sorted(set(UN_MEMBERS) - CAPITAL_IS_NO_ACTOR))
def test_every_un_member_acts_through_its_capital(code: str) -> None:
    capital = aliases("capital")[code][0]
    assert [one.actor for one in find_mentions(f"In a note {capital} rejected the plan.", TODAY)] == [code]


def test_lagos_is_no_seat_of_government() -> None:
    assert find_mentions("In a note Lagos rejected the plan.", TODAY) == []


def test_offsets_are_those_of_the_text_with_all_that_cannot_be_seen() -> None:
    text = "\u202eMa\u00adli and Fra\u200dnce and Co\u0302te d\u2019Ivoire."
    assert [text[one.start : one.end] for one in find_mentions(text, TODAY)] == [
        "Ma\u00adli",
        "Fra\u200dnce",
        "Co\u0302te d\u2019Ivoire",
    ]


def test_mentions_are_sorted_and_never_overlap() -> None:
    for text, _ in cases():
        found = find_mentions(text, TODAY)
        assert all(first.end <= second.start for first, second in pairwise(found))
        assert all(one.text == text[one.start : one.end] for one in found)


@pytest.mark.parametrize(
    "unit", ["Niger Deltas and Georgia ", "the two countries of France ", "Minister of Security and "]
)
def test_time_grows_with_the_text_and_not_faster(unit: str) -> None:
    find_mentions(unit)
    seconds = []
    for times in (1_000, 4_000):
        start = time.process_time()
        find_mentions(unit * times)
        seconds.append(time.process_time() - start)
    assert seconds[1] < 12 * seconds[0] + 0.1


def test_empty_and_odd_texts_have_no_actors() -> None:
    for text in ("", " ", "\n", "...", "[" * 1_000, "\u200b"):
        assert find_mentions(text, TODAY) == []
