"""Invented dossiers, and a real browser that may fetch nothing and complain of nothing."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from relations.countries import is_state
from relations.maps.geometry import load_places
from relations.maps.page import RelationsMap
from relations.records import Event
from relations.scoring.scores import Scores

SNAPSHOTS = [date(2021, 12, 31), date(2023, 6, 30), date(2023, 12, 31), date(2024, 12, 31), date(2025, 9, 22)]
#: Pair, tone from -1 to 1, number of events.
PAIRS = [
    ("FRA", "MLI", -0.8, 40), ("DZA", "MLI", -0.6, 14), ("MLI", "UKR", -0.9, 9), ("MLI", "RUS", 0.9, 30),
    ("MLI", "NER", 0.9, 20), ("BFA", "MLI", 0.95, 24), ("MLI", "TUR", 0.8, 12), ("CHN", "MLI", 0.8, 10),
    ("MLI", "USA", 0.0, 12), ("CIV", "MLI", 0.0, 11), ("MLI", "MRT", 0.1, 8), ("DEU", "MLI", -0.2, 6),
    ("CPV", "MLI", 0.2, 1), ("BFA", "FRA", -0.7, 12), ("CHN", "USA", -0.3, 16), ("FJI", "NZL", 0.8, 4),
]  # fmt: skip
FRIENDLY = {"AGREE": 1, "CONSULT": 1, "COOPERATE": 2, "AID": 2}
HOSTILE = {"ACCUSE": 3, "REJECT": 3, "THREATEN": 3, "SANCTION": 4, "COERCE": 4}
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
             "--disable-sync", "--no-first-run"]  # fmt: skip

#: What a newspaper, or somebody who can write in one, may put in any text.
NASTY = [
    "</script><script>window.hacked = 1</script>",
    "<img src=x onerror='window.hacked = 2'>",
    "<!-- --><svg onload=window.hacked=3>",
    "]]><iframe srcdoc='<script>parent.hacked=4</script>'></iframe>",
    "${window.hacked=5}` + alert(1) + `",
    "{{ 7*7 }}{% raw %}{# note #}{{{ cycler }}}{% endraw %}",
    "line\u2028para\u2029end \\201 \\u003c '\"&amp;",
    '=HYPERLINK("https://evil.example","x")',
    "\u202egnihton",
]
NASTY_LINKS = [
    "javascript:window.hacked=6", "data:text/html,<script>1</script>", "vbscript:x", "\tjava\nscript:alert(1)",
    "//evil.example/x", " https://evil.example", "https://news.example/a?b=1&c=<2>", "file:///etc/passwd", "",
]  # fmt: skip


def event(number: int, day: date, source: str, target: str, kind: str, **more: object) -> Event:
    words = f"{kind.lower()}ed them in front of the press"
    fields: dict[str, object] = {
        "type": kind, "quad": (FRIENDLY | HOSTILE)[kind], "confidence": 0.9, "document": f"d{number % 31}",
        "title": f"Title {number}", "url": f"https://news.example/{number}", "publisher": "Meridian Post",
        "published": day, "sentence": f"On {day}, {source} {words}, {target} said.", "evidence": words,
    }  # fmt: skip
    return Event(f"{number:06d}", day, source, target, **(fields | more))  # type: ignore[arg-type]  # fields by name


def invented_events() -> list[Event]:
    """A few hundred events between the pairs, the same every time."""
    chance, events = random.Random(11), []
    for source, target, tone, count in PAIRS:
        for _ in range(count):
            day = date(2021, 1, 10) + timedelta(days=int(1700 * chance.random() ** 0.7))
            ends = (source, target) if chance.random() < 0.55 else (target, source)
            kind = chance.choice(list(FRIENDLY if chance.random() < (tone + 1) / 2 else HOSTILE))
            events.append(event(len(events), day, *ends, kind))
    return events


def many_scores() -> Scores:
    """Nearly every pair of states, with an event each way, at three dates: over 19,000 pairs."""
    codes = [code for code in load_places() if is_state(code)]
    pairs = [(a, b) for i, a in enumerate(codes) for b in codes[i + 1 :]]
    start, kinds = np.datetime64("2023-01-01"), np.array([["CONSULT", "AID"], ["ACCUSE", "COERCE"]])
    turns = np.arange(2 * len(pairs))
    number, second = turns // 2, turns % 2
    frame = pd.DataFrame(
        {
            "id": [f"{n:06d}" for n in turns],
            "date": start + (number * 37 + second * 211) % 900,
            "source": [pairs[n][s] for n, s in zip(number, second, strict=True)],
            "target": [pairs[n][1 - s] for n, s in zip(number, second, strict=True)],
            "type": kinds[(number // 3) % 2, second],
            "document": [f"d{n % 997}" for n in turns],
        }
    )
    return Scores.from_events(frame, at=[date(2024, 6, 30), date(2024, 12, 31), date(2025, 6, 30)])


def nasty_events() -> list[Event]:
    """Every hostile text in every field that holds text."""
    events = []
    for number, text in enumerate(NASTY):
        link = NASTY_LINKS[number % len(NASTY_LINKS)]
        events.append(
            event(
                number,
                date(2023, 6, 1) + timedelta(days=25 * number),
                "FRA",
                "MLI",
                "ACCUSE",
                sentence=f"Paris {text} Bamako",
                evidence=text,
                title=text,
                publisher=text,
                url=link,
            )
        )
    return events


@pytest.fixture(scope="session")
def events() -> list[Event]:
    return invented_events()


@pytest.fixture(scope="session")
def scores() -> Scores:
    return Scores.from_events(invented_events(), at=SNAPSHOTS)


@pytest.fixture(scope="session")
def nasty_texts() -> list[str]:
    return NASTY


@pytest.fixture(scope="session")
def nasty_scores() -> Scores:
    return Scores.from_events(nasty_events(), at=[date(2024, 6, 30), date(2025, 1, 31)])


@pytest.fixture(scope="session")
def many() -> Scores:
    return many_scores()


@pytest.fixture(scope="session")
def pages(
    tmp_path_factory: pytest.TempPathFactory, scores: Scores, nasty_scores: Scores, many: Scores
) -> dict[str, Path]:
    """The saved pages by name."""
    folder = tmp_path_factory.mktemp("pages")
    article = [event(n, date(2025, 9, 1 + n), "FRA", "MLI", "SANCTION", document="one", title="One") for n in range(3)]
    maps = {
        "dossier": RelationsMap(scores, focus="MLI", title="Test dossier", worldview="both"),
        "overview": RelationsMap(scores, title="Test dossier"),
        "nasty": RelationsMap(nasty_scores, focus="MLI", title=NASTY[0] + NASTY[1] + NASTY[5]),
        "dated-article": RelationsMap(Scores.from_events(article, at=[date(2024, 1, 1), date(2025, 9, 22)])),
        "article": RelationsMap(Scores.from_events(article, at=[date(2025, 9, 22)])),
        "empty": RelationsMap(Scores.from_events([])),
        "many": RelationsMap(many, title="Everybody"),
    }
    for name, page in maps.items():
        page.save(folder / f"{name}.html")
    return {name: folder / f"{name}.html" for name in maps}


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        pytest.fail("No Chromium: install the package `chromium`. These tests never skip.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


class Visit:
    """One open page, and all it tried to do that it must not."""

    def __init__(self, context: BrowserContext) -> None:
        self.context, self.requests, self.complaints, self.dialogs = context, [], [], []
        self.page: Page = context.new_page()
        context.route("**/*", self._refuse)
        self.page.on("console", lambda message: self.complaints.append(message.text) if message.type == "error" else 0)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("dialog", self._dismiss)
        self.page.on("popup", lambda popup: self.requests.append(popup.url))

    def _refuse(self, route: object) -> None:
        url = route.request.url  # type: ignore[attr-defined]  # playwright's Route
        if url.startswith("file:") and url.split("#")[0].endswith(".html"):
            route.continue_()  # type: ignore[attr-defined]  # playwright's Route
        else:
            self.requests.append(url)
            route.abort()  # type: ignore[attr-defined]  # playwright's Route

    def _dismiss(self, dialog: object) -> None:
        self.dialogs.append(dialog.message)  # type: ignore[attr-defined]  # playwright's Dialog
        dialog.dismiss()  # type: ignore[attr-defined]  # playwright's Dialog

    def text(self, part: str) -> str:
        return self.page.locator(f'[data-part="{part}"]').inner_text()

    def hash(self) -> str:
        return str(self.page.evaluate("location.hash"))

    def point(self, lat: float, lon: float) -> tuple[float, float]:
        """Where a place lies in the window."""
        spot = self.page.evaluate(
            """([lat, lon]) => { const box = document.querySelector('.folium-map'), map = window[box.id];
            const p = map.latLngToContainerPoint([lat, lon]), r = box.getBoundingClientRect();
            return [p.x + r.left, p.y + r.top]; }""",
            [lat, lon],
        )
        return float(spot[0]), float(spot[1])


@pytest.fixture
def visit(browser: Browser, pages: dict[str, Path]) -> Iterator[Callable[..., Visit]]:
    """Opens a saved page; when the test ends, no request, error or dialog may have happened."""
    visits: list[Visit] = []

    def open_page(name: str | Path, view: str = "", size: tuple[int, int] = (1440, 900), **options: object) -> Visit:
        context = browser.new_context(viewport={"width": size[0], "height": size[1]}, **options)  # type: ignore[arg-type]  # playwright's options by name
        found = Visit(context)
        address = (name if isinstance(name, Path) else pages[name]).as_uri()
        found.page.goto(address + (f"#{view}" if view else ""))
        found.page.wait_for_selector("[data-ready]", timeout=10_000)
        visits.append(found)
        return found

    yield open_page
    for found in visits:
        found.context.close()
        assert found.requests == []
        assert found.complaints == []
        assert found.dialogs == []


@pytest.fixture
def visit_file(visit: Callable[..., Visit], tmp_path: Path) -> Callable[..., Visit]:
    """Saves a page and opens it."""

    def open_page(page: RelationsMap, view: str = "", **options: object) -> Visit:
        page.save(tmp_path / "page.html")
        return visit(tmp_path / "page.html", view, **options)

    return open_page
