"""Does anything a user gives become scores, in one call?"""

from __future__ import annotations

import io
import sys
from datetime import date, datetime
from pathlib import Path

import pandas as pd
import pytest

import relations
from relations import Document, Event, RelationsError, Settings
from relations.errors import BadDate, BadInput
from relations.pipeline import Options, Reading, as_day, as_days, gather, period_ends, read_inputs

EXPULSION = "Mali expelled the French ambassador on Monday.\nFrance condemned Mali's decision."
A_DAY = date(2022, 1, 31)


@pytest.fixture
def events() -> list[Event]:
    return [
        Event("a", date(2025, 9, 19), "FRA", "MLI", type="SANCTION", quad=4, goldstein=-5.6),
        Event("b", date(2025, 6, 23), "MLI", "RUS", type="CONSULT", quad=1, goldstein=2.8),
    ]


@pytest.fixture
def notes() -> list[str]:
    return []


@pytest.fixture
def options(notes: list[str]) -> Options:
    return Options(undated=A_DAY, coder="rules", note=notes.append)


def pairs(scores: relations.Scores) -> list[tuple[str, str]]:
    return [(s.source, s.target) for s in scores]


def test_a_text_is_scored_in_one_call():
    scores = relations.score(EXPULSION, date=A_DAY)
    assert pairs(scores) == [("FRA", "MLI")]
    score = scores["FRA", "MLI"]
    assert score.at == A_DAY
    assert score.low < score.score < 0
    assert scores.directed["MLI", "FRA"].score < 0


def test_a_text_of_one_line_is_a_text_however_long():
    assert pairs(relations.score("Mali expelled the French ambassador on Monday. " * 20, date=A_DAY)) == [
        ("FRA", "MLI")
    ]


def test_a_text_says_its_own_date():
    assert relations.score(f"---\ndate: 2022-01-31\n---\n{EXPULSION}").at == (A_DAY,)


@pytest.mark.parametrize("kind", [str, Path])
def test_a_file_is_scored_by_its_name(kind, tmp_path):
    path = tmp_path / "2022-01-31 mali.txt"
    path.write_text(EXPULSION, encoding="utf-8")
    assert pairs(relations.score(kind(path))) == [("FRA", "MLI")]
    assert pairs(relations.score([kind(path)])) == [("FRA", "MLI")]
    assert pairs(relations.score(str(tmp_path / "* mali.txt"))) == [("FRA", "MLI")]
    assert pairs(relations.score(kind(tmp_path))) == [("FRA", "MLI")]


@pytest.mark.parametrize("name", ["missing.txt", "seeds/missing/", ""])
def test_a_name_without_a_file_is_refused_and_not_taken_for_a_text(name):
    with pytest.raises(BadInput, match="no such file"):
        relations.score(name)


def test_documents_are_scored_on_the_day_of_the_newest():
    documents = [Document("a", EXPULSION, A_DAY), Document("b", "The weather was fine in Oslo.", date(2023, 5, 1))]
    scores = relations.score(documents)
    assert scores.at == (date(2023, 5, 1),)
    assert scores.documents == 2
    assert pairs(relations.score(documents[0])) == [("FRA", "MLI")]


def test_a_document_without_a_date_takes_the_one_given():
    assert relations.score([Document("a", EXPULSION)], date="2022-01-31").at == (A_DAY,)
    with pytest.raises(BadDate, match="--date"):
        relations.score([Document("a", EXPULSION)])


def test_events_are_scored_as_a_list_or_a_table(events):
    one = relations.score(events, at="2025-09-22")
    other = relations.score(pd.DataFrame([(e.date, e.source, e.target, e.type) for e in events],
                                         columns=["date", "source", "target", "type"]), at="2025-09-22")  # fmt: skip
    assert pairs(one) == pairs(other) == [("FRA", "MLI"), ("MLI", "RUS")]
    assert one["FRA", "MLI"].score == other["FRA", "MLI"].score < 0 < one["MLI", "RUS"].score


def test_events_are_scored_from_a_generator(events):
    assert pairs(relations.score(event for event in events)) == [("FRA", "MLI"), ("MLI", "RUS")]


def test_the_table_a_user_gives_is_left_as_it_is(events):
    frame = pd.DataFrame({"date": ["2025-09-19"], "source": ["FRA"], "target": ["MLI"], "type": ["SANCTION"]})
    before = frame.copy(deep=True)
    relations.score(frame)
    pd.testing.assert_frame_equal(frame, before)


def test_a_mixture_is_refused_with_what_is_wanted(events):
    with pytest.raises(BadInput, match="want only paths, only Documents or only Events"):
        relations.score([events[0], Document("a", EXPULSION, A_DAY)])


def test_several_days_are_scored_oldest_first_and_each_once(events):
    scores = relations.score(events, at=["2025-09-22", date(2025, 7, 1), "2025-09-22"])
    assert scores.at == (date(2025, 7, 1), date(2025, 9, 22))
    assert next((s.at, s.source, s.target) for s in scores) == (date(2025, 7, 1), "MLI", "RUS")


def test_days_may_come_with_hours_as_pandas_has_them(events):
    assert as_day(datetime(2025, 9, 22, 10)) == date(2025, 9, 22)
    assert type(as_day(pd.Timestamp("2025-09-22"))) is date
    assert relations.score(events, at=pd.Timestamp("2025-09-22")).at == (date(2025, 9, 22),)


@pytest.mark.parametrize("at", ["2026-13-40", "soon", ["2025-09-22", "2025-02-30"]])
def test_a_day_that_is_none_is_refused(at, events):
    with pytest.raises(BadDate, match="No date"):
        relations.score(events, at=at)


@pytest.mark.parametrize("nothing", [[], pd.DataFrame(), "The weather was fine.\nIt rained later."])
def test_without_events_scores_are_empty_and_still_answer(nothing):
    scores = relations.score(nothing, date="2025-09-22")
    assert len(scores) == 0
    assert not scores
    assert list(scores) == []
    assert list(scores.directed) == []
    assert len(scores.to_frame()) == 0
    assert list(scores.to_frame().columns)[:3] == ["at", "source", "target"]
    with pytest.raises(RelationsError):
        scores["FRA", "MLI"]


@pytest.mark.parametrize("text", ["\n", "  \n ", "...\n..."])
def test_an_empty_text_is_a_failure_and_not_an_answer(text):
    with pytest.raises(BadInput, match="the text is empty"):
        relations.score(text, date="2025-09-22")


def test_settings_are_used_and_kept(events):
    wide = relations.score(events, at="2025-09-22", settings=Settings(k=50.0))
    assert wide.settings.k == 50.0
    assert abs(wide["FRA", "MLI"].score) < abs(relations.score(events, at="2025-09-22")["FRA", "MLI"].score)


def test_the_same_input_gives_the_same_scores(one_article):
    assert list(relations.score(one_article)) == list(relations.score(one_article))


def test_the_same_file_twice_counts_once(one_article):
    once, twice = (relations.score([one_article] * times) for times in (1, 2))
    assert [s.score for s in once] == [s.score for s in twice]


def test_one_article_in_our_own_words_is_scored_as_a_reader_would(one_article):
    scores = relations.score(one_article, at=["2023-12-31", "2025-09-22"])
    found = {(s.source, s.target): s for s in scores if s.at == date(2025, 9, 22)}
    assert {("FRA", "MLI"), ("MLI", "RUS"), ("BFA", "FRA"), ("BFA", "MAR")} <= set(found)  # Morocco mediated
    assert len(found) <= 5  # whom Burkina Faso freed goes unsaid, and may be taken for a Malian
    assert -7 <= found["FRA", "MLI"].score <= -2.5
    assert 1 <= found["MLI", "RUS"].score <= 7
    assert -4 <= found["BFA", "FRA"].score <= -0.3
    fresh, old = found["FRA", "MLI"], found["BFA", "FRA"]
    assert old.weight < fresh.weight
    assert old.high - old.low > fresh.high - fresh.low
    earlier = {(s.source, s.target): s.score for s in scores if s.at == date(2023, 12, 31)}
    assert -4 <= earlier["BFA", "FRA"] <= -0.5


def test_code_lists_the_events_of_a_text_with_their_words():
    events = relations.code(EXPULSION, date=A_DAY)
    assert ("MLI", "FRA", "SANCTION") in [(e.source, e.target, e.type) for e in events]
    assert all(EXPULSION[e.start : e.end] == e.evidence for e in events)
    assert all(e.date <= A_DAY and e.published == A_DAY for e in events)


def test_code_needs_a_date():
    with pytest.raises(BadDate, match="Pass date='YYYY-MM-DD'"):
        relations.code(EXPULSION)
    assert relations.code(f"---\ndate: 2022-01-31\n---\n{EXPULSION}")


def test_code_reads_a_title_too():
    [event] = relations.code("The weather was fine.", date=A_DAY, title="Mali expels French ambassador")
    assert (event.source, event.target, event.type, event.start, event.end) == ("MLI", "FRA", "SANCTION", 0, 0)


def test_code_many_keeps_the_order_whatever_the_number_of_processes():
    documents = [Document(str(n), EXPULSION, A_DAY) for n in range(3)]
    one, two = (list(relations.code_many(documents, workers=workers)) for workers in (1, 2))
    assert one == two
    assert list(dict.fromkeys(event.document for event in one)) == ["0", "1", "2"]


def test_code_many_refuses_a_coder_that_is_none():
    with pytest.raises(RelationsError, match="No coder 'oracle'"):
        list(relations.code_many([], coder="oracle"))


def test_read_gives_dated_documents(tmp_path):
    (tmp_path / "2022-01-31_mali.txt").write_text(EXPULSION, encoding="utf-8")
    (tmp_path / "b.txt").write_text(EXPULSION, encoding="utf-8")
    documents = relations.read(tmp_path, date="2023-01-01")
    assert [(d.id, d.date) for d in documents] == [
        ("2022-01-31_mali.txt", date(2023, 1, 1)),
        ("b.txt", date(2023, 1, 1)),
    ]


def test_an_input_that_cannot_be_read_is_noted_and_the_others_go_on(tmp_path, options, notes):
    (tmp_path / "good.txt").write_text(EXPULSION, encoding="utf-8")
    (tmp_path / "empty.txt").write_text("", encoding="utf-8")
    (tmp_path / "binary.txt").write_bytes(b"\x89PNG" + b"\0" * 50)
    reading = read_inputs([tmp_path / "missing.txt", tmp_path], options)
    assert [d.id for d in reading.documents] == ["good.txt"]
    assert [part in note for part, note in zip(("missing.txt", "binary.txt", "empty.txt"), notes, strict=True)] == [
        True
    ] * 3


def test_strict_stops_at_the_first_input_that_cannot_be_read(tmp_path, notes):
    (tmp_path / "good.txt").write_text(EXPULSION, encoding="utf-8")
    strict = Options(undated=A_DAY, strict=True, note=notes.append)
    with pytest.raises(BadInput, match=r"missing\.txt"):
        read_inputs([tmp_path / "good.txt", tmp_path / "missing.txt"], strict)
    (tmp_path / "rows.jsonl").write_text('{"text": "Mali left."}\n{', encoding="utf-8")
    with pytest.raises(BadInput, match=r"rows\.jsonl:2"):
        read_inputs([tmp_path / "rows.jsonl"], strict)


def test_if_no_input_can_be_read_the_first_failure_is_told(tmp_path, options):
    for name in ("empty.txt", "other.txt"):
        (tmp_path / name).write_text("", encoding="utf-8")
    with pytest.raises(BadInput, match=r"empty\.txt: the file is empty"):
        read_inputs([tmp_path / "empty.txt", tmp_path / "other.txt"], options)


def test_texts_and_events_go_into_one_score(tmp_path):
    (tmp_path / "2022-01-31_mali.txt").write_text(EXPULSION, encoding="utf-8")
    (tmp_path / "events.csv").write_text("date,source,target,type\n2022-01-10,MLI,RUS,CONSULT\n", encoding="utf-8")
    assert pairs(relations.score(tmp_path)) == [("FRA", "MLI"), ("MLI", "RUS")]


def test_bad_rows_of_event_files_are_noted(tmp_path, options, notes):
    path = tmp_path / "events.csv"
    path.write_text("date,source,target,type\n2022-01-10,MLI,RUS,CONSULT\nsoon,MLI,RUS,CONSULT\n", encoding="utf-8")
    [frame] = read_inputs([path], options).frames
    assert len(frame) == 1
    assert any("events.csv" in note for note in notes)


def test_events_are_read_from_standard_input(options, monkeypatch):
    data = b"date,source,target,type\n2022-01-10,MLI,RUS,CONSULT\n"
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
    [frame] = gather("-", options).frames
    assert frame[["source", "target"]].values.tolist() == [["MLI", "RUS"]]


def test_gathering_nothing_is_an_empty_reading(options):
    assert gather([], options) == Reading()


def test_periods_end_on_their_last_day_and_the_last_one_where_the_news_ends():
    quarters = period_ends(date(2023, 2, 1), date(2023, 8, 15), "quarter")
    assert quarters == [date(2023, 3, 31), date(2023, 6, 30), date(2023, 8, 15)]
    assert period_ends(date(2021, 5, 1), date(2022, 12, 31), "year") == [date(2021, 12, 31), date(2022, 12, 31)]
    assert period_ends(pd.Timestamp("2023-02-01"), pd.Timestamp("2023-02-28"), "month") == [date(2023, 2, 28)]


def test_more_periods_than_a_page_can_show_need_a_first_day():
    with pytest.raises(RelationsError, match="--from-date"):
        period_ends(date(1990, 1, 1), date(2025, 1, 1), "month")


def test_days_of_snapshots_are_sorted_once_each_and_none_stays_none():
    assert as_days(["2025-01-02", date(2025, 1, 1), "2025-01-02"]) == [date(2025, 1, 1), date(2025, 1, 2)]
    assert as_days(None) is None
    assert as_days([]) is None
