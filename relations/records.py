"""What are the nouns of this package?"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from relations.errors import BadRecord

#: PLOVER's sixteen event types (Halterman et al. 2023, PLOVER manual), cooperative first.
TYPES = (
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST",
    "ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
)  # fmt: skip
#: A day; records have a field `date`, which would hide the type of that name.
Day = date
STATUSES = ("happened", "planned", "threatened", "denied", "historic")
PRECISIONS = ("day", "month", "year", "document")
STATES = ("ok", "thin", "faded", "contested")


@dataclass(frozen=True, slots=True)
class Document:
    """One text as it was read: its words, and when and where they were published."""

    id: str
    text: str
    date: date | None = None
    title: str = ""
    url: str = ""
    publisher: str = ""
    lang: str = ""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A stretch of a document that is coded as one; `kind` is body, headline, caption, list or credit.

    `start` and `end` are character offsets in the document's text.
    """

    text: str
    start: int
    end: int
    kind: str = "body"


@dataclass(frozen=True, slots=True)
class Mention:
    """A state or organisation named in a sentence; `start` and `end` are offsets in the sentence.

    `actor` is ISO 3166 alpha-3 (XKX for Kosovo) or an organisation's code. `role` is GOV MIL DIP SPY JUD LEG COP
    OPP REB CVL MED BUS IGO or empty. `kind` says how it is named: name, demonym, people, capital, seat, body,
    official, agent, organisation, reference.
    """

    start: int
    end: int
    text: str
    actor: str
    role: str = ""
    kind: str = "name"


@dataclass(frozen=True, slots=True)
class Event:
    """One directed act of a state towards another, with the words that report it.

    Attributes
    ----------
    id : str
        A hash of what the event says, so that the same input gives the same id.
    date : datetime.date
        When it happened; the middle of the period when `date_precision` is month or year.
    date_precision : {"day", "month", "year", "document"}
    source, target : str
        ISO 3166 alpha-3 codes (XKX for Kosovo) or organisations' codes; different from one another.
    type : str
        PLOVER type in capitals, or empty for CAMEO 01 and 02 of event data.
    quad : int
        1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict; 0 when not known.
    goldstein : float
        -10 (conflict) to +10 (cooperation).
    status : {"happened", "planned", "threatened", "denied", "historic"}
    due : datetime.date or None
        When a planned act is due.
    confidence : float
        0 to 1.
    start, end : int
        Character offsets of `evidence` in the document.
    """

    id: str
    date: Day
    source: str
    target: str
    date_precision: str = "day"
    source_role: str = ""
    target_role: str = ""
    type: str = ""
    mode: str = ""
    cameo: str = ""
    quad: int = 0
    goldstein: float = 0.0
    status: str = "happened"
    due: Day | None = None
    confidence: float = 1.0
    document: str = ""
    title: str = ""
    url: str = ""
    publisher: str = ""
    published: Day | None = None
    sentence: str = ""
    evidence: str = ""
    start: int = 0
    end: int = 0
    rule: str = ""

    def __post_init__(self) -> None:
        if self.source == self.target:
            raise BadRecord(f"An event needs two different actors, got {self.source} twice.")
        if self.type and self.type not in TYPES:
            raise BadRecord(f"No PLOVER type {self.type!r}. Use one of {', '.join(TYPES)}.")
        if self.status not in STATUSES:
            raise BadRecord(f"No status {self.status!r}. Use one of {', '.join(STATUSES)}.")
        if self.date_precision not in PRECISIONS:
            raise BadRecord(f"No date precision {self.date_precision!r}. Use one of {', '.join(PRECISIONS)}.")
        if not -10 <= self.goldstein <= 10:
            raise BadRecord(f"Want -10 <= goldstein <= 10, got {self.goldstein}.")
        if not 0 <= self.confidence <= 1:
            raise BadRecord(f"Want 0 <= confidence <= 1, got {self.confidence}.")


@dataclass(frozen=True, slots=True)
class Score:
    """One dyad on one day: a score and the 90% interval around it.

    `trend` is the score minus the score 365 days earlier, None without evidence then. `weight` is the decayed,
    confidence-weighted number of events.
    """

    at: date
    source: str
    target: str
    directed: bool
    score: float
    low: float
    high: float
    word: str
    state: str
    n_events: int
    weight: float
    newest: date
    trend: float | None = None

    def __post_init__(self) -> None:
        if not -10 <= self.low <= self.score <= self.high <= 10:
            raise BadRecord(f"Want -10 <= low <= score <= high <= 10, got {self}.")
        if self.state not in STATES:
            raise BadRecord(f"No state {self.state!r}. Use one of {', '.join(STATES)}.")


@dataclass(frozen=True, slots=True)
class Contribution:
    """How far one event moved a score, in points of the score; `event` is None for the prior.

    `weight` is the event's decayed weight and `share` its part, 0 to 1, of all that was weighed, the prior included.
    `reason` says why an event was read and not counted; it is empty for those that count. `reports` are the other
    reports of the same event.
    """

    event: Event | None
    contribution: float
    weight: float = 0.0
    share: float = 0.0
    reason: str = ""
    reports: tuple[Event, ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """How one dyad's score moved between two snapshots, and what moved it.

    `contributions` maps event ids (None for the prior) to points and adds up to `change`; so do `causes`, whose keys
    are prior, removed, revised, decay and added. A score without evidence stands at the prior. `late` names added
    events that are dated before the first snapshot: a later text told of them.

    `margin` is 1.645 standard errors of what the events say, `learning` 1.645 standard deviations of how far a score
    moves when evidence only comes or fades and the relation stays what it was; `noise` is both together, and a
    smaller change is no news. `before_interval` and `after_interval` are the 90% intervals of the two scores.
    """

    source: str
    target: str
    before: float
    after: float
    before_state: str
    after_state: str
    margin: float
    contributions: Mapping[str | None, float] = field(default_factory=dict)
    causes: Mapping[str, float] = field(default_factory=dict)
    late: tuple[str, ...] = ()
    learning: float = 0.0
    before_interval: tuple[float, float] | None = None
    after_interval: tuple[float, float] | None = None

    @property
    def change(self) -> float:
        """Points gained, after minus before."""
        return self.after - self.before

    @property
    def noise(self) -> float:
        """How far the score may move at 90% although the relation stayed what it was."""
        return math.hypot(self.margin, self.learning)

    @property
    def clear(self) -> bool:
        """Whether the change is larger than noise, also without what only the prior or the passing of time moved."""
        own = self.change - self.causes.get("prior", 0.0) - self.causes.get("decay", 0.0)
        return min(abs(self.change), abs(own)) > max(self.noise, 1e-12)
