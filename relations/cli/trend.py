"""How does one see, on the command line, how a score moved over time?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from relations.cli.parameters import DAY, DYAD, inputs_argument, output_option, reading_options, scoring_options
from relations.cli.running import format_for, scores_from, write_output
from relations.cli.terminal import color_option, screen_for

if TYPE_CHECKING:
    from relations.scoring.changepoints import ChangePoint
    from relations.scoring.series import ScoreSeries
    from relations.scoring.showing import Screen

FORMATS = ("table", "csv", "json", "svg", "png", "markdown")
_CHANGES = ("day", "since", "direction", "shift", "before", "after", "p_value", "weeks_before", "weeks_after")
_NO_CHANGE = "No change point at the 5% level."


@click.command("trend", short_help="Show how a score moved over time, and when it changed.")
@click.argument("dyad", type=DYAD)
@inputs_argument
@output_option
@click.option(
    "--every", type=click.Choice(["week", "month", "quarter", "year"]), help="Ends of periods; month if unsaid."
)
@click.option("--grid", type=click.IntRange(1), metavar="DAYS", help="Every so many days, instead of --every.")
@click.option("--from-date", type=DAY, help="First day; without it that of the first event.")
@click.option("--at", type=DAY, help="Last day; without it that of the newest document.")
@click.option("--directed", is_flag=True, help="Only what the first did to the second.")
@color_option
@click.option("-f", "--format", "format_", type=click.Choice(FORMATS), help="As the suffix of --output, else table.")
@reading_options
@scoring_options
def trend_command(
    dyad: tuple[str, str],
    inputs: tuple[str, ...],
    output: str,
    every: str | None,
    grid: int | None,
    from_date: date | None,
    at: date | None,
    directed: bool,
    color: str,
    format_: str | None,
    **given: Any,
) -> None:
    """Show how the score of a dyad moved over time, and at which points the tone changed.

    Tables have the score of each day as a snapshot of that day would have it, pictures (svg; png with matplotlib, from
    the extra `plot`) the line with its interval and the events. A store of snapshots is shown on its own days.

    \b
    relations trend FRA-MLI seeds/ --every quarter
    relations trend FRA-MLI seeds/ --from-date 2020-01-01 -o france-mali.svg
    """
    if every and grid:
        raise click.UsageError("--every and --grid exclude one another: give one of them.")
    format_ = format_for(format_, output, "table")
    if format_ not in FORMATS:
        raise click.UsageError(f"No format {format_!r} for trends. Use one of {', '.join(FORMATS)}.")
    scores = scores_from(inputs, at=[at] if at else [], **given)
    if format_ == "svg":
        write_output(scores.to_svg(*dyad, from_date, at, directed), output)
        return
    if format_ == "png":
        from relations.maps.colours import palette
        from relations.scoring.plotting import render

        write_output(render(scores.picture(*dyad, from_date, at, directed), palette()), output)
        return
    series = scores.series(*dyad, grid or every or "month", from_date, at, directed)
    if format_ == "csv":
        from relations.formats import csv_table
        from relations.scoring.series import COLUMNS

        write_output(csv_table(COLUMNS, [list(row.values()) for row in series.rows()]), output)
        return
    changes = [
        change for change in scores.change_points(*dyad, at, directed) if not from_date or change.day >= from_date
    ]
    if format_ == "json":
        write_output(_json(series, changes), output)
    elif format_ == "markdown":
        write_output(_markdown(series, changes), output)
    else:
        write_output(_table(series, changes, screen_for(output, color)), output)


def _json(series: ScoreSeries, changes: Sequence[ChangePoint]) -> str:
    from relations.formats import json_text

    return json_text(
        {
            "source": series.source,
            "target": series.target,
            "directed": series.directed,
            "series": list(series.rows()),
            "change_points": [
                _change(change)
                | {
                    "carried_by": [
                        {"event": part.event.id, "contribution": part.contribution}
                        for part in change.carried_by
                        if part.event
                    ]
                }
                for change in changes
            ],
        }
    )


def _change(change: ChangePoint) -> dict[str, Any]:
    row = {name: getattr(change, name) for name in _CHANGES}
    return row | {name: row[name].isoformat() for name in ("day", "since")}


def _markdown(series: ScoreSeries, changes: Sequence[ChangePoint]) -> str:
    from relations.formats import markdown_table
    from relations.scoring.series import COLUMNS

    parts = [f"**{series.title}**", markdown_table(COLUMNS, [list(row.values()) for row in series.rows()])]
    if changes:
        parts += ["**Change points**", markdown_table(_CHANGES, [list(_change(c).values()) for c in changes])]
    else:
        parts.append(f"{_NO_CHANGE}\n")
    return "\n\n".join(parts)


def _table(series: ScoreSeries, changes: Sequence[ChangePoint], screen: Screen) -> str:
    """A line a day with the score drawn left or right of zero, then the changes and the events that carry them."""
    from relations.scoring.showing import bar, cut, pad, printable, signed
    from relations.scoring.wording import describe

    lines = [screen.tint(printable(series.title), "strong"), ""]
    header = f"{'day':<10}  {'score':>6}  {' ' * 21}  {'90% interval':<16}  {'word':<8}  {'events':>6}  state"
    lines.append(screen.tint(header, "faint"))
    for row in series.rows():
        if row["score"] is None:
            lines.append(f"{row['at']}  {'':6}  {bar(0, 10, screen, 10)}  {'':16}  no data")
            continue
        span = f"{signed(row['low']):>6} to {signed(row['high']):>6}"
        state = "" if row["state"] == "ok" else row["state"]
        lines.append(
            f"{row['at']}  {signed(row['score']):>6}  {bar(row['score'], 10, screen, 10)}  {pad(span, 16)}  "
            f"{row['word']:<8}  {row['n_events']:>6}  {state}".rstrip()
        )
    lines += ["", *([] if changes else [_NO_CHANGE])]
    for change in changes:
        lines.append(screen.tint(change.title, "strong"))
        for part in change.carried_by:
            if part.event:
                when = part.event.date.isoformat()
                lines.append(cut(f"{when}  {signed(part.contribution):>6}  {describe(part)}", screen.width))
    return "\n".join(lines) + "\n"
