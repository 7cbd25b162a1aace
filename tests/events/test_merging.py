"""Claims about one event and its many reports."""

from dataclasses import replace
from datetime import date

import pytest

from relations.events.merging import merge_reports
from relations.events.table import check_frame, events_to_frame
from relations.records import Event

TOLD = "France suspended its military cooperation contracts with Mali and recalled the advisers"
RETOLD = "Paris has suspended military cooperation with Bamako and will bring home its advisers"
OTHER = "France froze the bank accounts of ministers and generals in Mali"


def report(id, document, sentence=TOLD, day=19, **more):
    fields = {"type": "SANCTION", "sentence": sentence, "document": document, "confidence": 0.8} | more
    return Event(id, date(2025, 9, day), "FRA", "MLI", **fields)


def merged(*reports):
    return merge_reports(check_frame(events_to_frame(reports)).frame)


def test_one_act_told_in_other_words_is_one_event():
    assert merged(report("a", "one"), report("b", "two", RETOLD)).event_of.tolist() == [0, 0]


def test_two_different_acts_of_one_kind_stay_two():
    assert len(merged(report("a", "one"), report("b", "two", OTHER)).frame) == 2


def test_two_sanctions_in_one_document_stay_two():
    assert len(merged(report("a", "one"), report("b", "one", RETOLD)).frame) == 2


def test_each_report_of_a_copied_article_joins_its_own_event():
    found = merged(
        report("a", "one"), report("b", "one", OTHER), report("c", "two", OTHER), report("d", "two")
    )  # fmt: skip
    assert found.event_of.tolist() == [0, 1, 1, 0]


def test_a_month_of_daily_strikes_stays_a_month():
    days = [report(str(day), f"doc{day}", day=day) for day in range(1, 31)]
    assert len(merged(*days).frame) == 15


@pytest.mark.parametrize(
    "change",
    [{"type": "AID"}, {"mode": "expel"}, {"status": "denied"}, {"source": "BFA"}, {"date": date(2025, 9, 21)}],
)
def test_another_act_day_or_actor_is_another_event(change):
    assert len(merged(report("a", "one"), replace(report("b", "two"), **change)).frame) == 2


def test_background_told_later_joins_the_news_of_its_day():
    assert len(merged(report("a", "one"), report("b", "two", status="historic")).frame) == 1


def test_an_event_keeps_the_id_and_day_of_its_first_report_and_the_words_of_the_surest():
    [row] = merged(
        report("later", "two", RETOLD, day=20, confidence=0.9, mode=""), report("first", "one", confidence=0.6)
    ).frame.to_dict("records")
    assert (row["id"], row["date"].day, row["sentence"]) == ("first", 19, RETOLD)


def test_independent_outlets_make_an_event_surer_but_never_certain():
    [row] = merged(report("a", "1", publisher="x"), report("b", "2", RETOLD, publisher="y")).frame.to_dict("records")
    assert row["confidence"] == pytest.approx(1 - 0.2 * 0.2)
    assert row["outlets"] == 2
    many = [report(str(n), str(n), f"{TOLD} {n}", publisher=str(n)) for n in range(9)]
    assert merged(*many).frame["confidence"].tolist() == [0.99]


def test_copies_of_one_text_and_one_outlet_s_repeats_add_nothing():
    copies = [report("a", "1", publisher="x"), report("b", "2", publisher="y")]
    repeats = [report("a", "1", publisher="x"), report("b", "2", RETOLD, publisher="x")]
    for reports in (copies, repeats):
        row = merged(*reports).frame.iloc[0]
        assert (row["confidence"], row["outlets"]) == (0.8, 1)


def test_certain_reports_stay_certain():
    reports = [report("a", "1", publisher="x", confidence=1.0), report("b", "2", RETOLD, publisher="y", confidence=1.0)]
    assert merged(*reports).frame["confidence"].tolist() == [1.0]


def test_rows_without_words_are_left_as_they_are():
    assert len(merged(report("a", "1", ""), report("b", "2", "")).frame) == 2


def test_the_order_of_reports_does_not_matter():
    reports = [report("a", "1"), report("b", "2", RETOLD, day=20), report("c", "3", OTHER), report("d", "4", day=21)]
    ways = [merged(*reports), merged(*reports[::-1])]
    rows = [set(map(tuple, way.frame[["id", "date", "confidence"]].values.tolist())) for way in ways]
    assert rows[0] == rows[1]
