#!/usr/bin/env python3
"""How long does it take to score events in memory, and does it grow with their number and no faster?

    python benchmarks/scoring_speed.py [EVENTS ...]

Prints one JSON object a size: seconds from a table of events to all mutual scores, and to all directed ones on top, of
the clock and of the processor (what else the machine does counts in the first), and the microseconds one event takes.
Beside them stands what a plain mean of the values by pair takes with pandas: no merging, no weights, no ageing, no
interval. The events are made up: pairs, days, codes and roles at random, a few pairs taking most, as in feeds.
"""

from __future__ import annotations

import json
import sys
from time import perf_counter, process_time
from typing import Any

import numpy as np
import pandas as pd

from relations.countries import all_countries
from relations.resources import read_table
from relations.scoring.scores import Scores
from relations.scoring.weighing import is_known_state
from relations.vocabulary import goldstein

SIZES = (250_000, 1_000_000, 4_000_000)
SEED = 1
FIRST_DAY = np.datetime64("2015-01-01")
DAYS = 3650
ROLES = ("GOV", "", "CVL", "MIL")


def make_events(count: int) -> pd.DataFrame:
    """A table with date, source, target, cameo and source_role."""
    chance = np.random.default_rng(SEED)
    states = np.array([country.code for country in all_countries() if is_known_state(country.code)], dtype=object)
    often = 1 / np.arange(1, len(states) + 1)
    one = chance.choice(len(states), count, p=often / often.sum())
    other = (one + 1 + chance.choice(len(states) - 1, count)) % len(states)
    codes = np.array([row["code"] for row in read_table("cameo.tsv")], dtype=object)
    roles = np.array(ROLES, dtype=object)
    return pd.DataFrame(
        {
            "date": FIRST_DAY + chance.integers(0, DAYS, count),
            "source": states[one],
            "target": states[other],
            "cameo": codes[chance.integers(0, len(codes), count)],
            "source_role": roles[chance.integers(0, len(roles), count)],
        }
    )


def plain_mean(events: pd.DataFrame) -> pd.Series[float]:
    """What many do instead: the mean value of each pair's events, as a line of pandas has it."""
    value = events["cameo"].map({code: goldstein(code) for code in events["cameo"].unique()})
    source, target = events["source"].to_numpy(dtype=object), events["target"].to_numpy(dtype=object)
    first = source < target
    return value.groupby([np.where(first, source, target), np.where(first, target, source)]).mean()


def measure(count: int) -> dict[str, Any]:
    """Seconds of scoring so many events, JSON-ready."""
    events = make_events(count)
    clock, processor = [perf_counter()], [process_time()]

    def stop() -> None:
        clock.append(perf_counter())
        processor.append(process_time())

    scores = Scores.from_events(events)
    mutual = list(scores)
    stop()
    directed = list(scores.directed)
    stop()
    plain_mean(events)
    stop()
    return {
        "events": count,
        "mutual_scores": len(mutual),
        "directed_scores": len(directed),
        "seconds_mutual": round(clock[1] - clock[0], 2),
        "seconds_directed": round(clock[2] - clock[1], 2),
        "processor_seconds_mutual": round(processor[1] - processor[0], 2),
        "processor_seconds_directed": round(processor[2] - processor[1], 2),
        "processor_seconds_plain_mean": round(processor[3] - processor[2], 2),
        "processor_microseconds_an_event": round(1e6 * (processor[2] - processor[0]) / count, 2),
    }


if __name__ == "__main__":
    measure(1_000)  # tables are read and libraries loaded once, which is not what is asked
    for size in [int(text) for text in sys.argv[1:]] or SIZES:
        print(json.dumps(measure(size)), flush=True)
