"""Where does a label stand in a picture so that it hides nothing?"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from relations.scoring.picturing import Mark, Picture

#: Marks that no label may hide, the largest.
_OBSTACLES = 15


class Placed(NamedTuple):
    """A label and where it stands: its middle height, and its left end, or its right end when `anchor` is `end`."""

    mark: Mark
    x: float
    y: float
    anchor: str


Box = tuple[float, float, float, float]


def place_labels(picture: Picture, at: Callable[[Mark], Box], frame: Box, letter: float, line: float) -> list[Placed]:
    """Put each label beside its mark where it hides no other label and no large mark; one without room is left out.

    Parameters
    ----------
    picture : Picture
    at : callable
        The box of a mark: left, top, right, bottom, in any unit and either direction of y.
    frame : tuple of float
        The box that no label may leave.
    letter, line : float
        Width of a letter and height of a line in the same unit.
    """
    taken = [at(mark) for mark in picture.marks[:_OBSTACLES]]
    found = []
    for mark in picture.labels:
        left, top, right, bottom = at(mark)
        middle, width = (top + bottom) / 2, letter * len(mark.words)
        away = (bottom - top + line) / 2 + 1
        for anchor, x, y in (
            ("start", right + 3, middle), ("end", left - 3, middle), ("start", left, middle + away),
            ("start", left, middle - away), ("end", right, middle + away), ("end", right, middle - away),
        ):  # fmt: skip
            start = x if anchor == "start" else x - width
            box = (start, y - 0.4 * line, start + width, y + 0.4 * line)
            if _within(box, frame) and not any(_overlap(box, other) for other in taken):
                taken.append(box)
                found.append(Placed(mark, x, y, anchor))
                break
    return found


def _within(box: Box, frame: Box) -> bool:
    return box[0] >= frame[0] and box[2] <= frame[2] and box[1] >= frame[1] and box[3] <= frame[3]


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
