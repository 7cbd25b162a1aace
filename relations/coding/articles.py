"""What do whole annotated articles teach?

Labelled sentences show acts; articles show everything between them: clauses without an act, states that only stand by,
and the other side of an act that was named two sentences before.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from relations.coding.candidates import Candidate, candidates_of
from relations.coding.examples import Example
from relations.coding.features import NONE
from relations.countries import is_state
from relations.errors import BadInput
from relations.records import TYPES, Document, Mention

#: Share of an event's words that a clause must hold to be the one that tells of it.
HELD = 0.5


@dataclass(frozen=True, slots=True)
class Act:
    """One event of an annotated article: who, to whom, its type, and where its words stand."""

    source: str
    target: str
    root: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Article:
    """A document with all its events between states."""

    document: Document
    acts: tuple[Act, ...]


def read_articles(path: str | Path, lang: str = "en") -> list[Article]:
    """Articles `{id, date, title, text, events: [{source, target, root, evidence}]}` of a JSONL file.

    Raises
    ------
    BadInput
        When a line is no such article; the message names the line.
    """
    articles = []
    for number, line in enumerate(Path(path).read_text(encoding="utf-8").split("\n"), 1):
        if line.strip():
            try:
                articles.append(_article(json.loads(line), lang))
            except (ValueError, KeyError, TypeError) as error:
                raise BadInput(f"{path}:{number}: want an article with its events ({error}).") from error
    return articles


def _article(raw: dict[str, str | list[dict[str, str]]], lang: str) -> Article:
    text, events = str(raw["text"]), raw["events"]
    document = Document(str(raw["id"]), text, date.fromisoformat(str(raw["date"])), str(raw["title"]), lang=lang)
    acts = []
    for event in events:
        assert isinstance(event, dict)
        if event["root"] not in TYPES:
            raise ValueError(f"no type {event['root']!r}")
        start = text.index(event["evidence"])
        acts.append(Act(event["source"], event["target"], event["root"], start, start + len(event["evidence"])))
    return Article(document, tuple(acts))


def article_examples(articles: Iterable[Article]) -> Iterator[Example]:
    """Every directed pair that the coder would look at in the articles, with what the annotation says of it."""
    for article in articles:
        for candidate in candidates_of(article.document, _is_state):
            if candidate.sentence.end > candidate.sentence.start:  # the headline repeats what the text says
                root = _root(article, candidate)
                id, group = f"{article.document.id}", article.document.id
                yield replace(candidate.example, root=root, id=id, group=group)


def _is_state(mention: Mention) -> bool:
    return is_state(mention.actor)


def _root(article: Article, candidate: Candidate) -> str:
    """The type of the act that a pair's clause holds most of; NONE when it holds none."""
    units, offset = candidate.example.units, candidate.sentence.start
    pair = units.mentions[candidate.example.source].actor, units.mentions[candidate.example.target].actor
    best, root = HELD, NONE
    for act in article.acts:
        if (act.source, act.target) != pair:
            continue
        held = sum(
            end - start
            for start, end in zip(units.start, units.end, strict=True)
            if act.start <= offset + start and offset + end <= act.end
        )
        share = held / max(1, sum(map(len, article.document.text[act.start : act.end].split())))
        if share >= best:
            best, root = share, act.root
    return root
