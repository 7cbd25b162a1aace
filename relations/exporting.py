"""In which formats do results leave the package?"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import pandas as pd

from relations.events.table import frame_to_events, render_events
from relations.formats import csv_table, json_lines, json_list, json_text, markdown_table, parquet_table, table_of
from relations.globe import geojson_of, scores_to_geodataframe
from relations.graphs import gexf_of, graphml_of, scores_to_networkx
from relations.records import Score
from relations.reports import export_comparison, export_explanation, export_explanations, export_snapshot, made
from relations.scoring.scores import FIELDS, Scores, scores_frame
from relations.scoring.showing import text_table
from relations.scoring.wording import STATE_WORDS, deed
from relations.snapshots.snapshot import score_row

__all__ = [
    "EVENT_FORMATS",
    "SCORE_FORMATS",
    "export_comparison",
    "export_events",
    "export_explanation",
    "export_explanations",
    "export_scores",
    "export_snapshot",
    "scores_to_geodataframe",
    "scores_to_networkx",
    "table_of",
]

SCORE_FORMATS = ("table", "csv", "json", "jsonl", "parquet", "geojson", "graphml", "gexf", "markdown")
EVENT_FORMATS = ("table", "csv", "json", "jsonl", "parquet")
_SCORE_HEADER = (
    "at", "source", "target", "score", "low", "high", "word", "state", "events", "weight", "newest", "trend",
)  # fmt: skip


def export_scores(
    scores: Scores, format: str, *, directed: bool = False, pairs: Iterable[tuple[str, str]] = ()
) -> str | bytes:
    """Scores in one of SCORE_FORMATS; tables, CSV and Markdown round to four decimals, the others do not.

    In tables and Markdown the state is said in words, nothing where the evidence is sound.

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
        "gexf": lambda: gexf_of(chosen),
    }
    return made(makers, format, "scores")


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


def _chosen(scores: Iterable[Score], pairs: Sequence[tuple[str, str]], directed: bool) -> list[Score]:
    if not pairs:
        return list(scores)
    wanted = {pair if directed else tuple(sorted(pair)) for pair in pairs}
    return [score for score in scores if (score.source, score.target) in wanted]


def _score_cells(score: Score) -> list[Any]:
    return [
        score.at, score.source, score.target, score.score, score.low, score.high, score.word,
        STATE_WORDS[score.state], score.n_events, score.weight, score.newest, score.trend,
    ]  # fmt: skip


def _table(header: Sequence[str], rows: Sequence[Sequence[Any]]) -> str:
    return text_table(header, rows) + "\n" if rows else ""
