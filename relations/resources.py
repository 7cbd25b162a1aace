"""Where is a file of data/?"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from relations.errors import RelationsError

_PACKAGE = Path(__file__).parent


@cache
def data_root() -> Path:
    """The folder of knowledge tables: inside the package when installed from a wheel, else the checkout's own.

    A stranger's `data/` beside site-packages never answers: a checkout is known by its `pyproject.toml`.

    Raises
    ------
    RelationsError
        When neither is there, which means a broken installation.
    """
    packaged, checkout = _PACKAGE / "data", _PACKAGE.parent / "data"
    if (packaged / "states.tsv").is_file():
        return packaged
    if (_PACKAGE.parent / "pyproject.toml").is_file() and (checkout / "states.tsv").is_file():
        return checkout
    raise RelationsError(f"No data/ beside {_PACKAGE}: the installation is broken. Reinstall relations-map.")


def data_path(name: str) -> Path:
    """Path of one file of data/, such as `"states.tsv"` or `"geometry/un.topojson"`.

    Raises
    ------
    RelationsError
        When the file does not exist.
    """
    path = data_root() / name
    if not path.is_file():
        raise RelationsError(f"No {name} in {data_root()}: the installation is broken. Reinstall relations-map.")
    return path


def read_table(name: str) -> list[dict[str, str]]:
    """Rows of a tab-separated table of data/, one dict a row, every value a string.

    Lines that start with `#` are comments. A short row is filled with empty values.
    """
    lines = [line for line in data_path(name).read_text(encoding="utf-8").split("\n") if line and line[0] != "#"]
    header = lines[0].split("\t")
    return [dict(zip(header, line.split("\t") + [""] * len(header), strict=False)) for line in lines[1:]]


def languages() -> tuple[str, ...]:
    """Languages that have trigger tables, English first.

    Examples
    --------
    >>> languages()[0]
    'en'
    """
    found = {path.name.split(".")[0] for path in (data_root() / "triggers").glob("??.tsv")}
    return ("en", *sorted(found - {"en"}))
