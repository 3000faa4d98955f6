"""What a fix is: the changes that fix one finding, not yet applied."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import NamedTuple

from scaffold.check.findings import Finding
from scaffold.check.model.widget import Widget
from scaffold.documents.edit.changes import Change


class Fix(NamedTuple):
    """The fix of one finding."""

    what: str
    """What to change: an imperative, one line."""
    edits: Mapping[str, tuple[Change, ...]] = MappingProxyType({})
    """Edits of JSON files, by path; the edits of all findings are applied to a file together."""
    files: Mapping[str, bytes | None] = MappingProxyType({})
    """Whole files; None to delete one."""
    deletions: tuple[str, ...] = ()
    """Files and folders to delete that are in the widget's folder but not part of the widget."""


class Left(NamedTuple):
    """A finding that is left as it is, although its rule has a fixer."""

    why: str
    """The reason, one line."""


@dataclass(frozen=True, slots=True)
class Subject:
    """A widget on its way through the rounds of fixing."""

    widget: Widget
    """As it is now."""
    original: Widget
    """As the user made it."""
    platform: str
    draws: bool = True
    """Whether pictures are drawn; if not, their fixes have empty files."""


Fixer = Callable[[Subject, Finding], Fix | Left | None]
"""From a finding to its fix; None if a person must decide."""

ProposedFix = tuple[Finding, Fix]
"""A finding and the fix for it."""


def edit(path: str, what: str, *changes: Change) -> Fix:
    """Return a fix that edits one JSON file."""
    return Fix(what, {path: changes})
