"""Claims about sums that are fed day by day, merged, saved and scored on any day."""

import io
import json
import operator
import random
from dataclasses import replace
from datetime import date, timedelta
from functools import reduce
from itertools import groupby

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

import relations
from relations.cli import cli
from relations.errors import BadInput, NoEvidence, NotComparable, RelationsError
from relations.records import Event
from relations.scoring.scores import Scores
from relations.scoring.state import State
from relations.scoring.statefiles import describe_state, state_from_bytes, state_to_bytes
from relations.settings import METHODS, Settings

AT = date(2025, 9, 22)
ATTACK = Event("1", date(2025, 9, 1), "FRA", "MLI", type="ASSAULT", goldstein=-9.0)
AID = Event("2", date(2025, 9, 3), "MLI", "FRA", type="AID", goldstein=7.0, confidence=0.7)
TALKS = Event("3", date(2025, 9, 3), "MLI", "RUS", type="CONSULT", goldstein=1.0, confidence=0.9, document="d")
BACK = replace(TALKS, id="4", source="RUS", target="MLI")

EVENTS = st.lists(
    st.builds(
        lambda age, ends, type, role, confidence, document: Event(
            "", AT - timedelta(days=age), *ends, source_role=role, type=type, confidence=confidence, document=document
        ),
        st.integers(-100, 1500),
        st.sampled_from([("FRA", "MLI"), ("MLI", "FRA"), ("MLI", "RUS"), ("RUS", "MLI"), ("BFA", "FRA")]),
        st.sampled_from(["AID", "CONSULT", "ACCUSE", "SANCTION", "ASSAULT"]),
        st.sampled_from(["", "GOV", "REB"]),
        st.floats(0.05, 1),
        st.sampled_from(["", "x", "y"]),
    ),
    max_size=15,
).map(lambda events: [replace(event, id=str(number)) for number, event in enumerate(events)])


def by_day(events):
    ordered = sorted(events, key=lambda event: event.date)
    return [list(batch) for _, batch in groupby(ordered, key=lambda event: event.date)]


def numbers(scores):
    return [(s.score, s.low, s.high, s.weight, 0.0 if s.trend is None else s.trend) for s in scores]


def words(scores):
    return [(s.at, s.source, s.target, s.directed, s.n_events, s.newest, s.trend is None) for s in scores]


@given(EVENTS, st.randoms())
@settings(deadline=None)
def test_days_fed_one_by_one_in_any_order_are_one_pass_to_the_last_bit(events, random):
    batches = by_day(events)
    random.shuffle(batches)
    fed = State.empty()
    for batch in batches:
        fed = fed.add(batch)
    once = State.from_events(events)
    assert fed == once
    assert state_to_bytes(fed) == state_to_bytes(once)


@given(EVENTS, EVENTS, EVENTS)
@settings(max_examples=50, deadline=None)
def test_states_of_several_workers_add_up_in_any_order(one, two, three):
    a, b, c = map(State.from_events, (one, two, three))
    assert (a + b) + c == a + (b + c) == c.merge(b, a)
    assert a + State.empty() == a
    assert (a + b + c).n_events == a.n_events + b.n_events + c.n_events


@given(EVENTS, st.integers(0, 800), st.sampled_from([30.0, 548.0, None]), st.sampled_from(METHODS))
@settings(max_examples=100, deadline=None)
def test_a_state_scores_any_day_with_any_half_life_as_its_events_do(events, ago, half_life, method):
    chosen = Settings(half_life_days=half_life, method=method)
    at = AT - timedelta(days=ago)
    expected, found = Scores.from_events(events, at, chosen), State.from_events(events).scores(at, chosen)
    for one, other in ((expected, found), (expected.directed, found.directed)):
        assert words(other) == words(one)
        assert [x for row in numbers(other) for x in row] == pytest.approx(
            [x for row in numbers(one) for x in row], abs=1e-9
        )
    assert found.prior(at) == pytest.approx(expected.prior(at), abs=1e-9)


@pytest.mark.parametrize("prior", ["corpus", "zero", "country"])
@pytest.mark.parametrize("directed_prior", ["same", "pair"])
@pytest.mark.parametrize("interval", ["posterior", "bootstrap", "none"])
def test_prior_and_interval_are_chosen_when_scoring(prior, directed_prior, interval):
    events = [ATTACK, AID, TALKS, BACK, replace(ATTACK, id="5", date=date(2025, 3, 1), type="AGREE")]
    chosen = Settings(prior=prior, directed_prior=directed_prior, interval=interval, k=5)
    expected, found = Scores.from_events(events, AT, chosen), State.from_events(events).scores(AT, chosen)
    for one, other in ((expected, found), (expected.directed, found.directed)):
        assert [list(row) for row in numbers(other)] == [pytest.approx(row, abs=1e-9) for row in numbers(one)]


@given(EVENTS, EVENTS)
@settings(deadline=None)
def test_what_was_added_can_be_taken_away_exactly(events, more):
    state, other = State.from_events(events), State.from_events(more)
    assert state + other - other == state
    assert state_to_bytes((state + other).remove(events)) == state_to_bytes(other)
    assert state - state == State.empty()


def test_a_revision_is_the_old_event_removed_and_the_new_one_added():
    state = State.from_events([ATTACK, AID])
    milder = replace(ATTACK, type="ACCUSE")
    assert state.remove([ATTACK]).add([milder]) == State.from_events([milder, AID])


def test_the_worst_day_is_forgotten_with_its_event():
    mild = replace(ATTACK, id="9", type="ACCUSE")
    worst = Settings(method="worst")
    left = State.from_events([ATTACK, mild]).remove([ATTACK]).scores(AT, worst)["FRA", "MLI"]
    assert left == State.from_events([mild]).scores(AT, worst)["FRA", "MLI"]


@pytest.mark.parametrize("other", [{"source": "BFA"}, {"date": date(2025, 9, 2)}])
def test_an_event_that_was_never_added_cannot_be_removed(other):
    state = State.from_events([ATTACK])
    with pytest.raises(BadInput, match="an event to remove was never added"):
        state.remove([replace(ATTACK, **other)])
    with pytest.raises(BadInput, match="FRA -> MLI, 2025-09-01"):
        state.remove([ATTACK]).remove([ATTACK])


def test_sums_of_odd_confidences_do_not_depend_on_the_order():
    draw = random.Random(3)
    events = [replace(ATTACK, id=str(n), confidence=draw.random()) for n in range(500)]
    parts = [State.from_events([event]) for event in events]
    forward, backward = reduce(operator.add, parts), reduce(operator.add, parts[::-1])
    assert state_to_bytes(forward) == state_to_bytes(backward)
    assert forward.scores(AT)["FRA", "MLI"].n_events == 500


def test_the_same_event_in_two_batches_counts_twice_and_in_one_batch_once():
    told = replace(ATTACK, sentence="French troops fired on a convoy near Gao", document="a")
    again = replace(told, id="again", document="b")
    assert State.from_events([told, again]).n_events == 1
    assert State.from_events([told]).add([again]).n_events == 2


def test_both_sides_of_an_act_count_once_in_mutual_scores_when_they_come_together():
    together = State.from_events([TALKS, BACK])
    apart = State.from_events([TALKS]).add([BACK])
    assert together.scores(AT)["MLI", "RUS"].n_events == 1
    assert apart.scores(AT)["MLI", "RUS"].n_events == 2
    for state in (together, apart):
        assert [score.n_events for score in state.scores(AT).directed] == [1, 1]
    assert (together + apart).scores(AT)["MLI", "RUS"].n_events == 3


def test_events_that_weigh_nothing_leave_no_trace_but_a_note():
    state = State.from_events([replace(ATTACK, status="denied"), AID])
    assert state == State.from_events([AID])
    assert [note for note in state.notes if "denied" in note]


def test_a_state_knows_its_events_and_days():
    state = State.from_events([ATTACK, AID, TALKS])
    assert (state.n_events, state.first, state.last) == (3, date(2025, 9, 1), date(2025, 9, 3))
    assert state.pairs == (("FRA", "MLI"), ("MLI", "FRA"), ("MLI", "RUS"))
    assert repr(state) == "<State: 3 events of 3 directed dyads, 2025-09-01 to 2025-09-03, plover scale>"
    assert state.scores().at == (date(2025, 9, 3),)


def test_a_state_of_no_events_has_no_scores():
    assert (State.empty().first, len(State.empty().scores()), State.from_events([])) == (None, 0, State.empty())
    assert len(State.empty().scores(AT)) == 0


@pytest.mark.parametrize("other", [Settings(scale="goldstein"), Settings(actor_weights={"CVL": 0.5})])
def test_what_is_in_the_sums_cannot_be_mixed_or_chosen_later(other):
    state = State.from_events([ATTACK])
    for refused in (
        lambda: state + State.from_events([AID], other),
        lambda: state - State.from_events([ATTACK], other),
        lambda: state.scores(AT, other),
    ):
        with pytest.raises(NotComparable, match="in the sums") as error:
            refused()
        assert "\n" not in str(error.value)


def test_a_state_keeps_no_setting_that_is_chosen_later():
    assert State.from_events([ATTACK], Settings(half_life_days=30, k=9)) == State.from_events([ATTACK])


def test_a_state_of_another_scale_is_scored_on_it():
    goldstein = Settings(scale="goldstein")
    events = [replace(ATTACK, cameo="190")]
    found = State.from_events(events, goldstein).scores(AT)["FRA", "MLI"]
    assert found.score == pytest.approx(Scores.from_events(events, AT, goldstein)["FRA", "MLI"].score)


@pytest.mark.parametrize(
    "ask",
    [
        lambda scores: scores.events,
        lambda scores: scores.explain("FRA", "MLI"),
        lambda scores: scores.compare("2025-09-02", AT),
        lambda scores: scores.snapshot("autumn"),
    ],
)
def test_what_needs_the_events_is_refused_in_a_line(ask):
    with pytest.raises(RelationsError, match="A state keeps sums, not events"):
        ask(State.from_events([ATTACK, AID]).scores(AT))


def test_frames_and_networks_of_a_state_are_those_of_its_events():
    events = [ATTACK, AID, TALKS]
    expected, found = Scores.from_events(events, AT), State.from_events(events).scores(AT)
    pd.testing.assert_frame_equal(found.to_frame(), expected.to_frame())
    assert set(found.to_networkx().edges) == set(expected.to_networkx().edges)
    assert found.actors == ("FRA", "MLI", "RUS")
    assert found.masses("FRA", "MLI") == pytest.approx(expected.masses("FRA", "MLI"), abs=1e-9)
    with pytest.raises(NoEvidence, match="FRA has MLI"):
        found["France", "Russia"]


@pytest.mark.parametrize("given", [[("FRA", "MLI")], ["events.csv"], [None]])
def test_what_holds_no_events_is_refused(given):
    with pytest.raises(BadInput, match="Want Events"):
        State.from_events(given)


def test_a_state_is_public():
    assert relations.State is State


# Files


@given(EVENTS)
@settings(max_examples=50, deadline=None)
def test_a_saved_state_is_read_back_exactly(events):
    state = State.from_events(events, Settings(actor_weights={"REB": 1 / 3}))
    assert state_from_bytes(state_to_bytes(state)) == state


def test_a_file_is_typed_signed_and_compact(tmp_path):
    path = tmp_path / "deep" / "state.parquet"
    State.from_events([ATTACK, AID, TALKS, BACK]).save(path)
    assert State.load(path).n_events == 4
    schema = pq.read_schema(path)
    kinds = {name: schema.field(name).type for name in ("source", "target", "day", "weight", "events")}
    coded = pa.dictionary(pa.int32(), pa.string())
    assert kinds == {
        "source": coded, "target": coded, "day": pa.date32(), "weight": pa.float64(), "events": pa.float64(),
    }  # fmt: skip
    about = json.loads(pq.read_metadata(path).metadata[b"relations.state"])
    assert (about["format"], about["events"], about["first"], about["last"]) == (1, 4, "2025-09-01", "2025-09-03")
    assert about["settings"]["scale"] == "plover"
    assert describe_state(path)["directed dyads"] == 4


SAVED = state_to_bytes(State.from_events([ATTACK, AID, TALKS]))


@given(st.integers(0, len(SAVED) - 1))
@settings(deadline=None)
def test_a_truncated_file_is_refused_in_a_line(length):
    with pytest.raises(BadInput) as error:
        state_from_bytes(SAVED[:length])
    assert "\n" not in str(error.value)


@given(st.integers(0, len(SAVED) - 1), st.integers(1, 255))
@settings(max_examples=300, deadline=None)
def test_a_damaged_file_is_refused_in_a_line_or_read_as_sums_that_can_be(place, flip):
    damaged = bytearray(SAVED)
    damaged[place] ^= flip
    try:
        state = state_from_bytes(bytes(damaged))
    except RelationsError as error:
        assert "\n" not in str(error)
    else:
        assert state.n_events == 3


def altered(change, metadata=None):
    """The saved bytes with another table or other metadata."""
    table = pq.read_table(io.BytesIO(SAVED))
    about = table.schema.metadata | (metadata or {})
    buffer = io.BytesIO()
    pq.write_table(change(table).replace_schema_metadata(about), buffer)
    return buffer.getvalue()


def with_column(name, values):
    def change(table):
        place = table.schema.get_field_index(name)
        return table.set_column(place, name, pa.array(values))

    return change


@pytest.mark.parametrize(
    ("change", "part"),
    [
        (lambda table: table.drop_columns(["weight"]), "no column weight"),
        (lambda table: table.slice(1), "2 events where 3 were written"),
        (with_column("weight", [1.0, None, 1.0]), "an empty cell"),
        (with_column("weight", [1.0, float("nan"), 1.0]), "a sum that no events give"),
        (with_column("weight", [1.0, -1.0, 1.0]), "a sum that no events give"),
        (with_column("events", [0.0, 2.0, 1.0]), "a sum that no events give"),
        (with_column("source", ["\x1b[31m", "MLI", "MLI"]), "no dyad of two states"),
        (with_column("source", ["MLI", "FRA", "RUS"]), "no dyad of two states"),
        (with_column("day", ["monday"] * 3), "damaged"),
        (with_column("weight", ["much"] * 3), "damaged"),
        (with_column("day", pa.array([-800_000] * 3, pa.int32())), "a day out of range"),
    ],
)
def test_a_file_that_no_state_gives_is_refused_in_a_line(change, part):
    with pytest.raises(BadInput, match=part) as error:
        state_from_bytes(altered(change))
    assert "\n" not in str(error.value)
    assert "\x1b" not in str(error.value)


@pytest.mark.parametrize(
    ("about", "part"),
    [
        (b'{"format": 2, "package": "9.9"}', "a state in format 2, written by version '9.9'"),
        (b'{"format": "x"}', "no state"),
        (b"[]", "no state"),
        (b'{"format": 1, "package": "0"}', "damaged"),
        (b'{"format": 1, "package": "0", "events": 3, "settings": {"scale": "magic"}}', "damaged"),
        (b'{"format": 1, "package": "0", "events": 3, "settings": {"later": 1}}', "damaged"),
    ],
)
def test_foreign_and_later_files_are_refused_in_a_line(about, part):
    with pytest.raises(BadInput, match=part) as error:
        state_from_bytes(altered(lambda table: table, {b"relations.state": about}))
    assert "\n" not in str(error.value)


def test_another_parquet_file_is_no_state(tmp_path):
    path = tmp_path / "events.parquet"
    pd.DataFrame({"date": ["2025-09-01"]}).to_parquet(path)
    with pytest.raises(BadInput, match=r"events\.parquet: a Parquet file, but no state"):
        State.load(path)
    with pytest.raises(BadInput, match=r"none\.parquet: cannot be read"):
        State.load(tmp_path / "none.parquet")


def test_a_file_sorted_otherwise_by_another_tool_is_the_same_state():
    backwards = altered(lambda table: table.take(list(range(table.num_rows))[::-1]))
    assert state_from_bytes(backwards) == state_from_bytes(SAVED)


def test_a_state_that_cannot_be_written_leaves_what_was_there(tmp_path):
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    with pytest.raises(RelationsError, match="cannot be written"):
        State.empty().save(tmp_path / "file" / "state.parquet")
    assert [path.name for path in tmp_path.iterdir()] == ["file"]
    assert (tmp_path / "file").read_text(encoding="utf-8") == "mine"


# Real events


def test_real_events_fed_day_by_day_score_as_in_one_pass(shared):
    frame = pd.read_csv(shared / "validation" / "icews18_events.csv.gz", dtype=str)
    fed = State.empty()
    for _, batch in frame.groupby("date"):
        fed = fed.add(batch)
    assert fed == State.from_events(frame)
    data = state_to_bytes(fed)
    assert len(data) < 100_000
    for at in ("2018-09-30", "2018-10-31"):
        chosen = Settings(half_life_days=180)
        expected = Scores.from_events(frame, at, chosen)
        found = state_from_bytes(data).scores(at, chosen)
        assert words(found) == words(expected)
        assert max(abs(a - b) for a, b in zip(sum(numbers(found), ()), sum(numbers(expected), ()), strict=True)) < 1e-9


# The command line

MONDAY = "date,source,target,type\n2025-09-15,FRA,MLI,SANCTION\n2025-09-15,MLI,RUS,CONSULT\n"
TUESDAY = "date,source,target,type\n2025-09-16,MLI,FRA,ACCUSE\n2025-09-16,RUS,UKR,ASSAULT\n"


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name, text in (("monday.csv", MONDAY), ("tuesday.csv", TUESDAY), ("both.csv", MONDAY + TUESDAY[24:])):
        (tmp_path / name).write_text(text, encoding="utf-8")
    return lambda *args, stdin=None: CliRunner().invoke(cli, args, input=stdin, prog_name="relations")


def test_states_are_added_to_merged_and_scored_from_the_command_line(run, tmp_path):
    assert run("state", "add", "fed.parquet", "monday.csv").exit_code == 0
    said = run("state", "add", "fed.parquet", "-", stdin=TUESDAY)
    assert (said.exit_code, said.stdout) == (0, "")
    assert "2 events added, 4 events in all" in said.stderr
    for name in ("monday", "tuesday"):
        assert run("state", "add", f"{name}.parquet", f"{name}.csv", "-q").exit_code == 0
    assert run("state", "merge", "tuesday.parquet", "monday.parquet", "-o", "sum.parquet").exit_code == 0
    assert run("state", "add", "once.parquet", "both.csv").exit_code == 0
    once = (tmp_path / "once.parquet").read_bytes()
    assert (tmp_path / "fed.parquet").read_bytes() == once
    assert (tmp_path / "sum.parquet").read_bytes() == once
    options = ("--at", "2025-12-31", "--half-life", "180", "--k", "3", "--format", "json")
    for more in ((), ("--directed",), ("--pair", "FRA-MLI")):
        scored = run("state", "score", "fed.parquet", *options, *more)
        expected = json.loads(run("score", "both.csv", *options, *more).stdout)
        assert json.loads(scored.stdout) == expected


def test_texts_are_coded_before_they_are_added(run):
    said = run("state", "add", "s.parquet", "-", "--date", "2022-01-31", stdin="Mali expelled the French ambassador.\n")
    assert said.exit_code == 0
    [row] = json.loads(run("state", "score", "s.parquet", "--format", "json").stdout)
    assert (row["source"], row["target"], row["at"]) == ("FRA", "MLI", "2022-01-31")


def test_show_says_what_a_state_holds(run):
    run("state", "add", "s.parquet", "both.csv", "--scale", "goldstein")
    found = json.loads(run("state", "show", "s.parquet", "--format", "json").stdout)
    assert (found["scale"], found["events"], found["first"], found["last"]) == (
        *("goldstein", 4, "2025-09-15"),
        "2025-09-16",
    )
    assert "goldstein" in run("state", "show", "s.parquet").stdout


def test_a_state_is_scored_at_period_ends_and_on_its_own_scale(run):
    run("state", "add", "s.parquet", "both.csv", "--scale", "goldstein")
    rows = json.loads(run("state", "score", "s.parquet", "--every", "month", "--format", "json").stdout)
    assert {row["at"] for row in rows} == {"2025-09-16"}
    plain = json.loads(run("score", "both.csv", "--scale", "goldstein", "--format", "json").stdout)
    assert [row["score"] for row in rows] == pytest.approx([row["score"] for row in plain], abs=1e-9)


@pytest.mark.parametrize(
    ("args", "code", "part"),
    [
        (("add", "s.parquet", "none.csv"), 1, "none.csv"),
        (("add", "s.parquet", "monday.csv", "--scale", "goldstein"), 1, "other values of --scale"),
        (("add", "monday.csv", "tuesday.csv"), 1, "monday.csv: no Parquet file"),
        (("add", "s.parquet", "s.parquet"), 2, "is an input too"),
        (("score", "s.parquet", "--scale", "goldstein"), 1, "in the sums"),
        (("score", "none.parquet"), 1, "none.parquet: cannot be read"),
        (("score", "s.parquet", "-o", "s.parquet"), 2, "is an input too"),
        (("score", "s.parquet", "-o", "out.xyz"), 1, "xyz"),
        (("merge", "s.parquet", "g.parquet", "-o", "x.parquet"), 1, "in the sums"),
        (("show", "monday.csv"), 1, "monday.csv: no Parquet file"),
    ],
)
def test_what_cannot_be_is_refused_in_a_line_and_nothing_is_written(args, code, part, run, tmp_path):
    run("state", "add", "s.parquet", "monday.csv")
    run("state", "add", "g.parquet", "monday.csv", "--scale", "goldstein")
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    result = run("state", *args)
    assert (result.exit_code, result.stdout) == (code, "")
    assert part in result.stderr
    assert code == 2 or len(result.stderr.splitlines()) == 1
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_scoring_a_day_before_all_events_is_an_empty_answer_with_a_note(run):
    run("state", "add", "s.parquet", "monday.csv")
    result = run("state", "score", "s.parquet", "--at", "1999-01-01")
    assert (result.exit_code, result.stdout) == (0, "")
    assert "no event between two states" in result.stderr


@pytest.mark.parametrize("command", ["add", "merge", "show", "score"])
def test_help_ends_in_an_example(command, run):
    assert f"relations state {command} " in run("state", command, "--help").output.split("Options:")[0]


def test_a_state_given_as_an_input_is_refused_with_the_command_that_reads_it(tmp_path):
    path = tmp_path / "feed.parquet"
    State.from_events([Event("1", date(2025, 9, 19), "FRA", "MLI", type="SANCTION")]).save(path)
    with pytest.raises(BadInput, match=r"feed\.parquet: a state .* Use `relations state score`"):
        relations.score(path)
