"""In which formats do results leave the package?"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

import pandas as pd

from relations.errors import BadRecord
from relations.events.table import frame_to_events, render_events
from relations.formats import csv_table, json_lines, json_list, json_text, markdown_table, parquet_table, table_of
from relations.graphs import geojson_of, graphml_of, scores_to_geodataframe, scores_to_networkx
from relations.records import Change, Contribution, Event, Score
from relations.scoring.explaining import Explanation, deed, describe
from relations.scoring.scores import FIELDS, Scores, scores_frame
from relations.scoring.showing import printable, text_table
from relations.snapshots.comparing import CAUSES, Comparison
from relations.snapshots.snapshot import score_row

__all__ = [
    "EVENT_FORMATS",
    "SCORE_FORMATS",
    "export_comparison",
    "export_events",
    "export_explanation",
    "export_scores",
    "scores_to_geodataframe",
    "scores_to_networkx",
    "table_of",
]

SCORE_FORMATS = ("table", "csv", "json", "jsonl", "parquet", "geojson", "graphml", "markdown")
EVENT_FORMATS = ("table", "csv", "json", "jsonl", "parquet")
_SCORE_HEADER = (
    "at",
    "source",
    "target",
    "score",
    "low",
    "high",
    "word",
    "state",
    "events",
    "weight",
    "newest",
    "trend",
)
_EXPLAIN_HEADER = ("contribution", "weight", "share", "date", "event")
_COMPARE_HEADER = (
    "source", "target", "before", "after", "change", "margin", "clear", "before_state", "after_state", *CAUSES, "late",
)  # fmt: skip


def export_scores(
    scores: Scores, format: str, *, directed: bool = False, pairs: Iterable[tuple[str, str]] = ()
) -> str | bytes:
    """Scores in one of SCORE_FORMATS; tables, CSV and Markdown round to four decimals, the others do not.

    Parameters
    ----------
    scores : Scores
    format : str
    directed : bool
        Each direction apart.
    pairs : iterable of pairs of str
        Only these dyads; all when empty.

    Raises
    ------
    BadRecord
        When there is no such format.

    Examples
    --------
    >>> print(export_scores(Scores.from_events([]), "csv"), end="")
    at,source,target,directed,score,low,high,word,state,n_events,weight,newest,trend
    """
    chosen = _chosen(scores.directed if directed else scores, tuple(pairs), directed)
    makers: dict[str, Callable[[], str | bytes]] = {
        "table": lambda: _table(_SCORE_HEADER, [_score_cells(score) for score in chosen]),
        "markdown": lambda: markdown_table(_SCORE_HEADER, [_score_cells(score) for score in chosen]),
        "csv": lambda: csv_table(FIELDS, [[getattr(score, name) for name in FIELDS] for score in chosen]),
        "json": lambda: json_list([score_row(score) for score in chosen]),
        "jsonl": lambda: json_lines([score_row(score) for score in chosen]),
        "parquet": lambda: parquet_table(scores_frame(chosen), dates=("at", "newest")),
        "geojson": lambda: json_text(geojson_of(chosen)),
        "graphml": lambda: graphml_of(chosen),
    }
    return _made(makers, format, "scores")


def export_events(frame: pd.DataFrame, format: str) -> str | bytes:
    """A table of events in one of EVENT_FORMATS.

    Raises
    ------
    BadRecord
        When there is no such format.
    """
    if format != "table":
        return render_events(frame, format)
    rows = [[event.date, event.source, deed(event), event.target, event.status, event.goldstein, event.confidence,
             event.sentence or event.evidence or event.title] for event in frame_to_events(frame)]  # fmt: skip
    header = ("date", "source", "does", "target", "status", "goldstein", "confidence", "sentence")
    return text_table(header, rows, digits=2) + "\n" if rows else ""


def export_explanation(explanation: Explanation, format: str, *, why_not: bool = False) -> str | bytes:
    """An explanation as table, markdown, csv, json, jsonl or parquet; with `why_not` also what does not count.

    Raises
    ------
    BadRecord
        When there is no such format.
    """
    left_out = explanation.why_not if why_not else ()
    both = [*explanation.contributions, *left_out]
    makers: dict[str, Callable[[], str | bytes]] = {
        "table": lambda: _explained(explanation, left_out),
        "markdown": lambda: _explained_markdown(explanation, left_out),
        "csv": lambda: _csv_of(explanation, why_not),
        "json": lambda: json_text(_explanation_json(explanation, left_out)),
        "jsonl": lambda: json_lines([contribution_row(part) for part in both]),
        "parquet": lambda: parquet_table(_contributions(explanation, why_not), dates=("date",)),
    }
    return _made(makers, format, "explanations")


def export_comparison(comparison: Comparison, format: str) -> str | bytes:
    """A comparison as table, markdown, csv, json, jsonl or parquet.

    JSON holds one object a dyad: `source, target, before, after, change, before_state, after_state, margin`,
    `contributions` and `causes`, both of which add up to `change`, and `late`.

    Raises
    ------
    BadRecord
        When there is no such format.
    """
    rows = [_change_cells(change) for change in comparison]
    makers: dict[str, Callable[[], str | bytes]] = {
        "table": lambda: f"{comparison.title}\n{text_table(_COMPARE_HEADER, rows)}\n{_movers(comparison)}",
        "markdown": lambda: f"{comparison.title}\n\n{markdown_table(_COMPARE_HEADER, rows)}",
        "csv": lambda: csv_table(_COMPARE_HEADER, rows),
        "json": lambda: json_list([change_row(change) for change in comparison]),
        "jsonl": lambda: json_lines([change_row(change) for change in comparison]),
        "parquet": lambda: parquet_table(comparison.to_frame()),
    }
    return _made(makers, format, "comparisons")


def _made(makers: Mapping[str, Callable[[], str | bytes]], format: str, what: str) -> str | bytes:
    if format not in makers:
        raise BadRecord(f"No format {format!r} for {what}. Use one of {', '.join(makers)}.")
    return makers[format]()


def _chosen(scores: Iterable[Score], pairs: Sequence[tuple[str, str]], directed: bool) -> list[Score]:
    if not pairs:
        return list(scores)
    wanted = {pair if directed else tuple(sorted(pair)) for pair in pairs}
    return [score for score in scores if (score.source, score.target) in wanted]


def _score_cells(score: Score) -> list[Any]:
    return [
        score.at, score.source, score.target, score.score, score.low, score.high, score.word, score.state,
        score.n_events, score.weight, score.newest, score.trend,
    ]  # fmt: skip


def _change_cells(change: Change) -> list[Any]:
    return [
        change.source, change.target, change.before, change.after, change.change, change.margin, change.clear,
        change.before_state, change.after_state, *(change.causes[cause] for cause in CAUSES), len(change.late),
    ]  # fmt: skip


def _table(header: Sequence[str], rows: Sequence[Sequence[Any]]) -> str:
    return text_table(header, rows) + "\n" if rows else ""


def change_row(change: Change) -> dict[str, Any]:
    """A Change as a JSON-ready object."""
    return {
        "source": change.source,
        "target": change.target,
        "before": change.before,
        "after": change.after,
        "change": change.change,
        "margin": change.margin,
        "clear": change.clear,
        "before_state": change.before_state,
        "after_state": change.after_state,
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


def _explanation_json(explanation: Explanation, left_out: Iterable[Contribution]) -> dict[str, Any]:
    found: dict[str, Any] = score_row(explanation.score)
    found["contributions"] = [contribution_row(part) for part in explanation]
    rest = [contribution_row(part) for part in left_out]
    return found | {"why_not": rest} if rest else found


def _contributions(explanation: Explanation, why_not: bool) -> pd.DataFrame:
    frame = explanation.to_frame()
    return pd.concat([frame, explanation.why_not_frame()], ignore_index=True) if why_not else frame


def _csv_of(explanation: Explanation, why_not: bool) -> str:
    frame = _contributions(explanation, why_not).astype(object)
    return csv_table(list(frame.columns), frame.where(frame.notna(), None).values.tolist())


def _explain_cells(part: Contribution) -> list[Any]:
    return [part.contribution, part.weight, part.share, part.event.date if part.event else None, describe(part)]


def _why_not_cells(parts: Iterable[Contribution]) -> list[list[Any]]:
    return [[part.event.date, describe(part), part.reason] for part in parts if part.event]


def _explained(explanation: Explanation, left_out: Sequence[Contribution]) -> str:
    text = f"{explanation.title}\n{text_table(_EXPLAIN_HEADER, [_explain_cells(part) for part in explanation])}\n"
    if left_out:
        text += f"\nRead and not counted:\n{text_table(('date', 'event', 'reason'), _why_not_cells(left_out))}\n"
    return text


def _explained_markdown(explanation: Explanation, left_out: Sequence[Contribution]) -> str:
    rows = [_explain_cells(part) for part in explanation]
    text = f"{explanation.title}\n\n{markdown_table(_EXPLAIN_HEADER, rows)}"
    if left_out:
        rest = markdown_table(("date", "event", "reason"), _why_not_cells(left_out))
        text += f"\nRead and not counted:\n\n{rest}"
    return text


def _movers(comparison: Comparison, dyads: int = 5, events: int = 3) -> str:
    """The heaviest events behind the biggest changes, in words."""
    lines: list[str] = []
    for change in comparison.changes[:dyads]:
        known = comparison.events_of(change)
        heaviest = sorted(change.contributions.items(), key=lambda item: (-abs(item[1]), item[0] or ""))
        parts = [(known[id], points) for id, points in heaviest if id is not None and id in known][:events]
        if parts:
            lines.append(f"\n{change.source}-{change.target} {change.change:+.2f}")
        for event, points in parts:
            late = " (added, late)" if event.id in change.late else ""
            lines.append(printable(f"  {points:+.2f}  {event.date} {describe(Contribution(event, points))}{late}"))
    return "\n".join(lines) + "\n" if lines else ""
