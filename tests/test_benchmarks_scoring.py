"""Does the validation of the scores reproduce what is stated, and does its page say what the package does?"""

from __future__ import annotations

import contextlib
import importlib
import io
import re
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from types import ModuleType

import click
import numpy as np
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from relations.settings import CIVIL_WEIGHT, DIRECTED_PRIORS, HALF_LIVES, INTERVALS, METHODS, PRIORS, SCALES, Settings

NAMES = ("scoring", "scoring_agreement", "scoring_coverage", "scoring_data", "scoring_years")


@pytest.fixture(scope="module")
def bench() -> Iterator[dict[str, ModuleType]]:
    """The modules of the benchmark by name."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(Path(__file__).parent.parent / "benchmarks"))
        yield {name: importlib.import_module(name) for name in NAMES}


@pytest.fixture(scope="module")
def page() -> str:
    """What people read of the scores, without the figures."""
    text = (Path(__file__).parent.parent / "docs" / "scoring.md").read_text(encoding="utf-8")
    return text.partition("<!-- figures")[0]


@pytest.fixture
def events(shared: Path, bench: dict[str, ModuleType]):
    path = shared / "validation" / bench["scoring_data"].EVENTS
    if not path.is_file():
        pytest.skip("no ../shared/validation: its data is not published")
    return bench["scoring_data"].read_events(path)


def test_the_mean_of_two_months_tells_rivals_and_agrees_with_the_index_as_stated(shared, bench, events):
    data, agreement = bench["scoring_data"], bench["scoring_agreement"]
    governments = data.of_governments(events)
    pairs = data.Pairs.of(data.read_criteria(shared / "validation" / data.CRITERIA), data.enough(governments))
    scores = agreement.counted_as_stated(governments)
    mean, total = (pairs.agreement(scores[name]) for name in ("mean, k 3 to m0", "sum"))
    assert mean.rival == pytest.approx(0.805, abs=0.01)
    assert mean.gge == pytest.approx(0.509, abs=0.02)
    assert total.rival < mean.rival - 0.1
    assert total.gge < mean.gge - 0.1


@pytest.mark.parametrize("scale", ["plover", "goldstein"])
def test_ninety_percent_intervals_hold_what_governments_do_next(bench, events, scale):
    coverage = bench["scoring_coverage"]
    rows = coverage.forward(bench["scoring_data"].of_governments(events), Settings(scale=scale))
    many = rows[rows["events"] >= coverage.MANY]
    assert 0.86 <= coverage.inside(rows, rows["alike"]).mean() <= 0.94
    assert 0.86 <= coverage.inside(many).mean() <= 0.94


def test_the_next_year_of_the_index_is_forecast_as_stated(shared, bench):
    path = shared / "validation" / bench["scoring_data"].YEARS
    if not path.is_file():
        pytest.skip("no ../shared/validation: its data is not published")
    years = bench["scoring_years"].Years.of(bench["scoring_data"].read_years(path))
    assert bench["scoring_years"].forecast(years, 1.0, k=1) == pytest.approx((0.527, 2.70), abs=0.01)


NUMBERS = st.lists(st.tuples(st.integers(-5, 5), st.booleans()), min_size=2, max_size=40).filter(
    lambda rows: 0 < sum(kind for _, kind in rows) < len(rows)
)


@given(NUMBERS)
def test_an_auc_is_the_share_of_couples_in_the_right_order(bench, rows):
    value, kind = (np.array(column, dtype=float) for column in zip(*rows, strict=True))
    couples = [(one > other) + 0.5 * (one == other) for one in value[kind == 1] for other in value[kind == 0]]
    assert bench["scoring_data"].auc(value, kind) == pytest.approx(np.mean(couples))


def test_without_data_a_line_says_what_is_missing(bench, tmp_path):
    result = CliRunner().invoke(bench["scoring"].main, ["--quick", "--data", str(tmp_path / "nowhere")])
    assert result.exit_code == 0, result.output
    for name in ("icews18_events.csv.gz", "criteria_2018.csv", "gge_dyad_year.csv.gz"):
        assert f"No nowhere/{name}: what is measured on it is left out." in result.output


def test_figures_go_between_their_marks_and_a_page_without_them_is_refused(bench):
    scoring = bench["scoring"]
    old = f"before\n{scoring.OPEN}\nold\n{scoring.CLOSE}\nafter\n"
    assert scoring.fill(old, "new") == f"before\n{scoring.OPEN}\n\nnew\n{scoring.CLOSE}\nafter\n"
    with pytest.raises(click.UsageError, match="no place for figures"):
        scoring.fill("a page", "new")


def test_the_page_names_every_setting_its_values_and_its_default(page):
    choices = (
        *METHODS,
        *PRIORS,
        *DIRECTED_PRIORS,
        *INTERVALS,
        *SCALES,
        *(name for name in HALF_LIVES if name != "default"),
    )
    missing = [name for name in (*(field.name for field in fields(Settings)), *choices) if f"`{name}`" not in page]
    assert not missing
    defaults = Settings()
    assert f"| `half_life_days` | {defaults.half_life_days:g} |" in page
    assert f"| `k` | {defaults.k:g} |" in page
    assert f"| `prior_events` | {defaults.prior_events:g} |" in page
    assert f"| `seed`, `draws` | {defaults.seed}, {defaults.draws} |" in page
    assert f"`civil` {CIVIL_WEIGHT:g}".replace("0.", ".") in page


def test_the_worked_example_of_the_page_gives_what_it_says(page):
    [code] = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile(code, "docs/scoring.md", "exec"), {})
    assert f"# {printed.getvalue().strip()}" in code
    assert "**1.08**" in page


def test_the_pictures_of_the_page_are_there(page, root):
    pictures = re.findall(r"!\[[^\]]+\]\(([^)]+)\)", page)
    assert len(pictures) == 4
    assert [name for name in pictures if not (root / "docs" / name).is_file()] == []
