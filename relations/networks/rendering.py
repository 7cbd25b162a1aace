"""In which formats do profiles, balance and camps leave the package?"""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Any

import pandas as pd

from relations.countries import name_of
from relations.errors import BadRecord
from relations.formats import csv_table, json_text, markdown_table
from relations.networks.balance import Balance
from relations.networks.communities import Communities
from relations.networks.profile import Profile, Relation
from relations.records import Change, Event, Score
from relations.scoring.showing import cell
from relations.snapshots.snapshot import score_row

NETWORK_FORMATS = ("table", "json", "csv", "markdown")
Network = Balance | Communities | Profile


def render_network(network: Network, format: str) -> str:
    """A profile, balance or communities in one of NETWORK_FORMATS.

    Tables and Markdown round to two decimals and hold what people look for first; CSV has one row a partner or state,
    with four decimals; JSON is whole, in full precision.

    Raises
    ------
    BadRecord
        When there is no such format.
    """
    if format == "table":
        return f"{network}\n"
    if format == "markdown":
        return _markdown(network)
    if format == "csv":
        return _csv(network.to_frame())
    if format == "json":
        return json_text(network_json(network))
    raise BadRecord(f"No format {format!r} for networks. Use one of {', '.join(NETWORK_FORMATS)}.")


def _markdown(network: Network) -> str:
    parts = [" ".join(network.title.split("\n"))]
    for title, header, rows in network.tables():
        cells = [[cell(value, 2) for value in row] for row in rows]
        parts.append(f"**{title}**\n\n{markdown_table(header, cells).rstrip()}")
    if isinstance(network, Communities) and network.remark:
        parts.append(network.remark)
    return "\n\n".join(parts) + "\n"


def _csv(frame: pd.DataFrame) -> str:
    plain = frame.astype(object)
    rows = plain.where(plain.notna(), None).values.tolist()
    return csv_table(list(frame.columns), [[_day(value) for value in row] for row in rows])


def _day(value: Any) -> Any:
    return value.date() if isinstance(value, pd.Timestamp) else value


def network_json(network: Network) -> dict[str, Any]:
    """A profile, balance or communities as a JSON-ready object; dates are ISO text."""
    if isinstance(network, Profile):
        return _profile_json(network)
    return _balance_json(network) if isinstance(network, Balance) else _communities_json(network)


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _optional(score: Score | None) -> dict[str, Any] | None:
    return None if score is None else score_row(score)


def _profile_json(profile: Profile) -> dict[str, Any]:
    return {
        "country": profile.code,
        "name": profile.name,
        "at": _iso(profile.at),
        "mean": profile.mean,
        "prior": profile.prior,
        "relations": [_relation_json(relation) for relation in profile],
        "movers": [_change_json(change) for change in profile.movers],
        "recent": [_event_json(event) for event in profile.recent],
    }


def _relation_json(relation: Relation) -> dict[str, Any]:
    return {
        "partner": relation.partner,
        "name": name_of(relation.partner),
        "mutual": score_row(relation.score),
        "does": _optional(relation.does),
        "gets": _optional(relation.gets),
        "asymmetry": relation.asymmetry,
        "margin": relation.margin,
        "clear": relation.clear,
    }


def _change_json(change: Change) -> dict[str, Any]:
    names = ("source", "target", "before", "after", "change", "margin", "clear", "before_state", "after_state")
    return {name: getattr(change, name) for name in names}


def _event_json(event: Event) -> dict[str, Any]:
    return {name: _iso(value) if isinstance(value, date) else value for name, value in asdict(event).items()}


def _balance_json(balance: Balance) -> dict[str, Any]:
    names = (
        "states", "friendly", "hostile", "triads", "share", "weak_share", "expected", "low", "high", "p", "threshold",
        "permutations", "seed",
    )  # fmt: skip
    return {
        "at": _iso(balance.at),
        **{name: getattr(balance, name) for name in names},
        "counts": [{**asdict(count), "balanced": count.balanced} for count in balance.counts],
        "countries": [
            {**asdict(country), "name": name_of(country.code), "share": country.share} for country in balance.countries
        ],
        "strained": [
            {
                "strain": triad.strain,
                "hostile": score_row(triad.hostile),
                "friend": triad.friend,
                "friendly": [score_row(score) for score in triad.friendly],
            }
            for triad in balance.strained
        ],
    }


def _communities_json(communities: Communities) -> dict[str, Any]:
    return {
        "at": _iso(communities.at),
        "quality": communities.quality,
        "seed": communities.seed,
        "runs": communities.runs,
        "camps": [
            {
                "number": camp.number,
                "inside": camp.inside,
                "outside": camp.outside,
                "hold": camp.hold,
                "members": [
                    {"country": code, "name": name_of(code), "hold": hold}
                    for code, hold in zip(camp.members, camp.holds, strict=True)
                ],
                "quarrels": [score_row(score) for score in camp.quarrels],
            }
            for camp in communities
        ],
        "alone": list(communities.alone),
        "between": [list(row) for row in communities.between],
    }
