"""A report says what the scores say, and names what is behind it."""

from __future__ import annotations

import html
import re
from datetime import date, timedelta

import pytest

from relations.errors import NoEvidence
from relations.records import Event
from relations.reporting.contents import moved, report_on
from relations.reporting.markdown import to_markdown
from relations.reporting.page import to_html
from relations.scoring.scores import Scores

NASTY = "</p><script>alert(1)</script> [x](javascript:alert(1)) | `code` <img src=x onerror=alert(1)> {{ 7*7 }}"


def event(number: int, day: date, source: str, target: str, kind: str, **more: object) -> Event:
    fields: dict[str, object] = {
        "type": kind, "document": f"d{number}", "title": f"Title {number}", "published": day,
        "url": f"https://{'north' if number % 3 else 'south'}.example/{number}", "publisher": "Meridian Post",
        "sentence": f"Sentence {number}.",
    }  # fmt: skip
    return Event(f"{number:04d}", day, source, target, **(fields | more))  # type: ignore[arg-type]  # fields by name


@pytest.fixture(scope="module")
def events() -> list[Event]:
    """France and Mali get on until a year of sanctions; Russia and Mali meet now and then."""
    start = date(2022, 1, 10)
    calm = [event(n, start + timedelta(days=40 * n), "FRA", "MLI", "AID", quad=2) for n in range(12)]
    storm = [
        event(100 + n, date(2024, 1, 5) + timedelta(days=20 * n), "MLI", "FRA", "SANCTION", quad=4) for n in range(15)
    ]
    rest = [event(200 + n, start + timedelta(days=90 * n), "MLI", "RUS", "COOPERATE", quad=2) for n in range(11)]
    return [*calm, *storm, *rest]


@pytest.fixture(scope="module")
def scores(events: list[Event]) -> Scores:
    return Scores.from_events(events, at=["2022-12-31", "2023-12-31", "2024-12-31"])


def test_the_mover_of_the_period_comes_with_the_events_behind_it(scores):
    report = report_on(scores, "Dossier")
    assert report.since == date(2023, 12, 31)
    (mover,) = report.worse
    assert (mover.change.source, mover.change.target) == ("FRA", "MLI")
    assert moved(mover.change)
    assert [event.type for event, _, _ in mover.events] == ["SANCTION"] * 3
    assert all(points < 0 and fate == "added" for _, points, fate in mover.events)
    assert report.period == "Dossier since Dec 2023: worse for France\u2013Mali"


def test_when_nothing_clearly_moved_the_report_says_so_and_tells_the_largest_shifts(scores):
    report = report_on(scores, "Dossier", focus="RUS")
    assert (report.worse, report.better) == ((), ())
    assert report.period == "Russia since Dec 2023: no clear change"
    assert [mover.change.target for mover in report.unclear] == ["RUS"]


def test_the_period_can_begin_on_another_day(scores):
    assert report_on(scores, since=date(2022, 12, 31)).since == date(2022, 12, 31)


def test_a_single_day_is_compared_with_a_month_before(events):
    report = report_on(Scores.from_events(events, at="2024-06-30"))
    assert report.since == date(2024, 5, 31)


def test_a_single_saved_snapshot_has_nothing_before_it(scores):
    kept = Scores.from_snapshots([scores.snapshot("one")])
    report = report_on(kept)
    assert (report.since, report.period) == (None, "")
    assert "No earlier snapshot" in to_markdown(report)
    with pytest.raises(NoEvidence):
        report_on(kept, since=date(2020, 1, 1))


def test_extremes_are_what_their_titles_say(scores):
    report = report_on(scores)
    assert [s.target for s in report.friendly] == ["RUS"]
    assert all(s.score <= -1 for s in report.hostile)
    widths = [s.high - s.low for s in report.uncertain]
    assert widths == sorted(widths, reverse=True)


def test_sources_are_counted_by_document_publisher_and_outlet(scores, events):
    report = report_on(scores)
    assert dict(report.publishers) == {"Meridian Post": len(events)}
    assert set(dict(report.outlets)) == {"north.example", "south.example"}
    assert sum(source.events for source in report.sources) == len(events)


def test_settings_and_versions_are_told(scores):
    report = report_on(scores)
    assert dict(report.settings)["half_life_days"] == "548.0"
    assert "Python" in dict(report.versions)


def test_a_long_series_is_told_in_twelve_maps_with_its_ends(events):
    days = [date(2022, 1, 31) + timedelta(days=30 * n) for n in range(30)]
    report = report_on(Scores.from_events(events, at=days))
    assert len(report.snapshots) == 12
    assert (report.snapshots[0], report.snapshots[-1]) == (days[0], days[-1])


def test_markdown_and_page_tell_the_same(scores):
    report = report_on(scores, "Dossier")
    markdown, page = to_markdown(report), to_html(report, scores)
    assert "[Title 114](<https://north.example/114>)" in markdown.replace("south", "north")
    page = html.unescape(re.sub(r"<[^>]+>", " ", page))
    for words in (report.headline, "What moved", "Most hostile", "Friendliest", "Most uncertain", "Sources", "Method",
                  "Limits", "Settings and versions", "France\u2013Mali", "Sentence 114.", "north.example"):  # fmt: skip
        assert words in markdown.replace("\\", ""), words
        assert words in page, words


def test_the_page_has_one_map_a_snapshot_and_asks_for_nothing(scores):
    page = to_html(report_on(scores), scores)
    assert page.count("<img ") == 1 + len(scores.at)
    assert set(re.findall(r'src="([a-z]+:)', page)) == {"data:"}
    assert "<script" not in page
    assert "default-src 'none'" in page


def test_nothing_scored_is_a_report_too():
    empty = Scores.from_events([])
    report = report_on(empty, "Nothing")
    assert "no event between two states was found" in to_markdown(report)
    assert "No relation was found" in to_html(report, empty)


def nasty() -> Scores:
    texts = {"title": NASTY, "publisher": NASTY, "sentence": NASTY}
    links = [
        "javascript:alert(1)",
        "https://news.example/a?b=1&c=2",
        "data:text/html,x",
        'https://x.example/"><script>',
    ]
    return Scores.from_events(
        [event(n, date(2024, 1, 1 + n), "FRA", "MLI", "SANCTION", url=links[n % 4], **texts) for n in range(8)],
        at=["2023-12-31", "2024-02-01"],
    )


def test_in_markdown_a_text_of_strangers_is_text():
    text = to_markdown(report_on(nasty(), NASTY))
    assert "<script" not in text.replace("\\<script", "")
    assert set(re.findall(r"(?<!\\)\]\(<?([a-z]+:)", text)) <= {"https:"}
    tables = [line for line in text.splitlines() if line.startswith("| ") and "Meridian" not in line]
    assert len({len(re.findall(r"(?<!\\)\|", line)) for line in tables if "alert" in line}) == 1


def test_in_the_page_a_text_of_strangers_is_text():
    scores = nasty()
    page = to_html(report_on(scores, NASTY), scores)
    assert "<script" not in page
    assert "onerror=alert(1)>" not in page
    assert set(re.findall(r'href="([^"]*)"', page)) == {"https://news.example/a?b=1&amp;c=2"}
