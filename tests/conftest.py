"""What do the tests of several rooms share?"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture(scope="session")
def one_article() -> Path:
    """An article in our own words that holds what a reader would want scored, and traps beside it."""
    return ROOT / "tests" / "cases" / "one_article.txt"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of samples beside the checkout, which is not published; tests that need it are left out without it."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        pytest.skip("no ../shared beside the checkout: it holds samples that are not published")
    return folder


@pytest.fixture(scope="session")
def environment() -> dict[str, str]:
    """Variables under which another process finds this very checkout, wherever it runs."""
    paths = [str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(paths), "PYTHONIOENCODING": "utf-8"}


@pytest.fixture(scope="session")
def run_relations(environment: dict[str, str]) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Run `relations` in a process of its own, as a user does."""

    def run(*args: str, **how: object) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "relations", *args]
        return subprocess.run(command, env=environment, capture_output=True, text=True, check=False, **how)  # type: ignore[call-overload, no-any-return]

    return run
