"""How does one look at all relations together, from the command line?"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from relations.cli.parameters import COUNTRY, DAY, inputs_argument, output_option, reading_options, scoring_options
from relations.cli.running import format_for, scores_from, write_output

if TYPE_CHECKING:
    from relations.networks.rendering import Network
    from relations.scoring.scores import Scores

_at_option = click.option("--at", type=DAY, help="Day; without it that of the newest document.")
_format_option = click.option(
    "-f",
    "--format",
    "format_",
    type=click.Choice(["table", "json", "csv", "markdown"]),
    help="As the suffix of --output says, else table.",
)


def _show(
    ask: Callable[[Scores], Network],
    inputs: tuple[str, ...],
    output: str,
    at: date | None,
    format_: str | None,
    given: dict[str, Any],
) -> None:
    """Score the inputs, ask for a network and write it."""
    from relations.networks.rendering import render_network

    scores = scores_from(inputs, at=[at] if at else [], **given)
    write_output(render_network(ask(scores), format_for(format_, output, "table")), output)


@click.command("profile", short_help="Show one state's relations.")
@click.argument("country", type=COUNTRY)
@inputs_argument
@output_option
@_at_option
@_format_option
@reading_options
@scoring_options
def profile_command(
    country: str, inputs: tuple[str, ...], output: str, at: date | None, format_: str | None, **given: Any
) -> None:
    """Show one state's relations: friends and foes, what it does against what it gets, movers and newest events.

    \b
    relations profile FRA seeds/
    """
    _show(lambda scores: scores.profile(country, at), inputs, output, at, format_, given)


@click.command("balance", short_help="Say whether friends of friends are friends.")
@inputs_argument
@output_option
@_at_option
@_format_option
@click.option(
    "--threshold",
    type=click.FloatRange(0, 10, min_open=True),
    help="Least score of a friendly tie; without it the 90% intervals decide.",
)
@click.option(
    "--permutations", type=click.IntRange(0), default=500, show_default=True, help="How often signs are dealt anew."
)
@click.option("--top", type=click.IntRange(0), default=20, show_default=True, help="Strained triads listed.")
@reading_options
@scoring_options
def balance_command(
    inputs: tuple[str, ...],
    output: str,
    at: date | None,
    format_: str | None,
    threshold: float | None,
    permutations: int,
    top: int,
    **given: Any,
) -> None:
    """Say whether a friend's friend is a friend: balanced triads against chance, and the most strained ones.

    `--seed` decides how the signs are dealt anew, too.

    \b
    relations balance events.csv
    """
    _show(
        lambda scores: scores.balance(at, threshold=threshold, permutations=permutations, seed=given["seed"], top=top),
        inputs,
        output,
        at,
        format_,
        given,
    )


@click.command("communities", short_help="Say which camps states stand in.")
@inputs_argument
@output_option
@_at_option
@_format_option
@reading_options
@scoring_options
def communities_command(
    inputs: tuple[str, ...], output: str, at: date | None, format_: str | None, **given: Any
) -> None:
    """Say which camps states stand in: friendlier inside than chance gives, by signed modularity.

    `--seed` decides in which orders states are tried, too.

    \b
    relations communities events.csv
    """
    _show(lambda scores: scores.communities(at, seed=given["seed"]), inputs, output, at, format_, given)
