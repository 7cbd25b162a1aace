"""Claims about one state's relations."""

import json
from datetime import date

import pytest

from relations.errors import NoSuchActor
from relations.networks.rendering import NETWORK_FORMATS, render_network
from relations.records import Event
from relations.scoring.scores import Scores

HOSTILE = '<script>alert(1)</script>\x1b[31m "quoted" & more'


def several(start, source, target, type, count, day, **more):
    return [Event(f"{start}{n}", date(*day[:2], day[2] + n), source, target, type=type, **more) for n in range(count)]


EVENTS = [
    *several("a", "FRA", "MLI", "SANCTION", 6, (2025, 9, 1), sentence=HOSTILE, publisher="<b>"),
    *several("b", "MLI", "FRA", "AID", 6, (2025, 8, 1)),
    *several("c", "FRA", "DEU", "COOPERATE", 5, (2025, 7, 1)),
    *several("d", "FRA", "USA", "AGREE", 4, (2024, 3, 1)),
    *several("e", "USA", "FRA", "COERCE", 6, (2025, 6, 1)),
    Event("f", date(2025, 9, 10), "FRA", "PRT", type="AID"),
    Event("g", date(2025, 9, 12), "FRA", "ESP", type="CONSULT"),
    Event("h", date(2025, 9, 12), "ESP", "FRA", type="CONSULT"),
    Event("i", date(2025, 9, 13), "RUS", "MLI", type="COOPERATE"),
]
AT = "2025-09-22"


@pytest.fixture
def scores():
    return Scores.from_events(EVENTS, AT)


def test_partners_are_ranked_from_friendliest_to_most_hostile(scores):
    profile = scores.profile("France")
    points = [relation.score.score for relation in profile]
    assert points == sorted(points, reverse=True)
    assert {relation.partner for relation in profile} == {"MLI", "DEU", "USA", "PRT", "ESP"}
    assert profile.friendliest[0].partner == "DEU"
    assert all(relation.score.score < 0 for relation in profile.most_hostile)
    assert all(relation.score == scores["FRA", relation.partner] for relation in profile)


def test_a_lone_report_does_not_head_the_list_of_friends(scores):
    friends = scores.profile("FRA").friendliest
    assert [(relation.partner, relation.score.state) for relation in friends[-2:]] == [("PRT", "thin"), ("ESP", "thin")]
    assert scores["FRA", "PRT"].score > scores["FRA", friends[-3].partner].score


def test_what_a_state_does_stands_against_what_it_gets(scores):
    profile = scores.profile("FRA")
    mali = next(relation for relation in profile if relation.partner == "MLI")
    assert mali.does == scores.directed["FRA", "MLI"]
    assert mali.gets == scores.directed["MLI", "FRA"]
    assert mali.asymmetry == mali.does.score - mali.gets.score < 0
    assert mali.clear
    other = next(relation for relation in scores.profile("MLI") if relation.partner == "FRA")
    assert other.asymmetry == -mali.asymmetry
    assert profile.asymmetries[0] == mali
    lone = next(relation for relation in profile if relation.partner == "DEU")
    assert (lone.asymmetry, lone.margin, lone.clear) == (None, None, False)


def test_movers_are_those_that_had_evidence_a_year_before(scores):
    [mover] = scores.profile("FRA").movers
    assert (mover.source, mover.target) == ("FRA", "USA")
    assert mover.change == pytest.approx(scores["FRA", "USA"].trend)
    assert mover.change < 0
    assert scores.profile("RUS").movers == ()


def test_the_newest_events_come_first_and_talks_once(scores):
    recent = scores.profile("FRA").recent
    days = [event.date for event in recent]
    assert days == sorted(days, reverse=True)
    assert len(recent) == 10
    assert len([event for event in recent if event.type == "CONSULT"]) == 1
    assert all("FRA" in (event.source, event.target) for event in recent)
    earlier = scores.profile("FRA", "2024-12-31").recent
    assert max(event.date for event in earlier) <= date(2024, 12, 31)


def test_the_order_of_events_does_not_matter(scores):
    other = Scores.from_events(EVENTS[::-1], AT)
    assert str(other.profile("FRA")) == str(scores.profile("FRA"))


def test_texts_are_harmless_in_terminal_notebook_and_markdown(scores):
    profile = scores.profile("FRA")
    assert "\x1b" not in str(profile)
    page = profile._repr_html_()
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert "<script" not in render_network(profile, "markdown")


def test_a_frame_has_a_row_a_partner(scores):
    frame = scores.profile("FRA").to_frame().set_index("partner")
    assert frame.loc["MLI", "does"] == scores.directed["FRA", "MLI"].score
    assert frame.loc["DEU", "name"] == "Germany"
    assert frame["newest"].dt.date.max() == date(2025, 9, 12)
    assert frame.loc["MLI", "asymmetry_clear"]


def test_json_is_whole_and_says_the_same(scores):
    row = json.loads(render_network(scores.profile("FRA"), "json"))
    assert (row["country"], row["at"]) == ("FRA", AT)
    assert row["relations"][0]["mutual"]["score"] == scores["FRA", row["relations"][0]["partner"]].score
    assert row["recent"][0]["date"] == "2025-09-12"
    assert row["movers"][0]["target"] == "USA"


def test_csv_rows_are_partners_and_gaps_stay_empty(scores):
    lines = render_network(scores.profile("FRA"), "csv").splitlines()
    germany = next(line for line in lines if line.startswith("DEU"))
    assert germany.split(",")[9] == "2025-07-05"
    assert germany.endswith(",,,false")


def test_the_mean_is_weighted_by_evidence(scores):
    profile = scores.profile("MLI")
    parts = [(relation.score.score, relation.score.weight) for relation in profile]
    assert profile.mean == pytest.approx(sum(s * w for s, w in parts) / sum(w for _, w in parts))


def test_a_state_without_evidence_has_a_profile_that_says_so(scores):
    profile = scores.profile("Tuvalu")
    assert (len(profile), profile.mean) == (0, None)
    assert str(profile) == "Tuvalu on 2025-09-22: no evidence."
    assert len(profile.to_frame()) == 0


def test_an_unknown_name_is_refused_with_a_suggestion(scores):
    with pytest.raises(NoSuchActor, match="France"):
        scores.profile("Frence")


@pytest.mark.parametrize("format", NETWORK_FORMATS)
def test_where_nothing_was_scored_there_is_a_profile_too(format):
    profile = Scores.from_events([]).profile("FRA")
    assert "nothing was scored" in str(profile)
    assert isinstance(render_network(profile, format), str)
    assert len(Scores.from_events([]).profile("FRA", AT)) == 0


def test_snapshots_have_profiles_balance_and_camps_as_events_do(scores):
    kept = Scores.from_snapshots([scores.snapshot("autumn")])
    assert str(kept.profile("FRA")) == str(scores.profile("FRA"))
    assert kept.balance() == scores.balance()
    assert kept.communities() == scores.communities()
