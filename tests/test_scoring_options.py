"""Does every way of scoring reach the scores from the command line?"""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from relations.cli import cli
from relations.events.table import read_events
from relations.scoring.scores import Scores
from relations.settings import METHODS, Settings

ROWS = """date,source,target,cameo,goldstein,source_role
2025-09-19,FRA,MLI,163,-8,GOV
2025-08-01,MLI,FRA,112,-2,CVL
2024-02-01,MLI,FRA,016,-2,GOV
2025-09-01,MLI,RUS,057,8,GOV
2025-01-10,RUS,MLI,0874,10,MIL
"""


@pytest.fixture
def events(tmp_path: Path) -> Path:
    path = tmp_path / "events.csv"
    path.write_text(ROWS, encoding="utf-8")
    return path


@pytest.fixture
def scored(events: Path) -> Callable[..., list[dict]]:
    def run(*options: str) -> list[dict]:
        result = CliRunner().invoke(cli, ["score", str(events), "--format", "json", "--at", "2025-09-22", *options])
        assert result.exit_code == 0, result.output
        return json.loads(result.stdout)

    return run


@pytest.mark.parametrize(
    ("options", "given"),
    [
        *((["--method", method], {"method": method}) for method in METHODS),
        (["--half-life", "fast"], {"half_life_days": 180}),
        (["--half-life", "Structural"], {"half_life_days": 1096}),
        (["--half-life", "365"], {"half_life_days": 365}),
        (["--half-life", "90.5"], {"half_life_days": 90.5}),
        (["--half-life", "none"], {"half_life_days": None}),
        (["--k", "7"], {"k": 7}),
        (["--prior", "country"], {"prior": "country"}),
        (["--prior", "zero"], {"prior": "zero"}),
        (["--scale", "goldstein"], {"scale": "goldstein"}),
        (["--scale", "own"], {"scale": "own"}),
        (["--interval", "none"], {"interval": "none"}),
        (
            ["--interval", "bootstrap", "--seed", "3", "--draws", "150"],
            {"interval": "bootstrap", "seed": 3, "draws": 150},
        ),
        (["--actor-weight", "civil=0"], {"actor_weights": {"civil": 0}}),
        (
            ["--actor-weight", "cvl=0.5", "--actor-weight", "MIL=0.1"],
            {"actor_weights": {"CVL": 0.5, "MIL": 0.1}},
        ),
    ],
)
def test_an_option_is_the_setting_of_its_name(options, given, scored, events):
    wanted = Scores.from_events(read_events(events), "2025-09-22", Settings(**given))
    found = {(row["source"], row["target"]): (row["score"], row["low"], row["high"]) for row in scored(*options)}
    assert found == {(score.source, score.target): (score.score, score.low, score.high) for score in wanted}
    assert given == {"method": "mean"} or scored() != scored(*options)


def test_a_direction_may_start_from_the_score_of_the_pair(scored):
    assert scored("--directed", "--directed-prior", "pair") != scored("--directed")


@pytest.mark.parametrize(
    "options",
    [
        ["--half-life", "slow"],
        ["--half-life", "inf"],
        ["--half-life", "nan"],
        ["--seed", "-1"],
        ["--draws", "10"],
        ["--actor-weight", "CVL"],
        ["--actor-weight", "CVL=2"],
        ["--actor-weight", "CVL=nan"],
        ["--actor-weight", "civilians=0.5"],
        ["--prior", "mine"],
        ["--directed-prior", "mutual"],
    ],
    ids=" ".join,
)
def test_a_value_out_of_range_is_wrong_usage(options, events):
    result = CliRunner().invoke(cli, ["score", str(events), *options])
    assert result.exit_code == 2
    assert "Error: Invalid value for" in result.stderr
    assert "Traceback" not in result.output


def test_help_names_every_value_and_default():
    text = " ".join(CliRunner().invoke(cli, ["score", "--help"]).stdout.split())
    for said in ("mean|logratio|sum|gge|worst", "fast (180), structural (1096)", "corpus|zero|country", "civil=0.25"):
        assert said in text
