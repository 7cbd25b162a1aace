"""Where does each sentence of a document start, and what kind of text is it?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

import sentencex

from relations.records import Document, Sentence
from relations.resources import read_table

#: A longer sentence is cut here, so that no input costs more than linear time.
MAX_SENTENCE = 2_000
#: A longer line is segmented block by block: the segmenter's time grows with the square of unclosed quotes in a text.
MAX_BLOCK = 10_000
_LINE = re.compile(r"[^\n]+")
_LIST_ITEM = re.compile(r"\s*(?:\d{1,2}[.)]|[-*•–])\s+")
# credits are short; the bounds keep a line of many openings linear
_CREDIT_END = re.compile(
    r"\s[-–—]\s*(?:PHOTO|FOTO|PHOTOGRAPH|REUTERS|AFP|AP|EPA|GETTY|FILE)\b[^.!?]{0,120}$"
    r"|\((?:Reuters|AFP|AP|EPA|Photo)[^()]{0,120}\)\s*$"
)
_DATELINE = re.compile(
    r"\A\s*[A-Z][A-Z .'-]{2,40}:\s+|\A\s*(?:[A-Z][A-Z .'-]{2,40}(?:,\s*[A-Z0-9][\w .]{1,30}){0,2}"
    r"|[A-Z]\w+(?: [A-Z]\w+)?,\s*(?:\w{3,9}\.? \d{1,2}|\d{1,2} \w{3,9}\.?)(?:,? \d{4})?)\s*"
    r"(?:\([A-Za-z /]{2,30}\))?\s*(?:--|[-–—])\s+"
)
_ENDS_A_SENTENCE = re.compile(r"[.!?…][\"'”’»)\]]*\s*$")
#: A line of at most this many words without a full stop is a title of a section.
_TITLE_WORDS = 14


def split_sentences(document: Document) -> list[Sentence]:
    """Sentences of a document, its title first, with offsets in the document's text.

    The title's offsets are 0 and 0 when it does not open the text.
    """
    sentences: list[Sentence] = []
    if document.title and not document.text.lstrip().startswith(document.title):
        sentences.append(Sentence(document.title, 0, 0, "headline"))
    for line in _LINE.finditer(document.text):
        sentences += _sentences_of_line(line[0], line.start(), not sentences, document.lang or "en")
    return sentences


def _sentences_of_line(line: str, offset: int, is_first: bool, lang: str) -> Iterator[Sentence]:
    kind = _kind_of_line(line, is_first)
    start, end = 0, len(line)
    if item := _LIST_ITEM.match(line):
        start = item.end()
    if credit := _CREDIT_END.search(line):
        end = credit.start()
        if credit.end() > credit.start():
            yield from _trimmed(line, credit.start(), len(line), offset, "credit")
    if dateline := _DATELINE.match(line, start, end):
        yield from _trimmed(line, start, dateline.end(), offset, "credit")
        start = dateline.end()
    for a, b in _pieces(line[start:end], lang):
        yield from _trimmed(line, start + a, start + b, offset, kind)


def _kind_of_line(line: str, is_first: bool) -> str:
    if _CREDIT_END.search(line):
        return "caption"
    if _LIST_ITEM.match(line):
        return "list"
    short = len(line.split()) <= _TITLE_WORDS and not _ENDS_A_SENTENCE.search(line)
    return "headline" if short or (is_first and not _ENDS_A_SENTENCE.search(line)) else "body"


def _pieces(text: str, lang: str) -> Iterator[tuple[int, int]]:
    for position, block in _blocks(text):
        for piece in _rejoined(sentencex.segment(lang, block), _abbreviations(lang)):
            for cut in range(0, len(piece), MAX_SENTENCE):
                yield position + cut, min(position + cut + MAX_SENTENCE, position + len(piece))
            position += len(piece)


def _rejoined(pieces: Iterable[str], abbreviations: tuple[str, ...]) -> Iterator[str]:
    """The segmenter's pieces, of which one that ends with an abbreviation goes on with the next."""
    held = ""
    for piece in pieces:
        held += piece
        if not held.rstrip().endswith(abbreviations):
            yield held
            held = ""
    if held:
        yield held


@cache
def _abbreviations(lang: str) -> tuple[str, ...]:
    """Endings of a text that are abbreviations which the segmenter does not know: with what stands before them."""
    known = [row["abbreviation"] for row in read_table("documents/abbreviations.tsv") if row["lang"] == lang]
    return tuple(f"{sign}{word}" for word in known for sign in (" ", "(", "«", "’", "'"))


def _blocks(text: str) -> Iterator[tuple[int, str]]:
    """The text in blocks with their offsets, cut after a sentence's end if a block has one, else at a blank."""
    start = 0
    while (limit := start + MAX_BLOCK) < len(text):
        end = max(text.rfind(sign, start + 1, limit) for sign in (". ", "! ", "? "))
        cut = end + 1 if end > 0 else max(text.rfind(" ", start + 1, limit), 0) or limit
        yield start, text[start:cut]
        start = cut
    yield start, text[start:]


def _trimmed(line: str, start: int, end: int, offset: int, kind: str) -> Iterator[Sentence]:
    text = line[start:end]
    start += len(text) - len(text.lstrip())
    text = text.strip()
    if text:
        yield Sentence(text, offset + start, offset + start + len(text), kind)
