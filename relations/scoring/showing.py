"""How does a table of results look in a terminal and in a notebook?"""

from __future__ import annotations

import html
import math
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

#: Rows that a notebook shows; the rest are counted.
NOTEBOOK_ROWS = 20
#: A tint's code in a terminal (ECMA-48): bad news red, good news blue, which the colour-blind tell apart.
TINTS = {"hostile": "31", "friendly": "34", "faint": "2", "strong": "1"}


@dataclass(frozen=True, slots=True)
class Screen:
    """What a text is written for.

    Attributes
    ----------
    width : int
        Columns that a line may take; 100 where no terminal says otherwise.
    colour : bool
        Whether tints are understood and wanted.
    blocks : bool
        Whether characters beyond ASCII may be drawn with.
    """

    width: int = 100
    colour: bool = False
    blocks: bool = False

    def tint(self, text: str, name: str) -> str:
        """Text in one of TINTS, or as it is where colours are not wanted.

        >>> Screen().tint("a", "strong")
        'a'
        """
        return f"\x1b[{TINTS[name]}m{text}\x1b[0m" if self.colour and text else text


#: A page without colours, in ASCII: what is written to a file or a pipe.
PAGE = Screen()


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


def signed(value: float, digits: int = 2) -> str:
    """A number with its sign, none for what rounds to zero.

    >>> signed(1.25), signed(-0.004), signed(-2.5, 4)
    ('+1.25', '0.00', '-2.5000')
    """
    rounded = round(value, digits)
    return f"{rounded:+.{digits}f}" if rounded else f"{0:.{digits}f}"


def rounded_to_sum(values: Sequence[float], digits: int = 4) -> list[float]:
    """Rounded numbers that still add up to their rounded total: each is one of its two neighbours on the grid.

    References
    ----------
    Hamilton's method of largest remainders, as seats are given to parties.

    Examples
    --------
    >>> rounded_to_sum([1 / 3, 1 / 3, 1 / 3], 2)
    [0.34, 0.33, 0.33]
    """
    scaled = [value * 10**digits for value in values]
    floors = [math.floor(value) for value in scaled]
    missing = round(math.fsum(scaled)) - sum(floors)
    by_remainder = sorted(range(len(scaled)), key=lambda n: floors[n] - scaled[n])
    raised = set(by_remainder[: max(missing, 0)])
    return [(floor + (n in raised)) / 10**digits for n, floor in enumerate(floors)]


def bar(value: float, most: float, screen: Screen = PAGE, half: int = 6) -> str:
    """A number drawn to the left or right of an axis, `half` columns for the largest one.

    Examples
    --------
    >>> bar(-1, 2, half=4), bar(2, 2, half=4), bar(0, 2, half=4)
    ('  --|    ', '    |++++', '    |    ')
    >>> bar(-1, 2, Screen(blocks=True), half=4)
    '  ██│    '
    """
    length = min(half, round(half * abs(value) / most)) if most > 0 else 0
    axis, left, right = ("│", "█", "█") if screen.blocks else ("|", "-", "+")
    if value < 0:
        return f"{screen.tint((left * length).rjust(half), 'hostile')}{axis}{' ' * half}"
    return f"{' ' * half}{axis}{screen.tint((right * length).ljust(half), 'friendly')}"


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
    return "\n".join("  ".join(map(pad, line, widths, right)).rstrip() for line in lines)


def pad(text: str, size: int, right: bool = False) -> str:
    """Text filled with spaces to so many columns, at its left where it is a number."""
    space = " " * (size - width(text))
    return space + text if right else text + space


def width(text: str) -> int:
    """Columns of a terminal that a text takes.

    >>> width("été"), width("中国")
    (3, 4)
    """
    return sum(map(_columns, text))


def _columns(letter: str) -> int:
    return 0 if unicodedata.combining(letter) else 2 if unicodedata.east_asian_width(letter) in "WF" else 1


def cut(text: str, size: int) -> str:
    """Printable text of at most so many columns; three dots end what was longer, after a whole word if one is near.

    >>> cut("France suspended the contracts", 20), cut("short", 20), cut("中国中国中国", 7)
    ('France suspended...', 'short', '中国...')
    """
    text = " ".join(printable(text).split())
    if width(text) <= size:
        return text
    place = taken = 0
    while taken + _columns(text[place]) <= size - 3:
        taken += _columns(text[place])
        place += 1
    kept = text[:place]
    word_end = kept.rfind(" ")
    if not text[place].isspace() and word_end > 0 and len(kept) - word_end <= 12:
        kept = kept[:word_end]
    return kept.rstrip(" ,;:.") + "..."[: max(size, 0)]


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
