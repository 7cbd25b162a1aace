"""Do 90% intervals hold what comes next?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from scoring_data import columns_for_scoring, name_of, of_governments, rank_correlation, share_with_ends, with_ends
from scoring_years import Years, next_years

from relations.coding.figures import Table
from relations.scoring.intervals import effective_weight, variance_of_events
from relations.scoring.scores import Scores
from relations.settings import VARIANCE_EVENTS, Z90, Settings

#: Weeks that are known when the interval is made, and days that it is then asked about.
CUT_WEEKS, AHEAD_DAYS = (3, 4, 5, 6), 21
#: Edges of the bins of decayed weight.
EDGES, YEAR_EDGES = (0, 2, 5, 15, 50, np.inf), (0, 1, 2, 3, 5, 8, np.inf)
#: So many events that follow leave little to chance; so many a year are rare.
MANY, MOST_IN_A_YEAR = 10, 5
#: A 90% interval that covers so much is in order.
WANTED = (0.86, 0.94)
SCALES, INTERVALS = ("plover", "goldstein"), ("posterior", "bootstrap")


def forward(events: pd.DataFrame, settings: Settings, cut_weeks: Iterable[int] = CUT_WEEKS) -> pd.DataFrame:
    """Scores made of the first weeks, and the mean of the events of the next three; one row a pair and cut.

    Columns: `dyad`, `score`, `low`, `high`, `weight`, `effective` (the same with the events of one week as one),
    `variance` (of the pair's events, as the score takes it), `next`, `events` (that follow) and `alike` (their number
    with those of one week as one).
    """
    first = events["date"].min().date()
    cuts = [first + timedelta(days=7 * weeks - 1) for weeks in cut_weeks]
    scores = Scores.from_events(columns_for_scoring(events), cuts, settings)
    counted = scores.events[scores.events["mutual"]]
    parts = [_known(scores, cut, settings).join(_following(counted, cut), how="inner") for cut in cuts]
    return pd.concat(parts).reset_index(names="dyad")


def _known(scores: Scores, cut: date, settings: Settings) -> pd.DataFrame:
    ledger, _ = scores._ledger(cut)
    reading = ledger.reading(cut)
    found = {
        "score": reading.found.score,
        "low": reading.found.low,
        "high": reading.found.high,
        "weight": reading.masses.weight,
        "effective": effective_weight(reading.masses),
        "variance": variance_of_events(reading.masses, settings),
    }
    return pd.DataFrame(found, index=[name_of(*pair) for pair in reading.pairs])


def _following(counted: pd.DataFrame, cut: date) -> pd.DataFrame:
    days = counted["date"].map(lambda day: day.toordinal())
    later = counted[(days > cut.toordinal()) & (days <= cut.toordinal() + AHEAD_DAYS)]
    dyad = [name_of(*pair) for pair in zip(later["source"], later["target"], strict=True)]
    rows = pd.DataFrame({"dyad": dyad, "week": days[later.index] // 7, "c": later["weight"]})
    rows = rows.assign(cx=later["weight"] * later["value"], cc=later["weight"] ** 2)
    weeks = rows.groupby(["dyad", "week"])["c"].sum().pow(2).groupby("dyad").sum()
    sums = rows.groupby("dyad").agg(c=("c", "sum"), cx=("cx", "sum"), cc=("cc", "sum"), events=("c", "size"))
    return pd.DataFrame(
        {"next": sums["cx"] / sums["c"], "events": sums["events"], "alike": sums["c"] * sums["cc"] / weeks}
    )


def inside(rows: pd.DataFrame, number: Any = np.inf) -> Any:
    """Whether what followed is in the interval, widened by what a mean of so many events varies by chance."""
    chance = Z90**2 * rows["variance"] / number
    below, above = rows["score"] - rows["low"], rows["high"] - rows["score"]
    gap = rows["next"] - rows["score"]
    room = np.sqrt(np.where(gap < 0, below, above) ** 2 + chance)
    return (np.abs(gap) <= room).to_numpy()


def verdict(share: float) -> str:
    """Whether a share covered is in the range wanted."""
    low, high = WANTED
    return "PASS" if low <= round(share, 2) <= high else "too few" if share < low else "too many"


class Covered(NamedTuple):
    """Rows of the forward check: of governments by scale and kind of interval, of all actors by scale."""

    rows: dict[tuple[str, str], pd.DataFrame]
    everyone: dict[str, pd.DataFrame]


def check_forward(events: pd.DataFrame) -> Covered:
    """Both scales; both kinds of interval of governments, and the posterior of all actors."""
    governments = of_governments(events)
    kinds = [(scale, kind) for scale in SCALES for kind in INTERVALS]
    found = {(scale, kind): forward(governments, Settings(scale=scale, interval=kind)) for scale, kind in kinds}
    return Covered(found, {scale: forward(events, Settings(scale=scale)) for scale in SCALES})


def coverage_tables(covered: Covered) -> Iterator[Table | str]:
    """Shares covered: of all, and by weight on the default scale."""
    named = {", ".join(key): found for key, found in covered.rows.items()}
    named |= {f"{scale}, posterior, all actors": found for scale, found in covered.everyone.items()}
    rows = []
    for name, found in named.items():
        many = found[found["events"] >= MANY]
        share = share_with_ends(inside(found, found["alike"]), found["dyad"])
        alone = share_with_ends(inside(many), many["dyad"])
        rows.append(
            [
                name, len(found), with_ends(*share), verdict(share[0]), float(inside(found).mean()),
                len(many), with_ends(*alone), verdict(alone[0]),
            ]
        )  # fmt: skip
    title = f"Share of the means of the next {AHEAD_DAYS} days inside the 90% interval, ICEWS18, governments"
    header = (
        "scale, interval",
        "rows",
        "with chance",
        "wanted",
        "alone",
        f"rows of {MANY} or more",
        "alone there",
        "wanted ",
    )
    yield Table(title, header, rows)
    rows = []
    for kind in INTERVALS:
        rows += [[f"{kind}, {name}", *cells] for name, *cells in by_weight(covered.rows["plover", kind])]
    header = ("interval, weight", "rows", "with chance", "wanted", "alone", "median half-width", "events that follow")
    yield Table("The same on the PLOVER scale, by decayed weight of the evidence", header, rows)


def by_weight(found: pd.DataFrame, number: Any = None, edges: Sequence[float] = EDGES) -> list[list[Any]]:
    """A row a bin of weight: name, rows, share covered with chance, verdict, alone, half-width, events that follow."""
    number = found["alike"] if number is None else number
    covered, alone = inside(found, number), inside(found)
    half = (found["high"] - found["low"]) / 2
    rows = []
    for low, high in pairwise(edges):
        chosen = ((found["weight"] > low) & (found["weight"] <= high)).to_numpy()
        share = float(covered[chosen].mean())
        name = f"{low:g} to {high:g}" if np.isfinite(high) else f"above {low:g}"
        rows.append(
            [
                name, int(chosen.sum()), share, verdict(share), float(alone[chosen].mean()),
                float(half[chosen].median()), float(found["events"][chosen].median()),
            ]
        )  # fmt: skip
    return rows


def years_tables(years: Years) -> Iterator[Table | str]:
    """The same on yearly means of the GGE index: under two readings of what a year is, and what is missed."""
    settings = Settings(scale="goldstein")
    as_one, as_events = (next_years(years, settings, by_events, least=1) for by_events in (False, True))
    readings = {
        "a year is one event, and so is the next": (as_one, 1.0),
        "a year is one event, the next has the chance of n": (as_one, as_one["events"]),
        "a year is its n events, and so is the next": (as_events, as_events["events"]),
    }
    rows = []
    for name, (found, number) in readings.items():
        share = share_with_ends(inside(found, number), found["dyad"])
        rows.append([name, len(found), with_ends(*share), verdict(share[0]), float(inside(found).mean())])
    title = "Share of next years' means inside the 90% interval, GGE 1961-2024, default settings, Goldstein's scale"
    yield Table(title, ("reading", "dyad-years", "with chance", "wanted", "alone"), rows)
    header = (
        "decayed weight",
        "dyad-years",
        "with chance",
        "wanted",
        "alone",
        "median half-width",
        "events that follow",
    )
    yield Table("The third reading by weight", header, by_weight(as_events, as_events["events"], YEAR_EDGES))
    yield missed_table(as_events)


def missed_table(found: pd.DataFrame) -> Table:
    """Squared errors by the number of events of the next year, and what the interval and chance allow for."""
    rows = []
    for number in range(1, MOST_IN_A_YEAR + 1):
        last = number == MOST_IN_A_YEAR
        part = found[found["events"] >= number] if last else found[found["events"] == number]
        error = float(((part["next"] - part["score"]) ** 2).mean())
        known = float((((part["high"] - part["low"]) / 2 / Z90) ** 2).mean())
        by_chance = float((part["variance"] / part["events"]).mean())
        left = float(np.sqrt(max(error - known - by_chance, 0.0)))
        rows.append([f"{number} or more" if last else str(number), len(part), error, known, by_chance, left])
    header = ("events of the next year", "dyad-years", "squared error", "of the interval", "of chance", "left, as sd")
    return Table("What the third reading does not allow for: points squared, and the rest in points", header, rows)


def variance_within(events: pd.DataFrame, settings: Settings) -> float:
    """Variance of the values of events around the mean of their pair."""
    counted = Scores.from_events(columns_for_scoring(events), settings=settings).events
    counted = counted[counted["mutual"]]
    groups = counted["value"].groupby(pd.Series(map(name_of, counted["source"], counted["target"]), counted.index))
    squares = float(((counted["value"] - groups.transform("mean")) ** 2).sum())
    return squares / (len(counted) - len(groups))


def reasons_tables(events: pd.DataFrame, covered: Covered) -> Iterator[Table | str]:
    """What the posterior owes to counting weeks, and to the variance that it assumes where there is little evidence."""
    parts = {"governments": of_governments(events), "all actors": events}
    variances, rows = [], []
    for scale in SCALES:
        settings = Settings(scale=scale)
        for actors, part in parts.items():
            measured = variance_within(part, settings)
            variances.append([f"{scale}, {actors}", measured, settings.prior_variance])
            found = covered.everyone[scale] if actors == "all actors" else covered.rows[scale, "posterior"]
            for name, other in {
                "as it is": found,
                "every report for itself": _with_width(found, _narrower(found, settings)),
                f"variance {measured:.1f} assumed": _with_variance(found, measured, settings),
            }.items():
                share = float(inside(other, other["alike"]).mean())
                alone = float(inside(other[other["events"] >= MANY]).mean())
                rows.append([f"{scale}, {actors}, {name}", share, verdict(share), alone, verdict(alone)])
    header = ("scale, actors", "variance within pairs", "assumed")
    yield Table("Variance of events within pairs, ICEWS18, merged as the package does", header, variances)
    header = ("posterior", "with chance", "wanted", f"alone, {MANY} or more events", "wanted ")
    yield Table("What the shares owe to counting weeks and to the variance assumed", header, rows)


def _narrower(rows: pd.DataFrame, settings: Settings) -> Any:
    """How wide intervals would be, as a part of their width, if the reports of a week counted each for itself."""
    return np.sqrt((settings.k + rows["effective"]) / (settings.k + rows["weight"]))


def _with_width(rows: pd.DataFrame, factor: Any) -> pd.DataFrame:
    """The same rows with intervals so many times as wide."""
    below, above = rows["score"] - rows["low"], rows["high"] - rows["score"]
    return rows.assign(low=rows["score"] - factor * below, high=rows["score"] + factor * above)


def _with_variance(rows: pd.DataFrame, assumed: float, settings: Settings) -> pd.DataFrame:
    """The same rows if another variance were assumed of pairs with little evidence."""
    more = VARIANCE_EVENTS * (assumed - settings.prior_variance) / (VARIANCE_EVENTS + rows["weight"])
    return _with_width(rows, np.sqrt(1 + more / rows["variance"])).assign(variance=rows["variance"] + more)


def sensitivity_table(events: pd.DataFrame, half_lives: Iterable[float | None], ks: Iterable[float]) -> Table:
    """Forecasts of the next three weeks by half-life and k: rank correlation and root mean squared error."""
    governments, rows = of_governments(events), []
    ks = list(ks)
    for half_life in half_lives:
        row: list[Any] = ["none" if half_life is None else f"{half_life:g} d"]
        for k in ks:
            found = forward(governments, Settings(half_life_days=half_life, k=k, interval="none"))
            error = float(np.sqrt(((found["next"] - found["score"]) ** 2).mean()))
            rho = rank_correlation(found["score"].to_numpy(), found["next"].to_numpy())
            row.append(f"{rho:.3f} / {error:.2f}")
        rows.append(row)
    title = f"Next {AHEAD_DAYS} days on ICEWS18 by half-life and k: rho / RMSE, PLOVER scale"
    return Table(title, ("half-life", *(f"k {k:g}" for k in ks)), rows)
