"""What is a dated snapshot, and how is it written down?"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from datetime import date
from functools import cache
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from typing import Any

import numpy as np
import pandas as pd

from relations.errors import BadInput, BadRecord
from relations.events.files import event_rows
from relations.events.table import check_frame
from relations.records import Score
from relations.resources import data_root
from relations.scoring.ledger import Ledger
from relations.scoring.weighing import Weighed, weigh_events
from relations.settings import Settings
from relations.snapshots.archive import from_json, to_json

#: What a snapshot keeps of each event besides its fields: see Ledger.
_EXTRA = ("outlets", "weight", "value", "forceful", "twin", "reports")
_NAME = re.compile(r"\w[\w .+-]{0,99}")
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
_DISTRIBUTION = "relations-map"
#: Folders of data/ that no score depends on: scripts, what the model has learnt from, and the shapes of the map.
_NO_KNOWLEDGE = ("build/", "labelled/", "articles/", "geometry/")
#: Settings of snapshots made before they were renamed; Settings still reads them.
_FORMER_SETTINGS = frozenset({"civil_weight"})


@dataclass(frozen=True, slots=True, eq=False)
class Snapshot:
    """The scores of one day under a name, with the events they are made of: what is kept and compared later.

    Attributes
    ----------
    name : str
    at : datetime.date
    settings : Settings
    events : pandas.DataFrame
        The events that count on that day, in the schema's columns, and `outlets`, `weight` (on the event's own day),
        `value`, `forceful`, `twin` (id of the event that stands for it in mutual scores) and `reports` (their ids).
    scores : tuple of Score
        Mutual and directed ones.
    documents : int
        How many documents were read.
    versions : mapping of str to str
        Of the package, and of its data: a hash of all tables and the model.
    inputs : mapping of str to str
        SHA-256 of each input by its name.
    options : mapping of str to str
        How texts were read, where it was not said by default.
    """

    name: str
    at: date
    settings: Settings
    events: pd.DataFrame
    scores: tuple[Score, ...]
    documents: int = 0
    versions: Mapping[str, str] = field(default_factory=dict)
    inputs: Mapping[str, str] = field(default_factory=dict)
    options: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        check_name(self.name)

    def ledger(self, settings: Settings | None = None) -> Ledger:
        """The evidence as it was weighed when the snapshot was made, or weighed anew under other settings.

        What did not count when it was saved is not kept, and so cannot count under other settings either.
        """
        frame = self.events
        place = {id: row for row, id in enumerate(frame["id"].tolist())}
        twin = np.array([place.get(id, -1) for id in frame["twin"].tolist()], dtype=np.int64)
        weighed = Weighed(
            frame["weight"].to_numpy(dtype=np.float64),
            frame["value"].to_numpy(dtype=np.float64),
            frame["forceful"].to_numpy(dtype=bool),
            np.zeros(len(frame), dtype=np.int64),
        )
        events = frame.drop(columns=[name for name in _EXTRA if name != "outlets"])
        if settings is not None and settings != self.settings:
            weighed = weigh_events(events, settings)
        reports = events.drop(columns="outlets")
        return Ledger(events, reports, np.arange(len(frame)), weighed, twin, settings or self.settings)

    def made_by(self) -> dict[str, Any]:
        """What made it, JSON-ready: day, versions of package and data, settings, options, documents and inputs."""
        return {
            "name": self.name,
            "at": self.at.isoformat(),
            "settings": asdict(self.settings),
            "documents": self.documents,
            "versions": dict(self.versions),
            "inputs": dict(self.inputs),
            "options": dict(self.options),
        }

    def to_bytes(self) -> bytes:
        """Strict, sorted JSON: the same snapshot gives the same bytes."""
        extra = [
            dict(zip(_EXTRA, row, strict=True)) for row in zip(*(self.events[n].tolist() for n in _EXTRA), strict=True)
        ]
        events = [row | more for row, more in zip(event_rows(self.events), extra, strict=True)]
        scores = [score_row(score) for score in self.scores]
        return to_json(self.made_by() | {"events": events, "scores": scores})

    @classmethod
    def from_bytes(cls, data: bytes) -> Snapshot:
        """The snapshot that `to_bytes` wrote.

        Raises
        ------
        BadInput
            When it is not one.
        """
        content = from_json(data)
        try:
            return cls(
                name=content["name"],
                at=date.fromisoformat(content["at"]),
                settings=_settings(content),
                events=_events(content["events"]),
                scores=tuple(_score(row) for row in content["scores"]),
                documents=int(content["documents"]),
                versions={str(k): str(v) for k, v in content["versions"].items()},
                inputs={str(k): str(v) for k, v in content["inputs"].items()},
                options={str(k): str(v) for k, v in content.get("options", {}).items()},  # not in the first snapshots
            )
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise BadInput(f"not a snapshot that this version reads ({error}).") from None


def _settings(content: dict[str, Any]) -> Settings:
    """Settings of a snapshot; what an older one did not know yet has its default."""
    given = content["settings"]
    known = {field.name for field in fields(Settings)} | _FORMER_SETTINGS
    if unknown := sorted(set(given) - known):
        made_by = content["versions"].get(_DISTRIBUTION, "a newer version")
        raise BadInput(
            f"made by {_DISTRIBUTION} {made_by} with settings that this version does not know ({', '.join(unknown)}). "
            "Upgrade relations-map."
        )
    return Settings(**given)


def check_name(name: str) -> None:
    """Refuse a name that no file system or terminal could bear.

    Raises
    ------
    BadRecord
        The message says what a name may hold.

    Examples
    --------
    >>> check_name("autumn 2025")
    """
    plain = isinstance(name, str) and unicodedata.normalize("NFC", name) == name
    if not plain or not _NAME.fullmatch(name) or name[-1] in " ." or ".." in name or _RESERVED.fullmatch(name):
        raise BadRecord(f"No name for a snapshot: {name!r}. Use letters, digits, spaces, and . _ + - inside.")


def score_row(score: Score) -> dict[str, Any]:
    """A Score as a JSON-ready object: dates are ISO text."""
    return asdict(score) | {"at": score.at.isoformat(), "newest": score.newest.isoformat()}


def _score(row: dict[str, Any]) -> Score:
    return Score(**(row | {"at": date.fromisoformat(row["at"]), "newest": date.fromisoformat(row["newest"])}))


def _events(rows: list[dict[str, Any]]) -> pd.DataFrame:
    """The stored events, checked like anyone's: a store may have passed through other hands."""
    if not rows:
        rows_frame = pd.DataFrame({name: [] for name in ("date", "source", "target", "type")})
    else:
        rows_frame = pd.DataFrame(rows)
    checked = check_frame(rows_frame, strict=True)
    if checked.notes:
        raise ValueError(checked.notes[0])
    extra = {name: [row[name] for row in rows] for name in _EXTRA}
    sound = all(0 < w <= 1 and -10 <= x <= 10 for w, x in zip(extra["weight"], extra["value"], strict=True))
    if not sound:
        raise ValueError("a weight or value is out of range")
    return checked.frame.assign(**{name: pd.Series(values, dtype=object) for name, values in extra.items()}).astype(
        {"outlets": np.int64, "weight": np.float64, "value": np.float64, "forceful": bool}
    )


def snapshot_of(ledger: Ledger, at: date, name: str, inputs: Mapping[str, str], documents: int) -> Snapshot:
    """The events and scores of one day, under a name."""
    rows = np.flatnonzero(ledger.counted(directed=True) & (ledger.days <= at.toordinal()))
    ids = ledger.events["id"].to_numpy(dtype=object)
    twins = ledger.twin[rows]
    reports = ledger.reports["id"].to_numpy(dtype=object)
    frame = (
        ledger.events.iloc[rows]
        .reset_index(drop=True)
        .assign(
            weight=ledger.weighed.weight[rows],
            value=ledger.weighed.value[rows],
            forceful=ledger.weighed.forceful[rows],
            twin=pd.Series(np.where(twins >= 0, ids[twins], ""), dtype=object),
            reports=pd.Series([reports[ledger.reports_of(int(row))].tolist() for row in rows], dtype=object),
        )
    )
    frame = frame.sort_values(["date", "id"], kind="stable").reset_index(drop=True)
    scores = (*ledger.scores(at), *ledger.scores(at, directed=True))
    return Snapshot(name, at, ledger.settings, frame, scores, documents, versions(), inputs)


def versions() -> dict[str, str]:
    """Version of the installed package, `unknown` when it is not installed, and of its data."""
    try:
        package = version(_DISTRIBUTION)
    except PackageNotFoundError:
        package = "unknown"
    return {_DISTRIBUTION: package, "data": data_version()}


@cache
def data_version() -> str:
    """A hash of every table and model that reading and scoring know: the first 16 digits of a SHA-256.

    >>> len(data_version())
    16
    """
    root = data_root()
    paths = {path.relative_to(root).as_posix(): path for path in root.rglob("*") if path.is_file()}
    total = sha256()
    for name in sorted(paths):
        if not name.startswith(_NO_KNOWLEDGE) and not name.endswith(".md") and "__pycache__" not in name:
            total.update(f"{name}\0{sha256(paths[name].read_bytes()).hexdigest()}\n".encode())
    return total.hexdigest()[:16]
