"""Does the built wheel carry all that it needs, and nothing that it does not?"""

from __future__ import annotations

import json
import os
import shutil
import site
import subprocess
import sys
import tarfile
import venv
import zipfile
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

import pytest

LEFT_OUT = ("tests", "seeds", "benchmarks", "maps", "docs", ".ci", ".git", "relations/data/build")
Ran = subprocess.CompletedProcess[str]


def build(kind: str, source: Path, out: Path) -> Path:
    """A wheel or sdist of a source tree; where the backend is at hand, without isolation and so without a network."""
    isolation = ["--no-isolation"] if find_spec("hatchling") else []
    command = [sys.executable, "-m", "build", f"--{kind}", *isolation, "--outdir", str(out), str(source)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    [built] = out.glob("*.whl" if kind == "wheel" else "*.tar.gz")
    return built


@pytest.fixture(scope="module")
def wheel(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build("wheel", root, tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def sdist(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build("sdist", root, tmp_path_factory.mktemp("sdist"))


def names_in(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Ran]:
    """The wheel in an environment of its own, which borrows this one's dependencies but not the checkout."""
    home = tmp_path_factory.mktemp("installed")
    venv.create(home / "venv", with_pip=False, symlinks=True)
    bin_folder = home / "venv" / ("Scripts" if os.name == "nt" else "bin")
    packages = next((home / "venv").glob("lib/python*/site-packages"), home / "venv" / "Lib" / "site-packages")
    pip = [sys.executable, "-m", "pip", "--python", str(bin_folder / "python")]
    subprocess.run([*pip, "install", "--no-deps", "--no-index", str(wheel)], check=True, capture_output=True)
    # plain lines add folders and run no .pth of theirs, so that an editable install of the checkout stays unseen
    (packages / "borrowed.pth").write_text("\n".join(site.getsitepackages()) + "\n", encoding="utf-8")
    bare = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "PYTHONHOME")}
    (home / "work").mkdir()

    def run(*command: str) -> Ran:
        program = str(bin_folder / command[0])
        how = {"cwd": home / "work", "env": bare, "capture_output": True, "text": True, "check": False}
        return subprocess.run([program, *command[1:]], **how)  # type: ignore[call-overload, no-any-return]

    return run


def test_the_wheel_carries_every_table_that_the_checkout_has(wheel, root):
    data = root / "data"
    wanted = {f"relations/data/{path.relative_to(data).as_posix()}" for path in data.rglob("*") if path.is_file()}
    wanted = {name for name in wanted if not name.startswith("relations/data/build/")}
    assert wanted - names_in(wheel) == set()
    assert "relations/data/states.tsv" in wanted


def test_the_wheel_carries_every_module_and_asset(wheel, root):
    package = root / "relations"
    files = [path for path in package.rglob("*") if path.is_file() and "__pycache__" not in path.parts]
    assert {f"relations/{path.relative_to(package).as_posix()}" for path in files} - names_in(wheel) == set()


def test_the_wheel_is_typed_and_brings_the_licences(wheel):
    names = names_in(wheel)
    assert "relations/py.typed" in names
    assert "relations/maps/assets/leaflet/LICENSE" in names
    licences = {name.split(".dist-info/licenses/")[1] for name in names if ".dist-info/licenses/" in name}
    assert licences == {"LICENSE", "relations/maps/assets/leaflet/LICENSE"}


def test_the_wheel_carries_nothing_else(wheel):
    names = names_in(wheel)
    assert [name for name in names if name.startswith(tuple(f"{folder}/" for folder in LEFT_OUT))] == []
    assert {name.split("/")[0].split("-")[0] for name in names} == {"relations", "relations_map"}
    assert [name for name in names if "__pycache__" in name or name.endswith(".pyc")] == []


def test_a_wheel_built_from_the_sdist_is_the_same(wheel, sdist, tmp_path):
    with tarfile.open(sdist) as archive:
        archive.extractall(tmp_path / "source", filter="data")
    [source] = (tmp_path / "source").iterdir()
    assert names_in(build("wheel", source, tmp_path / "again")) == names_in(wheel)


def test_the_installed_package_and_its_data_come_from_the_wheel(installed, root):
    code = "import relations, relations.resources as r; print(relations.__file__); print(r.data_root())"
    done = installed("python", "-c", code)
    assert done.returncode == 0, done.stderr
    package, data = map(Path, done.stdout.splitlines())
    assert data == package.parent / "data"
    assert root not in package.parents


def test_the_installed_command_scores_an_article(installed, one_article):
    done = installed("relations", "score", str(one_article), "--format", "json")
    assert done.returncode == 0, done.stderr
    scores = {(row["source"], row["target"]): row["score"] for row in json.loads(done.stdout)}
    assert scores["FRA", "MLI"] < 0 < scores["MLI", "RUS"]


def test_the_installed_command_draws_a_map(installed, one_article, tmp_path):
    done = installed("relations", "map", str(one_article), "-o", str(tmp_path / "map.html"), "--focus", "MLI")
    assert done.returncode == 0, done.stderr
    page = (tmp_path / "map.html").read_text(encoding="utf-8")
    assert page.lower().startswith("<!doctype html>")
    assert "Leaflet" in page


def test_a_strangers_data_folder_beside_the_package_never_answers(wheel, tmp_path):
    """Without its own data the package says that it is broken, even where some other `data/` lies next to it."""
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path / "site")
    shutil.move(tmp_path / "site" / "relations" / "data", tmp_path / "site" / "data")
    code = "import sys; sys.path.insert(0, '.'); from relations.resources import data_root; data_root()"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path / "site", capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "the installation is broken. Reinstall" in done.stderr
