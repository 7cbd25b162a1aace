"""What is the event table? The one waist between all that makes events and all that reads them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from operator import attrgetter
from typing import Any

import numpy as np
import pandas as pd

from relations.events.checking import Checked, check_frame
from relations.events.files import read_events, render_events, write_events
from relations.events.schema import COLUMNS, SCHEMA, column_of, empty_frame
from relations.records import Event

__all__ = [
    "COLUMNS",
    "SCHEMA",
    "Checked",
    "check_frame",
    "empty_frame",
    "events_to_frame",
    "frame_to_events",
    "read_events",
    "render_events",
    "write_events",
]


def events_to_frame(events: Iterable[Event]) -> pd.DataFrame:
    """Events as a table, one row each, in the schema's columns.

    Examples
    --------
    >>> from datetime import date
    >>> events_to_frame([Event("e1", date(2025, 9, 19), "FRA", "MLI", type="SANCTION")])[["id", "type"]].values.tolist()
    [['e1', 'SANCTION']]
    """
    rows = list(map(attrgetter(*COLUMNS), events))
    if not rows:
        return empty_frame()
    return pd.DataFrame({name: column_of(name, values) for name, values in zip(COLUMNS, _columns(rows), strict=True)})


def _columns(rows: list[Any]) -> Iterator[Any]:
    return (np.array(values, dtype=object) for values in zip(*rows, strict=True))


def frame_to_events(frame: pd.DataFrame) -> list[Event]:
    """Rows of a checked table as Event records.

    >>> frame_to_events(empty_frame())
    []
    """
    columns = [_python_values(frame[name], SCHEMA[name]) for name in COLUMNS]
    return [Event(**dict(zip(COLUMNS, row, strict=True))) for row in zip(*columns, strict=True)]


def _python_values(column: pd.Series[Any], kind: str) -> list[Any]:
    if kind == "date":
        return list(column.to_numpy().astype("datetime64[D]").tolist())
    return list(column.tolist())
