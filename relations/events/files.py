"""How does a table of events stand in a file?"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any

import pandas as pd

from relations.errors import BadInput, BadRecord, MissingExtra
from relations.events.checking import check_frame
from relations.events.schema import COLUMNS, SCHEMA, column_of, whole_text
from relations.writing import write_whole

FORMATS = ("csv", "jsonl", "json", "parquet")
_ENDINGS = {".csv": "csv", ".tsv": "tsv", ".jsonl": "jsonl", ".ndjson": "jsonl", ".json": "json", ".parquet": "parquet"}
#: A spreadsheet takes such a cell for a formula.
_RISKY = re.compile(r"(?='*[=+\-@\t\r])", re.DOTALL)
_MADE_SAFE = re.compile(r"^'(?='*[=+\-@\t\r])", re.DOTALL)


def safe_cell(text: str) -> str:
    """A text that no spreadsheet runs: an apostrophe goes before `=`, `+`, `-`, `@`, tab and carriage return.

    >>> safe_cell("=1+1"), safe_cell("calm")
    ("'=1+1", 'calm')
    """
    return f"'{text}" if _RISKY.match(text) else text


def unsafe_cell(text: str) -> str:
    """The text that `safe_cell` was given.

    >>> unsafe_cell(safe_cell("'=1")), unsafe_cell("'calm'")
    ("'=1", "'calm'")
    """
    return _MADE_SAFE.sub("", text)


def render_events(frame: pd.DataFrame, format: str) -> str | bytes:
    """A checked table in one of FORMATS: UTF-8, lines end in LF, dates are ISO; read_events gives it back exactly.

    Raises
    ------
    BadRecord
        When there is no such format.
    """
    if format == "parquet":
        return _to_parquet(frame)
    if format == "csv":
        return _to_csv(frame)
    if format in ("json", "jsonl"):
        lines = [json.dumps(row, ensure_ascii=False, allow_nan=False) for row in event_rows(frame)]
        if format == "jsonl":
            return "".join(f"{line}\n" for line in lines)
        return "[\n" + ",\n".join(lines) + "\n]\n" if lines else "[]\n"
    raise BadRecord(f"No format {format!r} for events. Use one of {', '.join(FORMATS)}.")


def event_rows(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Rows as JSON-ready objects: dates are ISO text, a missing date is null."""
    columns = [_plain_values(frame[name], SCHEMA[name]) for name in COLUMNS]
    return [dict(zip(COLUMNS, row, strict=True)) for row in zip(*columns, strict=True)]


def _plain_values(column: pd.Series[Any], kind: str) -> list[Any]:
    if kind == "date":
        days = column.to_numpy().astype("datetime64[D]").tolist()
        return [None if day is None else day.isoformat() for day in days]
    return [whole_text(value) for value in column.tolist()] if kind == "text" else list(column.tolist())


def _to_csv(frame: pd.DataFrame) -> str:
    texts = {
        name: [safe_cell(value or "") for value in _plain_values(frame[name], kind)] if kind in ("text", "date")
        else frame[name]
        for name, kind in SCHEMA.items()
    }  # fmt: skip
    return pd.DataFrame(texts, columns=list(COLUMNS)).to_csv(index=False, lineterminator="\n")


def _to_parquet(frame: pd.DataFrame) -> bytes:
    arrow, parquet = _pyarrow()
    kinds = {"text": arrow.string(), "date": arrow.date32(), "whole": arrow.int64(), "number": arrow.float64()}
    fields = [(name, kinds[kind]) for name, kind in SCHEMA.items()]
    columns = [
        arrow.array(
            frame[name].to_numpy().astype("datetime64[D]") if kind == "date" else _plain_values(frame[name], kind),
            type=kinds[kind],
        )
        for name, kind in SCHEMA.items()
    ]
    buffer = io.BytesIO()
    parquet.write_table(arrow.Table.from_arrays(columns, schema=arrow.schema(fields)), buffer)
    return buffer.getvalue()


def _pyarrow() -> tuple[Any, Any]:
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError:
        raise MissingExtra("Parquet needs pyarrow. Install it with: pip install pyarrow") from None
    return pyarrow, pyarrow.parquet


def write_events(frame: pd.DataFrame, file: str | Path | IO[Any], format: str | None = None) -> None:
    """Write a checked table to a path, whole or not at all, or to an open file.

    Parameters
    ----------
    frame : pandas.DataFrame
    file : str, Path or file object
        A file object must be open for text, or for bytes when the format is parquet.
    format : {"csv", "jsonl", "json", "parquet"}, optional
        From the ending of the path when not given; jsonl for a file object.
    """
    if isinstance(file, (str, Path)):
        write_whole(file, render_events(frame, format or _ENDINGS.get(Path(file).suffix.lower(), "jsonl")))
    else:
        file.write(render_events(frame, format or "jsonl"))


def read_events(
    file: str | Path | IO[bytes],
    format: str | None = None,
    *,
    strict: bool = False,
    note: Callable[[str], None] | None = None,
) -> pd.DataFrame:
    """A checked table of events from a file of this package's own, or of anyone's that has the needed columns.

    Parameters
    ----------
    file : str, Path or binary file object
    format : {"csv", "tsv", "jsonl", "json", "parquet"}, optional
        From the ending of the name, else from the first bytes.
    strict : bool
        Refuse the file at its first bad row.
    note : callable, optional
        Told, in a sentence, of rows that are left out.

    Raises
    ------
    BadInput
        When the file cannot be read or lacks a needed column.
    """
    name, data = _open(file)
    kind = format or _ENDINGS.get(Path(name).suffix.lower()) or _kind_of(data)
    notes: list[str] = []
    try:
        checked = check_frame(_parse(data, kind, name, notes), strict=strict)
    except BadInput as error:
        raise BadInput(f"{name}: {error}") from None
    for text in (*notes, *(f"{name}: {text}" for text in checked.notes)):
        if strict:
            raise BadInput(text)
        if note is not None:
            note(text)
    return checked.frame


def _open(file: str | Path | IO[bytes]) -> tuple[str, bytes]:
    if not isinstance(file, (str, Path)):
        return str(getattr(file, "name", "-")), file.read()
    try:
        return str(file), Path(file).read_bytes()
    except OSError as error:
        raise BadInput(f"{file}: cannot be read ({error.strerror}).") from None


def _kind_of(data: bytes) -> str:
    start = data.lstrip(b"\xef\xbb\xbf \n\r\t")[:1]
    if data[:4] == b"PAR1":
        return "parquet"
    return {b"[": "json", b"{": "jsonl"}.get(start, "tsv" if b"\t" in data.split(b"\n", 1)[0] else "csv")


def _parse(data: bytes, kind: str, name: str, notes: list[str]) -> pd.DataFrame:
    if kind == "parquet":
        return _from_parquet(data)
    text = data.decode("utf-8-sig", errors="replace")
    if kind in ("json", "jsonl"):
        return _from_json(text, kind, name, notes)
    return _from_csv(text, "\t" if kind == "tsv" else ",")


def _from_parquet(data: bytes) -> pd.DataFrame:
    _, parquet = _pyarrow()
    try:
        frame = parquet.read_table(io.BytesIO(data)).to_pandas(date_as_object=False)
    except (OSError, ValueError) as error:
        raise BadInput(f"not a Parquet file that can be read ({error}).") from None
    assert_frame: pd.DataFrame = frame
    return assert_frame


def _from_csv(text: str, separator: str) -> pd.DataFrame:
    if not text.strip():
        raise BadInput("the file is empty. Give a table with the columns date, source, target and type.")
    try:
        frame = pd.read_csv(
            io.StringIO(text), sep=separator, dtype=str, keep_default_na=False, na_filter=False, lineterminator="\n"
        )
    except (ValueError, pd.errors.ParserError) as error:
        raise BadInput(f"not a table that can be read ({error}).") from None
    frame.columns = [str(name).strip() for name in frame.columns]
    for name in frame.columns.intersection([n for n, kind in SCHEMA.items() if kind in ("text", "date")]):
        frame[name] = column_of("id", [unsafe_cell(value) for value in frame[name].tolist()])
    return frame


def _from_json(text: str, kind: str, name: str, notes: list[str]) -> pd.DataFrame:
    rows: list[dict[str, Any]] = []
    for line, record in _records(text, kind):
        try:
            row = json.loads(record) if isinstance(record, str) else record
        except (ValueError, RecursionError) as error:
            notes.append(f"{name}:{line}: not JSON ({error}). The row is left out.")
            continue
        if isinstance(row, dict):
            rows.append({key: _flat(value) for key, value in row.items() if key in SCHEMA})
        else:
            notes.append(f"{name}:{line}: want an object with date, source and target, got {type(row).__name__}.")
    columns = [column for column in COLUMNS if any(column in row for row in rows)]
    if not rows and not notes:
        columns = list(COLUMNS)
    return pd.DataFrame({column: pd.Series([row.get(column) for row in rows], dtype=object) for column in columns})


def _records(text: str, kind: str) -> list[tuple[int, Any]]:
    """Lines with their numbers, or the members of one list."""
    if kind == "jsonl":
        return [(number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip()]
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise BadInput(f"not JSON ({error}). Give a list of events.") from None
    return list(enumerate(found if isinstance(found, list) else [found], 1))


def _flat(value: Any) -> Any:
    """A list or object where a word should stand is nothing that can be read."""
    return None if isinstance(value, (list, dict)) else value
