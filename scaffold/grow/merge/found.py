"""The result of a merge by units."""

from dataclasses import dataclass, field
from typing import NamedTuple

from scaffold.grow.merge.edits import Edit


class Note(NamedTuple):
    """A unit to report."""

    what: str
    """Its key, or its text in the new version."""
    at: int
    """Offset in the user's text, in bytes."""


@dataclass
class Found:
    """The result of a merge."""

    edits: list[Edit] = field(default_factory=list)
    """Of the user's text."""
    kept: list[Note] = field(default_factory=list)
    """Units that the new version removed and the user edited."""
    conflicts: list[Note] = field(default_factory=list)
    """Values that both sides changed, without conflict markers: with the new version's text."""

    def take(self, other: "Found") -> None:
        """Add the result of another merge."""
        self.edits += other.edits
        self.kept += other.kept
        self.conflicts += other.conflicts
