"""How does a column of whole numbers travel in few characters?"""

from __future__ import annotations

from collections.abc import Iterable

_DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"


def pack(numbers: Iterable[int]) -> str:
    """Differences of neighbours as base-64 variable-length quantities, the coding of JavaScript source maps.

    Neighbouring snapshots are alike, so most numbers take one or two characters.

    Examples
    --------
    >>> pack([100, 101, 99, 99])
    'oGCFA'
    """
    characters, before = [], 0
    for number in numbers:
        characters.append(_quantity(number - before))
        before = number
    return "".join(characters)


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


def _quantity(number: int) -> str:
    """Sign in the lowest bit, then five bits a character, lowest first; 32 means more follow."""
    rest = (abs(number) << 1) | (number < 0)
    characters = ""
    while True:
        digit, rest = rest & 31, rest >> 5
        characters += _DIGITS[digit | 32 if rest else digit]
        if not rest:
            return characters
