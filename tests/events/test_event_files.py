"""Claims about events in files."""

import io
from datetime import date

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from relations.errors import BadInput, BadRecord
from relations.events.files import FORMATS
from relations.events.table import check_frame, events_to_frame, read_events, render_events, write_events
from relations.records import STATUSES, TYPES, Event

TEXT = st.text(st.characters(blacklist_categories=["Cs"]), max_size=20)
EVENTS = st.builds(
    Event,
    id=st.uuids().map(str),
    date=st.dates(date(1800, 1, 1), date(2100, 1, 1)),
    source=st.sampled_from(["FRA", "MLI", "NAM"]),
    target=st.sampled_from(["RUS", "BFA"]),
    type=st.sampled_from(TYPES),
    goldstein=st.floats(-10, 10).map(lambda x: x + 0.0),
    confidence=st.floats(0, 1),
    status=st.sampled_from(STATUSES),
    due=st.none() | st.dates(date(1800, 1, 1), date(2100, 1, 1)),
    sentence=TEXT,
    evidence=TEXT
    | st.sampled_from(["=1+1", "'=1", "-5", "@x", "\tx", "\rx", "'plain", '"q"', "a,b", "NA", "null", ""]),
    title=TEXT,
    start=st.integers(0, 2**40),
)


@pytest.mark.parametrize("format", FORMATS)
@given(events=st.lists(EVENTS, max_size=4, unique_by=lambda event: event.id))
@settings(max_examples=40, deadline=None)
def test_a_file_gives_back_exactly_what_was_written(format, events):
    frame = check_frame(events_to_frame(events)).frame
    written = render_events(frame, format)
    data = written if isinstance(written, bytes) else written.encode("utf-8")
    pd.testing.assert_frame_equal(read_events(io.BytesIO(data), format), frame)


@pytest.mark.parametrize("ending", FORMATS)
def test_the_ending_of_a_path_picks_the_format_and_the_bytes_are_stable(ending, tmp_path):
    frame = check_frame(events_to_frame([Event("1", date(2025, 9, 19), "FRA", "MLI", type="AID")])).frame
    paths = [tmp_path / f"{n}.{ending}" for n in (1, 2)]
    for path in paths:
        write_events(frame, path)
    assert paths[0].read_bytes() == paths[1].read_bytes()
    pd.testing.assert_frame_equal(read_events(paths[0]), frame)


def test_a_spreadsheet_finds_no_formula_and_numbers_stay_numbers():
    frame = check_frame(
        events_to_frame([Event("1", date(2025, 9, 19), "FRA", "MLI", type="SANCTION", title="=cmd()")])
    ).frame
    line = render_events(frame, "csv").split("\n")[1]
    assert "'=cmd()" in line
    assert ",0.0," in line


def test_lines_end_in_a_line_feed_alone():
    frame = check_frame(events_to_frame([Event("1", date(2025, 9, 19), "FRA", "MLI", type="AID")])).frame
    assert "\r" not in render_events(frame, "csv") + render_events(frame, "jsonl")


def test_broken_characters_are_written_as_replacement_marks():
    frame = check_frame(
        events_to_frame([Event("1", date(2025, 9, 19), "FRA", "MLI", type="AID", title="a\ud800b")])
    ).frame
    for format in ("csv", "json", "jsonl"):
        assert "a�b" in render_events(frame, format)
        render_events(frame, format).encode("utf-8")


def test_a_line_of_jsonl_may_hold_a_line_separator():
    text = '{"date":"2025-01-01","source":"FRA","target":"MLI","type":"AID","sentence":"a\u2028b"}\n'
    assert read_events(io.BytesIO(text.encode()), "jsonl")["sentence"].tolist() == ["a\u2028b"]


def test_a_bad_line_is_named_and_the_rest_is_read():
    notes = []
    text = b'{"date":"2025-01-01","source":"FRA","target":"MLI","type":"AID"}\n{broken\n[1]\n'
    frame = read_events(io.BytesIO(text), "jsonl", note=notes.append)
    assert len(frame) == 1
    assert [note.split(" ")[0] for note in notes] == ["-:2:", "-:3:"]
    with pytest.raises(BadInput, match="-:2"):
        read_events(io.BytesIO(text), "jsonl", strict=True)


def test_namibia_is_a_country_and_not_a_missing_value():
    text = b"date,source,target,type,mode\n2025-01-01,NAM,FRA,AID,NA\n"
    assert read_events(io.BytesIO(text), "csv").loc[0, ["source", "mode"]].tolist() == ["NAM", "NA"]


def test_leading_zeros_of_codes_survive_a_csv():
    text = b"date,source,target,cameo\n2025-01-01,FRA,MLI,040\n"
    assert read_events(io.BytesIO(text), "csv")["cameo"].tolist() == ["040"]


def test_tabs_and_a_byte_order_mark_are_recognised():
    text = b"\xef\xbb\xbfdate\tsource\ttarget\ttype\r\n2025-01-01\tFRA\tMLI\tAID\r\n"
    assert read_events(io.BytesIO(text))["type"].tolist() == ["AID"]


@pytest.mark.parametrize("data", [b"", b"   \n", b"PAR1 but not", b"[1, 2", b"a,b\n1,2\n"])
def test_a_file_that_holds_no_events_is_named_in_the_message(data, tmp_path):
    path = tmp_path / "bad"
    path.write_bytes(data)
    with pytest.raises(BadInput, match="bad: "):
        read_events(path)


def test_a_missing_file_and_an_unknown_format_are_refused(tmp_path):
    with pytest.raises(BadInput, match="cannot be read"):
        read_events(tmp_path / "none.csv")
    with pytest.raises(BadRecord, match="No format 'xlsx'"):
        render_events(check_frame(events_to_frame([])).frame, "xlsx")
