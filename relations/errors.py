"""What can go wrong, in words that say what to do next?"""

from __future__ import annotations


class RelationsError(Exception):
    """Anything this package refuses; the message says what was found and the remedy."""


class BadRecord(RelationsError, ValueError):
    """A record that contradicts its own field's range or kind."""


class BadInput(RelationsError):
    """An input that cannot be read: the message names the file, the line and the remedy."""


class BadDate(BadInput):
    """A document or option without a date that can be read."""


class NoSuchActor(RelationsError, KeyError):
    """A country or dyad that is not known; the message suggests near ones."""

    def __str__(self) -> str:
        return str(self.args[0]) if self.args else ""


class NoEvidence(RelationsError, KeyError):
    """A dyad without a scored event at the date asked for."""

    def __str__(self) -> str:
        return str(self.args[0]) if self.args else ""


class NotComparable(RelationsError):
    """Two snapshots made with different settings."""


class MissingExtra(RelationsError, ImportError):
    """An optional dependency is needed; the message names the extra to install."""
