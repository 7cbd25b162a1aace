"""Filters leave pairs out by what happened, how surely, and which way."""

from __future__ import annotations

import pytest


def keys_of(page) -> set[str]:
    return set(page.page.locator(".row").evaluate_all("rows => rows.map((row) => row.dataset.key)"))


def signed(value: float) -> str:
    text = f"{abs(value):.1f}"
    return text if float(text) == 0 else ("\u2212" if value < 0 else "+") + text


def opened(visit, *args):
    page = visit("dossier", *args)
    page.page.get_by_role("button", name="Filter").click()
    return page


def test_a_type_left_out_leaves_out_pairs_that_have_no_other(visit, events):
    page = opened(visit)
    panel = page.page.locator('[data-part="filter"]')
    for box in panel.locator("input[data-quad]").all():
        box.uncheck()
    assert keys_of(page) == set()
    panel.get_by_label("Threaten").check()
    wanted = {
        "-".join(sorted((e.source, e.target))) for e in events if e.type == "THREATEN" and "MLI" in (e.source, e.target)
    }
    assert keys_of(page) == wanted


def test_a_group_is_half_checked_when_one_of_its_types_is_off(visit):
    page = opened(visit)
    panel = page.page.locator('[data-part="filter"]')
    panel.get_by_label("Accuse").uncheck()
    group = panel.locator('input[data-quad="3"]')
    assert group.evaluate("box => box.indeterminate")
    group.check()
    assert panel.get_by_label("Accuse").is_checked()
    assert page.text("filter-word") == "Filter"


def test_counts_of_types_and_groups_are_of_pairs(visit, events):
    panel = opened(visit).page.locator('[data-part="filter"]')
    pairs = lambda kinds: len({tuple(sorted((e.source, e.target))) for e in events if e.type in kinds})  # noqa: E731
    assert panel.locator('label:has(input[data-quad="4"]) .count').inner_text() == (
        f"{pairs({'PROTEST', 'SANCTION', 'MOBILIZE', 'COERCE', 'ASSAULT'})} pairs"
    )
    assert panel.locator("label", has_text="Coerce").locator(".count").inner_text() == str(pairs({"COERCE"}))


def test_types_count_only_up_to_the_snapshot_shown(visit, events):
    page = visit("dossier", "at=2021-12-31")
    page.page.get_by_role("button", name="Filter").click()
    for box in page.page.locator("input[data-quad]").all():
        box.uncheck()
    page.page.locator('[data-part="filter"]').get_by_label("Coerce").check()
    wanted = {
        "-".join(sorted((e.source, e.target)))
        for e in events
        if e.type == "COERCE" and "MLI" in (e.source, e.target) and e.date.year <= 2021
    }
    assert keys_of(page) == wanted


@pytest.mark.parametrize(("way", "text"), [("out", "Mali \u2192 others"), ("in", "Others \u2192 Mali")])
def test_one_direction_recolours_list_map_and_headline(visit, scores, way, text):
    page = opened(visit)
    page.page.get_by_label(text).check()
    for row in page.page.locator(".row").all():
        a, b = row.get_attribute("data-key").split("-")
        partner = b if a == "MLI" else a
        score = scores.directed["MLI", partner] if way == "out" else scores.directed[partner, "MLI"]
        assert row.locator(".value").inner_text() == signed(score.score)
    assert f",{way}" in page.page.evaluate("decodeURIComponent(location.hash)")
    assert page.text("headline").startswith("How ")
    page.page.keyboard.press("Escape")
    page.page.mouse.move(*page.point(55, 60))
    russia = scores.directed["MLI", "RUS"] if way == "out" else scores.directed["RUS", "MLI"]
    assert signed(russia.score) in page.page.locator(".relations-tip").inner_text()


@pytest.mark.parametrize(("way", "title"), [("out", "Mali towards others"), ("in", "Others towards Mali")])
def test_change_too_is_that_of_the_direction_asked_for(visit, scores, way, title):
    page = visit("dossier", f"since=2021-12-31&filter=,-10,10,1,0,1,{way}")
    page.page.get_by_role("button", name="show").click()
    rows, plain = page.page.locator(".row").all(), visit("dossier", "since=2021-12-31")
    assert rows
    for row in rows:
        a, b = row.get_attribute("data-key").split("-")
        ends = ("MLI", b if a == "MLI" else a) if way == "out" else (b if a == "MLI" else a, "MLI")
        after, before = scores.directed[ends], scores.directed[(*ends, "2021-12-31")]
        shown = float(row.locator(".value").inner_text().replace("\u2212", "-"))
        assert shown == pytest.approx(after.score - before.score, abs=0.051)
        margin = ((after.high - after.low) ** 2 + (before.high - before.low) ** 2) ** 0.5 / 2
        clear = abs(after.score - before.score) > margin and abs(after.score - before.score) >= 0.75
        assert ("unclear" not in (row.get_attribute("class") or "")) == clear, row.get_attribute("data-key")
    assert page.text("legend-title") == title
    assert page.text("headline").startswith(f"{title} since Dec 2021")
    assert page.text("headline") != plain.text("headline")


def test_the_lead_of_one_direction_compares_that_direction(visit, scores):
    lead = visit("dossier", "pair=FRA-MLI&side=ab").page.locator(".lead").inner_text()
    assert f"({signed(scores.directed['FRA', 'MLI', '2024-12-31'].score)})" in lead


def test_without_a_focus_no_direction_can_be_chosen(visit):
    page = opened(visit, "focus=all")
    assert page.page.locator('[data-way="out"]').is_disabled()
    assert "Choose a country first." in page.text("filter")


def test_few_events_and_thin_evidence_can_be_left_out(visit, scores):
    page = opened(visit)
    page.page.locator('[data-filter="least"]').fill("10")
    newest = [s for s in scores if s.at == scores.at[-1] and "MLI" in (s.source, s.target)]
    assert keys_of(page) == {f"{s.source}-{s.target}" for s in newest if s.n_events >= 10}
    page.page.locator('[data-filter="least"]').fill("1")
    page.page.get_by_label("Thin evidence").uncheck()
    assert keys_of(page) == {f"{s.source}-{s.target}" for s in newest if s.state in ("ok", "contested")}


def test_more_arcs_are_drawn_when_asked_for(visit):
    page = opened(visit)
    names = "() => document.querySelectorAll('.row').length"
    rows = page.page.evaluate(names)
    before = arcs_of(page)
    page.page.locator('[data-filter="limit"]').fill("61")
    assert "all" in page.text("filter")
    assert arcs_of(page) > before
    assert page.page.evaluate(names) == rows
    page.page.locator('[data-filter="limit"]').fill("2")
    assert 2 <= arcs_of(page) <= 4


def arcs_of(page) -> int:
    """Arcs on the map, counted in the picture that the page saves."""
    with page.page.expect_download() as started:
        page.page.keyboard.press("Escape")
        page.page.get_by_role("button", name="Menu").click()
        page.page.get_by_role("menuitem", name="SVG").click()
    text = started.value.path().read_text(encoding="utf-8")
    page.page.get_by_role("button", name="Filter").click()
    return text.count("<title>", text.index('class="arcs"'))


def test_a_link_restores_every_filter(visit):
    first = opened(visit)
    first.page.locator('[data-part="filter"]').get_by_label("Consult").uncheck()
    first.page.locator('[data-filter="low"]').fill("-6")
    first.page.locator('[data-filter="least"]').fill("3")
    first.page.get_by_label("Thin evidence").uncheck()
    first.page.get_by_label("Mali \u2192 others").check()
    again = visit("dossier", first.hash().lstrip("#"))
    assert again.text("filter-word") == first.text("filter-word") == "Filter, 5"
    assert keys_of(again) == keys_of(first)
    assert again.text("headline") == first.text("headline")
