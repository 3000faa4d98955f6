"""Changes several files of a project at once: all of them or none, even if the process is killed.

The journal is put in place by one rename before anything else changes, and deleted at the end; each file is
replaced by one rename. The next command that finds a journal finishes the work, or undoes it if a file has
been edited in between. A journal may come with somebody else's project: paths outside the project or behind a
link are refused before anything is written.

After a merge with conflicts the journal is kept as `undo.json`, for `--abort`. Nothing is synced: the page
cache survives the process.
"""

import os
from collections.abc import Iterable
from pathlib import Path

from scaffold.errors import ScaffoldError
from scaffold.project import journal, layout
from scaffold.project.journal import Journal, Write
from scaffold.project.on_disk import clear, held, put, refuse_obstacles, write
from scaffold.text import reason


def commit(project: Path, change: Journal) -> None:
    """Make all changes or none; if there are conflicts, keep what `--abort` needs.

    Raises ScaffoldError, without changing anything, if a file has changed or if the system refuses.
    """
    _refuse_obstacles(project, change)
    if stale := [one.path for one in change.writes if held(project, one.path) != one.before]:
        raise ScaffoldError(f"`{stale[0]}` has changed in the meantime", "run the command again")
    document = journal.dump(change)
    try:
        write(project, layout.JOURNAL, document)
        try:
            _make(project, change)
        except (OSError, ScaffoldError):
            _undo(project, change.writes)
            raise
        _end(project, change)
    except OSError as error:
        raise ScaffoldError(
            f"cannot write to `{project}`: {reason(error)}", "free disk space, or fix its permissions"
        ) from error


def recover(project: Path) -> str:
    """Finish or undo what a killed command left; return one line about it, empty if there was nothing.

    Raises ScaffoldError if the journal cannot be read or the system refuses.
    """
    clear(project)
    if not (project / layout.JOURNAL).is_file():
        return ""
    change = journal.read(project, layout.JOURNAL)
    _refuse_obstacles(project, change)
    now = {one.path: held(project, one.path) for one in change.writes}
    edited = [one.path for one in change.writes if now[one.path] not in (one.before, one.after)]
    try:
        if not edited:
            _make(project, change)
            _end(project, change)
            return f"finished `{change.command}`, which had been interrupted"
        _undo(project, [one for one in change.writes if now[one.path] == one.after])
    except OSError as error:
        raise ScaffoldError(f"cannot finish `{change.command}` in `{project}`: {reason(error)}") from error
    alone = ", ".join(edited)
    return f"undid `{change.command}`, which had been interrupted; edited since and left alone: {alone}"


def abort(project: Path, *, force: bool) -> Journal:
    """Restore the files from before the last merge that left conflicts, and return its journal.

    Raises ScaffoldError if there is none, and, without `force`, if files without conflicts have been edited
    since.
    """
    change = unresolved(project)
    if change is None:
        raise ScaffoldError(
            "there is no merge to abort", "a merge with conflicts can be aborted until the next command"
        )
    _refuse_obstacles(project, change)
    now = {one.path: held(project, one.path) for one in change.writes}
    edited = tuple(
        one.path
        for one in change.writes
        if one.path not in change.open and now[one.path] not in (one.before, one.after)
    )
    if edited and not force:
        hint = "copy them, or use --force"
        raise ScaffoldError(f"files edited since `{change.command}` would be overwritten", hint, edited)
    back = [Write(w.path, now[w.path], w.before) for w in change.writes if now[w.path] != w.before]
    commit(project, Journal(f"abort of {change.command}", tuple(back)))
    (project / layout.UNDO).unlink(missing_ok=True)
    return change


def unresolved(project: Path) -> Journal | None:
    """Return the merge that left conflicts, if there is one; they may be resolved by now."""
    return journal.read(project, layout.UNDO) if (project / layout.UNDO).is_file() else None


def _refuse_obstacles(project: Path, change: Journal) -> None:
    refuse_obstacles(project, [layout.JOURNAL, *(one.path for one in change.writes)])


def _make(project: Path, change: Journal) -> None:
    for one in change.writes:
        put(project, one.path, one.after, program=one.program)


def _undo(project: Path, writes: Iterable[Write]) -> None:
    """Restore the files of `writes`, and delete the journal."""
    for one in writes:
        put(project, one.path, one.before, program=one.program)
    (project / layout.JOURNAL).unlink()


def _end(project: Path, change: Journal) -> None:
    """Delete the journal, or keep it for `--abort` if there are conflicts."""
    if change.open:
        os.replace(project / layout.JOURNAL, project / layout.UNDO)
    else:
        (project / layout.UNDO).unlink(missing_ok=True)
        (project / layout.JOURNAL).unlink()
