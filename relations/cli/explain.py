"""How is a score explained on the command line?"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

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
from relations.cli.terminal import all_option, color_option, screen_for
from relations.errors import NoEvidence

if TYPE_CHECKING:
    from relations.reports import Explained
    from relations.scoring.reckoning import NoScore
    from relations.scoring.scores import Scores


@click.command("explain", short_help="Say why a dyad has its score.")
@click.argument("dyad", type=DYAD)
@inputs_argument
@output_option
@click.option("--why-not", is_flag=True, help="Also what was read and not counted, and why.")
@click.option("--directed", is_flag=True, help="Only what the first did to the second.")
@all_option
@color_option
@click.option("-f", "--format", "format_", type=click.Choice(["table", "json", "jsonl", "csv", "markdown", "parquet"]))
@dates_options
@reading_options
@scoring_options
def explain_command(
    dyad: tuple[str, str],
    inputs: tuple[str, ...],
    output: str,
    why_not: bool,
    directed: bool,
    everything: bool,
    color: str,
    format_: str | None,
    **given: Any,
) -> None:
    """Say why a dyad has its score, event by event.

    The numbers add up: prior + contributions = score. The table has the weightiest events, --all has all of them;
    with several days there is an explanation of each.

    \b
    relations explain FRA-MLI seeds/
    relations explain FRA-MLI seeds/ --at 2022-12-31 --why-not
    """
    from relations.exporting import export_explanations
    from relations.scoring.telling import TOP_EVENTS

    heard: list[str] = []
    scores = scores_from(inputs, heard=heard, **given)
    notes = (*dict.fromkeys((*heard, *scores.notes)),) if why_not else ()
    explanations = _explanations(scores, dyad, directed, why_not, given["quiet"])
    text = export_explanations(
        explanations,
        format_for(format_, output, "table"),
        why_not=why_not,
        screen=screen_for(output, color),
        top=None if everything else TOP_EVENTS,
        notes=notes,
    )
    write_output(text, output)


def _explanations(scores: Scores, dyad: tuple[str, str], directed: bool, why_not: bool, quiet: bool) -> list[Explained]:
    """One for each day on which the dyad has evidence; the other days are noted, and refused when there are no more."""
    found: list[Explained] = []
    silent: list[NoEvidence] = []
    for at in scores.at or (None,):
        try:
            found.append(scores.explain(*dyad, at=at, directed=directed))
        except NoEvidence as error:  # an answer for one day of several, and for what was read and not counted
            rest = _left_out(scores, dyad, at, directed) if why_not and at else None
            if rest is None:
                silent.append(error)
            else:
                found.append(rest)
    if not found:
        raise silent[-1]
    for reason in silent:
        remark_to_stderr(quiet)(str(reason))
    return found


def _left_out(scores: Scores, dyad: tuple[str, str], at: date, directed: bool) -> NoScore | None:
    """What was read on a dyad of which nothing counts; None when nothing was read either."""
    from relations.scoring.reckoning import unexplained

    return unexplained(scores.events, dyad, at, directed, scores.prior(at))
