"""What a reader does with the page, in a real browser with the network off."""

from __future__ import annotations

import csv
import io
import re
from datetime import date

import pytest
from playwright.sync_api import expect

from relations.maps.colours import fill_colour, palette
from relations.maps.page import RelationsMap
from relations.records import Event
from relations.scoring.scores import Scores


def signed(value: float, digits: int = 1) -> str:
    text = f"{abs(value):.{digits}f}"
    return text if float(text) == 0 else ("\u2212" if value < 0 else "+") + text


def number(text: str) -> float:
    return float(text.replace("\u2212", "-"))


def test_the_headline_is_a_finding_about_the_focus(visit):
    page = visit("dossier")
    assert page.text("headline").startswith("Mali: ")
    assert "close to" in page.text("headline") or "friendly with" in page.text("headline")
    assert "Test dossier" in page.text("subtitle")


def test_without_a_focus_the_headline_counts_pairs(visit):
    assert re.search(
        r"Test dossier: \d+ tense or hostile pairs?, \d+ friendly or close", visit("overview").text("headline")
    )


def test_the_list_ranks_from_hostile_to_close(visit, scores):
    page = visit("dossier")
    shown = page.page.locator(".row:not(.thin) .value").all_inner_texts()
    newest = [
        s for s in scores if s.at == scores.at[-1] and "MLI" in (s.source, s.target) and s.state in ("ok", "contested")
    ]
    assert shown == [signed(s.score) for s in sorted(newest, key=lambda s: s.score)]


def test_a_click_on_a_country_makes_it_the_focus_and_escape_goes_back(visit):
    page = visit("dossier")
    page.page.mouse.click(*page.point(47.5, 4.5))
    assert page.text("headline").startswith("France")
    assert "focus=FRA" in page.hash()
    page.page.keyboard.press("Escape")
    assert "focus=all" in page.hash()
    assert page.page.locator("h2").first.inner_text() == "All relations"


def test_a_click_on_an_arc_opens_its_pair(visit):
    page = visit("dossier")
    (x0, y0), (x1, y1) = page.point(17.4, -1.0), page.point(56.5, 44.0)
    for part in range(-60, 61, 3):
        length = ((x1 - x0) ** 2 + (y1 - y0) ** 2) ** 0.5
        spot = ((x0 + x1) / 2 - (y1 - y0) / length * part, (y0 + y1) / 2 + (x1 - x0) / length * part)
        page.page.mouse.move(*spot)
        tip = page.page.locator(".relations-tip").first
        if tip.is_visible() and "Russia" in tip.inner_text() and "Mali" in tip.inner_text():
            page.page.mouse.click(*spot)
            break
    assert "pair=MLI-RUS" in page.hash()


def test_the_pair_panel_gives_score_interval_tabs_and_sentences(visit, scores):
    page = visit("dossier")
    page.page.locator('.row[data-key="FRA-MLI"]').click()
    score, toward = scores["FRA", "MLI"], scores.directed["FRA", "MLI"]
    panel = page.page.locator('[data-part="rail-body"]')
    assert panel.locator(".score").inner_text() == signed(score.score)
    assert f"likely between {signed(score.low)} and {signed(score.high)} (90%)" in panel.inner_text()
    assert f"{score.n_events} events" in panel.inner_text()
    assert panel.locator("mark").first.inner_text().endswith("ed them in front of the press")
    panel.get_by_role("tab", name="France \u2192 Mali").click()
    assert panel.locator(".score").inner_text() == signed(toward.score)
    assert "side=ab" in page.hash()


def test_each_share_in_the_panel_is_the_one_that_explain_gives(visit, scores):
    page = visit("dossier", "pair=FRA-MLI")
    shown = page.page.locator(".evidence .weighs b").all_inner_texts()
    real = sorted((c.contribution for c in scores.explain("FRA", "MLI") if c.event), key=lambda x: -abs(x))
    assert [number(text) for text in shown] == pytest.approx(real[: len(shown)], abs=0.0051)


def test_the_changes_on_the_page_are_those_of_compare(visit, scores):
    page = visit("dossier", "view=table&pairs=all&since=2023-12-31")
    cells = {row.get_attribute("data-key"): row.locator("td").nth(7) for row in page.page.locator("tbody tr").all()}
    moved = {f"{c.source}-{c.target}": c for c in scores.compare("2023-12-31", "2025-09-22")}
    for key, cell in cells.items():
        if cell.inner_text() != "new":
            assert number(cell.inner_text()) == pytest.approx(moved[key].change, abs=0.052), key
            assert ("strong" in (cell.get_attribute("class") or "")) == moved[key].clear, key


def test_the_causes_on_the_page_are_those_of_compare(visit, scores):
    page = visit("dossier", "pair=FRA-MLI")
    change = next(c for c in scores.compare("2024-12-31", "2025-09-22") if (c.source, c.target) == ("FRA", "MLI"))
    shown = page.page.locator(".cause:not(.mass) b").all_inner_texts()
    real = [change.causes["added"], change.causes["decay"], change.causes["prior"]]
    assert [number(text) for text in shown] == pytest.approx([x for x in real if abs(x) >= 0.005], abs=0.0062)


def test_the_slider_moves_with_keys_and_says_its_date(visit):
    page = visit("dossier")
    track = page.page.get_by_role("slider", name="Snapshot")
    assert track.get_attribute("aria-valuetext") == "22 Sep 2025"
    track.focus()
    page.page.keyboard.press("ArrowLeft")
    assert track.get_attribute("aria-valuetext") == "31 Dec 2024"
    page.page.keyboard.press("Home")
    assert page.text("date") == "31 Dec 2021"
    assert "at=2021-12-31" in page.hash()
    page.page.keyboard.press("End")
    assert page.text("date-note") == "snapshot 5 of 5"


def test_a_press_on_the_track_takes_the_nearest_snapshot(visit):
    page = visit("dossier")
    box = page.page.locator('[data-part="track"]').bounding_box()
    page.page.mouse.click(box["x"] + 2, box["y"] + box["height"] / 2)
    assert page.text("date") == "31 Dec 2021"


def test_play_steps_to_the_end_and_stops(visit):
    page = visit("dossier", "at=2024-12-31")
    page.page.get_by_role("button", name="Play").click()
    expect(page.page.locator('[data-part="date"]')).to_have_text("22 Sep 2025")
    expect(page.page.get_by_role("button", name="Play")).to_be_visible()


def test_changing_the_snapshot_does_not_move_the_map(visit):
    page = visit("dossier")
    before = page.point(10, 10)
    page.page.keyboard.press("[")
    assert page.point(10, 10) == before


def test_search_finds_by_name_without_accents_and_by_code(visit):
    page = visit("dossier")
    page.page.keyboard.press("/")
    page.page.keyboard.type("turk")
    assert page.page.get_by_role("option").first.inner_text().startswith("T\u00fcrkiye")
    page.page.keyboard.press("Escape")
    page.page.keyboard.press("/")
    page.page.keyboard.type("nzl")
    page.page.keyboard.press("Enter")
    assert page.text("headline").startswith("New Zealand")


def test_a_link_restores_the_view(visit):
    first = visit("dossier", "focus=FRA&pair=BFA-FRA&side=ba&at=2024-12-31&theme=dark")
    assert first.page.locator(".pair-title").inner_text() == "Burkina Faso and France"
    assert first.page.locator('[role="tab"][aria-selected="true"]').inner_text().startswith("France")
    assert first.text("date") == "31 Dec 2024"
    assert first.page.evaluate("document.documentElement.dataset.theme") == "dark"
    again = visit("dossier", first.hash().lstrip("#"))
    assert again.text("headline") == first.text("headline")


@pytest.mark.parametrize(
    "view", ["pair=XXX-YYY&at=tomorrow", "filter=9999,x,y", "%00%ff", "since=2021-12-31&at=2021-12-31"]
)
def test_a_broken_link_opens_the_usual_view(visit, view):
    assert visit("dossier", view).text("headline").startswith("Mali")


def test_change_mode_lists_what_moved_beyond_its_margin(visit, scores):
    page = visit("dossier")
    page.page.keyboard.press("d")
    assert page.text("headline").startswith("Mali since Dec 2024")
    page.page.get_by_label("Earlier snapshot").select_option(label="31 Dec 2021")
    assert "since=2021-12-31" in page.hash()
    assert page.page.locator("h2").first.inner_text() == "What changed for Mali"
    page.page.get_by_role("button", name="Scores").first.click()
    assert "since" not in page.hash()


def test_the_table_sorts_by_any_column_and_opens_pairs_by_key(visit):
    page = visit("dossier")
    page.page.keyboard.press("t")
    assert page.page.locator('th[aria-sort="ascending"]').inner_text().startswith("Score")
    page.page.get_by_role("button", name="Events").click()
    counts = [int(text) for text in page.page.locator("tbody tr td:nth-child(11)").all_inner_texts()]
    assert counts == sorted(counts)
    page.page.get_by_role("button", name="Events").click()
    assert page.page.locator('th[aria-sort="descending"]').inner_text().startswith("Events")
    page.page.locator("tbody tr").first.focus()
    page.page.keyboard.press("ArrowDown")
    page.page.keyboard.press("Enter")
    assert "pair=" in page.hash()
    assert page.page.locator(".pair-title").is_visible()


def test_the_csv_holds_the_scores(visit, scores):
    page = visit("dossier", "view=table&pairs=all")
    with page.page.expect_download() as started:
        page.page.get_by_role("button", name="Save as CSV").click()
    rows = list(csv.DictReader(io.StringIO(started.value.path().read_text(encoding="utf-8"))))
    mutual = {(row["source"], row["target"]): row for row in rows if row["directed"] == "false"}
    for score in scores:
        if score.at == scores.at[-1]:
            row = mutual[score.source, score.target]
            assert float(row["score"]) == pytest.approx(score.score, abs=0.006)
            assert (row["word"], row["state"], int(row["n_events"])) == (score.word, score.state, score.n_events)


def test_the_view_can_be_saved_as_a_picture(visit):
    page = visit("dossier")
    page.page.get_by_role("button", name="Menu").click()
    with page.page.expect_download() as started:
        page.page.get_by_role("menuitem", name="PNG").click()
    assert started.value.path().read_bytes().startswith(b"\x89PNG")


def test_the_filter_leaves_pairs_out_and_says_so(visit):
    page = visit("dossier")
    before = page.page.locator(".row").count()
    page.page.get_by_role("button", name="Filter").click()
    page.page.locator('[data-filter="low"]').fill("1")
    assert page.text("filter-word") == "Filter, 1"
    assert "filtered" in page.text("legend-note")
    assert 0 < page.page.locator(".row").count() < before
    page.page.locator('[data-filter="low"]').fill("10")
    assert "No pair passes the filter." in page.text("rail-body")
    page.page.keyboard.press("Escape")
    page.page.locator('[data-part="rail-body"]').get_by_role("button", name="Clear").click()
    assert page.page.locator(".row").count() == before


def test_borders_and_theme_can_be_switched(visit):
    page = visit("dossier", color_scheme="light")
    for name, shown in (("Borders", "world=ne"), ("Theme", "theme=light"), ("Theme", "theme=dark")):
        page.page.get_by_role("button", name="Menu").click()
        page.page.get_by_role("menuitem", name=name).click()
        page.page.wait_for_function("shown => location.hash.includes(shown)", arg=shown)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_colours_for_the_colour_blind_can_be_chosen_and_are_kept_in_the_link(visit, scores, theme):
    page = visit("dossier", f"theme={theme}")
    page.page.get_by_role("button", name="Menu").click()
    page.page.get_by_role("menuitem", name="Colours").click()
    again = visit("dossier", page.hash().lstrip("#"))
    for one in (page, again):
        assert "colours=orange-blue" in one.hash()
        score = scores["MLI", "RUS"].score
        assert colour_at(one, 60, 50) == fill_colour(score, theme, "orange-blue") != fill_colour(score, theme)
        swatch = "[...document.querySelectorAll('.swatches i')].map((one) => getComputedStyle(one).backgroundColor)[0]"
        hostile = palette(theme, "orange-blue")["fill"][0]
        assert one.page.evaluate(swatch) == f"rgb({', '.join(str(int(hostile[i : i + 2], 16)) for i in (1, 3, 5))})"


def colour_at(page, lat: float, lon: float) -> str:
    """What the countries' canvas shows at a place."""
    red, green, blue = page.page.evaluate(
        """([lat, lon]) => { const box = document.querySelector('.folium-map'), map = window[box.id];
        const sheet = Object.values(map._layers).find((layer) => layer.countryAt), ratio = window.devicePixelRatio;
        const [x, y] = sheet.toCanvas(map.latLngToContainerPoint([lat, lon]));
        return [...sheet.canvas().getContext('2d').getImageData(x * ratio, y * ratio, 1, 1).data].slice(0, 3); }""",
        [lat, lon],
    )
    return f"#{red:02x}{green:02x}{blue:02x}"


def test_letters_are_inert_in_text_fields(visit):
    page = visit("dossier")
    page.page.keyboard.press("/")
    page.page.keyboard.type("td")
    assert "view" not in page.hash()
    assert "since" not in page.hash()


def test_rows_are_walked_with_arrows_and_escape_returns_to_the_row(visit):
    page = visit("dossier")
    page.page.locator(".row").first.focus()
    page.page.keyboard.press("ArrowDown")
    key = page.page.evaluate("document.activeElement.dataset.key")
    page.page.keyboard.press("Enter")
    assert f"pair={key}" in page.hash()
    assert page.page.evaluate("document.activeElement.className") == "pair-title"
    page.page.keyboard.press("Escape")
    assert page.page.evaluate("document.activeElement.dataset.key") == key


def test_one_article_shows_its_sentences_without_a_click(visit):
    page = visit("article")
    assert page.text("headline") == "France and Mali: tense, on the word of one article"
    assert page.page.locator("h2").inner_text() == "One relation in this article"
    assert page.page.locator(".evidence").count() == 3
    assert page.page.get_by_role("button", name="Change").first.is_disabled()
    assert "A second source can move a score" in page.text("rail-body").replace("a second", "A second")


def test_one_article_draws_its_other_pairs_too(visit_file):
    ends = [("FRA", "MLI"), ("MLI", "RUS"), ("BFA", "FRA")]
    told = [
        Event(str(n), date(2025, 9, 1), *pair, type="SANCTION", quad=4, document="one") for n, pair in enumerate(ends)
    ]
    page = visit_file(RelationsMap(Scores.from_events(told, at=[date(2025, 9, 22)]), focus="MLI"))
    page.page.get_by_role("button", name="Menu").click()
    with page.page.expect_download() as started:
        page.page.get_by_role("menuitem", name="SVG").click()
    svg = started.value.path().read_text(encoding="utf-8")
    assert "<title>Burkina Faso \u2192 France" in svg
    assert page.text("legend-title") == "Relation with Mali"


@pytest.mark.parametrize("view", ["", "pair=FRA-MLI", "since=2023-12-31", "focus=all"])
def test_the_page_says_that_borders_are_no_endorsement_and_disputed_ones_dashed(visit, view):
    note = visit("dossier", view).page.locator('[data-part="rail-body"] .note').last.inner_text()
    assert "imply no endorsement. Disputed borders are dashed." in note


def test_before_the_first_event_the_page_says_that_nothing_is_known(visit):
    page = visit("dated-article")
    page.page.keyboard.press("[")
    assert page.text("headline") == "No relation known on 1 January 2024"
    assert "No event is known on this date." in page.text("rail-body")
    page.page.keyboard.press("t")
    page.page.keyboard.press("]")
    assert page.page.locator("tbody tr").count() == 1


def test_an_empty_file_still_opens_and_says_so(visit):
    page = visit("empty")
    assert page.text("headline") == "No relation was found"
    assert "No relation was found." in page.text("rail-body")


def test_a_phone_has_a_bottom_sheet_and_nothing_wider_than_itself(visit):
    page = visit("dossier", size=(390, 844), has_touch=True, is_mobile=True)
    assert page.page.evaluate("document.documentElement.scrollWidth") == 390
    assert page.page.locator(".row").first.bounding_box()["height"] >= 44
    low = page.page.locator(".rail").bounding_box()["y"]
    page.page.locator(".row").first.tap()
    expect(page.page.locator(".relations-page.tall")).to_be_visible()
    assert page.page.locator(".rail").bounding_box()["y"] < low
    assert page.page.locator(".pair-title").is_visible()


def test_on_touch_the_first_tap_on_a_country_only_shows_it(visit):
    page = visit("dossier", size=(390, 844), has_touch=True, is_mobile=True)
    page.page.touchscreen.tap(*page.point(20.5, -10.0))
    preview = page.page.locator(".preview")
    if preview.count() == 0:
        pytest.fail("a tap on Mauritania showed nothing")
    assert "Mauritania" in preview.inner_text()
    preview.get_by_role("button", name="Make it the focus").tap()
    assert page.text("headline").startswith("Mauritania")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_follows_the_system_theme(visit, scheme):
    page = visit("dossier", color_scheme=scheme)
    ground = page.page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert ground == {"light": "rgb(255, 255, 255)", "dark": "rgb(20, 24, 28)"}[scheme]


def test_with_reduced_motion_nothing_fades(visit):
    page = visit("dossier", reduced_motion="reduce")
    page.page.keyboard.press("[")
    assert page.page.locator(".ghost").count() == 0


def test_paper_gets_the_list_and_the_open_pair_in_light(visit):
    page = visit("dossier", "pair=FRA-MLI", color_scheme="dark")
    page.page.emulate_media(media="print")
    page.page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert page.page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    printed = page.page.locator('[data-part="printed"]')
    assert "Algeria" in printed.inner_text()
    assert "ed them in front of the press" in printed.inner_text()
    assert not page.page.locator(".toolbar").is_visible()
    page.page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert printed.inner_text() == ""


def test_a_notebook_shows_the_page_in_a_frame(browser, scores: Scores, tmp_path):
    (tmp_path / "cell.html").write_text(RelationsMap(scores, focus="MLI")._repr_html_(), encoding="utf-8")
    page = browser.new_page()
    page.goto((tmp_path / "cell.html").as_uri())
    frame = page.frame_locator("iframe")
    frame.locator("[data-ready]").wait_for(timeout=10_000)
    frame.locator(".row").first.click()
    assert frame.locator(".pair-title").is_visible()
    page.close()
