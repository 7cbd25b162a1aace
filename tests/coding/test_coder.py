"""What a document's words become."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest

import relations
from relations.coding.coder import Coder, merge_repeats
from relations.records import Document

CASES = Path(__file__).parents[1] / "cases"
with (CASES / "coding.tsv").open(encoding="utf-8", newline="") as file:
    ROWS = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def says(event: relations.Event, wanted: str) -> bool:
    source, type_, target, *rest = wanted.split()
    extra = {str(event.date), event.status}
    return (event.source, event.type, event.target) == (source, type_, target) and set(rest) <= extra


@pytest.mark.parametrize("row", ROWS, ids=[row["text"][:50] for row in ROWS])
def test_a_sentence_gives_its_events_and_no_other(row):
    events = relations.code(row["text"], date=row["date"])
    wanted = [item for item in row["events"].split("; ") if item]
    missing = [item for item in wanted if not any(says(event, item) for event in events)]
    surplus = [event for event in events if not any(says(event, item) for item in wanted)]
    assert (missing, [(e.source, e.type, e.target, e.rule) for e in surplus]) == ([], [])


def test_evidence_stands_at_its_offsets_in_the_document():
    text = "A quiet week.\n\nOn Friday Mali expelled the French ambassador, an official said."
    document = Document("a", text, date(2022, 1, 31))
    events = Coder().code(document)
    assert events
    assert all(text[event.start : event.end] == event.evidence for event in events)


def test_evidence_of_an_act_whose_target_goes_unsaid_is_its_own_words():
    events = relations.code("Peru accused Chile of theft. Lima demanded an apology before lunch.", date="2024-02-06")
    [request] = [e for e in events if e.type == "REQUEST"]
    assert (request.source, request.target, request.evidence) == ("PER", "CHL", "demanded an apology")


def test_who_is_named_together_does_nothing_to_each_other_unless_words_say_so():
    def pairs(text):
        return {(e.source, e.target) for e in relations.code(text, date="2024-02-06")}

    assert not pairs("Russia promised free grain to Togo and Zambia.") & {("TGO", "ZMB"), ("ZMB", "TGO")}
    assert pairs("Togo and Zambia traded fire on Monday.") == {("TGO", "ZMB"), ("ZMB", "TGO")}


def test_the_same_act_in_headline_and_body_is_one_event():
    text = "Peru expels Chilean ambassador\n\nPeru expelled the Chilean ambassador on Monday, Lima said."
    sanctions = [e for e in relations.code(text, date="2024-02-06") if e.type == "SANCTION"]
    assert [(e.source, e.target) for e in sanctions] == [("PER", "CHL")]


def test_a_headline_in_other_words_is_no_event_of_its_own():
    text = "Thailand recalls envoy from Phnom Penh\n\nThailand withdrew its ambassador to Cambodia. It rained."
    sanctions = [e for e in relations.code(text, date="2024-05-14") if e.type == "SANCTION"]
    assert [(e.source, e.target) for e in sanctions] == [("THA", "KHM")]


def test_the_same_input_gives_the_same_ids():
    text = "Norway donated 30 million dollars to Malawi."
    assert relations.code(text, date="2024-02-06") == relations.code(text, date="2024-02-06")


def test_each_coder_can_be_asked_alone():
    text = "Ecuador expelled the Cuban ambassador."
    for coder in ("both", "rules", "classifier"):
        [event] = relations.code(text, date="2026-03-05", coder=coder)
        assert (event.source, event.target) == ("ECU", "CUB")


def test_no_event_is_merged_with_itself_of_another_day():
    text = "On 3 March 2024 Peru accused Chile. On 20 March 2024 Peru accused Chile."
    assert len(merge_repeats(relations.code(text, date="2024-04-01"))) == 2


def test_one_article_gives_its_relations_and_hardly_another():
    scores = relations.score(CASES / "one_article.txt", at=["2023-12-31", "2025-09-22"])
    newest = {(s.source, s.target): s for s in scores if s.at == date(2025, 9, 22)}
    assert {("FRA", "MLI"), ("MLI", "RUS"), ("BFA", "FRA"), ("BFA", "MAR")} <= set(newest)  # Morocco mediated
    assert len(newest) <= 5  # whom Burkina Faso freed goes unsaid, and may be taken for a Malian
    assert newest["FRA", "MLI"].score < -2
    assert newest["MLI", "RUS"].score > 1
    assert newest["BFA", "FRA"].score < 0
    assert newest["BFA", "FRA"].weight < newest["FRA", "MLI"].weight
    earlier = {(s.source, s.target) for s in scores if s.at == date(2023, 12, 31)}
    assert ("BFA", "FRA") in earlier


def test_the_source_article_gives_the_ranges_of_the_contract(shared):
    scores = relations.score(shared / "seeds", at=["2023-12-31", "2025-09-22"], date="2025-09-20")
    newest = {(s.source, s.target): s.score for s in scores if s.at == date(2025, 9, 22)}
    assert set(newest) == {("FRA", "MLI"), ("MLI", "RUS"), ("BFA", "FRA")}
    assert -7 <= newest["FRA", "MLI"] <= -2.5
    assert 1 <= newest["MLI", "RUS"] <= 7
    assert -4 <= newest["BFA", "FRA"] <= -0.3
    earlier = {(s.source, s.target): s.score for s in scores if s.at == date(2023, 12, 31)}
    assert ("FRA", "MLI") not in earlier
    assert -4 <= earlier["BFA", "FRA"] <= -0.5
