"""Which columns does a table of events have, and of what kind is each?"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from hashlib import blake2b
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

#: Every column of an event table in its order, with its kind; the same names as the fields of records.Event.
SCHEMA = {
    "id": "text",
    "date": "date",
    "date_precision": "text",
    "source": "text",
    "target": "text",
    "source_role": "text",
    "target_role": "text",
    "type": "text",
    "mode": "text",
    "cameo": "text",
    "quad": "whole",
    "goldstein": "number",
    "status": "text",
    "due": "date",
    "confidence": "number",
    "document": "text",
    "title": "text",
    "url": "text",
    "publisher": "text",
    "published": "date",
    "sentence": "text",
    "evidence": "text",
    "start": "whole",
    "end": "whole",
    "rule": "text",
}
COLUMNS = tuple(SCHEMA)
#: What a row may leave out, and what it means then.
DEFAULTS: dict[str, str | float | int] = {
    "date_precision": "day", "status": "happened", "confidence": 1.0, "quad": 0, "goldstein": 0.0, "start": 0, "end": 0,
}  # fmt: skip
#: Fields that make a row the event it is; a new confidence or value revises an event, a new date makes another.
IDENTITY = (
    "date", "source", "target", "source_role", "target_role", "type", "mode", "cameo", "status", "document", "url",
    "sentence", "start",
)  # fmt: skip

Codes = npt.NDArray[np.int64]

#: pandas's own type of text: str from pandas 3, object before.
TEXT = pd.Series(["text"]).dtype
#: Ordinal of 1 January 1970.
EPOCH_DAY = 719163
_SURROGATES = re.compile("[\ud800-\udfff]")
_PRIME = np.uint64(0x9E3779B97F4A7C15)


def empty_frame() -> pd.DataFrame:
    """A table without events.

    >>> list(empty_frame().columns[:5])
    ['id', 'date', 'date_precision', 'source', 'target']
    """
    return pd.DataFrame({name: column_of(name, np.empty(0, object)) for name in COLUMNS})


def column_of(name: str, values: Any) -> pd.Series[Any]:
    """Values as a column of the schema's type for this name; dates have a resolution of seconds, so year 1 fits."""
    kind = SCHEMA[name]
    if kind == "text":
        return _text_column(values)
    if kind == "date":
        return pd.Series(np.asarray(values, dtype="datetime64[D]").astype("datetime64[s]"))
    return pd.Series(np.asarray(values, dtype=np.int64 if kind == "whole" else np.float64))


def _text_column(values: Any) -> pd.Series[Any]:
    try:
        return pd.Series(values, dtype=TEXT)
    except UnicodeEncodeError:
        return pd.Series([whole_text(value) for value in values], dtype=TEXT)


def whole_text(text: str) -> str:
    """Text that UTF-8 can hold: broken characters (lone surrogates) become U+FFFD.

    >>> whole_text("a" + chr(0xD800))
    'a\ufffd'
    """
    return _SURROGATES.sub("\ufffd", text)


class Coded(NamedTuple):
    """A column as whole numbers into a short list of values: what is asked of a value is asked once.

    A value may stand in the list twice, after a conversion.
    """

    codes: Codes
    values: list[Any]

    def map(self, convert: Callable[[Any], Any]) -> Coded:
        """The same column with every value converted."""
        return Coded(self.codes, [convert(value) for value in self.values])

    def lookup(self, measure: Callable[[Any], float | bool], dtype: npt.DTypeLike = np.float64) -> npt.NDArray[Any]:
        """One number a row."""
        if len(self.values) == 1:
            return np.full(len(self.codes), measure(self.values[0]), dtype=dtype)
        return np.asarray([measure(value) for value in self.values] or [0], dtype=dtype)[self.codes]

    def where(self, test: Callable[[Any], bool]) -> npt.NDArray[np.bool_]:
        """Rows whose value passes a test."""
        return self.lookup(test, np.bool_)

    def keep(self, rows: npt.NDArray[Any]) -> Coded:
        """Some of the rows, by their numbers or by a mask."""
        if len(self.values) == 1 and rows.dtype != np.bool_:
            return Coded(self.codes[: len(rows)], self.values)  # most columns hold one value in all rows
        return Coded(self.codes[rows], self.values)

    def distinct(self) -> Coded:
        """The same column in codes of which no two have the same value, and none is without a row."""
        if len(self.values) == 1 and len(self.codes):
            return self
        there = np.flatnonzero(np.bincount(self.codes, minlength=len(self.values)))
        place: dict[Any, int] = {}
        numbers = np.zeros(len(self.values), dtype=np.int64)
        for code in there.tolist():
            numbers[code] = place.setdefault(self.values[code], len(place))
        same = len(place) == len(self.values) and bool((numbers == np.arange(len(numbers))).all())
        return self if same else Coded(numbers[self.codes], list(place))

    def text(self) -> pd.Series[Any]:
        """The rows as a column of text."""
        return pd.Series(_text_column(self.values).array.take(self.codes), copy=False)


def encode(column: pd.Series[Any], missing: Any = "") -> Coded:
    """A column as codes into its different values, in the order first met; a missing cell becomes `missing`."""
    codes, values = pd.factorize(column)
    listed = list(values)
    if len(codes) and (codes < 0).any():
        codes, listed = np.where(codes < 0, len(listed), codes), [*listed, missing]
    return Coded(codes.astype(np.int64, copy=False), listed)


class Columns:
    """The columns of a table as codes, each encoded when it is first asked for, and once.

    `coded` are those that are known already; `frame` may be any table with the same columns and rows.
    """

    def __init__(self, frame: pd.DataFrame, coded: Mapping[str, Coded] | None = None) -> None:
        self.frame = frame
        self._coded = dict(coded or {})

    def __getitem__(self, name: str) -> Coded:
        if name not in self._coded:
            self._coded[name] = encode(self.frame[name])
        return self._coded[name]


def days_of(column: pd.Series[Any]) -> Codes:
    """A column of dates as day ordinals, 1 on 1 January of the year 1; a missing date is the smallest integer."""
    days = column.to_numpy().astype("datetime64[D]").astype(np.int64)
    return np.where(column.isna(), np.iinfo(np.int64).min, days + EPOCH_DAY)


def content_ids(columns: Iterable[Coded]) -> list[str]:
    """A 16-digit hexadecimal hash of each row: the same words give the same id on any machine."""
    return list(hexadecimal(content_hashes(columns)))


def content_hashes(columns: Iterable[Coded]) -> npt.NDArray[np.uint64]:
    """The hashes of `content_ids` as numbers; of columns of one value each, a single one."""
    total: Any = np.uint64(0)
    with np.errstate(over="ignore"):
        for column in columns:
            hashes = column.lookup(_hash, np.uint64) if len(column.values) != 1 else np.uint64(_hash(column.values[0]))
            total = (total ^ (total >> np.uint64(29))) * _PRIME + hashes
    return np.atleast_1d(total ^ (total >> np.uint64(32)))


def hexadecimal(numbers: npt.NDArray[np.uint64]) -> pd.Series[Any]:
    """Numbers as a column of 16 hexadecimal digits each."""
    digits = numbers.astype(">u8").tobytes().hex()
    if not isinstance(TEXT, pd.StringDtype) or TEXT.storage != "pyarrow":
        return _text_column([digits[start : start + 16] for start in range(0, len(digits), 16)])
    import pyarrow  # pandas has loaded it already: these columns are its own

    ends = np.arange(0, len(digits) + 1, 16, dtype=np.int64)
    buffers = pyarrow.py_buffer(ends), pyarrow.py_buffer(digits.encode())
    texts = pyarrow.LargeStringArray.from_buffers(len(numbers), *buffers)
    return pd.Series(pd.array(pyarrow.chunked_array([texts]), dtype=TEXT), copy=False)


def _hash(value: object) -> int:
    text = str(value).encode("utf-8", "surrogatepass")
    return int.from_bytes(blake2b(text, digest_size=8).digest(), "big")
