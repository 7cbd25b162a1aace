"""What is each event worth, and how much does it weigh before it ages?"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from relations.countries import country, is_state
from relations.errors import NoSuchActor
from relations.events.schema import Columns
from relations.settings import Settings
from relations.vocabulary import (
    FORCEFUL_TYPES,
    FRIENDLY_PLAN,
    HOSTILE_PLAN,
    goldstein,
    plover_score,
    typical_goldstein,
)

#: Why an event is read and weighs nothing; the first is that it counts.
REASONS = (
    "",
    "denied: what is said not to have happened does not count",
    "background without a date of its own",
    "a statement or appeal (CAMEO 01, 02): not on the PLOVER scale",
    "one side is not a state",
    "confidence 0",
    "one side does not act for its state, and such actors weigh 0 in these settings",
)
_COUNTS, _DENIED, _UNDATED, _OFF_SCALE, _NO_STATE, _DOUBTED, _CIVIL = range(len(REASONS))
#: Statuses of acts that lie ahead: they count as what they are today, words.
AHEAD = frozenset({"planned", "threatened"})


class Weighed(NamedTuple):
    """One number of each kind for each event."""

    weight: npt.NDArray[np.float64]
    value: npt.NDArray[np.float64]
    forceful: npt.NDArray[np.bool_]
    reason: npt.NDArray[np.int64]


def weigh_events(frame: pd.DataFrame, settings: Settings, columns: Columns | None = None) -> Weighed:
    """Weight on its own day, 0 to 1, value on the scale, -10 to 10, and the reason when the weight is 0.

    A weight is the coder's confidence times the part of the less official side: 1 for whoever acts for the state or
    is not known, less for others as `settings.actor_weights` says. A crowd that protests is civil by definition and
    weighs 1.
    Denied acts and background without a date weigh 0.

    Parameters
    ----------
    frame : pandas.DataFrame
        A checked table, one row an event.
    settings : Settings
    columns : Columns, optional
        Those of the table that are encoded already.

    Examples
    --------
    >>> from relations.events.table import check_frame
    >>> rows = pd.DataFrame({"date": "2025-09-19", "source": "FRA", "target": ["MLI", "BFA"], "type": "SANCTION",
    ...     "status": ["happened", "planned"]})
    >>> weighed = weigh_events(check_frame(rows).frame, Settings())
    >>> weighed.weight.tolist(), weighed.value.tolist()
    ([1.0, 1.0], [-6.0, -3.5])
    """
    columns = columns or Columns(frame)
    status, types = columns["status"], columns["type"]
    ahead = status.where(AHEAD.__contains__)
    part = _part_of_actors(columns, settings)
    confidence = frame["confidence"].to_numpy()
    reason = _reasons(columns, settings)
    reason = np.where((reason == _COUNTS) & (confidence == 0), _DOUBTED, reason)
    reason = np.where((reason == _COUNTS) & (part == 0), _CIVIL, reason)
    return Weighed(
        weight=np.where(reason == _COUNTS, confidence * part, 0.0),
        value=_values(columns, ahead, settings.scale),
        forceful=types.where(FORCEFUL_TYPES.__contains__) & ~ahead,
        reason=reason,
    )


def _part_of_actors(columns: Columns, settings: Settings) -> npt.NDArray[np.float64]:
    source, target = (columns[f"{side}_role"].lookup(settings.weight_of) for side in ("source", "target"))
    source = np.where(columns["type"].where(lambda type: type == "PROTEST"), 1.0, source)
    return np.asarray(np.minimum(source, target), dtype=np.float64)


def _reasons(columns: Columns, settings: Settings) -> npt.NDArray[np.int64]:
    status = columns["status"]
    undated = columns["date_precision"].where(lambda precision: precision == "document")
    reason = np.where(status.where(lambda word: word == "historic") & undated, _UNDATED, _COUNTS)
    if settings.scale == "plover":
        untyped = columns["type"].where(lambda type: not type) & columns["cameo"].where(bool)
        reason = np.where(untyped, _OFF_SCALE, reason)
    reason = np.where(status.where(lambda word: word == "denied"), _DENIED, reason)
    stateless = [columns[side].where(lambda code: not is_known_state(code)) for side in ("source", "target")]
    return np.where(stateless[0] | stateless[1], _NO_STATE, reason)


def is_known_state(code: str) -> bool:
    """Whether a code is that of a state of today or of the past; organisations and territories have no score.

    >>> is_known_state("MLI"), is_known_state("SUN"), is_known_state("NATO"), is_known_state("GRL")
    (True, True, False, False)
    """
    try:
        return is_state(code) or country(code).kind == "historical"
    except NoSuchActor:
        return False


def _values(columns: Columns, ahead: npt.NDArray[np.bool_], scale: str) -> npt.NDArray[np.float64]:
    """Values on the scale; an act that lies ahead is worth no more than the announcement of it."""
    own = columns.frame["goldstein"].to_numpy()
    if scale == "plover":
        types, modes = columns["type"], columns["mode"]
        table = [[plover_score(type, mode) if type else np.nan for mode in modes.values] for type in types.values]
        known = np.asarray(table or [[0.0]], dtype=np.float64)[types.codes, modes.codes]
        friendly, hostile = plover_score(FRIENDLY_PLAN), plover_score(HOSTILE_PLAN)
    else:
        known = np.full(len(own), np.nan)
        if scale == "goldstein":  # our own table: makers' columns differ, and some round
            known = columns["cameo"].lookup(lambda code: goldstein(code) if code else np.nan)
        friendly, hostile = typical_goldstein(FRIENDLY_PLAN), typical_goldstein(HOSTILE_PLAN)
    values = np.where(np.isnan(known), own, known)
    return np.where(ahead, np.clip(values, hostile, friendly), values)
