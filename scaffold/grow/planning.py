"""What a change of the answers, or of the templates, does to each file of a project."""

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
"""What users add their own to: what was generated goes out of it one by one."""


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
    paste: tuple[str, ...] = ()
    """Code that has no safe place in the user's own script, for him to paste."""
    reason: str = ""
    """For people, where the action does not say it all."""


def changes(project: Project, made: Mapping[str, bytes], sides: Sides) -> Iterator[Change]:
    """Yield what happens to each generated file of `project` when `made` is generated now, sorted by path."""
    for path in sorted({*project.pristine.paths(), *made}):
        yours, new = project.held(path), made.get(path)
        change = (
            _gone(project, path, yours, sides) if new is None else _made(project, path, yours, new, sides)
        )
        if change.before is not None or change.after is not None or change.reason:
            yield change


def _gone(project: Project, path: str, yours: bytes | None, sides: Sides) -> Change:
    """Return what becomes of a file that is not generated any more."""
    if yours is None or project.pristine.has(path, yours):
        return Change(path, Action.DELETE, yours, None)
    if path.endswith(_SHARED):
        outcome = merge(path, project.pristine.texts.get(path), yours, b"", sides)
        if outcome.data != yours and not outcome.conflicts:
            return Change(path, Action.MERGE, yours, outcome.data, kept=outcome.kept)
    reason = "edited by hand, and needed no more: delete it if you like"
    return Change(path, Action.KEEP, yours, yours, reason=reason)


def _made(project: Project, path: str, yours: bytes | None, new: bytes, sides: Sides) -> Change:
    base = project.pristine
    adopted = project.state.adopted
    if adopted and (change := _foreign(base, path, yours, new)):
        return change
    if yours is None:
        if not base.knows(path):
            return Change(path, Action.CREATE, None, new)
        is_changed = not base.has(path, new)
        return Change(
            path, Action.KEEP, None, None, reason="deleted by hand, stays deleted" if is_changed else ""
        )
    if pristine.text_of(new) is None or path in base.digests:
        return _picture(base, path, yours, new)
    outcome = merge(path, base.texts.get(path), yours, new, sides, is_foreign=adopted)
    if adopted and outcome.conflicts and not path.endswith(".json"):
        reason = "what is new has no safe place in it: paste it yourself"
        return Change(path, Action.KEEP, yours, yours, paste=(new.decode(),), reason=reason)
    action = Action.SAME if outcome.data == yours else Action.MERGE
    if outcome.conflicts:
        action = Action.CONFLICT
    return Change(path, action, yours, outcome.data, outcome.conflicts, outcome.kept)


def _foreign(base: Pristine, path: str, yours: bytes | None, new: bytes) -> Change | None:
    """Return what becomes of a file of a widget that was not made here, where that is special."""
    if path.rpartition("/")[2] == SCRIPT:
        return _script(base.texts.get(path, ""), path, yours, new)
    if base.knows(path):
        is_missing = yours is None and not base.has(path, new) and "i18n/" not in path
        return Change(path, Action.CREATE, None, new) if is_missing else None
    if yours is None or yours == new:
        return None
    return Change(
        path, Action.KEEP, yours, yours, reason="your own file of this name, which the area would use"
    )


def _script(before: str, path: str, yours: bytes | None, new: bytes) -> Change:
    """Return what becomes of a script that was not made here."""
    from scaffold.grow.foreign import insert, pieces

    mine, other = form.read(yours or b""), pristine.text_of(new)
    if mine is None or other is None or other == before:
        return Change(path, Action.SAME, yours, yours)
    if yours is None:
        reason = "there is no script here: paste what is new into what yours is made of"
        return Change(path, Action.KEEP, None, None, paste=pieces(before, other), reason=reason)
    made = insert(before, mine[0], other)
    data = mine[1].write(made.text)
    action = Action.MERGE if data != yours else Action.KEEP if made.pieces else Action.SAME
    reason = "some of what is new has no safe place in it: paste it yourself" if made.pieces else ""
    return Change(path, action, yours, data, paste=made.pieces, reason=reason)


def _picture(base: Pristine, path: str, yours: bytes, new: bytes) -> Change:
    """Return what becomes of a file that is not text: a picture of the user's is never replaced."""
    if yours == new or base.has(path, new):
        return Change(path, Action.SAME, yours, yours)
    if base.has(path, yours):
        return Change(path, Action.MERGE, yours, new)
    return Change(path, Action.KEEP, yours, yours, reason="your own picture")
