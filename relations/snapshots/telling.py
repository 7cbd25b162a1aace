"""How do a comparison and a snapshot read, in a terminal?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from textwrap import wrap
from typing import Any

from relations.records import Change
from relations.scoring.showing import PAGE, Screen, cut, pad, printable, signed, text_table
from relations.scoring.telling import FEW_MORE, direction, when
from relations.scoring.wording import NO_DATA, STATE_WORDS, act, count_of, interval_of, source_of, told_of
from relations.scoring.words import word_of
from relations.snapshots.comparing import Comparison
from relations.snapshots.snapshot import Snapshot

#: Dyads in the table, dyads whose events are told, and events of each.
TOP_DYADS, TOLD_DYADS, TOLD_EVENTS = 20, 5, 3
#: Inputs of a snapshot that are named before the rest is counted.
TOLD_INPUTS = 5
#: Causes in two words at most.
_CAUSES = {"prior": "prior", "removed": "withdrawn", "revised": "revised", "decay": "fading", "added": "new events"}
#: What became of an event, as it stands beside it.
_FATES = {"added": "new", "late": "added, late", "removed": "withdrawn", "revised": "revised", "decay": "older now"}
_STATES = {"ok": "enough evidence", NO_DATA: NO_DATA, "thin": "thin evidence"}
#: What the mark means, in words.
LEGEND = "* clear: beyond +/- (chance, at 90%), also without what only fading or the prior moved."


def comparison_text(comparison: Comparison, screen: Screen = PAGE, *, top: int | None = TOP_DYADS) -> str:
    """A comparison for people: the biggest movers in a table, then the events that moved the first of them.

    Parameters
    ----------
    comparison : Comparison
    screen : Screen
        What it is written for; the table fits 100 columns, and narrower ones by shortening its last.
    top : int or None
        How many dyads are in the table; None for all.
    """
    lines = [screen.tint(comparison.title, "strong"), *(printable(note) for note in comparison.notes)]
    shown = _shown(comparison.changes, top)
    if shown:
        lines += ["", *_table(shown, screen), *_others(comparison.changes[len(shown) :]), screen.tint(LEGEND, "faint")]
    told = [change for change in shown if abs(change.change) >= 0.005][:TOLD_DYADS]
    for change in told:
        lines += ["", *_told(comparison, change, screen)]
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _shown(changes: Sequence[Change], top: int | None) -> Sequence[Change]:
    return changes if top is None or len(changes) <= top + FEW_MORE else changes[:top]


def _table(changes: Sequence[Change], screen: Screen) -> Iterator[str]:
    """Columns of fixed width, so that a mark stands where it is looked for."""
    yield screen.tint("dyad     before          after           change    +/-    because of  state", "faint")
    for change in changes:
        moved = screen.tint(signed(change.change).rjust(6), "friendly" if change.change > 0 else "hostile")
        cells = [
            pad(printable(f"{change.source}-{change.target}"), 7),
            pad(f"{signed(change.before).rjust(5)} {word_of(change.before)}", 14),
            pad(f"{signed(change.after).rjust(5)} {word_of(change.after)}", 14),
            f"{moved}{'*' if change.clear else ' '}",
            f"{change.noise:5.2f}",
            pad(_CAUSES[main_cause(change)], 10),
        ]
        yield "  ".join([*cells, cut(state_change(change), max(screen.width - 69, 8))])


def _others(changes: Sequence[Change]) -> Iterator[str]:
    if changes:
        clear = sum(change.clear for change in changes)
        yield f"and {count_of(len(changes), 'more dyad')}, {clear:,} clearly changed (--all shows them)"


def main_cause(change: Change) -> str:
    """The cause that moved a score furthest in the direction in which it went."""
    way = 1 if change.change >= 0 else -1
    return max(change.causes, key=lambda cause: way * change.causes[cause])


def state_change(change: Change) -> str:
    """What to beware of in the two scores, in words: one state when both have it, nothing when both are sound.

    >>> state_change(Change("FRA", "MLI", 0, -2, "no data", "thin", 1.0))
    'no data -> thin evidence'
    >>> state_change(Change("FRA", "MLI", 0, -2, "ok", "ok", 1.0))
    ''
    """
    before, after = change.before_state, change.after_state
    if before == after:
        return "" if after == "ok" else _STATES.get(after, after)
    first, second = _STATES.get(before, before), _STATES.get(after, after)
    return f"{first.removesuffix(' evidence') if second.endswith(' evidence') else first} -> {second}"


def _told(comparison: Comparison, change: Change, screen: Screen) -> Iterator[str]:
    """The events that moved a score furthest where it went, and what became of each."""
    known, fates = comparison.events_of(change), comparison.fates(change)
    way = 1 if change.change >= 0 else -1
    heaviest = sorted(change.contributions.items(), key=lambda item: (-way * item[1], item[0] or ""))
    parts = [(known[id], points, fates[id]) for id, points in heaviest if id is not None and id in known]
    causes = ", ".join(f"{_CAUSES[name]} {signed(points)}" for name, points in _weightiest(change.causes))
    yield screen.tint(
        printable(f"{change.source}-{change.target} {signed(change.change)}{f': {causes}' if causes else ''}"), "strong"
    )
    yield f"  before {_with_interval(change.before, change.before_interval)}, after " + _with_interval(
        change.after, change.after_interval
    )
    for event, points, fate in parts[:TOLD_EVENTS]:
        start = f"  {signed(points).rjust(5)}  {pad(when(event), 10)}  {direction(event)}  "
        yield start + cut(f"{act(event)} ({_FATES[fate]})", screen.width - len(start))
        told = ": ".join(part for part in (source_of(event), told_of(event)) if part)
        if told:
            yield " " * 21 + screen.tint(cut(told, screen.width - 21), "faint")
    if len(parts) > TOLD_EVENTS:
        rest = sum(points for _, points, _ in parts[TOLD_EVENTS:])
        yield f"  and {count_of(len(parts) - TOLD_EVENTS, 'more event')}, together {signed(rest)}"


def _with_interval(score: float, interval: tuple[float, float] | None) -> str:
    return f"{signed(score)} ({interval_of(*interval)})" if interval else signed(score)


def _weightiest(causes: Mapping[str, float]) -> list[tuple[str, float]]:
    """Causes that show in two decimals, the weightiest first."""
    return sorted(
        ((name, points) for name, points in causes.items() if abs(points) >= 0.005), key=lambda item: -abs(item[1])
    )


def snapshot_text(snapshot: Snapshot, screen: Screen = PAGE, *, everything: bool = False) -> str:
    """What made a snapshot, and its mutual scores; `everything` names all inputs and not the first few."""
    settings = ", ".join(f"{name} {_value(value)}" for name, value in snapshot.made_by()["settings"].items())
    inputs = [f"{name}  sha256 {digest}" for name, digest in sorted(snapshot.inputs.items())]
    shown = inputs if everything or len(inputs) <= TOLD_INPUTS + 1 else inputs[:TOLD_INPUTS]
    rest = [f"and {len(inputs) - len(shown):,} more (--all shows them)"] if len(shown) < len(inputs) else []
    about = [
        ("snapshot", [f"{snapshot.name}, {snapshot.at}"]),
        (
            "made by",
            [
                ", ".join(f"{name} {version}" for name, version in sorted(snapshot.versions.items(), reverse=True))
                or "not told"
            ],
        ),
        (
            "settings",
            wrap(settings, screen.width - 11),
        ),
        ("read with", [", ".join(f"{name} {value}" for name, value in snapshot.options.items())]),
        ("read", [f"{count_of(snapshot.documents, 'document')}, {count_of(len(snapshot.events), 'event')} that count"]),
        ("inputs", [*shown, *rest] or ["not told"]),
    ]
    lines = [
        printable(f"{name if first else '':<11}{line}")
        for name, told in about
        for first, line in zip((True, *(False for _ in told)), told, strict=False)
        if line
    ]
    rows = [
        [f"{s.source}-{s.target}", s.score, s.low, s.high, s.word, STATE_WORDS[s.state], s.n_events, s.newest]
        for s in snapshot.scores
        if not s.directed
    ]
    header = ("dyad", "score", "low", "high", "word", "state", "events", "newest")
    return "\n".join([*lines, "", text_table(header, rows) if rows else "No dyad has evidence."]) + "\n"


def _value(value: Any) -> str:
    """A setting's value; pairs as `role=weight`."""
    if isinstance(value, tuple | list):
        return " ".join(f"{name}={number:g}" for name, number in value)
    return "none" if value is None else f"{value:g}" if isinstance(value, float) else str(value)
