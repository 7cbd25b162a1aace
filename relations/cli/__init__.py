"""How is everything reached from the command line?"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from relations import __version__
from relations.cli.parameters import (
    COUNTRY,
    DYAD,
    STORE,
    dates_options,
    inputs_argument,
    output_option,
    reading_options,
    scoring_options,
)
from relations.cli.running import (
    PoliteGroup,
    count_of,
    format_for,
    reading_from,
    scores_from,
    write_output,
)
from relations.documents.dates import parse_date
from relations.pipeline import code_documents, read_inputs
from relations.settings import CODERS


@click.group(
    cls=PoliteGroup, context_settings={"help_option_names": ["-h", "--help"], "auto_envvar_prefix": "RELATIONS"}
)
@click.version_option(__version__, prog_name="relations")
def cli() -> None:
    """Score relations between countries from news texts or event data, offline, and show why.

    \b
    relations map seeds/ -o maps/sahel.html --focus MLI
    """


@cli.command("map", short_help="Write one self-contained HTML page with the map.")
@inputs_argument
@output_option
@click.option("--focus", type=COUNTRY, help="Country whose relations are shown first.")
@click.option("--title", default="", help="Title of the page; the dossier's own when left out.")
@click.option("--open", "open_page", is_flag=True, help="Open the page in the browser.")
@dates_options
@reading_options
@scoring_options
def map_command(
    inputs: tuple[str, ...], output: str, focus: str | None, title: str, open_page: bool, **given: Any
) -> None:
    """Write one self-contained HTML page with the map of all relations.

    \b
    relations map seeds/ -o maps/sahel.html --focus MLI --every year
    """
    scores = scores_from(inputs, **given)
    from relations.maps.page import RelationsMap

    target = "relations.html" if output == "-" else output
    if not title:
        title = Path(inputs[0]).stem.replace("_", " ").replace("-", " ").capitalize() if inputs[0] != "-" else ""
    page = RelationsMap(scores, focus=focus, title=title)
    page.save(target)
    click.echo(f"Wrote {target}: {count_of(len(scores), 'score')} at {count_of(len(scores.at), 'date')}", err=True)
    if open_page:
        click.launch(target)


@cli.command("score")
@inputs_argument
@output_option
@click.option("--pair", "pairs", type=DYAD, multiple=True, help="Only this dyad, as FRA-MLI; may be given again.")
@click.option("--directed", is_flag=True, help="Each direction apart.")
@click.option(
    "-f",
    "--format",
    "format_",
    type=click.Choice(["table", "csv", "json", "jsonl", "parquet", "geojson", "graphml", "markdown"]),
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
    write_output(export_scores(scores, format_for(format_, output, "table"), directed=directed, pairs=pairs), output)


@cli.command("code", short_help="List the events that the inputs report.")
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


@cli.command("explain", short_help="Say why a dyad has its score.")
@click.argument("dyad", type=DYAD)
@inputs_argument
@output_option
@click.option("--why-not", is_flag=True, help="Also what was read and not counted, and why.")
@click.option("--directed", is_flag=True, help="Only what the first did to the second.")
@click.option("-f", "--format", "format_", type=click.Choice(["table", "json", "markdown"]))
@dates_options
@reading_options
@scoring_options
def explain_command(
    dyad: tuple[str, str],
    inputs: tuple[str, ...],
    output: str,
    why_not: bool,
    directed: bool,
    format_: str | None,
    **given: Any,
) -> None:
    """Say why a dyad has its score, event by event.

    \b
    relations explain FRA-MLI seeds/
    """
    from relations.exporting import export_explanation

    scores = scores_from(inputs, **given)
    explanation = scores.explain(*dyad, directed=directed)
    write_output(export_explanation(explanation, format_for(format_, output, "table"), why_not=why_not), output)


@cli.command("compare", short_help="Say what moved between two snapshots, and why.")
@click.argument("before")
@click.argument("after")
@click.argument("inputs", nargs=-1)
@output_option
@click.option("--store", type=click.Path(dir_okay=False), default=STORE, show_default=True)
@click.option("--exit-code", is_flag=True, help="Exit 1 when a relation clearly changed.")
@click.option("-f", "--format", "format_", type=click.Choice(["table", "csv", "json", "markdown"]))
@reading_options
@scoring_options
def compare_command(
    before: str,
    after: str,
    inputs: tuple[str, ...],
    output: str,
    store: str,
    exit_code: bool,
    format_: str | None,
    **given: Any,
) -> None:
    """Say what moved between two snapshots, and which events moved it.

    BEFORE and AFTER are dates, or names of saved snapshots.

    \b
    relations compare 2023-12-31 2025-09-22 seeds/
    """
    from relations.exporting import export_comparison

    days = [parse_date(before), parse_date(after)]
    if inputs and all(days):
        scores = scores_from(inputs, at=[day for day in days if day], **given)
        comparison = scores.compare(*[day for day in days if day])
    else:
        from relations.snapshots.comparing import compare_snapshots
        from relations.snapshots.store import Store

        kept = Store(Path(inputs[0] if inputs else store))
        comparison = compare_snapshots(kept.load(before), kept.load(after))
    write_output(export_comparison(comparison, format_for(format_, output, "table")), output)
    if exit_code and any(change.clear for change in comparison):
        raise click.exceptions.Exit(1)


@cli.group("snapshot", cls=PoliteGroup, short_help="Keep dated snapshots in one store file.")
def snapshot_group() -> None:
    """Keep dated snapshots in one store file, and compare them later."""


store_option = click.option("--store", type=click.Path(dir_okay=False), default=STORE, show_default=True)


@snapshot_group.command("save")
@click.argument("name")
@inputs_argument
@store_option
@click.option("--force", is_flag=True, help="Replace a snapshot of the same name.")
@dates_options
@reading_options
@scoring_options
def snapshot_save(name: str, inputs: tuple[str, ...], store: str, force: bool, **given: Any) -> None:
    """Save the scores of a day under a name.

    \b
    relations snapshot save autumn seeds/ --at 2025-09-22
    """
    from relations.snapshots.store import Store

    hashes: dict[str, str] = {}
    scores = scores_from(inputs, hashes=hashes, **given)
    Store(Path(store)).save(scores.snapshot(name, inputs=hashes), force=force)
    click.echo(f"Saved {name} ({scores.at[-1]}) in {store}", err=True)


@snapshot_group.command("list")
@store_option
def snapshot_list(store: str) -> None:
    """List the saved snapshots."""
    from relations.snapshots.store import Store

    kept = Store(Path(store))
    for entry in kept.list():
        click.echo(f"{entry.name}\t{entry.at}")
    for problem in kept.problems():
        click.echo(f"Note: {problem}", err=True)


@snapshot_group.command("show")
@click.argument("name")
@store_option
def snapshot_show(name: str, store: str) -> None:
    """Show the scores of a saved snapshot."""
    from relations.exporting import export_scores
    from relations.scoring.scores import Scores
    from relations.snapshots.store import Store

    write_output(export_scores(Scores.from_snapshots([Store(Path(store)).load(name)]), "table"), "-")


@snapshot_group.command("rm")
@click.argument("name")
@store_option
def snapshot_remove(name: str, store: str) -> None:
    """Remove a saved snapshot."""
    from relations.snapshots.store import Store

    Store(Path(store)).remove(name)


@cli.command("evaluate", short_help="Judge the coder on labelled rows.")
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


@cli.command("train", short_help="Train the classifier on labelled rows.")
@click.argument("labelled", nargs=-1, type=click.Path(exists=True, dir_okay=False))
@click.option("-o", "--output", type=click.Path(dir_okay=False), required=True, help="Where the model goes.")
def train_command(labelled: tuple[str, ...], output: str) -> None:
    """Train the classifier: on LABELLED rows, or on the package's own when none are given.

    \b
    relations train -o data/model/en.skops
    """
    from relations.coding.examples import read_rows
    from relations.coding.training import labelled_articles, labelled_rows, save, train

    rows = [row for path in labelled for row in read_rows(path)]
    articles = [] if rows else labelled_articles()
    rows = rows or labelled_rows()
    save(train(rows, articles), output)
    click.echo(f"{output}: trained on {len(rows)} labelled rows and {len(articles)} articles", err=True)


def main() -> None:
    """Run the command line."""
    cli(prog_name="relations")
