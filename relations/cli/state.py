"""How are events added up in a file and scored later, from the command line?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from relations.cli.parameters import ACTOR_WEIGHT, DYAD, dates_options, output_option, reading_options, scoring_options
from relations.cli.running import (
    PoliteGroup,
    count_of,
    format_for,
    reading_from,
    remark_to_stderr,
    settings_from,
    write_output,
)
from relations.errors import BadInput
from relations.pipeline import Options, code_documents, period_ends, read_inputs
from relations.settings import SCALES, Settings

if TYPE_CHECKING:
    import pandas as pd

    from relations.scoring.state import State

_FORMATS = ("table", "csv", "json", "jsonl", "parquet", "geojson", "graphml", "gexf", "markdown")
_state_argument = click.argument("state", metavar="STATE", type=click.Path(dir_okay=False))


@click.group("state", cls=PoliteGroup, short_help="Keep the sums of a feed in one small file, and score any day of it.")
def state_group() -> None:
    """Keep the sums of a feed in one small file, and score any day of it.

    A state holds, for each pair and day, what scores are made of, and no events: so days can be added one by one,
    states of several machines merged, and any day scored with any half-life. Nothing explains its scores.

    \b
    relations state add feed.parquet monday.csv
    relations state score feed.parquet --at 2025-09-22 --half-life 180
    """


@state_group.command("add", short_help="Add events to a state, which is made when there is none.")
@_state_argument
@click.argument("inputs", nargs=-1, required=True)
@click.option(
    "--scale", type=click.Choice(SCALES), help="Of a new state, plover when left out; an old one has its own."
)
@click.option(
    "--actor-weight",
    "actor_weights",
    type=ACTOR_WEIGHT,
    multiple=True,
    metavar="ROLE=W",
    help="Of a new state: weight, 0 to 1, of actors of a role, as for `relations score`. May be given again.",
)
@reading_options
def state_add(
    state: str, inputs: tuple[str, ...], scale: str | None, actor_weights: tuple[tuple[str, float], ...], **given: Any
) -> None:
    """Add the events of the inputs to STATE, a Parquet file that is made when there is none.

    Add whole days: an event is recognised again, and the two sides of one act, within one call only. The same input
    added twice counts twice.

    \b
    relations state add feed.parquet monday.csv tuesday.csv
    """
    from relations.scoring.state import State

    path, options = Path(state), reading_from(**given)
    _keep_apart(path, inputs)
    asked: dict[str, Any] = {"scale": scale} if scale else {}
    if actor_weights:
        asked["actor_weights"] = dict(actor_weights)
    before = State.load(path) if path.exists() else State.empty(Settings(**asked))
    if replace(before.settings, **asked) != before.settings:
        raise BadInput(
            f"{state}: was made with other values of --scale or --actor-weight. Leave them out, as it keeps them."
        )
    after = before.add(_events_of(inputs, options))
    for note in after.notes:
        options.note(note)
    after.save(path)
    added = count_of(after.n_events - before.n_events, "event")
    click.echo(f"{state}: {added} added, {count_of(after.n_events, 'event')} in all", err=True)


@state_group.command("merge", short_help="Add several states up.")
@click.argument("states", nargs=-1, required=True, metavar="STATE...", type=click.Path(dir_okay=False))
@click.option("-o", "--output", type=click.Path(dir_okay=False), required=True, help="Where the sum goes.")
def state_merge(states: tuple[str, ...], output: str) -> None:
    """Add several states up, as if all their events had been added to one.

    \b
    relations state merge january.parquet february.parquet -o winter.parquet
    """
    from relations.scoring.state import State

    first, *others = [State.load(path) for path in states]
    whole = first.merge(*others)
    whole.save(output)
    click.echo(f"{output}: {count_of(whole.n_events, 'event')} of {count_of(len(states), 'state')}", err=True)


@state_group.command("show", short_help="Say what a state holds.")
@_state_argument
@click.option("-f", "--format", "format_", type=click.Choice(["table", "json"]), default="table", show_default=True)
def state_show(state: str, format_: str) -> None:
    """Say what a state holds, and with which settings it was built.

    \b
    relations state show feed.parquet
    """
    from relations.formats import json_text
    from relations.scoring.showing import text_table
    from relations.scoring.statefiles import describe_state

    found = describe_state(state)
    shown = [[name, _told(value)] for name, value in found.items()]
    write_output(json_text(found) if format_ == "json" else text_table(("what", "value"), shown) + "\n", "-")


@state_group.command("score", short_help="Score every pair of a state, on any day.")
@_state_argument
@output_option
@click.option("--pair", "pairs", type=DYAD, multiple=True, help="Only this dyad, as FRA-MLI; may be given again.")
@click.option("--directed", is_flag=True, help="Each direction apart.")
@click.option("-f", "--format", "format_", type=click.Choice(_FORMATS))
@click.option("-q", "--quiet", is_flag=True, help="No remarks on standard error.")
@dates_options
@scoring_options
def state_score(
    state: str,
    output: str,
    pairs: tuple[tuple[str, str], ...],
    directed: bool,
    format_: str | None,
    quiet: bool,
    at: tuple[date, ...],
    every: str | None,
    from_date: date | None,
    **given: Any,
) -> None:
    """Score every pair of STATE: the table of `relations score`, on the day of the newest event unless told otherwise.

    The scale is the state's own.

    \b
    relations state score feed.parquet --at 2025-09-22 --half-life 180
    """
    from relations.exporting import export_scores
    from relations.scoring.state import State

    _keep_apart(Path(output), [state])
    kept = State.load(state)
    scores = kept.scores(_days(kept, at, every, from_date) or None, _settings(kept, given))
    if not len(scores):
        remark_to_stderr(quiet)(f"{state}: no event between two states up to then.")
    write_output(export_scores(scores, format_for(format_, output, "table"), directed=directed, pairs=pairs), output)


def _told(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(" ".join(map(str, pair)) for pair in value)
    return "" if value is None else str(value)


def _settings(state: State, given: dict[str, Any]) -> Settings:
    """The settings asked for; what is fixed in the state and was not asked for is the state's own."""
    from relations.scoring.state import FIXED

    ctx = click.get_current_context()
    own = {
        name: getattr(state.settings, name)
        for name in FIXED
        if ctx.get_parameter_source(name) in (None, ParameterSource.DEFAULT)
    }
    return replace(settings_from(given), **own)


def _days(state: State, at: Sequence[date], every: str | None, from_date: date | None) -> list[date]:
    """The days asked for, and the ends of periods from the first event to the last."""
    if not every or state.first is None or state.last is None:
        return list(at)
    return sorted({*at, *period_ends(from_date or state.first, state.last, every)})


def _events_of(inputs: Sequence[str], options: Options) -> pd.DataFrame:
    """All events of the inputs in one table: those coded elsewhere, and those found in texts."""
    import pandas as pd

    from relations.events.table import events_to_frame

    reading = read_inputs(inputs, options)
    frames = [events_to_frame(code_documents(reading.documents, options)), *reading.frames]
    return pd.concat([frame for frame in frames if len(frame)] or frames[:1], ignore_index=True)


def _keep_apart(output: Path, inputs: Sequence[str]) -> None:
    if any(output.is_file() and Path(name).is_file() and output.samefile(name) for name in inputs):
        raise click.UsageError(f"{output} is an input too; write to another file.")
