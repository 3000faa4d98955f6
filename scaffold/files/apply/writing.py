"""Executes a plan: writes all files or none.

Everything is first written to a temporary folder, `.<name>.<random>.tmp`. It is beside the destination, or in
it if the parent folder is read-only or on another file system. Then the files are put in place:

- A new or empty destination is replaced by one rename. At any moment it has all files or none, whatever kills
  the process; of two concurrent runs one wins and the other gets an error.
- A destination that is the current folder or contains `.git` cannot be replaced. The top entries are renamed
  into it one by one, the project's record last: without it the folder is not a project yet. After an error
  they are moved back; a kill during the renames, which take less than a millisecond, may leave some of them.
- In an occupied destination each file is replaced by one rename, so it is either old or new. All files are
  on the disk by then, so a full disk is noticed before the first of them changes.

A killed run may leave its temporary folder, which is safe to delete and never read. Nothing is synced: the
page cache survives the process, and after a power cut the command can be repeated.
"""

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from scaffold.errors import ScaffoldError
from scaffold.files import permissions
from scaffold.files.apply.paths import shown
from scaffold.files.apply.planning import Plan, State, Verb, obstacle, plan
from scaffold.text import reason

_TAKEN = {errno.EEXIST, errno.ENOTEMPTY, errno.ENOTDIR}
"""Errors of a rename to a path that exists by now: a folder with files, a file, a link."""


def execute(planned: Plan, force: bool = False, last: str = "") -> None:
    """Write the files of a plan; `force` allows replacing files in an occupied destination.

    `last` is the top entry that is put in place last, such as a project's record.

    Raises ScaffoldError if the destination is occupied and `force` is not given, if there is a conflict, if
    the destination has changed since it was planned, and with the system's reason if writing fails.
    """
    ensure_allowed(planned, force)
    root = planned.destination
    try:
        workshop = _workshop(planned)
        with _staged(planned, workshop) as staged:
            if planned.state is State.OCCUPIED:
                _replace(staged, planned)
            elif planned.state is State.ABSENT or (workshop != root and _is_replaceable(planned)):
                _publish(staged, root)
            else:
                _move_in(staged, root, last)
    except OSError as error:
        why = reason(error)
        hint = "choose a folder that can be written, or free disk space"
        raise ScaffoldError(f"cannot write `{shown(root)}`: {why}", hint) from error


def ensure_allowed(planned: Plan, force: bool = False) -> None:
    """Raise the ScaffoldError with which `execute` would refuse the plan now, if it would."""
    name = shown(planned.destination)
    if planned.state is State.OCCUPIED and not force:
        ways = "choose another name, or replace its generated files with --force"
        raise ScaffoldError(f"`{name}` exists and is not empty", ways)
    if conflicts := planned.having(Verb.CONFLICT):
        lines = tuple(f"{change.path}: {change.reason}" for change in conflicts)
        raise ScaffoldError(
            f"some files cannot be written to `{name}`", "move away what is in the way", lines
        )
    if (
        planned.state is State.OCCUPIED
        and plan(planned.tree, planned.destination, planned.executable) != planned
    ):
        raise ScaffoldError(f"`{name}` has changed in the meantime", "run the command again")


def _workshop(planned: Plan) -> Path:
    """Return where to create the temporary folder: the destination's parent, or the destination itself."""
    root = planned.destination
    if planned.state is State.ABSENT:
        return next(folder for folder in root.parents if folder.exists())
    is_one_system = root.stat().st_dev == root.parent.stat().st_dev
    return root.parent if is_one_system and os.access(root.parent, os.W_OK | os.X_OK) else root


def _is_replaceable(planned: Plan) -> bool:
    """Return whether the destination can be replaced: it is empty, and not a parent of the current folder."""
    current = Path.cwd()
    return planned.state is State.EMPTY and planned.destination not in (current, *current.parents)


@contextmanager
def _staged(planned: Plan, workshop: Path) -> Iterator[Path]:
    """Write the files to a new folder in `workshop`, and delete what is left of it at the end."""
    folder = workshop / f".{planned.destination.name[:40]}.{os.urandom(4).hex()}.tmp"
    folder.mkdir()
    try:
        made = {""}
        for change in planned.changes:
            if change.verb is not Verb.IDENTICAL:
                _make_parents(folder, change.path, made)
                with open(f"{folder}/{change.path}", "xb") as file:
                    file.write(change.after)
                if change.path in planned.executable:
                    os.chmod(f"{folder}/{change.path}", 0o755)  # noqa: S103 - as git does
        yield folder
    finally:
        _discard(folder)


def _discard(folder: Path) -> None:
    try:
        folder.rmdir()
    except FileNotFoundError:  # it is the destination now
        return
    except OSError:
        from shutil import rmtree

        rmtree(folder, ignore_errors=True)


def _make_parents(folder: Path, path: str, made: set[str]) -> None:
    """Create the parent folders of `path` that are not in `made`, and add them to it."""
    parent = path.rpartition("/")[0]
    if parent not in made:
        _make_parents(folder, parent, made)
        os.mkdir(f"{folder}/{parent}")
        made.add(parent)


def _publish(staged: Path, root: Path) -> None:
    """Create the parent folders of `root`, and move the whole folder there by one rename."""
    missing = [folder for folder in root.parents if not folder.exists()]
    try:
        root.parent.mkdir(parents=True, exist_ok=True)
        if root.exists():
            staged.chmod(stat.S_IMODE(root.stat().st_mode))
            if os.name == "nt":  # a rename cannot replace even an empty folder
                root.rmdir()
        _rename(staged, root)
    except BaseException:
        for folder in missing:
            with suppress(OSError):
                folder.rmdir()
        raise


def _move_in(staged: Path, root: Path, last: str) -> None:
    """Move the top entries into the destination: folders, then files, then the one named `last`."""
    entries = sorted(staged.iterdir(), key=lambda entry: (entry.name == last, entry.is_file(), entry.name))
    begun: list[Path] = []
    try:
        for entry in entries:
            if os.path.lexists(root / entry.name):
                raise _taken(root / entry.name)
            begun.append(entry)
            _rename(entry, root / entry.name)
    except BaseException:
        for entry in begun:
            if not entry.exists():
                os.rename(root / entry.name, entry)
        raise


def _replace(staged: Path, planned: Plan) -> None:
    """Move each file to its place, with the permissions of the file that it replaces."""
    for change in (*planned.having(Verb.CREATE), *planned.having(Verb.REPLACE)):
        if why := obstacle(planned.destination, change.path):
            raise ScaffoldError(f"cannot write `{change.path}`: {why}", "run the command again")
        target = planned.destination / change.path
        target.parent.mkdir(parents=True, exist_ok=True)
        permissions.keep(staged / change.path, target)
        os.replace(staged / change.path, target)


def _rename(source: Path, target: Path) -> None:
    try:
        os.rename(source, target)
    except OSError as error:
        if error.errno in _TAKEN:
            raise _taken(target) from error
        raise


def _taken(place: Path) -> ScaffoldError:
    return ScaffoldError(f"`{shown(place)}` has been created in the meantime", "choose another name")
