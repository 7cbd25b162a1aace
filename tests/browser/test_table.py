"""The same numbers as a table: sorted, searched, and as long as it gets."""

from __future__ import annotations

import csv
import io

from playwright.sync_api import expect


def rows_of(page) -> list[str]:
    return page.page.locator("tbody tr:not(.spacer)").evaluate_all("rows => rows.map((row) => row.dataset.key)")


def test_the_table_is_searched_by_name_without_accents_and_by_code(visit):
    page = visit("dossier", "view=table&pairs=all")
    search = page.page.get_by_role("searchbox", name="Find in the table")
    search.fill("turk")
    assert rows_of(page) == ["MLI-TUR"]
    assert "1 pair with reported events" in page.text("table")
    search.fill("fra")
    assert set(rows_of(page)) == {"FRA-MLI", "BFA-FRA"}
    assert "find=fra" in page.hash()
    search.fill("atlantis")
    assert "No pair matches the search." in page.text("table")


def test_the_search_keeps_the_focus_while_one_types(visit):
    page = visit("dossier", "view=table&pairs=all")
    page.page.get_by_role("searchbox", name="Find in the table").click()
    page.page.keyboard.type("mali")
    assert page.page.evaluate("document.activeElement.value") == "mali"


def test_a_link_restores_search_and_order(visit):
    page = visit("dossier", "view=table&pairs=all&find=france&sort=-events")
    assert page.page.locator('th[aria-sort="descending"]').inner_text().startswith("Events")
    assert rows_of(page) == ["FRA-MLI", "BFA-FRA"]


def test_twenty_thousand_pairs_are_all_in_the_table_and_few_of_them_in_the_document(visit):
    page = visit("many", "view=table")
    total = page.page.locator("table").get_attribute("aria-rowcount")
    assert int(total) > 19_000
    assert len(rows_of(page)) < 120
    first = rows_of(page)[0]
    page.page.locator('[data-part="table"]').evaluate("box => { box.scrollTop = box.scrollHeight; }")
    expect(page.page.locator(f'tr[data-key="{first}"]')).to_have_count(0)
    last = page.page.locator("tbody tr:not(.spacer)").last
    assert last.get_attribute("aria-rowindex") == total
    assert last.bounding_box()["y"] < 900


def test_arrow_keys_walk_past_what_was_in_the_document(visit):
    page = visit("many", "view=table")
    page.page.locator("tbody tr").first.focus()
    for _ in range(90):
        page.page.keyboard.press("ArrowDown")
    row = page.page.evaluate(
        """() => { const box = document.activeElement.getBoundingClientRect();
        return [document.activeElement.getAttribute('aria-rowindex'), box.top, box.bottom]; }"""
    )
    assert row[0] == "92"
    assert 0 < row[1] < row[2] < 900


def test_a_long_table_sorts_as_a_whole(visit):
    page = visit("many", "view=table")
    lowest = page.page.locator("tbody tr:not(.spacer) td.strong").first.inner_text()
    page.page.locator('[data-sort="score"]').click()
    highest = page.page.locator("tbody tr:not(.spacer) td.strong").first.inner_text()
    assert (lowest[0], highest[0]) == ("\u2212", "+")


def test_the_csv_holds_what_the_table_shows(visit):
    page = visit("dossier", "view=table&pairs=all&find=niger")
    with page.page.expect_download() as started:
        page.page.get_by_role("button", name="Save as CSV").click()
    rows = list(csv.DictReader(io.StringIO(started.value.path().read_text(encoding="utf-8"))))
    assert {(row["source"], row["target"]) for row in rows} == {("MLI", "NER"), ("NER", "MLI")}


def test_on_a_phone_the_table_spares_columns_and_opens_pairs(visit):
    page = visit("dossier", "view=table", size=(390, 844), has_touch=True, is_mobile=True)
    shown = [cell.inner_text() for cell in page.page.locator("thead th").all() if cell.is_visible()]
    assert [name.split(" ")[0] for name in shown] == ["Country", "Score", "Low", "High", "Since"]
    page.page.locator("tbody tr").first.tap()
    assert page.page.locator(".pair-title").is_visible()


def test_on_a_phone_the_table_is_searched_too_and_the_box_keeps_the_focus(visit):
    page = visit("dossier", "view=table", size=(390, 844), has_touch=True, is_mobile=True)
    search = page.page.get_by_role("searchbox", name="Find in the table")
    search.tap()
    page.page.keyboard.type("turk")
    assert rows_of(page) == ["MLI-TUR"]
    assert page.page.evaluate("document.activeElement.value") == "turk"
    search.fill("")
    few = len(rows_of(page))
    page.page.get_by_role("button", name="Show all").tap()
    assert len(rows_of(page)) > few
