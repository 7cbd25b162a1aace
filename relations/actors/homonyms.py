"""Does a word that looks like an actor mean something else here?

The rules stand in data/actors/homonyms.<lang>.tsv, whose head explains them.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from relations.actors.entries import Entry
from relations.resources import read_table

_NEXT = re.compile(r"(?:['’]s)?(,? +|[-‐‑–])([^\W_][\w.'’&]*)")
_LAST_WORD = re.compile(r"[\w.'’&]+\Z")
_HYPHENS = ("-", "‐", "‑", "–")
#: How far rules look: for words beside an alias, and for words near it. Keeps the time linear in the text.
_BESIDE, _NEAR = 40, 400


class Around(NamedTuple):
    """The words beside an alias; a hyphen that joins them is shown as `- `."""

    before: str
    after: str
    after_comma: bool

    @classmethod
    def of(cls, text: str, start: int, end: int) -> Around:
        """What stands beside text[start:end]."""
        before, after, comma = _before(text, start), "", False
        if following := _NEXT.match(text, end):
            comma = following[1][0] == ","
            word = following[2].rstrip(".'’")
            after = word if following[1][0] in " ," else f"- {word}"
        return cls(before, after, comma)


def _before(text: str, start: int) -> str:
    """The word right before `start`, with `- ` for a hyphen after it; empty when another sign stands there."""
    beside = text[max(0, start - _BESIDE) : start]
    joined = beside.endswith(_HYPHENS)
    words = beside[:-1] if joined else beside.rstrip(" ")
    if not joined and len(words) == len(beside):
        return ""
    word = _LAST_WORD.search(words, words.rfind(" ") + 1)
    return "" if word is None else f"{word[0]}- " if joined else word[0]


@dataclass(frozen=True, slots=True)
class _Words:
    """One cell of words: single ones as a set, longer ones as endings or beginnings, and classes by name."""

    single: frozenset[str]
    longer: tuple[str, ...]
    capital: bool
    states: bool

    def ends(self, text: str, start: int, around: Around, spared: frozenset[str]) -> bool:
        """Whether the text before `start` ends in one of them."""
        word = around.before
        if _among(word, self.single):
            return True
        if self.capital and _is_capital(word, spared) and start > len(word) + 1 and not _is_title(text, start):
            return True
        return bool(self.longer) and text[max(0, start - _BESIDE) : start].rstrip(" ").endswith(self.longer)

    def begins(self, text: str, end: int, around: Around, spared: frozenset[str]) -> bool:
        """Whether one of them follows `end`."""
        word = around.after
        if around.after_comma and not self.states:
            return False
        if _among(word, self.single):
            return True
        if self.capital and _is_capital(word, spared) and not _is_title(text, end):
            return True
        return bool(self.longer) and text[end : end + _BESIDE].lstrip(" ,").startswith(self.longer)


@dataclass(frozen=True, slots=True)
class _Rule:
    before: _Words | None
    after: _Words | None
    near: re.Pattern[str] | None
    verdict: str

    @property
    def is_plain(self) -> bool:
        """Whether it asks only for listed words, on one side."""
        sides = [words for words in (self.before, self.after) if words is not None]
        return self.near is None and len(sides) == 1 and not sides[0].capital and not sides[0].states


class Homonyms:
    """The rules of one language.

    Parameters
    ----------
    rows : sequence of mapping
        Rows of the table: alias, before, after, near, verdict.
    titles : frozenset of str
        Last words of the titles that bind with an actor, which class @agent stands for.
    """

    def __init__(self, rows: Sequence[Mapping[str, str]], titles: frozenset[str]) -> None:
        classes = {row["alias"]: row["before"] for row in rows if row["verdict"] == "class"}
        classes["@agent"] = "|".join(sorted(titles))
        self._common = frozenset(classes.get("@spared", "").split("|"))
        self._everyday = self._common.union(
            *(classes.get(name, "").split("|") for name in ("@everyday", "@given", "@title"))
        )
        self._titles = titles | frozenset(classes.get("@title", "").split("|"))
        self._spared = (
            self._common | frozenset(classes.get("@title", "").split("|")) | {word.title() for word in titles}
        )
        compiled: dict[str, list[_Rule]] = {}
        for row in rows:
            if row["verdict"] != "class":
                compiled.setdefault(row["alias"], []).append(_rule(row, classes))
        self._rules: dict[str, Sequence[_Rule]] = {alias: _joined(rules) for alias, rules in compiled.items()}

    def aliases(self) -> list[str]:
        """Every alias that has rules of its own."""
        return [alias for alias in self._rules if alias[0] != "@"]

    def is_common(self, word: str) -> bool:
        """Whether a word with a capital is an everyday one, a day or a month, and so no part of a name."""
        return word in self._common

    def is_everyday(self, word: str) -> bool:
        """Whether a single word, with its capital or without, is no one person's name: `Hope`, `Peter`, `Monday`."""
        return word in self._everyday or word.title() in self._everyday

    def has_rules(self, alias: str) -> bool:
        """Whether an alias has rules of its own."""
        return alias in self._rules

    def is_titled(self, text: str, start: int) -> bool:
        """Whether a title such as `President` stands right before."""
        return _among(_before(text, start).removesuffix("- "), self._titles)

    def decide(self, text: str, start: int, end: int, entry: Entry) -> str:
        """The actor that text[start:end] means, an empty text when it means none."""
        around = Around.of(text, start, end)
        for rules in self._asked(text[start:end], entry):
            for rule in rules:
                if self._fits(rule, text, start, end, around):
                    if rule.verdict == "yes":
                        break
                    return "" if rule.verdict == "not" else rule.verdict
        return entry.actor

    def _asked(self, alias: str, entry: Entry) -> Iterator[Sequence[_Rule]]:
        """The alias's own rules, those of its kind, those of all; a full name is beyond doubt but for the last."""
        if entry.kind != "official" or entry.family:
            yield self._rules.get(alias) or self._rules.get(entry.alias, ())
            yield self._rules.get(f"@{entry.kind}", ())
        yield self._rules.get("@any", ())

    def _fits(self, rule: _Rule, text: str, start: int, end: int, around: Around) -> bool:
        if rule.before is not None and not rule.before.ends(text, start, around, self._spared):
            return False
        if rule.after is not None and not rule.after.begins(text, end, around, self._spared):
            return False
        return rule.near is None or rule.near.search(text, max(0, start - _NEAR), end + _NEAR) is not None


def _joined(rules: Sequence[_Rule]) -> list[_Rule]:
    """The same rules, where those in a row that give one verdict for a word on one side are made one."""
    joined: list[_Rule] = []
    for (plain, verdict), run in itertools.groupby(rules, key=lambda rule: (rule.is_plain, rule.verdict)):
        alike = list(run)
        if not plain:
            joined += alike
            continue
        before = [rule.before for rule in alike if rule.before is not None]
        after = [rule.after for rule in alike if rule.after is not None]
        joined += [_Rule(_union(before), None, None, verdict)] if before else []
        joined += [_Rule(None, _union(after), None, verdict)] if after else []
    return joined


def _union(several: Sequence[_Words]) -> _Words:
    single = frozenset().union(*(words.single for words in several))
    return _Words(single, tuple(word for words in several for word in words.longer), False, False)


def _among(word: str, words: frozenset[str]) -> bool:
    return word in words or (word != word.lower() and word.lower() in words)


def _is_capital(word: str, spared: frozenset[str]) -> bool:
    """Whether a word has a capital of its own: a name's, not a title's, a day's or a possessor's."""
    return word[:1].isupper() and word not in spared and not word.endswith(("'s", "’s", "s'", "s’"))


def _is_title(text: str, place: int) -> bool:
    """Whether most words around a place have capitals, as in a headline, where a capital tells nothing."""
    words = text[max(0, place - _NEAR) : place + _NEAR].split()
    capitals = sum(word[:1].isupper() for word in words)
    return capitals > 0.6 * len(words) if len(words) > 4 else capitals == len(words)


def _rule(row: Mapping[str, str], classes: Mapping[str, str]) -> _Rule:
    near = row["near"]
    pattern = re.compile(rf"\b(?:{'|'.join(re.escape(word) for word in near.split('|'))})\b") if near else None
    return _Rule(_words(row["before"], classes), _words(row["after"], classes), pattern, row["verdict"])


def _words(cell: str, classes: Mapping[str, str]) -> _Words | None:
    """A cell compiled; None when it is empty and so asks nothing."""
    if not cell:
        return None
    words: list[str] = []
    for word in cell.split("|"):
        words += classes[word].split("|") if word in classes else [word]
    single = frozenset(word.rstrip(".") if word[0] != "-" else word for word in words if _is_single(word))
    dotted = frozenset(word for word in words if word.endswith(".") and _is_single(word))
    longer = tuple(word for word in words if not _is_single(word))
    return _Words(single | dotted, longer, "@Cap" in words, "@usstate" in cell)


def _is_single(word: str) -> bool:
    return " " not in word.removeprefix("- ").removesuffix("- ") and not word.startswith(("-l", "-s", "-e", "'"))


@cache
def load_homonyms(lang: str = "en") -> Homonyms:
    """The rules of a language, read once a process."""
    titles = [row["word"].split()[-1] for row in read_table(f"actors/agents.{lang}.tsv") if row["kind"] == "title"]
    return Homonyms(read_table(f"actors/homonyms.{lang}.tsv"), frozenset(titles))
