"""When was a document published?"""

from __future__ import annotations

import warnings
from datetime import date

import pytest

from relations.documents.dates import date_in_name, parse_date

A_DAY = date(2025, 9, 22)


@pytest.mark.parametrize(
    "text",
    [
        "2025-09-22",
        "  2025-09-22 ",
        "2025-09-22T10:00Z",
        "2025-09-22 23:59:59-05:00",
        "20250922",
        "2025/09/22",
        "22.09.2025",
        "22 September 2025",
        "22 Sep 2025",
        "22nd September 2025",
        "September 22, 2025",
        "Mon, 22 Sep 2025 10:00:00 GMT",
        "2025-09-22 (updated)",
    ],
)
def test_a_day_is_read_however_news_writes_it(text):
    assert parse_date(text) == A_DAY


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "soon",
        "yesterday",
        "22 September",
        "September 2025",
        "2025",
        "Thursday 2025",
        "10:30 2025",
        "1758499200",
    ],
)
def test_a_text_that_leaves_the_day_open_names_none(text):
    assert parse_date(text) is None


@pytest.mark.parametrize("text", ["2026-13-40", "2025-02-30", "0000-00-00", "2025-09-221", "32 May 2025"])
def test_a_day_that_no_calendar_has_is_none(text):
    assert parse_date(text) is None


@pytest.mark.parametrize("text", ["1066-10-14", "1815-06-18", "1969-07-20"])
def test_days_before_the_computer_age_are_days_too(text):
    assert parse_date(text) == date.fromisoformat(text)


def test_a_long_text_is_no_date_and_costs_nothing():
    assert parse_date("2025 " * 1_000_000) is None


def test_a_time_zone_nobody_knows_raises_no_warning():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert parse_date("22 Sep 2025 10:00 XYZT") in (A_DAY, None)


@pytest.mark.parametrize(
    "name",
    ["2022-02-17_barkhane.txt", "20220217.txt", "mali 2022.02.17 (final).html", "report_2022_02_17", "a-2022-0217.txt"],
)
def test_a_dated_file_name_gives_its_day(name):
    assert date_in_name(name) == date(2022, 2, 17)


@pytest.mark.parametrize("name", ["mali.txt", "12345678.txt", "1202202170.txt", "2022-02.txt", "20221341.txt", ""])
def test_a_number_in_a_file_name_is_not_always_a_day(name):
    assert date_in_name(name) is None


def test_an_impossible_day_in_a_name_does_not_hide_a_later_good_one():
    assert date_in_name("20221341_20220217.txt") == date(2022, 2, 17)
