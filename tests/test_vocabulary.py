"""Claims about the tables of types and codes."""

import pytest

from relations.errors import BadRecord
from relations.records import TYPES
from relations.resources import read_table
from relations.vocabulary import (
    find_cameo,
    goldstein,
    modes_of,
    phrase_of,
    plover_of,
    plover_score,
    quad_of,
    typical_goldstein,
)


def test_every_type_has_a_quad_a_score_and_a_phrase():
    for type in TYPES:
        assert quad_of(type) in (1, 2, 3, 4)
        assert -10 <= plover_score(type) <= 10
        assert phrase_of(type)


def test_conflict_never_scores_above_zero_and_cooperation_never_below():
    for type in TYPES:
        scores = [plover_score(type, mode) for mode in ("", *modes_of(type))]
        assert all(score > 0 for score in scores) if quad_of(type) <= 2 else all(score <= 0.5 for score in scores)


def test_accusing_is_unfriendly_although_the_manual_prints_it_without_its_minus():
    assert plover_score("ACCUSE") == -3


def test_sanctions_are_sanctions_although_the_published_list_calls_them_coercion():
    assert plover_of("163") == "SANCTION"


def test_published_corners_of_the_goldstein_scale_are_kept():
    known = {"016": -5.0, "0874": 10.0, "190": -10.0, "057": 8.0, "1712": -9.2, "130": -4.4, "042": 1.9}
    assert {code: goldstein(code) for code in known} == known


def test_statements_and_appeals_have_no_plover_type():
    assert {plover_of(row["code"]) for row in read_table("cameo.tsv") if row["code"][:2] in ("01", "02")} == {""}


def test_exceptions_of_the_plover_list_hold():
    assert [plover_of(code) for code in ("0811", "0813", "085", "191", "1712", "175", "196", "204")] == [
        "CONCEDE", "RETREAT", "RETREAT", "COERCE", "ASSAULT", "ASSAULT", "ASSAULT", "ASSAULT",
    ]  # fmt: skip


def test_an_unknown_code_counts_as_its_parent():
    assert goldstein("1999") == goldstein("19")
    assert find_cameo("13y") == "13"


def test_a_lost_leading_zero_is_found_where_nothing_else_can_be_meant():
    assert find_cameo("42") == "042"
    assert find_cameo("11") == "11"


def test_an_unknown_root_is_refused():
    with pytest.raises(BadRecord, match="No CAMEO code '99'"):
        goldstein("99")
    with pytest.raises(BadRecord, match="No PLOVER type"):
        quad_of("YIELD")


def test_a_type_without_a_code_has_the_mean_of_its_codes():
    assert typical_goldstein("ACCUSE") == -2.0
    assert all(typical_goldstein(type) * (2.5 - quad_of(type)) > 0 for type in TYPES)


def test_the_tables_are_sorted_and_name_each_code_once():
    codes = [row["code"] for row in read_table("cameo.tsv")]
    kinds = [(row["type"], row["mode"]) for row in read_table("plover.tsv")]
    assert codes == sorted(set(codes))
    assert kinds == sorted(set(kinds))
