"""News text is hostile: nothing it holds may run, load or become an element."""

from __future__ import annotations

from datetime import date
from urllib.parse import urlsplit

import folium
import pytest

from relations.maps import bundle
from relations.maps.layers import RelationArcs, RelationsChoropleth
from relations.maps.page import RelationsMap
from relations.maps.static import picture, plot_map, save_map
from relations.maps.timeline import RelationsTimeline
from relations.records import Event
from relations.scoring.scores import Scores


@pytest.mark.parametrize("view", ["", "pair=FRA-MLI", "view=table", "since=2024-06-30", "pair=FRA-MLI&theme=dark"])
def test_hostile_text_is_shown_and_never_runs(visit, view):
    page = visit("nasty", view)
    assert page.page.evaluate("window.hacked") is None
    assert page.page.locator("img, iframe, object, embed, base, form, link").count() == 0
    assert page.page.locator("svg[onload]").count() == 0
    # Leaflet, our code and the start; the rest are JSON and never run.
    assert page.page.locator("script:not([type])").count() == 3


def test_every_hostile_sentence_is_read_literally(visit, nasty_texts):
    page = visit("nasty", "pair=FRA-MLI")
    shown = page.page.locator(".evidence").evaluate_all("rows => rows.map((row) => row.textContent).join('')")
    for text in nasty_texts:
        assert text in shown


def test_only_web_addresses_become_links_and_open_apart(visit):
    page = visit("nasty", "pair=FRA-MLI")
    links = page.page.locator(".evidence a").all()
    assert links
    for link in links:
        assert urlsplit(link.get_attribute("href") or "").scheme in ("http", "https")
        assert link.get_attribute("rel") == "noopener noreferrer"
        assert link.get_attribute("target") == "_blank"
    addresses = [link.get_attribute("href") for link in links]
    assert not any("evil" in (address or "") for address in addresses)


def test_a_spreadsheet_runs_nothing_from_the_csv(visit):
    page = visit("nasty", "pair=FRA-MLI")
    with page.page.expect_download() as started:
        page.page.locator(".actions-line").get_by_role("button", name="CSV").click()
    text = started.value.path().read_text(encoding="utf-8")
    assert "'=HYPERLINK" in text
    assert ",=HYPERLINK" not in text
    assert ',"=HYPERLINK' not in text


def test_the_policy_stops_a_script_that_gets_in(visit):
    page = visit("dossier")
    page.page.evaluate(
        """() => { const script = document.createElement('script'); script.textContent = 'window.hacked = 9';
        document.body.append(script); }"""
    )
    assert page.page.evaluate("window.hacked") is None
    assert any("Content Security Policy" in text for text in page.complaints)
    page.complaints.clear()


def test_hostile_layers_stay_inert_inside_the_page_and_its_policy(visit_file, nasty_scores, nasty_texts):
    page = RelationsMap(nasty_scores, title=nasty_texts[0])
    RelationsChoropleth(nasty_scores, focus="MLI", name=nasty_texts[1], legend=False).add_to(page)
    RelationArcs(nasty_scores, name=nasty_texts[5]).add_to(page)
    RelationsTimeline().add_to(page)
    folium.LayerControl(collapsed=False).add_to(page)
    opened = visit_file(page)
    policy = opened.page.locator('meta[http-equiv="Content-Security-Policy"]').get_attribute("content")
    assert "unsafe" not in policy
    assert "http" not in policy
    assert opened.page.locator("canvas.relations-sheet").count() == 4
    assert nasty_texts[1] in opened.page.locator(".leaflet-control-layers").inner_text()
    opened.page.get_by_role("button", name="Read the relations as a list").focus()
    opened.page.keyboard.press("Enter")
    opened.page.keyboard.press("Enter")
    assert "Paris" in opened.page.locator(".leaflet-popup-content").last.inner_text()
    assert opened.page.evaluate("window.hacked") is None
    assert opened.page.locator(".leaflet-popup-content :is(img, script, svg, iframe)").count() == 0


def test_a_picture_with_a_hostile_title_runs_nothing(nasty_scores, nasty_texts, browser, tmp_path):
    path = tmp_path / "picture.svg"
    save_map(nasty_scores, path, title=" ".join(nasty_texts))
    page, asked = browser.new_page(), []
    page.on("request", lambda request: asked.append(request.url))
    page.on("dialog", lambda dialog: (asked.append(dialog.message), dialog.dismiss()))
    page.goto(path.as_uri())
    assert page.evaluate("window.hacked") is None
    assert page.evaluate("[...document.querySelectorAll('script, image, foreignObject, a, iframe')].length") == 0
    assert asked == [path.as_uri()]
    page.close()


def test_a_title_with_dollars_is_text_and_no_formula(nasty_scores):
    for title in ("$\\frac{$ costs $5", "a $x^2$ b", "\\alpha $\\notacommand$"):
        assert plot_map(nasty_scores, title=title).get_title(loc="left").replace("\n", " ") == title
        assert picture(nasty_scores, "svg", title=title).startswith(b"<?xml")


@pytest.mark.parametrize("ends", [("FJI", "NZL"), ("RUS", "USA"), ("KIR", "FJI"), ("TUV", "FRA")])
def test_countries_at_the_antimeridian_are_no_bands_around_the_world(visit_file, ends):
    day = date(2025, 1, 1)
    told = [Event(str(n), day, *ends, type="SANCTION", quad=4, document=f"d{n}") for n in range(9)]
    page = visit_file(RelationsMap(Scores.from_events(told, at=[day])))
    page.page.evaluate(
        """() => { const map = window[document.querySelector('.folium-map').id];
        map.setView([20, 0], 2, { animate: false }); }"""
    )
    widest = page.page.evaluate(
        """() => { const map = window[document.querySelector('.folium-map').id], sheets = Object.values(map._layers);
        const lines = sheets.find((sheet) => sheet.drawn).drawn.map(({ line }) => line.map(([x]) => x));
        const world = 256 * 2 ** map.getZoom();
        return Math.max(...lines.map((xs) => (Math.max(...xs) - Math.min(...xs)) / world)); }"""
    )
    assert 0 < widest <= 0.5


def test_hostile_layers_stay_inert_on_any_map(browser, nasty_scores, nasty_texts, tmp_path):
    plain = folium.Map(tiles=None)
    RelationsChoropleth(nasty_scores, name=nasty_texts[1]).add_to(plain)
    RelationArcs(nasty_scores, name=nasty_texts[5]).add_to(plain)
    folium.LayerControl(collapsed=False).add_to(plain)
    path = tmp_path / "plain.html"
    plain.save(path)
    page = browser.new_page()
    page.route("**/*", lambda route: _answer(route, bundle.leaflet_script()))
    page.goto(path.as_uri())
    page.wait_for_selector("canvas.relations-sheet")
    assert page.evaluate("window.hacked") is None
    assert page.locator("label img").count() == 0
    assert page.locator("canvas.relations-sheet").count() == 2
    page.close()


def _answer(route, leaflet: str) -> None:
    """Folium's own page fetches Leaflet: give it ours, and nothing else."""
    if route.request.url.startswith("file:"):
        route.continue_()
    elif route.request.url.endswith("leaflet.js"):
        route.fulfill(body=leaflet, content_type="text/javascript")
    else:
        route.fulfill(body="", content_type="text/plain")
