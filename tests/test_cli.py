"""Is the command line a thin and polite shell?"""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from relations.cli import cli

EXPULSION = "Mali expelled the French ambassador on Monday.\nFrance condemned Mali's decision.\n"
QUIET = "The weather was fine in the mountains.\nIt rained later.\n"
COMMANDS = ("map", "score", "code", "explain", "compare", "snapshot", "evaluate", "train")


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test writes into the checkout."""
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def relations() -> Callable[..., Result]:
    def run(*args: str, stdin: str | bytes | None = None) -> Result:
        return CliRunner().invoke(cli, [str(arg) for arg in args], input=stdin, prog_name="relations")

    return run


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "2022-01-31_mali.txt"
    path.write_text(EXPULSION, encoding="utf-8")
    return path


@pytest.fixture
def quiet(tmp_path: Path) -> Path:
    path = tmp_path / "2022-01-31_weather.txt"
    path.write_text(QUIET, encoding="utf-8")
    return path


def fails(result: Result, code: int, *parts: str) -> None:
    """One clear line on standard error, nothing on standard output, no traceback."""
    assert result.exit_code == code, result.output
    assert result.exception is None or isinstance(result.exception, SystemExit)
    assert result.stdout == ""
    for part in parts:
        assert part in result.stderr
    if code == 1:
        [line] = result.stderr.splitlines()
        assert line.startswith("Error: ")


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_that_ends_in_an_example(command, relations):
    result = relations(command, "--help")
    assert result.exit_code == 0
    assert f"relations {command}" in result.output
    described = result.output.split("Options:")[0]
    assert command == "snapshot" or described.count(f"relations {command}") > 1


def test_the_version_is_the_packages_own(relations):
    import relations as package

    assert relations("--version").output == f"relations, version {package.__version__}\n"


def test_scores_are_a_table_on_standard_output(relations, article):
    result = relations("score", article)
    assert (result.exit_code, result.stderr) == (0, "")
    assert "FRA" in result.stdout
    assert "MLI" in result.stdout
    assert "2022-01-31" in result.stdout


def test_json_has_the_fields_of_the_record_in_full_precision(relations, article):
    [row] = json.loads(relations("score", article, "--format", "json").stdout)
    assert list(row) == [
        *("at", "source", "target", "directed", "score", "low", "high", "word", "state", "n_events", "weight"),
        *("newest", "trend"),
    ]
    assert (row["source"], row["target"], row["directed"], row["trend"]) == ("FRA", "MLI", False, None)
    assert row["low"] < row["score"] < 0


def test_directed_scores_have_a_row_each_way(relations, article):
    rows = json.loads(relations("score", article, "--directed", "--format", "json").stdout)
    assert {(row["source"], row["target"], row["directed"]) for row in rows} == {
        ("FRA", "MLI", True),
        ("MLI", "FRA", True),
    }


def test_csv_has_a_header_and_a_row_for_each_score(relations, article):
    rows = list(csv.DictReader(io.StringIO(relations("score", article, "--format", "csv").stdout)))
    assert [(row["source"], row["target"]) for row in rows] == [("FRA", "MLI")]


@pytest.mark.parametrize(
    "name", ["out.csv", "out.json", "out.jsonl", "out.md", "out.geojson", "out.graphml", "out.parquet"]
)
def test_the_ending_of_the_output_picks_the_format(name, relations, article, tmp_path):
    result = relations("score", article, "-o", name)
    assert (result.exit_code, result.stdout) == (0, "")
    data = (tmp_path / name).read_bytes()
    starts = {
        "csv": b"at,",
        "json": b"[",
        "jsonl": b"{",
        "md": b"|",
        "geojson": b"{",
        "graphml": b"<",
        "parquet": b"PAR1",
    }
    assert data.startswith(starts[name.rsplit(".", 1)[1]])


def test_an_ending_that_is_no_format_is_refused_before_anything_is_written(relations, article, tmp_path):
    result = relations("score", article, "-o", "out.xyz")
    assert result.exit_code in (1, 2)
    assert result.exception is None or isinstance(result.exception, SystemExit)
    assert not (tmp_path / "out.xyz").exists()


def test_an_article_from_standard_input(relations):
    result = relations("score", "-", "--date", "2022-01-31", "--format", "json", stdin=EXPULSION)
    assert [row["source"] for row in json.loads(result.stdout)] == ["FRA"]


def test_events_from_standard_input(relations):
    stdin = "date,source,target,type\n2022-01-10,MLI,RUS,CONSULT\n"
    result = relations("score", "-", "--format", "json", stdin=stdin)
    assert [(row["source"], row["target"]) for row in json.loads(result.stdout)] == [("MLI", "RUS")]


def test_events_that_were_coded_can_be_scored_again_with_the_same_result(relations, article, tmp_path):
    for name in ("events.jsonl", "events.csv", "events.parquet", "events.json"):
        assert relations("code", article, "-o", name).exit_code == 0
        again = json.loads(relations("score", tmp_path / name, "--at", "2022-01-31", "--format", "json").stdout)
        first = json.loads(relations("score", article, "--at", "2022-01-31", "--format", "json").stdout)
        assert [row["score"] for row in again] == [row["score"] for row in first]


def test_code_writes_events_as_json_lines_with_their_evidence(relations, article):
    rows = [json.loads(line) for line in relations("code", article).stdout.splitlines()]
    assert ("MLI", "FRA", "SANCTION") in [(row["source"], row["target"], row["type"]) for row in rows]
    assert all(EXPULSION[row["start"] : row["end"]] == row["evidence"] for row in rows)
    assert {row["document"] for row in rows} == {article.name}


@pytest.mark.parametrize("command", [["score"], ["score", "--format", "csv"], ["code"], ["code", "--format", "json"]])
def test_no_event_is_an_answer(command, relations, quiet):
    result = relations(*command, quiet)
    assert result.exit_code == 0
    assert result.stderr.startswith("Note: ")
    assert result.stdout.strip() in ("", "[]") or result.stdout.count("\n") == 1


def test_no_event_is_still_a_map_that_opens(relations, quiet, tmp_path):
    result = relations("map", quiet, "-o", "empty.html")
    assert (result.exit_code, result.stdout) == (0, "")
    assert (tmp_path / "empty.html").read_text(encoding="utf-8").lower().startswith("<!doctype html>")


def test_quiet_says_nothing(relations, quiet):
    result = relations("score", quiet, "--quiet")
    assert (result.exit_code, result.stderr) == (0, "")


def test_a_missing_file_is_named(relations):
    fails(relations("score", "missing.txt"), 1, "missing.txt: no such file")
    fails(relations("score", "not there either.txt"), 1, "not there either.txt: no such file")


def test_an_empty_file_is_named(relations, tmp_path):
    for content in ("", " \n\n", "\ufeff"):
        (tmp_path / "empty.txt").write_text(content, encoding="utf-8")
        fails(relations("score", "empty.txt"), 1, "empty.txt", "is empty")


def test_a_binary_file_is_named(relations, tmp_path):
    (tmp_path / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n" + b"\0\1" * 500)
    fails(relations("score", "picture.png", "--date", "2022-01-31"), 1, "picture.png", "binary")


def test_empty_standard_input_is_a_failure(relations):
    fails(relations("score", "-", stdin=""), 1, "-: the file is empty")


def test_closed_standard_input_is_a_failure(environment):
    process = subprocess.run(
        f"{sys.executable} -m relations score - <&-",
        shell=True,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (process.returncode, process.stdout) == (1, "")
    assert process.stderr.startswith("Error: -: ")
    assert process.stderr.count("\n") == 1


def test_a_document_without_a_date_names_the_option(relations, tmp_path):
    (tmp_path / "mali.txt").write_text(EXPULSION, encoding="utf-8")
    fails(relations("score", "mali.txt"), 1, "mali.txt: no date", "--date")


def test_a_bad_input_among_good_ones_is_noted_and_the_rest_goes_on(relations, article, tmp_path):
    (tmp_path / "empty.txt").write_text("", encoding="utf-8")
    result = relations("score", "empty.txt", "missing.txt", article, "--format", "json")
    assert len(json.loads(result.stdout)) == 1
    assert "empty.txt" in result.stderr
    assert "missing.txt" in result.stderr
    fails(relations("score", "empty.txt", article, "--strict"), 1, "empty.txt")


@pytest.mark.parametrize(
    "args",
    [
        ["--pair", "ZZZ-FRA"],
        ["--pair", "FRA"],
        ["--pair", ""],
        ["--at", "2026-13-40"],
        ["--at", "soon"],
        ["--date", "2025-02-30"],
        ["--every", "fortnight"],
        ["--from-date", "x", "--every", "month"],
        ["--workers", "-5"],
        ["--workers", "0"],
        ["--k", "0"],
        ["--k", "x"],
        ["--half-life", "soon"],
        ["--half-life", "0"],
        ["--half-life", "-3"],
        ["--method", "magic"],
        ["--format", "pdf"],
        ["--from", "hearsay"],
        ["--model", "missing.skops"],
        ["--no-such-option"],
    ],
    ids=" ".join,
)
def test_wrong_usage_is_told_with_exit_2(args, relations, article):
    fails(relations("score", article, *args), 2, "Usage: relations score", "Error: ")


def test_no_input_is_wrong_usage(relations):
    fails(relations("score"), 2, "Missing argument")


@pytest.mark.parametrize(("typed", "meant"), [("Frence-Mali", "FRA"), ("Mail-FRA", "MLI")])
def test_a_country_that_is_none_gets_a_suggestion(typed, meant, relations, article):
    fails(relations("score", article, "--pair", typed), 2, "id you mean", meant)
    fails(relations("explain", typed, article), 2, "id you mean", meant)


def test_a_focus_that_is_no_country_gets_a_suggestion(relations, article):
    fails(relations("map", article, "--focus", "Malli", "-o", "x.html"), 2, "id you mean", "MLI")


@pytest.mark.parametrize("typed", ["FRA-MLI", "mli-fra", "Mali-France", "ML-FR"])
def test_a_pair_may_be_typed_by_code_or_name_in_either_order(typed, relations, article):
    rows = json.loads(relations("score", article, "--pair", typed, "--format", "json").stdout)
    assert [(row["source"], row["target"]) for row in rows] == [("FRA", "MLI")]


def test_a_country_with_a_hyphen_in_its_name_can_be_in_a_pair(relations, article):
    assert relations("score", article, "--pair", "Guinea-Bissau-FRA").exit_code == 0


def test_a_pair_without_evidence_has_no_row(relations, article):
    result = relations("score", article, "--pair", "FRA-RUS", "--format", "json")
    assert (result.exit_code, json.loads(result.stdout)) == (0, [])


def test_explain_shows_the_words_behind_a_score(relations, article):
    result = relations("explain", "FRA-MLI", article)
    assert result.exit_code == 0
    assert "expelled" in result.stdout


def test_explaining_a_pair_without_evidence_is_a_clear_failure(relations, article):
    fails(relations("explain", "FRA-RUS", article), 1, "FRA", "RUS")


def test_explain_adds_up_on_the_screen_and_says_what_was_not_counted(relations, article):
    result = relations("explain", "FRA-MLI", article, "--why-not")
    assert " (prior) " in result.stdout
    assert " (score)" in result.stdout
    assert "counted" in result.stdout


def test_explaining_a_pair_of_which_nothing_counts_shows_what_was_read(relations, article):
    fails(relations("explain", "FRA-MLI", article, "--at", "2020-01-01", "-q"), 1, "FRA-MLI")
    result = relations("explain", "FRA-MLI", article, "--at", "2020-01-01", "--why-not", "-q")
    assert (result.exit_code, result.stderr) == (0, "")
    assert "no data" in result.stdout
    assert "later than 2020-01-01" in result.stdout
    found = json.loads(relations("explain", "FRA-MLI", article, "--at", "2020-01-01", "--why-not", "-f", "json").stdout)
    assert (found["score"], found["state"]) == (None, "no data")


def test_several_days_are_explained_one_after_the_other(relations, article):
    days = ("--at", "2020-01-01", "--at", "2022-01-31", "--at", "2022-12-31")
    result = relations("explain", "FRA-MLI", article, *days)
    assert "on 2022-01-31: " in result.stdout
    assert "on 2022-12-31: " in result.stdout
    assert "2020-01-01" in result.stderr
    assert [row["at"] for row in json.loads(relations("explain", "FRA-MLI", article, *days, "-f", "json").stdout)] == [
        "2022-01-31",
        "2022-12-31",
    ]


def test_colours_come_when_asked_for_only(relations, article, monkeypatch):
    assert "\x1b" not in relations("explain", "FRA-MLI", article).stdout
    monkeypatch.setenv("NO_COLOR", "1")
    # click strips colours of what is no terminal, unless told not to; ours are written past it
    assert "\x1b[1m" in relations("explain", "FRA-MLI", article, "--color", "always").stdout


def test_a_terminal_is_drawn_for_as_it_says(monkeypatch):
    from relations.cli.terminal import screen_for
    from relations.scoring.showing import Screen

    class Terminal(io.StringIO):
        encoding = "UTF-8"

        def isatty(self) -> bool:
            return True

    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("COLUMNS", "132")
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr("sys.stdout", Terminal())
    assert screen_for("-") == Screen(132, True, True)
    assert screen_for("out.txt") == Screen(132, False, False)
    monkeypatch.setenv("NO_COLOR", "1")
    assert screen_for("-") == Screen(132, False, True)
    monkeypatch.setenv("NO_COLOR", "")
    monkeypatch.setenv("TERM", "dumb")
    assert screen_for("-") == Screen(132, False, False)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr(Terminal, "encoding", "latin-1")
    assert screen_for("-") == Screen(132, True, False)


def test_a_terminal_without_utf_8_gets_question_marks(environment, article):
    article.write_text("---\ntitle: Été à Ségou\n---\n" + EXPULSION, encoding="utf-8")
    process = subprocess.run(
        [sys.executable, "-m", "relations", "explain", "FRA-MLI", str(article)],
        env=environment | {"PYTHONIOENCODING": "ascii"}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (process.returncode, process.stderr) == (0, "")
    assert "?t? ? S?gou" in process.stdout


def test_compare_says_by_its_exit_code_whether_anything_clearly_changed(relations, tmp_path):
    rows = [f"2022-{month:02}-{day:02},MLI,RUS,ASSAULT" for month in (5, 6) for day in range(1, 28, 3)]
    (tmp_path / "events.csv").write_text("\n".join(["date,source,target,type", *rows]) + "\n", encoding="utf-8")
    assert relations("compare", "2022-01-01", "2022-12-31", "events.csv").exit_code == 0
    assert relations("compare", "2022-01-01", "2022-12-31", "events.csv", "--exit-code").exit_code == 1
    assert relations("compare", "2022-12-30", "2022-12-31", "events.csv", "--exit-code").exit_code == 0


def test_snapshots_of_other_settings_are_refused_or_scored_anew(relations, article):
    relations("snapshot", "save", "before", article, "--at", "2022-01-31")
    relations("snapshot", "save", "after", article, "--at", "2022-12-31", "--k", "3")
    fails(relations("compare", "before", "after"), 1, "k 2.0 and 3.0", "--recompute")
    result = relations("compare", "before", "after", "--recompute", "--order", "shapley")
    assert result.exit_code == 0
    assert "scored anew" in result.stdout
    found = relations("compare", "before", "after", "--recompute", "-f", "json")
    assert "scored anew" in found.stderr
    assert json.loads(found.stdout)[0]["source"] == "FRA"


def test_days_are_found_in_a_store_and_beside_a_fresh_one(relations, article):
    relations("snapshot", "save", "winter", article, "--at", "2022-01-31")
    relations("snapshot", "save", "later", article, "--at", "2022-12-31")
    by_name = relations("compare", "winter", "later").stdout
    assert relations("compare", "2022-01-31", "2022-12-31").stdout == by_name
    assert relations("compare", "2022-01-31", "later", "relations.snapshots").stdout == by_name
    assert relations("compare", "winter", "2022-12-31", article).stdout == by_name
    fails(relations("compare", "2021-01-01", "later"), 1, "2021-01-01")


def test_a_snapshot_shows_what_made_it(relations, article):
    relations("snapshot", "save", "winter", article, "--coder", "rules")
    shown = relations("snapshot", "show", "winter").stdout
    for part in ("winter, 2022-01-31", "data ", "half_life_days 548", "coder rules", "sha256", "FRA-MLI"):
        assert part in shown
    found = json.loads(relations("snapshot", "show", "winter", "-f", "json").stdout)
    assert found["settings"]["k"] == 2.0
    assert list(found["inputs"]) == [str(article)]


def test_every_period_has_its_scores(relations, tmp_path):
    path = tmp_path / "events.csv"
    path.write_text(
        "date,source,target,type\n2022-01-10,MLI,RUS,CONSULT\n2022-03-05,MLI,RUS,CONSULT\n", encoding="utf-8"
    )
    rows = json.loads(relations("score", path, "--every", "month", "--format", "json").stdout)
    assert [row["at"] for row in rows] == ["2022-01-31", "2022-02-28", "2022-03-05"]


def test_periods_of_texts_and_events_together(relations, article, tmp_path):
    path = tmp_path / "events.csv"
    path.write_text("date,source,target,type\n2021-12-10,MLI,RUS,CONSULT\n", encoding="utf-8")
    result = relations("score", path, article, "--every", "month", "--format", "json")
    assert [row["at"] for row in json.loads(result.stdout)] == ["2021-12-31", "2022-01-31", "2022-01-31"]


def test_a_map_is_one_page_that_reaches_nowhere(relations, article, tmp_path):
    result = relations("map", article, "-o", "maps/sahel.html", "--focus", "MLI")
    assert (result.exit_code, result.stdout) == (0, "")
    page = (tmp_path / "maps" / "sahel.html").read_text(encoding="utf-8")
    assert page.lower().startswith("<!doctype html>")
    for outside in ('src="http', "src='http", 'src="//', 'stylesheet" href="http', "url(http", "@import"):
        assert outside not in page


def test_the_same_command_writes_the_same_bytes(relations, article, tmp_path):
    for name in ("a", "b"):
        relations("map", article, "-o", f"{name}/mali.html")
        relations("code", article, "-o", f"{name}/events.jsonl")
    for name in ("mali.html", "events.jsonl"):
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()


def test_comparing_two_days_adds_up(relations, article):
    result = relations("compare", "2022-01-01", "2022-01-31", article, "--format", "json")
    [row] = json.loads(result.stdout)
    assert (row["source"], row["target"], row["before_state"] or "none") == (
        "FRA",
        "MLI",
        row["before_state"] or "none",
    )
    assert row["after"] - row["before"] == pytest.approx(row["change"], abs=1e-9)
    assert sum(part["contribution"] for part in row["contributions"]) == pytest.approx(row["change"], abs=1e-9)
    assert sum(row["causes"].values()) == pytest.approx(row["change"], abs=1e-9)
    assert set(row["causes"]) == {"prior", "removed", "revised", "decay", "added"}


def test_snapshots_are_saved_listed_shown_compared_and_removed(relations, article):
    for name, day in (("before", "2022-01-31"), ("after", "2022-12-31")):
        assert relations("snapshot", "save", name, article, "--at", day).exit_code == 0
    assert relations("snapshot", "list").stdout.split() == ["before", "2022-01-31", "after", "2022-12-31"]
    assert "FRA" in relations("snapshot", "show", "before").stdout
    assert relations("compare", "before", "after").exit_code == 0
    assert relations("score", "relations.snapshots").exit_code == 0
    assert relations("snapshot", "rm", "before").exit_code == 0
    fails(relations("snapshot", "show", "before"), 1, "before")


def test_a_snapshot_is_not_replaced_without_being_told_to(relations, article):
    assert relations("snapshot", "save", "autumn", article).exit_code == 0
    fails(relations("snapshot", "save", "autumn", article), 1, "autumn", "force")
    assert relations("snapshot", "save", "autumn", article, "--force").exit_code == 0


def test_evaluate_gives_one_prediction_a_row(relations, tmp_path):
    rows = [
        {
            "id": "1",
            "text": "Mali expelled the French ambassador.",
            "source": "Mali",
            "target": "French",
            "root": "SANCTION",
        },
        {"id": "2", "text": "Someone visited Rome.", "source": "An actor", "target": "a recipient", "root": "CONSULT"},
    ]
    (tmp_path / "gold.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    result = relations("evaluate", "gold.jsonl", "--predictions", "said.jsonl")
    assert result.exit_code == 0
    said = [json.loads(line) for line in (tmp_path / "said.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [row["id"] for row in said] == ["1", "2"]
    assert all(list(row) == ["id", "root", "quad", "confidence"] for row in said)
    assert said[0]["root"] == "SANCTION"


@pytest.fixture
def own_table(tmp_path: Path) -> Path:
    path = tmp_path / "own" / "ministers.csv"
    path.parent.mkdir()
    path.write_text("country,name,office,from,to\nMali,Amahi Testoro,foreign minister,2021-06,\n", encoding="utf-8")
    return path


def test_a_minister_whom_the_package_does_not_know_acts_for_his_state_with_a_table_only(relations, own_table):
    given = ["code", "-", "--date", "2022-01-31"]
    text = "Amahi Testoro expelled the French ambassador on Monday.\n"
    assert relations(*given, stdin=text).stdout == ""
    [event] = map(json.loads, relations(*given, "--officials", own_table, stdin=text).stdout.splitlines())
    assert (event["source"], event["target"], event["type"], event["source_role"]) == ("MLI", "FRA", "SANCTION", "GOV")
    in_two = relations("code", "-", "--date", "2022-01-31", "--officials", own_table, "--workers", "2", stdin=text)
    assert [json.loads(line) for line in in_two.stdout.splitlines()] == [event]
    assert "MLI" in relations("score", "-", "--date", "2022-01-31", "--officials", own_table, stdin=text).stdout


def test_a_bad_row_of_a_table_is_noted_or_stops_when_strict(relations, own_table, article):
    with own_table.open("a", encoding="utf-8") as file:
        file.write("Atlantis,Bronka Wellizek,minister,2021,\n")
    noted = relations("code", article, "--officials", own_table)
    assert noted.exit_code == 0 and noted.stdout
    assert f"Note: {own_table}:3: no country 'Atlantis'" in noted.stderr
    fails(relations("code", article, "--officials", own_table, "--strict"), 1, f"{own_table}:3: no country 'Atlantis'")


def test_a_table_that_is_none_is_refused_by_name(relations, article, quiet):
    fails(relations("code", article, "--officials", quiet), 1, f"{quiet}:1: no column for country and name")
    fails(relations("code", article, "--officials", "gone.csv"), 2, "gone.csv")


def test_a_saved_snapshot_says_which_table_it_was_made_with(relations, own_table, article):
    from relations.snapshots.store import Store

    assert relations("snapshot", "save", "one", article, "--officials", own_table).exit_code == 0
    assert str(own_table) in Store(Path("relations.snapshots")).load("one").inputs


def test_output_over_a_table_of_office_holders_is_refused(relations, own_table, article):
    before = own_table.read_bytes()
    for args in (["-o", own_table, "--officials", own_table], ["--officials", own_table, "-o", own_table]):
        fails(relations("code", article, *args), 2, "is an input too")
    assert own_table.read_bytes() == before


def test_output_over_an_input_is_refused(relations, article):
    for command in (
        ["score", article, "-o", article],
        ["code", article, "-o", article],
        ["map", article, "-o", article],
    ):
        result = relations(*command)
        assert result.exit_code != 0
        assert article.read_text(encoding="utf-8") == EXPULSION


def test_a_failure_leaves_the_old_output_as_it_was(relations, tmp_path):
    (tmp_path / "out.json").write_text("old", encoding="utf-8")
    (tmp_path / "empty.txt").write_text("", encoding="utf-8")
    fails(relations("score", "empty.txt", "-o", "out.json"), 1)
    assert (tmp_path / "out.json").read_text(encoding="utf-8") == "old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["empty.txt", "out.json"]


def test_a_folder_cannot_be_an_output(relations, article, tmp_path):
    (tmp_path / "out.json").mkdir()
    fails(relations("score", article, "-o", "out.json"), 2, "out.json")


@pytest.mark.parametrize("name", ["--help", "a b.txt", "a\nb.txt", "{{x}}.txt", "$(x).txt"])
def test_odd_file_names_work_after_two_dashes(name, relations, tmp_path):
    (tmp_path / name).write_text(f"---\ndate: 2022-01-31\n---\n{EXPULSION}", encoding="utf-8")
    result = relations("code", "--", name)
    assert result.exit_code == 0
    assert json.loads(result.stdout.splitlines()[0])["document"] == name


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux keeps names that are no UTF-8")
def test_a_file_name_that_is_no_utf_8_works(run_relations, tmp_path):
    path = bytes(tmp_path) + b"/2022-01-31_mali\xff.txt"
    with open(path, "w", encoding="utf-8") as file:  # noqa: PTH123  # a name in bytes is no Path
        file.write(EXPULSION)
    process = run_relations("code", str(tmp_path))
    assert process.returncode == 0, process.stderr
    assert json.loads(process.stdout.splitlines()[0])["document"] == "2022-01-31_mali\ufffd.txt"


def test_a_reader_that_leaves_early_causes_no_complaint(environment, article):
    command = f"{sys.executable} -m relations code {article.name} | head -c 1"
    process = subprocess.run(command, shell=True, env=environment, capture_output=True, text=True, check=False)
    assert process.stdout == "{"
    assert process.stderr == ""


def test_piped_output_has_no_colours(run_relations, article):
    process = run_relations("score", str(article), cwd=article.parent)
    assert process.returncode == 0
    assert "\x1b" not in process.stdout + process.stderr


def test_the_module_is_the_command(run_relations):
    assert run_relations("--version").stdout.startswith("relations, version ")
