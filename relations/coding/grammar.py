"""Which words belong to the small closed classes that sentences are built with?

All that the coder knows of how a language builds its sentences stands in its table, data/triggers/grammar.<lang>.tsv.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache

from relations.errors import RelationsError
from relations.resources import read_table

Words = frozenset[str]
#: Words whose order tells, or endings, which `str.endswith` wants as a tuple.
Listed = tuple[str, ...]
_NONE: Words = frozenset()


@dataclass(frozen=True, slots=True, eq=False, repr=False, kw_only=True)
class Grammar:
    """The closed classes of one language; a class that its table leaves out is empty.

    The head of a table says what each class is for. `word` cuts a text into words and signs, `split` does where a text
    holds one of `negation_suffix`.
    """

    lang: str
    word: re.Pattern[str]
    split: re.Pattern[str]
    # how words look
    adjective_ending: Listed = ()
    adverb_ending: Listed = ()
    ending: Listed = ()
    gerund_ending: Listed = ()
    participle_ending: Listed = ()
    past_ending: Listed = ()
    past_look: Listed = ()
    plural: Listed = ()
    elision: Words = _NONE
    inversion: Words = _NONE
    negation_suffix: Words = _NONE
    whole: Words = _NONE
    contraction: Words = _NONE
    partitive: Words = _NONE
    # verbs and what stands around them
    active_with_be: Words = _NONE
    after_participle: Words = _NONE
    agent_preposition: Words = _NONE
    auxiliary: Words = _NONE
    be: Words = _NONE
    be_to: Words = _NONE
    before_noun: Words = _NONE
    before_preposition_to: Words = _NONE
    before_verb: Words = _NONE
    between_passive: Words = _NONE
    clitic: Words = _NONE
    compound: Words = _NONE
    conditional: Words = _NONE
    finite_auxiliary: Words = _NONE
    finite_tag: Words = _NONE
    future: Words = _NONE
    future_of_past: Words = _NONE
    have: Words = _NONE
    have_infinitive: Words = _NONE
    infinitive_mark: Words = _NONE
    irregular_past: Words = _NONE
    modal: Words = _NONE
    negation: Words = _NONE
    never_before_noun: Words = _NONE
    object_control: Words = _NONE
    perfect: Words = _NONE
    possibility: Words = _NONE
    present_past: Words = _NONE
    reflexive: Words = _NONE
    relay: Words = _NONE
    # clauses
    clause_end: Words = _NONE
    clause_opener: Words = _NONE
    closing_quote: Words = _NONE
    complementizer: Words = _NONE
    condition: Words = _NONE
    condition_stop: Words = _NONE
    coordinator: Words = _NONE
    hard_stop: Words = _NONE
    object_stop: Words = _NONE
    operator_pronoun: Words = _NONE
    operator_skip: Words = _NONE
    operator_stop: Words = _NONE
    pattern_stop: Words = _NONE
    pronoun: Words = _NONE
    relative: Words = _NONE
    relative_opener: Words = _NONE
    subordinator: Words = _NONE
    # actors beside others and under prepositions
    among: Words = _NONE
    apposition: Words = _NONE
    belonging: Words = _NONE
    and_: Words = _NONE
    definite_article: Words = _NONE
    determiner: Words = _NONE
    determiner_like: Words = _NONE
    inside: Words = _NONE
    link: Words = _NONE
    loose_preposition: Words = _NONE
    mutual_preposition: Words = _NONE
    noun_adverb: Words = _NONE
    noun_preposition: Words = _NONE
    noun_source: Listed = ()
    noun_target: Listed = ()
    object_preposition: Words = _NONE
    near_object_preposition: Words = _NONE
    owner_after: Words = _NONE
    place: Words = _NONE
    possessive: Words = _NONE
    possessive_mark: Words = _NONE
    preposition: Words = _NONE
    # what nouns and sentences are about
    crowd_or_body: Words = _NONE
    gathering: Words = _NONE
    mediation: Words = _NONE
    mutual_agreement: Words = _NONE
    number_noun: Words = _NONE
    pastime: Words = _NONE
    statecraft: Words = _NONE
    street: Words = _NONE
    # made from others
    ends_or_opens: Words = _NONE
    finite: Words = _NONE
    group_words: Words = _NONE
    joins: Words = _NONE
    openers: Words = _NONE
    opener_or_none: Words = _NONE
    skipped_after_operator: Words = _NONE
    subjects: Words = _NONE
    crowds: Words = _NONE
    will: Words = _NONE
    controlling: Words = _NONE
    canonical: Mapping[str, str]
    variants: Mapping[str, Words]

    def plain(self, word: str) -> str:
        """A preposition without what an article or a vowel has made of it: `du` is `de`."""
        return self.canonical.get(word, word)


_LISTED = frozenset(field.name for field in fields(Grammar) if field.type == "Listed")
_WORD = r"[^\W\d_][^\W_]*(?:[-.][^\W_]+)*|['’]s\b|['’]|\d[\d.,]*\d|\d[^\W_]*(?:[-.][^\W_]+)*|[^\w\s]"


@cache
def _classes(lang: str) -> dict[str, tuple[str, ...]]:
    return {row["class"]: tuple(row["words"].split()) for row in read_table(f"triggers/grammar.{lang}.tsv")}


def word_class(name: str, lang: str = "en") -> frozenset[str]:
    """Words of one class: preposition, auxiliary, pronoun, determiner, ...

    Examples
    --------
    >>> "against" in word_class("preposition")
    True
    """
    return frozenset(_classes(lang)[name])


@cache
def load_grammar(lang: str = "en") -> Grammar:
    """The grammar of a language, read once a process.

    Raises
    ------
    RelationsError
        When the table has a class that no rule knows.

    Examples
    --------
    >>> sorted(load_grammar("en").agent_preposition)
    ['by']
    """
    listed = {_field(name): words for name, words in _classes(lang).items()}
    known = {field.name for field in fields(Grammar)}
    if odd := listed.keys() - known:
        raise RelationsError(f"triggers/grammar.{lang}.tsv: no rule knows the class {min(odd)!r}. Take the row out.")
    sets = {name: frozenset(words) for name, words in listed.items()}
    canonical = dict(pair.split(">") for pair in sorted(sets.get("contraction", _NONE)))
    variants = {plain: frozenset(k for k, v in canonical.items() if v == plain) for plain in canonical.values()}
    given: dict[str, Words | Listed] = {name: listed[name] if name in _LISTED else sets[name] for name in listed}
    return Grammar(lang=lang, canonical=canonical, variants=variants, **_patterns(sets), **given, **_unions(sets))  # type: ignore[arg-type]  # fields by name: each holds what its type says


def _field(name: str) -> str:
    return "and_" if name == "and" else name


def _unions(of: Mapping[str, Words]) -> dict[str, Words]:
    """Classes that are several together."""

    def either(*names: str) -> Words:
        return frozenset[str]().union(*(of.get(name, _NONE) for name in names))

    openers = either("subordinator", "clause_opener")
    joins = either("link") | {"-", "/", "–"}
    return {
        "finite": either("finite_auxiliary", "modal"),
        "subjects": either("pronoun", "relative"),
        "openers": openers,
        "opener_or_none": openers | {""},
        "joins": joins,
        "group_words": joins | either("among"),
        "ends_or_opens": either("clause_end", "hard_stop", "subordinator", "object_stop"),
        "skipped_after_operator": either("auxiliary", "operator_skip"),
        "will": either("future", "future_of_past"),
        "crowds": either("gathering", "street"),
        "controlling": either("auxiliary", "object_control"),
    }


def _patterns(of: Mapping[str, Words]) -> dict[str, re.Pattern[str]]:
    """How a text is cut into words: first what the language writes together or takes apart."""
    own = []
    if whole := of.get("whole"):
        own.append(rf"\b(?:{_either(whole)})\b")
    if elision := of.get("elision"):
        own.append(rf"\b(?:{_either(word.rstrip(chr(39)) for word in elision)})['’](?=\w|$)")
    tail = ""
    if inversion := of.get("inversion"):
        pronouns = _either(inversion)
        own += [rf"-(?:t-)?(?:{pronouns})\b", rf"[^\W\d_]+(?=-(?:t-)?(?:{pronouns})\b)"]
    word = "|".join([*own, _WORD]) + tail
    suffixes = _either(of.get("negation_suffix", _NONE))
    split = rf"[^\W\d_]+(?=(?:{suffixes})\b)|(?:{suffixes})\b|{word}" if suffixes else word
    flags = re.IGNORECASE if own else 0
    return {"word": re.compile(word, flags), "split": re.compile(split, flags)}


def _either(words: object) -> str:
    longest = sorted(words, key=lambda word: (-len(word), word))  # type: ignore[call-overload]
    return "|".join(re.escape(word).replace("'", "['’]") for word in longest)
