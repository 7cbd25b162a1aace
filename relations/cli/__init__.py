"""How is everything reached from the command line?"""

from __future__ import annotations

import click

from relations import __version__
from relations.cli.code import code_command
from relations.cli.compare import compare_command
from relations.cli.evaluate import evaluate_command
from relations.cli.explain import explain_command
from relations.cli.map import map_command
from relations.cli.networks import balance_command, communities_command, profile_command
from relations.cli.report import report_command
from relations.cli.running import PoliteGroup
from relations.cli.score import score_command
from relations.cli.snapshots import snapshot_group
from relations.cli.state import state_group
from relations.cli.train import train_command
from relations.cli.trend import trend_command


@click.group(
    cls=PoliteGroup, context_settings={"help_option_names": ["-h", "--help"], "auto_envvar_prefix": "RELATIONS"}
)
@click.version_option(__version__, prog_name="relations")
def cli() -> None:
    """Score relations between countries from news texts or event data, offline, and show why.

    \b
    relations map seeds/ -o maps/sahel.html --focus MLI
    """


for command in (
    map_command,
    score_command,
    code_command,
    explain_command,
    compare_command,
    trend_command,
    report_command,
    snapshot_group,
    state_group,
    profile_command,
    balance_command,
    communities_command,
    evaluate_command,
    train_command,
):
    cli.add_command(command)


def main() -> None:
    """Run the command line."""
    cli(prog_name="relations")
