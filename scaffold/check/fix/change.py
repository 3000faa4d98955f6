"""What a fix is: changes that fix one finding, not yet carried out."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import NamedTuple

from scaffold.check.findings import Finding
from scaffold.check.model.widget import Widget
from scaffold.documents.edit.jsonedit import Change


class Fix(NamedTuple):
    """The fix of one finding."""

    what: str
    """What is changed, one line."""
    edits: Mapping[str, tuple[Change, ...]] = MappingProxyType({})
    """Changes of JSON files, by path; those of all findings go into a file together."""
    files: Mapping[str, bytes | None] = MappingProxyType({})
    """Whole files; None for one that goes."""
    deletions: tuple[str, ...] = ()
    """Files and folders to delete that are not part of the widget."""


class Left(NamedTuple):
    """A finding of a kind that has fixes, but not this one."""

    why: str
    """One line."""


class Subject(NamedTuple):
    """A widget on its way through the rounds of fixing."""

    widget: Widget
    """As it is now."""
    original: Widget
    """As the user made it."""
    platform: str
    draws: bool = True
    """Whether pictures are made; without, a fix of one says only that there would be."""


Fixer = Callable[[Subject, Finding], Fix | Left | None]
"""From a finding to its fix; None where somebody must decide."""


def edit(path: str, what: str, *changes: Change) -> Fix:
    """Return a fix that changes one JSON file."""
    return Fix(what, {path: changes})
