"""How is a report made on the command line?"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import click

from relations.cli.parameters import (
    COUNTRY,
    DAY,
    dates_options,
    inputs_argument,
    output_option,
    reading_options,
    scoring_options,
)
from relations.cli.running import format_for, scores_from, write_output


@click.command("report", short_help="Write a report to read and to print: HTML or Markdown.")
@inputs_argument
@output_option
@click.option(
    "-f", "--format", "format_", type=click.Choice(["html", "markdown"]), help="As --output ends, else markdown."
)
@click.option("--focus", type=COUNTRY, help="Only the relations of this country.")
@click.option("--title", default="", help="Name of the dossier.")
@click.option("--since", type=DAY, help="First day of the period told; the snapshot before the newest, or a month.")
@click.option(
    "--worldview", type=click.Choice(["un", "ne"]), default="un", show_default=True, help="Borders of the maps."
)
@dates_options
@reading_options
@scoring_options
def report_command(
    inputs: tuple[str, ...],
    output: str,
    format_: str | None,
    focus: str | None,
    title: str,
    since: date | None,
    worldview: str,
    **given: Any,
) -> None:
    """Write a report: what moved and why, maps, the extremes, sources, method and limits.

    The HTML is one file without scripts that prints well; it needs the extra `plot`. Markdown says the same without
    maps.

    \b
    relations report seeds/ -o sahel.html --every year --focus MLI
    """
    kind = format_for({"htm": "html"}.get(format_ or "", format_), output, "markdown")
    if kind not in ("html", "htm", "markdown"):
        raise click.UsageError(f"No format {kind!r} for reports. Use a name that ends in .html or .md, or --format.")
    scores = scores_from(inputs, **given)
    from relations.reporting.contents import report_on

    if not title and inputs[0] != "-":
        title = Path(inputs[0]).stem.replace("_", " ").replace("-", " ").capitalize()
    report = report_on(scores, title, focus, since)
    if kind == "markdown":
        from relations.reporting.markdown import to_markdown

        write_output(to_markdown(report), output)
        return
    from relations.reporting.page import to_html

    write_output(to_html(report, scores, worldview), output)
