"""How does a table of results look in a terminal and in a notebook?"""

from __future__ import annotations

import html
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

#: Rows that a notebook shows; the rest are counted.
NOTEBOOK_ROWS = 20


def cell(value: Any, digits: int = 4) -> str:
    """One value as text: four decimals, ISO dates, nothing for what is missing.

    >>> cell(-0.00001), cell(2.5), cell(None), cell(True)
    ('0.0000', '2.5000', '', 'yes')
    """
    if value is None or value != value:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{round(value, digits) + 0.0:.{digits}f}"
    return value.isoformat() if isinstance(value, date) else str(value)


def text_table(header: Sequence[str], rows: Iterable[Sequence[Any]], digits: int = 4) -> str:
    """Columns aligned for a terminal, numbers to the right; control characters of foreign texts are made harmless.

    Examples
    --------
    >>> print(text_table(["pair", "score"], [["FRA-MLI", -3.5], ["MLI-RUS", 10.0]], digits=1))
    pair     score
    FRA-MLI   -3.5
    MLI-RUS   10.0
    """
    kept = [list(row) for row in rows]
    texts = [[printable(cell(value, digits)) for value in row] for row in kept]
    right = [
        bool(kept) and all(isinstance(row[n], (int, float, type(None))) for row in kept) for n in range(len(header))
    ]
    widths = [max(map(width, (name, *(row[n] for row in texts)))) for n, name in enumerate(header)]
    lines = [header, *texts]
    return "\n".join("  ".join(map(_pad, line, widths, right)).rstrip() for line in lines)


def _pad(text: str, size: int, right: bool) -> str:
    space = " " * (size - width(text))
    return space + text if right else text + space


def width(text: str) -> int:
    """Columns of a terminal that a text takes.

    >>> width("été"), width("中国")
    (3, 4)
    """
    return sum(
        0 if unicodedata.combining(letter) else 2 if unicodedata.east_asian_width(letter) in "WF" else 1
        for letter in text
    )


def printable(text: str) -> str:
    """Text without line breaks, terminal escapes, turned writing directions and broken characters.

    >>> printable("a" + chr(27) + "[31mb" + chr(10) + "c")
    'a [31mb c'
    """
    return "".join(" " if unicodedata.category(letter) in ("Cc", "Cf", "Cs", "Zl", "Zp") else letter for letter in text)


def html_table(caption: str, header: Sequence[str], rows: Sequence[Sequence[Any]], digits: int = 2) -> str:
    """A small table for a notebook; every text in it is escaped."""
    head = "".join(f"<th>{_escaped(name)}</th>" for name in header)
    body = "".join(
        "<tr>" + "".join(f"<td>{_escaped(cell(value, digits))}</td>" for value in row) + "</tr>"
        for row in rows[:NOTEBOOK_ROWS]
    )
    more = len(rows) - NOTEBOOK_ROWS
    rest = f"<p>and {more:,} more</p>" if more > 0 else ""
    title = f"<caption>{_escaped(caption)}</caption>"
    return f"<table>{title}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{rest}"


def _escaped(text: str) -> str:
    return html.escape(printable(text))
