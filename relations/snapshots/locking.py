"""How do two writers of one file take turns?"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from relations.errors import RelationsError

#: A second writer waits so long for the first.
PATIENCE_SECONDS = 10.0
_PAUSE_SECONDS = 0.05


@contextmanager
def locked(path: Path, patience_seconds: float = PATIENCE_SECONDS) -> Iterator[None]:
    """Hold a file for oneself; the operating system lets go of it when the process dies.

    Raises
    ------
    RelationsError
        When another writer holds it longer than one waits, or its folder cannot be written.
    """
    lock = path.with_name(f".{path.name}.lock")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = _acquire(lock, path, patience_seconds)
    except OSError as error:
        raise RelationsError(f"{path}: cannot be locked for writing ({error.strerror}).") from error
    try:
        yield
    finally:
        lock.unlink(missing_ok=True)
        os.close(handle)


def _acquire(lock: Path, path: Path, patience_seconds: float) -> int:
    """An open handle that holds the lock; a lock file deleted by the one before is opened anew."""
    attempts = max(1, round(patience_seconds / _PAUSE_SECONDS))
    for attempt in range(attempts):
        handle = os.open(lock, os.O_RDWR | os.O_CREAT, 0o644)
        if _hold(handle) and _is_still(handle, lock):
            return handle
        os.close(handle)
        if attempt + 1 < attempts:
            time.sleep(_PAUSE_SECONDS)
    raise RelationsError(f"{path}: another process is writing it. Try again when it is done.")


def _hold(handle: int) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _is_still(handle: int, lock: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(handle), lock.stat())
    except FileNotFoundError:
        return False
