"""Which events does a document report, and from which words?"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from relations.actors.officials import NO_OFFICIALS, Officials
from relations.coding.candidates import candidates_of
from relations.coding.classifier import Classifier, Probabilities, has_classifier, load_classifier, rule_probabilities
from relations.coding.dating import HISTORIC_DAYS, When, date_event
from relations.coding.examples import SYMMETRIC, Example
from relations.coding.features import NONE
from relations.coding.rules import Reading
from relations.coding.standing import governor, group_of
from relations.coding.units import Units
from relations.countries import is_state
from relations.records import Document, Event, Mention, Sentence
from relations.vocabulary import goldstein, quad_of, typical_goldstein

#: From which probability on a pair has an event: where rules link the two, where the words alone speak, and where one
#: of the two goes unsaid. The best F1 of development articles with few false events beside it.
LINKED_THRESHOLD, EVENT_THRESHOLD, UNSAID_THRESHOLD = 0.5, 0.6, 0.5
#: How far the confidence holds of what no rule links, and of an act whose other side goes unsaid: on development
#: articles three in four of them are right where the coder says nine in ten; of what rules link, as many as it says.
UNLINKED_TRUST = 0.8


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
    officials : Officials
        A user's own office-holders, as `read_officials` reads them.
    """

    mode: str = "both"
    model: str = ""
    all_actors: bool = False
    officials: Officials = NO_OFFICIALS

    def classifier_of(self, lang: str) -> Classifier | None:
        """The trained model of a language; None when it has none, or when only rules are asked for."""
        if self.mode == "rules" or not (self.model or has_classifier(lang)):
            return None
        return load_classifier(self.model or None, lang)

    def code(self, document: Document) -> list[Event]:
        """Events of one dated document, in the order of its text, each act once."""
        return self.code_batch([document])[0]

    def code_batch(self, documents: Sequence[Document]) -> list[list[Event]]:
        """Events of several dated documents: faster than one by one, because the model answers once for all."""
        read = [list(candidates_of(document, self._counts, self.officials)) for document in documents]
        answers = iter(self._answers([candidate.example for candidates in read for candidate in candidates]))
        return [
            merge_repeats(
                event
                for candidate, answer in zip(candidates, answers, strict=False)
                for event in self._events_of(document, candidate.sentence, candidate.example, answer)
            )
            for document, candidates in zip(documents, read, strict=True)
        ]

    def _answers(self, examples: Sequence[Example]) -> list[Probabilities]:
        """What is likely of each example, by the model of its language."""
        langs = {example.units.grammar.lang: None for example in examples}
        if len(langs) == 1:
            return self._answers_of(next(iter(langs)), examples)
        by_lang = {
            lang: iter(self._answers_of(lang, [e for e in examples if e.units.grammar.lang == lang])) for lang in langs
        }
        return [next(by_lang[example.units.grammar.lang]) for example in examples]

    def _answers_of(self, lang: str, examples: Sequence[Example]) -> list[Probabilities]:
        if (classifier := self.classifier_of(lang)) is None:
            return [rule_probabilities(example) for example in examples]
        return classifier.probabilities(examples, self.mode)

    def _counts(self, mention: Mention) -> bool:
        return self.all_actors or is_state(mention.actor)

    def _may_act(self, example: Example, type_: str) -> bool:
        """Whether the source can do such a thing: private people cannot, and it takes a crowd to protest."""
        if (
            type_ == "PROTEST"
            and "PROTEST" not in example.view.loose
            and not example.units.grammar.crowds & set(example.units.lower)
        ):
            return False
        return self.all_actors or type_ in CROWD_TYPES or not acts_privately(example.units, example.source)

    def _events_of(
        self, document: Document, sentence: Sentence, example: Example, answer: Probabilities
    ) -> Iterator[Event]:
        likely = 1.0 - answer.get(NONE, 0.0)
        readings = _readings_of(example) if self.mode != "classifier" else []
        for reading in readings:
            type_ = reading.mode.type
            # what is denied scores nothing, and no model needs to believe it
            stands = likely >= LINKED_THRESHOLD or reading.mode.status == "denied"
            if stands and self._may_act(example, type_):
                yield _make_event(document, sentence, example, type_, likely, reading)
        threshold = UNSAID_THRESHOLD if example.unsaid else EVENT_THRESHOLD
        if readings or likely < threshold:
            return
        best = max((name for name in answer if name != NONE), key=lambda name: answer[name])
        if self._may_act(example, best) and not only_together(example, best, answer[best]):
            yield _make_event(document, sentence, example, best, likely, None)


#: From which probability on two who open a clause in one breath act on each other for all that no trigger says.
TOGETHER_THRESHOLD = 0.9
#: What private people can do to a state, all together: the rest of their acts are not their state's.
CROWD_TYPES = frozenset({"PROTEST", "REQUEST"})
#: What two who act together ("Mexico and Chile deplored it") can do to each other.
MUTUAL_TYPES = SYMMETRIC | {"SUPPORT"}
_PRIVATE_ROLES = frozenset({"BUS", "MED", "CVL", "REB", "OPP"})


def acts_privately(units: Units, index: int) -> bool:
    """Whether a mention is a firm, a rebel or a private person of a country and not its state.

    "Two Danes" are private; "the Danes" may stand for Denmark.
    """
    mention = units.mentions[index]
    if mention.kind == "people":
        return units.word_at(units.mention.index(index) - 1) not in units.grammar.definite_article
    return mention.role in _PRIVATE_ROLES


def only_together(example: Example, type_: str, likely: float = 0.0) -> bool:
    """Whether two who are named in one breath do such a thing to others, not to each other, for all that no rule says.

    Laos and Cuba, who "concluded long talks", are with each other if they open the clause and a trigger of the type
    stands in it, or the classifier is sure; who is promised grain together promises nothing.
    """
    units, group = example.units, group_of(example.units, example.source)
    opens = group[0] == 0 and not governor(units, group[0])
    told = type_ in example.view.loose or likely >= TOGETHER_THRESHOLD
    return example.target in group and not (type_ in MUTUAL_TYPES and told and opens)


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
    evidence = units.text[start:end]
    return Event(
        id=event_id(document.id, when.date, source.actor, target.actor, type_, sentence.text, evidence),
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
        confidence=round(min(confidence, 0.99) * (1.0 if reading and not example.unsaid else UNLINKED_TRUST), 4),
        document=document.id,
        title=document.title,
        url=document.url,
        publisher=document.publisher,
        published=document.date,
        sentence=sentence.text,
        evidence=evidence,
        start=offset + start if in_text else 0,
        end=offset + end if in_text else 0,
        rule=reading.rule if reading else "classifier",
    )


def event_id(*key: str | date) -> str:
    """Twelve hexadecimal digits of what an event says and where it stands."""
    return hashlib.sha256("\x1f".join(map(str, key)).encode()).hexdigest()[:12]


def _when(document: Document, sentence: Sentence, units: Units, start: int, end: int) -> When:
    assert document.date is not None
    words = [units.lower[i] for i in range(len(units)) if units.start[i] < start][-10:]
    perfect = not units.grammar.perfect.isdisjoint(words)
    own = frozenset(units.start) if units.is_cut() else frozenset[int]()
    return date_event(sentence.text, start, end, document.date, perfect, own, units.grammar.lang)


def evidence_span(example: Example, reading: Reading | None) -> tuple[int, int]:
    """Offsets of the words that report the act: the trigger's, with its object if that is near."""
    units = example.units
    at_source, at_target = units.mention.index(example.source), units.mention.index(example.target)
    if reading is None:
        placed = [i for i in (at_source, at_target) if units.end[i] > units.start[i]]
        if len(placed) < 2:
            placed = [0, len(units) - 2]
        first, last = min(placed), max(placed)
    else:
        taken = reading.link.match.taken
        first, last = min(taken), max(taken)
        said = units.end[at_target] > units.start[at_target]
        if said and last < at_target <= last + 6:
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
    # a headline tells what the text tells, in words of its own
    untold = a.end == 0 or b.end == 0 or is_headline(a.sentence) or is_headline(b.sentence)
    return untold or similarity(a.sentence, b.sentence) >= SIMILAR


def is_headline(sentence: str) -> bool:
    """Whether a sentence ends without a stop, as headlines do."""
    return not sentence.rstrip("\"'”’») ").endswith((".", "!", "?", "…", ":", ";"))


#: Share of the shorter sentence's longer words that the other one repeats, from which two reports are one.
SIMILAR = 0.5


def similarity(a: str, b: str) -> float:
    """Share, 0 to 1, of the shorter sentence's longer words that stand in the other too."""
    first, second = ({word.strip(".,;:'’\"").lower()[:6] for word in text.split() if len(word) > 3} for text in (a, b))
    shorter = min(len(first), len(second))
    return len(first & second) / shorter if shorter else 0.0
