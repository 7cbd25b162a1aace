"""A picture for a paper says the same as the map, in the same colours."""

from __future__ import annotations

from datetime import date

import matplotlib
import pytest
from click.testing import CliRunner
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.patches import FancyArrowPatch

import relations
from relations.cli.map import map_command
from relations.errors import BadDate, BadInput, NoSuchActor
from relations.maps.choosing import arcs_of, paints_of, scores_on
from relations.maps.colours import palette
from relations.maps.projecting import Projection
from relations.maps.static import frame_of, picture, plot_map, save_map
from relations.records import Event
from relations.scoring.scores import Scores
from relations.scoring.words import class_of


def arcs_on(ax) -> list[FancyArrowPatch]:
    return [patch for patch in ax.patches if isinstance(patch, FancyArrowPatch)]


def texts_on(ax) -> list[str]:
    return [text.get_text() for text in ax.texts]


def fills_on(ax) -> set[str]:
    return {to_hex(colour) for drawn in ax.collections for colour in drawn.get_facecolor() if colour[3]}


def test_countries_have_the_colours_of_their_classes(scores):
    fills, colours = fills_on(plot_map(scores, focus="MLI")), palette()
    for partner in ("FRA", "RUS"):
        assert colours["fill"][class_of(scores["MLI", partner].score)] in fills
    assert colours["focus"] in fills


def test_no_data_is_hatched_and_not_the_middle_of_the_scale(scores):
    drawn = [one for one in plot_map(scores, focus="MLI").collections if one.get_hatch() and "\\" in one.get_hatch()]
    assert [to_hex(one.get_facecolor()[0]) for one in drawn] == [palette()["land"]]


def test_the_scale_stands_below_the_map_with_its_breaks_and_words(scores):
    from matplotlib.text import Text

    words = {text.get_text() for text in plot_map(scores).findobj(Text)}
    assert {"hostile", "neutral", "close", "\u22125", "+2.5", "no data", "thin evidence", "contested"} <= words
    bare = {text.get_text() for text in plot_map(scores, legend=False).findobj(Text)}
    assert "hostile" not in bare


def test_an_arc_has_the_line_colour_of_its_score_and_a_head_when_it_goes_one_way(scores):
    ax = plot_map(scores, focus="MLI")
    colours = {to_hex(arc.get_edgecolor()) for arc in arcs_on(ax)}
    found = arcs_of(scores, scores_on(scores, scores.at[-1], "MLI"), "MLI")
    assert colours == {palette()["line"][class_of(arc.score)] for arc in found}
    assert {(arc.source, arc.target) for arc in found if arc.heads} >= {("FRA", "MLI"), ("MLI", "FRA")}


def test_without_a_focus_a_country_has_the_weighted_mean_of_its_relations(scores):
    found = scores_on(scores, scores.at[-1])
    mali = [s for s in found if "MLI" in (s.source, s.target)]
    mean = sum(s.score * s.weight for s in mali) / sum(s.weight for s in mali)
    assert paints_of(found)["MLI"].shade == class_of(mean)


def test_the_title_is_the_finding_and_can_be_mine_or_none(scores):
    assert plot_map(scores, focus="MLI").get_title(loc="left").startswith("Mali: ")
    assert plot_map(scores, title="Figure 1").get_title(loc="left") == "Figure 1"
    assert plot_map(scores, title="").get_title(loc="left") == ""


def test_the_note_names_the_day_and_what_borders_do_not_imply(scores):
    note = " ".join(" ".join(texts_on(plot_map(scores, at="2023-12-31"))).split())
    assert "31 December 2023" in note
    assert "imply no endorsement" in note


def test_ends_are_named_and_no_name_covers_another(scores):
    ax = plot_map(scores, focus="MLI")
    assert {"Mali", "France", "Russia"} <= set(texts_on(ax))
    names = [text for text in ax.texts if text.get_text() in ("Mali", "France", "Russia")]
    boxes = [text.get_window_extent() for text in names]
    assert not any(one.overlaps(other) for place, one in enumerate(boxes) for other in boxes[:place])
    assert not {"Mali", "France"} & set(texts_on(plot_map(scores, focus="MLI", labels=False)))


def test_a_line_over_the_180th_meridian_leaves_at_one_edge_and_comes_back_at_the_other():
    world = Projection()
    (one, out), (back, other) = world.lines((178.0, -18.0), (-172.0, -13.0))
    assert one == pytest.approx(world.point(178.0, -18.0))
    assert other == pytest.approx(world.point(-172.0, -13.0))
    assert out[0] > one[0] > 0 > other[0] > back[0]
    assert len(world.lines((0.0, 10.0), (100.0, 10.0))) == 1


def test_around_fiji_the_180th_meridian_is_no_edge():
    fiji = Scores.from_events([Event(str(n), date(2025, 1, 1), "FJI", "TON", type="AID", quad=2) for n in range(3)])
    frame = frame_of(fiji, focus="FJI")
    west, _, east, _ = frame.bounds
    tonga = frame.point(-175.2, -21.2)
    assert west < frame.point(178.0, -17.8)[0] < tonga[0] < east
    assert len(frame.lines((178.0, -17.8), (-175.2, -21.2))) == 1


def test_the_world_keeps_areas_and_leaves_out_antarctica():
    world = Projection()
    west, south, east, north = world.bounds
    assert east == -west
    assert -7_000_000 < south < -5_500_000
    assert 7_500_000 < north < 8_400_000


def test_a_dossier_of_one_part_of_the_world_fills_the_picture_and_a_wide_one_has_the_world(scores):
    far = [
        Event(str(n), date(2025, 1, 1), *pair, type="AID", quad=2)
        for n, pair in enumerate([("USA", "AUS"), ("CHN", "BRA")])
    ]
    assert frame_of(scores).centre is not None
    assert frame_of(Scores.from_events(far)).centre is None


def test_small_multiples_share_one_frame(scores):
    frame = frame_of(scores, focus="MLI")
    axes = [plot_map(scores, at=day, focus="MLI", frame=frame) for day in scores.at]
    assert axes[0].get_xlim() == axes[1].get_xlim()


def test_a_picture_is_drawn_on_my_axes_and_leaves_my_settings_alone(scores):
    before = {name: value for name, value in matplotlib.rcParams.items() if name != "backend"}
    mine = Figure().add_subplot()
    assert scores.plot_map(at="2023-12-31", focus="MLI", ax=mine) is mine
    assert {name: matplotlib.rcParams[name] for name in before} == before


@pytest.mark.parametrize(("kind", "start"), [("svg", b"<?xml"), ("png", b"\x89PNG"), ("pdf", b"%PDF")])
def test_the_same_scores_give_the_same_file(tmp_path, scores, kind, start):
    path = tmp_path / f"map.{kind}"
    save_map(scores, path, dpi=60)
    assert path.read_bytes().startswith(start)
    assert path.read_bytes() == picture(scores, kind, dpi=60)


def test_a_column_is_89_millimetres_wide(scores):
    assert plot_map(scores).figure.get_size_inches()[0] == pytest.approx(89 / 25.4, abs=0.01)


def test_nothing_scored_is_still_a_world():
    empty = plot_map(Scores.from_events([]))
    assert empty.get_title(loc="left") == "No relation was found"
    assert arcs_on(empty) == []


def test_what_cannot_be_is_refused_in_a_line(tmp_path, scores):
    with pytest.raises(BadInput, match=r"\.svg, \.png, \.pdf"):
        save_map(scores, tmp_path / "map.bmp")
    with pytest.raises(BadDate, match="There are 2023-12-31"):
        plot_map(scores, at="2020-01-01")
    with pytest.raises(BadInput, match="No theme"):
        plot_map(scores, theme="auto")
    with pytest.raises(NoSuchActor):
        plot_map(scores, focus="Atlantis")


@pytest.mark.parametrize("given", [[], ["--worldview", "ne"]])
def test_the_command_line_draws_the_borders_asked_for(tmp_path, given):
    (tmp_path / "events.csv").write_text("date,source,target,type\n2025-01-01,MAR,FRA,CONSULT\n", encoding="utf-8")
    asked = [str(tmp_path / "events.csv"), "-o", str(tmp_path / "asked.svg"), "-q", *given]
    assert CliRunner().invoke(map_command, asked, standalone_mode=False).exception is None
    found = relations.score(tmp_path / "events.csv")
    for worldview in ("un", "ne"):
        save_map(found, tmp_path / f"{worldview}.svg", worldview=worldview)
    same = (tmp_path / "asked.svg").read_bytes() == (tmp_path / f"{'ne' if given else 'un'}.svg").read_bytes()
    assert same
    assert (tmp_path / "un.svg").read_bytes() != (tmp_path / "ne.svg").read_bytes()
