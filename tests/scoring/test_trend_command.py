"""Claims about `relations trend`."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner, Result

from relations.cli import cli

ROWS = [f"{2020 + n // 12}-{n % 12 + 1:02}-15,FRA,MLI,{'COOPERATE' if n < 12 else 'SANCTION'}" for n in range(24)]


@pytest.fixture
def events(tmp_path: Path) -> Path:
    path = tmp_path / "events.csv"
    path.write_text("\n".join(["date,source,target,type", *ROWS, "2021-01-01,FRA,RUS,ACCUSE"]), encoding="utf-8")
    return path


def trend(*args: object) -> Result:
    return CliRunner().invoke(cli, ["trend", *map(str, args)], prog_name="relations")


def test_a_table_has_a_line_a_period_and_the_change_with_its_events(events):
    result = trend("FRA-MLI", events, "--every", "quarter")
    assert result.exit_code == 0, result.output
    lines = result.stdout.splitlines()
    assert lines[0] == "FRA-MLI: 8 days, 2020-03-31 to 2021-12-15"
    assert lines[3].split()[0] == "2020-03-31" and lines[10].split()[0] == "2021-12-15"
    [change] = [n for n, line in enumerate(lines) if "worse by 15.50, from +9.50 to -6.00" in line]
    assert lines[change].startswith("2021-01-15") and lines[change + 1].startswith("2021-01-15")
    assert "sanctions MLI" in lines[change + 1]


def test_csv_and_json_hold_the_same_numbers(events):
    rows = list(csv.DictReader(io.StringIO(trend("FRA-MLI", events, "-f", "csv", "--from-date", "2019-12-01").stdout)))
    found = json.loads(trend("FRA-MLI", events, "-f", "json", "--from-date", "2019-12-01").stdout)
    assert (found["source"], found["target"], found["directed"]) == ("FRA", "MLI", False)
    assert [row["at"] for row in rows] == [row["at"] for row in found["series"]]
    assert (rows[0]["score"], found["series"][0]["score"]) == ("", None)
    assert [float(row["score"]) for row in rows[1:]] == pytest.approx(
        [row["score"] for row in found["series"][1:]], abs=5e-5
    )
    [change] = found["change_points"]
    assert (change["day"], change["direction"], change["shift"]) == ("2021-01-15", "worse", -15.5)
    points = [part["contribution"] for part in change["carried_by"]]
    assert points == pytest.approx([-15.5 / 12] * 3)  # those of two months; the later ones carry the rest


def test_a_grid_of_days_and_a_last_day_are_kept(events):
    rows = json.loads(trend("FRA-MLI", events, "-f", "json", "--grid", "10", "--at", "2020-02-14").stdout)["series"]
    assert [row["at"] for row in rows] == ["2020-01-15", "2020-01-25", "2020-02-04", "2020-02-14"]


def test_markdown_has_both_tables_or_says_that_nothing_changed(events):
    text = trend("FRA-MLI", events, "--every", "year", "-f", "markdown").stdout
    assert "| 2020-12-31 |" in text and "| 2021-01-15 | 2020-12-15 | worse |" in text
    quiet = trend("FRA-MLI", events, "--every", "year", "-f", "markdown", "--at", "2020-12-31").stdout
    assert "No change point at the 5% level." in quiet


def test_the_ending_of_the_output_picks_the_picture(events, tmp_path):
    assert trend("FRA-MLI", events, "-o", tmp_path / "course.svg").exit_code == 0
    root = ElementTree.fromstring((tmp_path / "course.svg").read_text(encoding="utf-8"))
    assert root.tag == "{http://www.w3.org/2000/svg}svg"


def test_png_needs_the_extra_and_is_a_picture(events, tmp_path):
    pytest.importorskip("matplotlib")
    assert trend("FRA-MLI", events, "-o", tmp_path / "course.png").exit_code == 0
    assert (tmp_path / "course.png").read_bytes().startswith(b"\x89PNG")


def test_a_store_is_shown_on_the_days_of_its_snapshots(events, tmp_path):
    store = tmp_path / "kept.snapshots"
    for day in ("2020-06-30", "2021-06-30"):
        saved = CliRunner().invoke(cli, ["snapshot", "save", day, str(events), "--at", day, "--store", str(store)])
        assert saved.exit_code == 0, saved.output
    rows = json.loads(trend("FRA-MLI", store, "-f", "json").stdout)["series"]
    assert [row["at"] for row in rows] == ["2020-06-30", "2021-06-30"]


@pytest.mark.parametrize(
    ("more", "code", "words"),
    [
        (["--every", "month", "--grid", "7"], 2, "exclude one another"),
        (["-o", "course.xlsx"], 2, "xlsx"),
        (["--from-date", "2031-01-01"], 1, "2031-01-01"),
        (["--at", "2019-01-01"], 1, "No evidence on FRA-MLI"),
    ],
)
def test_what_cannot_be_is_refused_in_a_line(events, more, code, words):
    result = trend("FRA-MLI", events, *more)
    assert (result.exit_code, result.stdout) == (code, "")
    assert words in result.stderr and "Traceback" not in result.stderr
