"""Which events does a document report, and from which words?"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cached_property

from relations.actors.finding import find_mentions
from relations.coding.classifier import Classifier, Probabilities, load_classifier, rule_probabilities
from relations.coding.dating import HISTORIC_DAYS, When, date_event
from relations.coding.examples import Example
from relations.coding.features import NONE
from relations.coding.linking import AUXILIARIES
from relations.coding.rules import Reading, RuleView, read_rules
from relations.coding.units import Units, split_units
from relations.countries import is_state
from relations.documents.sentences import split_sentences
from relations.records import Document, Event, Mention, Sentence
from relations.vocabulary import goldstein, quad_of, typical_goldstein

#: A pair has an event from this probability on: the best F1 of development articles at nine right answers in ten.
EVENT_THRESHOLD = 0.45
#: A rule's own type stands from this probability on; below it the classifier's best type does.
TYPE_THRESHOLD = 0.15
#: Pairs of one sentence that are looked at, so that a list of fifty states costs no more than any sentence.
MAX_PAIRS = 30
CODED_KINDS = frozenset({"body", "headline", "caption"})


@dataclass(frozen=True)
class Coder:
    """How documents become events: by rules, by the classifier, or by both weighed together.

    Parameters
    ----------
    mode : {"both", "rules", "classifier"}
    model : str
        Path of a model that `relations train` wrote; the shipped one when empty.
    all_actors : bool
        Keep events of organisations as well as of states.
    """

    mode: str = "both"
    model: str = ""
    all_actors: bool = False

    @cached_property
    def classifier(self) -> Classifier | None:
        """The trained model; None when only rules are asked for."""
        return None if self.mode == "rules" else load_classifier(self.model or None)

    def code(self, document: Document) -> list[Event]:
        """Events of one dated document, in the order of its text, each act once."""
        lang = document.lang or "en"
        events: list[Event] = []
        memory: tuple[Mention, ...] = ()
        for sentence in split_sentences(document):
            if sentence.kind not in CODED_KINDS:
                continue
            mentions = find_mentions(sentence.text, on=document.date, lang=lang, memory=memory)
            memory = (*memory, *mentions)[-40:]
            if self._has_two_actors(mentions):
                events += self._code_sentence(document, sentence, mentions, lang)
        return merge_repeats(events)

    def _has_two_actors(self, mentions: Sequence[Mention]) -> bool:
        return len({mention.actor for mention in mentions if self._counts(mention)}) > 1

    def _counts(self, mention: Mention) -> bool:
        return self.all_actors or is_state(mention.actor)

    def _code_sentence(
        self, document: Document, sentence: Sentence, mentions: Sequence[Mention], lang: str
    ) -> Iterator[Event]:
        units = split_units(sentence.text, mentions)
        view = read_rules(units, lang)
        examples = [Example(units, view, s, t, "") for s, t in self._pairs(units, view)]
        if not examples:
            return
        if self.classifier is None:
            answers = [rule_probabilities(example) for example in examples]
        else:
            answers = self.classifier.probabilities(examples, self.mode)
        for example, answer in zip(examples, answers, strict=True):
            yield from self._events_of(document, sentence, example, answer)

    def _pairs(self, units: Units, view: RuleView) -> list[tuple[int, int]]:
        """Directed pairs worth a look: those that rules link first, then the first mentions of each two actors."""
        counted = [i for i, mention in enumerate(units.mentions) if self._counts(mention)]
        pairs = [r.pair for r in view.readings if r.link.source in counted and r.link.target in counted]
        linked = {(units.mentions[s].actor, units.mentions[t].actor) for s, t in pairs}
        if view.loose or self.mode == "classifier":
            for s in counted:
                for t in counted:
                    key = units.mentions[s].actor, units.mentions[t].actor
                    if key[0] != key[1] and key not in linked:
                        linked.add(key)
                        pairs.append((s, t))
        return list(dict.fromkeys(pairs))[:MAX_PAIRS]

    def _may_act(self, example: Example, type_: str) -> bool:
        return self.all_actors or type_ in CROWD_TYPES or not acts_privately(example.units, example.source)

    def _is_cued(self, example: Example, type_: str) -> bool:
        """Whether some trigger of the type stands in the sentence, so that the classifier alone invents nothing."""
        if type_ == NONE or self.mode == "rules":
            return False
        return self.mode == "classifier" or type_ in example.view.loose

    def _events_of(
        self, document: Document, sentence: Sentence, example: Example, answer: Probabilities
    ) -> Iterator[Event]:
        likely = 1.0 - answer.get(NONE, 0.0)
        best = max((name for name in answer if name != NONE), key=lambda name: answer[name], default=NONE)
        readings = _readings_of(example)
        if self.mode != "classifier" and readings:
            for reading in readings:
                if likely >= EVENT_THRESHOLD:
                    own = answer.get(reading.mode.type, 0.0) >= TYPE_THRESHOLD
                    type_ = reading.mode.type if own else best
                    if self._may_act(example, type_):
                        yield _make_event(document, sentence, example, type_, likely, reading)
        elif likely >= EVENT_THRESHOLD and self._is_cued(example, best) and self._may_act(example, best):
            yield _make_event(document, sentence, example, best, likely, None)


#: What private people can do to a state, all together: the rest of their acts are not their state's.
CROWD_TYPES = frozenset({"PROTEST", "REQUEST"})
_PRIVATE_ROLES = frozenset({"BUS", "MED", "CVL", "REB"})


def acts_privately(units: Units, index: int) -> bool:
    """Whether a mention is a firm, a rebel or a private person of a country and not its state.

    "Two Danes" are private; "the Danes" may stand for Denmark.
    """
    mention = units.mentions[index]
    if mention.kind == "people":
        return units.word_at(units.mention.index(index) - 1) != "the"
    return mention.role in _PRIVATE_ROLES


def _readings_of(example: Example) -> list[Reading]:
    """The rules' readings of a pair that are events, one a type and trigger."""
    pair = example.source, example.target
    found: dict[tuple[str, int], Reading] = {}
    for reading in example.view.readings:
        if reading.pair == pair and reading.mode.type not in ("", NONE):
            found.setdefault((reading.mode.type, reading.link.match.head), reading)
    return list(found.values())


def _make_event(
    document: Document, sentence: Sentence, example: Example, type_: str, confidence: float, reading: Reading | None
) -> Event:
    units, source, target = (
        example.units,
        example.units.mentions[example.source],
        example.units.mentions[example.target],
    )
    start, end = evidence_span(example, reading)
    trigger = reading.link.match.trigger if reading else None
    status = reading.mode.status if reading else "happened"
    when = _when(document, sentence, units, start, end)
    assert document.date is not None  # reading.py gives every document a date
    own = trigger is not None and type_ == trigger.type
    cameo = trigger.cameo if trigger and own else ""
    if status == "happened" and (document.date - when.date).days > HISTORIC_DAYS:
        status = "historic"
    due = when.date if status == "planned" and when.date > document.date else None
    if when.date > document.date or status == "planned":
        when = When(document.date, "document")
    offset = sentence.start
    in_text = sentence.end > sentence.start
    body = Event(
        id="",
        date=when.date,
        date_precision=when.precision,
        source=source.actor,
        target=target.actor,
        source_role=source.role,
        target_role=target.role,
        type=type_,
        mode=trigger.mode if trigger and own else "",
        cameo=cameo,
        quad=quad_of(type_),
        goldstein=goldstein(cameo) if cameo else typical_goldstein(type_),
        status=status,
        due=due,
        confidence=round(min(confidence, 0.99), 4),
        document=document.id,
        title=document.title,
        url=document.url,
        publisher=document.publisher,
        published=document.date,
        sentence=sentence.text,
        evidence=units.text[start:end],
        start=offset + start if in_text else 0,
        end=offset + end if in_text else 0,
        rule=reading.rule if reading else "classifier",
    )
    return replace(body, id=event_id(body))


def event_id(event: Event) -> str:
    """Twelve hexadecimal digits of what an event says and where it stands."""
    key = (event.document, event.date, event.source, event.target, event.type, event.sentence, event.evidence)
    return hashlib.sha256("\x1f".join(map(str, key)).encode()).hexdigest()[:12]


def _when(document: Document, sentence: Sentence, units: Units, start: int, end: int) -> When:
    assert document.date is not None
    words = [units.lower[i] for i in range(len(units)) if units.start[i] < start][-10:]
    perfect = bool({"has", "have"} & {word for word in words if word in AUXILIARIES})
    return date_event(sentence.text, start, end, document.date, perfect)


def evidence_span(example: Example, reading: Reading | None) -> tuple[int, int]:
    """Offsets of the words that report the act: the trigger's, with its object if that is near."""
    units = example.units
    at_source, at_target = units.mention.index(example.source), units.mention.index(example.target)
    if reading is None:
        first, last = min(at_source, at_target), max(at_source, at_target)
    else:
        taken = reading.link.match.taken
        first, last = min(taken), max(taken)
        if last < at_target <= last + 6:
            last = at_target
    return units.start[first], units.end[last]


def merge_repeats(events: Iterable[Event]) -> list[Event]:
    """Events of one document with repeats of an act taken out: same pair and type, within a day of the first report
    and in similar words; the surest report stays.
    """
    kept: list[Event] = []
    for event in events:
        twin = next((i for i, other in enumerate(kept) if _is_repeat(other, event)), None)
        if twin is None:
            kept.append(event)
        elif _rank(event) > _rank(kept[twin]):
            kept[twin] = event
    return kept


def _rank(event: Event) -> tuple[bool, float, int]:
    return event.end > event.start, round(event.confidence, 1), len(event.sentence)


def _is_repeat(a: Event, b: Event) -> bool:
    if (a.source, a.target, a.type) != (b.source, b.target, b.type) or abs(a.date - b.date) > timedelta(days=1):
        return False
    if a.sentence == b.sentence:
        # two triggers of one phrase ("signed a fisheries accord") report one act
        return a.rule == b.rule or (a.start < b.end and b.start < a.end) or a.evidence == b.evidence
    return similarity(a.sentence, b.sentence) >= SIMILAR or a.end == 0 or b.end == 0


#: Share of the shorter sentence's longer words that the other one repeats, from which two reports are one.
SIMILAR = 0.5


def similarity(a: str, b: str) -> float:
    """Share, 0 to 1, of the shorter sentence's longer words that stand in the other too."""
    first, second = ({word.strip(".,;:'’\"").lower()[:6] for word in text.split() if len(word) > 3} for text in (a, b))
    shorter = min(len(first), len(second))
    return len(first & second) / shorter if shorter else 0.0
