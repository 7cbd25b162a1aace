"""How do named JSON texts stand in one file, so that damage to one leaves the others readable?"""

from __future__ import annotations

import io
import json
import struct
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from relations.errors import BadInput

MANIFEST = "manifest.json"
#: Layout of a store; a reader refuses a newer one.
STORE_SCHEMA = 1
#: The earliest time that a zip can hold: the same content gives the same bytes.
_TIME = (1980, 1, 1, 0, 0, 0)
_LEVEL = 6
#: An entry that claims to be larger is not unpacked.
MOST_BYTES = 2**31
_HEADER = struct.Struct("<4sHHHHHIIIHH")
_SIGNATURE = b"PK\x03\x04"


@dataclass(frozen=True, slots=True)
class Archive:
    """Sound entries by name, and what is wrong with the others."""

    entries: Mapping[str, bytes]
    damaged: Mapping[str, str]


def pack(entries: Mapping[str, bytes]) -> bytes:
    """Entries as the bytes of a zip: sorted, with fixed times, a manifest of their hashes first.

    >>> pack({"a.json": b"{}"}) == pack({"a.json": b"{}"})
    True
    """
    hashes = {name: sha256(content).hexdigest() for name, content in sorted(entries.items())}
    manifest = to_json({"schema": STORE_SCHEMA, "entries": hashes})
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        for name, content in ((MANIFEST, manifest), *sorted(entries.items())):
            info = zipfile.ZipInfo(name, _TIME)
            info.compress_type, info.create_system, info.external_attr = zipfile.ZIP_DEFLATED, 3, 0o644 << 16
            file.writestr(info, content, compresslevel=_LEVEL)
    return buffer.getvalue()


def unpack(data: bytes) -> Archive:
    """Sound entries of an archive, read front to back, so that a missing end or middle costs only what stood there.

    Raises
    ------
    BadInput
        When it is no archive of this package, or of a newer layout.
    """
    found = _scan(data)
    if not found:
        raise BadInput("not a store of snapshots, or one damaged from its first byte on.")
    hashes = _hashes(found.get(MANIFEST))
    names = (set(hashes) if hashes is not None else set(found)) - {MANIFEST}
    damaged = {name: problem for name in sorted(names) if (problem := _problem(name, found.get(name), hashes))}
    return Archive({name: found[name] for name in sorted(names - set(damaged))}, damaged)  # type: ignore[misc]


def _problem(name: str, content: bytes | None, hashes: Mapping[str, str] | None) -> str:
    if content is None:
        return "cut off or unreadable"
    if hashes is not None and sha256(content).hexdigest() != hashes[name]:
        return "changed since it was saved"
    return ""


def _hashes(manifest: bytes | None) -> Mapping[str, str] | None:
    """Hashes by entry, None when the manifest itself is damaged."""
    if manifest is None:
        return None
    try:
        content = from_json(manifest)
        schema, entries = int(content["schema"]), dict(content["entries"])
    except (BadInput, KeyError, TypeError, ValueError):
        return None
    if schema > STORE_SCHEMA:
        raise BadInput(f"written by a newer version (store schema {schema}, known {STORE_SCHEMA}). Upgrade relations.")
    return {str(name): str(value) for name, value in entries.items()}


def _scan(data: bytes) -> dict[str, bytes | None]:
    """Every entry behind a local header, None for one whose bytes are not what the header says."""
    found: dict[str, bytes | None] = {}
    start = data.find(_SIGNATURE)
    while 0 <= start <= len(data) - _HEADER.size:
        _, _, _, method, _, _, crc, packed, size, name_size, extra = _HEADER.unpack_from(data, start)
        begin = start + _HEADER.size + name_size + extra
        name = data[start + _HEADER.size : start + _HEADER.size + name_size].decode("utf-8", errors="replace")
        content = _inflate(data[begin : begin + packed], method, size)
        sound = content is not None and len(content) == size and zlib.crc32(content) == crc
        found.setdefault(name, content if sound else None)
        start = data.find(_SIGNATURE, begin + packed if sound else start + 4)
    return found


def _inflate(packed: bytes, method: int, size: int) -> bytes | None:
    if method == zipfile.ZIP_STORED:
        return packed
    if method != zipfile.ZIP_DEFLATED or size > MOST_BYTES:
        return None
    try:
        return zlib.decompressobj(-zlib.MAX_WBITS).decompress(packed, size + 1)
    except zlib.error:
        return None


def to_json(value: Mapping[str, Any]) -> bytes:
    """Strict JSON with sorted keys, one line a key and one an item of a list, so that a diff can be read.

    >>> print(to_json({"b": [1, 2], "a": {"y": 1.5, "x": None}}).decode(), end="")
    {
    "a":{"x":null,"y":1.5},
    "b":[
    1,
    2
    ]
    }
    """
    fields = ",\n".join(f"{_dump(key)}:{_lines(value[key])}" for key in sorted(value))
    return f"{{\n{fields}\n}}\n".encode(errors="replace")


def _lines(value: Any) -> str:
    return "[\n" + ",\n".join(map(_dump, value)) + "\n]" if isinstance(value, list) and value else _dump(value)


def _dump(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":"))


def from_json(data: bytes) -> Any:
    """The value of a strict JSON text.

    Raises
    ------
    BadInput
        For broken or too deeply nested JSON, a key given twice, NaN or infinity.
    """
    try:
        return json.loads(data.decode("utf-8"), object_pairs_hook=_once, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise BadInput(f"not strict JSON ({error}).") from None


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a key is given twice")
    return found


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is no number")
