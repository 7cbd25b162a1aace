"""How does a report put numbers and events into words?"""

from __future__ import annotations

import re

from relations.countries import name_of
from relations.maps.captions import day_of, signed
from relations.records import Event, Score
from relations.reporting.contents import Report
from relations.scoring.wording import STATE_WORDS, STATUS_WORDS, count_of, deed

#: Heading of changes that are told although they may be chance.
WITHIN = "Largest shifts, all slight or within their margin of error"

#: What became of an event between two days; a new one needs no word.
FATE_WORDS = {
    "added": "", "late": "told later", "decay": "fading", "revised": "revised", "removed": "no longer counted",
}  # fmt: skip


def counts_of(report: Report) -> str:
    """Whose report it is, on how much, and of which day."""
    if report.at is None:
        return f"{report.title or 'Report'}: nothing was scored, because no event between two states was found."
    parts = [
        report.title,
        count_of(report.pairs, "pair"),
        f"{count_of(report.events, 'event')} in {count_of(report.documents, 'document')}",
        day_of(report.at),
    ]
    return " \N{MIDDLE DOT} ".join(part for part in parts if part)


def no_mover(report: Report) -> str:
    """Why nothing is said of a period."""
    return "No earlier snapshot to compare with." if report.at else "Nothing to compare."


def reading_of(score: Score) -> str:
    """The word of a score, and what to beware of.

    >>> from datetime import date
    >>> reading_of(Score(date(2025, 1, 1), "FRA", "MLI", False, -3, -5, -1, "tense", "thin", 2, 0.5, date(2024, 1, 1)))
    'tense, thin evidence'
    """
    return ", ".join(part for part in (score.word, STATE_WORDS[score.state]) if part)


def event_title(event: Event) -> str:
    """Who does what to whom, with the names of states.

    >>> from datetime import date
    >>> event_title(Event("1", date(2025, 9, 19), "FRA", "MLI", type="SANCTION"))
    'France sanctions Mali'
    """
    status = STATUS_WORDS.get(event.status, event.status)
    return f"{name_of(event.source)} {deed(event)} {name_of(event.target)}{f' ({status})' if status else ''}"


def points_of(points: float, fate: str) -> str:
    """What an event moved, and how.

    >>> points_of(-0.5, "added"), points_of(0.85, "decay")
    ('−0.50', '+0.85, fading')
    """
    return ", ".join(part for part in (signed(points, 2), FATE_WORDS[fate]) if part)


def safe_address(url: str) -> str:
    """The address when it is a web address that can be linked to, else nothing.

    >>> safe_address("https://news.example/a?b=1"), safe_address("javascript:alert(1)"), safe_address("//evil.example")
    ('https://news.example/a?b=1', '', '')
    """
    return url if re.fullmatch(r"https?://[^\s<>\"'\x00-\x1f\\]+", url, re.IGNORECASE) else ""
