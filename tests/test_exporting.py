"""Claims about results that leave the package."""

import csv
import io
import json
from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from relations.errors import BadRecord
from relations.exporting import (
    SCORE_FORMATS,
    export_comparison,
    export_events,
    export_explanation,
    export_scores,
    scores_to_geodataframe,
    scores_to_networkx,
    table_of,
)
from relations.globe import lines_between
from relations.records import Event
from relations.scoring.scores import FIELDS, Scores

EVENTS = [
    Event("1", date(2023, 1, 20), "BFA", "FRA", type="PROTEST"),
    Event("=2", date(2025, 9, 19), "FRA", "MLI", type="SANCTION", sentence="=cmd() | <b> _x_ \ud800", title="-t"),
    Event("3", date(2025, 6, 23), "RUS", "USA", type="CONSULT", status="denied"),
    Event("4", date(2025, 6, 23), "FJI", "WSM", type="CONSULT"),
]
DAYS = ["2023-12-31", "2025-09-22"]


@pytest.fixture
def scores():
    return Scores.from_events(EVENTS, DAYS)


def strict(text):
    def refuse(name):
        raise AssertionError(name)

    return json.loads(text, parse_constant=refuse)


def test_json_keeps_full_precision_and_is_a_list_of_scores(scores):
    rows = strict(export_scores(scores, "json"))
    assert [set(row) for row in rows] == [set(FIELDS)] * len(scores)
    assert [row["score"] for row in rows] == [score.score for score in scores]
    assert rows[0]["trend"] is None
    assert rows == [json.loads(line) for line in export_scores(scores, "jsonl").splitlines()]


def test_csv_has_four_decimals_iso_dates_and_line_feeds(scores):
    text = export_scores(scores, "csv")
    [first, *_] = list(csv.DictReader(io.StringIO(text)))
    assert (first["at"], first["directed"], first["trend"]) == ("2023-12-31", "false", "")
    assert first["score"] == f"{next(iter(scores)).score:.4f}"
    assert "\r" not in text


def test_negative_numbers_stay_numbers_for_a_spreadsheet(scores):
    assert "'-" not in export_scores(scores, "csv")


def test_the_table_is_aligned_and_says_the_word(scores):
    lines = export_scores(scores, "table").splitlines()
    assert lines[0].split()[:4] == ["at", "source", "target", "score"]
    assert (
        len({line.index(word) for line, word in zip(lines[1:], ("cool", "neutral", "neutral", "cool"), strict=True)})
        == 1
    )


def test_only_the_asked_pairs_are_given(scores):
    assert len(strict(export_scores(scores, "json", pairs=[("MLI", "FRA")]))) == 1
    assert strict(export_scores(scores, "json", pairs=[("MLI", "FRA")], directed=True)) == []
    assert strict(export_scores(scores, "json", pairs=[("FRA", "MLI")], directed=True))[0]["directed"] is True


@pytest.mark.parametrize("format", SCORE_FORMATS)
def test_no_scores_can_be_written_in_any_format(format):
    assert isinstance(export_scores(Scores.from_events([]), format), (str, bytes))


def test_an_unknown_format_is_refused_with_the_known_ones(scores):
    with pytest.raises(BadRecord, match=r"table, .*json"):
        export_scores(scores, "xlsx")


def test_parquet_gives_the_scores_back(scores):
    frame = pd.read_parquet(io.BytesIO(export_scores(scores, "parquet")))
    assert frame["score"].tolist() == [score.score for score in scores]
    assert frame["at"].tolist() == [score.at for score in scores]


def test_geojson_draws_a_line_from_state_to_state_and_cuts_it_at_the_antimeridian(scores):
    found = strict(export_scores(scores, "geojson"))
    assert found["type"] == "FeatureCollection"
    by_id = {feature["id"]: feature for feature in found["features"]}
    assert by_id["FRA-MLI-2025-09-22"]["geometry"]["type"] == "LineString"
    assert by_id["FJI-WSM-2025-09-22"]["geometry"]["type"] == "MultiLineString"
    for feature in found["features"]:
        lines = feature["geometry"]["coordinates"]
        for line in lines if feature["geometry"]["type"] == "MultiLineString" else [lines]:
            assert abs(line[0][0] - line[1][0]) <= 180


def test_a_line_crosses_the_antimeridian_where_it_must():
    assert lines_between((-170.0, 10.0), (170.0, 0.0)) == [
        [(-170.0, 10.0), (-180.0, 5.0)],
        [(180.0, 5.0), (170.0, 0.0)],
    ]
    assert lines_between((10.0, 0.0), (20.0, 5.0)) == [[(10.0, 0.0), (20.0, 5.0)]]


def test_a_geodataframe_has_a_row_a_pair_and_snapshot(scores):
    frame = scores_to_geodataframe(scores)
    assert len(frame) == len(scores)
    assert frame.crs.to_epsg() == 4326
    assert frame.geometry.notna().all()
    assert len(scores_to_geodataframe(Scores.from_events([]))) == 0


def test_a_state_without_a_place_on_the_map_has_no_line():
    frame = scores_to_geodataframe(Scores.from_events([Event("1", date(1985, 1, 1), "SUN", "AFG", type="ASSAULT")]))
    assert frame.geometry.isna().all()


def test_a_graph_has_an_edge_for_each_direction_keyed_by_its_day(scores):
    graph = scores_to_networkx(scores)
    assert set(graph["BFA"]["FRA"]) == set(DAYS)
    assert graph["FRA"]["MLI"]["2025-09-22"]["score"] == scores.directed["FRA", "MLI"].score
    assert graph.nodes["MLI"]["name"] == "Mali"
    assert scores_to_networkx(Scores.from_events([])).number_of_nodes() == 0


def test_graphml_can_be_read_again(scores):
    import networkx

    graph = networkx.parse_graphml(export_scores(scores, "graphml", directed=True), force_multigraph=True)
    assert {(a, b) for a, b, _ in graph.edges} == {("BFA", "FRA"), ("FRA", "MLI"), ("FJI", "WSM")}


def test_markdown_cells_are_no_markup(scores):
    text = export_explanation(scores.explain("FRA", "MLI"), "markdown")
    assert r"=cmd() \| &lt;b&gt; \_x\_" in text
    assert "<b>" not in text


def test_an_explanation_leaves_in_every_format(scores):
    explanation = scores.explain("FRA", "MLI")
    found = strict(export_explanation(explanation, "json"))
    assert sum(part["contribution"] for part in found["contributions"]) == pytest.approx(found["score"])
    assert found["contributions"][-1]["event"] is None
    assert found["contributions"][0]["event"]["date"] == "2025-09-19"
    assert len(pd.read_parquet(io.BytesIO(export_explanation(explanation, "parquet")))) == 2
    rows = list(csv.DictReader(io.StringIO(export_explanation(explanation, "csv"))))
    assert rows[0]["sentence"].startswith("'=cmd()")
    assert rows[0]["contribution"].startswith("-")
    assert "FRA -> MLI  sanctions" in export_explanation(explanation, "table")


def test_what_does_not_count_is_added_when_asked_for():
    denied = Event("5", date(2025, 9, 1), "FRA", "MLI", type="ASSAULT", status="denied")
    explanation = Scores.from_events([*EVENTS, denied], DAYS).explain("FRA", "MLI")
    for format in ("table", "markdown"):
        assert "denied: what is said not to have happened" in export_explanation(explanation, format, why_not=True)
        assert "denied:" not in export_explanation(explanation, format)
    assert strict(export_explanation(explanation, "json", why_not=True))["why_not"][0]["event"]["id"] == "5"


def test_a_comparison_has_the_shape_that_is_promised(scores):
    rows = strict(export_comparison(scores.compare(*DAYS), "json"))
    for row in rows:
        assert set(row) >= {
            "source", "target", "before", "after", "change", "before_state", "after_state", "contributions", "causes",
        }  # fmt: skip
        assert row["change"] == pytest.approx(row["after"] - row["before"])
        assert sum(part["contribution"] for part in row["contributions"]) == pytest.approx(row["change"], abs=1e-9)
        assert list(row["causes"]) == ["prior", "removed", "revised", "decay", "added"]
        assert sum(row["causes"].values()) == pytest.approx(row["change"], abs=1e-9)
    assert rows[0]["contributions"][0]["event"] is None


def test_a_comparison_names_the_events_that_moved_it(scores):
    text = export_comparison(scores.compare(*DAYS), "table")
    assert "FRA -> MLI  sanctions (new)" in text
    assert "FRA-MLI -" in text
    for format in ("csv", "markdown", "jsonl", "parquet"):
        assert export_comparison(scores.compare(*DAYS), format)


def test_late_news_is_called_late():
    from relations.snapshots.comparing import compare_snapshots

    before = Scores.from_events(EVENTS[:1], DAYS[0]).snapshot("a")
    after = Scores.from_events([*EVENTS, replace(EVENTS[1], id="late", date=date(2023, 6, 1))], DAYS[1]).snapshot("b")
    assert "(added, late)" in export_comparison(compare_snapshots(before, after), "table")


def test_events_leave_as_a_table_or_as_they_can_be_read_again():
    from relations.events.table import check_frame, events_to_frame, read_events

    frame = check_frame(events_to_frame(EVENTS)).frame
    assert "FRA     sanctions" in export_events(frame, "table")
    assert export_events(frame.iloc[:0], "table") == ""
    again = read_events(io.BytesIO(export_events(frame, "csv").encode()), "csv")
    pd.testing.assert_frame_equal(again, frame)


def test_rows_become_a_table():
    assert table_of([]) == ""
    assert table_of([{"type": "AID", "f1": 90.0}]).splitlines()[1].split() == ["AID", "90.0"]
