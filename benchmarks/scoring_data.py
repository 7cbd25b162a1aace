"""What are scores judged by, and how is agreement with it measured?"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.stats import rankdata

Floats = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]

EVENTS, CRITERIA, YEARS = "icews18_events.csv.gz", "criteria_2018.csv", "gge_dyad_year.csv.gz"
#: Pairs with fewer events say more of chance than of a score.
MIN_EVENTS = 5
SEED, DRAWS = 1, 400


def read_events(path: Path) -> pd.DataFrame:
    """Events of ICEWS, August to October 2018, with `dyad`: the two codes in alphabetical order."""
    events = pd.read_csv(path, dtype={"cameo": str})
    events["date"] = pd.to_datetime(events["date"])
    return events.assign(dyad=[name_of(*pair) for pair in zip(events["source"], events["target"], strict=True)])


def of_governments(events: pd.DataFrame) -> pd.DataFrame:
    """Only events in which both sides are the bare state or its government."""
    return events[events["level"] == "state"]


def columns_for_scoring(events: pd.DataFrame) -> pd.DataFrame:
    """The columns of the package's own table."""
    return events.drop(columns=["level", "dyad"])


def read_criteria(path: Path) -> pd.DataFrame:
    """For each dyad `rival`, `defence_pact`, `un_distance` and `gge_2018`; missing values are NaN."""
    return pd.read_csv(path).set_index("dyad")


def read_years(path: Path) -> pd.DataFrame:
    """Dyads and years of the GGE index that have events: `dyad`, `year`, `value` and `index` (-10 to 10), `events`."""
    years = pd.read_csv(path)
    years = years.assign(value=10 * years["geo_score"], index=10 * years["geo_score_dyn"])
    years = years.rename(columns={"number_of_events": "events"})
    return years[["dyad", "year", "value", "index", "events"]].sort_values(["dyad", "year"], ignore_index=True)


def name_of(one: str, other: str) -> str:
    """The name of a dyad in the files: both codes in alphabetical order."""
    return f"{min(one, other)}-{max(one, other)}"


def enough(events: pd.DataFrame, least: int = MIN_EVENTS) -> pd.Index[Any]:
    """Dyads that have so many rows."""
    counts = events["dyad"].value_counts()
    return counts.index[counts >= least].sort_values()


class Agreement(NamedTuple):
    """How well scores agree with what is known of pairs otherwise; more is better, and 0.5 of an AUC is chance.

    Spearman's rank correlation with nearness in UN votes and with the GGE index, AUC of telling strategic rivals (by a
    low score) and defence-pact allies (by a high one) from all others, Pearson's correlation with the GGE index.
    """

    un: float
    rival: float
    ally: float
    gge: float
    gge_r: float


class Pairs(NamedTuple):
    """Pairs of a comparison with what is known of each."""

    criteria: pd.DataFrame

    @classmethod
    def of(cls, criteria: pd.DataFrame, dyads: pd.Index[Any]) -> Pairs:
        """Those of some dyads."""
        return cls(criteria.reindex(dyads))

    def agreement(self, scores: pd.Series[Any]) -> Agreement:
        """Of scores of these pairs, by dyad."""
        value, known = scores.reindex(self.criteria.index).to_numpy(dtype=float), self.criteria
        index = known["gge_2018"].to_numpy()
        shared = np.isfinite(index)
        return Agreement(
            -rank_correlation(value, known["un_distance"].to_numpy()),
            auc(-value, known["rival"].to_numpy()),
            auc(value, known["defence_pact"].to_numpy()),
            rank_correlation(value, index),
            float(np.corrcoef(value[shared], index[shared])[0, 1]),
        )

    def drawn(self, scores: Mapping[str, pd.Series[Any]], draws: int = DRAWS) -> dict[str, Floats]:
        """Rival AUC and rank correlation with GGE of each of some scores, on the same pairs drawn with replacement.

        One array of two columns for each score, a row a draw.
        """
        chance = np.random.default_rng(SEED)
        rival, index = (self.criteria[name].to_numpy() for name in ("rival", "gge_2018"))
        values = {name: score.reindex(self.criteria.index).to_numpy(dtype=float) for name, score in scores.items()}
        found: dict[str, list[tuple[float, float]]] = {name: [] for name in scores}
        for _ in range(draws):
            places = chance.integers(0, len(rival), len(rival))
            for name, value in values.items():
                drawn = value[places]
                found[name].append((auc(-drawn, rival[places]), rank_correlation(drawn, index[places])))
        return {name: np.array(rows) for name, rows in found.items()}


def auc(value: Floats, kind: Floats) -> float:
    """Chance that a pair of the kind (1) has a higher value than one that is not (0), ties counting half."""
    known = np.isfinite(kind) & np.isfinite(value)
    ranks, of_kind = rankdata(value[known]), kind[known] == 1
    number, others = int(of_kind.sum()), int((~of_kind).sum())
    if not number or not others:
        return float("nan")
    return float((ranks[of_kind].sum() - number * (number + 1) / 2) / (number * others))


def rank_correlation(one: Floats, other: Floats) -> float:
    """Spearman's, of the places where both are known."""
    known = np.isfinite(one) & np.isfinite(other)
    return float(np.corrcoef(rankdata(one[known]), rankdata(other[known]))[0, 1])


def ends(draws: Floats) -> tuple[float, float]:
    """Ends of the 90% interval of draws."""
    low, high = np.nanquantile(draws, (0.05, 0.95))
    return float(low), float(high)


def share_with_ends(hit: npt.NDArray[np.bool_], of: npt.NDArray[Any]) -> tuple[float, float, float]:
    """A share and its 90% interval; rows of one pair are drawn together, since they stand or fall together."""
    _, pair = np.unique(of, return_inverse=True)
    hits, rows = np.bincount(pair, hit), np.bincount(pair)
    chance = np.random.default_rng(SEED)
    drawn = chance.integers(0, len(rows), (DRAWS, len(rows)))
    return (float(hit.mean()), *ends(hits[drawn].sum(axis=1) / rows[drawn].sum(axis=1)))


def with_ends(value: float, low: float, high: float, form: Callable[[float], str] = "{:.3f}".format) -> str:
    """A figure and its interval as one text."""
    return f"{form(value)} ({form(low)} to {form(high)})"
