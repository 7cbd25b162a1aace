"""How does a column of whole numbers travel in few characters?"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

_DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
_CODES = np.frombuffer(_DIGITS.encode("ascii"), dtype=np.uint8)
#: Numbers from which on one more digit is needed.
_SIZES = 32 ** np.arange(1, 12, dtype=np.int64)


def pack(numbers: Iterable[int]) -> str:
    """Differences of neighbours as base-64 variable-length quantities, the coding of JavaScript source maps.

    Neighbouring snapshots are alike, so most numbers take one or two characters.

    Examples
    --------
    >>> pack([100, 101, 99, 99])
    'oGCFA'
    """
    column = list(numbers)
    return pack_rows(np.array(column, dtype=np.int64), [len(column)])[0]


def pack_rows(numbers: npt.NDArray[Any], lengths: npt.ArrayLike) -> list[str]:
    """Many columns that lie one behind the other, each packed as `pack` does; thousands take one pass.

    Parameters
    ----------
    numbers : numpy.ndarray
        Whole numbers below 2**52 of all columns.
    lengths : array of int
        How many of them each column has; they add up to the length of `numbers`.

    Examples
    --------
    >>> pack_rows(np.array([100, 101, 99, 99, 7]), [4, 0, 1])
    ['oGCFA', '', 'O']
    """
    counts = np.asarray(lengths, dtype=np.int64)
    column_ends = np.cumsum(counts)
    steps = np.diff(numbers.astype(np.int64), prepend=0)
    heads = (column_ends - counts)[counts > 0]
    steps[heads] = numbers[heads]
    rest = (np.abs(steps) << 1) | (steps < 0)
    sizes = 1 + np.searchsorted(_SIZES, rest, side="right")
    ends = np.concatenate([[0], np.cumsum(sizes)])
    written = np.empty(int(ends[-1]), dtype=np.uint8)
    for digit in range(int(sizes.max(initial=0))):
        there = np.flatnonzero(sizes > digit)
        more = (sizes[there] > digit + 1) * 32  # 32 means that more follow
        written[ends[there] + digit] = _CODES[((rest[there] >> (5 * digit)) & 31) | more]
    text = written.tobytes().decode("ascii")
    cuts = ends[np.concatenate([[0], column_ends])].tolist()
    return [text[start:end] for start, end in pairwise(cuts)]


def unpack(text: str) -> list[int]:
    """The numbers that `pack` wrote.

    Examples
    --------
    >>> unpack("oGCFA")
    [100, 101, 99, 99]
    """
    numbers, value, shift, total = [], 0, 1, 0
    for character in text:
        digit = _DIGITS.index(character)
        value += (digit & 31) * shift
        shift *= 32
        if digit < 32:
            total += -(value >> 1) if value & 1 else value >> 1
            numbers.append(total)
            value, shift = 0, 1
    return numbers
