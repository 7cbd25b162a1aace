"""Claims about the word and the caution beside a score."""

from datetime import date, timedelta

import pytest

from relations.records import Event
from relations.scoring.scores import Scores
from relations.scoring.words import BREAKS, WORDS, word_of
from relations.settings import Settings

AT = date(2025, 9, 22)


@pytest.mark.parametrize(
    ("score", "word"),
    [
        (-10, "hostile"), (-5, "hostile"), (-4.999, "tense"), (-2.5, "tense"), (-2.499, "cool"), (-1, "cool"),
        (-0.999, "neutral"), (0, "neutral"), (0.999, "neutral"), (1, "warm"), (2.499, "warm"), (2.5, "friendly"),
        (4.999, "friendly"), (5, "close"), (10, "close"),
    ],
)  # fmt: skip
def test_a_break_belongs_to_the_class_farther_from_zero(score, word):
    assert word_of(score) == word


def test_there_is_one_word_more_than_breaks():
    assert len(WORDS) == len(BREAKS) + 1


def only(*acts, **settings):
    events = [Event(str(n), AT - timedelta(days=age), "FRA", "MLI", type=type) for n, (age, type) in enumerate(acts)]
    [score] = Scores.from_events(events, AT, Settings(**settings))
    return score


def test_less_than_one_fresh_event_is_thin():
    assert only((1, "SANCTION")).state == "thin"
    assert only((0, "SANCTION")).state == "ok"


def test_evidence_older_than_two_half_lives_has_faded():
    old = [(1097, "SANCTION")] * 1 + [(1100 + n, "ACCUSE") for n in range(9)]
    assert only(*old).state == "faded"
    assert only(*old, (1096, "AID")).state == "ok"
    assert only(*old, half_life_days=None).state == "ok"


def test_clear_evidence_both_ways_is_contested():
    both = [(1, "AID"), (2, "AID"), (3, "SANCTION"), (4, "COERCE"), (5, "ACCUSE"), (6, "COERCE")]
    score = only(*both)
    assert score.low < 0 < score.high
    assert score.state == "contested"
    assert only(*both[2:]).state == "ok"
