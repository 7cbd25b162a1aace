"""Pages stay small and what they hold deflated is opened in the browser, whatever their size."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest

from relations.maps import bundle
from relations.maps.geometry import load_places
from relations.maps.page import RelationsMap


def test_the_leaflet_of_the_page_and_its_licence_can_be_read(pages):
    text = pages["many"].read_text(encoding="utf-8")
    assert bundle.leaflet_script() in text
    assert "Redistribution and use in source and binary forms" in text


def test_both_sets_of_borders_travel_and_the_second_is_opened_when_asked_for(visit):
    page = visit("dossier")
    assert page.page.locator("[id^=relations-deflated-]").count() == 2
    page.page.get_by_role("button", name="Menu").click()
    page.page.get_by_role("menuitem", name="Borders").click()
    page.page.wait_for_function("() => location.hash.includes('world=ne')")
    page.page.reload()
    page.page.wait_for_selector("[data-ready]")
    assert "world=ne" in page.hash()


def test_nineteen_thousand_pairs_fit_in_eight_megabytes_and_can_be_walked_in_time(visit, pages):
    assert pages["many"].stat().st_size < 8_000_000
    page = visit("many")
    assert re.search(r"19,\d\d\d pairs", page.text("subtitle"))
    first = page.text("subtitle")
    page.page.keyboard.press("[")
    assert page.text("date") == "31 Dec 2024"
    assert "31 December 2024" in page.text("subtitle")
    assert events_in(page.text("subtitle")) < events_in(first)


def events_in(subtitle: str) -> int:
    return int(re.search(r"([\d,]+) events", subtitle)[1].replace(",", ""))


def test_few_rows_of_a_long_list_are_in_the_document_and_scrolling_brings_the_others(visit):
    page = visit("many")
    assert page.page.locator(".row").count() < 120
    page.page.locator('[data-part="rail-body"]').evaluate("box => { box.scrollTop = box.scrollHeight; }")
    page.page.wait_for_timeout(100)
    values = page.page.locator(".row .value").all_inner_texts()
    assert values[-1].startswith("+")


def test_the_strongest_pairs_get_the_arcs_also_among_very_many(visit, many):
    page = visit("many", "focus=all")
    page.page.get_by_role("button", name="Menu").click()
    with page.page.expect_download() as started:
        page.page.get_by_role("menuitem", name="SVG").click()
    text = started.value.path().read_text(encoding="utf-8")
    arcs = text[text.index('class="arcs"') :]
    newest = [s for s in many if s.at == many.at[-1] and s.state != "thin"]
    strongest = max(abs(s.score) for s in newest)
    drawn = {round(float(x.replace("\u2212", "-")), 1) for x in re.findall(r"<title>[^;]*; ([+\u2212][\d.]+),", arcs)}
    assert drawn
    assert max(abs(x) for x in drawn) == pytest.approx(strongest, abs=0.06)


def test_every_state_can_be_found_and_clicked(visit):
    page = visit("many", "filter=,-10,10,1,1,1,both")
    lost = page.page.evaluate(
        """(places) => { const map = window[document.querySelector('.folium-map').id]; window.found = [];
        return places.filter(([lat, lon]) => !Number.isFinite(map.latLngToContainerPoint([lat, lon]).x)).length; }""",
        [[place.lat, place.lon] for place in load_places().values()],
    )
    assert lost == 0
    for name in ("Tuvalu", "Nauru", "San Marino"):
        page.page.keyboard.press("/")
        page.page.keyboard.type(name)
        page.page.keyboard.press("Enter")
        assert page.text("headline").startswith(name)
        place = next(p for code, p in load_places().items() if code == {"T": "TUV", "N": "NRU", "S": "SMR"}[name[0]])
        page.page.keyboard.press("Escape")
        page.page.evaluate(
            """(place) => { const map = window[document.querySelector('.folium-map').id];
            map.setView(place, 4, { animate: false }); }""",
            [place.lat, place.lon],
        )
        page.page.mouse.click(*page.point(place.lat, place.lon))
        assert page.text("headline").startswith(name)


def test_without_scripts_the_strongest_scores_are_a_table(browser, pages):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(pages["many"].as_uri())
    assert page.locator("noscript table tr").count() == 101
    assert page.locator("noscript p").is_visible()
    context.close()


def test_a_browser_that_cannot_open_deflated_data_is_told_so(browser, pages):
    context = browser.new_context()
    page = context.new_page()
    page.add_init_script("delete window.DecompressionStream")
    page.goto(pages["dossier"].as_uri())
    page.wait_for_selector("[data-failed]")
    assert "too old for the map" in page.locator("h1").inner_text()
    assert page.locator(".static table tr").count() > 5
    context.close()


def test_snapshots_stand_at_their_true_distance_in_time(visit, scores):
    page = visit("dossier")
    places = page.page.locator('[data-part="track"] circle').evaluate_all(
        "dots => dots.map((dot) => Number(dot.getAttribute('cx'))).sort((a, b) => a - b)"
    )
    days = [at.toordinal() for at in scores.at]
    parts = [(day - days[0]) / (days[-1] - days[0]) for day in days]
    assert [(x - places[0]) / (places[-1] - places[0]) for x in places] == pytest.approx(parts, abs=0.001)


def test_a_hundred_snapshots_have_dots_that_do_not_touch(visit_file, events):
    from datetime import date, timedelta

    from relations.scoring.scores import Scores

    at = [date(2024, 1, 1) + timedelta(days=6 * n) for n in range(100)]
    page = visit_file(RelationsMap(Scores.from_events(events, at=at), focus="MLI"))
    dots = page.page.locator('[data-part="track"] circle').evaluate_all(
        """dots => dots.map((dot) => ['cx', 'r'].map((name) => Number(dot.getAttribute(name))))
        .sort((a, b) => a[0] - b[0])"""
    )
    assert len(dots) == 100
    small = [dot for dot in dots if dot[1] < 8]
    assert all(b[0] - a[0] > a[1] + b[1] for a, b in pairwise(small))
