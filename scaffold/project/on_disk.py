"""Reads, replaces and deletes single files of a project."""

import errno
import os
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from scaffold.errors import ScaffoldError
from scaffold.files import permissions
from scaffold.files.apply.planning import obstacle
from scaffold.files.archive import MAX_TOTAL_BYTES
from scaffold.files.bounded import read_bytes
from scaffold.files.exchange import exchange
from scaffold.project import layout
from scaffold.text import reason


def refuse_obstacles(project: Path, paths: Sequence[str]) -> None:
    """Raise ScaffoldError if one of `paths` is behind a link, or something other than a file is there."""
    if faults := tuple(f"{path!r}: {why}" for path in paths if (why := obstacle(project, path))):
        hint = "replace them with regular files, or restore the project from version control"
        raise ScaffoldError(f"some files of `{project}` cannot be written", hint, faults)


def held(project: Path, path: str) -> bytes | None:
    """Return a file's content; None if it does not exist. Raises ScaffoldError."""
    try:
        return read_bytes(project / path, MAX_TOTAL_BYTES)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise ScaffoldError(f"cannot read `{path}`: {reason(error)}") from error


def put(project: Path, path: str, data: bytes | None, *, program: bool = False) -> None:
    """Write or delete a file, unless it already has the right content. Raises OSError and ScaffoldError."""
    if held(project, path) == data:
        return
    if data is None:
        (project / path).unlink()
        _drop_empty(project, path)
    else:
        write(project, path, data, program=program)


def clear(project: Path) -> None:
    """Delete the temporary file of a write that was killed."""
    if not (project / layout.FOLDER).is_symlink():
        with suppress(OSError):  # the next write will fail too, and report the reason
            (project / layout.WRITING).unlink(missing_ok=True)


def write(project: Path, path: str, data: bytes, *, program: bool = False) -> None:
    """Write a file by one rename, with the permissions of the one that it replaces. Raises OSError."""
    target, writing = project / path, project / layout.WRITING
    target.parent.mkdir(parents=True, exist_ok=True)
    writing.parent.mkdir(exist_ok=True)
    writing.unlink(missing_ok=True)  # it could be a link
    try:
        writing.write_bytes(data)
        permissions.keep(writing, target, program=program)
        os.replace(writing, target)
    except OSError as error:
        with suppress(OSError):
            writing.unlink(missing_ok=True)
        if error.errno != errno.EXDEV:
            raise
        exchange({target: data})  # the folder is on another file system
        permissions.keep(target, target, program=program)


def _drop_empty(project: Path, path: str) -> None:
    """Delete the folders that are empty without the file, innermost first."""
    folder = path.rpartition("/")[0]
    while folder:
        try:
            (project / folder).rmdir()
        except OSError:
            return
        folder = folder.rpartition("/")[0]
