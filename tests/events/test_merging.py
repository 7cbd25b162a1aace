"""Claims about one event and its many reports."""

import csv
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

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


def cases():
    path = Path(__file__).parent.parent / "cases" / "merging.tsv"
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader((line for line in file if not line.startswith("#")), delimiter="\t")


@pytest.mark.parametrize("case", list(cases()), ids=lambda case: f"{case['same']}: {case['why']}")
def test_two_reports_are_one_event_when_a_reader_would_say_so(case):
    first = report("a", "one", case["first"], day=5, publisher="x")
    second = report("b", "two", case["second"], publisher="y", date_precision=case["precision"])
    second = replace(second, date=first.date + timedelta(days=int(case["days"])))
    assert len(merged(first, second).frame) == {"yes": 1, "no": 2}[case["same"]]


def test_a_wire_with_and_without_its_dateline_is_one_outlet_and_another_figure_is_news():
    wire, copy = f"BAMAKO, 19 September (AFP) - {TOLD}", f"BAMAKO, 19 September - {TOLD}"
    [row] = merged(report("a", "1", wire, publisher="x"), report("b", "2", copy, publisher="y")).frame.to_dict(
        "records"
    )
    assert (row["outlets"], row["confidence"]) == (1, 0.8)
    counted = [report(str(n), str(n), f"{TOLD}, {n} of them", publisher=str(n)) for n in (40, 50)]
    assert merged(*counted).frame["outlets"].tolist() == [2]


def test_an_event_known_by_month_takes_the_day_of_the_report_that_knows_it():
    vague = report("vague", "two", TOLD, day=15, confidence=0.9, date_precision="month")
    [row] = merged(vague, report("exact", "one", day=28)).frame.to_dict("records")
    assert (row["id"], row["date"].day) == ("exact", 28)


def test_two_vague_reports_of_one_month_join_and_a_year_is_wider_than_a_month():
    month = [report(id, id, TOLD, day=15, date_precision="month") for id in "ab"]
    assert len(merged(*month).frame) == 1
    year = replace(month[0], date=date(2025, 7, 1), date_precision="year")
    assert len(merged(year, report("c", "c", day=28)).frame) == 1
    assert len(merged(replace(year, date=date(2024, 7, 1)), report("c", "c", day=28)).frame) == 2


def test_two_vague_reports_in_one_document_stay_two():
    vague = [report(id, "one", TOLD, day=15, date_precision="month") for id in "ab"]
    assert len(merged(*vague).frame) == 2
