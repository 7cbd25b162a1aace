"""How does a state stand in a Parquet file?"""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from datetime import date
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import numpy as np

from relations.errors import BadInput, BadRecord, MissingExtra
from relations.events.schema import EPOCH_DAY, Coded, encode
from relations.scoring.buckets import SUMS, Floats, Whole
from relations.scoring.ledger import Pair
from relations.scoring.state import FIXED, State
from relations.scoring.statesums import EVENTS, gather
from relations.scoring.weighing import is_known_state
from relations.settings import Settings
from relations.writing import write_whole

#: Version of the layout: raised when an older package could misread a file.
FORMAT = 1
#: Key of the file's own metadata.
_KEY = b"relations.state"
#: What names a row: who acts upon whom, on which day, and whether it counts in directed scores only.
_NAMES = ("source", "target", "echo", "day")
_DISTRIBUTION = "relations-map"
_REMEDY = "Make one with `relations state add`."


def write_state(state: State, path: str | Path) -> None:
    """Write a state, whole or not at all.

    Raises
    ------
    RelationsError
        When the file cannot be written.
    """
    write_whole(path, state_to_bytes(state))


def read_state(path: str | Path) -> State:
    """Read a state exactly as it was written.

    Raises
    ------
    BadInput
        When the file cannot be read, is damaged, holds something else or comes from a later version.
    """
    try:
        data = Path(path).read_bytes()
    except OSError as error:
        raise BadInput(f"{path}: cannot be read ({error.strerror}).") from None
    try:
        return state_from_bytes(data)
    except BadInput as error:
        raise BadInput(f"{path}: {error}") from None


def state_to_bytes(state: State) -> bytes:
    """Parquet: the rows of Sums, sorted by dyad and day, and what made it in the file's metadata.

    Columns are `source` and `target` (dictionary-encoded), `echo` (counts in directed scores only), `day` (date32, days
    as 32-bit integers) and the sums by their names (64-bit floats). Equal states give equal bytes under one version of
    pyarrow, which signs its files.
    """
    pyarrow, parquet = _pyarrow()
    table = pyarrow.table(_columns(state, pyarrow)).replace_schema_metadata({_KEY: json.dumps(_about(state))})
    buffer = io.BytesIO()
    parquet.write_table(
        table,
        buffer,
        compression="zstd",
        compression_level=9,
        use_dictionary=["source", "target", *SUMS],
        column_encoding={"day": "DELTA_BINARY_PACKED"},
        write_statistics=["day"],
    )
    return buffer.getvalue()


def _pyarrow() -> tuple[Any, Any]:
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError:
        raise MissingExtra("Parquet needs pyarrow. Install it with: pip install pyarrow") from None
    return pyarrow, pyarrow.parquet


def _about(state: State) -> dict[str, Any]:
    """What a file says of itself."""
    return {
        "format": FORMAT,
        "package": _version(),
        "settings": {name: getattr(state.settings, name) for name in FIXED},
        "events": state.n_events,
        "first": state.first.isoformat() if state.first else None,
        "last": state.last.isoformat() if state.last else None,
    }


def _version() -> str:
    try:
        return version(_DISTRIBUTION)
    except PackageNotFoundError:
        return "unknown"


def _columns(state: State, pyarrow: Any) -> dict[str, Any]:
    """The columns of a file, its rows sorted by dyad and day."""
    rows = state.sums
    actors = sorted({actor for pair in rows.pairs for actor in pair})
    place = {actor: number for number, actor in enumerate(actors)}
    names = pyarrow.array(actors, pyarrow.string())
    source, target = (
        pyarrow.DictionaryArray.from_arrays(
            pyarrow.array(np.array([place[pair[end]] for pair in rows.pairs], dtype=np.int32)[rows.pair]), names
        )
        for end in (0, 1)
    )
    days = pyarrow.array((rows.day - EPOCH_DAY).astype(np.int32)).cast(pyarrow.date32())
    columns = dict(zip(_NAMES, (source, target, pyarrow.array(rows.echo), days), strict=True))
    return columns | {name: pyarrow.array(rows.sums[:, n]) for n, name in enumerate(SUMS)}


def state_from_bytes(data: bytes) -> State:
    """The state that `state_to_bytes` wrote.

    Raises
    ------
    BadInput
        When the bytes are damaged, hold something else or come from a later version.
    """
    pyarrow, parquet = _pyarrow()
    try:
        file = parquet.ParquetFile(io.BytesIO(data))
        about = _known(file.schema_arrow.metadata or {})
        table = file.read()
    except (OSError, ValueError, pyarrow.ArrowException) as error:
        raise BadInput(f"no Parquet file, or a damaged one ({_in_a_line(error)}). {_REMEDY}") from None
    try:
        return _state_of(table, Settings(**about["settings"]), about["events"])
    except (KeyError, TypeError, ValueError, BadRecord, pyarrow.ArrowException) as error:
        raise BadInput(f"a damaged state ({_in_a_line(error)}). {_REMEDY}") from None


def _in_a_line(error: Exception) -> str:
    return " ".join(str(error).split())[:200]


def _known(metadata: Mapping[bytes, bytes]) -> dict[str, Any]:
    """What the file says of itself, when it is a state that this version reads.

    Raises
    ------
    BadInput
        When it is none.
    """
    try:
        about = json.loads(metadata[_KEY])
        number, package = int(about["format"]), str(about["package"])
    except (KeyError, TypeError, ValueError, RecursionError):
        raise BadInput(f"a Parquet file, but no state. {_REMEDY}") from None
    if number > FORMAT:
        raise BadInput(
            f"a state in format {number}, written by version {package[:20]!r}; this version, {_version()}, reads "
            f"format {FORMAT}. Upgrade, or make the state again from the events."
        )
    found: dict[str, Any] = about
    return found


def _state_of(table: Any, settings: Settings, events: int) -> State:
    """The state in a table; a sum that no events give is refused."""
    if missing := [name for name in (*_NAMES, *SUMS) if name not in table.column_names]:
        raise ValueError(f"no column {', '.join(missing)}")
    if any(table.column(name).null_count for name in (*_NAMES, *SUMS)):
        raise ValueError("an empty cell")
    sums = np.column_stack([np.asarray(table.column(name), dtype=np.float64) for name in SUMS])
    day = np.asarray(table.column("day").cast("int32"), dtype=np.int64) + EPOCH_DAY
    echo = np.asarray(table.column("echo"), dtype=bool)
    pairs, place = _dyads(*(encode(table.column(name).to_pandas()).map(str) for name in ("source", "target")))
    _check(pairs, day, sums)
    state = State(gather(pairs, place, day, echo, sums), settings)
    if state.n_events != events:
        raise ValueError(f"{state.n_events} events where {events} were written")
    return state


def _dyads(source: Coded, target: Coded) -> tuple[tuple[Pair, ...], Whole]:
    """The different dyads, sorted, and the place of each row's."""
    keys, place = np.unique(source.codes * (len(target.values) or 1) + target.codes, return_inverse=True)
    met = [(source.values[key // len(target.values)], target.values[key % len(target.values)]) for key in keys.tolist()]
    pairs = tuple(sorted(set(met)))
    number = {pair: n for n, pair in enumerate(pairs)}
    return pairs, np.array([number[pair] for pair in met], dtype=np.int64)[place]


def _check(pairs: tuple[Pair, ...], day: Whole, sums: Floats) -> None:
    if odd := next((pair for pair in pairs if pair[0] == pair[1] or not all(map(is_known_state, pair))), None):
        raise ValueError(f"no dyad of two states: {odd!r:.60}")
    if len(day) and not 1 <= day.min() <= day.max() <= date.max.toordinal():
        raise ValueError("a day out of range")
    counts, weights = sums[:, EVENTS], sums[:, SUMS.index("weight")]
    if not np.isfinite(sums).all() or (counts < 1).any() or (weights < 0).any() or (counts % 1).any():
        raise ValueError("a sum that no events give")


def describe_state(path: str | Path) -> dict[str, Any]:
    """What a saved state says of itself, and how much it holds: format, package, settings, events, days, dyads, rows.

    Raises
    ------
    BadInput
        When the file is no state that can be read.
    """
    state = read_state(path)
    about = _known(_pyarrow()[1].read_metadata(path).metadata)
    return {
        **{name: about[name] for name in ("format", "package")},
        **about["settings"],
        **{name: about[name] for name in ("events", "first", "last")},
        "directed dyads": len(state.pairs),
        "rows": len(state),
        "bytes": Path(path).stat().st_size,
    }
