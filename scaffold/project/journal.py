"""Changes several files of a project at once: all of them or none, even if the process is killed.

The journal, a file under `.kommo-widget/`, has the old and the new content of each file. It is put in place
by one rename before anything else changes, and deleted at the end; each file is replaced by one rename. The
next command that finds a journal finishes the work, or undoes it if a file has been edited in between. A
journal may come with somebody else's project: paths outside the project or behind a link are refused before
anything is written.

After a merge with conflicts the journal is kept as `undo.json`, for `--abort`. Nothing is synced: the page
cache survives the process.
"""

import base64
import errno
import json
import os
import stat
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from scaffold.errors import ScaffoldError
from scaffold.files.apply.paths import path_faults
from scaffold.files.apply.planning import obstacle
from scaffold.files.archive import MAX_TOTAL_BYTES, MIB
from scaffold.files.bounded import read_bytes
from scaffold.files.exchange import exchange
from scaffold.project import layout
from scaffold.text import reason

_WRITING = f"{layout.FOLDER}/writing.tmp"
"""Temporary file in which each file is written before it is renamed."""

_MAX_BYTES = 2 * MAX_TOTAL_BYTES
"""Size of a journal, which has the old and the new content."""


class Write(NamedTuple):
    """One file that changes."""

    path: str
    """Relative to the project's folder, with forward slashes."""
    before: bytes | None
    """The old content; None if there is no file."""
    after: bytes | None
    """The new content; None to delete the file."""
    program: bool = False
    """Whether a new file is executable."""


class Journal(NamedTuple):
    """What one command changes."""

    command: str
    """As typed, without options: `add llist-0`."""
    writes: tuple[Write, ...]
    open: tuple[str, ...] = ()
    """Paths with conflicts that the user has to resolve."""


def commit(project: Path, journal: Journal) -> None:
    """Make all changes or none; if there are conflicts, keep what `--abort` needs.

    Raises ScaffoldError, without changing anything, if a file has changed or if the system refuses.
    """
    _refuse_elsewhere(project, journal.writes)
    if stale := [write.path for write in journal.writes if _held(project, write.path) != write.before]:
        raise ScaffoldError(f"`{stale[0]}` has changed in the meantime", "run the command again")
    document = _dump(journal)
    if len(document) > _MAX_BYTES:
        raise ScaffoldError(f"more than {_MAX_BYTES // MIB} MiB would change at once", "take large files out")
    try:
        _put(project, layout.JOURNAL, document)
        try:
            for write in journal.writes:
                _apply(project, write, write.after)
        except (OSError, ScaffoldError):
            _restore(project, journal.writes)
            (project / layout.JOURNAL).unlink()
            raise
        if journal.open:
            os.replace(project / layout.JOURNAL, project / layout.UNDO)
        else:
            (project / layout.UNDO).unlink(missing_ok=True)
            (project / layout.JOURNAL).unlink()
    except OSError as error:
        raise ScaffoldError(
            f"cannot write to `{project}`: {reason(error)}", "free disk space, or fix its permissions"
        ) from error


def recover(project: Path) -> str:
    """Finish or undo what a killed command left; return one line about it, empty if there was nothing.

    Raises ScaffoldError if the journal cannot be read or the system refuses.
    """
    _clear(project)
    if not (project / layout.JOURNAL).is_file():
        return ""
    journal = read(project, layout.JOURNAL)
    _refuse_elsewhere(project, journal.writes)
    held = {write.path: _held(project, write.path) for write in journal.writes}
    edited = [write.path for write in journal.writes if held[write.path] not in (write.before, write.after)]
    try:
        if not edited:
            for write in journal.writes:
                _apply(project, write, write.after)
            target = layout.UNDO if journal.open else ""
            os.replace(project / layout.JOURNAL, project / target) if target else _forget(project)
            return f"finished `{journal.command}`, which had been interrupted"
        _restore(project, [write for write in journal.writes if held[write.path] == write.after])
        (project / layout.JOURNAL).unlink()
    except OSError as error:
        raise ScaffoldError(f"cannot finish `{journal.command}` in `{project}`: {reason(error)}") from error
    alone = ", ".join(edited)
    return f"undid `{journal.command}`, which had been interrupted; edited since and left alone: {alone}"


def abort(project: Path, *, force: bool) -> Journal:
    """Restore the files from before the last merge that left conflicts, and return its journal.

    Raises ScaffoldError if there is none, and, without `force`, if files without conflicts have been edited
    since.
    """
    if not (project / layout.UNDO).is_file():
        raise ScaffoldError(
            "there is no merge to abort", "a merge with conflicts can be aborted until the next command"
        )
    journal = read(project, layout.UNDO)
    _refuse_elsewhere(project, journal.writes)
    edited = tuple(
        write.path
        for write in journal.writes
        if write.path not in journal.open and _held(project, write.path) not in (write.before, write.after)
    )
    if edited and not force:
        raise ScaffoldError(
            f"files edited since `{journal.command}` would be overwritten",
            "copy them, or use --force",
            edited,
        )
    back = [Write(w.path, _held(project, w.path), w.before) for w in journal.writes]
    commit(project, Journal(f"abort of {journal.command}", tuple(w for w in back if w.before != w.after)))
    (project / layout.UNDO).unlink(missing_ok=True)
    return journal


def unresolved(project: Path) -> Journal | None:
    """Return the merge that left conflicts, if there is one; they may be resolved by now."""
    return read(project, layout.UNDO) if (project / layout.UNDO).is_file() else None


def read(project: Path, path: str) -> Journal:
    """Read the journal at `path`. Raises ScaffoldError if it is not valid."""
    try:
        document = json.loads(read_bytes(project / path, _MAX_BYTES))
        writes = tuple(
            Write(str(one["path"]), _bytes(one["before"]), _bytes(one["after"]), bool(one["program"]))
            for one in document["files"]
        )
        found = Journal(str(document["command"]), writes, tuple(map(str, document["open"])))
        if faults := path_faults(dict.fromkeys([*(write.path for write in writes), *found.open])):
            raise ValueError(faults)
        return found
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise ScaffoldError(
            f"cannot read {project / path}, which a killed command left",
            "restore the project and delete the file",
        ) from error


def _dump(journal: Journal) -> bytes:
    files = [
        {"path": w.path, "before": _plain(w.before), "after": _plain(w.after), "program": w.program}
        for w in journal.writes
    ]
    document = {"command": journal.command, "open": journal.open, "files": files}
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def _plain(data: bytes | None) -> Any:
    """Return bytes as JSON: a string if they are UTF-8, else an object with base64."""
    if data is None:
        return None
    try:
        return data.decode()
    except UnicodeDecodeError:
        return {"base64": base64.b64encode(data).decode()}


def _bytes(plain: Any) -> bytes | None:
    if plain is None:
        return None
    return base64.b64decode(plain["base64"]) if isinstance(plain, dict) else str(plain).encode()


def _refuse_elsewhere(project: Path, writes: Iterable[Write]) -> None:
    """Raise ScaffoldError if a path is behind a link, or something other than a file is there."""
    paths = (layout.JOURNAL, *(write.path for write in writes))
    if faults := tuple(f"{path!r}: {why}" for path in paths if (why := obstacle(project, path))):
        hint = "replace them with regular files, or restore the project from version control"
        raise ScaffoldError(f"some files of `{project}` cannot be written", hint, faults)


def _clear(project: Path) -> None:
    """Delete the temporary file of a killed write."""
    if not (project / layout.FOLDER).is_symlink():
        with suppress(OSError):  # writing will fail too, and report the reason
            (project / _WRITING).unlink(missing_ok=True)


def _held(project: Path, path: str) -> bytes | None:
    try:
        return read_bytes(project / path, MAX_TOTAL_BYTES)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise ScaffoldError(f"cannot read `{path}`: {reason(error)}") from error


def _apply(project: Path, write: Write, data: bytes | None) -> None:
    """Write or delete one file, unless it already has the right content."""
    held = _held(project, write.path)
    if held == data:
        return
    if data is None:
        (project / write.path).unlink()
        _drop_empty(project, write.path)
    else:
        _put(project, write.path, data, program=write.program)


def _put(project: Path, path: str, data: bytes, *, program: bool = False) -> None:
    """Write a complete file, with the permissions of the file that it replaces."""
    target, writing = project / path, project / _WRITING
    target.parent.mkdir(parents=True, exist_ok=True)
    writing.parent.mkdir(exist_ok=True)
    writing.unlink(missing_ok=True)  # it could be a link
    try:
        writing.write_bytes(data)
        writing.chmod(_mode(target, writing, program=program))
        os.replace(writing, target)
    except OSError as error:
        with suppress(OSError):
            writing.unlink(missing_ok=True)
        if error.errno != errno.EXDEV:
            raise
        exchange({target: data})  # the folder is on another file system
        target.chmod(_mode(target, target, program=program))


def _mode(target: Path, new: Path, *, program: bool) -> int:
    """Return the permissions for a file: those of `target` if it exists, else those of a new file."""
    if target.exists():
        return stat.S_IMODE(target.lstat().st_mode) | (0o111 if program else 0)
    return 0o755 if program else stat.S_IMODE(new.lstat().st_mode)


def _restore(project: Path, writes: Iterable[Write]) -> None:
    for write in writes:
        _apply(project, write, write.before)


def _forget(project: Path) -> None:
    (project / layout.UNDO).unlink(missing_ok=True)
    (project / layout.JOURNAL).unlink()


def _drop_empty(project: Path, path: str) -> None:
    """Delete the folders that are empty without the file."""
    for folder in _folders(path):
        try:
            (project / folder).rmdir()
        except OSError:
            return


def _folders(path: str) -> Sequence[str]:
    """Return the parent folders of a file, innermost first."""
    parts = path.split("/")[:-1]
    return ["/".join(parts[:count]) for count in range(len(parts), 0, -1)]
