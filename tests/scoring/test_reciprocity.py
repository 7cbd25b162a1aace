"""Claims about acts that are told from both sides."""

from dataclasses import replace
from datetime import date

import pytest

from relations.records import Event
from relations.scoring.scores import Scores

AT = date(2025, 9, 22)
TALKS = Event("1", date(2025, 6, 23), "MLI", "RUS", type="CONSULT", document="d", sentence="Goita met Putin.")
BACK = replace(TALKS, id="2", source="RUS", target="MLI")


def counted(*events):
    [score] = Scores.from_events(events, AT)
    return score.n_events


def test_the_same_talks_count_once_in_the_mutual_score_and_once_each_way():
    scores = Scores.from_events([TALKS, BACK], AT)
    assert scores["MLI", "RUS"].n_events == 1
    assert scores["MLI", "RUS"].score == pytest.approx(Scores.from_events([TALKS], AT)["MLI", "RUS"].score)
    assert [score.n_events for score in scores.directed] == [1, 1]


@pytest.mark.parametrize(
    "other",
    [
        {"type": "AGREE"}, {"date": date(2025, 6, 24)}, {"document": "e"}, {"sentence": "Later they met again."},
    ],
)  # fmt: skip
def test_another_type_day_document_or_sentence_is_another_act(other):
    assert counted(TALKS, replace(BACK, **other)) == 2


def test_talks_without_a_document_are_known_by_type_and_day():
    bare = replace(TALKS, document="", sentence="")
    assert counted(bare, replace(bare, id="2", source="RUS", target="MLI")) == 1


def test_two_meetings_on_one_day_stay_two():
    bare = [replace(TALKS, id=str(n), document="", sentence="") for n in range(2)]
    back = [replace(event, id=f"{event.id} back", source="RUS", target="MLI") for event in bare]
    assert counted(*bare, *back) == 2
    assert counted(*bare, back[0]) == 2


def test_the_surer_report_stands_for_both():
    scores = Scores.from_events([replace(TALKS, confidence=0.5), replace(BACK, confidence=0.9)], AT)
    explanation = scores.explain("MLI", "RUS")
    assert [part.event.id for part in explanation if part.event] == ["2"]
    assert ["the same act as event 2" in part.reason for part in explanation.why_not] == [True]


def test_talks_reported_twice_are_recognised_through_any_report():
    again = [replace(event, id=f"{event.id}b", document="e", confidence=0.9) for event in (TALKS, BACK)]
    assert counted(TALKS, BACK, *again) == 1
