"""Does a further language need tables only?"""

from __future__ import annotations

from datetime import date

import pytest

import relations
from relations.actors.finding import find_mentions
from relations.coding.dating import find_dates
from relations.coding.grammar import load_grammar
from relations.coding.units import split_units
from relations.documents.language import find_language
from relations.resources import languages

FRIDAY = date(2024, 5, 10)


@pytest.mark.parametrize("lang", languages())
def test_every_class_of_a_grammar_is_known_to_a_rule(lang):
    assert load_grammar(lang).lang == lang


@pytest.mark.parametrize(
    ("text", "source", "type_", "target", "status"),
    [
        ("Le Mali a expulsé l'ambassadeur de France.", "MLI", "SANCTION", "FRA", "happened"),
        ("L'ambassadeur de France au Mali a été expulsé par Bamako lundi.", "MLI", "SANCTION", "FRA", "happened"),
        ("La Russie menace d’expulser des diplomates belges.", "RUS", "THREATEN", "BEL", "happened"),
        ("Alger n'a pas expulsé l'ambassadeur du Maroc.", "DZA", "SANCTION", "MAR", "denied"),
        ("Bamako expulsera l'ambassadeur de France.", "MLI", "SANCTION", "FRA", "planned"),
    ],
)
def test_french_is_coded_by_its_tables(text, source, type_, target, status):
    [event] = relations.code(text, date=FRIDAY, coder="rules")
    assert (event.source, event.type, event.target, event.status) == (source, type_, target, status)


def test_the_conditional_of_hearsay_is_no_event():
    assert relations.code("La Chine aurait expulsé des diplomates canadiens.", date=FRIDAY, coder="rules") == []


@pytest.mark.parametrize(
    ("text", "actor", "named"),
    [
        ("Les soldats maliens sont partis.", "MLI", "soldats maliens"),
        ("L’ambassade de France est fermée.", "FRA", "ambassade de France"),
        ("Le président malien Assimi Goïta a parlé.", "MLI", "président malien Assimi Goïta"),
        ("Le ministre français des Affaires étrangères a parlé.", "FRA", "ministre français des Affaires étrangères"),
    ],
)
def test_an_adjective_after_its_noun_says_whose_it_is(text, actor, named):
    assert [(one.actor, one.text) for one in find_mentions(text, FRIDAY, "fr")] == [(actor, named)]


def test_an_elided_word_is_a_word_of_its_own():
    assert split_units("S'il l’accuse d'abord", [], "fr").lower == ("s'il", "l'", "accuse", "d'abord")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Il a signé le 20 janvier 2023.", "2023-01-20"),
        ("Il est parti mardi.", "2024-05-07"),
        ("Il est parti il y a deux ans.", "2022-05-11"),
        ("C'était l'été 2023.", "2023-07-15"),
        ("Il est parti le mois dernier.", "2024-04-16"),
    ],
)
def test_french_dates(text, day):
    assert [str(when.date) for when in find_dates(text, FRIDAY, "fr")] == [day]


def test_a_language_without_tables_is_noted_and_not_coded():
    german = "Die Bundesregierung hat den Botschafter Frankreichs ausgewiesen und die Grenze geschlossen. " * 4
    assert find_language(german) == "de"
    with pytest.warns(UserWarning, match="no tables for the language 'de'"):
        assert relations.code(german, date=FRIDAY) == []
