#!/usr/bin/env python3
"""Are the scores right, are their intervals honest, and how fast are they?

    python benchmarks/scoring.py
    python benchmarks/scoring.py --quick
    python benchmarks/scoring.py --write-docs docs/scoring.md --plots docs/scoring

`docs/scoring.md` says what each figure means.
"""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import scoring_coverage
import scoring_years
from scoring_agreement import Variants, faces, index_table, stated_table, variants, variants_table
from scoring_changes import changes_table
from scoring_coverage import Covered, check_forward, coverage_tables, reasons_tables, years_tables
from scoring_data import CRITERIA, DRAWS, EVENTS, YEARS, read_criteria, read_events, read_years
from scoring_years import Forecasts, Years, by_half_life, forecast_tables

from relations.coding.figures import Table
from relations.formats import markdown_table
from relations.records import Score
from relations.scoring.showing import cell, text_table
from relations.writing import write_whole

ROOT = Path(__file__).parent.parent
SPEED = Path(__file__).with_name("scoring_speed.py")
#: Between these two lines of a page stand its figures.
OPEN, CLOSE = "<!-- figures of benchmarks/scoring.py: begin -->", "<!-- figures of benchmarks/scoring.py: end -->"
#: Draws of pairs where little time is to be spent.
QUICK_DRAWS = 100
GRID_DAYS = (30.0, 90.0, 180.0, 365.0, 548.0, 1096.0, None)
GRID_YEARS = (0.5, 1.0, 1.5, 2.0, 3.0)
GRID_K = (0.5, 1.0, 2.0, 3.0, 5.0, 10.0)

Block = Table | str


class Drawn:
    """What the plots need, kept as it is measured; None where its data was missing."""

    covered: Covered | None = None
    variants: Variants | None = None
    forecasts: Forecasts | None = None
    faces: list[Score] | None = None


def blocks(data: Path, quick: bool, plots: Path | None) -> Iterator[Block]:
    """All tables and remarks, in the order of docs/scoring.md."""
    paths = {name: data / name for name in (EVENTS, CRITERIA, YEARS)}
    there = {name: path.is_file() for name, path in paths.items()}
    yield f"Python {platform.python_version()}, {processor()}."
    for name in (name for name, found in there.items() if not found):
        yield f"No {data.name}/{name}: what is measured on it is left out."
    drawn = Drawn()
    events = read_events(paths[EVENTS]) if there[EVENTS] else None
    years = Years.of(read_years(paths[YEARS])) if there[YEARS] else None
    if events is not None and there[CRITERIA]:
        criteria = read_criteria(paths[CRITERIA])
        yield from stated_table(events, criteria)
        yield index_table(events, criteria)
        table, drawn.faces = faces(events)
        yield table
        drawn.variants = variants(events, criteria, QUICK_DRAWS if quick else DRAWS)
        yield variants_table(drawn.variants)
    if events is not None:
        drawn.covered = check_forward(events)
        yield from coverage_tables(drawn.covered)
        yield from reasons_tables(events, drawn.covered)
    if years is not None:
        yield from years_tables(years)
        drawn.forecasts = by_half_life(years)
        yield from forecast_tables(years, drawn.forecasts)
    if not quick and years is not None:
        yield scoring_years.sensitivity_table(years, GRID_YEARS, GRID_K)
    if not quick and events is not None:
        yield scoring_coverage.sensitivity_table(events, GRID_DAYS, GRID_K)
    if not quick and events is not None and years is not None:
        yield from changes_table(events, years)
    if not quick:
        yield speed_table()
    if plots:
        yield draw(drawn, plots)


def draw(drawn: Drawn, folder: Path) -> str:
    """Write the plots, and say which."""
    if drawn.covered is None or drawn.variants is None or drawn.forecasts is None or drawn.faces is None:
        return "No plots: they need all three files."
    try:
        from scoring_plots import draw_all

        names = list(draw_all(folder, drawn.covered, drawn.variants, drawn.forecasts, drawn.faces))
    except ImportError:
        return "No plots: they need matplotlib."
    return f"Plots: {', '.join(names)}."


def speed_table() -> Table:
    """Seconds of the processor, from a process of its own."""
    done = subprocess.run([sys.executable, str(SPEED)], check=True, capture_output=True, text=True, env=_own_path())
    rows: list[list[Any]] = []
    for line in done.stdout.splitlines():
        found = json.loads(line)
        mutual, both = found["processor_seconds_mutual"], found["processor_seconds_directed"]
        rate = f"{round(found['events'] / mutual, -4):,.0f}"
        plain = found["processor_seconds_plain_mean"]
        rows.append([f"{found['events']:,}", found["mutual_scores"], mutual, rate, both, plain])
    header = (
        "events", "pairs", "seconds, mutual scores", "events a second", "seconds more, directed", "seconds, plain mean",
    )  # fmt: skip
    return Table("Speed: processor seconds from a table of events to all scores", header, rows)


def _own_path() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH")]))}


def processor() -> str:
    """The processor's name, where the machine tells it."""
    information = Path("/proc/cpuinfo")
    lines = information.read_text(encoding="utf-8").splitlines() if information.is_file() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor() or platform.machine()


def shown(block: Block, markdown: bool) -> str:
    """A table or a remark as text; three decimals."""
    if isinstance(block, str):
        return f"{block}\n"
    if not markdown:
        return f"{block.title}\n{text_table(block.header, block.rows, digits=3)}\n"
    return f"**{block.title}**\n\n{markdown_table(block.header, [[cell(v, 3) for v in row] for row in block.rows])}"


def fill(page: str, figures: str) -> str:
    """A page with other figures between its two marks."""
    before, opened, rest = page.partition(OPEN)
    _, closed, after = rest.partition(CLOSE)
    if not (opened and closed):
        raise click.UsageError(
            f"The page has no place for figures. Write {OPEN!r} and {CLOSE!r} on lines of their own."
        )
    return f"{before}{OPEN}\n\n{figures}\n{CLOSE}{after}"


FOLDER = click.Path(file_okay=False, path_type=Path)
FILE = click.Path(dir_okay=False, path_type=Path)


@click.command()
@click.option("--data", type=FOLDER, default=ROOT.parent / "shared" / "validation", help="Where the data is.")
@click.option("--quick", is_flag=True, help="Without sensitivity, change points and speed.")
@click.option("--markdown", is_flag=True, help="Tables for a page.")
@click.option("--plots", type=FOLDER, help="Draw the figures into a folder; needs matplotlib.")
@click.option("--write-docs", type=FILE, help="Write the tables between the two marks of a page.")
def main(data: Path, quick: bool, markdown: bool, plots: Path | None, write_docs: Path | None) -> None:
    """Measure the scores, all in one run.

    \b
    python benchmarks/scoring.py --quick
    """
    page = write_docs.read_text(encoding="utf-8") if write_docs else ""
    if write_docs:
        fill(page, "")  # a page without a place is refused at once, not at the end
    kept: list[Block] = []
    for block in blocks(data, quick, plots):
        kept.append(block)
        click.echo(shown(block, markdown))
    if write_docs:
        write_whole(write_docs, fill(page, "\n".join(shown(block, markdown=True) for block in kept)))


if __name__ == "__main__":
    main()
