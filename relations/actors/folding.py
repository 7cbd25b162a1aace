"""What does matching see of a text?

Lower-case letters without accents, one space for anything else, and nothing of what cannot be seen: zero-width
characters, soft hyphens, marks of direction and combining accents.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import lru_cache

#: Letters that Unicode does not decompose but a keyboard without them spells plainly.
_PLAIN = {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ı": "i", "ħ": "h", "ŧ": "t", "æ": "a", "œ": "o", "ß": "s"}
_GONE = frozenset({"Mn", "Me", "Cf"})


class _Folding(dict[int, str]):
    """Code point to what matching sees of it, worked out once for each character met."""

    def __missing__(self, point: int) -> str:
        char = chr(point)
        if unicodedata.category(char) in _GONE:
            seen = ""
        else:
            base = unicodedata.normalize("NFKD", char)[0].lower()[0]
            base = _PLAIN.get(base, base)
            seen = base if base.isalnum() else " "
        self[point] = seen
        return seen


_FOLDING = _Folding()


@lru_cache(maxsize=4)  # names and nouns of one sentence are looked for one after the other
def fold(text: str) -> tuple[str, Sequence[int] | None]:
    """The text as matching sees it, and where each of its characters stood; None when they all stand where they did.

    Examples
    --------
    >>> fold("Côte d’Ivoire")
    ('cote d ivoire', None)
    >>> fold("Ma\\u00adli")
    ('mali', [0, 1, 3, 4])
    """
    folded = text.translate(_FOLDING)
    if len(folded) == len(text):
        return folded, None
    return folded, [place for place, char in enumerate(text) if _FOLDING[ord(char)]]
