"""What a change of the answers, or of the templates, does to each file of a project."""

from collections.abc import Iterator, Mapping
from enum import Enum
from typing import NamedTuple

from scaffold.grow.merge import Sides, merge
from scaffold.grow.merge.files import Conflict
from scaffold.grow.project import Project
from scaffold.project import pristine
from scaffold.project.pristine import Pristine


class Action(Enum):
    """What happens to one file."""

    CREATE = "create"
    MERGE = "merge"
    """The generator's change is put into the user's file."""
    SAME = "same"
    KEEP = "keep"
    """The user's file, or what he did to it, stays against what the generator would do."""
    CONFLICT = "conflict"
    DELETE = "delete"


class Change(NamedTuple):
    """One file, and what happens to it."""

    path: str
    action: Action
    before: bytes | None
    after: bytes | None
    conflicts: tuple[Conflict, ...] = ()
    kept: tuple[Conflict, ...] = ()
    """Units that stay in a file though the generator has taken them out."""
    reason: str = ""
    """For people, where the action does not say it all."""


def changes(project: Project, made: Mapping[str, bytes], sides: Sides) -> Iterator[Change]:
    """Yield what happens to each generated file of `project` when `made` is generated now, sorted by path."""
    for path in sorted({*project.pristine.paths(), *made}):
        yours, new = project.held(path), made.get(path)
        change = _gone(project, path, yours) if new is None else _made(project, path, yours, new, sides)
        if change.before is not None or change.after is not None or change.reason:
            yield change


def _gone(project: Project, path: str, yours: bytes | None) -> Change:
    """Return what becomes of a file that is not generated any more."""
    if yours is None or project.pristine.has(path, yours):
        return Change(path, Action.DELETE, yours, None)
    return Change(
        path, Action.KEEP, yours, yours, reason="edited by hand, and needed no more: delete it if you like"
    )


def _made(project: Project, path: str, yours: bytes | None, new: bytes, sides: Sides) -> Change:
    base = project.pristine
    if yours is None:
        if path not in base:
            return Change(path, Action.CREATE, None, new)
        is_changed = not base.has(path, new)
        return Change(
            path, Action.KEEP, None, None, reason="deleted by hand, stays deleted" if is_changed else ""
        )
    if pristine.text_of(new) is None or path in base.digests:
        return _picture(base, path, yours, new)
    outcome = merge(path, base.texts.get(path), yours, new, sides)
    action = Action.SAME if outcome.data == yours else Action.MERGE
    if outcome.conflicts:
        action = Action.CONFLICT
    return Change(path, action, yours, outcome.data, outcome.conflicts, outcome.kept)


def _picture(base: Pristine, path: str, yours: bytes, new: bytes) -> Change:
    """Return what becomes of a file that is no text: a picture of the user's is never replaced."""
    if yours == new or base.has(path, new):
        return Change(path, Action.SAME, yours, yours)
    if base.has(path, yours):
        return Change(path, Action.MERGE, yours, new)
    return Change(path, Action.KEEP, yours, yours, reason="your own picture")
