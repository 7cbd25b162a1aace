"""How does a report look as one page that needs no network and no script?"""

from __future__ import annotations

import base64
import hashlib
import html
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from relations.maps.captions import day_of, joined, pair_name, signed
from relations.maps.colours import palette
from relations.maps.static import COLUMN_INCHES, frame_of, picture
from relations.records import Event, Score
from relations.reporting.contents import DOCUMENTS, LIMITS, METHOD, Mover, Report
from relations.reporting.wording import WITHIN, counts_of, event_title, no_mover, points_of, reading_of, safe_address
from relations.scoring.words import class_of

if TYPE_CHECKING:
    from relations.scoring.scores import Scores

#: Dots an inch: sharp in print.
_DPI = 300
#: Width in inches of a small map, about as it is shown, so that lines and stripes keep their size.
_SMALL = 2.3
_AXIS = 150


def to_html(report: Report, scores: Scores, worldview: str = "un") -> str:
    """The report as one HTML file: maps inside, every text escaped, no script, and a policy that allows none."""
    style = _style()
    digest = base64.b64encode(hashlib.sha256(style.encode("utf-8")).digest()).decode("ascii")
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; base-uri 'none'; form-action 'none'"
    body = "\n".join(_sections(report, scores, worldview))
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{_text(report.headline)}</title>\n<style>{style}</style>\n</head>\n<body>\n<main>\n{body}\n</main>\n"
        "</body>\n</html>\n"
    )


def _sections(report: Report, scores: Scores, worldview: str) -> Iterator[str]:
    yield f"<header><h1>{_text(report.headline)}</h1>\n<p>{_text(counts_of(report))}</p></header>"
    if report.at:
        yield _figure(scores, report, report.at, worldview, large=True)
    yield f"<section><h2>What moved</h2>\n<p>{_text(report.period or no_mover(report))}</p>"
    for word, movers in (("Worse", report.worse), ("Better", report.better), (WITHIN, report.unclear)):
        if movers:
            yield f"<h3>{word}</h3>\n" + "\n".join(_mover(mover, report.focus) for mover in movers)
    yield "</section>"
    if len(report.snapshots) > 1:
        maps = "\n".join(_figure(scores, report, day, worldview, large=False) for day in report.snapshots)
        yield f'<section><h2>Snapshot by snapshot</h2>\n<div class="maps">\n{maps}\n</div></section>'
    for title, note, found in (
        ("Most hostile", "", report.hostile),
        ("Friendliest", "", report.friendly),
        ("Most uncertain", "The widest intervals: here more sources would tell most.", report.uncertain),
    ):
        yield f"<section><h2>{title}</h2>\n{f'<p>{note}</p>' if note else ''}{_scores(found, report.focus)}</section>"
    yield _sources(report)
    yield "<section><h2>Method</h2>\n" + "\n".join(f"<p>{_text(text)}</p>" for text in METHOD) + "</section>"
    limits = "".join(f"<li>{_text(text)}</li>" for text in (*LIMITS, *report.notes))
    yield f"<section><h2>Limits</h2>\n<ul>{limits}</ul></section>"
    rows = "".join(
        f"<tr><th scope=row>{_text(name)}</th><td>{_text(value)}</td></tr>" for name, value in report.settings
    )
    versions = _text(joined([f"{name} {number}" for name, number in report.versions]))
    yield f"<section><h2>Settings and versions</h2>\n<table>{rows}</table>\n<p>{versions}</p></section>"


def _figure(scores: Scores, report: Report, day: date, worldview: str, *, large: bool) -> str:
    content = picture(
        scores, "png", _DPI, at=day, focus=report.focus, worldview=worldview, title="",
        labels=large, legend=large, note=large, arcs=None if large else 5,
        width=COLUMN_INCHES if large else _SMALL,
        frame=frame_of(scores, report.at, report.focus),
    )  # fmt: skip
    words = f"Map of relations on {day_of(day)}; the numbers are in the tables"
    image = f'<img alt="{_text(words)}" src="data:image/png;base64,{base64.b64encode(content).decode("ascii")}">'
    return f"<figure{' class=large' if large else ''}>{image}<figcaption>{day_of(day)}</figcaption></figure>"


def _mover(mover: Mover, focus: str | None) -> str:
    change = mover.change
    events = "".join(f"<li>{_event(*entry)}</li>" for entry in mover.events)
    return (
        f"<article><h4>{_text(pair_name(change, focus))} <b>{signed(change.change)}</b></h4>\n"
        f"<p>From {signed(change.before)} to {signed(change.after)}, margin of error {change.noise:.1f}</p>\n"
        f"<ul class=events>{events}</ul></article>"
    )


def _event(event: Event, points: float, fate: str) -> str:
    address, name = safe_address(event.url), _text(event.title or event.document)
    linked = f'<a href="{_text(address)}" rel="noopener noreferrer">{name}</a>' if address and name else name
    source = " \N{MIDDLE DOT} ".join(part for part in (linked, _text(event.publisher)) if part)
    return (
        f"<b>{points_of(points, fate)}</b> {day_of(event.date)}, {_text(event_title(event))}"
        f"<blockquote>{_text(event.sentence)}</blockquote>{f'<cite>{source}</cite>' if source else ''}"
    )


def _scores(scores: Sequence[Score], focus: str | None) -> str:
    if not scores:
        return "<p>None.</p>"
    head = "".join(
        f"<th scope=col{kind}>{name}</th>"
        for name, kind in (
            ("Pair", ""), ("Reading", ""), ("Score", " class=number"), ("Low", " class=number"),
            ("High", " class=number"), ('<span class="ends"><i>\N{MINUS SIGN}10</i><i>0</i><i>+10</i></span>', ""),
            ("Events", " class=number"), ("Newest", ""),
        )
    )  # fmt: skip
    rows = "\n".join(
        f'<tr><th scope=row>{_text(pair_name(s, focus))}</th><td><i class="swatch c{class_of(s.score)}"></i>'
        f"{_text(reading_of(s))}</td><td class=number><b>{signed(s.score)}</b></td>"
        f"<td class=number>{signed(s.low)}</td><td class=number>{signed(s.high)}</td><td>{_interval(s)}</td>"
        f"<td class=number>{s.n_events:,}</td><td>{day_of(s.newest)}</td></tr>"
        for s in scores
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>\n{rows}\n</tbody></table>"


def _interval(score: Score) -> str:
    """Score and interval on a line from -10 to +10; the same numbers stand beside it."""

    def place(value: float) -> float:
        return round((value + 10) / 20 * _AXIS, 1)

    shade = class_of(score.score)
    return (
        f'<svg width="{_AXIS}" height="12" viewBox="0 0 {_AXIS} 12" aria-hidden="true"><path class="axis" '
        f'd="M{_AXIS / 2} 0V12"/><rect class="l{shade}" x="{place(score.low)}" y="4" height="4" rx="2" opacity="0.4" '
        f'width="{round(place(score.high) - place(score.low), 1)}"/><circle class="l{shade}" cx="{place(score.score)}" '
        f'cy="6" r="4"/></svg>'
    )


def _sources(report: Report) -> str:
    lists = "".join(
        f"<p>Events by {name}: {_text(joined([f'{who} {n}' for who, n in counts[:20]]))}</p>\n"
        for name, counts in (("publisher", report.publishers), ("outlet", report.outlets))
        if counts
    )
    rows = "\n".join(
        f"<tr><td>{_linked(s.title or s.document, s.url)}</td><td>{_text(s.publisher)}</td>"
        f"<td>{day_of(s.published) if s.published else ''}</td><td class=number>{s.events}</td></tr>"
        for s in report.sources[:DOCUMENTS]
    )
    more = len(report.sources) - DOCUMENTS
    table = (
        "<table><thead><tr><th scope=col>Document</th><th scope=col>Publisher</th><th scope=col>Published</th>"
        f"<th scope=col class=number>Events</th></tr></thead><tbody>\n{rows}\n</tbody></table>"
        if rows
        else "<p>None named.</p>"
    )
    return f"<section><h2>Sources</h2>\n{lists}{table}{f'<p>And {more} more.</p>' if more > 0 else ''}</section>"


def _linked(text: str, url: str) -> str:
    address = safe_address(url)
    return f'<a href="{_text(address)}" rel="noopener noreferrer">{_text(text)}</a>' if address else _text(text)


def _text(text: str) -> str:
    """Text of strangers: escaped, and broken characters replaced."""
    return html.escape(text.encode("utf-8", "replace").decode("utf-8"))


def _style() -> str:
    """The report's style sheet, with the colours of the map."""
    colours = palette("light")
    roles = " ".join(f"--{role}: {colours[role]};" for role in ("ink", "ink2", "ink3", "rule", "rule2", "link", "page"))
    classes = "\n".join(
        f".c{n} {{ background: {fill}; }} .l{n} {{ fill: {line}; }}"
        for n, (fill, line) in enumerate(zip(colours["fill"], colours["line"], strict=True))
    )
    sheet = (Path(__file__).parent / "report.css").read_text(encoding="utf-8")
    return f":root {{ {roles} }}\n{classes}\n{sheet}"
