"""How often is a change point found where there is none, and where there is one?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np
import pandas as pd
from scoring_data import SEED, Floats, columns_for_scoring, of_governments
from scoring_years import Years

from relations.coding.figures import Table
from relations.scoring.buckets import Whole
from relations.scoring.changepoints import LEVEL, MIN_WEEKS, Weeks, segment
from relations.scoring.scores import Scores
from relations.scoring.series import counted_rows

#: Pairs of each kind at most, and weeks of an invented pair: a year.
MOST_PAIRS, INVENTED_WEEKS = 150, 52
#: Correlation of one week with the next, and a shift in the middle in standard deviations of a week.
CORRELATIONS, SHIFTS = (0.0, 0.3), (1.0, 2.0)
#: A share of false findings of at most this is in order: the level, and twice its standard error for so many pairs.
MOST_FALSE = LEVEL + 2 * np.sqrt(LEVEL * (1 - LEVEL) / MOST_PAIRS)


def changes_table(events: pd.DataFrame, years: Years, pairs: int = MOST_PAIRS) -> Iterator[Table | str]:
    """Shares of pairs with a change: as they are, in a random order of their weeks, and invented."""
    chance = np.random.default_rng(SEED)
    sets = {"ICEWS18, weeks of 2018": list(weeks_of_events(events))[:pairs]}
    chosen = chance.permutation(len(years.names))[:pairs]
    sets["GGE, years as weeks"] = list(weeks_of_years(years, chosen))
    rows: list[list[Any]] = []
    for name, found in sets.items():
        rows.append([f"{name}, as they came", len(found), _share(found), ""])
        false = _share([shuffled(weeks, chance) for weeks in found])
        rows.append([f"{name}, in a random order", len(found), false, _verdict(false)])
    for correlation in CORRELATIONS:
        false = _share([invented(chance, correlation, 0.0) for _ in range(pairs)])
        name = f"invented, {INVENTED_WEEKS} weeks that correlate by {correlation:g}"
        rows.append([name, pairs, false, "" if correlation else _verdict(false)])
    for shift in SHIFTS:
        met = _share([invented(chance, 0.0, shift) for _ in range(pairs)])
        rows.append([f"invented, a shift of {shift:g} standard deviations in the middle", pairs, met, ""])
    yield Table(f"Share of pairs with a change point at level {LEVEL:g}", ("pairs", "number", "share", "wanted"), rows)


def _verdict(share: float) -> str:
    return "PASS" if share <= MOST_FALSE else "too many"


def _share(pairs: Iterable[Weeks]) -> float:
    return float(np.mean([bool(segment(weeks, LEVEL, np.random.default_rng(SEED))) for weeks in pairs]))


def weeks_of_events(events: pd.DataFrame) -> Iterator[Weeks]:
    """Pairs of governments with enough weeks for two levels, by default settings; the most reported first."""
    scores = Scores.from_events(columns_for_scoring(of_governments(events)))
    ledger, day = scores._ledger(None)
    for score in sorted(scores, key=lambda score: -score.n_events):
        rows = counted_rows(ledger, (score.source, score.target), False, day)
        weeks = Weeks.of(ledger.days[rows], ledger.weighed.weight[rows], ledger.weighed.value[rows])
        if len(weeks.number) >= 2 * MIN_WEEKS:
            yield weeks


def weeks_of_years(years: Years, places: Whole) -> Iterator[Weeks]:
    """Years of some dyads of the GGE index, each as if it were a week."""
    for place in places:
        rows = years.rows[years.place == place]
        weight = rows["events"].to_numpy(dtype=float)
        yield Weeks(rows["year"].to_numpy(), weight, weight * rows["value"].to_numpy())


def shuffled(weeks: Weeks, chance: np.random.Generator) -> Weeks:
    """The same weeks in a random order: whatever is found in it is false."""
    order = chance.permutation(len(weeks.number))
    return Weeks(weeks.number, weeks.weight[order], weeks.moment[order])


def invented(chance: np.random.Generator, correlation: float, shift: float) -> Weeks:
    """A pair with one event a week, of standard deviation 1 around 0, and after the middle around `shift`."""
    noise: Floats = chance.standard_normal(INVENTED_WEEKS)
    for week in range(1, INVENTED_WEEKS):
        noise[week] = correlation * noise[week - 1] + np.sqrt(1 - correlation**2) * noise[week]
    value = noise + shift * (np.arange(INVENTED_WEEKS) >= INVENTED_WEEKS // 2)
    return Weeks(np.arange(INVENTED_WEEKS), np.ones(INVENTED_WEEKS), value)
