"""A small invented dossier."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from relations.records import Event
from relations.scoring.scores import Scores

SNAPSHOTS = [date(2023, 12, 31), date(2025, 9, 22)]


def report(number: int, day: date, source: str, target: str, kind: str, quad: int, **more: object) -> Event:
    fields = {"document": f"d{number}", "published": day, "sentence": f"Sentence {number}.", "title": f"Title {number}"}
    return Event(f"{number:04d}", day, source, target, type=kind, quad=quad, **(fields | more))  # type: ignore[arg-type]  # fields by name


@pytest.fixture(scope="session")
def events() -> list[Event]:
    start, kinds = date(2022, 3, 1), [("SANCTION", 4), ("ACCUSE", 3), ("COERCE", 4)]
    found = [
        report(n, start + timedelta(days=60 * n), *(("FRA", "MLI") if n % 2 else ("MLI", "FRA")), *kinds[n % 3])
        for n in range(20)
    ]
    found += [report(100 + n, start + timedelta(days=90 * n), "MLI", "RUS", "COOPERATE", 2) for n in range(12)]
    return [*found, report(200, date(2025, 9, 1), "CPV", "MLI", "CONSULT", 1)]


@pytest.fixture(scope="session")
def scores(events: list[Event]) -> Scores:
    return Scores.from_events(events, at=SNAPSHOTS)
