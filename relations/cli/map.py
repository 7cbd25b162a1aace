"""How is a map made on the command line?"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from relations.cli.parameters import (
    COUNTRY,
    dates_options,
    inputs_argument,
    output_option,
    reading_options,
    scoring_options,
)
from relations.cli.running import count_of, scores_from


@click.command("map", short_help="Write one self-contained HTML page with the map, or a picture of it.")
@inputs_argument
@output_option
@click.option("--focus", type=COUNTRY, help="Country whose relations are shown first.")
@click.option("--title", default="", help="Title of the page; the dossier's own when left out.")
@click.option(
    "--worldview",
    type=click.Choice(["un", "ne"]),
    help="Borders: UN-like or de facto. When left out, a page carries both and a picture has un.",
)
@click.option("--open", "open_page", is_flag=True, help="Open the page in the browser.")
@dates_options
@reading_options
@scoring_options
def map_command(
    inputs: tuple[str, ...],
    output: str,
    focus: str | None,
    title: str,
    worldview: str | None,
    open_page: bool,
    **given: Any,
) -> None:
    """Write one self-contained HTML page with the map of all relations.

    With an output that ends in .svg, .png or .pdf it is a picture of the newest snapshot, as for a paper.

    \b
    relations map seeds/ -o maps/sahel.html --focus MLI --every year
    relations map seeds/ -o sahel.pdf --focus MLI --at 2025-09-22
    """
    scores = scores_from(inputs, **given)
    from relations.maps.page import RelationsMap
    from relations.maps.static import PICTURES, save_map

    target = "relations.html" if output == "-" else output
    if Path(target).suffix.lstrip(".").lower() in PICTURES:
        save_map(scores, target, focus=focus, title=title or None, worldview=worldview or "un")
        click.echo(f"Wrote {target}: {count_of(len(scores), 'score')} at {count_of(len(scores.at), 'date')}", err=True)
        if open_page:
            click.launch(target)
        return
    if not title:
        title = _name_of(inputs[0])
    page = RelationsMap(scores, focus=focus, title=title, worldview=worldview or "both")
    page.save(target)
    click.echo(f"Wrote {target}: {count_of(len(scores), 'score')} at {count_of(len(scores.at), 'date')}", err=True)
    if open_page:
        click.launch(target)


def _name_of(source: str) -> str:
    """The dossier's name: that of its file or folder, without endings.

    >>> _name_of("feeds/icews18_events.csv.gz"), _name_of("seeds/"), _name_of("-")
    ('Icews18 events', 'Seeds', '')
    """
    path = Path(source)
    stem = path.name.split(".", 1)[0] if path.name.endswith(".gz") else path.stem
    return stem.strip("-").replace("_", " ").replace("-", " ").capitalize()
