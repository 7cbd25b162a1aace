"""The open, offline, explainable thermometer of relations between countries.

News text or event data in; a score from -10 to +10 for each pair of countries, with an interval and the sentences
behind it, out; dated snapshots, what moved between them and why, and one interactive map in one file.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from relations.errors import RelationsError
from relations.pipeline import code, code_many, read, score
from relations.records import Change, Contribution, Document, Event, Mention, Score, Sentence
from relations.settings import Settings

if TYPE_CHECKING:
    from relations.maps.layers import RelationArcs, RelationsChoropleth
    from relations.maps.page import RelationsMap
    from relations.maps.timeline import RelationsTimeline
    from relations.scoring.estimator import RelationScorer
    from relations.scoring.scores import Scores
    from relations.scoring.state import State
    from relations.snapshots.store import Snapshot

__version__ = "0.1.0"
__all__ = [
    "Change",
    "Contribution",
    "Document",
    "Event",
    "Mention",
    "RelationArcs",
    "RelationScorer",
    "RelationsChoropleth",
    "RelationsError",
    "RelationsMap",
    "RelationsTimeline",
    "Score",
    "Scores",
    "Sentence",
    "Settings",
    "Snapshot",
    "State",
    "code",
    "code_many",
    "read",
    "score",
]

# pandas, folium and geopandas load only when one of these is asked for, so that the command line answers at once
_LATER = {
    "Scores": "relations.scoring.scores",
    "Snapshot": "relations.snapshots.store",
    "State": "relations.scoring.state",
    "RelationScorer": "relations.scoring.estimator",
    "RelationsMap": "relations.maps.page",
    "RelationsChoropleth": "relations.maps.layers",
    "RelationArcs": "relations.maps.layers",
    "RelationsTimeline": "relations.maps.timeline",
}


def __getattr__(name: str) -> Any:
    if name in _LATER:
        return getattr(import_module(_LATER[name]), name)
    raise AttributeError(f"module 'relations' has no attribute {name!r}")
