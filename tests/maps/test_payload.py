"""The page's data say what the scores say, in few characters and without danger."""

from __future__ import annotations

import dataclasses
import json
from datetime import date

import jinja2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from relations.countries import is_state
from relations.errors import NoSuchActor
from relations.maps.columns import unpack
from relations.maps.geometry import load_places
from relations.maps.page import RelationsMap
from relations.maps.payload import inflated, payload, to_deflated_json, to_json
from relations.maps.readings import shortened
from relations.records import Event
from relations.scoring.scores import Scores
from relations.scoring.words import class_of


def pair_of(data: dict, one: str, two: str) -> list:
    codes = data["countries"]["codes"]
    return next(pair for pair in data["pairs"] if [codes[pair[0]], codes[pair[1]]] == [one, two])


def test_scores_travel_so_that_they_read_as_themselves(scores):
    data = payload(scores)
    for score in scores:
        columns, at = pair_of(data, score.source, score.target)[2], scores.at.index(score.at)
        place = sum(state != "0" for state in columns[0][:at])
        sent = unpack(columns[1])[place] / 1000
        assert f"{sent:.1f}" == f"{score.score:.1f}"
        assert class_of(sent) == class_of(score.score)
        assert data["states"][int(columns[0][at])] == score.state
        assert unpack(columns[4])[place] == score.n_events


def test_a_pair_without_evidence_at_a_snapshot_is_marked_absent(scores):
    assert pair_of(payload(scores), "CPV", "MLI")[2][0][0] == "0"


def test_every_event_can_be_weighed_again_from_what_travels(scores):
    data = payload(scores)
    columns = [unpack(column) for column in data["events"]]
    codes, k, prior = data["countries"]["codes"], data["k"], data["priors"][-1]
    weight = scores["FRA", "MLI"].weight
    parts = {c.event.title: c.contribution for c in scores.explain("FRA", "MLI") if c.event}
    for row in zip(*columns, strict=True):
        pair = data["pairs"][row[0]]
        if [codes[pair[0]], codes[pair[1]]] == ["FRA", "MLI"]:
            mass = row[5] / 1000 * 0.5 ** ((data["at"][-1] - row[2]) / data["halfLife"])
            points = mass * (row[6] / 100 - prior) / (k + weight)
            assert points == pytest.approx(parts[data["texts"][row[12]]], abs=0.005)


def test_each_text_travels_once(scores):
    texts = payload(scores)["texts"]
    assert len(texts) == len(set(texts))


def test_a_small_budget_keeps_the_heaviest_event_of_each_pair(scores):
    data = payload(scores, evidence_bytes=150)
    assert len(set(unpack(data["events"][0]))) == len(data["pairs"])


def test_without_a_budget_no_words_travel(scores):
    data = payload(scores, evidence_bytes=0)
    assert data["texts"] == [""]
    assert data["events"] == []


def test_the_coded_words_are_found_in_utf16_units():
    event = Event(
        "1",
        date(2025, 9, 1),
        "FRA",
        "MLI",
        type="ACCUSE",
        quad=3,
        sentence="\U0001f600 Paris blames",
        evidence="blames",
    )
    columns = payload(Scores.from_events([event]))["events"]
    assert (unpack(columns[10]), unpack(columns[11])) == ([9], [15])


def test_quarters_count_what_the_scores_count(scores):
    quarters = payload(scores)["periods"]["counts"]
    cooperative, conflictual = (sum(unpack(column)) for column in quarters[""])
    counted = scores.events[scores.events["counted"]].drop_duplicates("event")
    assert (cooperative, conflictual) == ((counted["quad"] < 3).sum(), (counted["quad"] >= 3).sum())


def test_a_single_article_opens_on_the_country_it_is_about(events):
    one = Scores.from_events([dataclasses.replace(event, document="one") for event in events])
    assert payload(one)["focus"] == "MLI"


def test_the_focus_may_be_named_and_must_exist(scores):
    assert payload(scores, focus="Mali")["focus"] == "MLI"
    with pytest.raises(NoSuchActor):
        payload(scores, focus="Atlantis")


def test_an_endless_sentence_is_cut(events):
    endless = dataclasses.replace(events[0], sentence="x" * 100_000, url="https://news.example/" + "y" * 100_000)
    assert max(len(text) for text in payload(Scores.from_events([endless]))["texts"]) == 600


def test_no_event_is_an_answer():
    data = payload(Scores.from_events([]))
    assert (data["pairs"], data["events"], data["focus"]) == ([], [], None)


@given(st.text())
def test_json_is_read_back_as_it_was_written_and_ends_no_script(text):
    written = to_json({"text": [text]})
    assert json.loads(written)["text"] == [text.encode("utf-8", "replace").decode()]
    assert not set("<>&\u2028\u2029") & set(written)


@pytest.mark.parametrize("text", ["{{ 7*7 }}", "{% set x = 1 %}", "{# gone #}", "{{{{", "{%- raw -%}", "}}{{"])
def test_no_text_is_a_template(text):
    written = to_json({"a": {"b": [text, {}]}})
    assert jinja2.Template(written).render() == written


def test_numbers_that_are_none_are_refused():
    with pytest.raises(ValueError, match="Out of range"):
        to_json(float("nan"))


def test_six_hundred_pairs_and_twelve_snapshots_fit_in_a_megabyte():
    scores = many_scores()
    assert sum(score.at == scores.at[-1] for score in scores) == 600
    page = RelationsMap(scores, title="Large").get_root().render()
    assert len(page.encode("utf-8")) <= 1_000_000


def many_scores() -> Scores:
    codes = [code for code in sorted(load_places()) if is_state(code)][:70]
    pairs = [(a, b) for i, a in enumerate(codes) for b in codes[i + 1 : i + 11]][:600]
    events = [
        many_event(n, turn, *(pair if turn % 2 else pair[::-1])) for n, pair in enumerate(pairs) for turn in range(10)
    ]
    at = [date(2020 + half // 2, 6 if half % 2 == 0 else 12, 30) for half in range(12)]
    return Scores.from_events(events, at=at)


def many_event(number: int, turn: int, source: str, target: str) -> Event:
    kind, quad = [("CONSULT", 1), ("AID", 2), ("ACCUSE", 3), ("COERCE", 4)][(number * 7 + turn * 3) % 4]
    return Event(
        f"{number:05d}-{turn}",
        date(2020 + turn // 2, 1 + (number + 5 * turn) % 12, 1 + number % 28),
        source,
        target,
        type=kind,
        quad=quad,
        document=f"d{number % 200}",
        sentence=f"On that day {source} and {target} met for the {turn}th time, and said so in report {number}.",
        title=f"Title {number} of the day",
        url=f"https://news.example/{number}/{turn}",
        publisher=f"Paper {number % 40}",
    )


def test_masses_travel_as_the_scores_have_them(scores):
    extra = pair_of(payload(scores), "FRA", "MLI")[5]
    for place, at in enumerate(scores.at):
        masses = scores.masses("FRA", "MLI", at)
        sent = [unpack(extra[column])[place] / 100 for column in (4, 6, 7)]
        assert sent == pytest.approx([masses.intensity, masses.cooperation, masses.conflict], abs=0.006)


def test_kinds_travel_with_the_first_day_of_each(scores, events):
    data = payload(scores)
    *_, kinds, days = pair_of(data, "FRA", "MLI")[5]
    sent = {data["types"][kind]: day for kind, day in zip(unpack(kinds), unpack(days), strict=True)}
    first = {}
    for event in sorted(events, key=lambda event: event.date, reverse=True):
        if {event.source, event.target} == {"FRA", "MLI"}:
            first[event.type] = (event.date - date(1970, 1, 1)).days
    assert sent == first


def test_the_timeline_counts_months_in_a_short_dossier_and_years_in_a_long_one(events):
    def unit(first: date, last: date) -> str:
        found = [dataclasses.replace(events[0], date=day, id=str(day)) for day in (first, last)]
        return payload(Scores.from_events(found, at=[first, last]))["periods"]["unit"]

    assert unit(date(2025, 1, 1), date(2025, 9, 1)) == "month"
    assert unit(date(2021, 1, 1), date(2025, 9, 1)) == "quarter"
    assert unit(date(1995, 1, 1), date(2025, 9, 1)) == "year"


def test_one_old_background_event_does_not_make_the_timeline_coarse(events):
    old = dataclasses.replace(events[0], date=date(1961, 8, 5), id="old")
    new = [dataclasses.replace(events[0], date=date(2025, month, 5), id=str(month)) for month in (2, 8)]
    scores = Scores.from_events([old, *new], at=[date(2025, 3, 1), date(2025, 9, 1)])
    assert payload(scores)["periods"]["unit"] == "month"


@given(st.text())
def test_what_was_deflated_is_inflated_and_ends_no_script(text):
    sent = text.encode("utf-8", "replace").decode()
    written = to_deflated_json(sent)
    assert inflated(written) == sent
    assert not set("<>&{}\u2028\u2029") & set(written)


@given(st.lists(st.floats(-10, 10), min_size=1, max_size=20))
def test_shortened_scores_are_written_and_classed_as_themselves(values):
    for parts in (100, 1000):
        for value, short in zip(values, shortened(np.array(values), parts).tolist(), strict=True):
            assert f"{short / parts:.1f}".replace("-0.0", "0.0") == f"{value:.1f}".replace("-0.0", "0.0")
            assert class_of(short / parts) == class_of(value)


def test_no_text_travels_that_no_event_points_to():
    data = payload(many_scores(), evidence_bytes=20_000)
    pointed = {place for column in (9, 12, 13, 14, 16, 17) for place in unpack(data["events"][column])}
    assert pointed | {0} == set(range(len(data["texts"])))
