"""The page's scripts are clean, its texts complete, and its policy is not worked around."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from relations.errors import RelationsError
from relations.maps import bundle, page
from relations.maps.colours import PALETTES
from relations.maps.geometry import WORLDVIEWS
from relations.records import STATUSES, TYPES
from relations.scoring.words import WORDS

ASSETS = Path(bundle.__file__).parent / "assets"


#: Words of the data that keys are made of.
FROM_DATA = {*STATUSES, *WORLDVIEWS, *TYPES, *PALETTES}


def lint(script: str, folder: Path, *off: str) -> str:
    """What the linter says of a script as the browser gets it: all its files in one scope."""
    command = shutil.which("biome", path=str(Path(sys.executable).parent)) or shutil.which("biome")
    assert command, "No Biome: pip install -e '.[dev]'."
    rules = (Path(__file__).parent / "biome.json").read_text(encoding="utf-8")
    for rule in off:
        rules = rules.replace(f'"{rule}": "error"', f'"{rule}": "off"')
    (folder / "biome.json").write_text(rules, encoding="utf-8")
    (folder / "script.js").write_text(script, encoding="utf-8")
    done = subprocess.run(
        [command, "lint", "--colors=off", "--max-diagnostics=40", "--error-on-warnings", "script.js"],
        cwd=folder, capture_output=True, text=True, check=False,
    )  # fmt: skip
    return "" if done.returncode == 0 else done.stdout + done.stderr


def test_the_linter_finds_nothing_in_the_page(tmp_path):
    assert lint(bundle.page_script(), tmp_path) == ""


def test_the_linter_finds_nothing_in_the_layers(tmp_path):
    # The layers hold functions that only the page calls.
    assert lint(bundle.layers_script(), tmp_path, "noUnusedVariables") == ""


def test_the_linter_would_find_a_slip(tmp_path):
    assert "noUndeclaredVariables" in lint(
        bundle.page_script().replace("const SPARE_ROWS", "const SPARE_ROW"), tmp_path
    )


def sources() -> str:
    paths = [*sorted((ASSETS / "layers").glob("*.js")), *sorted((ASSETS / "page").glob("*.js"))]
    return "".join(path.read_text(encoding="utf-8") for path in paths)


def test_every_text_that_the_page_asks_for_is_in_the_table():
    asked = set(re.findall(r'words\((?:[\w.]+ \? )?"([\w.]+)"', sources()))
    asked |= set(re.findall(r"\[\[([\w.]+)\]\]", (ASSETS / "page" / "page.html").read_text(encoding="utf-8")))
    texts = bundle.page_texts()
    beginnings = {key for key in asked if key not in texts}
    assert beginnings <= {key for key in asked if re.search(rf'"{re.escape(key)}" \+', sources())}
    assert all(any(key.startswith(beginning) for key in texts) for beginning in beginnings)


def test_every_text_of_the_table_is_used():
    used = (
        sources() + (ASSETS / "page" / "page.html").read_text(encoding="utf-8") + Path(page.__file__).read_text("utf-8")
    )
    unused = [
        key
        for key in bundle.page_texts()
        if f'"{key}"' not in used and f"[[{key}]]" not in used and f"['{key}']" not in used and not made(key, used)
    ]
    assert unused == []


def made(key: str, used: str) -> bool:
    """Whether a key is put together from a beginning that stands in the scripts and a word that does too."""
    room, _, name = key.partition(".")
    return bool(re.search(rf'"{room}\.[A-Za-z]*" \+', used) or f"TEXTS.{room}" in used) and any(
        f'"{part}"' in used or re.search(rf"\b{part}\b", used) or part in FROM_DATA
        for part in (name, re.sub(r"(With|For|Short|\d)$", "", name))
    )


@pytest.mark.parametrize(
    "sentence", ["Find a country", "Score and 90% interval", "No pair passes the filter", "Save as CSV"]
)
def test_words_for_readers_stand_in_the_table_and_not_in_the_scripts(sentence):
    assert any(sentence in text for text in bundle.page_texts().values())
    assert sentence not in sources()


def test_the_words_of_scores_and_the_types_of_events_are_those_of_the_package():
    texts = bundle.page_texts()
    assert tuple(texts["score.words"].split("|")) == WORDS
    assert [key.removeprefix("type.") for key in texts if key.startswith("type.")] == list(TYPES)


def test_a_language_without_a_table_is_refused_with_those_that_have_one():
    with pytest.raises(RelationsError, match=r"No ui_lang 'xx'. Use one of en\."):
        bundle.page_texts("xx")
