"""Does the command line show networks thinly and politely?"""

import csv
import io
import json

import pytest
from click.testing import CliRunner

from relations.cli import cli

ROWS = "\n".join(
    [
        "date,source,target,type",
        *(f"2025-09-{day:02},FRA,MLI,SANCTION" for day in (1, 8, 15)),
        *(f"2025-09-{day:02},USA,MLI,COOPERATE" for day in (1, 8, 15)),
        *(f"2025-09-{day:02},FRA,USA,COOPERATE" for day in (1, 8, 15)),
    ]
)


@pytest.fixture
def events(tmp_path):
    path = tmp_path / "events.csv"
    path.write_text(ROWS + "\n", encoding="utf-8")
    return str(path)


def run(*args, stdin=None):
    return CliRunner().invoke(cli, list(args), input=stdin, prog_name="relations")


def test_a_profile_is_a_table_unless_the_suffix_says_otherwise(events, tmp_path):
    shown = run("profile", "France", events)
    assert shown.exit_code == 0
    assert shown.stdout.startswith("France on 2025-09-15: 2 relations")
    target = tmp_path / "fra.json"
    assert run("profile", "FRA", events, "-o", str(target)).exit_code == 0
    assert json.loads(target.read_text(encoding="utf-8"))["country"] == "FRA"


def test_balance_names_the_strained_triad(events):
    result = run("balance", events, "--threshold", "1", "-f", "json")
    [triad] = json.loads(result.stdout)["strained"]
    assert (triad["hostile"]["source"], triad["hostile"]["target"], triad["friend"]) == ("FRA", "MLI", "USA")


def test_communities_are_rows_in_csv(events):
    result = run("communities", events, "-f", "csv")
    assert {row["country"] for row in csv.DictReader(io.StringIO(result.stdout))} == {"FRA", "MLI", "USA"}


def test_another_day_can_be_asked_for(events):
    result = run("profile", "FRA", events, "--at", "2025-09-05", "-f", "json")
    assert [relation["mutual"]["n_events"] for relation in json.loads(result.stdout)["relations"]] == [1, 1]


@pytest.mark.parametrize("command", [("profile", "FRA"), ("balance",), ("communities",)])
@pytest.mark.parametrize("format", ["table", "json", "csv", "markdown"])
def test_no_event_is_an_answer(command, format):
    result = run(*command, "-", "--date", "2025-09-22", "-f", format, stdin="The weather was fine.\n")
    assert result.exit_code == 0
    assert "No relation was found" in result.stderr


@pytest.mark.parametrize("command", [("profile", "FRA"), ("balance",), ("communities",)])
def test_a_saved_store_is_an_input_too(events, tmp_path, command):
    store = str(tmp_path / "kept.snapshots")
    assert run("snapshot", "save", "autumn", events, "--store", store).exit_code == 0
    assert run(*command, store).stdout == run(*command, events).stdout


def test_an_unknown_country_is_wrong_usage(events):
    result = run("profile", "Frence", events)
    assert result.exit_code == 2
    assert "France" in result.stderr


def test_scores_go_to_gephi_by_the_suffix(events, tmp_path):
    target = tmp_path / "scores.gexf"
    assert run("score", events, "-o", str(target)).exit_code == 0
    assert "<gexf" in target.read_text(encoding="utf-8")
