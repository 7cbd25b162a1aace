"""Claims about the picture of a score's course."""

import importlib.util
import sys
from datetime import date, timedelta
from itertools import combinations
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relations.errors import BadDate, MissingExtra, NoEvidence
from relations.maps.colours import palette
from relations.records import Event
from relations.scoring.picturing import LABELS, QUAD_WORDS, date_words, quad_colour, runs
from relations.scoring.placing import place_labels
from relations.scoring.scores import Scores
from relations.scoring.svg import date_ticks, draw_svg, sparkline
from relations.scoring.words import WORDS, class_of

SVG = "{http://www.w3.org/2000/svg}"
needs_matplotlib = pytest.mark.skipif(
    importlib.util.find_spec("matplotlib") is None, reason="matplotlib comes with the extra plot"
)


def events_of(count=40, hostile=20):
    """Friendly events, one a fortnight, that turn hostile."""
    start = date(2021, 1, 4)
    kinds = [("COOPERATE", 2, 7.0), ("CONSULT", 1, 3.0), ("ACCUSE", 3, -2.0), ("SANCTION", 4, -6.0)]
    for n in range(count):
        type_, quad, value = kinds[n % 2 + (2 if n >= hostile else 0)]
        ends = ("FRA", "MLI") if n % 3 else ("MLI", "FRA")
        yield Event(f"{n:02}", start + timedelta(days=14 * n), *ends, type=type_, quad=quad, goldstein=value,
                    sentence="<script>$x$</script>")  # fmt: skip


@pytest.fixture(scope="module")
def scores():
    return Scores.from_events([*events_of(), Event("other", date(2022, 1, 1), "FRA", "RUS", type="SANCTION")])


@pytest.fixture(scope="module")
def picture(scores):
    return scores.picture("FRA", "MLI")


def texts_of(svg):
    return [element.text or "" for element in ElementTree.fromstring(svg).iter(f"{SVG}text")]


def test_the_title_says_in_words_what_the_newest_score_says(scores, picture):
    newest = scores["FRA", "MLI"]
    assert (newest.word, newest.state, round(newest.score, 1)) == ("neutral", "contested", -0.2)
    assert picture.title == "Tone between France and Mali: neutral (−0.2) on 4 July 2022"
    assert picture.subtitle.startswith(f"{-newest.trend:.1f} below a year before, contested, 40 events. Shaded: 90%")


def test_a_direction_is_named_as_one(scores):
    assert scores.picture("MLI", "FRA", directed=True).title.startswith("Tone of Mali towards France: ")


def test_all_events_are_marks_and_the_curve_jumps_where_they_are(picture):
    days = [event.date for event in events_of()]
    assert sorted(mark.day for mark in picture.marks) == days
    drawn = [stamp.date() for stamp in picture.curve.frame["at"]]
    assert set(days) <= set(drawn) and {day - timedelta(days=1) for day in days[1:]} <= set(drawn)
    assert picture.quads == [1, 2, 3, 4]


def test_a_mark_is_as_large_as_the_contribution_of_its_event_on_its_day(scores, picture):
    for mark in picture.marks[::7]:
        explained = scores.explain("FRA", "MLI", mark.day)
        [own] = [part.contribution for part in explained if part.event and part.event.date == mark.day]
        assert mark.contribution == pytest.approx(own, abs=1e-12)
    sizes = [abs(mark.contribution) for mark in picture.marks]
    assert sizes == sorted(sizes, reverse=True) and sizes[0] == picture.largest


def test_of_very_many_events_the_contributions_are_near(monkeypatch):
    import relations.scoring.picturing as picturing

    scores = Scores.from_events(list(events_of(80)))
    exact = {mark.day: mark.contribution for mark in scores.picture("FRA", "MLI").marks}
    monkeypatch.setattr(picturing, "JUMPS", 40)
    near = {mark.day: mark.contribution for mark in scores.picture("FRA", "MLI").marks}
    assert near == pytest.approx(exact, rel=0.1) and near != exact


def test_few_events_are_named_and_the_one_that_carries_a_change_first(picture):
    [change] = picture.changes
    assert change.direction == "worse"
    assert 1 <= len(picture.labels) <= LABELS
    assert picture.labels[0].day == change.carried_by[0].event.date
    assert picture.labels[0].words in ("France sanctions Mali", "Mali sanctions France")


def test_events_of_one_day_value_and_class_are_one_mark():
    twice = [Event(str(n), date(2022, 1, 1), "FRA", "MLI", type="ACCUSE", quad=3, document=str(n)) for n in range(2)]
    [mark] = Scores.from_events(twice).picture("FRA", "MLI").marks
    assert mark.contribution == pytest.approx(2 * (-3 + 6 / 52) / (2 + 2))


def test_a_later_start_shows_less_and_changes_no_score(scores, picture):
    late = scores.picture("FRA", "MLI", start="2022-01-01")
    assert late.start == date(2022, 1, 1) == late.curve.frame["at"].iloc[0].date()
    assert 0 < len(late.marks) < len(picture.marks)
    assert late.curve.frame["score"].iloc[-1] == picture.curve.frame["score"].iloc[-1]


def test_runs_cover_the_curve_once_in_the_colours_of_its_classes(picture):
    found = runs(picture)
    assert [run.start for run in found[1:]] == [run.end for run in found[:-1]]
    assert (found[0].start, found[-1].end) == (0, len(picture.curve) - 1)
    score = picture.curve.frame["score"].tolist()
    for run in found:
        for n in range(run.start, run.end):
            assert class_of((score[n] + score[n + 1]) / 2) == run.colour


def test_the_svg_is_a_document_that_says_what_it_shows(scores, picture):
    svg = scores.to_svg("FRA", "MLI")
    root = ElementTree.fromstring(svg)
    assert root.get("viewBox") == "0 0 900 450"
    assert root.find(f"{SVG}title").text == picture.title
    texts = texts_of(svg)
    assert {picture.title, picture.subtitle, *WORDS, "−10", "0", "+10"} <= set(texts)
    assert {QUAD_WORDS[quad] for quad in (1, 2, 3, 4)} <= set(texts)
    assert {"Apr 2021", "Jan 2022"} <= set(texts)
    assert f"worse by {-picture.changes[0].shift:.1f}" in texts
    [marks] = [group for group in root.iter(f"{SVG}g") if group.get("fill-opacity")]
    assert len(marks) == len(picture.marks)


def test_the_svg_holds_nothing_of_the_texts_and_nothing_from_outside(scores):
    svg = scores.to_svg("FRA", "MLI")
    assert "script" not in svg and "href" not in svg and "url(" not in svg
    assert svg.count("http") == 1 == svg.count("http://www.w3.org/2000/svg")


def test_the_svg_is_the_same_each_time_and_differs_by_theme(scores):
    assert scores.to_svg("FRA", "MLI") == scores.to_svg("FRA", "MLI")
    dark = scores.to_svg("FRA", "MLI", theme="dark")
    assert palette("dark")["page"] in dark and palette("dark")["page"] not in scores.to_svg("FRA", "MLI")


def test_what_is_drawn_stays_on_the_paper(picture):
    root = ElementTree.fromstring(draw_svg(picture, palette(), 600, 300))
    for circle in root.iter(f"{SVG}circle"):
        assert 0 <= float(circle.get("cx")) <= 600 and 0 <= float(circle.get("cy")) <= 300


def test_one_event_is_a_picture_too():
    scores = Scores.from_events([Event("1", date(2022, 1, 1), "FRA", "MLI", type="ACCUSE", quad=3)])
    assert "1 event." in scores.to_svg("FRA", "MLI")
    assert "as a year before" not in scores.picture("FRA", "MLI").subtitle


def test_a_pair_without_evidence_has_no_picture(scores):
    with pytest.raises(NoEvidence, match="USA"):
        scores.to_svg("FRA", "USA")
    with pytest.raises(BadDate):
        scores.to_svg("FRA", "MLI", start="2030-01-01")


BOXES = st.tuples(st.floats(0, 380), st.floats(0, 280), st.floats(1, 12))


@given(st.lists(BOXES, min_size=1, max_size=6))
def test_labels_hide_neither_one_another_nor_their_marks(picture, boxes):
    marks = [mark._replace(words="France sanctions Mali") for mark in sorted(picture.marks)[: len(boxes)]]
    spots = dict(zip(marks, boxes, strict=True))

    def at(mark):
        x, y, radius = spots[mark]
        return x - radius, y - radius, x + radius, y + radius

    drawn = type(picture)(picture.title, "", picture.curve, tuple(marks), tuple(marks), (), picture.start, picture.end)
    placed = place_labels(drawn, at, (0, 0, 400, 300), 5, 12)
    size = 5 * len("France sanctions Mali")
    found = [
        (p.x, p.y - 4, p.x + size, p.y + 4) if p.anchor == "start" else (p.x - size, p.y - 4, p.x, p.y + 4)
        for p in placed
    ]
    for one, other in combinations([*found], 2):
        assert one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
    for left, top, right, bottom in found:
        assert left >= 0 and right <= 400 and top >= 0 and bottom <= 300
        assert not any(left < at(m)[2] and at(m)[0] < right and top < at(m)[3] and at(m)[1] < bottom for m in marks)


SPANS = st.tuples(st.dates(date(1850, 1, 1), date(2060, 1, 1)), st.integers(0, 40_000))


@given(SPANS)
def test_an_axis_has_some_dates_in_their_order_and_not_too_many(span):
    first, length = span
    last = first + timedelta(days=length)
    ticks = date_ticks(first, last)
    days = [day for day, _ in ticks]
    assert 1 <= len(days) <= 9
    assert days == sorted(set(days)) and all(first <= day <= last for day in days)
    assert ticks[0][1].endswith(str(days[0].year))


def test_dates_are_words_whatever_the_locale():
    assert [date_words(date(2025, month, 1)) for month in (3, 12)] == ["1 March 2025", "1 December 2025"]


def test_quad_classes_have_colours_of_their_own():
    assert len({quad_colour(quad, palette()) for quad in QUAD_WORDS}) == len(QUAD_WORDS)


def test_a_sparkline_ends_in_the_colour_of_the_newest_class(scores):
    svg = sparkline(scores.series("FRA", "MLI"), palette())
    root = ElementTree.fromstring(svg)
    newest = scores["FRA", "MLI"]
    circle = root.find(f"{SVG}circle")
    assert circle.get("fill") == palette()["line"][class_of(newest.score)]
    assert float(circle.get("cy")) == pytest.approx(3 + (10 - newest.score) / 20 * 22, abs=0.06)
    assert float(circle.get("cx")) == 117


def test_a_sparkline_of_nothing_is_empty(scores):
    series = scores.series("FRA", "MLI", start="2020-01-01", every=1)
    nothing = type(series)("FRA", "MLI", False, series.frame.iloc[:5])
    assert sparkline(nothing, palette()) == ""


@needs_matplotlib
class TestMatplotlib:
    """What the drawing holds; how it looks was judged by eye."""

    @pytest.fixture(autouse=True)
    def without_a_display(self):
        import matplotlib
        from matplotlib import pyplot

        before = matplotlib.get_backend()
        matplotlib.use("agg")
        yield
        pyplot.close("all")
        matplotlib.use(before)

    def test_a_figure_of_its_own_has_900_x_450_pixels_and_the_title(self, scores, picture):
        axes = scores.plot("FRA", "MLI")
        assert axes.get_title(loc="left") == picture.title
        assert tuple(axes.figure.get_size_inches() * axes.figure.dpi) == (900, 450)
        assert axes.get_ylim() == (-10, 10)

    def test_given_axes_are_drawn_on_and_returned(self, scores):
        from matplotlib.figure import Figure

        axes = Figure().subplots(2)[1]
        assert scores.plot("FRA", "MLI", ax=axes) is axes
        assert axes.get_title(loc="left")

    def test_events_band_line_classes_and_changes_are_there(self, scores, picture):
        axes = scores.plot("FRA", "MLI")
        dots = [c for c in axes.collections if c.get_label() in QUAD_WORDS.values()]
        assert sum(len(c.get_offsets()) for c in dots) == len(picture.marks)
        assert [text.get_text() for text in axes.get_legend().get_texts()] == [QUAD_WORDS[q] for q in picture.quads]
        words = {text.get_text() for text in axes.texts}
        assert set(WORDS) <= words and picture.subtitle in words
        assert f"worse by {-picture.changes[0].shift:.1f}" in words
        colours = {line.get_color() for line in axes.lines}
        assert {palette()["line"][run.colour] for run in runs(picture)} <= colours

    def test_the_same_picture_is_the_same_file(self, picture):
        from relations.scoring.plotting import render

        once, again = (render(picture, palette()) for _ in range(2))
        assert once == again
        assert once.startswith(b"\x89PNG") and (once[18:20], once[22:24]) == ((900).to_bytes(2), (450).to_bytes(2))

    def test_one_event_is_a_drawing_too(self):
        scores = Scores.from_events([Event("1", date(2022, 1, 1), "FRA", "MLI", type="ACCUSE", quad=3)])
        assert scores.plot("FRA", "MLI").get_title(loc="left").startswith("Tone between France and Mali: ")


def test_without_matplotlib_one_line_names_the_extra(scores, monkeypatch):
    for name in [name for name in sys.modules if name.split(".")[0] == "matplotlib"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(MissingExtra, match=r"pip install 'relations-map\[plot\]'") as caught:
        scores.plot("FRA", "MLI")
    assert "\n" not in str(caught.value)
