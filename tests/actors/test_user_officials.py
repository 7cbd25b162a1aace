"""Is a user's own table of office-holders read as its author meant it, and nothing else changed by it?"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from relations.actors.finding import find_mentions
from relations.actors.gazetteer import load_gazetteer
from relations.actors.naming import family_of, spelled, why_not
from relations.actors.officials import Officials, office_of, read_officials, role_of
from relations.errors import BadInput

HEADER = "country,name,office,from,to,aliases\n"
DAY = date(2025, 6, 1)
#: What query.wikidata.org gives: the same two rows in each of its forms.
QUERIED = [
    {
        "person": "http://www.wikidata.org/entity/Q1",
        "personLabel": "Amahi Testoro",
        "personAltLabel": "Amahi T. Testoro, A. Testoro Keba",
        "country": "http://www.wikidata.org/entity/Q912",
        "countryLabel": "Mali",
        "positionLabel": "Minister of Foreign Affairs of Mali",
        "start": "2024-11-21T00:00:00Z",
    },
    {
        "person": "http://www.wikidata.org/entity/Q2",
        "personLabel": "Bronka Wellizek",
        "country": "http://www.wikidata.org/entity/Q36",
        "countryLabel": "Poland",
        "positionLabel": "Minister of Defence",
        "start": "2017-05-14T00:00:00Z",
        "end": "2020-01-31T00:00:00Z",
    },
]

Reader = Callable[..., Officials]


@pytest.fixture
def notes() -> list[str]:
    return []


@pytest.fixture
def table(tmp_path: Path, notes: list[str]) -> Reader:
    """Read a text as a table of the name given."""

    def read(text: str, name: str = "own.csv") -> Officials:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return read_officials(path, lambda note: notes.append(note.removeprefix(f"{tmp_path}/")))

    return read


def names(officials: Officials) -> list[tuple[str, str, str]]:
    return [(entry.alias, entry.actor, entry.role) for entry in officials.entries]


def found(text: str, officials: Officials, on: date = DAY) -> list[tuple[str, str, str]]:
    return [(one.text, one.actor, one.role) for one in find_mentions(text, on, officials=officials)]


def test_a_name_that_the_package_lacks_is_found_with_the_table_only(table):
    text = "Amahi Testoro met Bronka Wellizek."
    own = table(HEADER + "Mali,Amahi Testoro,foreign minister,2024-11,,\nPOL,Bronka Wellizek,defence minister,2023,,\n")
    assert found(text, own) == [("Amahi Testoro", "MLI", "GOV"), ("Bronka Wellizek", "POL", "MIL")]
    assert find_mentions(text, DAY) == []


def test_what_one_table_adds_no_other_search_sees(table):
    first = table(HEADER + "Mali,Amahi Testoro,minister,2024,,\n")
    second = table(HEADER + "Niger,Amahi Testoro,minister,2024,,\n")
    for own, actor in ((first, "MLI"), (second, "NER"), (first, "MLI")):
        assert [one[1] for one in found("Amahi Testoro spoke.", own)] == [actor]
    assert find_mentions("Amahi Testoro spoke.", DAY) == []


def test_tables_of_the_same_content_are_equal_and_others_are_not(table):
    text = HEADER + "Mali,Amahi Testoro,minister,2024,,\n"
    assert table(text) == table(text, "copy.csv") != table(text.replace("Mali", "Niger"))


def test_the_bare_family_name_counts_around_the_time_in_office(table):
    own = table(HEADER + "Mali,Amahi Testoro,minister,2020-03,2021,\n")
    assert found("Testoro refused.", own, date(2020, 6, 1)) == [("Testoro", "MLI", "GOV")]
    assert found("Testoro refused.", own, date(2022, 6, 1)) != []
    assert found("Testoro refused.", own, date(2025, 6, 1)) == []
    assert found("Amahi Testoro refused.", own, date(2025, 6, 1)) != []


def test_without_a_first_day_only_the_full_name_counts(table, notes):
    own = table(HEADER + "Mali,Amahi Testoro,minister,,,\n")
    assert found("Testoro refused.", own) == []
    assert found("Amahi Testoro refused.", own) != []
    assert notes == []


def test_a_users_own_row_outweighs_the_packages(table):
    own = table(HEADER + "Niger,Sergei Lavrov,minister,2004,,\n")
    assert found("Sergei Lavrov spoke.", own)[0][1] == "NER"


def test_a_family_name_that_two_states_share_names_neither(table):
    own = table(HEADER + "Mali,Amahi Testoro,minister,2024,,\nNiger,Ubu Testoro,minister,2024,,\n")
    assert found("Testoro refused.", own) == []


@pytest.mark.parametrize(
    "text",
    [
        "TO\tfrom\tOffice\tNAME\tCountry\n\t2024-11\tforeign minister\tAmahi Testoro\tmli\n",
        "name;country;office;from;to\nAmahi Testoro;ML;foreign_minister;2024-11-21;\n",
        '\ufeffcountry,name,office,from,to\r\n"Mali","Amahi Testoro","Foreign Minister","2024","",\r\n',
        'Country,Name,Office,From,To,Remarks\n\nMali,Amahi Testoro,Foreign Minister,2024,,"so, so"\n',
        "name\tfamily\tactor\toffice\trole\tfrom\tto\taliases\n"
        "Amahi Testoro\tTestoro\tMLI\tforeign_minister\tGOV\t2024\t\t\n",
    ],
)
def test_columns_may_stand_in_any_order_case_and_separator(text, table, notes):
    assert names(table(text)) == [("Amahi Testoro", "MLI", "GOV"), ("Testoro", "MLI", "GOV")]
    assert notes == []


def test_aliases_stand_between_bars(table):
    own = table(HEADER + "Mali,Amahi Testoro,minister,2024,,Amahi Keba Testoro|A.K. Testoro\n")
    for alias in ("Amahi Keba Testoro", "A.K. Testoro", "AK Testoro"):
        assert found(f"Then {alias} left.", own) == [(alias, "MLI", "GOV")]


@pytest.mark.parametrize("spelling", ["AMAHI TESTORO", "Amahi TESTORO", "  Amahi \u200b Testoro\x07"])
def test_capitals_and_what_cannot_be_seen_do_not_matter(spelling, table):
    assert names(table(HEADER + f"Mali,{spelling},minister,2024,,\n"))[0][0] == "Amahi Testoro"


def csv_of(rows: list[dict[str, str]]) -> str:
    columns = ["person", "personLabel", "personAltLabel", "country", "countryLabel", "positionLabel", "start", "end"]
    lines = [",".join(f'"{row.get(column, "")}"' for column in columns) for row in rows]
    return "\n".join([",".join(columns), *lines]) + "\n"


def bindings_of(rows: list[dict[str, str]]) -> str:
    bindings = [{key: {"type": "literal", "value": value} for key, value in row.items()} for row in rows]
    return json.dumps({"head": {"vars": [*rows[0], "end"]}, "results": {"bindings": bindings}})


@pytest.mark.parametrize("form", [csv_of, bindings_of, json.dumps])
def test_every_form_of_a_wikidata_export_gives_the_same(form, table, notes):
    own = table(form(QUERIED))
    assert notes == []
    assert names(own) == [
        ("Amahi Testoro", "MLI", "GOV"),
        ("Amahi T. Testoro", "MLI", "GOV"),
        ("Amahi T Testoro", "MLI", "GOV"),
        ("A. Testoro Keba", "MLI", "GOV"),
        ("A Testoro Keba", "MLI", "GOV"),
        ("Testoro", "MLI", "GOV"),
        ("Bronka Wellizek", "POL", "MIL"),
        ("Wellizek", "POL", "MIL"),
    ]
    assert own.entries[-1].since, own.entries[-1].until == (date(2017, 5, 14), date(2020, 1, 31))


def test_what_wikidata_also_calls_a_person_is_used_where_it_can_be_and_else_passed_over(table, notes):
    rows = [{**QUERIED[0], "personAltLabel": "amahi, Minister, T, Ama Testoro"}]
    assert [one[0] for one in names(table(csv_of(rows)))] == ["Amahi Testoro", "Ama Testoro", "Testoro"]
    assert notes == []


def test_the_iso_code_of_an_export_goes_before_its_label(table):
    rows = [{**QUERIED[0], "countryLabel": "the land of Kati", "iso3": "MLI"}]
    assert names(table(json.dumps([*rows, QUERIED[1]])))[0] == ("Amahi Testoro", "MLI", "GOV")


def test_a_row_that_a_join_repeats_is_one(table):
    assert names(table(bindings_of(QUERIED))) == names(table(bindings_of([*QUERIED, *QUERIED])))


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ("Atlantis,Amahi Testoro,minister,2024,,", "no country 'Atlantis'"),
        ("http://www.wikidata.org/entity/Q912,Amahi Testoro,minister,2024,,", "ask for P298"),
        (",Amahi Testoro,minister,2024,,", "no country"),
        ("Mali,,minister,2024,,", "no name"),
        ("Mali,Q12345,minister,2024,,", "labels in more languages"),
        ("Mali,Li,minister,2024,,", "fewer than 3 letters"),
        ("Mali,Hope,minister,2024,,", "a common word or a first name"),
        ("Mali,peter,minister,2024,,", "no capital"),
        ("Mali,The Prime Minister,minister,2024,,", "a common word"),
        ("Mali,South Korea,minister,2024,,", "a place or an organisation"),
        ("Mali,Amahi (.*)+,minister,2024,,", "which is in no name"),
        ('Mali,"Testoro, Amahi",minister,2024,,', "holds ','"),
        (f"Mali,{'Testoro ' * 100},minister,2024,,", "longer than any name"),
        ("Mali,Amahi Testoro,minister,soon,,", "no date 'soon' under from. Write YYYY"),
        ("Mali,Amahi Testoro,minister,2024-13,,", "no date '2024-13' under from"),
        ("Mali,Amahi Testoro,minister,2024,2023-02-30,", "no date '2023-02-30' under to"),
        ("Mali,Amahi Testoro,minister,0000,,", "no date '0000'"),
        ("Mali,Amahi Testoro,minister,2024,http://www.wikidata.org/.well-known/genid/1,", "under to"),
        ("Mali,Amahi Testoro,minister,2024,2023,", "before it begins"),
        ("Mali,Testoro, Amahi,minister,2024,,Ama Testoro", "7 cells under 6 columns"),
        ('Mali,"Amahi\nTestoro",minister,2024,,', "Close every quote"),
    ],
)
def test_a_row_that_cannot_be_read_is_noted_once_with_its_line_and_the_rest_goes_on(row, problem, table, notes):
    own = table(f"{HEADER}{row}\nPoland,Bronka Wellizek,minister,2023,,\n")
    assert [one[1] for one in names(own)] == ["POL", "POL"]
    [note] = notes
    assert note.startswith("own.csv:2: ") and problem in note and note.endswith("The row is left out.")
    assert "\n" not in note


def test_a_line_is_counted_where_it_stands(table, notes):
    table(HEADER + '\n\n"Mali",Amahi Testoro,minister,2024,,\n\nAtlantis,Ubu Testoro,minister,2024,,\n')
    assert [note.split(": ")[0] for note in notes] == ["own.csv:6"]


def test_an_alias_that_may_not_be_searched_for_is_left_out_alone(table, notes):
    own = table(HEADER + "Mali,Amahi Testoro,minister,2024,,Hope|Ama Testoro|France\n")
    assert [one[0] for one in names(own)] == ["Amahi Testoro", "Ama Testoro", "Testoro"]
    assert [note.split(" is ")[0] for note in notes] == ["own.csv:2: 'Hope'", "own.csv:2: 'France'"]


def test_a_note_that_stops_the_reading_stops_it(tmp_path):
    def stop(note: str) -> None:
        raise RuntimeError(note)

    path = tmp_path / "own.csv"
    path.write_text(HEADER + "Atlantis,Amahi Testoro,minister,2024,,\n", encoding="utf-8")
    with pytest.raises(RuntimeError, match="Atlantis"):
        read_officials(path, stop)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "no column for country and name"),
        ("Mali,Amahi Testoro,2024,\n", "no column for country and name"),
        ("country,office,from,to\nMali,minister,2024,\n", "no column for name"),
        (HEADER, "no office-holder could be read"),
        (HEADER + "Atlantis,Amahi Testoro,minister,2024,,\n", "no office-holder could be read"),
        ("{", "not JSON"),
        ("[" * 100_000, "not JSON"),
        ('{"head": 1, "results": []}', "no column for country and name"),
        ('[1, null, {"name": {"value": {}}, "country": [1]}]', "no office-holder could be read"),
        ("\0" * 100, "binary"),
    ],
)
def test_a_file_that_is_no_such_table_is_refused_by_name_with_a_remedy(text, problem, table):
    with pytest.raises(BadInput, match=problem) as caught:
        table(text)
    assert "own.csv" in str(caught.value)


def test_a_file_that_is_not_there_is_refused_by_name(tmp_path):
    with pytest.raises(BadInput, match=r"gone\.csv: cannot be read"):
        read_officials(tmp_path / "gone.csv")


def test_a_column_that_is_missed_is_noted(table, notes):
    own = table("country,name,office,from\nMali,Amahi Testoro,minister,2024\n")
    assert own.entries[0].until is None
    assert notes == ["own.csv:1: no column for to, so everyone counts as still in office. Name it to or end."]


def test_an_open_quote_costs_what_it_swallows_and_no_more(table, notes):
    own = table(HEADER + 'Poland,Bronka Wellizek,minister,2023,,\nMali,"Amahi Testoro,minister,2024,,\nx,y,z,,,\n')
    assert [one[1] for one in names(own)] == ["POL", "POL"]
    assert len(notes) == 1 and notes[0].startswith("own.csv:3: ")


def test_names_are_text_and_never_patterns(table):
    own = table(HEADER + "Mali,A.m.ahi Testoro,minister,2024,,\n")
    assert found("Axmxahi Testoro left.", own, date(1990, 1, 1)) == []
    assert found("A.m.ahi Testoro left.", own) != []


def test_a_table_of_many_rows_is_made_into_a_gazetteer_once(table):
    letters = "bcdfghjklmnpqrstvwxz"
    people = [f"Ama{a}o Te{b}u{c}a" for a in letters for b in letters for c in letters]
    own = table(HEADER + "".join(f"Mali,{name},minister,2024,,\n" for name in people))
    before = load_gazetteer.cache_info().misses
    for _ in range(100):
        found("The weather was fine.", own)
    assert load_gazetteer.cache_info().misses == before + 1


@pytest.mark.parametrize(
    ("words", "office", "role"),
    [
        ("head_of_state", "head_of_state", "GOV"),
        ("President of the Republic", "head_of_state", "GOV"),
        ("Président de la République", "head_of_state", "GOV"),
        ("King", "head_of_state", "GOV"),
        ("Prime Minister of Canada", "head_of_government", "GOV"),
        ("Federal Chancellor of Germany", "head_of_government", "GOV"),
        ("Chancellor of the Exchequer", "other", "GOV"),
        ("United States Secretary of State", "foreign_minister", "GOV"),
        ("Secretary of State for Foreign and Commonwealth Affairs", "foreign_minister", "GOV"),
        ("Secretary of State for Defence", "defence_minister", "MIL"),
        ("Secretary of State for Transport", "other", "GOV"),
        ("ministre des Affaires étrangères", "foreign_minister", "GOV"),
        ("ministre des Armées", "defence_minister", "MIL"),
        ("Vice President", "other", "GOV"),
        ("deputy foreign minister", "other", "GOV"),
        ("President of the Senate", "other", "LEG"),
        ("Chief of Staff", "other", "MIL"),
        ("Ambassador to France", "other", "DIP"),
        ("spy chief", "other", "SPY"),
        ("Minister of Trade", "other", "GOV"),
        ("", "other", "GOV"),
    ],
)
def test_an_office_is_one_of_five_kinds_and_has_a_role(words, office, role):
    assert (office_of(words), role_of(words)) == (office, role)


@pytest.mark.parametrize(
    ("name", "actor", "family"),
    [
        ("Amahi Testoro", "MLI", "Testoro"),
        ("Ursul van der Testoro", "NLD", "van der Testoro"),
        ("Zhou Wenbo", "CHN", "Zhou"),
        ("Li Wenbo", "CHN", ""),
        ("Amahi Testoro", "MMR", ""),
        ("Amahi Peace", "GBR", ""),
        ("Amahi Brown", "GBR", "Brown"),
        ("Amahi Jordan", "USA", ""),
        ("Amahi III", "TON", ""),
        ("Testoro", "MLI", ""),
    ],
)
def test_a_family_name_is_told_only_where_it_can_be_relied_on(name, actor, family):
    assert family_of(name, actor) == family


def test_a_common_family_name_needs_its_title(table):
    own = table(HEADER + "Mali,Amahi Brown,minister,2024,,\n")
    assert found("Brown bears slept.", own) == []
    assert found("Minister Brown refused.", own) == [("Minister Brown", "MLI", "GOV")]


@pytest.mark.parametrize("name", ["Elizabeth II", "Ban Ki-moon", "Luiz Inácio Lula da Silva", "N’Golo Diarra", "Lula"])
def test_names_as_news_writes_them_may_be_searched_for(name):
    assert why_not(name) == ""
    assert spelled(name) == name
