"""Plans what a change of the answers, or of the templates, does to each file of a project."""

from collections.abc import Iterator, Mapping
from enum import Enum
from typing import NamedTuple

from scaffold.grow.merge import Sides, form, merge
from scaffold.grow.merge.files import Conflict
from scaffold.grow.project import Project
from scaffold.project import pristine
from scaffold.project.pristine import Pristine

SCRIPT = "script.js"

_SHARED = ".css"
"""Suffix of files that users add to: if not generated any more, only the generated units are removed."""


class Action(Enum):
    """What happens to one file."""

    CREATE = "create"
    MERGE = "merge"
    """The generator's change is merged into the user's file."""
    SAME = "same"
    KEEP = "keep"
    """The user's version, which may be no file, takes precedence over the generator's."""
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
    """Units that stay in the file although the generator has removed them."""
    paste: tuple[str, ...] = ()
    """Code that has no safe place in the user's file; the user must paste it."""
    reason: str = ""
    """For the user, if the action alone does not explain it."""


def changes(project: Project, made: Mapping[str, bytes], sides: Sides) -> Iterator[Change]:
    """Yield what happens to each generated file of `project` when `made` is generated now, sorted by path."""
    for path in sorted({*project.pristine.paths(), *made}):
        yours, new = project.held(path), made.get(path)
        change = (
            _not_generated(project, path, yours, sides)
            if new is None
            else _generated(project, path, yours, new, sides)
        )
        if change.before is not None or change.after is not None or change.reason:
            yield change


def _not_generated(project: Project, path: str, yours: bytes | None, sides: Sides) -> Change:
    """Return what happens to a file that is not generated any more."""
    if yours is None or project.pristine.has(path, yours):
        return Change(path, Action.DELETE, yours, None)
    if path.endswith(_SHARED):
        outcome = merge(path, project.pristine.texts.get(path), yours, b"", sides)
        if outcome.data != yours and not outcome.conflicts:
            return Change(path, Action.MERGE, yours, outcome.data, kept=outcome.kept)
    reason = "edited by hand, and no longer needed: delete it if you like"
    return Change(path, Action.KEEP, yours, yours, reason=reason)


def _generated(project: Project, path: str, yours: bytes | None, new: bytes, sides: Sides) -> Change:
    base = project.pristine
    adopted = project.state.adopted
    if adopted and (change := _foreign(base, path, yours, new)):
        return change
    if yours is None:
        if not base.knows(path):
            return Change(path, Action.CREATE, None, new)
        is_changed = not base.has(path, new)
        return Change(
            path, Action.KEEP, None, None, reason="deleted by hand: stays deleted" if is_changed else ""
        )
    if pristine.text_of(new) is None or path in base.digests:
        return _picture(base, path, yours, new)
    outcome = merge(path, base.texts.get(path), yours, new, sides, is_foreign=adopted)
    if adopted and outcome.conflicts and not path.endswith(".json"):
        reason = "the new code has no safe place in it: paste it yourself"
        return Change(path, Action.KEEP, yours, yours, paste=(new.decode(),), reason=reason)
    action = Action.SAME if outcome.data == yours else Action.MERGE
    if outcome.conflicts:
        action = Action.CONFLICT
    return Change(path, action, yours, outcome.data, outcome.conflicts, outcome.kept)


def _foreign(base: Pristine, path: str, yours: bytes | None, new: bytes) -> Change | None:
    """Return what happens to a file of an adopted widget, if it differs from that of a generated one."""
    if path.rpartition("/")[2] == SCRIPT:
        return _script(base.texts.get(path, ""), path, yours, new)
    if base.knows(path):
        is_missing = yours is None and not base.has(path, new) and "i18n/" not in path
        return Change(path, Action.CREATE, None, new) if is_missing else None
    if yours is None or yours == new:
        return None
    return Change(path, Action.KEEP, yours, yours, reason="your own file; the area needs a file of this name")


def _script(before: str, path: str, yours: bytes | None, new: bytes) -> Change:
    """Return what happens to the script of an adopted widget."""
    from scaffold.grow.foreign import insert, pieces

    mine, other = form.read(yours or b""), pristine.text_of(new)
    if mine is None or other is None or other == before:
        return Change(path, Action.SAME, yours, yours)
    if yours is None:
        reason = "there is no script here: paste the new code into the sources of yours"
        return Change(path, Action.KEEP, None, None, paste=pieces(before, other), reason=reason)
    made = insert(before, mine[0], other)
    data = mine[1].write(made.text)
    action = Action.MERGE if data != yours else Action.KEEP if made.pieces else Action.SAME
    reason = "some of the new code has no safe place in it: paste it yourself" if made.pieces else ""
    return Change(path, action, yours, data, paste=made.pieces, reason=reason)


def _picture(base: Pristine, path: str, yours: bytes, new: bytes) -> Change:
    """Return what happens to a file that is not text: the user's own picture is never replaced."""
    if yours == new or base.has(path, new):
        return Change(path, Action.SAME, yours, yours)
    if base.has(path, yours):
        return Change(path, Action.MERGE, yours, new)
    return Change(path, Action.KEEP, yours, yours, reason="your own picture")
