"""How does a report read as Markdown?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from relations.formats import markdown_table
from relations.maps.captions import day_of, joined, pair_name, signed
from relations.records import Event, Score
from relations.reporting.contents import DOCUMENTS, LIMITS, METHOD, Mover, Report
from relations.reporting.wording import WITHIN, counts_of, event_title, no_mover, points_of, reading_of, safe_address
from relations.scoring.showing import printable

_SPECIAL = "\\`*_[]<>#|!"


def to_markdown(report: Report) -> str:
    """The report as Markdown; nothing in a text of strangers is markup."""
    return "\n".join(_lines(report)).rstrip() + "\n"


def _lines(report: Report) -> Iterator[str]:
    yield f"# {_text(report.headline)}\n"
    yield f"{_text(counts_of(report))}\n"
    yield "## What moved\n"
    yield f"{_text(report.period or no_mover(report))}\n"
    for word, movers in (("Worse", report.worse), ("Better", report.better), (WITHIN, report.unclear)):
        if movers:
            yield f"### {word}\n"
            yield from (line for mover in movers for line in _mover(mover, report.focus))
    for title, scores in (
        ("Most hostile", report.hostile), ("Friendliest", report.friendly), ("Most uncertain", report.uncertain),
    ):  # fmt: skip
        yield f"## {title}\n"
        yield _scores(scores, report.focus)
    if len(report.snapshots) > 1 and report.course:
        yield "## Over time\n"
        header = ["Pair", *map(day_of, report.snapshots)]
        rows = [
            [pair_name(s, report.focus), *(signed(c.score) if c else "" for c in cells)] for s, cells in report.course
        ]
        yield markdown_table(header, rows)
    yield from _sources(report)
    yield "## Method\n"
    yield from (f"{paragraph}\n" for paragraph in METHOD)
    yield "## Limits\n"
    yield "\n".join(f"- {_text(limit)}" for limit in (*LIMITS, *report.notes)) + "\n"
    yield "## Settings and versions\n"
    yield markdown_table(["Setting", "Value"], report.settings)
    yield _text(joined([f"{name} {number}" for name, number in report.versions])) + "\n"


def _mover(mover: Mover, focus: str | None) -> Iterator[str]:
    change = mover.change
    yield (
        f"**{_text(pair_name(change, focus))}**: {signed(change.change)}, from {signed(change.before)} to "
        f"{signed(change.after)} (margin of error {change.noise:.1f})\n"
    )
    for event, points, fate in mover.events:
        told = f"{_text(event_title(event))}. {_text(event.sentence)}{_source(event)}"
        yield f"- {points_of(points, fate)}: {day_of(event.date)}, {told}"
    yield ""


def _source(event: Event) -> str:
    address, name = safe_address(event.url), _text(event.title or event.document)
    linked = f"[{name}](<{address}>)" if address and name else name
    parts = [part for part in (linked, _text(event.publisher)) if part]
    return f" ({', '.join(parts)})" if parts else ""


def _scores(scores: Sequence[Score], focus: str | None) -> str:
    if not scores:
        return "None.\n"
    rows = [
        [
            pair_name(s, focus),
            reading_of(s),
            signed(s.score),
            f"{signed(s.low)} to {signed(s.high)}",
            s.n_events,
            day_of(s.newest),
        ]
        for s in scores
    ]
    return markdown_table(["Pair", "Reading", "Score", "90% interval", "Events", "Newest"], rows)


def _sources(report: Report) -> Iterator[str]:
    yield "## Sources\n"
    if report.publishers:
        yield "Events by publisher: " + _text(joined([f"{name} {n}" for name, n in report.publishers[:20]])) + "\n"
    if report.outlets:
        yield "Events by outlet: " + _text(joined([f"{name} {n}" for name, n in report.outlets[:20]])) + "\n"
    rows = [
        [s.title or s.document, s.publisher, day_of(s.published) if s.published else "", s.events, safe_address(s.url)]
        for s in report.sources[:DOCUMENTS]
    ]
    yield markdown_table(["Document", "Publisher", "Published", "Events", "Address"], rows) if rows else "None named.\n"
    if len(report.sources) > DOCUMENTS:
        yield f"And {len(report.sources) - DOCUMENTS} more.\n"


def _text(text: str) -> str:
    """Text in which nothing is markup, in one line."""
    plain = " ".join(printable(text).split())
    return "".join(f"\\{sign}" if sign in _SPECIAL else sign for sign in plain).replace("&", "&amp;")
