"""Claims about why a score is what it is."""

from dataclasses import replace
from datetime import date

import pytest

from relations.errors import NoEvidence
from relations.records import Event
from relations.scoring.scores import Scores

TOLD = "France suspended its military cooperation contracts with Mali"
EVENTS = [
    Event("sanction", date(2025, 9, 19), "FRA", "MLI", type="SANCTION", sentence=TOLD, document="one", confidence=0.9),
    Event("again", date(2025, 9, 20), "FRA", "MLI", type="SANCTION", sentence=TOLD, document="two", confidence=0.9),
    Event("arrest", date(2025, 8, 20), "MLI", "FRA", type="COERCE"),
    Event("denied", date(2025, 8, 21), "MLI", "FRA", type="ASSAULT", status="denied"),
    Event("later", date(2025, 12, 1), "FRA", "MLI", type="CONSULT"),
    Event("elsewhere", date(2025, 9, 1), "RUS", "MLI", type="AID"),
]


@pytest.fixture
def explanation():
    return Scores.from_events(EVENTS, "2025-09-22").explain("FRA", "MLI")


def test_the_heaviest_event_comes_first_and_the_prior_last(explanation):
    assert [part.event and part.event.id for part in explanation] == ["arrest", "sanction", None]
    moved = [abs(part.contribution) for part in explanation][:-1]
    assert moved == sorted(moved, reverse=True)


def test_the_parts_add_up_to_the_score(explanation):
    assert sum(part.contribution for part in explanation) == pytest.approx(explanation.score.score, abs=1e-9)


def test_other_reports_of_an_event_are_kept_with_it(explanation):
    [sanction] = [part for part in explanation if part.event and part.event.id == "sanction"]
    assert [report.id for report in sanction.reports] == ["again"]


def test_everything_that_was_read_and_does_not_count_has_its_reason(explanation):
    reasons = {part.event.id: part.reason for part in explanation.why_not}
    assert reasons.keys() == {"denied", "later", "again"}
    assert reasons["denied"].startswith("denied")
    assert reasons["later"] == "later than 2025-09-22"
    assert "another report of event sanction" in reasons["again"]


def test_one_direction_is_explained_by_its_own_events():
    parts = Scores.from_events(EVENTS, "2025-09-22").explain("MLI", "FRA", directed=True)
    assert [part.event.id for part in parts if part.event] == ["arrest"]
    assert parts.score.directed


def test_another_day_has_its_own_reasons():
    scores = Scores.from_events(EVENTS, ["2025-09-01", "2025-09-22"])
    assert [part.event.id for part in scores.explain("FRA", "MLI", at="2025-09-01") if part.event] == ["arrest"]


def test_it_says_itself_in_words(explanation):
    text = str(explanation)
    assert text.startswith("FRA-MLI on 2025-09-22: ")
    assert f"FRA sanctions MLI: {TOLD}" in text
    assert "+1 report" in text


def test_it_becomes_a_table(explanation):
    frame = explanation.to_frame()
    assert frame["contribution"].sum() == pytest.approx(explanation.score.score)
    assert frame["event"].tolist()[:2] == ["arrest", "sanction"]
    assert explanation.why_not_frame()["reason"].str.len().gt(0).all()


def test_a_pair_without_evidence_cannot_be_explained():
    with pytest.raises(NoEvidence):
        Scores.from_events(EVENTS, "2025-09-22").explain("FRA", "USA")


def test_an_act_by_its_code_alone_is_named():
    event = replace(EVENTS[2], type="", cameo="020", goldstein=3.0)
    from relations.settings import Settings

    scores = Scores.from_events([event], settings=Settings(scale="goldstein"))
    assert "MLI makes a request, to FRA" in str(scores.explain("FRA", "MLI"))
