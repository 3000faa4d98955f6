"""Carry out a plan: whole, or not at all.

Everything is written to a temporary folder first, `.<name>.<random>.tmp` beside the destination, or inside it
where the one beside is on another file system or closed to us. Only then does it go to its place:

- A new or empty destination gets it by one rename, so at any moment it has all or nothing, whatever kills the
  process; of two runs at once one wins and the other gets an error.
- An empty current folder cannot be replaced under the user's feet, and one with `.git` must keep it: the top
  entries are renamed into it one by one, a project's record last, without which it is not a project yet. An
  error takes them out again; a kill within those renames, well below a millisecond, may leave some behind.
- In an occupied destination each file is replaced by one rename, so it is old or new, never half. As all are
  on the disk by then, a full disk shows before the first of them.

A killed run may leave its temporary folder, which is safe to delete; no run ever reads one. Nothing is
synced: the page cache survives the process, and what a power cut takes one command writes again.
"""

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from scaffold.errors import ScaffoldError
from scaffold.files.apply.paths import shown
from scaffold.files.apply.planning import Plan, State, Verb, obstacle, plan
from scaffold.text import reason

_TAKEN = {errno.EEXIST, errno.ENOTEMPTY, errno.ENOTDIR}
"""How a rename fails onto something that has appeared: a folder with files, a file, a link."""


def execute(planned: Plan, force: bool = False, last: str = "") -> None:
    """Write what `planned` says; `force` lets files of an occupied destination be replaced.

    `last` is the top entry that makes the destination what it is to be, and comes to its place last.

    Raises ScaffoldError for an occupied destination without `force`, for any conflict, for a destination that
    has changed since it was planned, and with the system's reason where it refuses to write.
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
        hint = "choose a folder that can be written, or make room"
        raise ScaffoldError(f"cannot write `{shown(root)}`: {why}", hint) from error


def ensure_allowed(planned: Plan, force: bool = False) -> None:
    """Raise the ScaffoldError with which `execute` would refuse the plan as it is, if it would."""
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
        raise ScaffoldError(f"`{name}` has changed since it was looked at", "run the command again")


def _workshop(planned: Plan) -> Path:
    """Return the folder for the temporary one: what holds the destination, else the destination itself."""
    root = planned.destination
    if planned.state is State.ABSENT:
        return next(folder for folder in root.parents if folder.exists())
    is_one_system = root.stat().st_dev == root.parent.stat().st_dev
    return root.parent if is_one_system and os.access(root.parent, os.W_OK | os.X_OK) else root


def _is_replaceable(planned: Plan) -> bool:
    """Return whether the destination may be exchanged: it is empty, and not under our own feet."""
    current = Path.cwd()
    return planned.state is State.EMPTY and planned.destination not in (current, *current.parents)


@contextmanager
def _staged(planned: Plan, workshop: Path) -> Iterator[Path]:
    """Write the files to a new folder in `workshop`; remove what is left of it in the end."""
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
                    os.chmod(f"{folder}/{change.path}", 0o755)  # noqa: S103 - as git checks out a program
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
    """Make the folders that lead to `path`, but those in `made`, and add them to it."""
    parent = path.rpartition("/")[0]
    if parent not in made:
        _make_parents(folder, parent, made)
        os.mkdir(f"{folder}/{parent}")
        made.add(parent)


def _publish(staged: Path, root: Path) -> None:
    """Put the whole folder in its place by one rename, and make the folders that lead there."""
    missing = [folder for folder in root.parents if not folder.exists()]
    try:
        root.parent.mkdir(parents=True, exist_ok=True)
        if root.exists():
            staged.chmod(stat.S_IMODE(root.stat().st_mode))
            if os.name == "nt":  # where a rename replaces no folder, not even an empty one
                root.rmdir()
        _rename(staged, root)
    except BaseException:
        for folder in missing:
            with suppress(OSError):
                folder.rmdir()
        raise


def _move_in(staged: Path, root: Path, last: str) -> None:
    """Move the top entries into the destination: folders, files, and the one named `last`."""
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
    """Put each file in its place, with the permissions of the one it replaces."""
    for change in (*planned.having(Verb.CREATE), *planned.having(Verb.REPLACE)):
        if why := obstacle(planned.destination, change.path):
            raise ScaffoldError(f"cannot write `{change.path}`: {why}", "run the command again")
        target = planned.destination / change.path
        target.parent.mkdir(parents=True, exist_ok=True)
        if change.verb is Verb.REPLACE:
            (staged / change.path).chmod(stat.S_IMODE(target.lstat().st_mode))
        os.replace(staged / change.path, target)


def _rename(source: Path, target: Path) -> None:
    try:
        os.rename(source, target)
    except OSError as error:
        if error.errno in _TAKEN:
            raise _taken(target) from error
        raise


def _taken(place: Path) -> ScaffoldError:
    return ScaffoldError(f"`{shown(place)}` has appeared meanwhile", "choose another name")
