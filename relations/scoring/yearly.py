"""What does a memory of yearly means say, as the GGE index has it?"""

from __future__ import annotations

import numpy as np

from relations.scoring.buckets import Days, Floats, Whole, runs

#: What the memory loses each year.
LOSS = 0.3
#: Days in which the memory halves: what 30% a year come to.
HALF_LIFE_DAYS = 365.25 * np.log(2) / -np.log(1 - LOSS)
YEAR_DAYS = 365.25


def years_ago(age_days: Whole) -> Whole:
    """Full years between a day and the day scored.

    >>> years_ago(np.array([0, 365, 366])).tolist()
    [0, 0, 1]
    """
    return np.asarray(age_days // YEAR_DAYS, dtype=np.int64)


def yearly_scores(days: Days, count: int) -> Floats:
    """Dynamic scores of the Global Geopolitical Events index, -10 to 10.

    In a year with events, of weight n and mean value x, the memory becomes N' = (1 - d) N + n and the score
    S' = (1 - f) S + f x with f = n / N'; in a silent year both are multiplied by 1 - d, so that the score fades to 0.
    d is 0.3. Values are used as they are, and not as tenths, so that the score runs from -10 to 10.

    The index is published for calendar years. Here the years are counted back from the day scored, 365.25 days each:
    on 31 December they are the calendar years, on any other day there is no year that has just begun and so no jump
    at New Year, and moving all dates moves nothing else.

    Parameters
    ----------
    days : Days
        Buckets up to the day scored.
    count : int
        How many dyads there are.

    References
    ----------
    Fan (2025), arXiv 2507.04833.
    """
    if not len(days.dyad):
        return np.zeros(count)
    year = years_ago(days.age)
    starts = runs(days.dyad, year)
    weight, moment = (np.add.reduceat(days.column(name), starts) for name in ("weight", "moment"))
    return remember(days.dyad[starts], year[starts], weight, moment, count)[0]


def remember(dyad: Whole, year: Whole, weight: Floats, moment: Floats, count: int) -> tuple[Floats, Floats]:
    """Score and weight that the memory of each dyad holds, from one row a dyad and year with events.

    `weight` and `moment` may have further columns, such as draws, which are remembered apart.
    """
    memory, score = np.zeros((2, count, *weight.shape[1:]))
    order = np.argsort(-year, kind="stable")
    ends = np.append(runs(year[order])[1:], len(order))
    start, last = 0, int(year.max(initial=0)) + 1
    for end in ends.tolist():
        rows = order[start:end]
        this = int(year[rows[0]])
        silent = (1 - LOSS) ** (last - this - 1)
        memory *= silent * (1 - LOSS)
        score *= silent
        now = np.zeros(count, dtype=bool)
        now[dyad[rows]] = True
        score[~now] *= 1 - LOSS
        whole = memory[now] + weight[rows]
        score[now] = (memory[now] * score[now] + moment[rows]) / whole
        memory[now] = whole
        start, last = end, this
    return score * (1 - LOSS) ** last, memory * (1 - LOSS) ** last
