"""Which documents stand in the inputs a user names?"""

from __future__ import annotations

import glob
import json
import os
import sys
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from relations.documents.dates import date_in_name
from relations.documents.tables import SYNONYMS, delimiter_of, read_articles
from relations.documents.text import decode, read_text
from relations.errors import BadDate, BadInput
from relations.records import Document

#: Formats a user may force with `--from`; the reader of a new format is added here and in `recognise`.
FORMATS = ("text", "jsonl", "json", "csv", "events", "store")
_GLOB_SIGNS = "*?["
#: A longer first line is no table's header.
_LONGEST_HEADER = 500
#: What tells a file of sums (`relations state`) from a table of events, and how far from the end it stands.
_STATE, _FOOTER = b"relations.state", 64 << 10
#: How a gzip file begins, and how much one may unpack to.
_GZIP, _LARGEST = b"\x1f\x8b", 2 << 30
#: How much of a name that is no file's is repeated in a message.
_SHOWN = 200


@dataclass(frozen=True, slots=True)
class Input:
    """One file (or `-`) to read: its name for messages, its bytes on demand, and its format."""

    name: str
    path: Path | None
    data: bytes
    kind: str


def expand(inputs: Iterable[str | Path]) -> list[Path | None]:
    """Files that the inputs name, in sorted order; None stands for standard input.

    Folders are walked; README files and dotfiles in them are left out.

    Raises
    ------
    BadInput
        When an input names nothing.
    """
    files: list[Path | None] = []
    for item in inputs:
        try:
            found = _files_named(item)
        except OSError as error:
            raise BadInput(f"{str(item)[:_SHOWN]}: cannot be read ({error.strerror}).") from error
        if not found:
            raise BadInput(f"{str(item)[:_SHOWN]}: no such file or folder, or none in it to read.")
        files += found
    return files


def _files_named(item: str | Path) -> list[Path | None]:
    path = Path(item)
    if str(item) == "-":
        return [None]
    if not str(item).strip():
        return []
    if path.is_dir():
        return [*_files_of(path)]
    if path.exists():
        return [path]
    if any(sign in str(item) for sign in _GLOB_SIGNS):
        named = map(Path, glob.glob(str(item), recursive=True))  # noqa: PTH207  # Path.glob takes no absolute pattern
        return [*sorted(found for found in named if found.is_file())]
    return []


def _files_of(folder: Path) -> list[Path]:
    def wanted(path: Path) -> bool:
        hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        return path.is_file() and not hidden and not path.name.upper().startswith("README")

    return sorted(path for path in folder.rglob("*") if wanted(path))


def _shown(path: Path | str) -> str:
    """A file's name as it can be printed and kept: bytes that are no UTF-8 are replaced."""
    return os.fsencode(path).decode("utf-8", errors="replace")


def open_input(path: Path | None, forced: str = "") -> Input:
    """Read one file and recognise what it is by its content.

    Raises
    ------
    BadInput
        When it cannot be read or holds nothing.
    """
    name = _shown(path) if path else "-"
    if path is None and sys.stdin is None:
        raise BadInput("-: standard input is closed. Name a file, or pipe a text in.")
    try:
        data = path.read_bytes() if path else sys.stdin.buffer.read()
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise BadInput(f"{name}: cannot be read ({reason}).") from error
    if data.startswith(_GZIP):
        data = _unpacked(data, name)
    if not data.strip():
        raise BadInput(f"{name}: the file is empty. Give a file that holds an article or events.")
    return Input(name, path, data, forced or recognise(data, name))


def _unpacked(data: bytes, name: str) -> bytes:
    """What a gzip file holds, all its members one after the other; a bomb is refused before it fills the memory."""
    parts: list[bytes] = []
    size = 0
    try:
        while data.startswith(_GZIP):
            member = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
            parts.append(member.decompress(data, _LARGEST - size + 1))
            size += len(parts[-1])
            if size > _LARGEST:
                raise BadInput(f"{name}: unpacks to more than {_LARGEST >> 30} GiB. Unpack it and give it in parts.")
            if not member.eof:
                raise BadInput(f"{name}: the gzip file is cut off. Fetch it anew.")
            data = member.unused_data
    except zlib.error as error:
        raise BadInput(f"{name}: a broken gzip file ({error}). Fetch it anew.") from error
    return b"".join(parts)


def recognise(data: bytes, name: str) -> str:
    """Format of a file by its bytes: text, jsonl, json, csv, events, store or state."""
    if data.startswith(b"PK\x03\x04"):
        return "store"
    if data.startswith(b"PAR1"):
        return "state" if _STATE in data[-_FOOTER:] else "events"
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        data = data.decode("utf-16", errors="replace").encode("utf-8", errors="replace")
    first = data.lstrip(b"\xef\xbb\xbf \r\n\t").split(b"\n", 1)[0].decode("utf-8", errors="replace").strip()
    if first.startswith("{"):
        return _recognise_json(first) or ("json" if name.endswith(".json") else "text")
    if first.startswith("["):
        member = data.lstrip(b"\xef\xbb\xbf \r\n\t[")
        if member.startswith(b"{"):
            return "events" if _recognise_json(member.decode("utf-8", errors="replace")) == "events" else "json"
        if name.endswith(".json"):
            return "json"
    columns = {field.strip().strip('"').lower() for field in first.split(delimiter_of(first))}
    if {"date", "source", "target"} <= columns and columns & {"type", "cameo", "goldstein"}:
        return "events"
    is_sentence = len(first) > _LONGEST_HEADER or first.endswith((".", "!", "?", ":"))
    if len(columns) > 1 and columns & set(SYNONYMS["text"]) and not is_sentence:
        return "csv"
    return "text"


def _recognise_json(text: str) -> str:
    """What the object is with which a text opens; empty when it opens with none."""
    try:
        row, _ = json.JSONDecoder().raw_decode(text)
    except (ValueError, RecursionError):
        return ""
    if not isinstance(row, dict):
        return ""
    return "events" if {"date", "source", "target"} <= row.keys() and not row.get("text") else "jsonl"


def read_documents(source: Input, note: Callable[[str], None], undated: date | None = None) -> Iterator[Document]:
    """Documents of one input, each with a date; one without is noted, and the note names the option that gives one.

    Raises
    ------
    BadInput
        When nothing can be read from it.
    BadDate
        When none of its documents has a date.
    """
    name = _shown(source.path.name).removesuffix(".gz") if source.path else source.name
    text = decode(source.data, source.name, note)
    is_text = source.kind == "text"
    documents = [read_text(text, name)] if is_text else read_articles(text, name, source.kind, note)
    undatable: list[BadDate] = []
    found = False
    for document in documents:
        try:
            ready = dated(document, source.name, undated)
        except BadDate as error:
            undatable.append(error)
            continue
        found = True
        yield ready
    if undatable and not found:
        raise undatable[0]
    for problem in undatable:
        note(str(problem))


def dated(document: Document, name: str, undated: date | None) -> Document:
    """The document with its own date, else `undated`, else the date in its file's name.

    Raises
    ------
    BadDate
        When there is none.
    """
    found = document.date or undated or date_in_name(Path(name).name)
    if found is None:
        raise BadDate(
            f"{name}: no date for {document.id!r}. Pass --date YYYY-MM-DD, write a front-matter line "
            "`date: YYYY-MM-DD`, or date the file's name."
        )
    return replace(document, date=found)
