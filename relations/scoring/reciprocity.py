"""Which two events are one act told from both sides?"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from relations.events.schema import Coded, Columns, days_of, encode
from relations.scoring.buckets import sorted_places

Whole = npt.NDArray[np.int64]


def find_twins(
    reports: pd.DataFrame,
    event_of: Whole,
    weight: npt.NDArray[np.float64],
    pair: Whole,
    reverse: npt.NDArray[np.bool_],
    columns: Columns | None = None,
) -> Whole:
    """For each event, the event that stands for it in a mutual score, or -1 when it counts itself.

    Two events are one act when reports of them agree in type, day, document (or link) and sentence, and go opposite
    ways: the talks, agreement or clash of two states. The heavier stays; of equals, the one whose source comes first
    in the alphabet. Of several such events on one day each takes one partner.

    Parameters
    ----------
    reports : pandas.DataFrame
        A checked table of reports.
    event_of, weight : numpy.ndarray
        The event of each report, and the weight of each event.
    pair, reverse : numpy.ndarray
        For each event, the number of its two states, and whether its source is the later in the alphabet.
    columns : Columns, optional
        Those of the reports that are encoded already.
    """
    twin = np.full(len(weight), -1, dtype=np.int64)
    rows = np.flatnonzero(weight[event_of] > 0)
    if not len(rows):
        return twin
    kinds, days = _kinds(columns or Columns(reports)).codes[rows], days_of(reports["date"])[rows]
    key = (pair[event_of[rows]] * (int(kinds.max()) + 1) + kinds) * (int(days.max()) + 1) + days
    candidates = _two_sided(key, reverse[event_of[rows]])
    if not len(candidates):
        return twin
    rows, key = rows[candidates], key[candidates]
    story = _numbered(key, _stories(reports.iloc[rows]))
    one, other = _couples(story, event_of[rows], weight, reverse).T
    stays = weight[one] >= weight[other]
    twin[np.where(stays, other, one)] = np.where(stays, one, other)
    return twin


def _two_sided(key: Whole, backward: npt.NDArray[np.bool_]) -> Whole:
    """Places whose key occurs in both directions: few, so that what follows can be careful."""
    order = sorted_places(key)
    starts = np.flatnonzero(np.diff(key[order], prepend=-1))
    counts = np.diff(np.append(starts, len(order)))
    reversed_ones = np.add.reduceat(backward[order].astype(np.int64), starts)
    return np.sort(order[np.repeat((reversed_ones > 0) & (reversed_ones < counts), counts)])


def _kinds(columns: Columns) -> Coded:
    """The type, or the CAMEO code of what has no type."""
    types, cameo = columns["type"], columns["cameo"]
    codes = np.where(types.where(bool), types.codes, cameo.codes + len(types.values))
    return Coded(codes, [*types.values, *cameo.values])


def _stories(reports: pd.DataFrame) -> Whole:
    """Document, or link where there is none, and sentence, as one number."""
    document = reports["document"].where(reports["document"] != "", reports["url"])
    return _numbered(encode(document).codes, encode(reports["sentence"]).codes)


def _numbered(one: Whole, other: Whole) -> Whole:
    """One number for each combination of two."""
    dense = np.unique(one, return_inverse=True)[1]
    numbers: Whole = np.unique(dense * (int(other.max()) + 1) + other, return_inverse=True)[1].astype(np.int64)
    return numbers


def _couples(
    story: Whole, event: Whole, weight: npt.NDArray[np.float64], reverse: npt.NDArray[np.bool_]
) -> npt.NDArray[np.int64]:
    """Forward and backward events of one story, the heaviest with the heaviest; every event at most once."""
    table = pd.DataFrame({"story": story, "event": event, "backward": reverse[event], "lightness": -weight[event]})
    table = table.drop_duplicates(["story", "event"]).sort_values(["story", "lightness", "event"])
    table["rank"] = table.groupby(["story", "backward"]).cumcount()
    forward, backward = table[~table["backward"]], table[table["backward"]]
    couples = forward.merge(backward, on=["story", "rank"], suffixes=("", "_back"))
    couples = couples.drop_duplicates("event").drop_duplicates("event_back")
    found: npt.NDArray[np.int64] = couples[["event", "event_back"]].to_numpy(dtype=np.int64)
    return found
