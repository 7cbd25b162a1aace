"""Is the table of office-holders well formed, and does it say who held which office on which day?"""

from __future__ import annotations

import re
from collections import defaultdict
from datetime import date, timedelta
from itertools import pairwise

import pytest

from relations.resources import data_path

COLUMNS = ["name", "family", "actor", "office", "role", "from", "to", "aliases"]
OFFICES = {"head_of_state", "head_of_government", "foreign_minister", "defence_minister", "other"}
ROLES = {"GOV", "MIL", "DIP", "SPY", "IGO"}
ORGANISATIONS = {
    *("UNO", "EUU", "NAT", "AFU", "ECW", "ARL", "ASN", "OAS", "GCC", "CST", "SCO", "BRC"),
    *("IAE", "ICC", "ICJ", "IMF", "WBK", "WHO", "OPC"),
}
DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")
FAR = date(9999, 12, 31)


def table() -> list[dict[str, str]]:
    lines = data_path("actors/officials.tsv").read_text(encoding="utf-8").split("\n")
    assert lines[0].split("\t") == COLUMNS
    assert lines[-1] == ""
    return [dict(zip(COLUMNS, line.split("\t"), strict=True)) for line in lines[1:-1]]


ROWS = table()


def first_day(text: str) -> date:
    return date.fromisoformat((text + "-01-01")[:10])


def last_day(text: str) -> date:
    if not text:
        return FAR
    if len(text) == 4:
        return date(int(text), 12, 31)
    if len(text) == 7:
        return (first_day(text) + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return date.fromisoformat(text)


def on(row: dict[str, str], day: str) -> bool:
    return first_day(row["from"]) <= date.fromisoformat(day) <= last_day(row["to"])


def holders(actor: str, office: str, day: str) -> set[str]:
    return {row["name"] for row in ROWS if row["actor"] == actor and row["office"] == office and on(row, day)}


def countries(spelling: str, day: str) -> set[str]:
    """Actors that a name, a family name or another spelling points to on a day."""
    return {
        row["actor"]
        for row in ROWS
        if spelling in {row["name"], row["family"], *row["aliases"].split("|")} and on(row, day)
    }


def test_every_row_is_well_formed() -> None:
    states = {
        line.split("\t")[0]
        for line in data_path("states.tsv").read_text(encoding="utf-8").split("\n")[1:]
        if line and not line.startswith("#")
    }
    for row in ROWS:
        assert row["name"] and row["family"], row
        assert all(value == value.strip() and '"' not in value for value in row.values()), row
        assert row["actor"] in states | ORGANISATIONS, row
        assert row["office"] in OFFICES and row["role"] in ROLES, row
        assert (row["role"] == "IGO") == (row["actor"] in ORGANISATIONS), row
        assert DATE.fullmatch(row["from"]) and (not row["to"] or DATE.fullmatch(row["to"])), row
        assert first_day(row["from"]) <= last_day(row["to"]), row


def test_ministers_of_one_kind_carry_one_role() -> None:
    roles = defaultdict(set)
    for row in ROWS:
        roles[row["office"]].add(row["role"])
    assert roles["head_of_state"] == roles["head_of_government"] == roles["foreign_minister"] == {"GOV"}
    assert roles["defence_minister"] == {"MIL"}


def test_rows_are_sorted_and_none_is_repeated() -> None:
    keys = [(row["actor"], row["office"], row["from"], row["name"]) for row in ROWS]
    assert keys == sorted(keys)
    assert len(keys) == len(set(keys))


def test_aliases_repeat_neither_the_name_nor_one_another() -> None:
    for row in ROWS:
        aliases = row["aliases"].split("|") if row["aliases"] else []
        assert "" not in aliases and row["name"] not in aliases and row["family"] not in aliases, row
        assert len(aliases) == len(set(aliases)), row


def test_one_person_has_one_family_name_and_one_set_of_aliases() -> None:
    seen: dict[tuple[str, str], tuple[str, str]] = {}
    for row in ROWS:
        spelling = (row["family"], row["aliases"])
        assert seen.setdefault((row["name"], row["actor"]), spelling) == spelling, row


def test_the_table_covers_the_world() -> None:
    assert len(ROWS) >= 2200
    un_members = {
        line.split("\t")[0]
        for line in data_path("states.tsv").read_text(encoding="utf-8").split("\n")[1:]
        if "\tun_member\t" in line
    }
    assert not {code for code in un_members if not any(row["actor"] == code for row in ROWS)}
    assert not ORGANISATIONS - {row["actor"] for row in ROWS}


def test_no_two_heads_of_government_serve_together_for_more_than_a_week() -> None:
    terms = defaultdict(list)
    for row in ROWS:
        if row["office"] == "head_of_government":
            # a vague date is read in the way that shortens the term
            end = first_day(row["to"]) if row["to"] else FAR
            terms[row["actor"]].append((last_day(row["from"]), end, row["name"]))
    for actor, spans in terms.items():
        spans.sort()
        for (_, end, one), (start, _, other) in pairwise(spans):
            assert end <= start + timedelta(days=7), (actor, one, other)


@pytest.mark.parametrize(
    ("actor", "office", "day", "name"),
    [
        ("FRA", "foreign_minister", "2019-06-01", "Jean-Yves Le Drian"),
        ("FRA", "head_of_government", "2003-03-20", "Jean-Pierre Raffarin"),
        ("USA", "foreign_minister", "2003-02-05", "Colin Powell"),
        ("USA", "head_of_state", "1991-01-17", "George H. W. Bush"),
        ("USA", "head_of_state", "2003-03-20", "George W. Bush"),
        ("RUS", "head_of_government", "2010-01-01", "Vladimir Putin"),
        ("RUS", "head_of_state", "2010-01-01", "Dmitry Medvedev"),
        ("GBR", "foreign_minister", "2017-03-01", "Boris Johnson"),
        ("CHN", "foreign_minister", "2023-05-01", "Qin Gang"),
        ("NER", "head_of_state", "2023-07-01", "Mohamed Bazoum"),
        ("NER", "head_of_state", "2023-09-01", "Abdourahamane Tchiani"),
        ("DEU", "head_of_government", "2014-03-18", "Angela Merkel"),
        ("IRN", "foreign_minister", "2015-07-14", "Mohammad Javad Zarif"),
        ("ISR", "defence_minister", "2023-10-07", "Yoav Gallant"),
        ("SEN", "head_of_state", "2024-06-01", "Bassirou Diomaye Faye"),
        ("IRQ", "head_of_state", "2003-03-20", "Saddam Hussein"),
    ],
)
def test_the_holder_of_an_office_on_a_day(actor: str, office: str, day: str, name: str) -> None:
    assert holders(actor, office, day) == {name}


@pytest.mark.parametrize(
    ("spelling", "day", "expected"),
    [
        ("Putin", "2022-02-24", {"RUS"}),
        ("Poutine", "2022-02-24", {"RUS"}),
        ("Sergei Lavrov", "2018-01-01", {"RUS"}),
        ("Assimi Goïta", "2022-01-09", {"MLI"}),
        ("Goita", "2022-01-09", {"MLI"}),
        ("Gadhafi", "2009-09-01", {"LBY"}),
        ("Recep Tayyip Erdoğan", "2016-07-15", {"TUR"}),
        ("Lula", "2023-05-01", {"BRA"}),
        ("Netanyahou", "2024-05-01", {"ISR"}),
        ("Lavrov", "1995-01-01", set()),
        # one person, two offices, one after the other
        ("Donald Tusk", "2010-01-01", {"POL"}),
        ("Donald Tusk", "2017-01-01", {"EUU"}),
        ("Ban Ki-moon", "2005-01-01", {"KOR"}),
        ("Ban Ki-moon", "2010-01-01", {"UNO"}),
        ("Kaja Kallas", "2023-01-01", {"EST"}),
        ("Kaja Kallas", "2025-01-01", {"EUU"}),
        # one family name, two countries: the day alone cannot tell
        ("Rasmussen", "2006-01-01", {"DNK"}),
        ("Rasmussen", "2011-01-01", {"DNK", "NAT"}),
    ],
)
def test_a_spelling_of_a_day_points_to_a_country(spelling: str, day: str, expected: set[str]) -> None:
    assert countries(spelling, day) == expected
