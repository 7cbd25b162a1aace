"""Are states known by every code and name, and only in their time?"""

from __future__ import annotations

from datetime import date

import pytest

from relations.countries import all_countries, country, country_by, find_country, is_state, name_of
from relations.errors import NoSuchActor


def test_every_code_is_unique_and_the_table_sorted() -> None:
    codes = [known.code for known in all_countries()]
    assert codes == sorted(set(codes))


@pytest.mark.parametrize("system", ["iso2", "fips"])
def test_two_letter_codes_are_unique_among_living_countries(system: str) -> None:
    living = [known for known in all_countries() if known.kind != "historical"]
    codes = [code for known in living for code in ([known.iso2] if system == "iso2" else known.fips) if code]
    assert len(codes) == len(set(codes))


def test_neighbours_are_mutual_and_known() -> None:
    for known in all_countries():
        assert all(known.code in country(other).neighbours for other in known.neighbours)


def test_land_and_sea_neighbours_are_there() -> None:
    assert {"DZA", "BFA", "GIN", "CIV", "MRT", "NER", "SEN"} == set(country("MLI").neighbours)
    assert "JPN" in country("KOR").neighbours


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Mali", "MLI"),
        ("mli", "MLI"),
        ("ML", "MLI"),
        ("ivory coast", "CIV"),
        ("Côte d’Ivoire", "CIV"),
        ("cote d'ivoire", "CIV"),
        ("Allemagne", "DEU"),
        ("États-Unis", "USA"),
        ("U.S.", "USA"),
        ("UK", "GBR"),
        ("South Korea", "KOR"),
        ("Corée du Nord", "PRK"),
        ("Türkiye", "TUR"),
        ("Turkey", "TUR"),
        ("Kosovo", "XKX"),
        ("KSV", "XKX"),
        ("NA", "NAM"),
        ("DR Congo", "COD"),
        ("USSR", "SUN"),
        ("Iran, Islamic Republic of", "IRN"),
        ("RD Congo", "COD"),
    ],
)
def test_a_country_is_found_by_what_people_type(text: str, code: str) -> None:
    assert find_country(text).code == code


def test_a_typing_slip_gets_the_near_names() -> None:
    with pytest.raises(NoSuchActor, match=r"Malta \(MLT\)"):
        find_country("Malti")
    with pytest.raises(NoSuchActor, match="Use an ISO alpha-3 code"):
        country("ZZZ")


def test_fips_codes_are_not_guessed_as_iso() -> None:
    assert find_country("AU").code == "AUS"
    assert country_by("fips", "AU") == "AUT"
    assert country_by("fips", "GZ") == "PSE"


@pytest.mark.parametrize(
    ("system", "code", "on", "expected"),
    [
        ("cow", "365", date(1985, 1, 1), "SUN"),
        ("cow", "365", date(2005, 1, 1), "RUS"),
        ("cow", "345", date(1999, 1, 1), "YUG"),
        ("cow", "345", date(2004, 1, 1), "SCG"),
        ("gw", "340", date(2010, 1, 1), "SRB"),
        ("cow", "002", None, "USA"),
        ("cameo", "ROM", None, "ROU"),
        ("cameo", "TMP", None, "TLS"),
        ("iso2", "NA", None, "NAM"),
        ("gw", "678", date(2015, 1, 1), "YEM"),
        ("cameo", "EUR", None, None),
    ],
)
def test_codes_of_other_systems_give_the_state_of_that_day(
    system: str, code: str, on: date | None, expected: str | None
) -> None:
    assert country_by(system, code, on) == expected


def test_states_exist_only_in_their_time() -> None:
    assert not is_state("SSD", date(2011, 7, 8))
    assert is_state("SSD", date(2011, 7, 9))
    assert is_state("SUN", date(1991, 12, 26))
    assert not is_state("SUN", date(1991, 12, 27))
    assert not is_state("SUN")
    assert is_state("FRA", date(1816, 1, 1))


@pytest.mark.parametrize("code", ["XKX", "PSE", "TWN", "VAT", "ESH"])
def test_disputed_states_are_states_here(code: str) -> None:
    assert is_state(code)


@pytest.mark.parametrize("code", ["GRL", "HKG", "PRI", "NAT", "", "ANT"])
def test_territories_and_organisations_are_not(code: str) -> None:
    assert not is_state(code)


def test_an_unknown_code_is_its_own_name() -> None:
    assert name_of("NAT") == "NAT"
    assert name_of("COD") == "DR Congo"


def test_every_historical_state_has_a_living_successor_and_an_end() -> None:
    for known in all_countries():
        if known.kind == "historical":
            assert country(known.successor).kind in {"un_member", "territory"}
            assert known.until is not None
