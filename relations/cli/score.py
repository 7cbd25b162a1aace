"""How are scores listed on the command line?"""

from __future__ import annotations

from typing import Any

import click

from relations.cli.parameters import (
    DYAD,
    dates_options,
    inputs_argument,
    output_option,
    reading_options,
    scoring_options,
)
from relations.cli.running import format_for, remark_to_stderr, scores_from, write_output


@click.command("score")
@inputs_argument
@output_option
@click.option("--pair", "pairs", type=DYAD, multiple=True, help="Only this dyad, as FRA-MLI; may be given again.")
@click.option("--directed", is_flag=True, help="Each direction apart.")
@click.option(
    "-f",
    "--format",
    "format_",
    type=click.Choice(["table", "csv", "json", "jsonl", "parquet", "geojson", "graphml", "gexf", "markdown"]),
)
@dates_options
@reading_options
@scoring_options
def score_command(
    inputs: tuple[str, ...],
    output: str,
    pairs: tuple[tuple[str, str], ...],
    directed: bool,
    format_: str | None,
    **given: Any,
) -> None:
    """Score every pair of states: one row a pair and snapshot.

    \b
    relations score article.txt --date 2025-09-22
    """
    from relations.exporting import export_scores

    scores = scores_from(inputs, **given)
    for pair in pairs:
        if len(scores) and not any({pair[0], pair[1]} == {score.source, score.target} for score in scores):
            remark_to_stderr(given["quiet"])(f"{'-'.join(pair)}: no data; a pair without evidence has no row.")
    write_output(export_scores(scores, format_for(format_, output, "table"), directed=directed, pairs=pairs), output)
