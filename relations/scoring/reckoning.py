"""What was read, and what became of it?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from relations.events.table import frame_to_events
from relations.records import Contribution
from relations.scoring.ledger import Ledger, Pair
from relations.scoring.showing import cell, signed
from relations.scoring.weighing import REASONS
from relations.scoring.wording import NO_DATA, STATE_WORDS


def silent_reasons(ledger: Ledger) -> pd.Series[Any]:
    """For each report, why it weighs nothing on any day; empty when it counts."""
    reasons = np.array(REASONS, dtype=object)[ledger.weighed.reason][ledger.event_of]
    if len(ledger.reports) > len(ledger.events):
        ids = ledger.events["id"].to_numpy(dtype=object)[ledger.event_of]
        other = (ledger.reports["id"].to_numpy(dtype=object) != ids) & (reasons == "")
        reasons = reasons.copy()
        reasons[other] = [f"another report of event {id}, which counts once" for id in ids[other]]
    return pd.Series(reasons, dtype=ledger.reports["id"].dtype)


def left_out(ledger: Ledger) -> list[str]:
    """One sentence a reason for events that were read and weigh nothing."""
    found = ledger.weighed.reason[ledger.event_of]
    silent = found[found > 0]
    numbers, first, counts = np.unique(silent, return_index=True, return_counts=True)
    order = np.argsort(first)
    met = [(REASONS[number], count) for number, count in zip(numbers[order], counts[order], strict=True)]
    return [f"{count:,} event{'' if count == 1 else 's'} not counted: {reason}." for reason, count in met]


def reckon(ledger: Ledger) -> pd.DataFrame:
    """All reports, with the event each tells of, its weight and value, or the reason why it does not count."""
    reasons, of = silent_reasons(ledger), ledger.event_of
    counted = (reasons == "").to_numpy()
    return ledger.reports.assign(
        event=ledger.events["id"].array[of],
        counted=counted,
        weight=np.where(counted, ledger.weighed.weight[of], 0.0),
        value=ledger.weighed.value[of],
        mutual=counted & ledger.counted(directed=False)[of],
        reason=reasons.array,
    )


@dataclass(frozen=True, slots=True)
class NoScore:
    """A dyad of which something was read and nothing counts: it has no score, and so nothing to take apart.

    Attributes
    ----------
    at : datetime.date
    source, target : str
        In alphabetical order when mutual.
    directed : bool
    prior : float
        Where a pair without evidence stands on that day.
    why_not : tuple of Contribution
        What was read, each with its `reason`.
    """

    at: date
    source: str
    target: str
    directed: bool
    prior: float
    why_not: tuple[Contribution, ...]

    @property
    def title(self) -> str:
        """What there is to say, in a line."""
        pair = f"{self.source}{' -> ' if self.directed else '-'}{self.target}"
        stands = f"a pair without evidence stands at the prior, {signed(self.prior)}"
        return f"{pair} on {cell(self.at)}: {STATE_WORDS[NO_DATA]}; {stands}"


def unexplained(reckoned: pd.DataFrame, pair: Pair, at: date, directed: bool, prior: float) -> NoScore | None:
    """What was read on a dyad that has no score on a day, and why it does not count; None when nothing was read.

    Parameters
    ----------
    reckoned : pandas.DataFrame
        All reports with what became of each, as Scores.events has them.
    pair : tuple of str
        Two states; with `directed`, who acts and who receives.
    at : datetime.date
    directed : bool
    prior : float
    """
    one, other = pair if directed else sorted(pair)
    there = (reckoned["source"] == one) & (reckoned["target"] == other)
    if not directed:
        there |= (reckoned["source"] == other) & (reckoned["target"] == one)
    rows = reckoned[there].sort_values(["date", "id"])
    reasons = rows["reason"].where(rows["reason"] != "", f"later than {cell(at)}")
    parts = [
        Contribution(event, 0.0, reason=reason)
        for event, reason in zip(frame_to_events(rows), reasons.tolist(), strict=True)
    ]
    return NoScore(at, one, other, directed, prior, tuple(parts)) if parts else None
