"""Which rows of somebody's table are events, and what do they leave unsaid?"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from types import MappingProxyType
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from relations.errors import BadInput
from relations.events.schema import (
    COLUMNS,
    DEFAULTS,
    IDENTITY,
    TEXT,
    Coded,
    Codes,
    column_of,
    content_hashes,
    content_ids,
    empty_frame,
    encode,
    hexadecimal,
)
from relations.records import PRECISIONS, STATUSES, TYPES
from relations.vocabulary import find_cameo, goldstein, plover_of, quad_of, typical_goldstein

REQUIRED = ("date", "source", "target")
SAYING = ("type", "cameo", "goldstein")
#: Rows named in one note; the rest are counted.
NAMED_ROWS = 5

_Mask = npt.NDArray[np.bool_]
_STATE = re.compile(r"[A-Za-z]{3}")
_ACTOR = re.compile(r"[A-Z0-9][A-Z0-9_-]{1,15}")
_DECIMAL_COMMA = re.compile(r"[-+−]?\d+,\d+")
_TYPE_NUMBERS = {type: number for number, type in enumerate(["", *TYPES])}
_NO_DATE = np.datetime64("NaT", "D")


class Checked(NamedTuple):
    """A table that keeps the schema, and notes on the rows that did not come along.

    `coded` are columns of the frame whose codes are known, for what asks each different value only once.
    """

    frame: pd.DataFrame
    notes: tuple[str, ...]
    coded: Mapping[str, Coded] = MappingProxyType({})


class _Rows:
    """The table on its way: checked columns, rows still good, and notes on the others."""

    def __init__(self, frame: pd.DataFrame, strict: bool) -> None:
        self.given = frame
        self.strict = strict
        self.coded: dict[str, Coded] = {}
        self.columns: dict[str, Any] = {}
        self.good: _Mask = np.ones(len(frame), dtype=bool)
        self.notes: list[str] = []
        self._constant: dict[tuple[Any, int], pd.Series[Any]] = {}

    def drop(self, bad: _Mask, what: str, remedy: str, shown: Coded) -> None:
        """Leave rows out with one note that names the first of them; `strict` refuses instead."""
        rows = np.flatnonzero(bad & self.good)
        if not len(rows):
            return
        note = f"{_plural(len(rows), 'row')} left out, {what}: {_named(rows, shown)}. {remedy}"
        if self.strict:
            raise BadInput(note)
        self.good &= ~bad
        self.notes.append(note)

    def column(self, name: str) -> pd.Series[Any] | None:
        """The column as given, None when it is not."""
        if name not in self.given.columns:
            return None
        column = self.given[name]
        return column.iloc[:, 0] if isinstance(column, pd.DataFrame) else column

    def values(self, name: str) -> Coded:
        """The column as given, or its default in every row."""
        column = self.column(name)
        default = DEFAULTS.get(name, "")
        return encode(column) if column is not None else Coded(np.zeros(len(self.given), dtype=np.int64), [default])

    def keep(self, chosen: Codes) -> None:
        """Leave all other rows out of the checked columns."""
        self.coded = {name: coded.keep(chosen) for name, coded in self.coded.items()}
        self.columns = {name: column[chosen] for name, column in self.columns.items()}

    def checked(self, name: str) -> pd.Series[Any]:
        """A checked column as it goes into the table."""
        if name not in self.coded:
            return column_of(name, self.columns[name])
        coded = self.coded[name]
        if len(coded.values) > 1:
            return coded.text()
        key = (coded.values[0], len(coded.codes))
        if key not in self._constant:  # most columns hold nothing: filling them takes longer than all the rest
            self._constant[key] = coded.text()
        return pd.Series(self._constant[key].array.copy(), copy=False)

    def words(self, name: str) -> Coded:
        """A checked column as codes."""
        return self.coded[name] if name in self.coded else encode(column_of(name, self.columns[name]))


def check_frame(frame: pd.DataFrame, *, strict: bool = False) -> Checked:
    """A table of events in the package's schema, from one that may lack most of it; the input is left as it is.

    Needs `date`, `source`, `target` and one of `type`, `cameo`, `goldstein`. The rest is filled in: the id by a hash
    of the content, type, quad class and Goldstein value from the codes. Other columns are dropped. Rows that are no
    events are left out and named in the notes; repeats of a row, and acts of a state upon itself, are counted.

    Parameters
    ----------
    frame : pandas.DataFrame
    strict : bool
        Refuse the table at its first bad row.

    Returns
    -------
    Checked
        The frame, rows numbered from 0, and the notes, which count rows from 1.

    Raises
    ------
    BadInput
        When a needed column is missing, or a row is bad and `strict` is true.

    Examples
    --------
    >>> rows = pd.DataFrame({"date": ["2025-09-19", "soon"], "source": "FRA", "target": "MLI", "type": "SANCTION"})
    >>> checked = check_frame(rows)
    >>> checked.frame[["date", "source", "target", "type", "quad"]].values.tolist()
    [[Timestamp('2025-09-19 00:00:00'), 'FRA', 'MLI', 'SANCTION', 4]]
    >>> checked.notes[0]
    "1 row left out, no date: row 2 ('soon'). Write YYYY-MM-DD."
    """
    _require_columns(frame)
    if not len(frame):
        return Checked(empty_frame(), ())
    rows = _Rows(frame, strict)
    _take_dates(rows)
    _take_actors(rows)
    _take_words(rows)
    _take_kind(rows)
    _take_numbers(rows)
    return _finish(rows)


def _require_columns(frame: pd.DataFrame) -> None:
    missing = [name for name in REQUIRED if name not in frame.columns]
    if missing:
        raise BadInput(f"A table of events needs the columns {', '.join(REQUIRED)}; {', '.join(missing)} not found.")
    if not any(name in frame.columns for name in SAYING):
        raise BadInput("A table of events needs a column type (PLOVER), cameo or goldstein; none was found.")


def _plural(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def _named(rows: npt.NDArray[np.int64], shown: Coded) -> str:
    """`row 2 ('soon'), row 7 ('')` and how many more."""
    first = [f"row {row + 1} ({_text(shown.values[shown.codes[row]])!r:.40})" for row in rows[:NAMED_ROWS]]
    more = len(rows) - NAMED_ROWS
    return ", ".join(first) + (f" and {more:,} more" if more > 0 else "")


def _text(value: Any) -> str:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value)


def _word(value: Any) -> str:
    return _text(value).strip()


def _take_dates(rows: _Rows) -> None:
    for name in ("date", "due", "published"):
        column = rows.column(name)
        if column is not None and pd.api.types.is_datetime64_any_dtype(column):
            zoned = getattr(column.dt, "tz", None) is not None
            rows.columns[name] = (column.dt.tz_localize(None) if zoned else column).to_numpy().astype("datetime64[D]")
        else:
            rows.columns[name] = rows.values(name).lookup(_date, "datetime64[D]")
    undated = np.isnat(rows.columns["date"])
    if undated.any():
        rows.drop(undated, "no date", "Write YYYY-MM-DD.", rows.values("date"))


def _date(value: Any) -> Any:
    if isinstance(value, date):
        return np.datetime64(value.date() if isinstance(value, datetime) else value, "D")
    text = _word(value)
    try:
        return np.datetime64(date.fromisoformat(text[:10] if text[4:5] == "-" else text), "D")
    except ValueError:
        return _NO_DATE


def _take_actors(rows: _Rows) -> None:
    for name in ("source", "target"):
        given = rows.values(name)
        rows.coded[name] = actors = given.map(_actor)
        rows.drop(actors.where(lambda code: not code), f"no {name}", "Write an ISO alpha-3 code such as FRA.", given)
    numbers = {code: n for n, code in enumerate(rows.coded["source"].values + rows.coded["target"].values)}
    source, target = (rows.coded[name].lookup(numbers.__getitem__, np.int64) for name in ("source", "target"))
    same = (source == target) & rows.good
    if same.any():
        rows.good &= ~same
        rows.notes.append(f"{_plural(int(same.sum()), 'row')} left out, source and target are the same.")


def _actor(value: Any) -> str:
    text = _word(value)
    if _STATE.fullmatch(text):
        return text.upper()
    return text if _ACTOR.fullmatch(text) else ""


def _take_words(rows: _Rows) -> None:
    """All columns of text that stand for themselves, and the few with fixed words."""
    for name in ("id", "mode", "document", "title", "url", "publisher", "sentence", "evidence", "rule"):
        column = rows.column(name)
        if column is not None and column.dtype == TEXT and column.dtype != object and not column.hasnans:
            rows.columns[name] = column.array
        else:
            rows.coded[name] = rows.values(name).map(_text)
    for name in ("source_role", "target_role"):
        rows.coded[name] = rows.values(name).map(lambda role: _word(role).upper())
    for name, words in (("status", STATUSES), ("date_precision", PRECISIONS)):
        rows.coded[name] = found = _one_of(rows.values(name), str(DEFAULTS[name]))
        rows.drop(~found.where(words.__contains__), f"no such {name}", f"Use one of {', '.join(words)}.", found)


def _one_of(column: Coded, default: str) -> Coded:
    return column.map(lambda value: _word(value).lower() or default)


def _take_kind(rows: _Rows) -> None:
    """PLOVER type and CAMEO code; a type that is not given follows from the code."""
    given = rows.values("type").map(lambda value: _word(value).upper())
    unknown = given.where(lambda type: type not in _TYPE_NUMBERS)
    rows.drop(unknown, "no such PLOVER type", f"Use one of {', '.join(TYPES)}.", given)
    rows.coded["cameo"] = cameo = rows.values("cameo").map(lambda value: find_cameo(_word(value)))
    types = given.lookup(lambda type: _TYPE_NUMBERS.get(type, 0), np.int64)
    implied = cameo.lookup(lambda code: _TYPE_NUMBERS[plover_of(code)] if code else 0, np.int64)
    rows.coded["type"] = Coded(np.where(types == 0, implied, types), ["", *TYPES])


def _take_numbers(rows: _Rows) -> None:
    _take_goldstein(rows)
    given = rows.values("confidence")
    confidence = given.lookup(lambda value: 1.0 if _word(value) in ("", "nan") else _number(value))
    bad = ~((confidence >= 0) & (confidence <= 1))
    rows.drop(bad, "no confidence from 0 to 1", "Leave the cell empty for 1.", given)
    rows.columns["confidence"] = confidence
    for name in ("start", "end"):
        rows.columns[name] = rows.values(name).lookup(_whole, np.int64)
    rows.columns["quad"] = _quads(rows)


def _number(value: Any) -> float:
    """A number; text with a decimal comma or a true minus is read, other text is not a number."""
    text = _word(value)
    if _DECIMAL_COMMA.fullmatch(text):
        text = text.replace(",", ".")
    try:
        return float(text.replace("−", "-"))
    except ValueError:
        return float("nan")


def _whole(value: Any) -> int:
    number = _number(value)
    return int(number) if 0 < number < 2**53 else 0


def _take_goldstein(rows: _Rows) -> None:
    """Goldstein values as given, else of the CAMEO code, else typical of the type."""
    asked = rows.values("goldstein") if rows.column("goldstein") is not None else rows.values("cameo")
    given = (
        rows.values("goldstein")
        if rows.column("goldstein") is not None
        else encode(pd.Series([""])).keep(np.zeros(len(rows.given), dtype=np.int64))
    )
    numbers = given.lookup(_number)
    types, cameo = rows.coded["type"], rows.coded["cameo"]
    usable = (numbers >= -10) & (numbers <= 10)
    rows.drop(
        types.where(lambda type: not type) & cameo.where(lambda code: not code) & ~usable,
        "neither a type, a known CAMEO code nor a Goldstein value from -10 to 10",
        "Fill in one of type, cameo, goldstein.",
        asked,
    )
    replaced = int((rows.good & ~usable & ~np.isnan(numbers)).sum())
    if replaced:
        rows.notes.append(f"{_plural(replaced, 'Goldstein value')} outside -10..10 replaced by the value of the code.")
    typical = types.lookup(lambda type: typical_goldstein(type) if type else 0.0)
    of_code = cameo.lookup(lambda code: goldstein(code) if code else float("nan"))
    rows.columns["goldstein"] = np.where(usable, numbers, np.where(np.isnan(of_code), typical, of_code))


def _quads(rows: _Rows) -> npt.NDArray[np.int64]:
    """Quad class of the type; of a CAMEO code without one, 1; else as given, else not known."""
    of_type = rows.coded["type"].lookup(lambda type: quad_of(type) if type else 0, np.int64)
    given = rows.values("quad").lookup(lambda value: min(_whole(value), 5) % 5, np.int64)
    return np.where(of_type > 0, of_type, np.where(rows.coded["cameo"].where(bool), 1, given))


def _finish(rows: _Rows) -> Checked:
    if not rows.good.all():
        rows.keep(np.flatnonzero(rows.good))
    repeats = _identify(rows)
    frame = pd.DataFrame({name: rows.checked(name) for name in COLUMNS}, copy=False)
    if repeats:
        rows.notes.append(f"{_plural(repeats, 'row')} left out, the same as an earlier row.")
    return Checked(frame, tuple(rows.notes), {name: coded.distinct() for name, coded in rows.coded.items()})


def _identify(rows: _Rows) -> int:
    """Give every row an id of its own; rows with the same id and words are one. Returns how many were left out."""
    given = rows.checked("id")
    missing = (given == "").to_numpy(dtype=bool)
    words = [rows.words(name) for name in IDENTITY]
    ids: Any = given
    if missing.any():
        hashes = np.broadcast_to(content_hashes([*words, _bare_value(rows)]), len(given))
        ids = pd.Series(hashes) if missing.all() else given.where(~missing, hexadecimal(hashes))
    again = ids.duplicated().to_numpy()
    same = _same_words(ids, words) if again.any() else np.zeros(len(ids), dtype=bool)
    other = np.flatnonzero(again & ~same)
    if len(other):
        ids = _texts(ids).copy()
        ids.iloc[other] = content_ids([encode(ids.iloc[other]), *(word.keep(other) for word in words)])
    kept = np.flatnonzero(~same)
    rows.coded.pop("id", None)
    rows.columns.pop("id", None)
    if len(kept) < len(ids):
        rows.keep(kept)
        ids = ids.iloc[kept]
    rows.columns["id"] = _texts(ids).array
    return int(same.sum())


def _texts(ids: pd.Series[Any]) -> pd.Series[Any]:
    """Ids as text, which were hashes as long as nobody looked."""
    return hexadecimal(ids.to_numpy()) if ids.dtype == np.uint64 else ids


def _same_words(ids: pd.Series[Any], words: list[Coded]) -> _Mask:
    """Rows that have the id and the words of an earlier one."""
    shared = np.flatnonzero(ids.duplicated(keep=False).to_numpy())
    table = pd.DataFrame({n: word.keep(shared).distinct().codes for n, word in enumerate(words)})
    same = np.zeros(len(ids), dtype=bool)
    same[shared] = table.assign(id=ids.iloc[shared].to_numpy()).duplicated().to_numpy()
    return same


def _bare_value(rows: _Rows) -> Coded:
    """The Goldstein value where nothing else says what happened, else 0."""
    bare = rows.coded["type"].where(lambda type: not type) & rows.coded["cameo"].where(lambda code: not code)
    return encode(pd.Series(np.where(bare, rows.columns["goldstein"], 0.0)))
