"""Claims about scoring as a scikit-learn estimator."""

import inspect
import pickle
from dataclasses import fields
from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.base import clone
from sklearn.exceptions import NotFittedError
from sklearn.model_selection import GridSearchCV, TimeSeriesSplit, cross_val_score
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import FunctionTransformer
from sklearn.utils.estimator_checks import check_estimator

import relations
from relations.errors import BadInput, BadRecord, NoEvidence, NoSuchActor, NotComparable
from relations.records import Event
from relations.scoring.estimator import RelationScorer
from relations.scoring.scores import Scores
from relations.scoring.state import State
from relations.settings import Settings

PAIRS = [("FRA", "MLI"), ("MLI", "RUS"), ("RUS", "FRA")]


def feed(days=120, seed=5, turn=None):
    """Two events a day, in the order of their dates; at day `turn` friends fall out and foes make up."""
    draw = np.random.default_rng(seed)
    dates = pd.Timestamp("2025-01-01") + pd.to_timedelta(np.repeat(np.arange(days), 2), "D")
    friendly = np.tile([True, False], days) ^ (np.repeat(np.arange(days), 2) >= (turn if turn is not None else days))
    types = np.where(
        friendly, draw.choice(["AID", "COOPERATE"], 2 * days), draw.choice(["ACCUSE", "ASSAULT"], 2 * days)
    )
    return pd.DataFrame(
        {"date": dates, "source": np.tile(["MLI", "FRA"], days), "target": np.tile(["RUS", "MLI"], days), "type": types}
    )


FEED = feed()


def test_the_parameters_are_the_settings_with_their_defaults():
    named = {field.name: field.default for field in fields(Settings)}
    given = RelationScorer().get_params()
    assert given.keys() - named.keys() == {"directed"}
    assert Settings(**{name: given[name] for name in named}) == Settings()
    assert list(inspect.signature(RelationScorer).parameters) == [*named, "directed"]


def test_a_clone_has_the_parameters_and_nothing_learned():
    fitted = RelationScorer(k=5, half_life_days=None, actor_weights={"CVL": 0.5}, directed=True).fit(FEED)
    copy = clone(fitted)
    assert copy.get_params() == fitted.get_params()
    with pytest.raises(NotFittedError):
        copy.predict(PAIRS)


def test_fitting_changes_no_parameter_and_no_table():
    scorer, table = RelationScorer(actor_weights={"CVL": 0.5}), FEED.copy()
    before = scorer.get_params()
    assert scorer.fit(table) is scorer
    assert scorer.get_params() == before
    pd.testing.assert_frame_equal(table, FEED)


@pytest.mark.parametrize("directed", [False, True])
@pytest.mark.parametrize("at", [None, "2025-02-01", date(2026, 1, 1)])
@pytest.mark.parametrize("settings", [Settings(), Settings(k=7, half_life_days=30, prior="country", scale="goldstein")])
def test_predictions_are_the_scores_and_the_prior_where_there_is_no_evidence(directed, at, settings):
    named = {field.name: getattr(settings, field.name) for field in fields(Settings)}
    found = RelationScorer(**named, directed=directed).fit(FEED).predict(PAIRS, at=at)
    scores = Scores.from_events(FEED, at or "2025-04-30", settings)
    chosen = scores.directed if directed else scores
    expected = [chosen[pair].score for pair in PAIRS[:2]]
    assert found[:2] == pytest.approx(expected, abs=1e-9)
    rest = scores._ledger(None)[0].reading(scores.at[-1], directed).prior_of(("FRA", "RUS"))
    assert found[2] == pytest.approx(rest, abs=1e-9)
    if settings.prior == "corpus":
        assert found[2] == pytest.approx(scores.prior(), abs=1e-9)


def test_pairs_come_in_any_shape_and_by_any_name():
    scorer = RelationScorer().fit(FEED)
    expected = scorer.predict([("FRA", "MLI")]).tolist()
    table = pd.DataFrame({"target": ["Mali"], "source": ["France"]})
    for pairs in ([["Mali", "France"]], np.array([["MLI", "FRA"]]), (("fr", "ml"),), table, iter([("FRA", "MLI")])):
        assert scorer.predict(pairs).tolist() == expected
    assert scorer.predict(FEED).shape == (len(FEED),)
    assert scorer.predict([]).shape == (0,)


@pytest.mark.parametrize(
    ("pairs", "error", "part"),
    [
        ([("FRA", "Atlantis")], NoSuchActor, "Atlantis"),
        ([("FRA", "FRA")], NoEvidence, "FRA with itself"),
        ([("FRA", "MLI", "RUS")], BadInput, "Want pairs of states"),
        (["FRA-MLI"], BadInput, "Want pairs of states"),
        ([("FRA", "MLI"), ("FRA",)], BadInput, "Want pairs of states"),
        ("FRA-MLI", BadInput, "Want pairs of states"),
        (7, BadInput, "Want pairs of states"),
    ],
)
def test_what_are_no_pairs_of_states_is_refused_in_a_line(pairs, error, part):
    with pytest.raises(error, match=part) as raised:
        RelationScorer().fit(FEED).predict(pairs)
    assert "\n" not in str(raised.value)


@given(st.lists(st.tuples(st.sampled_from(["FRA", "DEU", "RUS"]), st.sampled_from(["MLI", "USA", "IND"])), max_size=8))
@settings(max_examples=25, deadline=None)
def test_a_pair_has_the_same_score_whatever_stands_beside_it(pairs):
    scorer = RelationScorer().fit(FEED)
    together = scorer.predict(pairs)
    assert together.tolist() == [float(scorer.predict([pair])[0]) for pair in pairs]
    assert ((together >= -10) & (together <= 10)).all()


def test_learning_day_by_day_is_learning_all_at_once():
    whole, fed = RelationScorer().fit(FEED), RelationScorer()
    for _, batch in FEED.groupby("date"):
        assert fed.partial_fit(batch) is fed
    assert fed.state_ == whole.state_ == State.from_events(FEED)
    assert (fed.last_day_, fed.n_events_) == (date(2025, 4, 30), 240)
    assert fed.fit(FEED[:2]).n_events_ == 2


def test_half_life_and_k_may_change_after_fitting_and_scale_may_not():
    scorer = RelationScorer().fit(FEED)
    scorer.set_params(half_life_days=30, k=9)
    assert scorer.predict(PAIRS).tolist() == RelationScorer(half_life_days=30, k=9).fit(FEED).predict(PAIRS).tolist()
    scorer.set_params(scale="goldstein")
    with pytest.raises(NotComparable, match="in the sums"):
        scorer.predict(PAIRS)
    with pytest.raises(NotComparable, match="in the sums"):
        scorer.partial_fit(FEED)


def test_events_are_as_good_as_a_table():
    events = [Event("1", date(2025, 9, 1), "FRA", "MLI", type="ASSAULT")]
    assert RelationScorer().fit(events).n_events_ == 1


def test_no_event_is_an_answer_and_every_pair_stands_at_the_prior():
    scorer = RelationScorer().fit(FEED.assign(status="denied"))
    assert (scorer.last_day_, scorer.n_events_) == (None, 0)
    assert [note for note in scorer.notes_ if "denied" in note]
    assert scorer.predict(PAIRS).tolist() == [0.0, 0.0, 0.0]


@pytest.mark.parametrize("X", [np.zeros((3, 2)), "events.csv", 3, pd.DataFrame({"a": [1]}), [("FRA", "MLI")]])
def test_what_holds_no_events_is_refused_in_a_line(X):
    for learn in (RelationScorer().fit, RelationScorer().partial_fit):
        with pytest.raises(BadInput) as error:
            learn(X)
        assert "\n" not in str(error.value)


def test_a_parameter_out_of_range_is_refused_when_fitting():
    scorer = RelationScorer(k=-1)
    with pytest.raises(BadRecord, match="k above 0"):
        scorer.fit(FEED)


def test_a_fitted_scorer_survives_pickling():
    scorer = RelationScorer().fit(FEED)
    assert pickle.loads(pickle.dumps(scorer)).predict(PAIRS).tolist() == scorer.predict(PAIRS).tolist()  # noqa: S301


# How well it forecasts


def test_the_default_score_is_the_error_against_the_mean_of_later_events():
    past, later = FEED[FEED["date"] < "2025-04-01"], FEED[FEED["date"] >= "2025-04-01"]
    scorer = RelationScorer(k=2).fit(past)
    values = {"AID": 10.0, "COOPERATE": 9.5, "ACCUSE": -3.0, "ASSAULT": -9.0}
    later = later.assign(confidence=np.linspace(0.1, 1, len(later)))
    weighed = later.assign(x=later["type"].map(values) * later["confidence"]).groupby(["source", "target"])
    truth = weighed["x"].sum() / weighed["confidence"].sum()
    errors = [scorer.predict([pair])[0] - mean for pair, mean in truth.items()]
    assert scorer.score(later) == pytest.approx(-np.sqrt(np.mean(np.square(errors))), abs=1e-6)


def test_events_of_days_already_seen_are_no_part_of_the_judgement():
    past, later = FEED[FEED["date"] < "2025-04-01"], FEED[FEED["date"] >= "2025-04-01"]
    scorer = RelationScorer().fit(past)
    assert scorer.score(FEED) == scorer.score(later)
    with pytest.raises(BadInput, match=r"No event after 2025-03-31.*Sort the events by date"):
        scorer.score(past)


def test_scores_can_be_judged_against_numbers_from_elsewhere():
    scorer = RelationScorer().fit(FEED)
    found = scorer.predict(PAIRS)
    off = np.add(found, [0, 0, 3])
    assert scorer.score(PAIRS, found) == 0
    assert scorer.score(PAIRS, off) == pytest.approx(-np.sqrt(3))
    assert scorer.score(PAIRS, off, sample_weight=[1, 1, 0]) == 0


@pytest.mark.parametrize(("turn", "best"), [(60, {5.0}), (None, {60.0, None})])
def test_a_search_finds_a_short_half_life_where_relations_turn_and_a_long_one_where_they_last(turn, best):
    events = feed(turn=turn)
    grid = {"half_life_days": [5.0, 60.0, None], "k": [0.5, 2.0]}
    search = GridSearchCV(RelationScorer(), grid, cv=TimeSeriesSplit(3), error_score="raise").fit(events)
    half_life = search.best_params_["half_life_days"]
    assert half_life in best
    assert search.best_params_["k"] == 0.5
    assert search.best_score_ == max(search.cv_results_["mean_test_score"])
    assert (
        search.predict(PAIRS).tolist()
        == RelationScorer(half_life_days=half_life, k=0.5).fit(events).predict(PAIRS).tolist()
    )


def test_each_fold_is_judged_on_the_events_that_follow_it():
    folds = TimeSeriesSplit(4)
    expected = [RelationScorer().fit(FEED.iloc[a]).score(FEED.iloc[b]) for a, b in folds.split(FEED)]
    assert cross_val_score(RelationScorer(), FEED, cv=folds).tolist() == expected


def test_it_stands_at_the_end_of_a_pipeline():
    def of_states(table):
        return table[table["level"] == "state"] if "level" in table else table

    events = FEED.assign(level=np.where(FEED["source"] == "FRA", "state", "party"))
    line = Pipeline([("states", FunctionTransformer(of_states)), ("score", RelationScorer())])
    line.fit(events)
    alone = RelationScorer().fit(FEED[FEED["source"] == "FRA"])
    pairs = pd.DataFrame(PAIRS, columns=["source", "target"])
    assert line.predict(pairs, at="2025-06-01").tolist() == alone.predict(PAIRS, at="2025-06-01").tolist()
    assert clone(line).set_params(score__k=9).fit(events).predict(pairs)[0] != line.predict(pairs)[0]
    later = events.assign(date=events["date"] + pd.Timedelta(days=200))
    assert line.score(later) == alone.score(of_states(later))


def test_of_scikit_learns_own_checks_only_those_fail_that_fit_arrays_of_numbers():
    """X is a table of events: an array of random numbers is refused, and every failing check fails by that."""

    def causes(error):
        while error is not None:
            yield error
            error = error.__cause__ or error.__context__

    found = check_estimator(RelationScorer(), on_fail=None, on_skip=None)
    passed = {check["check_name"] for check in found if check["status"] == "passed"}
    assert passed >= {
        "check_estimator_cloneable", "check_estimator_repr", "check_no_attributes_set_in_init",
        "check_do_not_raise_errors_in_init_or_set_params", "check_estimators_unfitted", "check_get_params_invariance",
        "check_set_params", "check_parameters_default_constructible", "check_valid_tag_types", "check_mixin_order",
    }  # fmt: skip
    for check in found:
        if check["status"] == "failed":
            assert [error for error in causes(check["exception"]) if isinstance(error, BadInput)], check["check_name"]


def test_the_scorer_is_public():
    assert relations.RelationScorer is RelationScorer


def test_real_events_are_forecast_better_by_shrunken_scores(shared):
    frame = pd.read_csv(shared / "validation" / "icews18_events.csv.gz", dtype=str)
    frame = frame.sort_values("date", kind="stable", ignore_index=True)
    search = GridSearchCV(RelationScorer(scale="goldstein"), {"k": [0.1, 5]}, cv=TimeSeriesSplit(3)).fit(frame)
    assert search.best_params_ == {"k": 5}
    unshrunk, shrunk = search.cv_results_["mean_test_score"]
    assert -4 < unshrunk < shrunk < -3
