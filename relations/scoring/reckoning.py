"""What was read, and what became of it?"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from relations.scoring.ledger import Ledger
from relations.scoring.weighing import REASONS


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
    reasons = silent_reasons(ledger)
    counts = reasons[(reasons != "") & ~reasons.str.startswith("another report")].value_counts(sort=False)
    return [f"{count:,} event{'' if count == 1 else 's'} not counted: {reason}." for reason, count in counts.items()]


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
