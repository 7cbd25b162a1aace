"""How many outlets report an event, each for itself, and how sure is it then?"""

from __future__ import annotations

import re
from collections.abc import Iterable
from math import prod
from urllib.parse import urlsplit

#: However many independent outlets agree, they are not certain.
MOST_CERTAIN = 0.99
#: Part of all words of two sentences that both have when one is a copy: a wire with and without its dateline.
COPIED = 0.8
#: Texts that a report is compared with: keeps a flood of reports linear.
ORIGINALS_COMPARED = 64
_WORD = re.compile(r"\w+")


def host_of(url: str) -> str:
    """Host of a link without `www.`, empty when there is none.

    >>> host_of("https://www.example.org/a"), host_of("no link")
    ('example.org', '')
    """
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def join_outlets(reports: Iterable[tuple[str, str, float]]) -> tuple[float, int]:
    """Confidence in an event that several outlets report, and their number; copies of one text are one outlet.

    Parameters
    ----------
    reports : iterable of tuple
        Text, outlet and confidence, 0 to 1, of each report, the first one first.

    Returns
    -------
    tuple of float and int
        1 - prod(1 - p) over the independent outlets, at most 0.99 unless one alone is surer, and how many they are.

    Examples
    --------
    >>> confidence, outlets = join_outlets([("Mali expelled him", "x", 0.8), ("The envoy must go", "y", 0.5)])
    >>> round(confidence, 2), outlets
    (0.9, 2)
    """
    best: dict[str, float] = {}
    originals: list[tuple[frozenset[str], str]] = []
    outlet_of: dict[str, str] = {}
    for text, outlet, confidence in reports:
        if text not in outlet_of:
            outlet_of[text] = _first_outlet(text, outlet, originals)
        best[outlet_of[text]] = max(best.get(outlet_of[text], 0.0), confidence)
    if len(best) == 1:
        return max(best.values()), 1
    doubt = prod(1 - confidence for confidence in best.values())
    return max(*best.values(), min(1 - doubt, MOST_CERTAIN)), len(best)


def _first_outlet(text: str, outlet: str, originals: list[tuple[frozenset[str], str]]) -> str:
    """The outlet whose text this one copies, else its own, whose text is then one more original.

    Another figure is another report, however alike the words are.
    """
    words = frozenset(_WORD.findall(text.casefold()))
    for original, first in originals[:ORIGINALS_COMPARED]:
        alike = len(words & original) >= COPIED * len(words | original)
        if alike and not any(word.isdigit() for word in words ^ original):
            return first
    originals.append((words, outlet))
    return outlet
