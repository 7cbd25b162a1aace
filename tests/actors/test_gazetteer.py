"""Do dates and capitals decide what an alias means?"""

from __future__ import annotations

from datetime import date

import pytest

from relations.actors.gazetteer import load_gazetteer


def actors(text: str, on: date | None = None) -> list[str]:
    return [one.actor for one in load_gazetteer().find(text, on)]


@pytest.mark.parametrize(
    ("text", "on", "actor"),
    [
        ("The Soviet Union invaded Afghanistan.", date(1980, 1, 1), "SUN"),
        ("The Soviet Union invaded Afghanistan.", date(2025, 1, 1), "RUS"),
        ("East German guards fired.", date(1985, 1, 1), "DDR"),
        ("Yugoslavia walked out.", date(1999, 3, 24), "YUG"),
        ("Czechoslovakia applied.", date(1992, 1, 1), "CSK"),
        ("Czechoslovakia applied.", None, "CZE"),
    ],
)
def test_a_dissolved_state_is_itself_in_its_time_and_its_successor_later(
    text: str, on: date | None, actor: str
) -> None:
    assert actors(text, on)[0] == actor


def test_the_taliban_are_a_group_until_they_govern() -> None:
    assert actors("The Taliban refused.", date(2015, 6, 1)) == ["TLB"]
    assert actors("The Taliban refused.", date(2023, 6, 1)) == ["AFG"]


def test_a_family_name_needs_its_time_in_office() -> None:
    assert actors("Hollande ordered strikes.", date(2014, 9, 19)) == ["FRA"]
    assert actors("Hollande ordered strikes.", date(1995, 9, 19)) == []


def test_a_full_name_counts_at_any_time() -> None:
    assert actors("François Hollande spoke.", date(2024, 1, 1)) == ["FRA"]


def test_a_common_family_name_needs_a_title() -> None:
    assert actors("May met her rivals.", date(2018, 5, 1)) == []
    assert actors("Prime Minister May met her rivals.", date(2018, 5, 1)) == ["GBR"]


def test_names_without_a_star_count_in_any_case() -> None:
    assert actors("france and NIGERIA agree", None) == ["FRA", "NGA"]


@pytest.mark.parametrize("text", ["roast turkey", "bone china", "tell us", "a chad fell", "polish it"])
def test_common_words_need_their_capital(text: str) -> None:
    assert actors(text) == []


def test_a_long_match_that_fails_its_boundary_does_not_hide_a_short_one() -> None:
    assert actors("The Niger Deltas") == ["NER"]


def test_punctuation_between_words_breaks_a_name() -> None:
    assert actors("He flew south. Sudan waited.") == ["SDN"]
    assert actors("in the South, Korea's old kingdoms") == []
