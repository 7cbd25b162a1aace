"""How does an explanation read, in a terminal and in Markdown?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from relations.records import Contribution, Event
from relations.scoring.explaining import ANNOUNCED, OTHER_REPORT, OTHER_SIDE, Explanation
from relations.scoring.reckoning import NoScore
from relations.scoring.showing import PAGE, Screen, bar, cut, pad, printable, rounded_to_sum, signed, width
from relations.scoring.wording import STATUS_WORDS, act, count_of, source_of, told_of

#: Events shown before the rest is added up, and how few more are shown all the same.
TOP_EVENTS, FEW_MORE = 20, 4
#: Events shown for each reason not to count.
TOP_OF_A_REASON = 5
#: Reasons that name an event, and what they have in common.
_COMMON = {
    OTHER_REPORT: "another report of an event that counts once",
    OTHER_SIDE: "the same act told from the other side: it counts once",
    ANNOUNCED: "announced: counts as the announcement it is, on the day it was made, and not as the deed",
}
_DIGITS = 4


def explanation_text(
    explanation: Explanation | NoScore, screen: Screen = PAGE, *, top: int | None = TOP_EVENTS, why_not: bool = False
) -> str:
    """An explanation for people: a line an event with a bar, its words below, and the sum.

    The printed numbers add up: they are rounded so that prior, events and rest are the printed score.

    Parameters
    ----------
    explanation : Explanation or NoScore
    screen : Screen
        What it is written for.
    top : int or None
        How many events are shown before the rest is added up; None for all.
    why_not : bool
        Also what was read and not counted, by reason.
    """
    lines = [screen.tint(printable(explanation.title), "strong")]
    if isinstance(explanation, Explanation):
        lines += [explanation.caveat] if explanation.caveat else []
        lines += ["", *_events(explanation, screen, top), "", *_sum(explanation, screen)]
    if why_not:
        lines += ["", *why_not_lines(explanation.why_not, screen, top)]
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _shown(count: int, top: int | None) -> int:
    """How many of so many lines to show: a handful beyond the limit is not worth a remark."""
    return count if top is None or count <= top + FEW_MORE else top


def rounded_points(explanation: Explanation) -> list[float]:
    """Rounded points of each event, of the prior and of the rest, which add up to the rounded score."""
    parts = [part.contribution for part in explanation.events]
    return rounded_to_sum([*parts, explanation.prior, explanation.rest], _DIGITS)


def _events(explanation: Explanation, screen: Screen, top: int | None) -> Iterator[str]:
    parts, points = explanation.events, rounded_points(explanation)
    shown = _shown(len(parts), top)
    most = max((abs(part.contribution) for part in parts), default=0.0)
    half = 8 if screen.width >= 90 else 4
    rows = [
        (number, bar(part.contribution, most, screen, half), part)
        for number, part in zip(points[:shown], parts[:shown], strict=True)
    ]
    yield from _rows(rows, screen, 2 * half + 1)
    left = points[shown : len(parts)]
    if left:
        together = signed(sum(left), _DIGITS)
        yield f"and {count_of(len(left), 'more event')}, together {together} (--all shows them)"


def _rows(rows: Sequence[tuple[float, str, Contribution]], screen: Screen, bar_width: int) -> Iterator[str]:
    """The table: what is counted in one line, the words that say so below it."""
    events = [part.event for *_, part in rows if part.event]
    if not events:
        return
    statuses = [_status(event) for event in events]
    header = ["date", "points", " " * bar_width, "direction", *(["status"] if any(statuses) else []), "what"]
    numbers = [signed(number, _DIGITS) for number, *_ in rows]
    size = max(6, *map(len, numbers))
    status_width = max(map(len, ("status", *statuses)))
    yield screen.tint(
        "  ".join(
            [pad(header[0], 10), pad(header[1], size, right=True), header[2], pad(header[3], 10)]
            + [pad(name, status_width) for name in header[4:-1]]
            + header[-1:]
        ),
        "faint",
    )
    for number, (_, drawn, part), event, status in zip(numbers, rows, events, statuses, strict=True):
        cells = [pad(when(event), 10), pad(number, size, right=True), drawn, direction(event)]
        cells += [pad(status, status_width)] if any(statuses) else []
        taken = 10 + size + bar_width + 10 + 8 + (status_width + 2 if any(statuses) else 0)
        yield "  ".join([*cells, cut(act(event), max(screen.width - taken, 12))])
        yield from _words(event, len(part.reports), screen)


def _words(event: Event, further: int, screen: Screen, indent: int = 12) -> Iterator[str]:
    """Who says so, and in which words; no line where nothing is known of either."""
    by, words = source_of(event), told_of(event)
    more = f" +{count_of(further, 'report')}" if further else ""
    line = ": ".join(part for part in (f"{by}{more}".strip(), words) if part)
    if line:
        yield " " * indent + screen.tint(cut(line, screen.width - indent), "faint")


def _status(event: Event) -> str:
    return STATUS_WORDS.get(event.status, event.status)


def when(event: Event) -> str:
    """The date as exactly as it is known: a month or year without a day has none.

    >>> from datetime import date
    >>> when(Event("1", date(2025, 8, 15), "FRA", "MLI", date_precision="month"))
    '2025-08'
    """
    return event.date.isoformat()[: {"month": 7, "year": 4}.get(event.date_precision, 10)]


def direction(event: Event) -> str:
    """Who acts towards whom.

    >>> from datetime import date
    >>> direction(Event("1", date(2025, 8, 15), "FRA", "MLI"))
    'FRA -> MLI'
    """
    return printable(f"{event.source} -> {event.target}")


def _sum(explanation: Explanation, screen: Screen) -> Iterator[str]:
    """Prior, contributions and score, as they are printed."""
    *points, prior, rest = rounded_points(explanation)
    addends = [(prior, "prior"), (sum(points), count_of(len(points), "event"))]
    addends += [(rest, "only together")] if rest else []
    terms = [f"{'-' if points < 0 else '+'} {abs(points):.{_DIGITS}f} ({name})" for points, name in addends]
    total = round(sum(points for points, _ in addends), _DIGITS)
    yield screen.tint(f"{' '.join(terms).removeprefix('+ ')} = {signed(total, _DIGITS)} (score)", "strong")
    yield screen.tint("The prior: where a pair without evidence stands that day.", "faint")


def kind_of_reason(reason: str) -> str:
    """What reasons that name an event have in common; any other reason is itself.

    >>> kind_of_reason("another report of event a1b2 (2025-09-19), which counts once")
    'another report of an event that counts once'
    """
    return next((common for start, common in _COMMON.items() if reason.startswith(start)), reason)


def why_not_lines(
    left_out: Iterable[Contribution], screen: Screen = PAGE, top: int | None = TOP_EVENTS
) -> Iterator[str]:
    """What was read and not counted, grouped by reason, the reason with most events first."""
    parts = sorted(left_out, key=lambda part: kind_of_reason(part.reason))
    groups = [(kind, list(members)) for kind, members in groupby(parts, key=lambda part: kind_of_reason(part.reason))]
    if not groups:
        yield "Everything that was read on this pair is counted, as told."
        return
    yield screen.tint("Read and not counted, or not as told:", "strong")
    for kind, members in sorted(groups, key=lambda group: (-len(group[1]), group[0])):
        yield cut(f"  {len(members):,} x {kind}", screen.width)
        shown = _shown(len(members), None if top is None else TOP_OF_A_REASON)
        for part in members[:shown]:
            yield from _left_out(part, kind, screen)
        if shown < len(members):
            yield f"    and {len(members) - shown:,} more (--all shows them)"


def _left_out(part: Contribution, kind: str, screen: Screen) -> Iterator[str]:
    if part.event is None:
        return
    start = f"    {pad(when(part.event), 10)}  {direction(part.event)}  "
    own = f" ({part.reason.removeprefix(ANNOUNCED).strip(': ')})" if part.reason.startswith(ANNOUNCED) else ""
    yield start + cut(act(part.event) + own, max(screen.width - width(start), 12))
    yield from _words(part.event, len(part.reports), screen, indent=16)
