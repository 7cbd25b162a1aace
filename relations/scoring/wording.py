"""How are a score, its state and an event said in words?"""

from __future__ import annotations

from relations.records import Contribution, Event, Score
from relations.vocabulary import cameo_name, phrase_of

#: State of a dyad without evidence; no Score has it, because there is none.
NO_DATA = "no data"
#: States for people; a score in good state needs no remark.
STATE_WORDS = {
    "ok": "",
    NO_DATA: "no data",
    "thin": "thin evidence",
    "faded": "faded",
    "contested": "contested",
}
#: What each of these words means.
STATE_MEANINGS = {
    "ok": "",
    "thin": "thin evidence: less than one fresh, certain event",
    "faded": "faded: all evidence is older than two half-lives",
    "contested": "contested: clear evidence both ways",
}
#: What is not said of what happened as told.
STATUS_WORDS = {"happened": "", "historic": "background", "planned": "planned", "threatened": "threatened"}
_DANGLING = (" with", " of", " from", " to", " on", " against", " before")


def count_of(number: int, noun: str) -> str:
    """A number and its noun.

    >>> count_of(1, "event"), count_of(1200, "event")
    ('1 event', '1,200 events')
    """
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def interval_of(low: float, high: float) -> str:
    """A 90% interval in words, and that there is none when both ends are one.

    >>> interval_of(-3.98, 1.32), interval_of(1.0, 1.0)
    ('90% interval -3.98 to +1.32', 'no interval')
    """
    return f"90% interval {low:+.2f} to {high:+.2f}" if low < high else "no interval"


def score_title(score: Score) -> str:
    """A score in a line: number, word, interval, evidence, and what to beware of."""
    arrow = " -> " if score.directed else "-"
    number = f"{score.score:+.2f}, {score.word} ({interval_of(score.low, score.high)})"
    known = [number, count_of(score.n_events, "event"), STATE_MEANINGS[score.state]]
    return f"{score.source}{arrow}{score.target} on {score.at.isoformat()}: {', '.join(filter(None, known))}"


def deed(event: Event) -> str:
    """What the source does to the target, as words between the two.

    >>> from datetime import date
    >>> deed(Event("1", date(2025, 9, 19), "FRA", "MLI", type="SANCTION"))
    'sanctions'
    """
    if event.type:
        return phrase_of(event.type, event.mode)
    if event.cameo:
        return f"{cameo_name(event.cameo)}, to"
    return "acts towards"


def act(event: Event) -> str:
    """What is done, in words that stand alone: as its mode, or else its CAMEO code, says it.

    >>> from datetime import date
    >>> act(Event("1", date(2025, 9, 19), "FRA", "MLI", type="SANCTION", mode="discontinue"))
    'cuts ties or trade'
    """
    if event.cameo and not (event.type and event.mode):
        return cameo_name(event.cameo)
    words = phrase_of(event.type, event.mode) if event.type else "acts"
    ending = next((end for end in _DANGLING if words.endswith(end)), "")
    return words.removesuffix(ending)


def told_of(event: Event) -> str:
    """The words that report an event: its sentence, else what stood for it, else the title."""
    return event.sentence or event.evidence or event.title


def source_of(event: Event) -> str:
    """Who reports an event: publisher, else the document's title, else its name."""
    return event.publisher or (event.title if event.title != told_of(event) else "") or event.document


def describe(contribution: Contribution) -> str:
    """An event in words: who did what to whom, and the sentence that says so."""
    event = contribution.event
    if event is None:
        return "prior: where a pair without evidence stands"
    words = told_of(event)
    told = f": {words}" if words else ""
    by = ", ".join(part for part in (event.publisher, event.title if event.title != words else "") if part)
    status = "" if event.status == "happened" else f" ({event.status})"
    more = f" +{count_of(len(contribution.reports), 'report')}" if contribution.reports else ""
    return f"{event.source} {deed(event)} {event.target}{status}{told}{f' [{by}]' if by else ''}{more}"
