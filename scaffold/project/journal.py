"""Changes of a project that happen as one: written down before the first, undone or finished after a kill.

The journal, one file under `.kommo-widget/`, has each file as it was and as it is to be. It comes to its
place by one rename before anything else is touched, and goes when all is done. Who finds it there finishes
what it says; or undoes it, where a file has been edited since and is neither. Each file comes to its place by
one rename. A journal may come with a project of somebody else: what it says outside the project, or through a
link, is refused before anything is written.

After a merge with conflicts the journal stays as `undo.json`, for `--abort`. Nothing is synced: the page
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
"""Where each file is written before it comes to its place; on one file system with all of them."""


_MAX_BYTES = 2 * MAX_TOTAL_BYTES
"""Of a journal: it holds what was there, and what is to be there."""


class Write(NamedTuple):
    """One file that changes."""

    path: str
    """From the project's folder, with forward slashes."""
    before: bytes | None
    """What is there; None for nothing."""
    after: bytes | None
    """What is to be there; None for nothing."""
    program: bool = False
    """Whether a new file is a program."""


class Journal(NamedTuple):
    """What one command changes."""

    command: str
    """As people write it: `add llist-0`."""
    writes: tuple[Write, ...]
    open: tuple[str, ...] = ()
    """Paths with conflicts that are left to the user."""


def commit(project: Path, journal: Journal) -> None:
    """Make the changes, all or none; keep what `--abort` needs where there are conflicts.

    Raises ScaffoldError where a file is not as it was, or the system refuses; nothing is changed then.
    """
    _refuse_elsewhere(project, journal.writes)
    if stale := [write.path for write in journal.writes if _held(project, write.path) != write.before]:
        raise ScaffoldError(f"`{stale[0]}` has changed meanwhile", "run the command again")
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
            f"cannot write to `{project}`: {reason(error)}", "make room, or fix its permissions"
        ) from error


def recover(project: Path) -> str:
    """Finish or undo what a killed command left; return what was done, one line, empty for nothing.

    Raises ScaffoldError where the journal cannot be read, or the system refuses.
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
    """Put back what was there before the last merge that left conflicts, and return what it was.

    Raises ScaffoldError where there is none, and, without `force`, for files without conflicts that have been
    edited since.
    """
    if not (project / layout.UNDO).is_file():
        raise ScaffoldError(
            "there is no merge to abort", "one that left conflicts can be, until the next command"
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
            f"edited since `{journal.command}`: what was there before would replace it",
            "copy it, or add --force",
            edited,
        )
    back = [Write(w.path, _held(project, w.path), w.before) for w in journal.writes]
    commit(project, Journal(f"abort of {journal.command}", tuple(w for w in back if w.before != w.after)))
    (project / layout.UNDO).unlink(missing_ok=True)
    return journal


def unresolved(project: Path) -> Journal | None:
    """Return the merge whose conflicts may still be open, if there is one."""
    return read(project, layout.UNDO) if (project / layout.UNDO).is_file() else None


def read(project: Path, path: str) -> Journal:
    """Return the journal at `path`. Raises ScaffoldError for what is none."""
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
    """Return bytes as JSON holds them: as text where they are some."""
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
    """Raise ScaffoldError for a file behind a link, or in the place of something that is not a file."""
    paths = (layout.JOURNAL, *(write.path for write in writes))
    if faults := tuple(f"{path!r}: {why}" for path in paths if (why := obstacle(project, path))):
        hint = "put the files themselves there, or take the project from version control"
        raise ScaffoldError(f"some files of `{project}` cannot be written", hint, faults)


def _clear(project: Path) -> None:
    """Remove what a killed write left half done."""
    if not (project / layout.FOLDER).is_symlink():
        with suppress(OSError):  # who cannot remove it cannot write either, and is told why then
            (project / _WRITING).unlink(missing_ok=True)


def _held(project: Path, path: str) -> bytes | None:
    try:
        return read_bytes(project / path, MAX_TOTAL_BYTES)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise ScaffoldError(f"cannot read `{path}`: {reason(error)}") from error


def _apply(project: Path, write: Write, data: bytes | None) -> None:
    """Make one file what it is to be, if it is not already."""
    held = _held(project, write.path)
    if held == data:
        return
    if data is None:
        (project / write.path).unlink()
        _drop_empty(project, write.path)
    else:
        _put(project, write.path, data, program=write.program)


def _put(project: Path, path: str, data: bytes, *, program: bool = False) -> None:
    """Write a file whole, with the permissions of the one it replaces."""
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
        exchange({target: data})  # the folder is on another file system, and takes the file first
        target.chmod(_mode(target, target, program=program))


def _mode(target: Path, new: Path, *, program: bool) -> int:
    """Return the permissions of a file: as it had them, or as a new one has."""
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
    """Remove the folders that the file was alone in."""
    for folder in _folders(path):
        try:
            (project / folder).rmdir()
        except OSError:
            return


def _folders(path: str) -> Sequence[str]:
    """Return the folders that lead to a file, the innermost first."""
    parts = path.split("/")[:-1]
    return ["/".join(parts[:count]) for count in range(len(parts), 0, -1)]
