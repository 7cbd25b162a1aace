"""The view leaves the page as a picture, and names on it never cover one another."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from relations.maps.colours import fill_colour
from relations.maps.geometry import load_places

SVG = "{http://www.w3.org/2000/svg}"


def saved_svg(page) -> str:
    page.page.get_by_role("button", name="Menu").click()
    with page.page.expect_download() as started:
        page.page.get_by_role("menuitem", name="SVG").click()
    return started.value.path().read_text(encoding="utf-8")


def test_the_view_can_be_saved_as_an_svg(visit, scores):
    page = visit("dossier")
    root = ElementTree.fromstring(saved_svg(page))
    shapes = {shape.get("id"): shape for shape in root.iter(f"{SVG}path") if shape.get("id")}
    assert shapes["RUS"].get("fill") == fill_colour(scores["MLI", "RUS"].score)
    assert shapes["MLI"].get("fill") == "#ffffff"
    assert shapes["BRA"].get("fill") == "url(#none)"
    texts = [text.text for text in root.iter(f"{SVG}text")]
    assert page.text("headline") in texts
    assert "Russia" in texts
    titles = [title.text for title in root.iter(f"{SVG}title")]
    assert any(title.startswith("Mali \u2192 Russia; +") for title in titles)


def test_hostile_text_stays_text_in_the_svg(visit, nasty_texts):
    root = ElementTree.fromstring(saved_svg(visit("nasty")))
    assert not list(root.iter(f"{SVG}script"))
    assert not list(root.iter("script"))
    assert nasty_texts[0] in root.find(f"{SVG}desc").text


@pytest.mark.parametrize(
    ("name", "view", "size"),
    [
        ("dossier", "", (1440, 900)),
        ("dossier", "", (1024, 700)),
        ("dossier", "", (2560, 1440)),
        ("overview", "", (1440, 900)),
        ("dossier", "since=2021-12-31", (1440, 900)),
        ("many", "", (1440, 900)),
        ("many", "focus=USA", (1440, 900)),
    ],
)
def test_names_and_numbers_on_the_map_never_cover_one_another(visit, browser, name, view, size):
    boxes = text_boxes(browser, saved_svg(visit(name, view, size=size)))
    assert len(boxes) >= 3
    for place, (text, box) in enumerate(boxes):
        for other, rest in boxes[place + 1 :]:
            apart = box[2] <= rest[0] or rest[2] <= box[0] or box[3] <= rest[1] or rest[3] <= box[1]
            assert apart, (text, other)


def text_boxes(browser, svg: str) -> list[tuple[str, list[float]]]:
    """Texts on the map with the boxes they take; the casing under each is the same text again."""
    page = browser.new_page(viewport={"width": 2600, "height": 1600})
    page.set_content(svg[svg.index("?>") + 2 :])
    found = page.evaluate(
        """() => [...document.querySelectorAll('svg svg text')].filter((text) => text.getAttribute('fill') !== 'none')
        .map((text) => { const box = text.getBoundingClientRect();
        return [text.textContent, [box.left, box.top + 3, box.right, box.bottom - 3]]; })"""
    )
    page.close()
    return [(text, box) for text, box in found]


@pytest.mark.parametrize(("name", "view"), [("many", "focus=USA"), ("dossier", "focus=FRA"), ("many", "focus=FJI")])
def test_names_at_the_frame_never_cover_one_another(visit, name, view):
    page = visit(name, view)
    page.page.keyboard.press("+")
    page.page.keyboard.press("+")
    page.page.wait_for_timeout(500)
    boxes = [button.bounding_box() for button in page.page.locator(".edges button").all()]
    for place, box in enumerate(boxes):
        for rest in boxes[place + 1 :]:
            apart = (
                box["x"] + box["width"] <= rest["x"]
                or rest["x"] + rest["width"] <= box["x"]
                or box["y"] + box["height"] <= rest["y"]
                or rest["y"] + rest["height"] <= box["y"]
            )
            assert apart


def test_no_name_lies_under_the_zoom_buttons(visit):
    place, page = load_places()["FRA"], visit("article")
    zoom, frame = page.page.locator(".zoom").bounding_box(), page.page.locator(".folium-map").bounding_box()
    spots = page.page.evaluate(
        """([lat, lon, dx, dy]) => { const map = window[document.querySelector('.folium-map').id], spots = [];
        const pen = CanvasRenderingContext2D.prototype, write = pen.fillText;
        pen.fillText = function (text, x, y) {
          const left = { center: 0.5, right: 1 }[this.textAlign] || 0, width = this.measureText(text).width;
          spots.push([text, x - left * width, x + (1 - left) * width, y]);
          return write.call(this, text, x, y); };
        const at = map.project([lat, lon], 3), size = map.getSize();
        map.setView(map.unproject(at.subtract([dx - size.x / 2, dy - size.y / 2]), 3), 3, { animate: false });
        const sheet = Object.values(map._layers).find((layer) => layer.arcAt), [ox, oy] = sheet.toCanvas([0, 0]);
        return spots.map(([text, x0, x1, y]) => [text, x0 - ox, x1 - ox, y - oy]); }""",
        [place.lat, place.lon, zoom["x"] - frame["x"] - 25, zoom["y"] - frame["y"] + 50],
    )
    left, top = zoom["x"] - frame["x"], zoom["y"] - frame["y"]
    assert "France" in {text for text, *_ in spots}
    for text, x0, x1, y in spots:
        assert x1 < left or x0 > left + zoom["width"] or y < top or y > top + zoom["height"], text


def test_an_end_outside_the_view_is_named_at_the_frame_and_pans_there(visit):
    page = visit("dossier")
    button = page.page.get_by_role("button", name="Show United States on the map", exact=False)
    if button.count() == 0:
        page.page.keyboard.press("+")
        page.page.keyboard.press("+")
        page.page.wait_for_timeout(400)
    edge = page.page.locator(".edges button").first
    before = page.point(10, 10)
    edge.click()
    assert page.point(10, 10) != before


@pytest.mark.parametrize("size", [(360, 640), (390, 844), (768, 1024), (1100, 800), (1440, 900), (3840, 2160)])
def test_no_screen_scrolls_or_cuts_its_controls(visit, size):
    page = visit("dossier", size=size)
    assert page.page.evaluate("[document.documentElement.scrollWidth, document.documentElement.scrollHeight]") == [
        *size
    ]
    outside = page.page.evaluate(
        """() => [...document.querySelectorAll('.toolbar button, .scale, .play, .track, .rail')].filter((one) => {
        const box = one.getBoundingClientRect();
        return one.checkVisibility() && box.width && (box.left < -1 || box.right > innerWidth + 1);
        }).map((one) => one.outerHTML.slice(0, 80))"""
    )
    assert outside == []


def test_a_country_far_from_its_partners_sees_them_at_first(visit):
    page = visit("many", "focus=USA")
    assert page.page.locator(".edges button").count() <= 6


def test_paper_shows_the_whole_map_with_countries_and_arcs(visit):
    page = visit("dossier")
    page.page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    page.page.emulate_media(media="print")
    colours = page.page.evaluate(
        """() => { const canvas = document.querySelector('.printed-map'), box = canvas.getBoundingClientRect();
        const pixels = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data, met = {};
        for (let i = 0; i < pixels.length; i += 4) {
        const key = pixels.slice(i, i + 3).join(); met[key] = (met[key] || 0) + 1; }
        return [box.height > 200, met]; }"""
    )
    assert colours[0]
    for colour in ("130,182,221", "234,138,115", "31,108,171"):  # friendly and tense countries, a friendly arc
        assert colours[1].get(colour, 0) > 200, colour
    assert not page.page.locator(".middle").is_visible()
    page.page.evaluate("window.dispatchEvent(new Event('afterprint'))")
