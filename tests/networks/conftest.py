"""What do the tests of networks share?"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from relations.records import Score
from relations.scoring.words import word_of

DAY = date(2025, 9, 19)


def make_tie(one: str, other: str, points: float, half_width: float = 1.0, weight: float = 8.0) -> Score:
    low, high = max(points - half_width, -10.0), min(points + half_width, 10.0)
    source, target = sorted((one, other))
    return Score(DAY, source, target, False, points, low, high, word_of(points), "ok", 9, weight, DAY)


@pytest.fixture(scope="session")
def tie() -> Callable[..., Score]:
    """A mutual score between two states, with a narrow interval and plenty of evidence unless said otherwise."""
    return make_tie
