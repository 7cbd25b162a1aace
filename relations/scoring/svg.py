"""How is the course of a score drawn as SVG, with no other library?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from html import escape

from relations.scoring.picturing import (
    QUAD_WORDS,
    Mark,
    Palette,
    Picture,
    quad_colour,
    runs,
    true_minus,
)
from relations.scoring.placing import Box, place_labels
from relations.scoring.series import ScoreSeries
from relations.scoring.showing import printable
from relations.scoring.words import BREAKS, WORDS, class_of

#: Room around the axes for title, words of the classes, dates and legend.
_LEFT, _TOP, _RIGHT, _BOTTOM = 42.0, 70.0, 72.0, 62.0
#: Radius of the largest mark, and of one that contributed nothing.
_LARGEST, _SMALLEST = 8.5, 1.7
_FONT = "font-family='system-ui, -apple-system, Segoe UI, Roboto, Noto Sans, DejaVu Sans, sans-serif'"
_SHORT = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
#: Steps of an axis of dates: years, months and days.
_YEARS, _MONTHS, _DAYS = (1, 2, 5, 10, 20, 50), (1, 2, 3, 6), (1, 2, 7, 14)
#: Most dates on an axis.
_TICKS = 9


def draw_svg(picture: Picture, palette: Palette, width: float = 900, height: float = 450) -> str:
    """A document of its own: line and band, events as marks, changes, title, dates and legend.

    Parameters
    ----------
    picture : Picture
    palette : mapping
        Colours of a theme, as `relations.maps.colours.palette` gives them.
    width, height : float
        In pixels; it scales to any size.

    Returns
    -------
    str
        The same text for the same picture.
    """
    paper = _Paper(picture.start, picture.end, _LEFT, _TOP, width - _RIGHT, height - _BOTTOM)
    drawn = (_classes, _ticks, _band, _marks, _line, _changes, _labels, _words)
    parts = [part for draw in drawn for part in draw(picture, paper, palette)]
    said = f"<title>{_safe(picture.title)}</title><desc>{_safe(picture.subtitle)}</desc>"
    page = f"<rect width='100%' height='100%' fill='{palette['page']}'/>"
    return (
        f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {width:g} {height:g}' width='{width:g}' "
        f"height='{height:g}' role='img' {_FONT}>\n{said}\n{page}\n" + "\n".join(parts) + "\n</svg>\n"
    )


def sparkline(series: ScoreSeries, palette: Palette, width: float = 120, height: float = 28) -> str:
    """A series as a line a word high: zero line, band, the scores, and a dot at the newest; empty without evidence.

    Parameters
    ----------
    series : ScoreSeries
    palette : mapping
    width, height : float
        In pixels. The whole scale, -10 to 10, fits the height, so that sparklines compare.
    """
    frame = series.frame[series.frame["score"].notna()]
    if frame.empty:
        return ""
    first, last = (series.frame["at"].iloc[n].toordinal() for n in (0, -1))
    x = [3 + (day.toordinal() - first) / max(last - first, 1) * (width - 6) for day in frame["at"]]

    def y_of(value: float) -> float:
        return 3 + (10 - value) / 20 * (height - 6)

    upper, lower, line = (
        [(at, y_of(value)) for at, value in zip(x, frame[name].tolist(), strict=True)]
        for name in ("high", "low", "score")
    )
    score = float(frame["score"].iloc[-1])
    colour = palette["line"][class_of(score)]
    end = line[-1]
    return (
        f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {width:g} {height:g}' width='{width:g}' "
        f"height='{height:g}' aria-hidden='true'>"
        f"<path d='M3 {y_of(0):.1f}H{width - 3:g}' stroke='{palette['rule']}'/>"
        f"<path d='{_path([*upper, *reversed(lower)])}Z' fill='{palette['ink2']}' fill-opacity='.13'/>"
        f"<path d='{_path(line)}' fill='none' stroke='{colour}' stroke-width='1.5' stroke-linejoin='round'/>"
        f"<circle cx='{end[0]:.1f}' cy='{end[1]:.1f}' r='2.2' fill='{colour}'/></svg>"
    )


def date_ticks(first: date, last: date) -> list[tuple[date, str]]:
    """Dates to write on an axis, at most nine: years, or months, or days, whichever are the finest that fit.

    Examples
    --------
    >>> [text for _, text in date_ticks(date(2020, 1, 14), date(2025, 9, 20))]
    ['2021', '2022', '2023', '2024', '2025']
    >>> [text for _, text in date_ticks(date(2018, 8, 29), date(2018, 10, 31))][:3]
    ['2 Sep 2018', '16 Sep', '30 Sep']
    """
    days = (last - first).days
    if step := next((step for step in _DAYS if days // step < _TICKS), None):
        # weeks begin on Sunday, as those that a series ends on do
        start = first + timedelta(days=-first.toordinal() % step if step < 7 else -first.toordinal() % 7)
        found = [start + timedelta(days=n) for n in range(0, (last - start).days + 1, step)]
        texts = [f"{day.day} {_SHORT[day.month - 1]}" for day in found]
        return _with_years(found, texts)
    months = 12 * (last.year - first.year) + last.month - first.month
    if step := next((step for step in _MONTHS if months // step < _TICKS), None):
        found = _firsts(first, last, step)
        return _with_years(found, [_SHORT[day.month - 1] for day in found])
    step = next((step for step in _YEARS if months // 12 // step < _TICKS), 100)
    found = [day for day in _firsts(first, last, 12) if day.year % step == 0]
    return [(day, str(day.year)) for day in found]


def _firsts(first: date, last: date, step: int) -> list[date]:
    """First days of every so many months."""
    numbers = range(12 * first.year + first.month - 1, 12 * last.year + last.month)
    days = (date(number // 12, number % 12 + 1, 1) for number in numbers if number % step == 0)
    return [day for day in days if day >= first]


def _with_years(days: list[date], texts: list[str]) -> list[tuple[date, str]]:
    """The year stands at the first date, and where it changes."""
    new = [n == 0 or day.year != days[n - 1].year for n, day in enumerate(days)]
    return [(day, f"{text} {day.year}" if first else text) for day, text, first in zip(days, texts, new, strict=True)]


@dataclass(frozen=True, slots=True)
class _Paper:
    """Where days and values lie, in pixels; the strip of the classes is at the right end of the axes."""

    start: date
    end: date
    left: float
    top: float
    right: float
    bottom: float

    def x(self, day: date) -> float:
        part = (day - self.start).days / max((self.end - self.start).days, 1)
        return self.left + 8 + part * (self.right - self.left - 22)

    def y(self, value: float) -> float:
        return self.bottom - (value + 10) / 20 * (self.bottom - self.top)

    @property
    def strip(self) -> float:
        """Left end of the strip."""
        return self.right - 6

    def spot(self, mark: Mark, picture: Picture) -> tuple[float, float, float]:
        """Middle and radius of a mark, whose area grows with its contribution."""
        part = abs(mark.contribution) / picture.largest
        radius = (_SMALLEST**2 + (_LARGEST**2 - _SMALLEST**2) * part) ** 0.5
        return self.x(mark.day), self.y(mark.value), radius


def _classes(picture: Picture, paper: _Paper, palette: Palette) -> Iterable[str]:
    edges = (-10.0, *BREAKS, 10.0)
    for low, high, word, fill, ink in zip(edges, edges[1:], WORDS, palette["fill"], palette["line"], strict=False):
        top, bottom = paper.y(high), paper.y(low)
        yield f"<rect x='{paper.strip:.1f}' y='{top:.1f}' width='6' height='{bottom - top:.1f}' fill='{fill}'/>"
        yield _text(paper.right + 7, (top + bottom) / 2 + 4, word, ink, 12)
    for value, colour in (*((value, palette["rule2"]) for value in BREAKS), (0.0, palette["ink2"])):
        yield f"<path d='M{paper.left:.1f} {paper.y(value):.1f}H{paper.strip:.1f}' stroke='{colour}'/>"


def _ticks(picture: Picture, paper: _Paper, palette: Palette) -> Iterable[str]:
    for value in (-10, -5, 0, 5, 10):
        text = true_minus(f"{value:+d}" if value else "0")
        yield _text(paper.left - 7, paper.y(value) + 4, text, palette["ink2"], 12, "end")
    for day, text in date_ticks(picture.start, picture.end):
        x = paper.x(day)
        yield f"<path d='M{x:.1f} {paper.bottom:.1f}v4' stroke='{palette['ink3']}'/>"
        yield _text(x, paper.bottom + 18, text, palette["ink2"], 12, "middle")


def _band(picture: Picture, paper: _Paper, palette: Palette) -> Iterable[str]:
    upper, lower = (_points(picture, paper, name) for name in ("high", "low"))
    if len(upper) > 1:
        yield f"<path d='{_path([*upper, *reversed(lower)])}Z' fill='{palette['ink2']}' fill-opacity='.13'/>"


def _points(picture: Picture, paper: _Paper, name: str) -> list[tuple[float, float]]:
    frame = picture.curve.frame
    return [(paper.x(day.date()), paper.y(value)) for day, value in zip(frame["at"], frame[name].tolist(), strict=True)]


def _marks(picture: Picture, paper: _Paper, palette: Palette) -> Iterable[str]:
    yield f"<g stroke='{palette['page']}' stroke-width='.7' fill-opacity='.78'>"
    for mark in picture.marks:
        x, y, radius = paper.spot(mark, picture)
        yield f"<circle cx='{x:.1f}' cy='{y:.1f}' r='{radius:.1f}' fill='{quad_colour(mark.quad, palette)}'/>"
    yield "</g>"


def _line(picture: Picture, paper: _Paper, palette: Palette) -> Iterable[str]:
    points = _points(picture, paper, "score")
    for run in runs(picture):
        dots = " stroke-dasharray='2 3'" if run.weak else ""
        yield (
            f"<path d='{_path(points[run.start : run.end + 1])}' fill='none' stroke='{palette['line'][run.colour]}' "
            f"stroke-width='3' stroke-linejoin='round'{dots}/>"
        )
    if points:
        [x, y], last = points[-1], float(picture.curve.frame["score"].iloc[-1])
        yield f"<circle cx='{x:.1f}' cy='{y:.1f}' r='4' fill='{palette['line'][class_of(last)]}'/>"


def _changes(picture: Picture, paper: _Paper, palette: Palette) -> Iterable[str]:
    for change in picture.changes:
        x, words = paper.x(change.day), f"{change.direction} by {abs(change.shift):.1f}"
        line = f"M{x:.1f} {paper.top:.1f}V{paper.bottom:.1f}"
        yield f"<path d='{line}' stroke='{palette['ink']}' stroke-dasharray='5 4'/>"
        late = x > paper.right - 116
        yield _text(x - 5 if late else x + 5, paper.top + 12, words, palette["ink"], 11, "end" if late else "start")


def _labels(picture: Picture, paper: _Paper, palette: Palette) -> Iterable[str]:
    def at(mark: Mark) -> Box:
        x, y, radius = paper.spot(mark, picture)
        return x - radius, y - radius, x + radius, y + radius

    room = (paper.left - 8, paper.top, paper.strip, paper.bottom)
    halo = f" stroke='{palette['page']}' stroke-width='3' paint-order='stroke'"
    for mark, x, y, anchor in place_labels(picture, at, room, 5.6, 14):
        yield _text(x, y + 4, mark.words, palette["ink"], 11, anchor, halo)


def _words(picture: Picture, paper: _Paper, palette: Palette) -> Iterable[str]:
    yield _text(paper.left, 28, picture.title, palette["ink"], 17, more=" font-weight='600'")
    yield _text(paper.left, 50, picture.subtitle, palette["ink2"], 12)
    x, y = paper.left + 6, paper.bottom + 41
    for quad in picture.quads:
        yield f"<circle cx='{x:.1f}' cy='{y:.1f}' r='4' fill='{quad_colour(quad, palette)}'/>"
        yield _text(x + 9, y + 4, QUAD_WORDS[quad], palette["ink2"], 12)
        x += 34 + 6.4 * len(QUAD_WORDS[quad])


def _text(x: float, y: float, words: str, colour: str, size: int, anchor: str = "start", more: str = "") -> str:
    return (
        f"<text x='{x:.1f}' y='{y:.1f}' font-size='{size}' fill='{colour}' text-anchor='{anchor}'{more}>"
        f"{_safe(words)}</text>"
    )


def _path(points: list[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points)


def _safe(text: str) -> str:
    return escape(printable(text))
