"""How are dated snapshots kept, from the command line?"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from relations.cli.parameters import STORE, dates_options, inputs_argument, reading_options, scoring_options
from relations.cli.running import PoliteGroup, scores_from, write_output
from relations.cli.terminal import all_option, screen_for

store_option = click.option("--store", type=click.Path(dir_okay=False), default=STORE, show_default=True)


@click.group("snapshot", cls=PoliteGroup, short_help="Keep dated snapshots in one store file.")
def snapshot_group() -> None:
    """Keep dated snapshots in one store file, and compare them later.

    \b
    relations snapshot save autumn seeds/ --at 2025-09-22
    """


@snapshot_group.command("save")
@click.argument("name")
@inputs_argument
@store_option
@click.option("--force", is_flag=True, help="Replace a snapshot of the same name.")
@dates_options
@reading_options
@scoring_options
def snapshot_save(name: str, inputs: tuple[str, ...], store: str, force: bool, **given: Any) -> None:
    """Save the scores of a day under a name, with what made them.

    \b
    relations snapshot save autumn seeds/ --at 2025-09-22
    """
    from relations.snapshots.store import Store

    hashes: dict[str, str] = {}
    scores = scores_from(inputs, hashes=hashes, **given)
    snapshot = replace(scores.snapshot(name, inputs=hashes), options=_options(given))
    Store(Path(store)).save(snapshot, force=force)
    click.echo(f"Saved {name} ({snapshot.at}) in {store}", err=True)


def _options(given: dict[str, Any]) -> dict[str, str]:
    """How the texts were read, where that was not left to the defaults."""
    asked = {
        "coder": given["coder"] if given["coder"] != "both" else "",
        "date": given["undated"].isoformat() if given["undated"] else "",
        "from": given["kind"] or "",
        "lang": given["lang"],
    }
    return {name: value for name, value in asked.items() if value}


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
@all_option
@click.option("-f", "--format", "format_", type=click.Choice(["table", "json"]), default="table", show_default=True)
def snapshot_show(name: str, store: str, everything: bool, format_: str) -> None:
    """Show a saved snapshot: what made it, and its scores.

    \b
    relations snapshot show autumn
    """
    from relations.exporting import export_snapshot
    from relations.snapshots.store import Store

    snapshot = Store(Path(store)).load(name)
    write_output(export_snapshot(snapshot, format_, screen=screen_for("-"), everything=everything), "-")


@snapshot_group.command("rm")
@click.argument("name")
@store_option
def snapshot_remove(name: str, store: str) -> None:
    """Remove a saved snapshot."""
    from relations.snapshots.store import Store

    Store(Path(store)).remove(name)
