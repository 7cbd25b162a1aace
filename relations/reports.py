"""In which formats do explanations, comparisons and snapshots leave the package?"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

import pandas as pd

from relations.errors import BadRecord
from relations.formats import csv_table, json_lines, json_list, json_text, markdown_table, parquet_table
from relations.records import Change, Contribution, Event
from relations.scoring.explaining import Explanation, contributions_frame
from relations.scoring.reckoning import NoScore
from relations.scoring.showing import PAGE, Screen, signed
from relations.scoring.telling import TOP_EVENTS, direction, explanation_text, rounded_points, when
from relations.scoring.wording import STATUS_WORDS, act, interval_of, source_of, told_of
from relations.scoring.words import word_of
from relations.snapshots.comparing import COLUMNS, Comparison, change_cells
from relations.snapshots.snapshot import Snapshot, score_row
from relations.snapshots.telling import TOP_DYADS, comparison_text, main_cause, snapshot_text, state_change

#: One to be explained, or of which nothing counts.
Explained = Explanation | NoScore
_PARTS = ("date", "points", "direction", "what", "status", "weight", "source", "words")
_LEFT_OUT = ("date", "direction", "what", "reason", "source", "words")
_MOVED = ("dyad", "before", "after", "change", "noise", "clear", "because of", "state")


def export_explanation(
    explanation: Explained,
    format: str,
    *,
    why_not: bool = False,
    screen: Screen = PAGE,
    top: int | None = TOP_EVENTS,
    notes: Sequence[str] = (),
) -> str | bytes:
    """An explanation as table, markdown, csv, json, jsonl or parquet.

    Parameters
    ----------
    explanation : Explanation or NoScore
    format : str
    why_not : bool
        Also what was read and does not count.
    screen : Screen
        What a table is written for.
    top : int or None
        Events of a table before the rest is added up; None for all. The other formats have all.
    notes : sequence of str
        Remarks on the inputs as a whole, in tables and Markdown.

    Raises
    ------
    BadRecord
        When there is no such format.
    """
    return export_explanations([explanation], format, why_not=why_not, screen=screen, top=top, notes=notes)


def export_explanations(
    explanations: Sequence[Explained],
    format: str,
    *,
    why_not: bool = False,
    screen: Screen = PAGE,
    top: int | None = TOP_EVENTS,
    notes: Sequence[str] = (),
) -> str | bytes:
    """Explanations of several days, one after the other; JSON is a list when there are several.

    Raises
    ------
    BadRecord
        When there is no such format.
    """
    parts = [part for explanation in explanations for part in _parts(explanation, why_not)]
    makers: dict[str, Callable[[], str | bytes]] = {
        "table": lambda: _pages(
            [explanation_text(one, screen, top=top, why_not=why_not) for one in explanations], notes, "Of all inputs:"
        ),
        "markdown": lambda: _pages([_markdown(one, why_not) for one in explanations], notes, "Of all inputs:\n"),
        "csv": lambda: _csv(contributions_frame(parts)),
        "json": lambda: json_text(
            [explanation_row(one, why_not) for one in explanations]
            if len(explanations) != 1
            else explanation_row(explanations[0], why_not)
        ),
        "jsonl": lambda: json_lines([contribution_row(part) for part in parts]),
        "parquet": lambda: parquet_table(contributions_frame(parts), dates=("date",)),
    }
    return made(makers, format, "explanations")


def export_comparison(
    comparison: Comparison, format: str, *, screen: Screen = PAGE, top: int | None = TOP_DYADS
) -> str | bytes:
    """A comparison as table, markdown, csv, json, jsonl or parquet.

    JSON holds one object a dyad: `source, target, before, after, change, before_state, after_state, margin`,
    `contributions` and `causes`, both of which add up to `change`, and `late`; besides, `noise`, words and intervals.

    Parameters
    ----------
    comparison : Comparison
    format : str
    screen : Screen
        What a table is written for.
    top : int or None
        Dyads of a table; None for all. The other formats have all.

    Raises
    ------
    BadRecord
        When there is no such format.
    """
    makers: dict[str, Callable[[], str | bytes]] = {
        "table": lambda: comparison_text(comparison, screen, top=top),
        "markdown": lambda: _comparison_markdown(comparison),
        "csv": lambda: csv_table(COLUMNS, [change_cells(change) for change in comparison]),
        "json": lambda: json_list([change_row(change) for change in comparison]),
        "jsonl": lambda: json_lines([change_row(change) for change in comparison]),
        "parquet": lambda: parquet_table(comparison.to_frame()),
    }
    return made(makers, format, "comparisons")


def export_snapshot(snapshot: Snapshot, format: str, *, screen: Screen = PAGE, everything: bool = False) -> str | bytes:
    """What made a snapshot, and its mutual scores, as table or json; `everything` lists all inputs in a table.

    Raises
    ------
    BadRecord
        When there is no such format.
    """
    makers: dict[str, Callable[[], str | bytes]] = {
        "table": lambda: snapshot_text(snapshot, screen, everything=everything),
        "json": lambda: json_text(
            snapshot.made_by() | {"scores": [score_row(score) for score in snapshot.scores if not score.directed]}
        ),
    }
    return made(makers, format, "snapshots")


def made(makers: Mapping[str, Callable[[], str | bytes]], format: str, what: str) -> str | bytes:
    """What the maker of a format makes.

    Raises
    ------
    BadRecord
        When there is none; the message names those there are.
    """
    if format not in makers:
        raise BadRecord(f"No format {format!r} for {what}. Use one of {', '.join(makers)}.")
    return makers[format]()


def change_row(change: Change) -> dict[str, Any]:
    """A Change as a JSON-ready object."""
    return {
        "source": change.source,
        "target": change.target,
        "before": change.before,
        "after": change.after,
        "change": change.change,
        "margin": change.margin,
        "noise": change.noise,
        "clear": change.clear,
        "before_state": change.before_state,
        "after_state": change.after_state,
        "before_word": word_of(change.before),
        "after_word": word_of(change.after),
        "before_interval": list(change.before_interval) if change.before_interval else None,
        "after_interval": list(change.after_interval) if change.after_interval else None,
        "contributions": [{"event": id, "contribution": points} for id, points in change.contributions.items()],
        "causes": dict(change.causes),
        "late": list(change.late),
    }


def contribution_row(part: Contribution) -> dict[str, Any]:
    """A Contribution as a JSON-ready object; the prior's event is null."""
    return {
        "event": event_row(part.event) if part.event else None,
        "contribution": part.contribution,
        "weight": part.weight,
        "share": part.share,
        "reason": part.reason,
        "reports": [event_row(report) for report in part.reports],
    }


def event_row(event: Event) -> dict[str, Any]:
    """An Event as a JSON-ready object: dates are ISO text."""
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in asdict(event).items()}


def explanation_row(explanation: Explained, why_not: bool) -> dict[str, Any]:
    """An explanation as a JSON-ready object: the fields of its score, and every contribution.

    `prior` and the contributions of events add up to `score`; where a method has no exact split, `caveat` says so and
    `rest` is what is missing.
    """
    found: dict[str, Any]
    if isinstance(explanation, NoScore):
        found = {"at": explanation.at.isoformat(), "source": explanation.source, "target": explanation.target,
                 "directed": explanation.directed, "score": None, "state": "no data", "prior": explanation.prior,
                 "contributions": []}  # fmt: skip
    else:
        found = score_row(explanation.score) | {"prior": explanation.prior}
        found |= {"caveat": explanation.caveat, "rest": explanation.rest} if explanation.caveat else {}
        found["contributions"] = [contribution_row(part) for part in explanation]
    return found | ({"why_not": [contribution_row(part) for part in explanation.why_not]} if why_not else {})


def _parts(explanation: Explained, why_not: bool) -> Iterable[Contribution]:
    counted = explanation.contributions if isinstance(explanation, Explanation) else ()
    return (*counted, *(explanation.why_not if why_not else ()))


def _csv(frame: pd.DataFrame) -> str:
    frame = frame.astype(object)
    return csv_table(list(frame.columns), frame.where(frame.notna(), None).values.tolist())


def _pages(texts: Sequence[str], notes: Sequence[str], heading: str) -> str:
    remarks = [f"{heading}\n" + "".join(f"- {note}\n" for note in notes)] if notes else []
    return "\n".join([*texts, *remarks])


def _markdown(explanation: Explained, why_not: bool) -> str:
    text = f"{explanation.title}\n"
    if isinstance(explanation, Explanation):
        caveat = f"\n{explanation.caveat}\n" if explanation.caveat else ""
        text += f"{caveat}\n{markdown_table(_PARTS, _part_cells(explanation))}"
    if why_not:
        cells = [
            [when(part.event), direction(part.event), act(part.event), part.reason, *_words(part)]
            for part in explanation.why_not
            if part.event
        ]
        text += f"\nRead and not counted, or not as told:\n\n{markdown_table(_LEFT_OUT, cells)}"
    return text


def _part_cells(explanation: Explanation) -> list[list[Any]]:
    """Rows of events, then prior and score: numbers that add up as they stand."""
    *points, prior, rest = rounded_points(explanation)
    rows: list[list[Any]] = [
        [
            when(part.event), signed(number, 4), direction(part.event), act(part.event),
            STATUS_WORDS.get(part.event.status, part.event.status), part.weight, *_words(part),
        ]
        for number, part in zip(points, explanation.events, strict=True)
        if part.event
    ]  # fmt: skip
    rows += [["", signed(prior, 4), "", "prior: where a pair without evidence stands", "", None, "", ""]]
    rows += [["", signed(rest, 4), "", "moved only by events together", "", None, "", ""]] if rest else []
    score = round(sum(points) + prior + rest, 4)
    return [*rows, ["", signed(score, 4), "", "score: the sum", "", None, "", ""]]


def _words(part: Contribution) -> list[str]:
    if part.event is None:
        return ["", ""]
    further = f" (+{len(part.reports)})" if part.reports else ""
    return [f"{source_of(part.event)}{further}", told_of(part.event)]


def _comparison_markdown(comparison: Comparison) -> str:
    notes = "".join(f"\n{note}\n" for note in comparison.notes)
    rows = [
        [
            f"{change.source}-{change.target}",
            _scored(change.before, change.before_interval),
            _scored(change.after, change.after_interval),
            signed(change.change, 4), change.noise, change.clear, main_cause(change), state_change(change),
        ]
        for change in comparison
    ]  # fmt: skip
    return f"{comparison.title}\n{notes}\n{markdown_table(_MOVED, rows)}"


def _scored(score: float, interval: tuple[float, float] | None) -> str:
    """Number, word and interval of a score."""
    return f"{signed(score, 4)} {word_of(score)}{f' ({interval_of(*interval)})' if interval else ''}"
