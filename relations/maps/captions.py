"""What does a picture of relations say in words?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from relations.countries import name_of
from relations.maps.choosing import is_thin, scores_on
from relations.records import Change, Score
from relations.scoring.words import class_of, word_of

if TYPE_CHECKING:
    from relations.scoring.scores import Scores

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
STANDING_NOTE = (
    "A score is the tone of reported interaction, weighted by age and confidence. It is not an alliance, nor a "
    "judgement. Borders and names imply no endorsement."
)


def headline_of(scores: Scores, at: date | None, focus: str | None = None) -> str:
    """The finding of one snapshot, as the page words it.

    Examples
    --------
    >>> from relations.records import Event
    >>> from relations.scoring.scores import Scores
    >>> headline_of(Scores.from_events([Event("1", date(2025, 9, 19), "FRA", "MLI", type="SANCTION")]), None)
    'No relation was found'
    """
    found = scores_on(scores, at, focus) if at else []
    if not found:
        return f"{name_of(focus)}: no data" if focus else "No relation was found"
    if focus:
        return _focus_headline(found, focus)
    classes = [class_of(score.score) for score in found]
    bad, good = sum(c <= 1 for c in classes), sum(c >= 5 for c in classes)
    return f"{bad or 'No'} tense or hostile pair{'' if bad == 1 else 's'}, {good} friendly or close"


def _focus_headline(found: Sequence[Score], focus: str) -> str:
    firm = sorted((score for score in found if not is_thin(score)), key=lambda score: score.score)
    name = name_of(focus)
    if not firm:
        return f"{name}: thin evidence only"
    bad = [score for score in firm if class_of(score.score) <= 1]
    good = [score for score in reversed(firm) if class_of(score.score) >= 5]
    if not bad and not good:
        known = max(firm, key=lambda score: score.n_events)
        return f"{name}: {word_of(known.score)} with {partner_of(known, focus)}"
    parts = [
        f"{word_of(part[0].score)} with {joined([partner_of(s, focus) for s in part[:2]])}"
        for part in (bad, good)
        if part
    ]
    return f"{name}: {', '.join(parts)}".replace("close with", "close to")


def change_headline(name: str, since: date, changes: Sequence[Change], focus: str | None = None) -> str:
    """What clearly moved since an earlier snapshot: the two that fell most and the one that rose most."""
    clear = [change for change in changes if change.clear]
    worse = [pair_name(c, focus) for c in sorted(clear, key=lambda c: c.change) if c.change < 0][:2]
    better = [pair_name(c, focus) for c in sorted(clear, key=lambda c: -c.change) if c.change > 0][:1]
    link = "with" if focus else "for"
    parts = [f"{word} {link} {joined(names)}" for word, names in (("worse", worse), ("better", better)) if names]
    return f"{name} since {month_of(since)}: {', '.join(parts) or 'no clear change'}"


def pair_name(pair: Change | Score, focus: str | None = None) -> str:
    """Names of a pair, or of the one that is not the focus."""
    if focus:
        return partner_of(pair, focus)
    return f"{name_of(pair.source)}\N{EN DASH}{name_of(pair.target)}"


def partner_of(pair: Change | Score, focus: str) -> str:
    return name_of(pair.target if pair.source == focus else pair.source)


def joined(names: Sequence[str]) -> str:
    """Names as a list in a sentence.

    >>> joined(["France", "Mali", "Niger"])
    'France, Mali and Niger'
    """
    return " and ".join(part for part in (", ".join(names[:-1]), *names[-1:]) if part)


def signed(value: float, digits: int = 1) -> str:
    """A score with its sign, a true minus included.

    >>> signed(-2.04), signed(0.04), signed(3)
    ('−2.0', '0.0', '+3.0')
    """
    text = f"{abs(value):.{digits}f}"
    return text if not float(text) else ("\N{MINUS SIGN}" if value < 0 else "+") + text


def day_of(day: date) -> str:
    """A day as in `22 Sep 2025`."""
    return f"{day.day} {month_of(day)}"


def month_of(day: date) -> str:
    """A month as in `Sep 2025`."""
    return f"{_MONTHS[day.month - 1]} {day.year}"
