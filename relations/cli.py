"""How is everything reached from the command line?"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from relations import __version__
from relations.countries import find_country
from relations.documents.dates import parse_date
from relations.documents.reading import FORMATS
from relations.errors import BadInput, RelationsError
from relations.pipeline import Options, code_documents, gather, period_ends, read_inputs, score_reading
from relations.settings import CODERS, INTERVALS, METHODS, PRIORS, SCALES, Settings

if TYPE_CHECKING:
    from relations.scoring.scores import Scores

F = TypeVar("F", bound=Callable[..., Any])
STORE = "relations.snapshots"


class _Polite(click.Group):
    """A group that turns our errors into one line and exit 1, for all its commands."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except RelationsError as error:
            raise click.ClickException(str(error)) from error


class _Day(click.ParamType[date]):
    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        found = value if isinstance(value, date) else parse_date(value)
        if found is None:
            self.fail(f"{value!r} is no date; write YYYY-MM-DD.", param, ctx)
        return found


class _Dyad(click.ParamType[tuple[str, str]]):
    name = "dyad"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, str]:
        if isinstance(value, tuple):
            return value
        parts = value.split("-")
        if len(parts) < 2:
            self.fail(f"{value!r} is no dyad; write two countries as FRA-MLI.", param, ctx)
        for cut in range(2, len(parts)):  # a country may have a hyphen of its own: Guinea-Bissau-FRA
            with suppress(RelationsError):
                return find_country("-".join(parts[:cut])).code, find_country("-".join(parts[cut:])).code
        try:
            return find_country(parts[0]).code, find_country("-".join(parts[1:])).code
        except RelationsError as error:
            self.fail(str(error), param, ctx)


class _CountryType(click.ParamType[str]):
    name = "country"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        try:
            return find_country(value).code
        except RelationsError as error:
            self.fail(str(error), param, ctx)


class _HalfLife(click.ParamType[float | None]):
    name = "days"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float | None:
        if value is None or str(value).lower() == "none":
            return None
        try:
            days = float(value)
        except ValueError:
            days = 0.0
        if not days > 0:
            self.fail(f"{value!r} is no number of days above 0; write 548, or none to forget nothing.", param, ctx)
        return days


DAY, DYAD, COUNTRY = _Day(), _Dyad(), _CountryType()


def _options(*decorators: Callable[[F], F]) -> Callable[[F], F]:
    def wrap(command: F) -> F:
        for decorator in reversed(decorators):
            command = decorator(command)
        return command

    return wrap


reading_options = _options(
    click.option("--date", "undated", type=DAY, help="Day of publication of documents that have none."),
    click.option("--from", "kind", type=click.Choice(FORMATS), default=None, help="Format, when not recognised."),
    click.option("--coder", type=click.Choice(CODERS), default="both", show_default=True, help="Who finds the events."),
    click.option("--model", type=click.Path(exists=True, dir_okay=False), help="A model that `relations train` wrote."),
    click.option("--lang", default="", help="Language of the texts, when not said by them."),
    click.option("--workers", type=click.IntRange(1), default=1, show_default=True, help="Processes that code texts."),
    click.option("--strict", is_flag=True, help="Stop at the first row or file that cannot be read."),
    click.option("-q", "--quiet", is_flag=True, help="No remarks on standard error."),
    click.option("-v", "--verbose", count=True, help="More remarks."),
)
scoring_options = _options(
    click.option("--method", type=click.Choice(METHODS), default="mean", show_default=True),
    click.option("--half-life", type=_HalfLife(), default="548", show_default=True, help="Days, or none."),
    click.option("--k", type=click.FloatRange(0, min_open=True), default=2.0, show_default=True, help="Prior events."),
    click.option("--prior", type=click.Choice(PRIORS), default="corpus", show_default=True),
    click.option("--scale", type=click.Choice(SCALES), default="plover", show_default=True),
    click.option("--interval", type=click.Choice(INTERVALS), default="posterior", show_default=True),
)
dates_options = _options(
    click.option("--at", type=DAY, multiple=True, help="Day of a snapshot; may be given again."),
    click.option("--every", type=click.Choice(["month", "quarter", "year"]), help="A snapshot at each period's end."),
    click.option("--from-date", type=DAY, help="First day of --every."),
)


def _keep_apart(ctx: click.Context, param: click.Parameter, value: Any) -> Any:
    """Refuse an output that is an input too; called for both, so that the later one sees the other."""
    given = {**ctx.params, str(param.name): value}
    output = Path(given.get("output") or "-")
    if any(output.is_file() and Path(name).is_file() and output.samefile(name) for name in given.get("inputs") or ()):
        raise click.BadParameter(f"{output} is an input too; write to another file.", ctx, param)
    return value


inputs_argument = click.argument("inputs", nargs=-1, required=True, callback=_keep_apart)
output_option = click.option(
    "-o", "--output", type=click.Path(dir_okay=False), default="-", callback=_keep_apart, help="File, or - ."
)


@click.group(cls=_Polite, context_settings={"help_option_names": ["-h", "--help"], "auto_envvar_prefix": "RELATIONS"})
@click.version_option(__version__, prog_name="relations")
def cli() -> None:
    """Score relations between countries from news texts or event data, offline, and show why.

    \b
    relations map seeds/ -o maps/sahel.html --focus MLI
    """


def _remark(quiet: bool) -> Callable[[str], None]:
    return (lambda text: None) if quiet else (lambda text: click.echo(f"Note: {text}", err=True))


def _reader(undated: date | None, kind: str | None, **given: Any) -> Options:
    return Options(
        undated=undated,
        kind=kind or "",
        coder=given["coder"],
        model=given["model"] or "",
        lang=given["lang"],
        workers=given["workers"],
        strict=given["strict"],
        note=_remark(given["quiet"]),
        all_actors=given.get("all_actors", False),
    )


def _settings(given: dict[str, Any]) -> Settings:
    return Settings(
        method=given["method"],
        half_life_days=given["half_life"],
        k=given["k"],
        prior=given["prior"],
        scale=given["scale"],
        interval=given["interval"],
    )


def _score(inputs: Sequence[str], at: Sequence[date], hashes: dict[str, str] | None = None, **given: Any) -> Scores:
    options = _reader(**given)
    if stored := _stored(inputs):
        return stored
    reading = gather(list(inputs), options)
    if hashes is not None:
        hashes |= reading.hashes
    days = list(at)
    if given.get("every"):
        dates = [d.date for d in reading.documents if d.date]
        dates += [day.date() for f in reading.frames if len(f) for day in (f["date"].min(), f["date"].max())]
        if not dates:
            raise BadInput("No document and no event: there is no first day for --every.")
        days = sorted({*days, *period_ends(given.get("from_date") or min(dates), max(dates), given["every"])})
    scores = score_reading(reading, days or None, _settings(given), options)
    if not len(scores):
        options.note("No relation was found: no event between two states. `relations code` shows what was read.")
    return scores


def _stored(inputs: Sequence[str]) -> Scores | None:
    """Scores of the snapshots in a store, when the input is one."""
    from relations.snapshots.store import Store, is_store

    if len(inputs) != 1 or not is_store(Path(inputs[0])):
        return None
    from relations.scoring.scores import Scores

    store = Store(Path(inputs[0]))
    return Scores.from_snapshots([store.load(entry.name) for entry in store.list()])


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _format(given: str | None, output: str, default: str) -> str:
    suffix = Path(output).suffix.lstrip(".").lower()
    return given or {"md": "markdown"}.get(suffix, suffix) or default


def _write(content: str | bytes, output: str) -> None:
    """To standard output, or to a file that appears whole or not at all."""
    if output == "-":
        stream = sys.stdout.buffer if isinstance(content, bytes) else sys.stdout
        stream.write(content)  # type: ignore[arg-type]  # the stream fits the content
        stream.flush()
        return
    from relations.writing import write_whole

    write_whole(Path(output), content)


@cli.command("map")
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
    scores = _score(inputs, **given)
    from relations.maps.page import RelationsMap

    target = "relations.html" if output == "-" else output
    if not title:
        title = Path(inputs[0]).stem.replace("_", " ").replace("-", " ").capitalize() if inputs[0] != "-" else ""
    page = RelationsMap(scores, focus=focus, title=title)
    page.save(target)
    click.echo(f"Wrote {target}: {_count(len(scores), 'score')} at {_count(len(scores.at), 'date')}", err=True)
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

    scores = _score(inputs, **given)
    _write(export_scores(scores, _format(format_, output, "table"), directed=directed, pairs=pairs), output)


@cli.command("code")
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

    options = _reader(**given)
    reading = read_inputs(inputs, options)
    events = list(code_documents(reading.documents, options))
    if not events and not reading.frames:
        options.note("No event between two states was found.")
    frames = [events_to_frame(events), *reading.frames]
    import pandas as pd

    frame = pd.concat([f for f in frames if len(f)] or frames[:1], ignore_index=True)
    _write(export_events(frame, _format(format_, output, "jsonl")), output)


@cli.command("explain")
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

    scores = _score(inputs, **given)
    explanation = scores.explain(*dyad, directed=directed)
    _write(export_explanation(explanation, _format(format_, output, "table"), why_not=why_not), output)


@cli.command("compare")
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
        scores = _score(inputs, at=[day for day in days if day], **given)
        comparison = scores.compare(*[day for day in days if day])
    else:
        from relations.snapshots.comparing import compare_snapshots
        from relations.snapshots.store import Store

        kept = Store(Path(inputs[0] if inputs else store))
        comparison = compare_snapshots(kept.load(before), kept.load(after))
    _write(export_comparison(comparison, _format(format_, output, "table")), output)
    if exit_code and any(change.clear for change in comparison):
        raise click.exceptions.Exit(1)


@cli.group("snapshot", cls=_Polite)
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
    scores = _score(inputs, hashes=hashes, **given)
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

    _write(export_scores(Scores.from_snapshots([Store(Path(store)).load(name)]), "table"), "-")


@snapshot_group.command("rm")
@click.argument("name")
@store_option
def snapshot_remove(name: str, store: str) -> None:
    """Remove a saved snapshot."""
    from relations.snapshots.store import Store

    Store(Path(store)).remove(name)


@cli.command("evaluate")
@click.argument("gold", type=click.Path(exists=True, dir_okay=False))
@click.option("--predictions", type=click.Path(dir_okay=False), help="Write one prediction a row as JSONL.")
@click.option("--coder", type=click.Choice(CODERS), default="both", show_default=True)
@click.option("--model", type=click.Path(exists=True, dir_okay=False))
@click.option("--allow-none", is_flag=True, help="NONE is an answer too.")
def evaluate_command(gold: str, predictions: str | None, coder: str, model: str | None, allow_none: bool) -> None:
    """Judge the coder on labelled rows whose pair of actors is given.

    \b
    relations evaluate gold.jsonl --predictions said.jsonl
    """
    from relations.coding.evaluating import evaluate
    from relations.coding.examples import read_rows
    from relations.exporting import table_of

    result = evaluate(read_rows(gold), coder, model or "", allow_none)
    if predictions:
        _write("".join(p.to_json() + "\n" for p in result.predictions), predictions)
    click.echo(table_of(result.per_class()))
    figures = "  ".join(f"{name} {value:.1f}" for name, value in result.figures().items())
    click.echo(f"\n{len(result.rows)} rows, macro-F1: {figures}")


@cli.command("train")
@click.argument("labelled", nargs=-1, type=click.Path(exists=True, dir_okay=False))
@click.option("-o", "--output", type=click.Path(dir_okay=False), required=True, help="Where the model goes.")
def train_command(labelled: tuple[str, ...], output: str) -> None:
    """Train the classifier: on LABELLED rows, or on the package's own when none are given.

    \b
    relations train -o data/model/en.skops
    """
    from relations.coding.examples import read_rows
    from relations.coding.training import labelled_rows, save, train

    rows = [row for path in labelled for row in read_rows(path)] or labelled_rows()
    save(train(rows), output)
    click.echo(f"{output}: trained on {len(rows)} labelled rows", err=True)


def main() -> None:
    """Run the command line."""
    cli(prog_name="relations")
