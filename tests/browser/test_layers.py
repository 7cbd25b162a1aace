"""The layers on anyone's Folium map, in a real browser: several, switched, played, clicked, in other hosts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import folium
import geopandas
import pytest
from branca.element import Figure
from jinja2 import Template
from playwright.sync_api import Browser, Page

from relations.countries import name_of
from relations.maps.geometry import load_places
from relations.maps.layers import RelationArcs, RelationsChoropleth
from relations.maps.timeline import RelationsTimeline
from relations.records import Event
from relations.resources import read_table
from relations.scoring.scores import Scores

VENDORED = Path(__file__).parents[2] / "relations/maps/assets/leaflet"
UN_MEMBERS = sorted(row["code"] for row in read_table("states.tsv") if row["kind"] == "un_member")


class Host:
    """A page around a Folium map: Leaflet is the package's, other libraries are empty, nothing else is fetched."""

    def __init__(self, browser: Browser, folder: Path, **options: object) -> None:
        self.folder, self.complaints, self.requests = folder, [], []
        self.context = browser.new_context(viewport={"width": 900, "height": 600}, **options)  # type: ignore[arg-type]  # by name
        self.context.route("**/*", self._answer)
        self.page: Page = self.context.new_page()
        self.page.on("console", lambda message: self.complaints.append(message.text) if message.type == "error" else 0)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("dialog", lambda dialog: (self.complaints.append(dialog.message), dialog.dismiss()))

    def _answer(self, route: object) -> None:
        url = str(route.request.url)  # type: ignore[attr-defined]  # playwright's Route
        kind = url.rsplit(".", 1)[-1]
        if url.startswith(("file:", "data:")):
            route.continue_()  # type: ignore[attr-defined]  # playwright's Route
        elif url.startswith("https://") and kind in ("js", "css"):
            known = VENDORED / url.rsplit("/", 1)[-1]
            body = known.read_text(encoding="utf-8") if known.is_file() else ""
            route.fulfill(body=body, content_type={"js": "text/javascript", "css": "text/css"}[kind])  # type: ignore[attr-defined]
        else:
            self.requests.append(url)
            route.abort()  # type: ignore[attr-defined]  # playwright's Route

    def show(self, content: str) -> Page:
        path = self.folder / "host.html"
        path.write_text(content, encoding="utf-8")
        self.page.goto(path.as_uri())
        self.page.wait_for_selector(".relations-sheet", state="attached")
        return self.page


@pytest.fixture
def host(browser: Browser, tmp_path: Path) -> Iterator[Callable[..., Host]]:
    """Opens a host; when the test ends, nothing unknown was fetched and nobody complained."""
    hosts: list[Host] = []

    def make(**options: object) -> Host:
        hosts.append(Host(browser, tmp_path, **options))
        return hosts[-1]

    yield make
    for one in hosts:
        one.context.close()
        assert one.complaints == []
        assert one.requests == []


def plain_map(**options: object) -> folium.Map:
    return folium.Map(**({"location": [20, 10], "zoom_start": 3, "tiles": None, "fade_animation": False} | options))


def page_of(element: folium.Map) -> str:
    return str(element.get_root().render())


def spot(page: Page, lat: float, lon: float) -> tuple[float, float]:
    """Where a place lies in the window, on the first map of the page."""
    x, y = page.evaluate(
        """([lat, lon]) => { const box = document.querySelector(".leaflet-container"), map = window[box.id];
        const p = map.latLngToContainerPoint([lat, lon]), r = box.getBoundingClientRect();
        return [p.x + r.left, p.y + r.top]; }""",
        [lat, lon],
    )
    return float(x), float(y)


def colour(page: Page, layer: str, lat: float, lon: float) -> list[int]:
    """What a layer's canvas shows at a place; no colour when it shows nothing."""
    return list(
        page.evaluate(
            """([name, lat, lon]) => { const sheet = window[name], ratio = window.devicePixelRatio;
            const [x, y] = sheet.toCanvas(sheet._map.latLngToContainerPoint([lat, lon]));
            return [...sheet.canvas().getContext("2d").getImageData(x * ratio, y * ratio, 1, 1).data]; }""",
            [layer, lat, lon],
        )
    )


def popup(page: Page) -> str:
    return page.locator(".leaflet-popup-content").inner_text()


def test_countries_and_arcs_are_drawn_on_a_plain_map(host, scores):
    plain = plain_map()
    countries, arcs = RelationsChoropleth(scores, focus="MLI").add_to(plain), RelationArcs(scores, "MLI").add_to(plain)
    page = host().show(page_of(plain))
    assert colour(page, countries.get_name(), 60, 90) == [0x82, 0xB6, 0xDD, 255]  # Russia is friendly
    drawn = page.evaluate(f"{arcs.get_name()}.drawn.map(({{arc}}) => arc.pair.key)")
    assert {"FRA-MLI", "MLI-RUS"} <= set(drawn)
    assert all("MLI" in key for key in drawn)


def test_a_legend_says_what_the_colours_mean_once_and_goes_with_the_last_layer(host, scores):
    plain = plain_map()
    layers = [RelationsChoropleth(scores, focus="MLI").add_to(plain), RelationArcs(scores, focus="MLI").add_to(plain)]
    page = host().show(page_of(plain))
    assert page.locator(".relations-legend").count() == 1
    legend = page.locator(".relations-legend").inner_text()
    for words in ("Relation with Mali", "hostile", "close", "\u22125", "+2.5", "no data", "contested"):
        assert words in legend
    for layer in layers:
        page.evaluate(f"{layer.get_name()}.remove()")
    assert page.locator(".relations-legend").count() == 0
    assert page.locator(".relations-tip").count() == 0


def test_the_layer_control_switches_layers_on_and_off_and_arcs_stay_above(host, scores):
    plain = plain_map()
    RelationsChoropleth(scores, name="Countries", show=False).add_to(plain)
    RelationArcs(scores, name="Arcs").add_to(plain)
    folium.LayerControl(collapsed=False).add_to(plain)
    page = host().show(page_of(plain))
    assert page.locator(".relations-sheet").count() == 1
    page.get_by_label("Countries").check()
    assert page.locator(".relations-sheet").count() == 2
    heights = page.evaluate(
        """['countries', 'arcs'].map((kind) => `.leaflet-relations-${kind}-pane`)
        .map((pane) => Number(document.querySelector(pane).style.zIndex))"""
    )
    assert heights[0] < 400 < heights[1]
    page.get_by_label("Arcs").uncheck()
    assert page.locator(".relations-sheet").count() == 1


def test_the_timeline_leads_all_layers_through_the_snapshots(host, scores):
    plain = plain_map()
    countries = RelationsChoropleth(scores, focus="MLI").add_to(plain)
    arcs = RelationArcs(scores, focus="MLI").add_to(plain)
    RelationsTimeline().add_to(plain)
    page = host().show(page_of(plain))
    slider = page.get_by_role("slider")
    assert slider.get_attribute("aria-valuetext") == "22 September 2025, snapshot 5 of 5"
    places = f"[{countries.get_name()}.relations.at, {arcs.get_name()}.relations.at]"
    now = colour(page, countries.get_name(), 60, 90)
    slider.focus()
    page.keyboard.press("Home")
    assert slider.get_attribute("aria-valuetext") == "31 December 2021, snapshot 1 of 5"
    assert page.evaluate(places) == [0, 0]
    assert colour(page, countries.get_name(), 60, 90) != now
    page.keyboard.press("ArrowRight")
    assert page.evaluate(places) == [1, 1]
    page.keyboard.press("End")
    assert colour(page, countries.get_name(), 60, 90) == now


def test_play_goes_from_the_first_snapshot_to_the_last_and_stops(host, scores):
    plain = plain_map()
    arcs = RelationArcs(scores).add_to(plain)
    RelationsTimeline(speed=500).add_to(plain)
    page = host().show(page_of(plain))
    page.evaluate(f"window.seen = []; {plain.get_name()}.on('relations:snapshot', ({{day}}) => window.seen.push(day))")
    page.get_by_role("button", name="Play").click()
    assert page.get_by_role("button", name="Pause").count() == 1
    page.wait_for_function("window.seen.length === 5")
    page.get_by_role("button", name="Play").wait_for()
    assert page.evaluate("window.seen") == [str(day) for day in scores.at]
    assert page.evaluate(f"{arcs.get_name()}.relations.at") == 4


def test_play_is_a_step_for_who_asks_for_less_motion(host, scores):
    plain = plain_map()
    RelationArcs(scores).add_to(plain)
    RelationsTimeline(at="2021-12-31", speed=100).add_to(plain)
    page = host(reduced_motion="reduce").show(page_of(plain))
    page.get_by_role("button", name="Play").click()
    assert page.get_by_role("slider").get_attribute("aria-valuetext") == "30 June 2023, snapshot 2 of 5"
    assert page.get_by_role("button", name="Pause").count() == 0


def test_a_layer_switched_on_later_shows_the_chosen_day(host, scores):
    plain = plain_map()
    RelationArcs(scores).add_to(plain)
    late = RelationsChoropleth(scores, name="Late", show=False).add_to(plain)
    RelationsTimeline(at="2023-12-31").add_to(plain)
    folium.LayerControl(collapsed=False).add_to(plain)
    page = host().show(page_of(plain))
    page.get_by_label("Late").check()
    assert page.evaluate(f"{late.get_name()}.relations.at") == 2


def test_layers_of_different_days_share_one_time_axis(host, scores):
    plain = plain_map()
    event = Event("x", date(2024, 3, 1), "BRA", "ARG", type="AGREE", quad=1)
    one = RelationArcs(scores).add_to(plain)
    two = RelationArcs(Scores.from_events([event], at=["2024-03-31"])).add_to(plain)
    RelationsTimeline(at="2023-12-31").add_to(plain)
    page = host().show(page_of(plain))
    slider, drawn = page.get_by_role("slider"), f"[{one.get_name()}, {two.get_name()}].map((s) => s.drawn.length > 0)"
    assert slider.get_attribute("aria-valuetext") == "31 December 2023, snapshot 3 of 6"
    assert page.evaluate(drawn) == [True, False]
    slider.focus()
    page.keyboard.press("ArrowRight")
    assert slider.get_attribute("aria-valuetext") == "31 March 2024, snapshot 4 of 6"
    assert page.evaluate(drawn) == [True, True]


def test_a_single_snapshot_needs_no_timeline(host, scores):
    plain = plain_map()
    RelationArcs(Scores.from_events([Event("x", date(2024, 3, 1), "BRA", "ARG", type="AGREE")])).add_to(plain)
    RelationsTimeline().add_to(plain)
    page = host().show(page_of(plain))
    assert not page.locator(".relations-snapshots").is_visible()


def test_two_maps_on_one_page_do_not_know_each_other(host, scores):
    figure, maps = Figure(), []
    for focus in ("MLI", "FRA"):
        one = folium.Map(location=[20, 10], zoom_start=2, tiles=None, height="50%")
        figure.add_child(one)
        maps.append((one, RelationsChoropleth(scores, focus=focus).add_to(one)))
        RelationArcs(scores, limit=5).add_to(one)
        RelationsTimeline().add_to(one)
    page = host().show(figure.render())
    assert page.locator(".relations-sheet").count() == 4
    page.get_by_role("slider").first.focus()
    page.keyboard.press("Home")
    assert page.evaluate(f"[{', '.join(layer.get_name() for _, layer in maps)}].map((s) => s.relations.at)") == [0, 4]
    page.get_by_role("slider").first.evaluate("(slider) => slider.blur()")
    page.locator(".leaflet-container").nth(1).focus()
    page.keyboard.press("[")
    assert page.evaluate(f"[{', '.join(layer.get_name() for _, layer in maps)}].map((s) => s.relations.at)") == [0, 3]


def test_a_click_says_why_and_a_tip_says_what(host, scores):
    plain = plain_map()
    RelationsChoropleth(scores, focus="MLI").add_to(plain)
    page = host().show(page_of(plain))
    where = spot(page, 47.5, 2.5)
    page.mouse.move(*where)
    assert page.locator(".relations-tip").inner_text().startswith("France")
    page.mouse.click(*where)
    for words in ("France and Mali", "22 September 2025", "Meridian Post", "likely"):
        assert words in popup(page)
    link = page.locator(".leaflet-popup-content a").first
    assert link.get_attribute("href").startswith("https://news.example/")
    assert link.get_attribute("rel") == "noopener noreferrer"
    assert link.get_attribute("target") == "_blank"


@pytest.mark.parametrize("layer", [RelationsChoropleth, RelationArcs])
def test_the_keyboard_reaches_what_a_click_says(host, scores, layer):
    plain = plain_map()
    layer(scores, focus="MLI", legend=False).add_to(plain)
    page = host().show(page_of(plain))
    button = page.get_by_role("button", name="Read the relations as a list")
    for _ in range(12):
        page.keyboard.press("Tab")
        if button.evaluate("(button) => button === document.activeElement"):
            break
    assert button.evaluate("(button) => getComputedStyle(button).opacity") == "1"
    page.keyboard.press("Enter")
    assert popup(page).startswith("Relation with Mali")
    while "France" not in page.evaluate("document.activeElement.textContent"):
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.className") == "relations-row"
    page.keyboard.press("Enter")
    assert popup(page).startswith("France and Mali")
    assert "Meridian Post" in popup(page)
    page.keyboard.press("Escape")
    assert page.locator(".leaflet-popup").count() == 0
    assert button.evaluate("(button) => button === document.activeElement")


def test_an_arc_answers_before_the_country_under_it(host, scores):
    plain = plain_map()
    RelationArcs(scores, focus="MLI").add_to(plain)
    RelationsChoropleth(scores, focus="MLI").add_to(plain)
    page = host().show(page_of(plain))
    x, y = page.evaluate(
        """() => { for (const layer of Object.values(window[document.querySelector(".leaflet-container").id]._layers)) {
        if (!layer.drawn) continue;
        const { line } = layer.drawn.find(({ arc }) => arc.pair.key === "MLI-RUS" && arc.from.code === "MLI");
        const [x, y] = line[Math.floor(line.length * 0.8)], off = layer.toCanvas(L.point(0, 0));
        return [x - off[0], y - off[1]]; } }"""
    )
    page.mouse.click(x, y)
    assert popup(page).startswith("Mali \u2192 Russia")


def test_an_unhurried_reader_may_switch_popups_off(host, scores):
    plain = plain_map()
    RelationsChoropleth(scores, focus="MLI", popup=False).add_to(plain)
    page = host().show(page_of(plain))
    page.mouse.click(*spot(page, 47.5, 2.5))
    assert page.locator(".leaflet-popup").count() == 0


def test_a_popup_of_somebody_else_is_left_alone(host, scores):
    plain = plain_map()
    RelationsChoropleth(scores, focus="MLI").add_to(plain)
    page = host().show(page_of(plain))
    page.evaluate(f"L.circleMarker([47.5, 2.5], {{radius: 12}}).bindPopup('mine').addTo({plain.get_name()})")
    page.mouse.click(*spot(page, 47.5, 2.5))
    assert popup(page) == "mine"


def test_hostile_texts_stay_texts_in_tips_popups_and_names(host, nasty_scores, nasty_texts):
    plain = plain_map()
    RelationsChoropleth(nasty_scores, focus="MLI", name=nasty_texts[1]).add_to(plain)
    RelationArcs(nasty_scores, name=nasty_texts[5]).add_to(plain)
    RelationsTimeline().add_to(plain)
    folium.LayerControl(collapsed=False).add_to(plain)
    page = host().show(page_of(plain))
    assert nasty_texts[1] in page.locator(".leaflet-control-layers").inner_text()
    assert nasty_texts[5] in page.locator(".leaflet-control-layers").inner_text()
    shown = set()
    for key in ("End", "Home"):
        page.get_by_role("slider").focus()
        page.keyboard.press(key)
        page.wait_for_timeout(600)  # the map may still be moving to make room for a popup
        where = spot(page, 47.5, 0.5)
        page.mouse.move(*where)
        page.mouse.click(*where)
        shown |= {text for text in nasty_texts if " ".join(text.split()) in " ".join(popup(page).split())}
        assert page.locator(".leaflet-popup-content :is(img, script, svg, iframe)").count() == 0
        for address in page.locator(".leaflet-popup-content a").evaluate_all("(links) => links.map((a) => a.href)"):
            assert address.startswith("https://")
    assert len(shown) >= 3
    assert page.evaluate("window.hacked") is None


def test_in_a_notebook_the_map_lives_in_a_frame(host, scores):
    plain = plain_map()
    RelationsChoropleth(scores, focus="MLI").add_to(plain)
    RelationsTimeline().add_to(plain)
    page = host().page
    page.set_content(plain._repr_html_())
    frame = page.frame_locator("iframe")
    frame.locator(".relations-sheet").wait_for(state="attached")
    assert "22 Sep 2025" in frame.locator(".relations-snapshots").inner_text()


def test_the_map_of_a_geodataframe_takes_the_layers(host, scores):
    frame = geopandas.GeoDataFrame(
        {"city": ["Bamako", "Paris"]}, geometry=geopandas.points_from_xy([-8.0, 2.3], [12.6, 48.9]), crs="EPSG:4326"
    )
    explored = frame.explore(tiles=None, marker_kwds={"radius": 8})
    countries = RelationsChoropleth(scores, focus="MLI").add_to(explored)
    RelationArcs(scores, focus="MLI").add_to(explored)
    RelationsTimeline().add_to(explored)
    page = host().show(page_of(explored))
    assert page.locator("path.leaflet-interactive").count() == 2
    page.evaluate(f"{explored.get_name()}.setView([20, 20], 3, {{animate: false}})")
    assert colour(page, countries.get_name(), 60, 90) == [0x82, 0xB6, 0xDD, 255]
    page.get_by_role("slider").focus()
    page.keyboard.press("Home")
    assert page.evaluate(f"{countries.get_name()}.relations.at") == 0


def streamlit_page(plain: folium.Map) -> str:
    """What streamlit-folium 0.27 makes of a map: it runs the links of elements and the scripts of their templates, and
    puts the rest of the head and the body in by `innerHTML`, where scripts do not run."""
    plain.get_root().render()
    plain.render()
    head, body = plain.get_root().header.render(), plain.get_root().html.render()

    def script(element: object) -> str:
        module = element._template.module  # type: ignore[attr-defined]  # branca's elements
        own = (
            module.script(element, {})
            if hasattr(module, "script")
            else element._template.render(this=element, kwargs={})
        )  # type: ignore[attr-defined]
        return own + "\n".join(script(child) for child in element._children.values())  # type: ignore[attr-defined]

    def links(element: object) -> list[str]:
        found = [address for _, address in getattr(element, "default_js", [])]
        return found + [link for child in element._children.values() for link in links(child)]  # type: ignore[attr-defined]

    tags = "".join(f'<script src="{link}"></script>' for link in dict.fromkeys(links(plain)))
    return Template(
        "<!DOCTYPE html><html><head></head><body style='height: 600px'>{{ tags }}"
        "<template id='head'>{{ head }}</template><template id='body'>{{ body }}</template><script>"
        "for (const part of ['head', 'body']) { const box = document.createElement('div');"
        "box.innerHTML = document.getElementById(part).innerHTML; document.getElementById(part).remove();"
        "box.style.height = '100%'; document.body.append(box); }"
        "const run = document.createElement('script'); run.textContent = {{ script }}; document.body.append(run);"
        "</script></body></html>"
    ).render(tags=tags, head=head, body=body, script=repr_js(script(plain)))


def repr_js(text: str) -> str:
    import json

    return json.dumps(text).replace("</", "<\\/")


def test_streamlit_folium_finds_code_and_data(host, scores):
    plain = plain_map()
    countries = RelationsChoropleth(scores, focus="MLI", name="Countries").add_to(plain)
    RelationArcs(scores, focus="MLI").add_to(plain)
    RelationsTimeline().add_to(plain)
    folium.LayerControl(collapsed=False).add_to(plain)
    page = host().show(streamlit_page(plain))
    assert page.locator(".relations-sheet").count() == 2
    page.get_by_role("slider").focus()
    page.keyboard.press("Home")
    assert page.evaluate(f"{countries.get_name()}.relations.at") == 0


@pytest.fixture(scope="module")
def everyone() -> Scores:
    """A meeting of every member of the United Nations with one other."""
    pairs = [(code, "FRA" if code != "FRA" else "DEU") for code in UN_MEMBERS]
    return Scores.from_events(
        [Event(str(n), date(2025, 1, 1), *pair, type="CONSULT", quad=1) for n, pair in enumerate(pairs)]
    )


@pytest.mark.parametrize("worldview", ["un", "ne"])
def test_every_member_of_the_united_nations_can_be_seen_and_clicked(host, everyone, worldview):
    plain = plain_map(max_zoom=12)
    layer = RelationsChoropleth(everyone, worldview=worldview).add_to(plain)
    page = host().show(page_of(plain))
    places = load_places()
    ends = {code: [places[code].lat, places[code].lon] for code in UN_MEMBERS}
    titles = page.evaluate(
        f"""(ends) => {{ const map = {plain.get_name()}, titles = {{}};
        for (const [code, place] of Object.entries(ends)) {{
          map.setView(place, 4, {{animate: false}});
          map.fire("click", {{latlng: L.latLng(place), containerPoint: map.latLngToContainerPoint(place)}});
          const title = document.querySelector(".leaflet-popup-content h3");
          titles[code] = title && title.textContent;
          map.closePopup();
        }}
        return titles; }}""",
        ends,
    )
    missing = {code: title for code, title in titles.items() if not title or name_of(code) not in title}
    assert missing == {}
    unseen = [code for code in ("TUV", "NRU", "VCT", "SMR", "KIR", "FJI") if not seen(page, plain, layer, ends[code])]
    assert unseen == []


def seen(page: Page, plain: folium.Map, layer: RelationsChoropleth, place: list[float]) -> bool:
    page.evaluate(f"{plain.get_name()}.setView({place}, 3, {{animate: false}})")
    return colour(page, layer.get_name(), *place)[3] == 255


@pytest.mark.parametrize("worldview", ["un", "ne"])
def test_disputed_borders_are_dashed(host, scores, worldview):
    """The line across the isthmus of Crimea is neither all border nor all land."""
    plain = plain_map()
    layer = RelationsChoropleth(scores, worldview=worldview).add_to(plain)
    page = host().show(page_of(plain))
    page.evaluate(f"{plain.get_name()}.setView([46.05, 33.8], 7, {{animate: false}})")
    dashes = page.evaluate(
        f"""() => {{ const sheet = {layer.get_name()}, pen = sheet.canvas().getContext("2d");
        const [x, y] = sheet.toCanvas(sheet._map.getSize().divideBy(2));
        const {{ data }} = pen.getImageData(x - 60, y - 60, 120, 120), ink = [0x4a, 0x51, 0x58];
        let found = 0;
        for (let at = 0; at < data.length; at += 4) {{
          if (ink.every((value, place) => Math.abs(data[at + place] - value) < 40)) found += 1;
        }}
        return found; }}"""
    )
    assert 20 < dashes < 400
