"""Whoever does not see, or does not use a mouse, gets the same page."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

PHONE = {"size": (390, 844), "has_touch": True, "is_mobile": True}


def grave(page) -> list[str]:
    """Violations that axe-core calls serious or critical, with the elements they are on."""
    found = Axe().run(page.page).response["violations"]
    return [
        f"{one['id']}: {one['nodes'][0]['html'][:160]}" for one in found if one["impact"] in ("serious", "critical")
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("view", ["", "pair=FRA-MLI", "since=2023-12-31", "view=table&pairs=all", "focus=all"])
def test_axe_finds_nothing_serious_on_a_desk(visit, view, scheme):
    assert grave(visit("dossier", view, color_scheme=scheme)) == []


@pytest.mark.parametrize("view", ["", "pair=FRA-MLI", "since=2023-12-31", "view=table"])
def test_axe_finds_nothing_serious_on_a_phone(visit, view):
    assert grave(visit("dossier", view, **PHONE)) == []


@pytest.mark.parametrize("name", ["article", "empty", "nasty"])
def test_axe_finds_nothing_serious_on_special_pages(visit, name):
    assert grave(visit(name)) == []


@pytest.mark.parametrize("opened", ["Filter", "Menu"])
def test_axe_finds_nothing_serious_in_open_panels(visit, opened):
    page = visit("dossier")
    page.page.get_by_role("button", name=opened).click()
    assert grave(page) == []


def test_axe_finds_nothing_serious_in_search_results(visit):
    page = visit("dossier")
    page.page.keyboard.press("/")
    page.page.keyboard.type("m")
    assert grave(page) == []


def test_the_tab_key_goes_through_header_map_timeline_and_list(visit):
    page = visit("dossier")
    order = []
    for _ in range(26):
        page.page.keyboard.press("Tab")
        order.append(
            page.page.evaluate(
                """() => { const here = document.activeElement, part = here.closest('[data-part]');
                return here.className.includes('folium-map') ? 'map' : part ? part.dataset.part : ''; }"""
            )
        )
    places = [order.index(part) for part in ("search-text", "views", "map", "zoom", "play", "track", "rail-body")]
    assert places == sorted(places)


def test_keys_open_what_the_buttons_open(visit):
    page = visit("dossier")
    for key, shown in (("d", "since="), ("d", ""), ("t", "view=table"), ("t", ""), ("[", "at=2024-12-31"), ("]", "")):
        page.page.keyboard.press(key)
        assert page.hash().startswith("#" + shown if shown else ""), key
        assert bool(shown) == bool(page.hash()), key


def test_arrows_pan_a_focused_map_and_leave_time_alone(visit):
    page = visit("dossier")
    before = page.point(10, 10)
    page.page.locator(".folium-map").focus()
    page.page.keyboard.press("ArrowRight")
    page.page.wait_for_timeout(400)
    assert page.point(10, 10)[0] < before[0]
    assert page.text("date") == "22 Sep 2025"


def test_letter_keys_can_be_switched_off(visit):
    page = visit("dossier")
    page.page.get_by_role("button", name="Menu").click()
    page.page.get_by_role("menuitem", name="Letter keys").click()
    page.page.keyboard.press("t")
    assert page.hash() == ""


def test_space_plays_when_the_timeline_has_the_focus(visit):
    page = visit("dossier", "at=2024-12-31")
    page.page.get_by_role("slider", name="Snapshot").focus()
    page.page.keyboard.press(" ")
    expect(page.page.locator('[data-part="date"]')).to_have_text("22 Sep 2025")


def test_every_target_on_a_phone_is_large_enough_to_touch(visit):
    page = visit("dossier", **PHONE)
    small = page.page.evaluate(
        """() => [...document.querySelectorAll('button, input, select, [role=slider]')].filter((one) => {
        const box = one.getBoundingClientRect(), shown = box.width > 0 && one.checkVisibility();
        const after = getComputedStyle(one, '::after'), grown = after.content !== 'none' ? 10 : 0;
        return shown && box.height + grown < 44 && !one.closest('.edges');
        }).map((one) => one.outerHTML.slice(0, 90) + one.getBoundingClientRect().height)"""
    )
    assert small == []


def test_with_reduced_motion_play_is_a_step(visit):
    page = visit("dossier", "at=2021-12-31", reduced_motion="reduce")
    page.page.get_by_role("button", name="Next snapshot").click()
    assert page.text("date") == "30 Jun 2023"
    page.page.wait_for_timeout(1100)
    assert page.text("date") == "30 Jun 2023"


def test_the_list_tells_its_length_although_few_rows_are_made(visit):
    page = visit("many")
    item = page.page.locator('[role="listitem"]').first
    assert int(item.get_attribute("aria-setsize")) > 1000
    assert page.page.locator('[role="listitem"]').count() < 120
