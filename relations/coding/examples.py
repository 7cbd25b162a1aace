"""Which labelled sentences is the classifier trained and judged on?"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from relations.actors.finding import find_mentions
from relations.coding.clauses import split_clauses
from relations.coding.features import NONE
from relations.coding.parts import parts_of
from relations.coding.rules import RuleView, read_rules
from relations.coding.units import Units, implied, select_units, split_units
from relations.errors import BadInput
from relations.records import TYPES, Mention

SYMMETRIC = frozenset({"AGREE", "CONSULT", "COOPERATE"})
#: Actors of a given pair: whatever the words, they are two different ones.
SOURCE, TARGET = "SOURCE", "TARGET"
#: Bystanders of one sentence that make examples of no event.
MAX_BYSTANDERS = 2


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence, a directed pair of its mentions and the type of the event between them (NONE for none).

    `derived` examples stand in no row: they were made from one, such as its reverse. Of an `unsaid` pair one actor
    stands elsewhere in the text.
    """

    units: Units
    view: RuleView
    source: int
    target: int
    root: str
    id: str = ""
    group: str = ""
    derived: bool = False
    unsaid: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One labelled row as it stands in a file: spans are words of the text."""

    id: str
    text: str
    source: str
    target: str
    root: str
    quad: int = 0


def read_rows(path: str | Path) -> list[Row]:
    """Rows `{id, text, source, target, root[, quad]}` of a JSONL file.

    Raises
    ------
    BadInput
        When a line is not such a row; the message names the line.
    """
    rows = []
    try:
        lines = Path(path).read_text(encoding="utf-8").split("\n")
    except OSError as error:
        raise BadInput(f"{path}: cannot be read ({error.strerror}).") from error
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            raw = json.loads(line)
            row = Row(
                str(raw.get("id", number)), raw["text"], raw["source"], raw["target"], raw["root"], raw.get("quad", 0)
            )
        except (ValueError, KeyError, AttributeError) as error:
            raise BadInput(
                f"{path}:{number}: want a JSON object with text, source, target and root ({error})."
            ) from error
        rows.append(row)
    if not rows:
        raise BadInput(f"{path}: no labelled row.")
    return rows


def given_pair(text: str, source: str, target: str, lang: str = "en") -> Example:
    """An example whose pair is given by words of the text: the first occurrence of each that does not overlap.

    Where the actor finder knows an actor inside a span, its mention stands for the span, so that a given pair looks as
    one that was found. A span that is not in the text means an unnamed actor: an empty mention at the end.
    """
    found = find_mentions(text, lang=lang)
    first = _first(text, source, (0, 0))
    second = _first(text, target, first)
    pair = [replace(_known_in(span, text, found), actor=name) for span, name in ((first, SOURCE), (second, TARGET))]
    others = [m for m in found if all(m.end <= a or b <= m.start for a, b in (first, second))]
    mentions = sorted([*pair, *others], key=lambda mention: (mention.start, mention.end, mention.actor))
    units = split_units(text, mentions, lang)
    index = {mention.actor: i for i, mention in enumerate(mentions)}
    return Example(units, read_rules(units), index[SOURCE], index[TARGET], "")


def _first(text: str, words: str, taken: tuple[int, int]) -> tuple[int, int]:
    """Offsets of the first occurrence of words that lies clear of `taken`; the end of the text when there is none."""
    start = text.find(words) if words else -1
    while start >= 0 and start < taken[1] and start + len(words) > taken[0]:
        start = text.find(words, start + 1)
    return (start, start + len(words)) if start >= 0 else (len(text), len(text))


def _known_in(span: tuple[int, int], text: str, found: Sequence[Mention]) -> Mention:
    inside = [mention for mention in found if span[0] <= mention.start and mention.end <= span[1]]
    return inside[0] if inside else Mention(*span, text[span[0] : span[1]], SOURCE)


def training_examples(rows: Iterable[Row], lang: str = "en") -> Iterator[Example]:
    """Examples of labelled rows: each row as it stands and reversed, and pairs with the bystanders of its sentence.

    The reverse of a mutual act is the same act; the reverse of any other is none, unless a row says otherwise; so is
    every pair with another state that the sentence names and no row does.

    Raises
    ------
    BadInput
        When a row has an unknown type.
    """
    by_text: dict[str, list[Row]] = {}
    for row in rows:
        if row.root not in TYPES and row.root not in (NONE, "YIELD"):
            raise BadInput(f"row {row.id}: no type {row.root!r}. Use {', '.join(TYPES)} or NONE.")
        by_text.setdefault(row.text, []).append(row)
    for text, together in by_text.items():
        known = {(row.source, row.target) for row in together}
        for number, row in enumerate(together):
            example = replace(given_pair(text, row.source, row.target, lang), root=row.root, id=row.id, group=text)
            mirrored = (row.target, row.source) not in known
            for part in (example, *_in_clauses(example), *_without_second(example)):
                yield part
                if mirrored:
                    yield _reversed(part)
            if row.root == NONE and len(together) == 1:
                yield from _unsaid(example)
            if not number:
                yield from _with_bystanders(example, known, row.id, text)


def _reversed(example: Example) -> Example:
    """The other way round: the same act when it is mutual, which a promise of one side is not, else none."""
    shared = not example.units.grammar.mutual_agreement.isdisjoint(example.units.lower)
    mutual = example.root in SYMMETRIC and (example.root != "AGREE" or shared)
    root = example.root if mutual else NONE
    return replace(example, source=example.target, target=example.source, root=root, id=f"{example.id}~", derived=True)


def _in_clauses(example: Example) -> Iterator[Example]:
    """The clause that holds both actors as an example of its own, when one of several does."""
    pair = example.units.mentions[example.source], example.units.mentions[example.target]
    clauses = split_clauses(example.units)
    holding = [clause.units for clause in clauses if set(pair) <= set(clause.units.mentions)]
    if len(clauses) > 1 and len(holding) == 1:
        yield _example_of(holding[0], pair, example, "/")


def _without_second(example: Example) -> Iterator[Example]:
    """The sentence without the words of the actor that comes second: in an article's later sentences it goes unsaid."""
    units = example.units
    second = max(example.source, example.target, key=units.mention.index)
    first = example.target if second == example.source else example.source
    at = units.mention.index(second)
    if not units.mentions[second].text:
        return
    left_out = {at, *(i for i in (at - 1, at - 2) if _leads_to(units, i, at))}
    rest = select_units(
        units, [i for i in range(len(units)) if i not in left_out], implied(units, units.mentions[second])
    )
    pair = units.mentions[first], rest.mentions[-1]
    yield _example_of(rest, pair if first == example.source else pair[::-1], example, "_")


def _unsaid(example: Example) -> Iterator[Example]:
    """The clauses of a sentence without an event where an actor acts alone: none of them has an event either."""
    for part in parts_of(example.units, lambda mention: mention.actor in (SOURCE, TARGET)):
        if part.unsaid:
            alone = next(m for m in part.units.mentions if m.actor in (SOURCE, TARGET))
            yield _example_of(part.units, (alone, part.units.mentions[-1]), example, ";")


def _leads_to(units: Units, index: int, at: int) -> bool:
    """Whether a unit is the preposition or the article of the actor at a place."""
    words, grammar = [units.lower[i] for i in range(max(0, index), at)], units.grammar
    return index >= 0 and all(word in grammar.preposition or word in grammar.definite_article for word in words)


def _example_of(units: Units, pair: tuple[Mention, Mention], like: Example, mark: str) -> Example:
    source, target = (units.mentions.index(mention) for mention in pair)
    return replace(
        like,
        units=units,
        view=read_rules(units),
        source=source,
        target=target,
        id=f"{like.id}{mark}",
        derived=True,
    )


def _with_bystanders(example: Example, known: set[tuple[str, str]], id: str, group: str) -> Iterator[Example]:
    """Pairs of the example's actors with states that no row of the sentence names."""
    named = {span for pair in known for span in pair}
    mentions = example.units.mentions
    bystanders = [
        i
        for i, mention in enumerate(mentions)
        if mention.actor not in (SOURCE, TARGET)
        and not any(mention.text in span or span in mention.text for span in named)
    ]
    for bystander in bystanders[:MAX_BYSTANDERS]:
        for s, t in ((example.source, bystander), (bystander, example.target), (bystander, example.source)):
            yield replace(example, source=s, target=t, root=NONE, id=f"{id}+{bystander}", group=group, derived=True)
