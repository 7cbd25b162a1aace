"""The report in a real browser: it runs nothing, fetches nothing, and prints."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser

from relations.reporting.contents import report_on
from relations.reporting.page import to_html
from relations.scoring.scores import Scores


def test_a_report_of_hostile_texts_runs_nothing_and_fetches_nothing(
    browser: Browser, tmp_path: Path, nasty_scores: Scores, nasty_texts: list[str]
) -> None:
    path = tmp_path / "report.html"
    path.write_text(to_html(report_on(nasty_scores, nasty_texts[1]), nasty_scores), encoding="utf-8")
    context = browser.new_context(viewport={"width": 390, "height": 844})
    asked: list[str] = []
    page = context.new_page()
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: asked.append(message.text))
    page.on("dialog", lambda dialog: (asked.append(dialog.message), dialog.dismiss()))
    page.goto(path.as_uri())
    assert [url for url in asked if not url.startswith(("file:", "data:image/png"))] == []
    assert page.evaluate("window.hacked") is None
    assert page.locator("script, iframe, svg[onload]").count() == 0
    assert nasty_texts[1] in page.locator("header").inner_text()
    images = page.locator("img").evaluate_all("(all) => all.map((image) => image.naturalWidth)")
    assert len(images) == 3
    assert min(images) > 400
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert page.locator(".c0, .c1, .c2").first.evaluate("(swatch) => getComputedStyle(swatch).backgroundColor") != (
        "rgba(0, 0, 0, 0)"
    )
    context.close()
