"""News text is hostile: nothing it holds may run, load or become an element."""

from __future__ import annotations

from urllib.parse import urlsplit

import folium
import pytest

from relations.maps import bundle
from relations.maps.layers import RelationArcs, RelationsChoropleth


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
