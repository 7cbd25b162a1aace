"""Do scores forecast the next year of the GGE index, and with which half-life?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from scoring_data import Floats, Whole, rank_correlation

from relations.coding.figures import Table
from relations.scoring.buckets import Buckets, add_up
from relations.scoring.estimators import estimate
from relations.scoring.intervals import variance_of_events
from relations.scoring.priors import find_priors
from relations.settings import Settings

YEAR_DAYS = 365.25
#: Rows judged: from this year on, pairs with three events in ten years whose next year has two.
FIRST, LOOK_BACK, LEAST_BEFORE, LEAST_AFTER = 1960, 10, 3, 2
RHO_TOLERANCE, ERROR_TOLERANCE = 0.01, 0.03
NO_SHRINKING: Mapping[str, Any] = {"k": 1e-9, "prior": "zero"}
HALF_LIVES = (0.25, 0.5, 1.0, 1.5, 2.0, 3.0, 5.0, 10.0)
#: Stated rank correlation and root mean squared error, by half-life in years without shrinking, and of others.
STATED_BY_HALF_LIFE: Mapping[float, tuple[float, float | None]] = {
    0.25: (0.495, 3.16), 0.5: (0.515, 2.96), 1.0: (0.524, 2.81), 1.5: (0.521, 2.79), 2.0: (0.514, 2.79),
    3.0: (0.499, 2.82), 5.0: (0.474, None), 10.0: (0.436, None),
}  # fmt: skip


class Years(NamedTuple):
    """Years of dyads with events, and for all years how many events each dyad had in the ten before and with it."""

    rows: pd.DataFrame
    names: list[str]
    place: Whole
    before: pd.DataFrame
    index: pd.DataFrame

    @classmethod
    def of(cls, years: pd.DataFrame) -> Years:
        """From the table that scoring_data.read_years gives."""
        counts = years.pivot(index="dyad", columns="year", values="events").fillna(0)
        index = years.pivot(index="dyad", columns="year", values="index")
        rows = years[years["events"] > 0].reset_index(drop=True)
        place = counts.index.get_indexer(rows["dyad"])
        before = counts.T.rolling(LOOK_BACK, min_periods=1).sum().T
        return cls(rows, counts.index.tolist(), place, before, index)

    @property
    def last(self) -> int:
        """The newest year."""
        return int(self.rows["year"].max())

    def buckets(self, by_events: bool) -> Buckets:
        """Every year as evidence of 31 December, of the weight of its events or of one."""
        weight = self.rows["events"] if by_events else np.ones(len(self.rows))
        pairs = [(name[:3], name[4:]) for name in self.names]
        days = [date(year, 12, 31).toordinal() for year in self.rows["year"]]
        return add_up(pairs, self.place, days, weight, self.rows["value"], [False] * len(self.rows))


def next_years(years: Years, settings: Settings, by_events: bool = True, least: int = LEAST_AFTER) -> pd.DataFrame:
    """Scores at the end of each year, and the mean of the year that followed; one row a dyad and year judged.

    Columns: `dyad`, `score`, `low`, `high`, `weight`, `variance`, `index` (of GGE at that time), `next`, `events`.
    """
    buckets = years.buckets(by_events)
    parts = []
    for year in range(FIRST, years.last):
        masses = buckets.decayed(date(year, 12, 31), settings.half_life_days)
        found = estimate(masses, find_priors(masses, settings).each(buckets.pairs), settings)
        after = np.flatnonzero((years.rows["year"] == year + 1) & (years.rows["events"] >= least))
        place = years.place[after]
        chosen = years.before[year].to_numpy()[place] >= LEAST_BEFORE
        after, place = after[chosen], place[chosen]
        columns: dict[str, Any] = {
            "dyad": place,
            **{name: column[place] for name, column in found._asdict().items()},
            "weight": masses.weight[place],
            "variance": variance_of_events(masses, settings)[place],
            "index": years.index[year].to_numpy()[place],
            "next": years.rows["value"].to_numpy()[after],
            "events": years.rows["events"].to_numpy()[after],
        }
        parts.append(pd.DataFrame(columns))
    return pd.concat(parts, ignore_index=True)


def accuracy(said: Floats, came: Floats) -> tuple[float, float]:
    """Rank correlation and root mean squared error."""
    return rank_correlation(said, came), float(np.sqrt(((came - said) ** 2).mean()))


def forecast(years: Years, half_life_years: float | None, **options: Any) -> tuple[float, float]:
    """Accuracy of scores made with some settings, on Goldstein's scale."""
    days = None if half_life_years is None else half_life_years * YEAR_DAYS
    settings = Settings(**{"half_life_days": days, "scale": "goldstein", "interval": "none", **options})
    found = next_years(years, settings)
    return accuracy(found["score"].to_numpy(), found["next"].to_numpy())


class Forecasts(NamedTuple):
    """Accuracy by half-life in years, without shrinking and with one event at the corpus mean."""

    plain: dict[float, tuple[float, float]]
    shrunk: dict[float, tuple[float, float]]


def by_half_life(years: Years) -> Forecasts:
    """For every half-life."""
    plain = {half: forecast(years, half, **NO_SHRINKING) for half in HALF_LIVES}
    return Forecasts(plain, {half: forecast(years, half, k=1) for half in HALF_LIVES})


def forecast_tables(years: Years, found: Forecasts) -> Iterator[Table | str]:
    """Our figures beside the stated ones, and what other settings give."""
    rows = [
        _row(f"half-life {half:g} y, no shrinking", found.plain[half], stated)
        for half, stated in STATED_BY_HALF_LIFE.items()
    ]
    known = next_years(years, Settings(interval="none", scale="goldstein"))
    others: list[tuple[str, tuple[float, float], tuple[float, float | None] | None]] = [
        ("half-life 1 y, k 1 to m0", found.shrunk[1.0], (0.527, 2.70)),
        ("half-life 1 y, k 3 to m0", forecast(years, 1.0, k=3), (0.521, 2.72)),
        ("half-life 1 y, k 3 to 0", forecast(years, 1.0, k=3, prior="zero"), (0.504, 3.05)),
        ("half-life 1.5 y, k 1 to m0", found.shrunk[1.5], (0.523, None)),
        ("half-life 2 y, k 1 to m0", found.shrunk[2.0], (0.516, None)),
        ("the GGE index as published", accuracy(known["index"].to_numpy(), known["next"].to_numpy()), (0.510, 2.80)),
        ("long-run mean", forecast(years, None, **NO_SHRINKING), (0.351, 3.27)),
        ("half-life 1 y, sum", forecast(years, 1.0, method="sum"), (0.450, None)),
        ("package's default, 548 days, k 2", forecast(years, 548 / YEAR_DAYS), None),
        ("the same, prior country", forecast(years, 548 / YEAR_DAYS, prior="country"), None),
        ("the same, prior zero", forecast(years, 548 / YEAR_DAYS, prior="zero"), None),
        ("the same, log ratio", forecast(years, 548 / YEAR_DAYS, method="logratio"), None),
        ("the same, gge", forecast(years, 548 / YEAR_DAYS, method="gge"), None),
        ("the same, worst", forecast(years, 548 / YEAR_DAYS, method="worst"), None),
    ]
    rows += [_row(*other) for other in others]
    yield Table(
        f"GGE: next year's mean, {len(known):,} dyad-years from {FIRST}: ours (stated)",
        ("score", "rho", "RMSE", "within"),
        rows,
    )


def _row(name: str, ours: tuple[float, float], stated: tuple[float, float | None] | None) -> list[str]:
    rho, error = ours
    if stated is None:
        return [name, f"{rho:.3f}", f"{error:.2f}", ""]
    missed = abs(rho - stated[0]) > RHO_TOLERANCE
    missed |= stated[1] is not None and abs(error - stated[1]) > ERROR_TOLERANCE
    beside = "" if stated[1] is None else f" ({stated[1]:.2f})"
    return [name, f"{rho:.3f} ({stated[0]:.3f})", f"{error:.2f}{beside}", "off" if missed else "PASS"]


def sensitivity_table(years: Years, half_lives: Iterable[float], ks: Iterable[float]) -> Table:
    """Rank correlation and root mean squared error by half-life and k."""
    ks = list(ks)
    rows = []
    for half in half_lives:
        cells = [forecast(years, half, k=k) for k in ks]
        rows.append([f"{half:g} y", *(f"{rho:.3f} / {error:.2f}" for rho, error in cells)])
    return Table("GGE, next year by half-life and k: rho / RMSE", ("half-life", *(f"k {k:g}" for k in ks)), rows)
