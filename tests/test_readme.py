"""Does every command and every block of the README do what it says?"""

from __future__ import annotations

import contextlib
import io
import re
import shlex
import shutil
from pathlib import Path
from typing import NamedTuple

import pytest
from click.testing import CliRunner

from relations.cli import cli

_BLOCK = re.compile(r"^```(?P<kind>\w*)[^\n]*\n(?P<text>.*?)^```[ \t]*$", re.MULTILINE | re.DOTALL)
#: What the README shows of the checkout, and what its blocks may therefore read.
SHOWN = ("seeds", "maps", "data", "tests", "benchmarks")


class Block(NamedTuple):
    kind: str
    line: int
    text: str


def blocks_of(text: str) -> list[Block]:
    """Fenced blocks with the line of their first line of code."""
    return [Block(m["kind"], text[: m.start("text")].count("\n") + 1, m["text"]) for m in _BLOCK.finditer(text)]


def commands_of(block: Block) -> list[str]:
    """Commands of a console or shell block, those that install left out; a backslash goes on with the next line."""
    lines = block.text.replace("\\\n", " ").splitlines()
    if block.kind == "console":
        return [line[2:] for line in lines if line.startswith("$ ")]
    return [line for line in lines if line.strip() and "pip install" not in line and not line.startswith("#")]


README = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")
BLOCKS = blocks_of(README)
PYTHON = [block for block in BLOCKS if block.kind == "python"]
SHELL = [block for block in BLOCKS if block.kind in ("console", "bash", "sh")]
COMMANDS = [command for block in SHELL for command in commands_of(block)]


@pytest.fixture
def checkout(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of what the README speaks of, as the current folder."""
    for name in SHOWN:
        if (root / name).is_dir():
            shutil.copytree(root / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_readme_has_blocks_of_both_kinds():
    assert PYTHON
    assert COMMANDS


def test_every_block_says_what_it_is():
    assert [block.line for block in BLOCKS if block.kind not in ("python", "console", "bash", "sh", "text")] == []


def test_the_install_commands_are_two_lines_that_need_no_more():
    """Both are run by .ci/run, and the first one ends in a map."""
    installs = [line for block in SHELL for line in block.text.splitlines() if "pip install" in line]
    assert len(installs) == 2
    assert "relations map seeds/" in installs[0]
    assert installs[1].endswith("pytest")


def test_the_map_of_the_first_command_can_be_drawn(checkout):
    install = next(line for block in SHELL for line in block.text.splitlines() if "pip install" in line)
    command = install.split("&&")[-1].strip()
    run(command)
    assert Path(shlex.split(command)[shlex.split(command).index("-o") + 1]).stat().st_size > 100_000


def test_the_commands_run_in_order(checkout):
    for command in COMMANDS:
        run(command)


def test_the_python_blocks_run_in_order_in_one_session(checkout):
    session: dict[str, object] = {"__name__": "__main__"}
    for block in PYTHON:
        shown = io.StringIO()
        code = compile("\n" * (block.line - 1) + block.text, "README.md", "exec")
        with contextlib.redirect_stdout(shown):
            exec(code, session)
        if "print(" in block.text:
            assert shown.getvalue().strip(), f"README.md:{block.line}: nothing was printed"


def run(command: str) -> None:
    """One command of the package in this process: exit 0, and no complaint."""
    program, *args = shlex.split(command)
    assert program == "relations", f"a command that no test knows how to run: {command}"
    result = CliRunner().invoke(cli, args, prog_name="relations")
    assert result.exit_code == 0, f"$ {command}\n{result.output}\n{result.exception!r}"


def test_links_within_the_repository_lead_somewhere(root):
    links = [link.split("#")[0] for link in re.findall(r"\]\(([^)\s]+)\)", README) if "://" not in link]
    assert [link for link in links if link and not (root / link).exists()] == []
