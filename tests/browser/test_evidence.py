"""Why a pair has its score: what it weighs, what moved it, and which sentences stand behind it."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from relations.maps.page import RelationsMap
from relations.scoring.scores import Scores


def number(text: str) -> float:
    return float(text.replace("\u2212", "-"))


def test_cooperation_and_conflict_stand_side_by_side(visit, scores):
    page = visit("dossier", "pair=FRA-MLI")
    masses = scores.masses("FRA", "MLI")
    for name, value in (("cooperation", masses.cooperation), ("conflict", masses.conflict)):
        assert number(page.page.locator(f'[data-mass="{name}"] b').inner_text()) == pytest.approx(value, abs=0.06)
    shown = re.search(r"Conflict intensity ([\d.]+)", page.text("rail-body"))[1]
    assert float(shown) == pytest.approx(masses.intensity, abs=0.006)


def test_masses_are_those_of_the_snapshot_shown(visit, scores):
    page = visit("dossier", "pair=FRA-MLI&at=2021-12-31")
    masses = scores.masses("FRA", "MLI", "2021-12-31")
    assert number(page.page.locator('[data-mass="conflict"] b').inner_text()) == pytest.approx(
        masses.conflict, abs=0.06
    )


def test_each_event_says_why_it_counts_as_it_does(visit, scores):
    page = visit("dossier", "pair=FRA-MLI")
    heaviest = max((c for c in scores.explain("FRA", "MLI") if c.event), key=lambda c: abs(c.contribution))
    page.page.locator(".why summary").first.click()
    why = page.page.locator(".why p").first.inner_text()
    assert "90% sure" in why
    assert f"The corpus average is {scores.prior():+.1f}".replace("The", "the").replace("-", "\u2212") in why
    weight, total, points = re.search(r"([\d.]+) of ([\d.]+), makes ([+\u2212\d.]+)\.$", why).groups()
    assert float(weight) == pytest.approx(heaviest.weight, abs=0.006)
    assert float(total) == pytest.approx(scores["FRA", "MLI"].weight, abs=0.006)
    assert number(points) == pytest.approx(heaviest.contribution, abs=0.006)


def test_types_are_told_in_plain_words(visit):
    tags = set(visit("dossier", "pair=FRA-MLI").page.locator(".evidence .tag").all_inner_texts())
    assert tags
    assert not any(tag.isupper() for tag in tags)
    assert tags <= {"accuses", "rejects", "threatens", "cuts ties or trade with", "sanctions", "coerces", "agrees with",
                    "meets", "cooperates with", "aids"}  # fmt: skip


def test_all_events_can_be_shown(visit, scores):
    page = visit("dossier", "pair=FRA-MLI")
    assert page.page.locator(".evidence").count() == 10
    page.page.get_by_role("button", name="Show").last.click()
    assert page.page.locator(".evidence").count() == scores["FRA", "MLI"].n_events


def test_sentences_are_opened_only_when_somebody_asks_why(visit):
    page = visit("dossier")
    text_of = "document.querySelector('[id$=_texts]').textContent"
    page.page.evaluate(f"window.before = {text_of}")
    assert "in front of the press" not in page.page.content()
    page.page.locator('.row[data-key="FRA-MLI"]').click()
    expect(page.page.locator(".evidence mark").first).to_contain_text("in front of the press")


def test_a_broken_clipboard_shows_the_address_to_copy(visit):
    page = visit("dossier", "pair=FRA-MLI")
    page.page.evaluate(
        "Object.defineProperty(navigator, 'clipboard', { value: { writeText: () => Promise.reject() } })"
    )
    page.page.get_by_role("button", name="Copy link").click()
    expect(page.page.locator('[data-part="subtitle"]')).to_contain_text("pair=FRA-MLI")


def test_the_events_behind_a_change_are_shown_without_a_click(visit, scores):
    page = visit("dossier", "since=2021-12-31")
    moved = [c for c in scores.compare("2021-12-31", "2025-09-22") if "MLI" in (c.source, c.target) and c.clear]
    assert moved
    rail = page.page.locator('[data-part="rail-body"]')
    assert "Events behind the largest changes" in rail.inner_text()
    largest = max((c for c in moved if c.before_state != "no data"), key=lambda c: abs(c.change))
    way = 1 if largest.change > 0 else -1
    points = way * max(p * way for event, p in largest.contributions.items() if event)
    assert number(rail.locator(".evidence .weighs b").first.inner_text()) == pytest.approx(points, abs=0.0061)


def test_a_method_without_an_exact_split_shows_no_shares(events, visit_file):
    from relations.settings import Settings

    found = Scores.from_events(events, at=["2024-12-31", "2025-09-22"], settings=Settings(method="logratio"))
    page = visit_file(RelationsMap(found, focus="MLI"), "pair=FRA-MLI")
    assert set(page.page.locator(".evidence .weighs b").all_inner_texts()) == {"\u2013"}
    assert "What moved it" not in page.text("rail-body")
