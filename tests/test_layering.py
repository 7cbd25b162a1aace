"""Do imports flow one way, from what happened to what is shown?"""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

PACKAGE = Path(__file__).parent.parent / "relations"
#: Rooms in the order of the flow: each may import itself and what stands before it.
ORDER = (
    *("errors", "records", "writing"),
    *("resources", "vocabulary", "countries", "settings"),
    *("documents", "actors", "coding", "events", "scoring", "snapshots", "maps"),
    *("globe", "graphs", "formats", "reports", "networks", "exporting", "reporting", "pipeline"),
    *("relations", "cli", "__main__"),
)
#: The waist: what reads events knows nothing of how they were found.
FORBIDDEN = {
    "relations.events.table": {"documents", "actors", "coding"},
    "relations.scoring": {"documents", "actors", "coding"},
    "relations.snapshots": {"documents", "actors", "coding"},
    "relations.networks": {"documents", "actors", "coding"},
    "relations.maps": {"documents", "actors", "coding", "events"},
}
#: Conveniences of Scores that point downstream, each inside its method, so that the exception is seen and cannot grow.
DOWNSTREAM = {
    ("relations.scoring.scores", "Scores.from_snapshots", "relations.snapshots.store"),
    ("relations.scoring.scores", "Scores.compare", "relations.snapshots.comparing"),
    ("relations.scoring.scores", "Scores.snapshot", "relations.snapshots.store"),
    ("relations.scoring.scores", "Scores.to_geodataframe", "relations.exporting"),
    ("relations.scoring.scores", "Scores.to_networkx", "relations.exporting"),
    ("relations.scoring.scores", "Scores.map", "relations.maps.page"),
    ("relations.scoring.scores", "Scores.plot_map", "relations.maps.static"),
    ("relations.scoring.scores", "Scores.plot", "relations.maps.colours"),
    ("relations.scoring.scores", "Scores.to_svg", "relations.maps.colours"),
    ("relations.scoring.scores", "Scores.profile", "relations.networks.profile"),
    ("relations.scoring.scores", "Scores.balance", "relations.networks.balancing"),
    ("relations.scoring.scores", "Scores.communities", "relations.networks.communities"),
    # what those methods return, for type checkers only
    ("relations.scoring.scores", "TYPE_CHECKING", "relations.networks.balance"),
    ("relations.scoring.scores", "TYPE_CHECKING", "relations.networks.communities"),
    ("relations.scoring.scores", "TYPE_CHECKING", "relations.networks.profile"),
    ("relations.scoring.scores", "TYPE_CHECKING", "relations.snapshots.comparing"),
    ("relations.scoring.scores", "TYPE_CHECKING", "relations.snapshots.store"),
}
#: What takes long to load, and what asking for help has no need of.
HEAVY = ("geopandas", "sklearn", "pandas", "folium", "pyarrow", "scipy", "networkx", "shapely", "skops", "matplotlib")


class Import(NamedTuple):
    module: str
    where: str
    target: str


def module_name(path: Path) -> str:
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def room_of(module: str) -> str:
    parts = module.split(".")
    return parts[1] if len(parts) > 1 else parts[0]


def is_module(name: str) -> bool:
    """Whether a dotted name is a module or a package of ours, and not something in one."""
    place = PACKAGE.parent / name.replace(".", "/")
    return place.with_suffix(".py").is_file() or (place / "__init__.py").is_file()


def imports_of(tree: ast.Module, module: str) -> Iterator[Import]:
    """Every import of the package by the package, with the class, function or condition it stands in."""

    def walk(node: ast.AST, where: tuple[str, ...]) -> Iterator[Import]:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.Import):
                yield from (Import(module, ".".join(where), alias.name) for alias in child.names)
            elif isinstance(child, ast.ImportFrom):
                assert child.level == 0, f"{module}:{child.lineno}: write the import in full"
                names = [f"{child.module}.{alias.name}" for alias in child.names]
                whole = [name for name in names if is_module(name)]
                yield from (Import(module, ".".join(where), target) for target in whole or [child.module or ""])
            elif isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                yield from walk(child, (*where, child.name))
            elif isinstance(child, ast.If) and "TYPE_CHECKING" in ast.unparse(child.test):
                yield from walk(child, (*where, "TYPE_CHECKING"))
            else:
                yield from walk(child, where)

    return (found for found in walk(tree, ()) if found.target.split(".")[0] == "relations")


def all_imports() -> list[Import]:
    found: list[Import] = []
    for path in sorted(PACKAGE.rglob("*.py")):
        found += imports_of(ast.parse(path.read_text(encoding="utf-8")), module_name(path))
    return found


IMPORTS = all_imports()


def points_downstream(found: Import) -> bool:
    return ORDER.index(room_of(found.target)) > ORDER.index(room_of(found.module))


def test_every_room_has_its_place_in_the_flow():
    rooms = {room_of(module_name(path)) for path in PACKAGE.rglob("*.py")}
    assert rooms - set(ORDER) == set()


def test_imports_point_upstream_only():
    assert [found for found in IMPORTS if points_downstream(found) and tuple(found) not in DOWNSTREAM] == []


def test_every_exception_is_still_needed():
    assert DOWNSTREAM - {tuple(found) for found in IMPORTS} == set()


@pytest.mark.parametrize("module", FORBIDDEN)
def test_what_reads_events_does_not_know_how_they_were_found(module):
    within = [found for found in IMPORTS if f"{found.module}.".startswith(f"{module}.")]
    assert [found for found in within if room_of(found.target) in FORBIDDEN[module]] == []


def test_rooms_do_not_import_one_another_in_circles():
    """Within a room too, an import at the top of a module never leads back to it."""
    top = {found.module: set[str]() for found in IMPORTS}
    for found in IMPORTS:
        if not found.where:
            top[found.module].add(found.target)
    reached = {module: set(targets) for module, targets in top.items()}
    for _ in range(len(ORDER)):
        for module, targets in reached.items():
            reached[module] = targets | {further for target in targets for further in reached.get(target, ())}
    assert [module for module, targets in reached.items() if module in targets] == []


def test_a_walker_that_finds_nothing_is_broken():
    tree = ast.parse("def f():\n    from relations import cli\n    import relations.maps.page as p\n")
    targets = [(found.where, found.target) for found in imports_of(tree, "relations.errors")]
    assert targets == [("f", "relations.cli"), ("f", "relations.maps.page")]
    assert all(points_downstream(found) for found in imports_of(tree, "relations.errors"))


def loaded_by(code: str, environment: dict[str, str]) -> set[str]:
    """Heavy packages that are loaded once some code has run in a fresh process."""
    report = f"\nimport sys, json; print(json.dumps([name for name in {HEAVY!r} if name in sys.modules]))"
    process = subprocess.run(
        [sys.executable, "-c", code + report], env=environment, capture_output=True, text=True, check=True
    )
    return set(json.loads(process.stdout.splitlines()[-1]))


@pytest.mark.parametrize("args", [["--help"], ["score", "--help"], ["map", "--help"], ["--version"]])
def test_asking_for_help_loads_nothing_heavy(args, environment):
    code = f"from relations.cli import cli\ncli({args!r}, prog_name='relations', standalone_mode=False)"
    assert loaded_by(code, environment) == set()


def test_importing_the_package_loads_nothing_heavy(environment):
    assert loaded_by("import relations", environment) == set()


def test_scoring_events_loads_no_geometry_and_no_map(environment):
    code = (
        "import relations\nfrom datetime import date\n"
        "relations.score([relations.Event('1', date(2025, 9, 19), 'FRA', 'MLI', type='SANCTION')])"
    )
    assert loaded_by(code, environment) & {"geopandas", "folium", "sklearn", "shapely", "networkx"} == set()
