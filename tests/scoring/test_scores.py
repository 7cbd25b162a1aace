"""Claims about the object that people hold in their hands."""

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from relations.errors import BadDate, NoEvidence, NoSuchActor
from relations.records import Event, Score
from relations.scoring.scores import FIELDS, Scores
from relations.settings import Settings

EVENTS = [
    Event("a", date(2023, 1, 20), "BFA", "FRA", type="PROTEST", source_role="CVL", document="one"),
    Event("b", date(2025, 9, 19), "FRA", "MLI", type="SANCTION", document="one", published=date(2025, 9, 20)),
    Event("c", date(2025, 8, 20), "MLI", "FRA", type="COERCE", document="two"),
    Event("d", date(2025, 8, 21), "MLI", "FRA", type="ACCUSE", status="denied", document="two"),
]
DAYS = ["2023-12-31", "2025-09-22"]


@pytest.fixture
def scores():
    return Scores.from_events(EVENTS, DAYS)


def test_iterating_gives_every_pair_with_evidence_snapshot_by_snapshot(scores):
    assert [(str(s.at), s.source, s.target) for s in scores] == [
        ("2023-12-31", "BFA", "FRA"), ("2025-09-22", "BFA", "FRA"), ("2025-09-22", "FRA", "MLI"),
    ]  # fmt: skip
    assert len(scores) == 3


def test_a_pair_is_found_in_either_order_by_code_or_name_on_any_snapshot(scores):
    assert scores["FRA", "MLI"] == scores["mli", "fra"] == scores["Mali", "France"]
    assert scores["FRA", "BFA", "2023-12-31"].at == date(2023, 12, 31)
    assert scores["FRA", "BFA", date(2023, 12, 31)] == scores["BFA", "FRA", "2023-12-31"]


def test_the_newest_snapshot_answers_when_no_day_is_asked_for(scores):
    assert scores["FRA", "MLI"].at == date(2025, 9, 22)


def test_any_other_day_can_be_asked_too(scores):
    assert scores["FRA", "BFA", "2024-05-05"].at == date(2024, 5, 5)
    assert scores.at == (date(2023, 12, 31), date(2025, 9, 22))


def test_directions_are_kept_apart(scores):
    assert scores.directed["FRA", "MLI"].n_events == scores.directed["MLI", "FRA"].n_events == 1
    assert len(scores.directed) == 4
    with pytest.raises(NoEvidence, match="FRA -> BFA"):
        scores.directed["FRA", "BFA"]


def test_an_unknown_country_gets_a_suggestion(scores):
    with pytest.raises(NoSuchActor, match="France"):
        scores["Frence", "MLI"]


def test_a_pair_without_evidence_is_told_with_whom_there_is_some(scores):
    with pytest.raises(NoEvidence, match=r"FRA-USA on 2025-09-22\. On that day FRA has BFA, MLI\."):
        scores["FRA", "USA"]
    with pytest.raises(NoEvidence, match="2023-12-31"):
        scores["FRA", "MLI", "2023-12-31"]
    with pytest.raises(NoEvidence, match="itself"):
        scores["FRA", "FRA"]


def test_nonsense_keys_and_days_are_refused_in_words(scores):
    with pytest.raises(NoSuchActor, match="Ask for two states"):
        scores["FRA"]
    with pytest.raises(BadDate, match="YYYY-MM-DD"):
        scores["FRA", "MLI", "yesterday"]


def test_without_a_day_the_snapshot_is_that_of_the_newest_document():
    assert Scores.from_events(EVENTS).at == (date(2025, 9, 20),)
    assert Scores.from_events(EVENTS, published=date(2025, 10, 1)).at == (date(2025, 10, 1),)
    assert Scores.from_events(EVENTS[:1]).at == (date(2023, 1, 20),)


def test_later_events_do_not_count_yet(scores):
    before = Scores.from_events(EVENTS[:1], DAYS[0])
    assert scores["BFA", "FRA", DAYS[0]].score == before["BFA", "FRA"].score


def test_a_trend_needs_evidence_a_year_before(scores):
    then = Scores.from_events(EVENTS, "2024-09-22")["BFA", "FRA"].score
    assert scores["BFA", "FRA"].trend == pytest.approx(scores["BFA", "FRA"].score - then)
    assert scores["FRA", "MLI"].trend is None


def test_the_prior_is_the_corpus_mean_shrunk_to_zero(scores):
    [one] = Scores.from_events(EVENTS[1:2], "2025-09-19")
    assert Scores.from_events(EVENTS[1:2], "2025-09-19").prior() == pytest.approx(-6 / 51)
    assert one.score == pytest.approx((2 * -6 / 51 - 6) / 3)
    assert Scores.from_events(EVENTS, DAYS, Settings(prior="zero")).prior() == 0


def test_masses_tell_cooperation_conflict_and_force_apart(scores):
    masses = scores.masses("FRA", "MLI")
    assert masses.cooperation == 0
    assert masses.conflict == pytest.approx(scores["FRA", "MLI"].weight)
    assert masses.intensity == pytest.approx(0.6724, abs=1e-3)


def test_every_report_read_is_in_the_table_of_events_with_its_fate(scores):
    events = scores.events.set_index("id")
    assert events["counted"].to_dict() == {"a": True, "b": True, "c": True, "d": False}
    assert "denied" in events.loc["d", "reason"]
    assert events.loc["a", "weight"] == 1
    assert any("1 event not counted: denied" in note for note in scores.notes)


def test_documents_are_counted(scores):
    assert scores.documents == 2
    assert Scores.from_events(EVENTS, documents=7).documents == 7


def test_a_table_has_the_fields_of_a_score(scores):
    frame = scores.to_frame()
    assert tuple(frame.columns) == FIELDS == tuple(Score.__dataclass_fields__)
    assert frame[frame["at"] == "2023-12-31"]["source"].tolist() == ["BFA"]
    assert set(scores.directed.to_frame()["directed"]) == {True}


def test_events_may_come_as_a_table_with_the_least_there_can_be():
    frame = pd.DataFrame({"date": ["2025-09-19"], "source": "FRA", "target": "MLI", "goldstein": [-6.0]})
    assert Scores.from_events(frame)["FRA", "MLI"].score == pytest.approx(
        Scores.from_events(EVENTS[1:2], "2025-09-19")["FRA", "MLI"].score
    )


def test_no_events_are_an_answer():
    empty = Scores.from_events([], notes=["nothing was read"])
    assert (list(empty), len(empty), list(empty.directed), empty.at, empty.documents) == ([], 0, [], (), 0)
    assert not empty
    assert empty.notes == ("nothing was read",)
    assert tuple(empty.to_frame().columns) == FIELDS
    assert len(empty.events) == 0
    assert "no scores" in str(empty)
    with pytest.raises(NoEvidence, match="Nothing was scored"):
        empty["FRA", "MLI"]
    dated = Scores.from_events([], DAYS)
    assert (len(dated), dated.prior(), len(dated.compare(*DAYS))) == (0, 0, 0)


def test_events_that_all_weigh_nothing_give_no_row():
    assert list(Scores.from_events([replace(EVENTS[1], status="denied")])) == []


def test_a_notebook_shows_a_table_in_which_nothing_is_markup():
    nasty = replace(EVENTS[1], sentence="<script>alert(1)</script>")
    scores = Scores.from_events([nasty])
    assert "<script" not in scores._repr_html_() + scores.explain("FRA", "MLI")._repr_html_()
    assert "&lt;script" in scores.explain("FRA", "MLI")._repr_html_()
    assert "<script" not in scores.compare("2024-01-01", "2025-09-22")._repr_html_()


def test_a_terminal_is_not_steered_by_foreign_texts():
    scores = Scores.from_events([replace(EVENTS[1], sentence="a\x1b[31mb\nc‮d")])
    text = str(scores.explain("FRA", "MLI"))
    assert not set("\x1b‮") & set(text)
    assert len(text.split("\n")) == 4
