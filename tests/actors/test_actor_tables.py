"""Are the tables of actors what their heads promise?"""

from __future__ import annotations

import pytest

from relations.actors.entries import first_day, last_day
from relations.countries import all_countries
from relations.resources import data_path, read_table

ROLES = {"", "GOV", "MIL", "DIP", "SPY", "JUD", "LEG", "COP", "OPP", "REB", "CVL", "MED", "BUS"}
CODES = {known.code for known in all_countries()}
KINDS = {"name", "demonym", "people", "capital", "seat", "body", "official"}


def test_every_name_has_a_known_state_kind_and_role() -> None:
    rows = read_table("actors/names.en.tsv")
    assert {row["actor"] for row in rows} <= CODES
    assert {row["kind"] for row in rows} == KINDS
    assert {row["role"] for row in rows} <= ROLES


def test_no_organisation_has_the_code_of_a_state_or_a_region_of_cameo() -> None:
    regions = {"AFR", "ASA", "CAS", "CAU", "CEU", "CFR", "CRB", "EEU", "EUR", "LAM", "MEA", "SAF", "SAS", "SEA", "WST"}
    codes = {row["code"] for row in read_table("actors/organisations.en.tsv")}
    assert not codes & (CODES | regions)
    assert all(len(code) == 3 and code.isupper() for code in codes)


def test_no_alias_is_both_a_state_and_an_organisation_at_one_time() -> None:
    names = {(row["alias"], row["from"]) for row in read_table("actors/names.en.tsv")}
    organisations = {(row["alias"], row["from"]) for row in read_table("actors/organisations.en.tsv")}
    assert not names & organisations


@pytest.mark.parametrize("name", ["names.en", "organisations.en"])
def test_dates_can_be_read_and_run_forwards(name: str) -> None:
    for row in read_table(f"actors/{name}.tsv"):
        since, until = first_day(row["from"]), last_day(row["to"])
        assert since is None or until is None or since < until, row


@pytest.mark.parametrize("name", ["names.en", "organisations.en", "agents.en", "references.en"])
def test_tables_are_sorted_so_that_a_change_can_be_reviewed(name: str) -> None:
    lines = [line for line in data_path(f"actors/{name}.tsv").read_text(encoding="utf-8").split("\n") if line]
    records = [line for line in lines if line[0] != "#"][1:]
    assert [line.split("\t") for line in records] == sorted(line.split("\t") for line in records)
    assert len(set(records)) == len(records)


def test_agent_nouns_are_many_and_have_roles() -> None:
    rows = read_table("actors/agents.en.tsv")
    assert sum(row["kind"] != "modifier" for row in rows) >= 150
    assert {row["role"] for row in rows if row["kind"] != "modifier"} == ROLES - {""}


def test_every_verdict_of_a_homonym_is_known() -> None:
    codes = CODES | {row["code"] for row in read_table("actors/organisations.en.tsv")}
    verdicts = {row["verdict"] for row in read_table("actors/homonyms.en.tsv")}
    assert verdicts <= codes | {"not", "yes", "class"}


def test_references_name_known_states() -> None:
    for row in read_table("actors/references.en.tsv"):
        assert set(filter(None, row["codes"].split("|"))) <= CODES
