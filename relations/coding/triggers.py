"""Which words of a sentence report an act, and of which type?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from relations.coding.grammar import Grammar, load_grammar
from relations.coding.units import Units
from relations.resources import read_table

GAP = frozenset({"~"})
#: A gap in a pattern spans at most this many units.
MAX_GAP = 4
#: Before a tail of more words than this ("persona non grata") a gap may be as long as the next number: none but that
#: tail can be meant.
LONG_TAIL = 3
MAX_LONG_GAP = 18
#: How far before a passive verb its object noun may stand ("sanctions were imposed").
MAX_BACK = 7
#: How far around a trigger its sense words are looked for.
SENSE_REACH = 12
#: How far before a verb its reflexive pronoun may stand.
GROUP_REACH = 5
#: A stem of no more letters must be the whole word.
SHORT_STEM = 3
#: The type of patterns that look like an event and are none.
NONE = "NONE"


@dataclass(frozen=True, slots=True)
class Stems:
    """How words begin that tell one sense of a trigger from another; a short stem must be the whole word."""

    whole: frozenset[str] = frozenset()
    openings: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.whole)

    def any_in(self, words: list[str]) -> bool:
        """Whether a word is or starts with one of them."""
        return not self.whole.isdisjoint(words) or any(word.startswith(self.openings) for word in words)


@dataclass(frozen=True, slots=True)
class Trigger:
    """One row of the trigger or operator table, compiled: sets of words in order, `GAP` among them.

    `words` says how many words the pattern fixes: the more, the more it knows. `needs` are the later words one of
    which a sentence must hold, whatever else; empty for a pattern of one word. A `reflexive` verb wants its pronoun.
    """

    pattern: str
    kind: str
    rest: tuple[frozenset[str], ...]
    type: str = ""
    mode: str = ""
    cameo: str = ""
    source: tuple[str, ...] = ()
    target: tuple[str, ...] = ()
    mutual: bool = False
    reflexive: bool = False
    wanted: Stems = Stems()
    unwanted: Stems = Stems()
    complement: str = ""
    effect: str = ""
    words: int = 1
    needs: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Match:
    """A trigger found at unit `head`; `tags` are the verb forms it may be, `taken` the units it fixes."""

    trigger: Trigger
    head: int
    tags: frozenset[str]
    taken: tuple[int, ...]
    backward: bool = False

    @property
    def last(self) -> int:
        return max(self.taken)


#: Triggers with the tags of the form under which they stand in an index.
Rows = list[tuple[Trigger, frozenset[str]]]
Index = dict[str, Rows]


@cache
def load_triggers(lang: str = "en") -> Index:
    """Triggers by the form of their first word."""
    return _index(f"triggers/{lang}.tsv", lang)


@cache
def load_operators(lang: str = "en") -> Index:
    """Operators (refuse to, threaten to, ...) by the form of their first word."""
    return _index(f"triggers/operators.{lang}.tsv", lang)


@cache
def load_forms(lang: str) -> dict[str, list[tuple[str, str]]]:
    """Forms of each verb with their tags, the columns of the table: base, third, past, participle, gerund.

    Where the table has a column `infinitive`, the verb is one itself; it has no other bare form.
    """
    found: dict[str, list[tuple[str, str]]] = {}
    for row in read_table(f"triggers/forms.{lang}.tsv"):
        bare = [] if "infinitive" in row else [(row["lemma"], "base")]
        tagged = [(form, tag) for tag in row if tag != "lemma" for form in row[tag].split("|") if form]
        found[row["lemma"]] = [*bare, *tagged]
    return found


@cache
def form_tags(lang: str) -> dict[str, frozenset[str]]:
    """The tags that each form may have, whatever its verb."""
    tags: dict[str, set[str]] = {}
    for forms in load_forms(lang).values():
        for form, tag in forms:
            tags.setdefault(form, set()).add(tag)
    return {form: frozenset(found) for form, found in tags.items()}


@cache
def lemmas(lang: str) -> dict[str, str]:
    """The verb of each form."""
    return {form: lemma for lemma, forms in load_forms(lang).items() for form, _ in forms}


@cache
def past_forms(lang: str) -> frozenset[str]:
    """Past forms and participles of the verbs that the tables know."""
    return frozenset(
        form for forms in load_forms(lang).values() for form, tag in forms if tag in {"past", "participle"}
    )


def _index(name: str, lang: str) -> Index:
    index: Index = {}
    grammar = load_grammar(lang)
    for row in read_table(name):
        words = _words_of_pattern(row["pattern"], grammar)
        reflexive = len(words) > 1 and not grammar.reflexive.isdisjoint(words[0].split("|"))
        words = words[reflexive:]
        trigger = _compile(row, words[1:], grammar, reflexive)
        for form, tags in _first_forms(words[0].split("|"), row["kind"], grammar).items():
            index.setdefault(form, []).append((trigger, frozenset(tags)))
    return index


def _words_of_pattern(pattern: str, grammar: Grammar) -> list[str]:
    """The words of a pattern, as a text is cut: `mettre fin à l'accord` has five."""
    elided = sorted(grammar.elision, key=len, reverse=True)
    words: list[str] = []
    for word in pattern.replace("’", "'").split():
        while opening := next((e for e in elided if word.startswith(e) and len(word) > len(e) and "|" not in word), ""):
            words.append(opening)
            word = word[len(opening) :]
        words.append(word)
    return words


def _compile(row: dict[str, str], rest: list[str], grammar: Grammar, reflexive: bool) -> Trigger:
    sense = row.get("sense", "").split()
    elements = [GAP if word == "~" else _in_all_forms(word.split("|"), grammar) for word in rest]
    fixed = [element for element in elements if element is not GAP]
    return Trigger(
        pattern=row["pattern"],
        kind=row["kind"],
        rest=tuple(elements),
        type=row.get("type", ""),
        mode=row.get("mode", ""),
        cameo=row.get("cameo", ""),
        source=tuple(row.get("source", "").split("|")),
        target=tuple(row.get("target", "").split("|")),
        mutual=row.get("mutual", "") == "yes",
        reflexive=reflexive,
        wanted=_stems(sense, "+"),
        unwanted=_stems(sense, "-"),
        complement=row.get("complement", ""),
        effect=row.get("effect", ""),
        words=1 + len(fixed),
        # long words are rare ones
        needs=max(fixed, key=lambda words: min(map(len, words)), default=frozenset()),
    )


def _stems(sense: list[str], sign: str) -> Stems:
    stems = [stem for item in sense if item[0] == sign for stem in item[1:].split("|")]
    return Stems(frozenset(stems), tuple(stem for stem in stems if len(stem) > SHORT_STEM))


def _first_forms(words: list[str], kind: str, grammar: Grammar) -> dict[str, set[str]]:
    forms: dict[str, set[str]] = {}
    for word in words:
        if kind == "verb":
            pairs = load_forms(grammar.lang).get(word, [(word, "base")])
        else:
            pairs = [(form, kind) for form in (_in_all_forms([word], grammar) if kind == "noun" else [word])]
        for form, tag in pairs:
            forms.setdefault(form, set()).add(tag)
    return forms


def _in_all_forms(words: list[str], grammar: Grammar) -> frozenset[str]:
    """Words with their plurals and with what an article or a vowel makes of them: `de` is also `d'` and `du`."""
    out = set(words)
    for word in words:
        out |= grammar.variants.get(word, frozenset())
        for ending, _, instead in (pair.partition(">") for pair in grammar.plural):
            if word.endswith(ending):
                out.add(word.removesuffix(ending) + instead)
    return frozenset(out)


def find_matches(units: Units, index: Index) -> list[Match]:
    """Every trigger in a sentence whose sense fits; of those that share their first unit, the longest.

    A NONE pattern wins over an event's pattern of the same length.
    """
    best: list[Match] = []
    said = frozenset(units.lower).union(*units.inside)
    for head, word in enumerate(units.lower):
        if word not in index:
            continue
        # nine rows in ten need a word that is nowhere in the sentence
        rows = [row for row in index[word] if not row[0].needs or not row[0].needs.isdisjoint(said)]
        if not rows or _is_name(units, head):
            continue
        matches = [match for match in _matches_at(units, head, rows) if makes_sense(units, match)]
        if matches:
            top = max(match.trigger.words for match in matches)
            longest = [match for match in matches if match.trigger.words == top]
            best += [match for match in longest if match.trigger.type == NONE][:1] or longest
    return _without_covered(best) if len(best) > 1 else best


def makes_sense(units: Units, match: Match) -> bool:
    """Whether the words around a trigger fit the sense that its row asks for.

    Unwanted words count only after a verb, where its object is; wanted ones on both sides, for a subject decides too.
    """
    trigger = match.trigger
    if not trigger.wanted and not trigger.unwanted:
        return True
    after = range(match.head, min(len(units), match.last + SENSE_REACH))
    around = range(max(0, match.head - SENSE_REACH), after.stop)
    words_around = _words_of(units, around, match.taken)
    words_after = words_around if trigger.kind == "noun" or match.backward else _words_of(units, after, match.taken)
    if trigger.unwanted.any_in(words_after):
        return False
    return not trigger.wanted or trigger.wanted.any_in(words_around)


def _words_of(units: Units, span: range, taken: tuple[int, ...]) -> list[str]:
    return [word for i in span if i not in taken for word in (units.inside[i] or (units.lower[i],))]


def _without_covered(matches: list[Match]) -> list[Match]:
    """Drop a match whose head is a fixed later word of a longer one: "strike" within "reach a deal to strike"."""
    covered = {
        unit: match.trigger.words for match in sorted(matches, key=lambda m: m.trigger.words) for unit in match.taken
    }
    return [match for match in matches if covered[match.head] <= match.trigger.words]


def _matches_at(units: Units, head: int, rows: Rows) -> Iterator[Match]:
    for trigger, tags in rows:
        if (tags_here := _tags_in_context(units, head, trigger, tags)) is None:
            continue
        if trigger.reflexive and not _is_reflexive(units, head):
            continue
        if (taken := _forward(units, head + 1, trigger.rest)) is not None:
            yield Match(trigger, head, tags_here, (head, *taken))
        elif trigger.rest and "participle" in tags and (taken := _backward(units, head, trigger.rest)) is not None:
            yield Match(trigger, head, frozenset({"participle"}), (head, *taken), backward=True)


def _is_reflexive(units: Units, head: int) -> bool:
    """Whether the verb's own pronoun stands before it, perhaps before its auxiliaries: "se sont entretenus"."""
    for index in range(head - 1, max(-1, head - 1 - GROUP_REACH), -1):
        if units.lower[index] in units.grammar.reflexive:
            return True
        if units.lower[index] not in units.grammar.auxiliary:
            return False
    return False


def _is_name(units: Units, head: int) -> bool:
    """Whether a unit is a name: an actor's, or a capital within a sentence, as in May, March or Will."""
    if units.mention[head] >= 0:
        return True
    return head > 0 and units.text[units.start[head]].isupper() and not _is_title(units)


def _is_title(units: Units) -> bool:
    """Whether most longer words have a capital, as in an English headline."""
    longer = [units.text[start] for start, word in zip(units.start, units.lower, strict=True) if len(word) > MAX_GAP]
    return 2 * sum(letter.isupper() for letter in longer) > len(longer)


def _fits(units: Units, index: int, words: frozenset[str]) -> bool:
    return units.lower[index] in words or bool(units.inside[index] & words)


def _forward(units: Units, start: int, rest: tuple[frozenset[str], ...]) -> tuple[int, ...] | None:
    taken: list[int] = []
    position, slack = start, 0
    for number, element in enumerate(rest):
        if element is GAP:
            slack = MAX_GAP if len(rest) - number <= LONG_TAIL else MAX_LONG_GAP
            continue
        index = _next(units, position, slack, element)
        if index is None:
            return None
        taken.append(index)
        position, slack = index + 1, 0
    return tuple(taken)


def _next(units: Units, start: int, slack: int, words: frozenset[str]) -> int | None:
    """The first unit that fits, at most `slack` plain words further on; an actor costs no slack."""
    for index in range(start, len(units)):
        if _fits(units, index, words):
            return index
        if units.lower[index] in units.grammar.pattern_stop or slack <= 0:
            return None
        slack -= units.mention[index] < 0
    return None


def _backward(units: Units, head: int, rest: tuple[frozenset[str], ...]) -> tuple[int, ...] | None:
    """The object of a passive verb stands before it: "sanctions were imposed on Mali"."""
    nouns = [element for element in rest if element is not GAP]
    if len(nouns) != 1:
        return None
    for index in range(head - 1, max(-1, head - 1 - MAX_BACK), -1):
        if _fits(units, index, nouns[0]):
            return (index,)
        if units.lower[index] in units.grammar.pattern_stop:
            return None
    return None


_BASE, _PRESENT = frozenset({"base"}), frozenset({"base", "third"})


def _tags_in_context(units: Units, head: int, trigger: Trigger, tags: frozenset[str]) -> frozenset[str] | None:
    """The forms that a word can be where it stands; None when it is another part of speech there."""
    before, grammar = units.word_at(head - 1), units.grammar
    mention = units.mention[head - 1] if head else -1
    adjectival = mention >= 0 and units.mentions[mention].kind == "demonym" and not grammar.owner_after
    nominal = before in grammar.determiner or before in grammar.possessive_mark or adjectival
    if nominal and before in grammar.clitic and _has_subject(units, head - 2):
        nominal = False  # "le Mali la critique"
    if before in grammar.infinitive_mark and units.word_at(head - 2) in grammar.before_preposition_to:
        nominal = True  # "due to pressure"
    if nominal and grammar.owner_after and "participle" in tags and trigger.kind == "verb":
        return None  # "la reprise", "une mise en cause"
    if trigger.kind == "verb":
        after_preposition = before in grammar.noun_preposition and before not in grammar.agent_preposition
        if tags <= _PRESENT and (nominal or (after_preposition and "third" in tags)):
            return None
        if (
            tags == _BASE
            and before not in grammar.before_verb
            and not before.endswith(grammar.adverb_ending)
            and mention < 0
            and head
        ):
            plural = before.endswith("s") and not before.endswith("ss")
            return tags if plural else None
        if "gerund" in tags and nominal:
            return None
        return tags
    if trigger.kind == "noun" and (before in grammar.never_before_noun or _is_present(units, head)):
        return None
    return tags


def _has_subject(units: Units, index: int) -> bool:
    """Whether a clitic pronoun's subject stands right before it."""
    return index >= 0 and (units.mention[index] >= 0 or units.lower[index] in units.grammar.subjects)


def _is_present(units: Units, head: int) -> bool:
    """Whether a word that may be a noun is the verb of the actor before it, where adjectives follow their nouns."""
    grammar = units.grammar
    if not grammar.owner_after or not head or units.mention[head - 1] < 0:
        return False
    return "third" in form_tags(grammar.lang).get(units.lower[head], frozenset())
