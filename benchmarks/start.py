#!/usr/bin/env python3
"""How long until the command line answers? The best of five cold processes, beside importing geopandas alone.

python benchmarks/start.py ARTICLE
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path


def best_seconds(command: list[str], runs: int = 5) -> float:
    """The shortest wall time of several runs."""
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True)
        times.append(time.perf_counter() - start)
    return min(times)


def main() -> None:
    article, out = sys.argv[1], str(Path(tempfile.mkdtemp()) / "map.html")
    relations = [sys.executable, "-m", "relations"]
    for name, command in {
        "relations --help": [*relations, "--help"],
        "relations code": [*relations, "code", article],
        "relations map": [*relations, "map", article, "-o", out],
        "import geopandas": [sys.executable, "-c", "import geopandas"],
    }.items():
        print(f"{name:20}{best_seconds(command):6.2f} s")


if __name__ == "__main__":
    main()
