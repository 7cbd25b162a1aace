from __future__ import annotations

import geopandas
import pytest
import shapely
from shapely.geometry import Point

from relations.errors import RelationsError
from relations.maps.geometry import (
    WORLDVIEWS,
    Place,
    load_disputed,
    load_geometries,
    load_places,
    load_topology,
    topojson_text,
)
from relations.resources import read_table

UN_MEMBERS = {row["code"] for row in read_table("states.tsv") if row["kind"] == "un_member"}
TERRITORIES = {row["code"] for row in read_table("states.tsv") if row["kind"] == "territory"}
OTHER_STATES = {"VAT", "PSE", "XKX", "TWN", "ESH"}
NO_STATES_LAND = {"un": {"KAS"}, "ne": {"CYN", "KAS", "SOL"}}
CRIMEA, LAAYOUNE, GOLAN = Point(34.1, 45.0), Point(-13.0, 27.1), Point(35.78, 33.0)
HARGEISA, NORTH_NICOSIA, SIACHEN = Point(44.07, 9.56), Point(33.4, 35.28), Point(77.1, 35.4)


@pytest.fixture(scope="module", params=WORLDVIEWS)
def view(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture(scope="module")
def world(view: str) -> geopandas.GeoDataFrame:
    return load_geometries(view).set_index("iso3")


def owner(worldview: str, point: Point) -> list[str]:
    world = load_geometries(worldview)
    return world.loc[world.contains(point), "iso3"].tolist()


def test_every_un_member_and_five_more_can_be_drawn_in_both_views(world):
    assert len(UN_MEMBERS) == 193
    assert (UN_MEMBERS | OTHER_STATES) - set(world.index) == set()


def test_a_code_is_a_state_a_territory_or_land_that_belongs_to_no_score(view, world):
    assert set(world.index) - UN_MEMBERS - OTHER_STATES - TERRITORIES == NO_STATES_LAND[view]


def test_codes_are_sorted_and_stand_once(world):
    assert world.index.is_monotonic_increasing
    assert world.index.is_unique


def test_no_shape_reaches_around_the_world(world):
    bounds = world.explode().bounds
    assert (bounds["maxx"] - bounds["minx"]).max() < 180
    assert bounds.min().min() >= -180
    assert bounds["maxx"].max() <= 180


def test_both_ends_of_russia_and_fiji_are_there(world):
    for code in ("RUS", "FJI"):
        west, _, east, _ = world.geometry[code].bounds
        assert (west, east) == (-180, 180)


def test_the_south_atlantic_is_sea(world):
    assert not world.intersects(Point(0, -30)).any()


def test_antarctica_is_not_drawn(world):
    assert world.total_bounds[1] > -60


def test_shapes_are_sound_and_neighbours_neither_overlap_nor_gape(world):
    assert world.is_valid.all()
    assert shapely.coverage_is_valid(world.geometry.values)


def test_no_island_is_lost_between_the_views():
    def land(worldview: str) -> int:
        return len(shapely.get_parts(shapely.coverage_union_all(load_geometries(worldview).geometry.values)))

    assert land("un") == land("ne") == 1323  # as many as Natural Earth has, without Antarctica


def test_a_shape_has_a_code_and_nothing_else(view):
    topology = load_topology(view)
    assert list(topology["objects"]) == ["countries", "disputed"]
    for shape in topology["objects"]["countries"]["geometries"]:
        assert set(shape) == {"type", "id", "arcs"}


def test_a_border_between_neighbours_is_stored_once(view):
    steps = [tuple(map(tuple, arc)) for arc in load_topology(view)["arcs"]]
    used = _arcs_used(load_topology(view))
    borders = {steps[max(number, ~number)] for number in used}
    assert len(borders) == len({max(number, ~number) for number in used})
    dashed = {number for (number,) in load_topology(view)["objects"]["disputed"]["arcs"]}
    assert {number if number >= 0 else ~number for number in used} | dashed == set(range(len(steps)))
    assert len(used) == len(set(used))


def _arcs_used(topology: dict) -> list[int]:
    shapes = topology["objects"]["countries"]["geometries"]
    return [n for shape in shapes for polygon in shape["arcs"] for ring in polygon for n in ring]


def test_a_page_can_carry_a_view_and_no_code_is_unknown(view):
    text = topojson_text(view)
    assert len(text) < 305_000
    assert "-99" not in {shape["id"] for shape in load_topology(view)["objects"]["countries"]["geometries"]}
    assert "<" not in text
    assert text.isascii()


@pytest.mark.parametrize(
    ("land", "un", "ne"),
    [
        (CRIMEA, "UKR", "RUS"),
        (LAAYOUNE, "ESH", "MAR"),
        (GOLAN, "SYR", "ISR"),
        (HARGEISA, "SOM", "SOL"),
        (NORTH_NICOSIA, "CYP", "CYN"),
        (SIACHEN, "KAS", "KAS"),
        (Point(34.4, 31.45), "PSE", "PSE"),
        (Point(35.2, 32.2), "PSE", "PSE"),
        (Point(20.9, 42.6), "XKX", "XKX"),
        (Point(-53.0, 4.0), "FRA", "FRA"),
        (Point(105.65, -10.5), "CXR", "CXR"),
    ],
)
def test_disputed_and_distant_land_goes_where_the_view_says(land, un, ne):
    assert (owner("un", land), owner("ne", land)) == ([un], [ne])


@pytest.mark.parametrize(
    ("where", "place"),
    [
        ("the isthmus of Crimea", Point(34.0, 46.1)),
        ("the Golan's line of 1967", Point(35.64, 33.0)),
        ("the eastern edge of the Golan", Point(35.85, 33.0)),
        ("the line of control in Kashmir", Point(74.3, 34.7)),
        ("Somaliland's border with Somalia", Point(48.4, 8.8)),
        ("the green line in Cyprus", Point(33.3, 35.17)),
        ("the northern edge of Western Sahara", Point(-11.0, 27.667)),
        ("the berm in Western Sahara", Point(-11.5, 25.9)),
        ("Kosovo and Serbia", Point(21.0, 43.15)),
        ("the line between the Koreas", Point(127.5, 38.3)),
        ("the line of 1949 around the West Bank", Point(35.0, 31.9)),
    ],
)
def test_a_disputed_border_is_dashed_in_both_views(view, where, place):
    """Also where this view draws no border: so that it shows where the other one differs."""
    assert shapely.distance(load_disputed(view).values, place).min() < 0.25, where


@pytest.mark.parametrize("place", [Point(2.0, 42.5), Point(-100.0, 49.0), Point(14.8, 51.2), Point(-4.0, 12.5)])
def test_a_border_that_nobody_disputes_is_not_dashed(view, place):
    assert shapely.distance(load_disputed(view).values, place).min() > 1.0


def test_an_arc_ends_inside_its_own_country_in_both_views(world):
    places = load_places()
    lost = [code for code, place in places.items() if not world.geometry[code].contains(Point(place.lon, place.lat))]
    assert lost == []


def test_every_shape_with_a_code_of_its_own_has_a_place(view, world):
    assert set(world.index) - NO_STATES_LAND[view] == set(load_places())


def test_places_are_sorted_by_code():
    assert list(load_places()) == sorted(load_places())


@pytest.mark.parametrize(
    ("code", "west", "south", "east", "north"),
    [
        ("FRA", 1, 45, 4, 49),
        ("NOR", 8, 60, 12, 64),
        ("NLD", 5, 51.5, 6.5, 53),
        ("CHL", -72, -37, -70, -32),
        ("CHN", 104, 30, 114, 38),
        ("CAN", -105, 49, -90, 56),
        ("DNK", 8, 55, 11, 57.5),
        ("ESP", -6, 38, -1, 42),
        ("PRT", -9, 38, -7, 41.5),
        ("GBR", -4, 51, 0, 56),
        ("KIR", 172, 0, 174, 3),
    ],
)
def test_far_parts_do_not_drag_an_arc_away_from_home(code, west, south, east, north):
    place = load_places()[code]
    assert west < place.lon < east
    assert south < place.lat < north


def test_two_ends_are_set_by_hand():
    assert load_places()["RUS"] == Place(44.0, 56.5, dot=False)
    assert load_places()["USA"] == Place(-98.5, 39.5, dot=False)


def test_a_microstate_has_a_dot_and_a_large_state_has_none():
    places = load_places()
    assert all(places[code].dot for code in ("VAT", "MCO", "SMR", "NRU", "TUV", "MDV", "SGP", "MLT", "BHR"))
    assert not any(places[code].dot for code in ("FRA", "RWA", "BEL", "QAT", "FJI", "PSE"))


def test_a_worldview_that_is_not_there_names_those_that_are():
    with pytest.raises(RelationsError, match="un, ne"):
        load_topology("moon")


def test_a_place_off_the_globe_is_refused():
    with pytest.raises(RelationsError, match=r"places\.tsv"):
        Place(200, 0, dot=False)
