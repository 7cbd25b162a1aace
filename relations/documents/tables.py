"""Which articles does a JSONL, JSON, CSV or Parquet table hold?"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from relations.documents.dates import parse_date
from relations.errors import BadInput
from relations.records import Document

#: Other names under which people keep the same fields.
SYNONYMS = {
    "text": ("text", "body", "content"),
    "date": ("date", "published", "publication_date"),
    "publisher": ("publisher", "source_name", "outlet"),
    "title": ("title", "headline"),
    "url": ("url", "link"),
    "id": ("id",),
    "lang": ("lang", "language"),
}


def read_articles(text: str, name: str, kind: str, note: Callable[[str], None]) -> Iterator[Document]:
    """Documents of a table of articles; `kind` is jsonl, json or csv. A row that cannot be read is noted, not lost.

    Raises
    ------
    BadInput
        When no row could be read.
    """
    rows = {"jsonl": _jsonl_rows, "json": _json_rows, "csv": _csv_rows}[kind](text, name, note)
    found = 0
    for line, row in rows:
        document = _document(row, f"{name}:{line}")
        if document is None:
            note(f"{name}:{line}: no text. Give the article in a column named text.")
            continue
        found += 1
        yield document
    if not found:
        raise BadInput(f"{name}: no article could be read. Give rows with a text column (id, date, title, url too).")


def _document(row: Mapping[str, Any], name: str) -> Document | None:
    fields = {key: _first(row, names) for key, names in SYNONYMS.items()}
    if not fields["text"].strip():
        return None
    return Document(
        id=fields["id"] or name,
        text=fields["text"],
        date=parse_date(fields["date"]),
        title=fields["title"],
        url=fields["url"],
        publisher=fields["publisher"],
        lang=fields["lang"],
    )


def _first(row: Mapping[str, Any], names: tuple[str, ...]) -> str:
    found = next((str(row[name]) for name in names if row.get(name) not in (None, "")), "")
    # JSON can spell half a character, which no file can hold
    return found.encode("utf-8", "replace").decode("utf-8")


def _jsonl_rows(text: str, name: str, note: Callable[[str], None]) -> Iterator[tuple[int, Mapping[str, Any]]]:
    for line, record in enumerate(text.split("\n"), 1):
        if not record.strip():
            continue
        try:
            row = json.loads(record)
        except (ValueError, RecursionError) as error:
            note(f"{name}:{line}: not JSON ({error}). The row is left out.")
            continue
        if isinstance(row, dict):
            yield line, row
        else:
            note(f"{name}:{line}: want an object with a text, got {type(row).__name__}. The row is left out.")


def _json_rows(text: str, name: str, note: Callable[[str], None]) -> Iterator[tuple[int, Mapping[str, Any]]]:
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise BadInput(f"{name}: not JSON ({error}). Give a list of articles, or JSONL.") from error
    rows = data if isinstance(data, list) else [data]
    yield from ((line, row) for line, row in enumerate(rows, 1) if isinstance(row, dict))


def delimiter_of(header: str) -> str:
    """What parts the columns of a table: the tab, semicolon or comma that its header holds, in that order."""
    return next((sign for sign in "\t;" if sign in header), ",")


def _csv_rows(text: str, name: str, note: Callable[[str], None]) -> Iterator[tuple[int, Mapping[str, Any]]]:
    csv.field_size_limit(2**31 - 1)
    delimiter = delimiter_of(text.split("\n", 1)[0])
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter)
    reader.fieldnames = [field.strip().lower() for field in reader.fieldnames or ()]
    for row in reader:
        yield reader.line_num, row
