"""Claims about what moved between two days, and why."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise, permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from relations.countries import all_countries, is_state
from relations.errors import BadRecord, NoSuchActor, NotComparable
from relations.records import TYPES, Event
from relations.scoring.scores import Scores
from relations.scoring.showing import Screen, width
from relations.settings import Settings
from relations.snapshots.attribution import CAUSES, Attribution
from relations.snapshots.comparing import compare_snapshots
from relations.snapshots.telling import comparison_text, snapshot_text

STATES = sorted(found.code for found in all_countries() if is_state(found.code))
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


def events(numbers, confidence=1.0):
    return [
        Event(f"e{n}", date(2023, 1, 1) + timedelta(days=7 * n), "FRA", ("MLI", "RUS")[n % 5 == 0],
              type=TYPES[n % len(TYPES)], confidence=confidence)
        for n in numbers
    ]  # fmt: skip


@pytest.fixture
def two():
    """Two snapshots that differ by every cause."""
    before = saved([*events(range(40)), *events(range(60, 64))], THEN)
    after = saved([*events(range(10)), *events(range(10, 40), 0.5), *events(range(50, 130))])
    return before, after


numbers = some.lists(some.integers(0, 140), max_size=12, unique=True)


@pytest.mark.parametrize("method", ["mean", "sum", "logratio", "gge", "worst"])
@pytest.mark.parametrize("order", ["path", "shapley"])
@settings(deadline=None, max_examples=20)
@given(first=numbers, second=numbers, sure=some.floats(0.1, 1))
def test_causes_and_contributions_add_up_to_every_change(method, order, first, second, sure):
    before, after = saved(events(first), THEN, method=method), saved(events(second, sure), method=method)
    for change in compare_snapshots(before, after, order):
        assert sum(change.causes.values()) == pytest.approx(change.change, abs=1e-9)
        assert sum(change.contributions.values()) == pytest.approx(change.change, abs=1e-9)


@pytest.mark.parametrize("method", ["mean", "gge"])
def test_shapley_is_the_mean_over_all_orders_of_the_causes(method):
    before, after = saved(events(range(30)), THEN, method=method), saved(events(range(5, 90), 0.7), method=method)
    ledgers = before.ledger(), THEN, after.ledger(), NOW
    split = Attribution(*ledgers, "shapley")
    total = dict.fromkeys(CAUSES, 0.0)
    for order in permutations(CAUSES):
        for n, cause in enumerate(order):
            total[cause] += split._world(order[: n + 1])[0] - split._world(order[:n])[0]
    change = split.change(0)
    assert change.causes == pytest.approx({cause: points / 120 for cause, points in total.items()}, abs=1e-9)


def test_the_order_matters_for_causes_only(two):
    path = compare_snapshots(*two)
    shapley = path.ordered("shapley")
    assert path.ordered("path") is path
    for one, other in zip(path, shapley, strict=True):
        assert (one.change, one.contributions, one.noise) == (other.change, other.contributions, other.noise)
        assert one.causes != pytest.approx(other.causes, abs=1e-6)
    with pytest.raises(BadRecord, match="path, shapley"):
        path.ordered("alphabet")


def test_nothing_is_clear_when_only_the_prior_moved():
    old = Event("old", date(2010, 1, 1), "BFA", "FRA", type="PROTEST")
    other = [Event(f"o{n}", date(2025, 1, 1) + timedelta(days=n), "USA", "CHN", type="ASSAULT") for n in range(200)]
    change = Scores.from_events([old, *other], [THEN, NOW]).compare(THEN, NOW)["BFA", "FRA"]
    assert change.change < -1
    assert change.causes["prior"] == pytest.approx(change.change, abs=0.01)
    assert not change.clear


def test_a_turn_of_a_pair_that_was_well_known_is_clear():
    def weekly(start, weeks, type):
        first = date.fromisoformat(start)
        return [
            Event(f"{start} {n}", first + timedelta(days=7 * n), "FRA", "MLI", type=type) for n in range(weeks)
        ]  # fmt: skip

    calm, storm = weekly("2023-01-01", 50, "COOPERATE"), weekly("2024-06-01", 60, "ASSAULT")
    change = Scores.from_events([*calm, *storm], [THEN, NOW]).compare(THEN, NOW)["FRA", "MLI"]
    assert change.clear
    assert change.learning < change.margin < abs(change.change)


def test_unchanged_relations_are_seldom_marked():
    """Pairs whose events keep coming from one distribution: at 90% about one in ten may be marked, not half of them."""
    import random

    chance = random.Random(5)
    tones = ("CONSULT", "AGREE", "SUPPORT", "ACCUSE", "REJECT")  # as widely spread as the events of a pair are
    told = [
        Event(f"{a}{b}{n}", date(2023, 1, 1) + timedelta(days=chance.randrange(990)), a, b, type=chance.choice(tones))
        for a, b in pairwise(STATES)
        for n in range(chance.randrange(1, 12))
    ]
    changes = list(Scores.from_events(told, [THEN, NOW]).compare(THEN, NOW))
    marked = sum(change.clear for change in changes) / len(changes)
    by_margin_alone = sum(abs(change.change) > change.margin for change in changes) / len(changes)
    assert marked < 0.1 < by_margin_alone


def test_each_score_has_its_interval_and_that_of_the_prior_without_evidence():
    scores = Scores.from_events([OLD, NEWS], [THEN, NOW])
    change = scores.compare(THEN, NOW)["FRA", "MLI"]
    now = scores["FRA", "MLI"]
    assert change.after_interval == (now.low, now.high)
    low, high = change.before_interval
    assert (high - low) / 2 == pytest.approx(1.645 * (7.1 / 2) ** 0.5)


def test_what_became_of_each_event_is_told(two):
    comparison = compare_snapshots(*two)
    fates = comparison.fates(comparison["FRA", "MLI"])
    assert {fates[id] for id in ("e1", "e2", "e4")} == {"decay"}
    assert {fates[id] for id in ("e11", "e12")} == {"revised"}
    assert (fates.get("e51"), fates["e129"]) == ("late", "added")


def test_snapshots_of_other_settings_are_scored_anew_when_asked_and_it_is_said(two):
    before, _ = two
    after = saved(events(range(60)), k=3.0)
    comparison = compare_snapshots(before, after, recompute=True)
    again = saved([*events(range(40)), *events(range(60, 64))], THEN, k=3.0)
    expected = compare_snapshots(again, after)
    assert [c.change for c in comparison] == pytest.approx([c.change for c in expected])
    assert "scored anew with the settings of" in comparison.notes[0]
    assert "k 2.0 and 3.0" in comparison_text(comparison)
    with pytest.raises(NotComparable, match="--recompute"):
        compare_snapshots(before, after)


def test_other_versions_are_told(two):
    before, after = two
    other = replace(before, versions={**before.versions, "data": "0" * 16})
    assert "made by different versions (data 0000000000000000 and" in compare_snapshots(other, after).notes[0]
    assert compare_snapshots(before, after).notes == ()


@settings(deadline=None, max_examples=20)
@given(some.integers(90, 180))
def test_the_table_fits(columns):
    before, after = saved(events(range(40)), THEN), saved(events(range(5, 130), 0.5))
    text = comparison_text(compare_snapshots(before, after), Screen(columns))
    assert max(map(width, text.splitlines())) <= columns


def test_a_table_of_many_dyads_counts_the_rest():
    told = [Event(a, date(2025, 1, 1), a, "USA", type="AID") for a in STATES[:60] if a != "USA"]
    comparison = Scores.from_events(told, [THEN, NOW]).compare(THEN, NOW)
    assert f"and {len(comparison) - 20} more dyads, " in comparison_text(comparison)
    assert "more dyads" not in comparison_text(comparison, top=None)


def test_states_are_said_in_words():
    text = comparison_text(Scores.from_events([OLD, NEWS], [THEN, NOW]).compare(THEN, NOW))
    assert "no data -> thin evidence" in text


def test_a_snapshot_says_what_made_it():
    snapshot = Scores.from_events([NEWS], NOW).snapshot("autumn", inputs={"a.txt": "0" * 64})
    text = snapshot_text(replace(snapshot, options={"coder": "rules"}))
    for part in ("autumn", "relations-map ", snapshot.versions["data"], "half_life_days 548", "coder rules", "0" * 64):
        assert part in text
    many = replace(snapshot, inputs={f"{n}.txt": "0" * 64 for n in range(20)})
    assert "and 15 more" in snapshot_text(many)
    assert "19.txt" in snapshot_text(many, everything=True)
