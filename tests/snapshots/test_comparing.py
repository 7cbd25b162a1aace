"""Claims about what moved between two days, and why."""

from dataclasses import replace
from datetime import date

import pytest

from relations.errors import NoSuchActor, NotComparable
from relations.records import Event
from relations.scoring.scores import Scores
from relations.settings import Settings
from relations.snapshots.comparing import compare_snapshots

THEN, NOW = date(2023, 12, 31), date(2025, 9, 22)
OLD = Event("old", date(2023, 1, 20), "BFA", "FRA", type="PROTEST")
NEWS = Event("news", date(2025, 9, 19), "FRA", "MLI", type="SANCTION")


def saved(events, at=NOW, **settings):
    return Scores.from_events(events, at, Settings(**settings)).snapshot("s")


def test_the_biggest_change_comes_first():
    changes = list(Scores.from_events([OLD, NEWS], [THEN, NOW]).compare(THEN, NOW))
    assert [(change.source, change.target) for change in changes] == [("FRA", "MLI"), ("BFA", "FRA")]


def test_a_pair_without_evidence_stood_at_the_prior():
    scores = Scores.from_events([OLD, NEWS], [THEN, NOW])
    change = scores.compare("2023-12-31", "2025-09-22")["MLI", "FRA"]
    assert change.before == pytest.approx(scores.prior(THEN))
    assert (change.before_state, change.after_state) == ("no data", "thin")
    assert change.after == pytest.approx(scores["FRA", "MLI"].score)
    assert change.clear


def test_without_news_a_pair_only_fades():
    change = Scores.from_events([OLD, NEWS], [THEN, NOW]).compare(THEN, NOW)["BFA", "FRA"]
    assert change.causes["decay"] > 0
    assert change.causes["added"] == change.causes["removed"] == change.causes["revised"] == 0


def test_going_back_in_time_takes_events_away():
    change = Scores.from_events([OLD, NEWS], [THEN, NOW]).compare(NOW, THEN)["FRA", "MLI"]
    assert change.causes["removed"] > 0
    assert sum(change.contributions.values()) == pytest.approx(change.change, abs=1e-9)


def test_a_later_text_that_tells_of_earlier_days_is_added_late():
    late = replace(NEWS, id="late", date=date(2023, 6, 1))
    change = compare_snapshots(saved([OLD], THEN), saved([OLD, late, NEWS]))["FRA", "MLI"]
    assert change.late == ("late",)
    assert set(change.contributions) == {None, "late", "news"}


def test_a_revised_event_is_revised_and_not_replaced():
    change = compare_snapshots(saved([NEWS]), saved([replace(NEWS, confidence=0.5)]))["FRA", "MLI"]
    assert change.causes["revised"] > 0
    assert change.causes["added"] == change.causes["removed"] == 0


def test_an_event_that_moved_to_another_pair_is_removed_here_and_added_there():
    comparison = compare_snapshots(saved([NEWS]), saved([replace(NEWS, target="BFA")]))
    assert comparison["FRA", "MLI"].causes["removed"] > 0
    assert comparison["FRA", "BFA"].causes["added"] < 0


def test_the_same_snapshot_twice_shows_no_change():
    for change in compare_snapshots(saved([OLD, NEWS]), saved([NEWS, OLD])):
        assert change.change == 0
        assert not change.clear


@pytest.mark.parametrize("other", [{"k": 3.0}, {"half_life_days": 180.0}, {"scale": "goldstein"}, {"prior": "zero"}])
def test_snapshots_made_otherwise_do_not_compare(other):
    with pytest.raises(NotComparable, match=next(iter(other))):
        compare_snapshots(saved([NEWS]), saved([NEWS], **other))


def test_a_pair_of_which_nothing_is_known_is_named():
    with pytest.raises(NoSuchActor, match="FRA-USA"):
        Scores.from_events([NEWS], [THEN, NOW]).compare(THEN, NOW)["USA", "FRA"]


def test_the_table_has_a_column_a_cause():
    frame = Scores.from_events([OLD, NEWS], [THEN, NOW]).compare(THEN, NOW).to_frame()
    causes = frame[["prior", "removed", "revised", "decay", "added"]].sum(axis=1)
    assert causes.tolist() == pytest.approx(frame["change"].tolist())


def test_the_events_behind_a_change_are_at_hand():
    comparison = Scores.from_events([OLD, NEWS], [THEN, NOW]).compare(THEN, NOW)
    assert comparison.events_of(comparison["FRA", "MLI"])["news"].type == "SANCTION"
