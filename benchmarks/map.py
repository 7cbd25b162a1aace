#!/usr/bin/env python3
"""How large is a map, and how long do its making, its first picture and a step of its slider take?

python benchmarks/map.py [--runs 3] [--markdown]

Beside the page stand what plain folium makes of the same scores: one PolyLine an arc, and one GeoJson a snapshot. All
are opened in Chromium with the network off; folium's own pages are given Leaflet from the disk and nothing else. Times
are the best of some runs, and beside them stands the work of the page's main thread, which others do not change.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import folium
import numpy as np
import pandas as pd
from playwright.sync_api import Browser, sync_playwright

from relations.countries import is_state
from relations.maps import bundle
from relations.maps.colours import fill_colour, line_colour
from relations.maps.geometry import load_geometries, load_places
from relations.maps.page import RelationsMap
from relations.scoring.scores import Scores

FIRST, LAST = date(2016, 1, 1), date(2025, 12, 31)
#: Countries of the case with 120 snapshots.
COUNTRIES = 240
#: Types of invented events.
KINDS = np.array(["CONSULT", "AID", "ACCUSE", "COERCE"])
PAINTED = """() => new Promise((done) => { const look = () => {
  const ours = document.querySelector('.relations-page');
  const ready = ours ? ours.dataset.ready : document.querySelector('path, canvas');
  if (ready) requestAnimationFrame(() => done(performance.now())); else requestAnimationFrame(look); }; look(); })"""
STEP = """(key) => new Promise((done) => { const start = performance.now();
  document.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
  requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - start))); })"""


@dataclass(frozen=True)
class Result:
    """What one page weighs and takes; times in milliseconds, None where there is nothing to measure.

    `paint` is until the map is painted and `work` what the main thread did until then; so `step` and `step_work`.
    """

    name: str
    build: float
    size: int
    paint: float
    work: float
    step: float | None = None
    step_work: float | None = None


def invented(pairs: list[tuple[str, str]], snapshots: int, each: int, words: bool) -> Scores:
    """Scores of some pairs, each with a few events spread over ten years, the same every time."""
    chance = np.random.default_rng(11)
    number = np.repeat(np.arange(len(pairs)), each)
    turned = chance.random(len(number)) < 0.5
    ends = np.array(pairs)[number]
    days = FIRST.toordinal() + chance.integers(0, LAST.toordinal() - FIRST.toordinal(), len(number))
    frame = pd.DataFrame(
        {
            "id": [f"{n:07d}" for n in range(len(number))],
            "date": pd.to_datetime([date.fromordinal(int(day)) for day in days]),
            "source": np.where(turned, ends[:, 1], ends[:, 0]),
            "target": np.where(turned, ends[:, 0], ends[:, 1]),
            "type": KINDS[chance.integers(0, len(KINDS), len(number))],
            "document": [f"d{n % 997}" for n in range(len(number))],
        }
    )
    if words:
        frame["sentence"] = [
            f"On that day {a} and {b} met again, and said so in report {n}." for n, (a, b) in enumerate(ends)
        ]
        frame["title"] = [f"Title {n} of the day" for n in number]
        frame["url"] = [f"https://news.example/{n}" for n in range(len(number))]
        frame["publisher"] = [f"Paper {n % 40}" for n in number]
    at = np.linspace(FIRST.toordinal() + 365, LAST.toordinal(), snapshots).astype(int)
    return Scores.from_events(frame, at=[date.fromordinal(day) for day in at.tolist()])


def some_pairs(count: int) -> list[tuple[str, str]]:
    """Pairs of states, and of territories when states are too few."""
    places = sorted(load_places(), key=lambda code: (not is_state(code), code))
    states = [code for code in places if is_state(code)]
    pairs = [(a, b) for i, a in enumerate(states) for b in states[i + 1 :]]
    chosen = np.random.default_rng(5).permutation(len(pairs))[:count]
    return sorted(pairs[n] for n in chosen)


def every_country() -> list[tuple[str, str]]:
    """Five pairs for every two of the 240 countries of a map, among the states, as only these can act."""
    states = [code for code in sorted(load_places()) if is_state(code)]
    pairs = [tuple(sorted((a, states[(i + n) % len(states)]))) for n in range(1, 5) for i, a in enumerate(states)]
    return sorted(set(pairs[: 5 * COUNTRIES // 2]))  # type: ignore[arg-type]  # two names


def page(scores: Scores, path: Path) -> None:
    """Our page, with both sets of borders."""
    RelationsMap(scores, title="Benchmark").save(path)


def one_line_an_arc(scores: Scores, path: Path) -> None:
    """Plain folium: a PolyLine with a tooltip for each pair of the newest snapshot."""
    places, plain = load_places(), folium.Map([20, 10], zoom_start=2, tiles=None)
    for score in scores:
        if score.at == scores.at[-1]:
            a, b = places[score.source], places[score.target]
            words = f"{score.source} {score.target} {score.score:+.1f}"
            folium.PolyLine(
                [(a.lat, a.lon), (b.lat, b.lon)], color=line_colour(score.score), weight=1, tooltip=words
            ).add_to(plain)
    plain.save(path)


def one_geojson_a_snapshot(scores: Scores, path: Path) -> None:
    """Plain folium: a choropleth of mean scores for each snapshot, in a LayerControl."""
    shapes, plain = load_geometries(), folium.Map([20, 10], zoom_start=2, tiles=None)
    frame = scores.to_frame()
    for at, rows in frame.groupby("at"):
        means = pd.concat([rows[[side, "score"]].set_axis(["code", "score"], axis=1) for side in ("source", "target")])
        colours = means.groupby("code")["score"].mean().map(fill_colour)
        coloured = shapes.assign(colour=shapes["iso3"].map(colours).fillna("#dfe2e5"))
        folium.GeoJson(
            coloured,
            name=str(at.date()),
            show=at == frame["at"].max(),
            style_function=lambda feature: {"fillColor": feature["properties"]["colour"], "weight": 0.5},
        ).add_to(plain)
    folium.LayerControl().add_to(plain)
    plain.save(path)


def measure(browser: Browser, name: str, scores: Scores, make: Callable[[Scores, Path], None], runs: int) -> Result:
    """The best of some runs of making and of opening a page."""
    path = Path(tempfile.mkdtemp()) / "map.html"
    builds = [_seconds(lambda: make(scores, path)) for _ in range(runs)]
    opened = [_open(browser, path) for _ in range(runs)]
    steps = [step for _, _, found in opened for step in found]
    result = Result(
        name,
        min(builds) * 1000,
        path.stat().st_size,
        min(paint for paint, _, _ in opened),
        min(work for _, work, _ in opened),
        min((wall for wall, _ in steps), default=None),
        float(np.median([work for _, work in steps])) if steps else None,
    )
    shutil.rmtree(path.parent)
    return result


def _seconds(work: Callable[[], Any]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _open(browser: Browser, path: Path) -> tuple[float, float, list[tuple[float, float]]]:
    """Milliseconds until the map is painted, those of the main thread, and both of each step of the slider."""
    found = browser.new_page(viewport={"width": 1440, "height": 900})
    session = found.context.new_cdp_session(found)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})

    def work() -> float:
        metrics = {one["name"]: one["value"] for one in session.send("Performance.getMetrics")["metrics"]}
        return float(metrics["TaskDuration"]) * 1000

    found.route("**/*", _answer)
    found.goto(path.as_uri(), wait_until="commit")
    paint = float(found.evaluate(PAINTED))
    worked, steps = work(), []
    if found.locator("[data-ready]").count():
        found.wait_for_timeout(1500)
        for key in "[[[]]]":
            before = work()
            steps.append((float(found.evaluate(STEP, key)), work() - before))
    found.close()
    return paint, worked, steps


def _answer(route: Any) -> None:
    """Folium's own pages fetch Leaflet: they get ours, and nothing else."""
    if route.request.url.startswith("file:"):
        route.continue_()
    elif route.request.url.endswith("leaflet.js"):
        route.fulfill(body=bundle.leaflet_script(), content_type="text/javascript")
    else:
        route.fulfill(body="", content_type="text/plain")


def cases() -> list[tuple[str, Scores, Callable[[Scores, Path], None]]]:
    """What is measured: our page at three sizes, and plain folium at those it can be compared at."""
    small = invented(some_pairs(600), 12, 10, words=True)
    large = invented(some_pairs(20_000), 12, 3, words=True)
    long = invented(every_country(), 120, 12, words=False)
    count = f"{len({(s.source, s.target) for s in large}):,}"
    return [
        ("600 pairs x 12 snapshots: page", small, page),
        ("600 pairs, newest snapshot: one PolyLine an arc", small, one_line_an_arc),
        ("600 pairs x 12 snapshots: one GeoJson a snapshot", small, one_geojson_a_snapshot),
        (f"{count} pairs x 12 snapshots: page", large, page),
        (f"{count} pairs, newest snapshot: one PolyLine an arc", large, one_line_an_arc),
        (f"{COUNTRIES} countries x 120 snapshots: page", long, page),
        (f"{COUNTRIES} countries x 120 snapshots: one GeoJson a snapshot", long, one_geojson_a_snapshot),
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--markdown", action="store_true")
    given = parser.parse_args()
    path = shutil.which("chromium") or shutil.which("google-chrome")
    if given.markdown:
        heads = ("map", "build", "file", "painted", "main thread", "slider step", "main thread")
        print(f"| {' | '.join(heads)} |\n|---|{'---:|' * 6}")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        for name, scores, make in cases():
            runs = given.runs if make is page else 1
            found = measure(browser, name, scores, make, runs)
            times = (found.paint, found.work, found.step, found.step_work)
            cells = (
                found.name,
                f"{found.build / 1000:,.2f} s",
                f"{found.size / 1000:,.0f} KB",
                *("" if one is None else f"{one:,.0f} ms" for one in times),
            )
            print(
                f"| {' | '.join(cells)} |"
                if given.markdown
                else "  ".join(f"{cell:>12}" if n else f"{cell:56}" for n, cell in enumerate(cells)),
                flush=True,
            )
        browser.close()


if __name__ == "__main__":
    main()
