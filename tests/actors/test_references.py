"""Do phrases without a name point back to the right state, or to none?"""

from __future__ import annotations

from datetime import date

import pytest

from relations.actors.finding import find_mentions
from relations.records import Mention


def last_of(*sentences: str) -> list[tuple[str, str]]:
    """Texts and actors of the last sentence, the others being its memory."""
    memory: list[Mention] = []
    found: list[Mention] = []
    for sentence in sentences:
        found = find_mentions(sentence, date(2025, 9, 22), memory=memory)
        memory += found
    return [(one.text, one.actor) for one in found]


def test_the_two_countries_are_the_last_two_of_which_the_second_has_no_words() -> None:
    assert last_of("France fell out with Mali.", "The two countries had been allies.") == [
        ("The two countries", "FRA"),
        ("", "MLI"),
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        "China urged both to stop.",
        "China begged both old rivals to stop.",
        "The two have signed a truce.",
        "The pair agreed on a truce.",
        "Both met the envoy.",
        "On Monday the two foreign ministers shook hands.",
    ],
)
def test_the_two_may_be_called_many_things_or_nothing(sentence: str) -> None:
    found = [actor for _, actor in last_of("Iran hit Iraq.", sentence) if actor != "CHN"]
    assert found == ["IRN", "IRQ"]


@pytest.mark.parametrize(
    "sentence", ["China sells both gas and coal.", "The two weeks were hot.", "The pair was tired."]
)
def test_not_every_two_are_two_states(sentence: str) -> None:
    assert [actor for _, actor in last_of("Iran hit Iraq.", sentence) if actor != "CHN"] == []


def test_both_sides_need_two_sides() -> None:
    assert last_of("France voted.", "Both sides were tired.") == []


def test_a_sentence_that_names_both_needs_no_reference() -> None:
    found = last_of("Iran hit Iraq.", "France told Mali that the two countries should talk.")
    assert found == [("France", "FRA"), ("Mali", "MLI")]


def test_the_former_colonial_power_is_that_of_the_state_named_last() -> None:
    assert last_of("Mali broke ties.", "It accused the former colonial power of spying.") == [
        ("It", "MLI"),
        ("the former colonial power", "FRA"),
    ]
    assert last_of("Angola broke ties.", "It accused the former colonial power.")[-1][1] == "PRT"


def test_a_pronoun_that_opens_a_sentence_is_who_opened_the_last_one() -> None:
    assert last_of("President Macron met Scholz.", "He praised the talks.") == [("He", "FRA")]
    assert last_of("Chad and Sudan quarrelled.", "It recalled its envoy.") == [("It", "TCD")]
    assert last_of("Chad and Sudan quarrelled.", "It was hot.") == []
    assert last_of("Chad sued Sudan.", "He was cross.") == []


def test_a_pronoun_inside_a_sentence_points_back_when_nobody_stands_before_it() -> None:
    assert last_of("President Macron met Scholz.", "In a speech he praised Mali.")[0] == ("he", "FRA")
    assert last_of("Paris had received President Goita.", "Later he thanked Chad.")[0] == ("he", "MLI")
    assert last_of("President Macron spoke.", "Olaf Scholz said he agreed.") == [("Olaf Scholz", "DEU")]


def test_both_are_others_than_the_one_who_speaks() -> None:
    found = last_of("Iran hit Iraq.", "France urged both countries to stop.")
    assert found == [("France", "FRA"), ("both countries", "IRN"), ("", "IRQ")]


def test_the_junta_is_that_of_the_state_the_text_is_about() -> None:
    assert last_of("France left Mali.", "Mali cheered.", "The junta sent the bill to Paris.") == [
        ("The junta", "MLI"),
        ("Paris", "FRA"),
    ]


def test_the_junta_of_nobody_in_particular_is_nobodys() -> None:
    assert last_of("Mali and Niger met.", "The junta spoke.") == []


def test_a_region_picks_the_state_named_before() -> None:
    assert last_of("France left Niger.", "The West African country turned to Moscow.")[0] == (
        "The West African country",
        "NER",
    )
    assert last_of("France left Vietnam.", "The West African country objected.") == []


def test_its_neighbour_is_the_one_that_borders_it() -> None:
    assert last_of("Algeria was angry with Mali.", "Mali ignored its northern neighbour.")[-1] == (
        "its northern neighbour",
        "DZA",
    )


def test_the_ambassador_is_the_one_named_before() -> None:
    assert last_of("Niger expelled the French ambassador.", "The ambassador refused to go.") == [("ambassador", "FRA")]


def test_the_ambassador_of_two_states_is_nobodys() -> None:
    assert last_of("The French ambassador met the Russian ambassador.", "The ambassador left.") == []


def test_a_surname_follows_its_full_name() -> None:
    assert last_of("French spy Yann Vézilier was held in Bamako.", "Vézilier denied it.") == [("Vézilier", "FRA")]


def test_without_memory_nothing_is_pointed_to() -> None:
    assert last_of("The two countries and the junta and the ambassador met.") == []
