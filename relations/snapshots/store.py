"""Where are dated snapshots kept?"""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from relations.errors import BadInput, RelationsError
from relations.scoring.scores import Scores
from relations.settings import Settings
from relations.snapshots.archive import MANIFEST, Archive, pack, unpack
from relations.snapshots.comparing import require_same
from relations.snapshots.locking import PATIENCE_SECONDS, locked
from relations.snapshots.snapshot import Snapshot, check_name, snapshot_of
from relations.writing import write_whole

__all__ = ["Entry", "Snapshot", "Store", "is_store", "scores_of", "snapshot_of"]

_ENDING = ".json"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a store's list."""

    name: str
    at: date
    pairs: int
    events: int


class Store:
    """One file of named snapshots: a zip of sorted JSON that needs no program of ours to be read.

    Parameters
    ----------
    path : str or Path
        The file; it need not exist yet.
    patience_seconds : float
        How long a save waits for another writer.
    """

    def __init__(self, path: str | Path, patience_seconds: float = PATIENCE_SECONDS) -> None:
        self.path = Path(path)
        self._patience = patience_seconds

    def save(self, snapshot: Snapshot, force: bool = False) -> None:
        """Add a snapshot; the file is replaced whole or not at all.

        Raises
        ------
        RelationsError
            When the name is taken and `force` is false, when the file is damaged, newer, or cannot be written.
        """
        with locked(self.path, self._patience):
            entries = self._entries_to_keep()
            taken = _same_name(snapshot.name, entries)
            if taken is not None and not force:
                raise RelationsError(
                    f"{self.path}: there is a snapshot {_bare(taken)!r}. Pass --force (force=True) to replace it."
                )
            if taken is not None:
                del entries[taken]
            entries[snapshot.name + _ENDING] = snapshot.to_bytes()
            self._write(entries)

    def load(self, name: str) -> Snapshot:
        """A snapshot by its name.

        Raises
        ------
        BadInput
            When there is none of this name, or it is damaged.
        """
        check_name(name)
        archive = self._archive()
        entry = name + _ENDING
        if entry in archive.damaged:
            raise BadInput(f"{self.path}: snapshot {name!r} is damaged: {archive.damaged[entry]}.")
        if entry not in archive.entries:
            there = ", ".join(_bare(known) for known in archive.entries) or "none"
            raise BadInput(f"{self.path}: no snapshot {name!r}. There are: {there}.")
        return self._snapshot(entry, archive.entries[entry])

    def list(self) -> tuple[Entry, ...]:
        """Sound snapshots by date and name; `problems` tells of the others."""
        sound, _ = self._sound()
        entries = [Entry(s.name, s.at, sum(not x.directed for x in s.scores), len(s.events)) for s in sound]
        return tuple(sorted(entries, key=lambda entry: (entry.at, entry.name)))

    def problems(self) -> tuple[str, ...]:
        """A sentence for each snapshot that cannot be read; empty when all is well."""
        return self._sound()[1]

    def remove(self, name: str) -> None:
        """Take a snapshot out, also a damaged one.

        Raises
        ------
        BadInput
            When there is none of this name.
        """
        with locked(self.path, self._patience):
            archive = self._archive()
            entry = name + _ENDING
            if entry not in archive.entries and entry not in archive.damaged:
                there = ", ".join(_bare(known) for known in archive.entries) or "none"
                raise BadInput(f"{self.path}: no snapshot {name!r}. There are: {there}.")
            others = [known for known in archive.damaged if known != entry]
            if others:
                raise BadInput(self._damage(others))
            self._write({known: content for known, content in archive.entries.items() if known != entry})

    def _sound(self) -> tuple[tuple[Snapshot, ...], tuple[str, ...]]:
        archive = self._archive()
        problems = [f"{self.path}: snapshot {_bare(name)!r} is {what}." for name, what in archive.damaged.items()]
        sound = []
        for entry, content in archive.entries.items():
            try:
                sound.append(self._snapshot(entry, content))
            except BadInput as error:
                problems.append(str(error))
        return tuple(sound), tuple(problems)

    def _snapshot(self, entry: str, content: bytes) -> Snapshot:
        try:
            snapshot = Snapshot.from_bytes(content)
        except BadInput as error:
            raise BadInput(f"{self.path}: snapshot {_bare(entry)!r}: {error}") from None
        if snapshot.name + _ENDING != entry:
            raise BadInput(f"{self.path}: entry {entry!r} holds a snapshot of another name, {snapshot.name!r}.")
        return snapshot

    def _archive(self) -> Archive:
        try:
            data = self.path.read_bytes()
        except FileNotFoundError:
            raise BadInput(
                f"{self.path}: no such store. Save a snapshot first: relations snapshot save NAME INPUT."
            ) from None
        except OSError as error:
            raise BadInput(f"{self.path}: cannot be read ({error.strerror}).") from None
        try:
            return unpack(data)
        except BadInput as error:
            raise BadInput(f"{self.path}: {error}") from None

    def _entries_to_keep(self) -> dict[str, bytes]:
        if not self.path.exists():
            return {}
        archive = self._archive()
        if archive.damaged:
            raise BadInput(self._damage(archive.damaged))
        return dict(archive.entries)

    def _damage(self, names: Iterable[str]) -> str:
        damaged = ", ".join(repr(_bare(name)) for name in names)
        return f"{self.path}: {damaged} cannot be read. Remove it first, so that nothing is lost by writing over it."

    def _write(self, entries: dict[str, bytes]) -> None:
        write_whole(self.path, pack(entries))
        _sync_folder(self.path.parent)


def _bare(entry: str) -> str:
    return entry.removesuffix(_ENDING)


def _same_name(name: str, entries: Iterable[str]) -> str | None:
    """The entry of this name in whatever case: some disks know no case."""
    return next((entry for entry in entries if _bare(entry).casefold() == name.casefold()), None)


def _sync_folder(folder: Path) -> None:
    """Make the renaming last through a power cut, where the system can."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(handle)
    except OSError:
        return
    finally:
        os.close(handle)


def is_store(path: str | Path) -> bool:
    """Whether a file is a store of snapshots, by its first bytes."""
    try:
        with Path(path).open("rb") as file:
            start = file.read(64)
    except OSError:
        return False
    return start.startswith(b"PK\x03\x04") and MANIFEST.encode() in start


def scores_of(snapshots: Iterable[Snapshot]) -> Scores:
    """Scores of saved snapshots, one for each of their days; of two of one day the later in the list holds.

    Raises
    ------
    NotComparable
        When they were made with different settings.
    """
    kept = list(snapshots)
    for snapshot in kept[1:]:
        require_same(kept[0].settings, snapshot.settings)
    settings = kept[0].settings if kept else Settings()
    documents = max((snapshot.documents for snapshot in kept), default=0)
    return Scores({snapshot.at: snapshot.ledger() for snapshot in kept}, settings, documents=documents)
