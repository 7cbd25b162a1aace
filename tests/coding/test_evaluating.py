"""Are the figures of an evaluation right, and does the report say how sure they are?"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner, Result
from sklearn.metrics import confusion_matrix, f1_score, precision_recall_fscore_support

from relations.cli import cli
from relations.coding.evaluating import Evaluation, Prediction, evaluate, predict, read_gold
from relations.coding.examples import Row
from relations.coding.features import NONE
from relations.coding.figures import (
    SHORT,
    calibration,
    confusion_counts,
    is_manual,
    macro_f1,
    macro_figure,
    quad,
    report_of,
    type_figures,
)
from relations.errors import BadInput
from relations.records import TYPES

NEWS = "Oman met Qatar on Monday, 3 May 2021."
GOOD = {"id": "a", "text": "Mali expelled the French ambassador.", "source": "Mali", "target": "French"}
GOLD = [GOOD | {"root": "SANCTION"}, {"text": NEWS, "source": "Oman", "target": "Qatar", "root": "CONSULT", "quad": 1}]


def evaluation(*answers: tuple[str, str], text: str = NEWS) -> Evaluation:
    """An evaluation of given (gold, said) pairs."""
    rows = tuple(Row(str(i), text, "Oman", "Qatar", gold) for i, (gold, _) in enumerate(answers))
    return Evaluation(rows, tuple(Prediction(str(i), said, quad(said), 0.5) for i, (_, said) in enumerate(answers)))


@pytest.fixture
def noisy() -> tuple[list[str], list[str]]:
    """Gold and answers of 400 rows: two in three right, one answer that no gold row has."""
    draw = np.random.default_rng(7)
    gold = draw.choice(["AID", "REJECT", "ASSAULT", "MOBILIZE"], size=400, p=[0.5, 0.3, 0.15, 0.05])
    other = draw.choice(["AID", "REJECT", "ASSAULT", "PROTEST"], size=400)
    return gold.tolist(), np.where(draw.random(400) < 0.67, gold, other).tolist()


@pytest.fixture
def relations(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    monkeypatch.chdir(tmp_path)
    Path("gold.jsonl").write_text("".join(json.dumps(row) + "\n" for row in GOLD), encoding="utf-8")

    def run(*args: str, stdin: str | None = None) -> Result:
        return CliRunner().invoke(cli, ["evaluate", *args], input=stdin, prog_name="relations")

    return run


def test_macro_f1_is_that_of_scikit_learn(noisy):
    gold, said = noisy
    expected = 100 * f1_score(gold, said, average="macro", labels=sorted(set(gold)))
    assert macro_f1(confusion_counts(gold, said)) == pytest.approx(expected)


def test_the_report_and_the_figures_agree(noisy):
    result = evaluation(*zip(*noisy, strict=True))
    whole = result.report().whole
    assert whole.rows == 400
    assert {name: figure.value for name, figure in whole.figures.items()} == pytest.approx(result.figures())


def test_the_interval_is_that_of_rows_drawn_again(noisy):
    gold, said = map(np.array, noisy)
    draw, names = np.random.default_rng(3), sorted({*gold, *said})
    drawn = [macro_f1(confusion_counts(gold[rows], said[rows], names)) for rows in draw.integers(400, size=(2000, 400))]
    figure = macro_figure(confusion_counts(gold, said))
    assert (figure.low, figure.high) == pytest.approx(np.percentile(drawn, (5, 95)), abs=1)


def test_the_interval_holds_its_figure_narrows_with_rows_and_never_changes(noisy):
    counts = confusion_counts(*noisy)
    few, many = macro_figure(counts), macro_figure(counts * 20)
    assert few.low < few.value < few.high
    assert many.high - many.low < (few.high - few.low) / 3
    assert macro_figure(counts) == few


def test_a_draw_that_misses_a_type_does_not_count_it_as_wrong():
    assert macro_figure(np.diag([1000, 1])).low == 100


def test_types_have_the_precision_recall_and_f1_of_scikit_learn(noisy):
    gold, said = noisy
    answers = sorted({*gold, *said})
    found = type_figures(answers, confusion_counts(gold, said, answers))
    expected = precision_recall_fscore_support(gold, said, labels=sorted(set(gold)))
    shares = np.array([(row.precision, row.recall, row.f1) for row in found]).T
    assert [row.type for row in found] == sorted(set(gold))
    assert shares == pytest.approx(100 * np.array(expected[:3]))
    assert [row.rows for row in found] == expected[3].tolist()


def test_what_is_most_often_said_instead_is_named():
    pairs = [("AID", "AID")] * 9 + [("AID", "AGREE")] * 2 + [("AID", "SUPPORT"), ("REJECT", "REJECT")]
    [aid, reject] = evaluation(*pairs).report().types
    assert (aid.instead, aid.times) == ("AGREE", 2)
    assert (reject.instead, reject.times) == (None, None)


def test_the_confusion_has_gold_in_rows_and_kinds_of_one_quad_class_together(noisy):
    report = evaluation(*zip(*noisy, strict=True)).report()
    assert report.answers == ("AID", "REJECT", "ASSAULT", "MOBILIZE", "PROTEST")
    assert report.confusion == tuple(map(tuple, confusion_matrix(*noisy, labels=report.answers).tolist()))


def test_types_differ_in_the_letters_that_head_a_column():
    names = (*TYPES, "YIELD", NONE)
    assert len({name[:SHORT] for name in names}) == len(names)


def test_a_confidence_that_holds_has_no_calibration_error():
    error, _ = calibration([0.75] * 4 + [1.0], [True, True, True, False, True])
    assert error == pytest.approx(0)


def test_the_calibration_error_weighs_each_bin_by_its_rows():
    error, bins = calibration([0.9, 0.9, 0.9, 0.2], [True, True, False, True])
    assert error == pytest.approx(3 / 4 * (90 - 200 / 3) + 1 / 4 * (100 - 20))
    assert [b.rows for b in bins] == [0, 1, 0, 0, 0, 0, 0, 0, 3, 0]
    assert (bins[0].confidence, bins[0].right) == (None, None)


@pytest.mark.parametrize(("confidence", "place"), [(0.0, 0), (0.1, 0), (0.1001, 1), (0.7, 6), (1.0, 9), (1 + 1e-12, 9)])
def test_a_bin_holds_its_upper_edge(confidence, place):
    assert calibration([confidence], [True])[1][place].rows == 1


@pytest.mark.parametrize(
    ("text", "manual"),
    [
        ("The leader of Peru may march with Chile.", True),
        ("Peru met Chile in March.", False),
        ("Peru met Chile on Sunday.", False),
        ("Peru met 3 envoys.", False),
        ("word " * 15, True),
        ("word " * 16, False),
    ],
)
def test_manual_rows_are_short_and_undated(text, manual):
    assert is_manual(text) is manual


def test_every_row_is_in_one_slice():
    texts = [NEWS, "Oman met Qatar.", NEWS]
    report = report_of(texts, {"root": (["AID", "AID", "REJECT"], ["AID", "REJECT", "REJECT"])}, [0.5] * 3)
    assert {name: part.rows for name, part in report.slices.items()} == {"manual": 1, "news": 2}
    assert report.slices["manual"].figures["root"].value == 0
    assert report.slices["news"].figures["root"].value == 100


def test_a_slice_without_rows_has_no_figure():
    manual = evaluation(("AID", "AID")).report().to_json()["slices"]["manual"]
    nothing = {"root": None, "quad": None, "binary": None}
    assert manual == {"rows": 0, "figures": nothing, "intervals": nothing}


def test_a_slice_merges_what_the_whole_gold_merges():
    rows = (Row("1", NEWS, "", "", "YIELD"), Row("2", "Oman withdrew.", "", "", "RETREAT"))
    said = tuple(Prediction(row.id, "YIELD", 2, 0.5) for row in rows)
    assert Evaluation(rows, said).report().slices["manual"].figures["root"].value == 100


def test_none_is_an_answer_only_when_it_is_allowed():
    answer = {NONE: 0.8, "AID": 0.15, "REJECT": 0.05}
    said, silent = (predict("1", answer, False, allow_none) for allow_none in (False, True))
    assert (said.root, said.confidence) == ("AID", pytest.approx(0.75))
    assert (silent.root, silent.confidence) == (NONE, pytest.approx(0.8))


def test_gold_is_read_with_what_may_be_left_out(tmp_path):
    path = tmp_path / "gold.jsonl"
    first = GOOD | {"root": "NONE", "quad": None, "unknown": []}
    second = {**GOOD, "id": None, "root": "YIELD", "quad": 2}
    path.write_bytes(b"\xef\xbb\xbf" + f"{json.dumps(first)}\r\n\r\n{json.dumps(second)}".encode())
    assert [(row.id, row.root, row.quad) for row in read_gold(path)] == [("a", "NONE", 0), ("3", "YIELD", 2)]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{", "not JSON"),
        ("[" * 100_000, "not JSON"),
        (json.dumps(GOOD), "string for root"),
        (json.dumps(GOOD | {"root": "AID", "text": 3}), "string for text"),
        (json.dumps(GOOD | {"root": "MEET"}), "'MEET'"),
        (json.dumps(GOOD | {"root": "AID", "quad": 7}), "quad class 7"),
        (json.dumps(GOOD | {"root": "AID", "quad": "2"}), "quad class '2'"),
        (b"\xff", "not UTF-8"),
    ],
)
def test_a_bad_row_is_named_by_file_and_line(tmp_path, line, message):
    path = tmp_path / "gold.jsonl"
    raw = line if isinstance(line, bytes) else line.encode()
    path.write_bytes(json.dumps(GOLD[0]).encode() + b"\n" + raw + b"\n")
    with pytest.raises(BadInput, match=rf"gold\.jsonl:2: .*{message}"):
        read_gold(path)


def test_the_report_in_a_terminal_opens_with_the_figures(relations):
    result = relations("gold.jsonl")
    assert (result.exit_code, result.stderr) == (0, "")
    title, header, whole, *_ = result.stdout.splitlines()
    assert "90% interval" in title
    assert header.split() == ["slice", "rows", "root", "quad", "binary"]
    assert whole.split()[:3] == ["all", "2", "100.0"]
    assert max(map(len, result.stdout.splitlines())) <= 100


def test_json_is_one_object_in_full(relations):
    report = json.loads(relations("gold.jsonl", "--format", "json").stdout)
    assert list(report) == ["rows", "figures", "intervals", "classes", "confusion", "calibration", "slices"]
    assert list(report["figures"]) == list(report["intervals"]) == ["root", "quad", "binary"]
    assert report["intervals"]["root"] == [100, 100]
    assert report["confusion"] == {"types": ["CONSULT", "SANCTION"], "counts": [[1, 0], [0, 1]]}
    assert sum(row["rows"] for row in report["calibration"]["bins"]) == 2
    assert {name: part["rows"] for name, part in report["slices"].items()} == {"manual": 1, "news": 1}


def test_markdown_is_tables_whose_rows_have_the_cells_of_their_heads(relations):
    parts = relations("gold.jsonl", "-f", "markdown").stdout.split("\n\n")
    titles, tables = parts[::2], parts[1::2]
    assert len(titles) == len(tables) == 4
    assert all(title.startswith("**") and title.endswith("**") for title in titles)
    for table in tables:
        assert len({line.count("|") for line in table.splitlines()}) == 1


def test_gold_may_come_by_standard_input(relations):
    stdin = Path("gold.jsonl").read_text(encoding="utf-8")
    assert relations("-", stdin=stdin).stdout == relations("gold.jsonl").stdout
    refused = relations("-", stdin="{}\n")
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert refused.stderr.startswith("Error: -:1: ")


def test_the_suffix_of_the_output_says_the_format(relations):
    assert relations("gold.jsonl", "-o", "out.json", "--predictions", "said.jsonl").stdout == ""
    assert relations("gold.jsonl", "-o", "out.md").exit_code == 0
    assert json.loads(Path("out.json").read_text(encoding="utf-8"))["rows"] == 2
    assert Path("out.md").read_text(encoding="utf-8").startswith("**Macro-F1")
    assert len(Path("said.jsonl").read_text(encoding="utf-8").splitlines()) == 2


def test_a_suffix_that_is_no_format_is_refused(relations):
    result = relations("gold.jsonl", "-o", "out.csv")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "table, json, markdown" in result.stderr
    assert not Path("out.csv").exists()


def test_a_bad_row_leaves_the_old_output_as_it_was(relations):
    Path("out.json").write_text("old", encoding="utf-8")
    Path("bad.jsonl").write_text("{}\n", encoding="utf-8")
    assert relations("bad.jsonl", "-o", "out.json", "--predictions", "said.jsonl").exit_code == 1
    assert Path("out.json").read_text(encoding="utf-8") == "old"
    assert sorted(path.name for path in Path().iterdir()) == ["bad.jsonl", "gold.jsonl", "out.json"]


@pytest.mark.parametrize(
    "args", [["-o", "gold.jsonl"], ["--predictions", "gold.jsonl"], ["-o", "a.json", "--predictions", "./a.json"]]
)
def test_no_file_is_written_over_another(relations, args):
    before = Path("gold.jsonl").read_text(encoding="utf-8")
    assert relations("gold.jsonl", *args).exit_code == 2
    assert Path("gold.jsonl").read_text(encoding="utf-8") == before


def test_gold_that_cannot_be_answered_is_remarked(relations):
    Path("none.jsonl").write_text(json.dumps(GOOD | {"root": "NONE"}) + "\n", encoding="utf-8")
    refused, allowed = relations("none.jsonl"), relations("none.jsonl", "--allow-none")
    assert refused.exit_code == allowed.exit_code == 0
    assert "1 row of NONE" in refused.stderr
    assert allowed.stderr == ""


def test_the_report_holds_on_the_development_rows(shared):
    result = evaluate(read_gold(shared / "gold" / "plv_train.jsonl"))
    report = result.report()
    assert {name: figure.value for name, figure in report.whole.figures.items()} == pytest.approx(result.figures())
    for part in (report.whole, *report.slices.values()):
        assert part.rows > 100
        assert all(figure.low < figure.value < figure.high for figure in part.figures.values())
    assert sum(map(sum, report.confusion)) == sum(b.rows for b in report.bins) == len(result.rows)
    assert 0 < report.error < 25
