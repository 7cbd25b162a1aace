"""How does a table stand in a terminal, CSV, Markdown, JSON and Parquet?"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

from relations.errors import MissingExtra
from relations.events.files import safe_cell
from relations.events.schema import whole_text
from relations.scoring.showing import cell, text_table

Rows = Sequence[Sequence[Any]]


def table_of(rows: Sequence[Mapping[str, Any]]) -> str:
    """Rows of the same keys as a table for the terminal.

    >>> print(table_of([{"type": "AID", "rows": 3}]))
    type  rows
    AID      3
    """
    return text_table(list(rows[0]), [list(row.values()) for row in rows], digits=1) if rows else ""


def csv_table(header: Sequence[str], rows: Rows) -> str:
    """CSV with four decimals and LF; texts that a spreadsheet would run get an apostrophe, numbers stay numbers."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(header)
    writer.writerows([_csv_cell(value) for value in row] for row in rows)
    return buffer.getvalue()


def _csv_cell(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    text = whole_text(cell(value))
    return safe_cell(text) if isinstance(value, str) else text


def markdown_table(header: Sequence[str], rows: Rows) -> str:
    """A Markdown table with four decimals; nothing in a cell can end it or be markup.

    >>> print(markdown_table(["a"], [["x|y <b>"]]), end="")
    | a |
    | --- |
    | x\\|y &lt;b&gt; |
    """
    lines = [header, ["---"] * len(header), *([_markdown_cell(cell(value)) for value in row] for row in rows)]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _markdown_cell(text: str) -> str:
    for sign in ("\\", "|", "`", "*", "_", "[", "]", "!", "#"):
        text = text.replace(sign, f"\\{sign}")
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return whole_text(" ".join(text.split()))


def json_text(value: Any) -> str:
    """Strict JSON in full precision; broken characters become U+FFFD."""
    return whole_text(json.dumps(value, ensure_ascii=False, allow_nan=False, indent=1)) + "\n"


def json_list(rows: Sequence[Any]) -> str:
    """A JSON list, one row a line."""
    return "[\n" + ",\n".join(_line(row) for row in rows) + "\n]\n" if rows else "[]\n"


def json_lines(rows: Iterable[Any]) -> str:
    """One JSON object a line."""
    return "".join(f"{_line(row)}\n" for row in rows)


def _line(row: Any) -> str:
    return whole_text(json.dumps(row, ensure_ascii=False, allow_nan=False))


def parquet_table(frame: pd.DataFrame, dates: Sequence[str] = ()) -> bytes:
    """A table as Parquet bytes; `dates` names the columns that are days."""
    try:
        import pyarrow
    except ImportError:
        raise MissingExtra("Parquet needs pyarrow. Install it with: pip install pyarrow") from None
    table = pyarrow.Table.from_pandas(frame, preserve_index=False)
    for name in dates:
        place = table.schema.get_field_index(name)
        table = table.set_column(place, name, table.column(name).cast(pyarrow.date32()))
    import pyarrow.parquet

    buffer = io.BytesIO()
    pyarrow.parquet.write_table(table.replace_schema_metadata(None), buffer)
    return buffer.getvalue()
