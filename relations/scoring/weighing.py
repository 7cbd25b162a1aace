"""What is each event worth, and how much does it weigh before it ages?"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from relations.countries import country, is_state
from relations.errors import NoSuchActor
from relations.events.schema import Coded, encode
from relations.settings import Settings
from relations.vocabulary import FORCEFUL_TYPES, FRIENDLY_PLAN, HOSTILE_PLAN, plover_score, typical_goldstein

#: Roles that do not act for the state.
CIVIL_ROLES = frozenset({"CVL", "BUS", "MED", "OPP", "REB"})
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


def weigh_events(frame: pd.DataFrame, settings: Settings) -> Weighed:
    """Weight on its own day, 0 to 1, value on the scale, -10 to 10, and the reason when the weight is 0.

    A weight is the coder's confidence times the part of the less official side: 1 for whoever acts for the state or
    is not known, `settings.civil_weight` for others. A crowd that protests is civil by definition and weighs 1.
    Denied acts and background without a date weigh 0.

    Parameters
    ----------
    frame : pandas.DataFrame
        A checked table, one row an event.
    settings : Settings

    Examples
    --------
    >>> from relations.events.table import check_frame
    >>> rows = pd.DataFrame({"date": "2025-09-19", "source": "FRA", "target": ["MLI", "BFA"], "type": "SANCTION",
    ...     "status": ["happened", "planned"]})
    >>> weighed = weigh_events(check_frame(rows).frame, Settings())
    >>> weighed.weight.tolist(), weighed.value.tolist()
    ([1.0, 1.0], [-6.0, -3.5])
    """
    status, types = encode(frame["status"]), encode(frame["type"])
    ahead = status.where(AHEAD.__contains__)
    part = _part_of_actors(frame, types, settings.civil_weight)
    confidence = frame["confidence"].to_numpy()
    reason = _reasons(frame, status, types, settings)
    reason = np.where((reason == _COUNTS) & (confidence == 0), _DOUBTED, reason)
    reason = np.where((reason == _COUNTS) & (part == 0), _CIVIL, reason)
    return Weighed(
        weight=np.where(reason == _COUNTS, confidence * part, 0.0),
        value=_values(frame, types, ahead, settings.scale),
        forceful=types.where(FORCEFUL_TYPES.__contains__) & ~ahead,
        reason=reason,
    )


def _part_of_actors(frame: pd.DataFrame, types: Coded, civil_weight: float) -> npt.NDArray[np.float64]:
    source, target = (
        encode(frame[f"{side}_role"]).lookup(lambda role: civil_weight if role in CIVIL_ROLES else 1.0)
        for side in ("source", "target")
    )
    source = np.where(types.where(lambda type: type == "PROTEST"), 1.0, source)
    return np.asarray(np.minimum(source, target), dtype=np.float64)


def _reasons(frame: pd.DataFrame, status: Coded, types: Coded, settings: Settings) -> npt.NDArray[np.int64]:
    undated = encode(frame["date_precision"]).where(lambda precision: precision == "document")
    reason = np.where(status.where(lambda word: word == "historic") & undated, _UNDATED, _COUNTS)
    if settings.scale == "plover":
        untyped = types.where(lambda type: not type) & encode(frame["cameo"]).where(bool)
        reason = np.where(untyped, _OFF_SCALE, reason)
    reason = np.where(status.where(lambda word: word == "denied"), _DENIED, reason)
    stateless = [encode(frame[side]).where(lambda code: not is_known_state(code)) for side in ("source", "target")]
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


def _values(frame: pd.DataFrame, types: Coded, ahead: npt.NDArray[np.bool_], scale: str) -> npt.NDArray[np.float64]:
    """Values on the scale; an act that lies ahead is worth no more than the announcement of it."""
    goldstein = frame["goldstein"].to_numpy()
    if scale == "goldstein":
        values, friendly, hostile = goldstein, typical_goldstein(FRIENDLY_PLAN), typical_goldstein(HOSTILE_PLAN)
    else:
        modes = encode(frame["mode"])
        table = [[plover_score(type, mode) if type else np.nan for mode in modes.values] for type in types.values]
        scores = np.asarray(table or [[0.0]], dtype=np.float64)[types.codes, modes.codes]
        values = np.where(np.isnan(scores), goldstein, scores)
        friendly, hostile = plover_score(FRIENDLY_PLAN), plover_score(HOSTILE_PLAN)
    return np.where(ahead, np.clip(values, hostile, friendly), values)
