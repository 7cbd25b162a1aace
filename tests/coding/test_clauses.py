"""Which short sentences a sentence is read as."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relations.actors.finding import find_mentions
from relations.coding.clauses import split_clauses
from relations.coding.parts import parts_of
from relations.coding.standing import find_subject
from relations.coding.units import split_units


def clauses(text: str) -> list[str]:
    return [" ".join(clause.units.lower) for clause in split_clauses(split_units(text, find_mentions(text)))]


def parts(text: str, before: str = "") -> list[tuple[str, bool]]:
    units = split_units(text, find_mentions(text))
    found = parts_of(units, lambda mention: True, find_mentions(before))
    return [(" ".join(part.units.lower).strip(), part.unsaid) for part in found]


def test_a_verb_that_shares_its_subject_opens_a_clause_with_it():
    assert clauses("Chile closed the pass and recalled its envoy from Bolivia.") == [
        "chile closed the pass",
        "chile and recalled its envoy from bolivia .",
    ]


def test_a_new_subject_opens_a_clause_of_its_own():
    assert clauses("Kenya protested, and Uganda said that it was sorry.")[1].startswith("and uganda said")


def test_a_relative_clause_is_about_the_actor_before_it():
    assert clauses("Peru, which had bombed Ecuador, met Chile.") == [
        "peru ,",
        "peru which had bombed ecuador ,",
        "peru met chile .",
    ]


@pytest.mark.parametrize("verb", ["lay down outside", "rang", "stoned"])
def test_people_of_a_place_act_in_both_clauses(verb: str):
    found = clauses(f"Pensioners in Athens {verb} the embassy of Germany and burned its flag.")
    assert found[1].startswith("athens and burned")


def test_a_present_tense_after_its_subject_is_a_verb_and_a_noun_after_an_adjective_is_none():
    assert len(clauses("Chile closes the pass and Peru recalls its envoy.")) == 2
    assert len(clauses("The French attacks and visits to Chad go on.")) == 1


def test_a_clause_that_names_only_whom_it_is_done_to_takes_over_who_did_it():
    found = parts("The crowd burned the flag of France.", before="Chad rioted.")
    assert found == [("the crowd burned the flag of france .", True)]


def test_the_other_side_is_whom_the_text_is_about():
    before = "Iran warned Iraq. Iraq armed. Japan watched. Iraq dug in."
    units = split_units("Tehran called its envoy home.", find_mentions("Tehran called its envoy home."))
    told = [mention for sentence in before.split(". ") for mention in find_mentions(sentence)]
    [part] = parts_of(units, lambda mention: True, told)
    assert part.units.mentions[-1].actor == "IRQ"


def test_actors_in_a_list_open_no_clause():
    assert len(clauses("France, Germany and Italy condemned Belarus.")) == 1


def test_what_is_reported_stays_with_its_speaker():
    assert len(clauses("Chad said that Libya had shelled a village.")) == 1


def test_the_other_side_is_taken_from_the_clause_before():
    assert ("chile and recalled its envoy .", True) in parts("Chile accused Bolivia of theft and recalled its envoy.")


def test_the_other_side_is_taken_from_the_text_before():
    assert parts("Lima called its envoy home.", "Ecuador had expelled the Peruvian attaché.") == [
        ("lima called its envoy home .", True)
    ]


def test_without_another_side_there_is_no_part():
    assert parts("Lima called its envoy home.") == []


@given(
    st.lists(
        st.sampled_from(["Peru", "Chile", ",", "and", "who", "said", "accused", ";", "met", "while", "it"]), max_size=40
    )
)
def test_clauses_keep_every_word_in_order(words):
    text = " ".join(words)
    units = split_units(text, find_mentions(text))
    found = split_clauses(units) if len(units) else []
    own = [place for clause in found for place in clause.places if place not in clause.subject]
    assert all(a < b for clause in found for a, b in pairwise(clause.places))
    assert set(own) | {p for clause in found for p in clause.subject} == set(range(len(units)))


@pytest.mark.parametrize("text", ["", "It rained.", "and, who; :"])
def test_a_sentence_without_actors_has_no_part(text):
    assert parts(text) == []


@pytest.mark.parametrize(("verb", "asker"), [("rang", "DEU"), ("asked", "RUS")])
def test_who_does_what_an_infinitive_says_depends_on_the_verb_before_it(verb: str, asker: str):
    text = f"Angela Merkel {verb} Vladimir Putin to urge calm in Ukraine."
    units = split_units(text, find_mentions(text))
    subject, _ = find_subject(units, units.lower.index("urge"))
    assert [units.mentions[mention].actor for mention in subject] == [asker]
