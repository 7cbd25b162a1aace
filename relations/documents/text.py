"""What does a plain text file say of itself?"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from relations.documents.dates import parse_date
from relations.errors import BadInput
from relations.records import Document

# a text that merely opens with a ruled line has no `name:` under it
_FRONT = re.compile(r"\A---[ \t]*\r?\n(?=\s*(?:#|\w+[ \t]*:))(.*?)\r?\n---[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_FIELD = re.compile(r"^(\w+)[ \t]*:(.*)$", re.MULTILINE)
_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
#: More NULs than this share of the bytes means that the file is no text.
_MOST_NULS = 0.01
#: Signs that no text holds, and the share of them that is no accident.
_CONTROLS, _MOST_CONTROLS = bytes({*range(32)} - {*b"\0\t\n\v\f\r\x1b"}), 0.05


def decode(data: bytes, name: str, note: Callable[[str], None]) -> str:
    """Text of bytes: UTF-8, or UTF-16 by its mark; lines in neither are read as Windows-1252, a few NULs taken out.

    Raises
    ------
    BadInput
        When the bytes are no text.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return data.decode(encoding, errors="replace").replace("\0", "")
    nuls, controls = data.count(0), len(data) - len(data.translate(None, _CONTROLS))
    if nuls > _MOST_NULS * len(data) or controls > _MOST_CONTROLS * len(data):
        raise BadInput(f"{name}: this is a binary file, not text. Give text, JSONL or CSV.")
    if nuls:
        note(f"{name}: {nuls} NUL bytes were taken out.")
        data = data.replace(b"\0", b"")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _decode_by_line(data, name, note)


def _decode_by_line(data: bytes, name: str, note: Callable[[str], None]) -> str:
    lines: list[str] = []
    odd: list[int] = []
    for number, line in enumerate(data.split(b"\n"), 1):
        try:
            lines.append(line.decode("utf-8"))
        except UnicodeDecodeError:
            odd.append(number)
            lines.append(line.decode("cp1252", errors="replace"))
    note(f"{name}:{odd[0]}: not UTF-8 ({len(odd)} lines), read as Windows-1252. Save the file as UTF-8.")
    return "\n".join(lines)


def read_text(text: str, name: str) -> Document:
    """A document from plain text, with its front matter (`date:`, `title:`, ...) taken off if it has some.

    Raises
    ------
    BadInput
        When the text is empty.

    Examples
    --------
    >>> read_text("---\\ndate: 2023-01-26\\n---\\nParis recalls its envoy.", "a.txt").date
    datetime.date(2023, 1, 26)
    """
    front = _FRONT.match(text)
    fields = {key.lower(): _unquoted(value) for key, value in _FIELD.findall(front[1])} if front else {}
    body = text[front.end() :] if front else text
    if not _has_words(body):
        raise BadInput(f"{name}: the text is empty. Give a file that holds an article.")
    return Document(
        id=fields.get("id") or name,
        text=body,
        date=parse_date(fields.get("date", "")),
        title=fields.get("title", ""),
        url=fields.get("url", ""),
        publisher=fields.get("publisher", ""),
        lang=fields.get("lang", ""),
    )


def _unquoted(value: str) -> str:
    value = value.strip()
    quoted = len(value) > 1 and value[0] == value[-1] and value[0] in "\"'"
    return value[1:-1] if quoted else value


def _has_words(text: str) -> bool:
    return any(unicodedata.category(char)[0] == "L" for char in text)
