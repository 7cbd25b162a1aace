"""Claims about the one table through which everything passes."""

from dataclasses import fields
from datetime import date, datetime

import numpy as np
import pandas as pd
import pytest

from relations.errors import BadInput
from relations.events.table import COLUMNS, check_frame, empty_frame, events_to_frame, frame_to_events
from relations.records import Event


def rows(**columns):
    return pd.DataFrame(
        {"date": "2025-09-19", "source": "FRA", "target": "MLI", "type": "SANCTION"} | columns, index=[0]
    )


def test_the_columns_are_the_fields_of_an_event():
    assert set(COLUMNS) == {field.name for field in fields(Event)}


def test_events_come_back_from_a_table_as_they_went_in():
    events = [
        Event("a", date(2025, 9, 19), "FRA", "MLI", type="SANCTION", quad=4, goldstein=-6.0, due=date(2025, 9, 21)),
        Event("b", date(1815, 6, 18), "GBR", "FRA", date_precision="year", type="ASSAULT", sentence="Waterloo; é\n中"),
    ]
    assert frame_to_events(events_to_frame(events)) == events


def test_a_checked_table_passes_unchanged_and_the_input_is_left_alone():
    given = rows()
    before = given.copy()
    once = check_frame(given).frame
    pd.testing.assert_frame_equal(check_frame(once).frame, once)
    pd.testing.assert_frame_equal(given, before)


def test_no_events_are_a_table_too():
    assert list(check_frame(empty_frame()).frame.columns) == list(COLUMNS)
    assert check_frame(empty_frame()).notes == ()


def test_what_is_not_said_follows_from_the_codes():
    frame = check_frame(rows(type="", cameo="163")).frame
    assert frame.loc[0, ["type", "quad", "goldstein", "status", "confidence"]].tolist() == [
        "SANCTION", 4, -8.0, "happened", 1.0,
    ]  # fmt: skip


def test_a_bare_goldstein_value_is_enough():
    frame = check_frame(
        pd.DataFrame({"date": ["2025-01-01"], "source": "FRA", "target": "MLI", "goldstein": [-3.5]})
    ).frame
    assert frame.loc[0, ["type", "quad", "goldstein"]].tolist() == ["", 0, -3.5]


@pytest.mark.parametrize("column", ["date", "source", "target"])
def test_a_missing_needed_column_is_named(column):
    with pytest.raises(BadInput, match=f"{column} not found"):
        check_frame(rows().drop(columns=column))


def test_a_table_that_says_nothing_of_the_acts_is_refused():
    with pytest.raises(BadInput, match=r"type \(PLOVER\), cameo or goldstein"):
        check_frame(rows().drop(columns="type"))


@pytest.mark.parametrize(
    ("column", "value", "said"),
    [
        ("date", "soon", "no date: row 2 ('soon')"),
        ("date", None, "no date"),
        ("source", "", "no source"),
        ("source", "France!", "no source: row 2 ('France!')"),
        ("type", "SMILE", "no such PLOVER type: row 2 ('SMILE')"),
        ("status", "maybe", "no such status"),
        ("date_precision", "century", "no such date_precision"),
        ("confidence", 1.5, "no confidence from 0 to 1"),
        ("confidence", float("inf"), "no confidence from 0 to 1"),
    ],
)
def test_a_bad_row_is_named_and_the_rest_goes_on(column, value, said):
    frame = pd.concat([rows(), rows(**{column: value})], ignore_index=True)
    checked = check_frame(frame)
    assert len(checked.frame) == 1
    assert any(said in note for note in checked.notes)
    with pytest.raises(BadInput, match="row 2"):
        check_frame(frame, strict=True)


@pytest.mark.parametrize("value", [float("nan"), float("inf"), -float("inf"), 1e308, "-", "--", "10,5", "nan"])
def test_a_goldstein_value_that_is_none_is_replaced_by_that_of_the_code_or_dropped(value):
    with_code = check_frame(rows(type="", cameo="112", goldstein=value)).frame
    alone = check_frame(rows(goldstein=value).drop(columns="type"))
    assert with_code["goldstein"].tolist() == [-2.0]
    assert len(alone.frame) == 0
    assert "1 row left out" in alone.notes[0]


@pytest.mark.parametrize(("text", "value"), [("-3,4", -3.4), ("−2", -2.0), ("+1.9", 1.9), (" 4 ", 4.0)])
def test_decimal_commas_and_true_minus_signs_are_read(text, value):
    assert check_frame(rows(goldstein=text)).frame["goldstein"].tolist() == [value]


def test_a_state_that_acts_upon_itself_is_counted_and_left_out():
    frame = pd.concat([rows(), rows(target="fra")], ignore_index=True)
    checked = check_frame(frame)
    assert len(checked.frame) == 1
    assert checked.notes == ("1 row left out, source and target are the same.",)


@pytest.mark.parametrize(
    "given",
    [
        "1914-08-03", "19140803", "1914-08-03T10:00:00Z", 19140803, date(1914, 8, 3), datetime(1914, 8, 3, 23),
        np.datetime64("1914-08-03"), pd.Timestamp("1914-08-03 09:00", tz="Europe/Paris"),
    ],
)  # fmt: skip
def test_dates_are_read_in_any_form_also_before_1970(given):
    frame = pd.DataFrame({"date": [given], "source": "DEU", "target": "FRA", "type": "ASSAULT"})
    assert frame_to_events(check_frame(frame).frame)[0].date == date(1914, 8, 3)


def test_the_same_row_twice_is_one_event_and_other_words_are_another():
    frame = pd.concat([rows(), rows(), rows(sentence="Paris stopped the aid.")], ignore_index=True)
    checked = check_frame(frame)
    assert len(checked.frame) == 2
    assert "1 row left out, the same as an earlier row." in checked.notes


def test_two_events_under_one_id_get_an_id_each():
    frame = check_frame(pd.concat([rows(id="7"), rows(id="7", type="AID")], ignore_index=True)).frame
    assert frame["id"].is_unique
    assert frame["type"].tolist() == ["SANCTION", "AID"]


def test_ids_depend_on_the_content_only():
    alone = check_frame(rows()).frame["id"][0]
    among = check_frame(pd.concat([rows(target="BFA"), rows(title="news", extra=1)], ignore_index=True)).frame["id"][1]
    assert alone == among == "".join(c for c in alone if c in "0123456789abcdef")
    assert len(alone) == 16


def test_a_new_confidence_revises_an_event_and_does_not_make_another():
    assert check_frame(rows(confidence=0.4)).frame["id"][0] == check_frame(rows(confidence=0.9)).frame["id"][0]


def test_cameo_codes_that_became_numbers_are_understood():
    frame = pd.DataFrame({"date": "2025-01-01", "source": "FRA", "target": "MLI", "cameo": [42, 190, 57.0]})
    assert check_frame(frame).frame["cameo"].tolist() == ["042", "190", "057"]


def test_roles_statuses_and_codes_may_be_in_any_case():
    frame = check_frame(rows(source="fra", type="sanction", status="Denied", source_role="gov")).frame
    assert frame.loc[0, ["source", "type", "status", "source_role"]].tolist() == ["FRA", "SANCTION", "denied", "GOV"]


def test_organisations_keep_their_codes():
    assert check_frame(rows(source="NATO")).frame["source"].tolist() == ["NATO"]
