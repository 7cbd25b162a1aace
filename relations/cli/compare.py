"""How are two snapshots compared on the command line?"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from relations.cli.parameters import STORE, output_option, reading_options, scoring_options
from relations.cli.running import format_for, scores_from, write_output
from relations.cli.terminal import all_option, color_option, screen_for
from relations.documents.dates import parse_date

if TYPE_CHECKING:
    from relations.snapshots.comparing import Comparison
    from relations.snapshots.store import Snapshot, Store


@click.command("compare", short_help="Say what moved between two snapshots, and why.")
@click.argument("before")
@click.argument("after")
@click.argument("inputs", nargs=-1)
@output_option
@click.option("--store", type=click.Path(dir_okay=False), default=STORE, show_default=True)
@click.option(
    "--order",
    type=click.Choice(["path", "shapley"]),
    default="path",
    show_default=True,
    help="Share a change among its causes one after the other, or as the mean over all orders.",
)
@click.option(
    "--recompute", is_flag=True, help="When the settings differ, score the older one's events with the newer's."
)
@click.option("--exit-code", is_flag=True, help="Exit 1 when a relation clearly changed.")
@all_option
@color_option
@click.option("-f", "--format", "format_", type=click.Choice(["table", "csv", "json", "jsonl", "markdown", "parquet"]))
@reading_options
@scoring_options
def compare_command(
    before: str,
    after: str,
    inputs: tuple[str, ...],
    output: str,
    store: str,
    order: str,
    recompute: bool,
    exit_code: bool,
    everything: bool,
    color: str,
    format_: str | None,
    **given: Any,
) -> None:
    """Say what moved between two snapshots, and which events moved it.

    BEFORE and AFTER are dates, or names of saved snapshots; dates are scored from the INPUTS, or found in the store
    when there are none. A change is marked when it is clear: beyond what chance, and evidence that merely comes or
    fades, would move.

    \b
    relations compare 2023-12-31 2025-09-22 seeds/
    relations compare before after --order shapley
    """
    from relations.exporting import export_comparison
    from relations.snapshots.telling import TOP_DYADS

    comparison = _comparison((before, after), inputs, store, order, recompute, given)
    text = export_comparison(
        comparison,
        format_for(format_, output, "table"),
        screen=screen_for(output, color),
        top=None if everything else TOP_DYADS,
    )
    write_output(text, output)
    for note in comparison.notes:
        if format_ not in (None, "table", "markdown") and not given["quiet"]:
            click.echo(f"Note: {note}", err=True)
    if exit_code and any(change.clear for change in comparison):
        raise click.exceptions.Exit(1)


def _comparison(
    names: tuple[str, str], inputs: tuple[str, ...], store: str, order: str, recompute: bool, given: dict[str, Any]
) -> Comparison:
    from relations.snapshots.comparing import compare_snapshots
    from relations.snapshots.store import Store, is_store

    if len(inputs) == 1 and is_store(inputs[0]):
        store, inputs = inputs[0], ()
    days = [parse_date(name) if inputs else None for name in names]
    fresh = [day for day in days if day]
    scores = scores_from(inputs, at=fresh, **given) if fresh else None
    if scores is not None and days[0] and days[1]:
        return scores.compare(days[0], days[1]).ordered(order)
    kept = Store(Path(store))
    before, after = [
        scores.snapshot(name, day) if scores is not None and day else _saved(kept, name)
        for name, day in zip(names, days, strict=True)
    ]
    return compare_snapshots(before, after, order, recompute=recompute)


def _saved(store: Store, name: str) -> Snapshot:
    """A saved snapshot by its name, or by its day when only one is of that day."""
    day: date | None = parse_date(name)
    entries = store.list() if day else ()
    of_the_day = [entry.name for entry in entries if entry.at == day]
    if name not in [entry.name for entry in entries] and len(of_the_day) == 1:
        return store.load(of_the_day[0])
    return store.load(name)
