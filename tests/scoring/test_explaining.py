"""Claims about why a score is what it is."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from relations.errors import BadRecord, NoEvidence
from relations.records import Event
from relations.scoring.reckoning import unexplained
from relations.scoring.scores import Scores
from relations.scoring.showing import Screen, bar, cut, rounded_to_sum, width
from relations.scoring.telling import explanation_text
from relations.settings import Settings

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
    scores = Scores.from_events([event], settings=Settings(scale="goldstein"))
    assert "MLI makes a request, to FRA" in str(scores.explain("FRA", "MLI"))


def many(count):
    return [
        Event(
            f"e{n:03}", date(2025, 1, 1) + timedelta(days=n % 200), "FRA", "MLI", type=("ACCUSE", "AID")[n % 3 == 0],
            sentence=f"Report number {n} tells at some length of what the two states did to one another that day.",
            document="d", publisher="Gazette",
        )
        for n in range(count)
    ]  # fmt: skip


def printed_numbers(text):
    """Points as printed: of each line of the table, and of the rest that is added up."""
    lines = text.splitlines()
    rows = [float(line.split()[1]) for line in lines if line[:4].isdigit()]
    rest = [float(line.split("together ")[1].split()[0]) for line in lines if line.startswith("and ")]
    [total] = [line for line in lines if "(prior)" in line]
    prior = float(total.split(" (prior)")[0])
    return rows, sum(rest), prior, float(total.split(" = ")[1].split()[0])


@pytest.mark.parametrize("top", [None, 7, 20])
def test_the_printed_numbers_add_up_to_the_printed_score(top):
    explanation = Scores.from_events(many(120), "2025-09-22").explain("FRA", "MLI")
    rows, rest, prior, score = printed_numbers(explanation_text(explanation, top=top))
    assert len(rows) == (top or 120)
    assert sum(rows) + rest + prior == pytest.approx(score, abs=1e-9)
    assert score == round(explanation.score.score, 4)


@given(some.lists(some.floats(-10, 10), min_size=1, max_size=60))
def test_rounded_numbers_keep_their_sum_and_move_by_less_than_a_step(values):
    rounded = rounded_to_sum(values, 2)
    assert round(sum(rounded), 9) == round(round(sum(values) * 100 + 0.0) / 100, 9)
    assert all(abs(one - other) <= 0.01 + 1e-9 for one, other in zip(values, rounded, strict=True))


def test_the_events_beyond_the_top_are_counted_and_added_up():
    text = explanation_text(Scores.from_events(many(500), "2025-09-22").explain("FRA", "MLI"))
    assert "and 480 more events, together " in text
    assert len(text.splitlines()) < 60


@settings(deadline=None, max_examples=20)
@given(some.integers(60, 200), some.booleans(), some.booleans())
def test_no_line_is_wider_than_the_screen(columns, colour, blocks):
    explanation = Scores.from_events(many(30), "2025-09-22").explain("FRA", "MLI")
    lines = explanation_text(explanation, Screen(columns, False, blocks), why_not=True).splitlines()[1:]
    assert max(map(width, lines)) <= columns


def test_colours_and_blocks_are_used_only_where_they_are_wanted(explanation):
    plain = explanation_text(explanation, why_not=True)
    assert plain.isascii()
    assert "\x1b[" in explanation_text(explanation, Screen(colour=True))
    assert "█" in explanation_text(explanation, Screen(blocks=True))


def test_hostile_text_cannot_steer_a_terminal():
    event = replace(EVENTS[0], sentence="\x1b[2Jgone\r\nprior +9", publisher="\x1b]0;x\x07", document="\u202ed")
    text = explanation_text(Scores.from_events([event], "2025-09-22").explain("FRA", "MLI"))
    assert not set(text) & set("\x1b\r\x07\u202e")


def test_a_bar_is_as_long_as_its_number_and_points_its_way():
    assert [bar(value, 2, half=4).count("-") for value in (-2, -1, 0, 1)] == [4, 2, 0, 0]
    assert [bar(value, 2, half=4).count("+") for value in (2, 1, 0, -1)] == [4, 2, 0, 0]


@given(some.text(max_size=80), some.integers(4, 40))
def test_a_cut_text_fits(text, size):
    assert width(cut(text, size)) <= size


def test_a_month_is_not_printed_as_a_day():
    event = replace(EVENTS[2], date_precision="month")
    text = explanation_text(Scores.from_events([event], "2025-09-22").explain("FRA", "MLI"))
    assert "2025-08 " in text
    assert "2025-08-20" not in text


def test_reasons_are_grouped_and_counted(explanation):
    text = explanation_text(explanation, why_not=True)
    assert "1 x another report of an event that counts once" in text
    assert "1 x later than 2025-09-22" in text


def test_an_announced_act_counts_and_is_listed_as_announced():
    plan = replace(EVENTS[2], id="plan", type="AID", status="planned")
    explanation = Scores.from_events([plan], "2025-09-22").explain("FRA", "MLI")
    [listed] = explanation.why_not
    assert listed.reason == "counts as announced: +2.50, not +10.00 as the deed"
    assert listed.contribution == explanation.events[0].contribution


def test_an_announcement_that_is_worth_no_less_than_the_deed_is_not_listed():
    plan = replace(EVENTS[2], type="CONSULT", status="planned")
    assert Scores.from_events([plan], "2025-09-22").explain("FRA", "MLI").why_not == ()


def test_what_was_read_on_a_pair_without_a_score_is_at_hand():
    scores = Scores.from_events(EVENTS[3:], "2025-09-22")
    found = unexplained(scores.events, ("MLI", "FRA"), date(2025, 9, 22), False, scores.prior())
    assert (found.source, found.target) == ("FRA", "MLI")
    assert {part.event.id: part.reason[:10] for part in found.why_not} == {
        "denied": "denied: wh",
        "later": "later than",
    }
    assert "no data" in explanation_text(found, why_not=True)
    assert unexplained(scores.events, ("USA", "CHN"), date(2025, 9, 22), False, 0.0) is None


@pytest.mark.parametrize("method", ["logratio", "gge", "worst"])
def test_a_method_without_an_exact_split_says_so_and_leaves_events_out(method):
    events = many(12)
    scores = Scores.from_events(events, "2025-09-22", Settings(method=method))
    explanation = scores.explain("FRA", "MLI")
    for part in explanation.events:
        others = Scores.from_events([e for e in events if e.id != part.event.id], "2025-09-22", Settings(method=method))
        prior = scores.prior() - others.prior()  # leaving an event out of the dyad leaves it in the corpus
        if not prior:
            assert part.contribution == pytest.approx(explanation.score.score - others["FRA", "MLI"].score)
    assert "leave-one-out" in explanation.caveat
    parts = sum(part.contribution for part in explanation)
    assert parts + explanation.rest == pytest.approx(explanation.score.score)
    assert explanation.caveat in explanation_text(explanation)


@pytest.mark.parametrize(
    "settings", [Settings(method="sum"), Settings(prior="country"), Settings(directed_prior="pair")]
)
@pytest.mark.parametrize("directed", [True, False])
def test_the_parts_add_up_under_every_exact_setting(settings, directed):
    explanation = Scores.from_events(EVENTS, "2025-09-22", settings).explain("MLI", "FRA", directed=directed)
    assert sum(part.contribution for part in explanation) == pytest.approx(explanation.score.score, abs=1e-9)
    assert explanation.caveat == ""


def test_too_many_events_to_leave_out_are_refused_in_a_line(monkeypatch):
    monkeypatch.setattr("relations.scoring.explaining.MOST_LEFT_OUT", 10)
    with pytest.raises(BadRecord, match="too many to leave out"):
        Scores.from_events(many(12), "2025-09-22", Settings(method="worst")).explain("FRA", "MLI")
