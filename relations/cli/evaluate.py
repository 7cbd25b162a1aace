"""How is the coder judged on the command line?"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from relations.cli.parameters import output_option
from relations.cli.running import count_of, format_for, write_output
from relations.settings import CODERS


@click.command("evaluate", short_help="Judge the coder on labelled rows.")
@click.argument("gold", type=click.Path(exists=True, dir_okay=False, allow_dash=True))
@output_option
@click.option(
    "-f",
    "--format",
    "format_",
    type=click.Choice(["table", "json", "markdown"]),
    help="As the suffix of --output says, else table.",
)
@click.option("--predictions", type=click.Path(dir_okay=False), help="Write one prediction a row as JSONL.")
@click.option("--coder", type=click.Choice(CODERS), default="both", show_default=True, help="Who answers.")
@click.option("--model", type=click.Path(exists=True, dir_okay=False), help="A model that `relations train` wrote.")
@click.option("--allow-none", is_flag=True, help="NONE is an answer too.")
def evaluate_command(
    gold: str,
    output: str,
    format_: str | None,
    predictions: str | None,
    coder: str,
    model: str | None,
    allow_none: bool,
) -> None:
    """Judge the coder on labelled rows whose pair of actors is given.

    GOLD is JSONL of {text, source, target, root[, id, quad]}, or - for standard input. Figures are macro-F1 with a
    90% interval, of types (root), quad classes, and conflict against cooperation (binary). The `manual` rows are short
    and undated, as examples of the CAMEO manual are; all others are `news`.

    \b
    relations evaluate gold.jsonl --predictions said.jsonl
    """
    from relations.coding.evaluating import evaluate, read_gold
    from relations.formats import json_text, markdown_table
    from relations.scoring.showing import cell, text_table

    files = [Path(name).resolve() for name in (gold, predictions, output) if name not in (None, "-")]
    if len(set(files)) < len(files):
        raise click.UsageError("GOLD, --predictions and --output: two name the same file; write to another one.")
    format_ = format_for(format_, output, "table")
    if format_ not in ("table", "json", "markdown"):
        raise click.UsageError(f"No format {format_!r} for evaluations. Use one of table, json, markdown.")
    result = evaluate(read_gold(gold), coder, model or "", allow_none)
    if missed := 0 if allow_none else sum(row.root == "NONE" for row in result.rows):
        note = f"{gold}: {count_of(missed, 'row')} of NONE, which is no answer without --allow-none."
        click.echo(f"Note: {note}", err=True)
    report = result.report()

    def shown(title: str, header: tuple[str, ...], rows: list[list[Any]]) -> str:
        if format_ == "table":
            return f"{title}\n{text_table(header, rows, digits=1)}\n"
        return f"**{title}**\n\n{markdown_table(header, [[cell(value, 1) for value in row] for row in rows])}"

    if predictions:
        write_output("".join(p.to_json() + "\n" for p in result.predictions), predictions)
    tables = "\n".join(shown(*table) for table in report.tables())
    write_output(json_text(report.to_json()) if format_ == "json" else tables, output)
