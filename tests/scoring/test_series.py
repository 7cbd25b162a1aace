"""Claims about a score's course: each of its days is what a snapshot of that day would say."""

import json
import math
from datetime import date, timedelta
from itertools import pairwise

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from relations.errors import BadDate, BadRecord, NoEvidence
from relations.records import Event
from relations.scoring.scores import Scores
from relations.scoring.series import COLUMNS, MAX_POINTS, PERIODS, grid_days
from relations.settings import DIRECTED_PRIORS, INTERVALS, METHODS, PRIORS, Settings
from relations.snapshots.store import Store

EVENTS = [
    Event("a", date(2022, 1, 31), "MLI", "FRA", type="SANCTION", mode="expel"),
    Event("b", date(2022, 2, 1), "FRA", "MLI", type="ACCUSE"),
    Event("c", date(2022, 2, 1), "FRA", "MLI", type="AID", confidence=0.6),
    Event("d", date(2022, 6, 3), "MLI", "RUS", type="COOPERATE"),
    Event("e", date(2022, 6, 3), "RUS", "MLI", type="CONSULT"),
    Event("f", date(2023, 3, 9), "FRA", "RUS", type="SANCTION"),
    Event("g", date(2023, 3, 10), "MLI", "FRA", type="COERCE", source_role="OPP"),
    Event("h", date(2024, 9, 2), "FRA", "MLI", type="CONSULT", mode="visit"),
]
END = "2025-09-22"
FIELDS = ("score", "low", "high", "word", "state", "n_events", "weight")


def as_snapshots(scores, pair, days, directed=False):
    """The same numbers, taken from one Score after the other."""
    found = []
    for day in days:
        try:
            score = (scores.directed if directed else scores)[(*pair, day)]
        except NoEvidence:
            found.append(None)
        else:
            found.append([getattr(score, name) for name in FIELDS])
    return found


def as_series(series):
    return [None if row["score"] is None else [row[name] for name in FIELDS] for row in series.rows()]


def agree(one, other):
    assert len(one) == len(other)
    for mine, theirs in zip(one, other, strict=True):
        if mine is None or theirs is None:
            assert mine is theirs
        else:
            assert mine[3:6] == theirs[3:6]
            assert mine[:3] + mine[6:] == pytest.approx(theirs[:3] + theirs[6:], abs=1e-9)


@pytest.mark.parametrize("directed", [False, True])
@pytest.mark.parametrize("interval", INTERVALS)
@pytest.mark.parametrize("prior", PRIORS)
@pytest.mark.parametrize("method", METHODS)
def test_every_day_is_what_a_snapshot_of_that_day_says(method, prior, interval, directed):
    scores = Scores.from_events(EVENTS, END, Settings(method=method, prior=prior, interval=interval, draws=200))
    series = scores.series("FRA", "MLI", "quarter", start="2021-06-01", directed=directed)
    days = [day.date() for day in series.to_frame()["at"]]
    assert (days[0], days[-1], len(days)) == (date(2021, 6, 30), date(2025, 9, 22), 18)
    agree(as_series(series), as_snapshots(scores, ("FRA", "MLI"), days, directed))


@pytest.mark.parametrize("prior", DIRECTED_PRIORS)
def test_a_direction_has_the_prior_that_the_settings_say(prior):
    scores = Scores.from_events(EVENTS, END, Settings(directed_prior=prior))
    series = scores.series("MLI", "FRA", 100, directed=True)
    days = [day.date() for day in series.frame["at"]]
    agree(as_series(series), as_snapshots(scores, ("MLI", "FRA"), days, directed=True))


def test_the_prior_of_a_day_is_where_the_corpus_stood():
    scores = Scores.from_events(EVENTS, END)
    frame = scores.series("FRA", "MLI", "month", start="2022-01-01").frame
    assert frame["prior"].tolist() == pytest.approx([scores.prior(day.date()) for day in frame["at"]], abs=1e-12)


@given(
    st.lists(
        st.tuples(st.integers(0, 900), st.sampled_from(["AID", "CONSULT", "ACCUSE", "ASSAULT"]), st.booleans(),
                  st.sampled_from(["MLI", "RUS"]), st.floats(0.05, 1)),
        min_size=1, max_size=8,
    ),
    st.integers(30, 400),
)  # fmt: skip
@settings(max_examples=30, deadline=None)
def test_a_series_and_its_snapshots_are_one_for_any_events(drawn, grid):
    first = date(2023, 1, 1)
    events = [Event("own", first, "FRA", "MLI", type="REJECT")]
    for n, (age, type_, back, other, confidence) in enumerate(drawn):
        ends = (other, "FRA") if back else ("FRA", other)
        events.append(Event(str(n), first + timedelta(days=age), *ends, type=type_, confidence=confidence))
    scores = Scores.from_events(events, "2025-12-31")
    series = scores.series("FRA", "MLI", grid)
    agree(as_series(series), as_snapshots(scores, ("FRA", "MLI"), [d.date() for d in series.frame["at"]]))


def test_masses_are_those_of_the_pair_on_the_day():
    scores = Scores.from_events(EVENTS, END)
    last = scores.series("FRA", "MLI", "year").frame.iloc[-1]
    masses = scores.masses("FRA", "MLI")
    assert (last["cooperation"], last["conflict"]) == pytest.approx((masses.cooperation, masses.conflict))


def test_before_the_first_event_there_is_no_score_and_not_a_zero():
    frame = Scores.from_events(EVENTS, END).series("FRA", "MLI", "month", start="2021-12-01").frame
    before, after = frame.iloc[0], frame.iloc[1]
    assert before["at"] == pd.Timestamp("2021-12-31")
    assert before[["score", "low", "high"]].isna().all()
    assert (before["word"], before["state"], before["n_events"], before["weight"]) == (None, None, 0, 0.0)
    assert (after["word"], after["state"], after["n_events"]) == ("cool", "ok", 1)


def test_a_series_begins_with_the_pair_and_ends_with_the_newest_snapshot():
    scores = Scores.from_events(EVENTS, ["2023-01-01", "2024-01-01"])
    series = scores.series("RUS", "FRA", "month")
    assert (series.source, series.target, series.directed) == ("FRA", "RUS", False)
    days = series.frame["at"]
    assert (days.iloc[0], days.iloc[-1]) == (pd.Timestamp("2023-03-31"), pd.Timestamp("2024-01-01"))


def test_the_trend_of_a_score_is_the_difference_to_the_day_a_year_before_in_the_series():
    scores = Scores.from_events(EVENTS, END)
    score = scores["FRA", "MLI"]
    frame = scores.series("FRA", "MLI", 365).frame
    assert score.trend == pytest.approx(frame["score"].iloc[-1] - frame["score"].iloc[-2], abs=1e-12)


def test_a_series_is_plain_values_for_json_and_words_for_people():
    series = Scores.from_events(EVENTS, END).series("FRA", "MLI", "year", start="2021-01-01")
    rows = json.loads(json.dumps(list(series.rows()), allow_nan=False))
    assert list(rows[0]) == list(COLUMNS)
    assert (rows[0]["at"], rows[0]["score"], rows[-1]["at"]) == ("2021-12-31", None, "2025-09-22")
    assert series.title == "FRA-MLI: 5 days, 2021-12-31 to 2025-09-22"
    assert "2022-12-31" in str(series) and "<td>2022-12-31</td>" in series._repr_html_()


def test_a_copy_can_be_changed_without_changing_the_series():
    series = Scores.from_events(EVENTS, END).series("FRA", "MLI", "year")
    copy = series.to_frame()
    copy["score"] = 0.0
    assert not (series.frame["score"] == 0.0).any()


def test_saved_snapshots_are_shown_on_their_own_days_as_they_were_saved(tmp_path):
    store = Store(tmp_path / "kept.snapshots")
    for name, known in (("2022-12-31", EVENTS[:3]), ("2024-12-31", EVENTS)):
        store.save(Scores.from_events(known, name).snapshot(f"at {name}"))
    kept = Scores.from_snapshots([store.load(entry.name) for entry in store.list()])
    series = kept.series("FRA", "MLI", "month")
    assert [str(day.date()) for day in series.frame["at"]] == ["2022-12-31", "2024-12-31"]
    assert series.frame["score"].tolist() == pytest.approx([score.score for score in kept if score.target == "MLI"])
    assert len(kept.series("FRA", "MLI", start="2023-01-01")) == 1


def test_a_pair_without_evidence_at_the_end_is_refused_in_words():
    scores = Scores.from_events(EVENTS, END)
    with pytest.raises(NoEvidence, match="USA"):
        scores.series("FRA", "USA")
    with pytest.raises(NoEvidence, match="2021-01-01"):
        scores.series("FRA", "MLI", end="2021-01-01")


def test_a_start_after_the_end_is_refused():
    with pytest.raises(BadDate, match="2025-10-01"):
        Scores.from_events(EVENTS, END).series("FRA", "MLI", start="2025-10-01")


@pytest.mark.parametrize("every", ["fortnight", 0, -7, 1.5, True])
def test_a_grid_that_is_none_is_refused(every):
    with pytest.raises(BadRecord, match="week, month, quarter, year"):
        Scores.from_events(EVENTS, END).series("FRA", "MLI", every)


def test_a_grid_of_days_without_end_is_refused():
    with pytest.raises(BadRecord, match="wider grid"):
        grid_days(date(1, 1, 1), date(2025, 1, 1), 1)
    assert len(grid_days(date(1, 1, 1), date(2025, 1, 1), 75)) < MAX_POINTS


DAYS = st.dates(date(1800, 1, 1), date(2100, 1, 1))


@given(DAYS, st.integers(0, 3000), st.sampled_from(sorted(PERIODS)))
def test_periods_end_where_the_next_begins_and_the_last_day_comes_last(first, length, every):
    last = first + timedelta(days=length)
    days = grid_days(first, last, every)
    assert days == sorted(set(days)) and days[0] >= first and days[-1] == last
    for day in days[:-1]:
        after = day + timedelta(days=1)
        begins = {"week": after.weekday() == 0, "month": after.day == 1}
        begins |= {"quarter": begins["month"] and after.month % 3 == 1, "year": (after.month, after.day) == (1, 1)}
        assert begins[every]
    longest = {"week": 7, "month": 31, "quarter": 92, "year": 366}[every]
    assert all((two - one).days <= longest for one, two in pairwise([first - timedelta(days=1), *days]))


@given(DAYS, st.integers(0, 3000), st.integers(1, 400))
def test_a_grid_of_days_is_even_and_counted_back_from_the_last(first, length, step):
    last = first + timedelta(days=length)
    days = grid_days(first, last, step)
    assert days[-1] == last and 0 <= (days[0] - first).days < step
    assert all((two - one).days == step for one, two in pairwise(days))
    assert len(days) == math.floor(length / step) + 1
