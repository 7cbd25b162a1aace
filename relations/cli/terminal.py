"""What can the terminal show?"""

from __future__ import annotations

import os
import shutil
import sys

import click

from relations.scoring.showing import Screen

#: Columns where no terminal says how many it has, and the fewest that a table fits in.
PAGE_WIDTH, LEAST_WIDTH = 100, 60

color_option = click.option(
    "--color",
    type=click.Choice(["auto", "always", "never"]),
    default="auto",
    show_default=True,
    help="Colours in tables; auto: on a terminal, unless NO_COLOR is set.",
)
all_option = click.option("--all", "everything", is_flag=True, help="Every line, however many there are.")


def screen_for(output: str, color: str = "auto") -> Screen:
    """What a table is written for: a terminal as wide as it is, or else a page of ASCII, 100 columns wide.

    Parameters
    ----------
    output : str
        A file, or `-` for standard output.
    color : {"auto", "always", "never"}
        `auto` is on a terminal that knows colours, unless the variable NO_COLOR is set (no-color.org).
    """
    here = output == "-" and sys.stdout.isatty()
    dumb = os.environ.get("TERM") == "dumb"
    wanted = color == "always" or (color == "auto" and here and not dumb and not os.environ.get("NO_COLOR"))
    drawn = here and not dumb and (sys.stdout.encoding or "").lower().replace("-", "") == "utf8"
    return Screen(max(_columns(here), LEAST_WIDTH), wanted, drawn)


def _columns(here: bool) -> int:
    given = os.environ.get("COLUMNS", "")
    if given.isdecimal() and int(given):
        return int(given)
    return shutil.get_terminal_size((PAGE_WIDTH, 24)).columns if here else PAGE_WIDTH
