"""How does a file appear whole or not at all?"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from relations.errors import RelationsError


def write_whole(path: str | Path, content: str | bytes) -> None:
    """Write to a temporary file beside `path`, then rename it into place; folders are made, links are followed.

    What is no regular file (a pipe, a device) is written straight to. Half characters become question marks.

    Raises
    ------
    RelationsError
        When it cannot be written; nothing half-written is left.
    """
    out = Path(os.path.realpath(path))
    data = content.encode("utf-8", errors="replace") if isinstance(content, str) else content
    try:
        if out.exists() and not out.is_file():
            out.write_bytes(data)
            return
        out.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=out.parent, prefix=f".{out.name}.")
    except OSError as error:
        raise RelationsError(f"{out}: cannot be written ({error.strerror}).") from error
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(0o644)
        Path(name).replace(out)
    except BaseException as error:  # also when the user interrupts
        Path(name).unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise RelationsError(f"{out}: cannot be written ({error.strerror}).") from error
        raise
