"""How are events listed on the command line?"""

from __future__ import annotations

from typing import Any

import click

from relations.cli.parameters import inputs_argument, output_option, reading_options
from relations.cli.running import format_for, reading_from, write_output
from relations.pipeline import code_documents, read_inputs


@click.command("code", short_help="List the events that the inputs report.")
@inputs_argument
@output_option
@click.option("-f", "--format", "format_", type=click.Choice(["jsonl", "json", "csv", "parquet", "table"]))
@click.option("--all-actors", is_flag=True, help="Keep organisations too.")
@reading_options
def code_command(inputs: tuple[str, ...], output: str, format_: str | None, **given: Any) -> None:
    """List the events that the inputs report, with the words they come from.

    \b
    relations code article.txt --date 2025-09-22 --format table
    """
    from relations.events.table import events_to_frame
    from relations.exporting import export_events

    options = reading_from(**given)
    reading = read_inputs(inputs, options)
    events = list(code_documents(reading.documents, options))
    if not events and not reading.frames:
        options.note("No event between two states was found.")
    frames = [events_to_frame(events), *reading.frames]
    import pandas as pd

    frame = pd.concat([f for f in frames if len(f)] or frames[:1], ignore_index=True)
    write_output(export_events(frame, format_for(format_, output, "jsonl")), output)
