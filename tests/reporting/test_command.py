"""Reports and pictures from the command line: written whole, in the kind that the name asks for."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from relations.cli import cli

ROWS = "date,source,target,type,title\n" + "".join(
    f"2024-{month:02d}-10,{source},{target},{kind},Title {month}\n"
    for month in range(1, 13)
    for source, target, kind in (("FRA", "MLI", "SANCTION"), ("MLI", "RUS", "COOPERATE"))
)


@pytest.fixture
def table(tmp_path: Path) -> str:
    path = tmp_path / "sahel_events.csv"
    path.write_text(ROWS, encoding="utf-8")
    return str(path)


def run(*args: str) -> Result:
    return CliRunner().invoke(cli, [*args, "-q"])


def test_a_report_to_standard_output_is_markdown(table):
    result = run("report", table, "--every", "quarter", "--focus", "MLI")
    assert result.exit_code == 0
    assert result.output.startswith("# Mali: ")
    assert "Sahel events" in result.output


def test_the_ending_of_the_name_decides(table, tmp_path):
    for name, start in (("r.html", "<!DOCTYPE html>"), ("r.md", "# ")):
        assert run("report", table, "-o", str(tmp_path / name), "--title", "Sahel").exit_code == 0
        assert (tmp_path / name).read_text(encoding="utf-8").startswith(start)


def test_a_report_of_another_kind_is_wrong_usage_and_leaves_no_file(table, tmp_path):
    result = run("report", table, "-o", str(tmp_path / "r.docx"))
    assert result.exit_code == 2
    assert "ends in .html or .md" in result.output
    assert not (tmp_path / "r.docx").exists()


def test_the_period_can_begin_on_a_day(table):
    result = run("report", table, "--since", "2024-06-30")
    assert "since Jun 2024" in result.output


@pytest.mark.parametrize(("name", "start"), [("m.svg", b"<?xml"), ("m.png", b"\x89PNG"), ("m.PDF", b"%PDF")])
def test_a_map_whose_name_ends_as_a_picture_is_one(table, tmp_path, name, start):
    assert run("map", table, "-o", str(tmp_path / name), "--focus", "MLI").exit_code == 0
    assert (tmp_path / name).read_bytes().startswith(start)
