"""Which rows does a user's table of office-holders hold, and what stands in which column?

A table is CSV, TSV, or JSON as query.wikidata.org gives it to download; its columns say what it is.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from relations.actors.naming import tidy
from relations.documents.tables import delimiter_of
from relations.errors import BadInput

Note = Callable[[str], None]

#: Columns by what they hold, the surest first: ours, then those that queries of Wikidata use. Read without regard to
#: capitals, spaces and signs, so that `Position Label`, `position_label` and `?positionLabel` are one.
COLUMNS = {
    "country": (
        *("iso3", "iso", "iso2", "isocode", "countrycode", "code", "alpha3", "alpha2", "country", "actor"),
        *("countrylabel", "state", "statelabel", "jurisdiction", "jurisdictionlabel"),
    ),
    "name": (
        *("name", "personlabel", "holderlabel", "officeholderlabel", "officiallabel", "politicianlabel"),
        *("ministerlabel", "humanlabel", "itemlabel", "person", "holder", "official", "politician", "minister", "item"),
    ),
    "office": ("office", "officelabel", "positionlabel", "postlabel", "rolelabel", "position", "post"),
    "from": ("from", "start", "startdate", "starttime", "since"),
    "to": ("to", "end", "enddate", "endtime", "until"),
    "family": ("family", "familyname", "familynamelabel"),
}
ALIASES = ("aliases", "alias")
ALSO_KNOWN_AS = ("personaltlabel", "holderaltlabel", "officialaltlabel", "politicianaltlabel", "itemaltlabel")
#: What is lost without a column that a table can do without, if it must.
_LOST = {
    "office": "every office counts as other",
    "from": "only full names are found",
    "to": "everyone counts as still in office",
}
WANTED = "Name the columns country, name, office, from, to, or personLabel, iso, positionLabel, start, end."
_ADDRESS = re.compile(r"<?https?://|_:")
_GONE = "The row is left out."


@dataclass(frozen=True, slots=True)
class Row:
    """One row: where it stands, as `file:line`, and its cells by column."""

    where: str
    cells: Mapping[str, str]

    def all(self, what: str, addresses: bool = False) -> list[str]:
        """Cells that hold it, the surest first: none that is empty, nor one that is only an address of Wikidata's.

        >>> Row("a.csv:2", {"person": "http://www.wikidata.org/entity/Q1", "personlabel": " Ada  Diallo "}).all("name")
        ['Ada Diallo']
        """
        cells = [tidy(self.cells.get(column, "")) for column in COLUMNS[what]]
        return [cell for cell in cells if cell and (addresses or not _ADDRESS.match(cell))]

    def first(self, what: str, addresses: bool = False) -> str:
        """The surest of those cells, else an empty text."""
        return next(iter(self.all(what, addresses)), "")

    def aliases(self) -> list[str]:
        """Other spellings of the name, between `|`."""
        return list(filter(None, map(tidy, "|".join(self._cells_of(ALIASES)).split("|"))))

    def also_known_as(self) -> list[str]:
        """What Wikidata's label service adds to a name, between commas: of all kinds, and no user's own choice."""
        return list(filter(None, map(tidy, ", ".join(self._cells_of(ALSO_KNOWN_AS)).split(", "))))

    def _cells_of(self, columns: Iterable[str]) -> list[str]:
        return [self.cells.get(column, "") for column in columns]


def read_rows(text: str, name: str, note: Note) -> Iterator[Row]:
    """Rows of a table, one that cannot be read noted and left out; a missing column is noted once.

    Raises
    ------
    BadInput
        When the text is no table, or has no column for the country or the name.

    Examples
    --------
    >>> [row] = read_rows("Name;Country;Office;From;To\\nAda Diallo;Mali;president;2024;", "a.csv", print)
    >>> row.where, row.first("name"), row.first("to")
    ('a.csv:2', 'Ada Diallo', '')
    """
    is_json = text.lstrip()[:1] in ("{", "[")
    columns, rows = _json_table(text, name) if is_json else _csv_table(text, name, note)
    _check_columns(columns, name, note)
    for line, cells in rows:
        yield Row(f"{name}:{line}", dict(zip(columns, cells, strict=False)))


def _check_columns(columns: Iterable[str], name: str, note: Note) -> None:
    held = {what for what, names in COLUMNS.items() if not set(names).isdisjoint(columns)}
    if missing := [what for what in ("country", "name") if what not in held]:
        raise BadInput(f"{name}:1: no column for {' and '.join(missing)}. {WANTED}")
    for what, loss in _LOST.items():
        if what not in held:
            note(f"{name}:1: no column for {what}, so {loss}. Name it {' or '.join(COLUMNS[what][:2])}.")


def _column(text: str) -> str:
    return "".join(char for char in text.lower() if char.isalnum())


_Lines = Iterator[tuple[int, list[str]]]


def _csv_table(text: str, name: str, note: Note) -> tuple[list[str], _Lines]:
    delimiter = delimiter_of(text.lstrip().split("\n", 1)[0])
    lines = _csv_lines(text, delimiter, name, note)
    _, header = next(lines, (1, []))
    return [_column(cell) for cell in header], _fitting(lines, len(header), delimiter, name, note)


def _csv_lines(text: str, delimiter: str, name: str, note: Note) -> _Lines:
    """Cells of every line that is not empty, with the number of its first line."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            note(f"{name}:{line}: no row of a table ({error}). Close every quote. {_GONE}")
            continue
        if any(cell.strip() for cell in cells):
            yield line, cells


def _fitting(lines: _Lines, width: int, delimiter: str, name: str, note: Note) -> _Lines:
    for line, cells in lines:
        if any(cell.strip() for cell in cells[width:]):
            problem = f"{len(cells)} cells under {width} columns. Put a cell that holds {delimiter!r} in quotes."
            note(f"{name}:{line}: {problem} {_GONE}")
        elif any("\n" in cell.strip() for cell in cells):
            note(f"{name}:{line}: a cell goes on over the line's end. Close every quote. {_GONE}")
        else:
            yield line, [*cells, *[""] * (width - len(cells))]


def _json_table(text: str, name: str) -> tuple[list[str], _Lines]:
    """Objects of a list, or bindings of a SPARQL result; the line is an object's place among them."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise BadInput(f"{name}: not JSON ({error}). Give Wikidata's download, or a list of objects.") from error
    keys: list[Any] = []
    if isinstance(data, dict):
        keys, data = _list_in(data.get("head"), "vars"), _list_in(data.get("results"), "bindings")
    objects = [(line, row) for line, row in enumerate(data, 1) if isinstance(row, dict)]
    # an object does not name what is empty in it, so that the columns are those of all of them together
    keys = list(dict.fromkeys([*filter(_is_text, keys), *(key for _, row in objects for key in row)]))
    return [_column(key) for key in keys], ((line, [_text(row.get(key)) for key in keys]) for line, row in objects)


def _list_in(mapping: Any, key: str) -> list[Any]:
    found = mapping.get(key) if isinstance(mapping, dict) else None
    return found if isinstance(found, list) else []


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


def _text(value: Any) -> str:
    """Text of a JSON value: itself, the `value` of a SPARQL binding, or a list's members with | between them."""
    if isinstance(value, dict):
        value = value.get("value")
    if isinstance(value, list):
        return "|".join(filter(_is_text, value))
    return str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""
