"""What a reader sees with the eye: fills, stripes, dashes, courses and borders are those of the scores."""

from __future__ import annotations

import io
import re
from xml.etree import ElementTree

import numpy as np
import pytest
from matplotlib.image import imread

from relations.countries import name_of
from relations.maps.colours import fill_colour, palette
from relations.maps.geometry import load_places

SVG = "{http://www.w3.org/2000/svg}"
PIXELS = """([lat, lon, reach]) => { const map = window[document.querySelector('.folium-map').id];
  const sheet = Object.values(map._layers).find((layer) => layer.countryAt), ratio = window.devicePixelRatio;
  const [x, y] = sheet.toCanvas(map.latLngToContainerPoint([lat, lon])), side = 2 * reach * ratio;
  return [...sheet.canvas().getContext('2d')
    .getImageData((x - reach) * ratio, (y - reach) * ratio, side, side).data]; }"""


def colours_at(page, lat: float, lon: float, reach: int = 9) -> set[str]:
    """Colours that fill a square around a place, those of the edges of stripes left out."""
    pixels = np.array(page.page.evaluate(PIXELS, [lat, lon, reach])).reshape(-1, 4)[:, :3]
    found, counts = np.unique(pixels, axis=0, return_counts=True)
    return {
        "#" + "".join(f"{part:02x}" for part in colour)
        for colour, n in zip(found, counts, strict=True)
        if n > len(pixels) / 12
    }


def saved(page, name: str) -> bytes:
    page.page.get_by_role("button", name="Menu").click()
    with page.page.expect_download() as started:
        page.page.get_by_role("menuitem", name=name).click()
    return bytes(started.value.path().read_bytes())


def test_a_click_on_a_country_recolours_the_others(visit, scores):
    page = visit("dossier")
    assert colours_at(page, 60, 50) == {fill_colour(scores["MLI", "RUS"].score)}
    page.page.mouse.click(*page.point(47.5, 4.5))
    assert page.text("headline").startswith("France")
    page.page.evaluate(
        "() => window[document.querySelector('.folium-map').id].setView([30, 30], 3, { animate: false })"
    )
    assert palette()["land"] in colours_at(page, 60, 50)  # nothing is known of France and Russia
    assert not colours_at(page, 60, 50) & set(palette()["fill"])


def test_thin_evidence_is_striped_and_no_data_hatched_and_neither_is_plain(visit, scores):
    page = visit("dossier", "focus=CPV")
    page.page.evaluate(
        """() => window[document.querySelector('.folium-map').id].setView([17, -4], 4, { animate: false })"""
    )
    assert scores["CPV", "MLI"].state in ("thin", "faded")
    assert colours_at(page, 17, -3) == {fill_colour(scores["CPV", "MLI"].score), palette()["land"]}
    hatched = colours_at(page, 24, 3)
    assert palette()["land"] in hatched
    assert not hatched & set(palette()["fill"])
    assert "faded evidence" in page.page.locator(".row.thin").first.get_attribute("aria-label")


def test_an_arc_of_thin_evidence_is_dashed_and_others_are_not(visit):
    root = ElementTree.fromstring(saved(visit("dossier", "focus=CPV"), "SVG"))
    assert dashed(root) == [True]
    assert not any(dashed(ElementTree.fromstring(saved(visit("dossier"), "SVG"))))


def dashed(root: ElementTree.Element) -> list[bool]:
    """Whether each arc of a saved picture has dashes."""
    arcs = next(group for group in root.iter(f"{SVG}g") if group.get("class") == "arcs")
    return [
        any(re.fullmatch(r"[\d.]+[ ,][\d.]+", part.get("stroke-dasharray") or "") for part in arc.iter())
        for arc in arcs
        if arc.find(f"{SVG}title") is not None or arc.find(f".//{SVG}title") is not None
    ]


def test_the_course_of_a_pair_has_a_dot_at_each_of_its_scores(visit, scores):
    page = visit("dossier", "pair=FRA-MLI")
    dots = page.page.locator(".spark circle").evaluate_all(
        "dots => dots.map((dot) => [Number(dot.getAttribute('cx')), Number(dot.getAttribute('cy'))])"
    )
    places = sorted(set(map(tuple, dots)))
    course = [scores["FRA", "MLI", at].score for at in scores.at]
    assert len(places) == len(course)
    heights = [y for _, y in places]
    slope = (heights[0] - heights[-1]) / (course[0] - course[-1])
    assert slope < 0
    assert [heights[0] + slope * (score - course[0]) for score in course] == pytest.approx(heights, abs=0.3)


def test_a_saved_picture_shows_countries_arcs_and_legend(visit, scores):
    image = imread(io.BytesIO(saved(visit("dossier"), "PNG")))[:, :, :3]
    met = {tuple(colour): n for colour, n in zip(*np.unique((image * 255).round().astype(int).reshape(-1, 3),
                                                            axis=0, return_counts=True), strict=True)}  # fmt: skip

    def count(colour: str) -> int:
        return int(met.get(tuple(int(colour[i : i + 2], 16) for i in (1, 3, 5)), 0))

    assert count(fill_colour(scores["MLI", "RUS"].score)) > 20_000
    assert count(palette()["line"][5]) > 500
    for fill in palette()["fill"]:
        assert count(fill) > 300  # each is in the legend


def test_the_other_borders_are_drawn_and_answer(visit):
    """Whose Crimea is depends on the borders chosen."""
    told = {}
    for world in ("un", "ne"):
        page = visit("dossier", "" if world == "un" else "world=ne")
        page.page.evaluate(
            """() => window[document.querySelector('.folium-map').id].setView([45.2, 34.2], 6, { animate: false })"""
        )
        page.page.mouse.move(*page.point(45.2, 34.3))
        told[world] = page.page.locator(".relations-tip").first.inner_text().split("\n")[0]
    assert told == {"un": "Ukraine", "ne": "Russia"}


def test_every_text_of_the_page_comes_from_the_table(visit_file, scores, monkeypatch):
    """In a made-up language, no English word is left but names, words of events and what the sources say."""
    from relations.maps import bundle
    from relations.maps.page import RelationsMap

    def turned(text: str) -> str:
        parts = re.split(r"(\{\w+\})", text)
        return "".join(part if part.startswith("{") else re.sub("[a-zA-Z]", "\u0436", part) for part in parts)

    table = {key: turned(text) for key, text in bundle.page_texts().items()}
    for made in (bundle.page_texts, bundle.page_script, bundle.page_html):
        made.cache_clear()
    monkeypatch.setattr(bundle, "page_texts", lambda language="en": table)
    page = RelationsMap(scores, focus="MLI", title="\u0436")
    names = sorted((name_of(code) for code in load_places()), key=len, reverse=True)
    left: dict[str, str] = {}
    for view in ("", "pair=FRA-MLI", "since=2021-12-31", "view=table&pairs=all", "focus=all", "find=xx&view=table"):
        opened = visit_file(page, view)
        for panel in ("filter-open", "menu-open"):
            opened.page.locator(f'[data-part="{panel}"]').click()
            for text in opened.page.evaluate(VISIBLE, names):
                left |= dict.fromkeys(re.findall("[A-Za-z]{3,}", text), text)
    bundle.page_script.cache_clear()
    bundle.page_html.cache_clear()
    assert left == {}


#: Every text of the page that is no sentence of a source, without the names of countries.
VISIBLE = """(known) => { const found = [];
  const spared = '.evidence, svg title, kbd, code, noscript, script, style, .leaflet-control-attribution';
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) if (!walk.currentNode.parentElement.closest(spared)) found.push(walk.currentNode.data);
  for (const one of document.querySelectorAll('[aria-label], [title], [placeholder], [aria-valuetext]')) {
    for (const name of ['aria-label', 'title', 'placeholder', 'aria-valuetext']) {
      found.push(one.getAttribute(name) || '');
    }
  }
  return found.map((text) => { for (const name of known) text = text.split(name).join(''); return text; }); }"""
