"""Plans what writing a tree does to a folder, without changing it."""

import os
import stat
from collections.abc import Iterator
from enum import Enum
from pathlib import Path
from typing import NamedTuple

from scaffold.errors import ScaffoldError
from scaffold.files.apply.paths import path_faults, shown
from scaffold.files.archive import MAX_TOTAL_BYTES
from scaffold.files.bounded import read_bytes
from scaffold.files.tree import Tree
from scaffold.text import reason


class Verb(Enum):
    """What happens to one path."""

    CREATE = "create"
    IDENTICAL = "identical"
    REPLACE = "replace"
    CONFLICT = "conflict"
    """There is something that a file must not replace."""


class State(Enum):
    """State of the destination before the files are written."""

    ABSENT = "absent"
    EMPTY = "empty"
    GIT = "freshly git-initialised"
    """Nothing but `.git`."""
    OCCUPIED = "not empty"


class Change(NamedTuple):
    """One path and what happens to it."""

    path: str
    verb: Verb
    after: bytes
    before: bytes = b""
    """The current content, for `replace` and `identical`."""
    reason: str = ""
    """Why the file cannot be written, for `conflict`."""


class Plan(NamedTuple):
    """What `execute` does."""

    destination: Path
    """Absolute, with links resolved."""
    state: State
    changes: tuple[Change, ...]
    """Sorted by path."""
    executable: frozenset[str] = frozenset()
    """Paths of files to make executable."""

    def having(self, verb: Verb) -> tuple[Change, ...]:
        """Return the changes with this verb."""
        return tuple(change for change in self.changes if change.verb is verb)

    @property
    def tree(self) -> Tree:
        """All files with their new content."""
        return Tree({change.path: change.after for change in self.changes})


def plan(tree: Tree, destination: Path, executable: frozenset[str] = frozenset()) -> Plan:
    """Return what writing `tree` into `destination` would do; files in `executable` are made executable.

    Raises ScaffoldError if a path cannot be written on every system, if the destination is a file or a link,
    and if something cannot be read.
    """
    if faults := path_faults(tree):
        raise ScaffoldError("some paths cannot be written on every system", "rename them", faults)
    try:
        root = _located(destination)
        state = _state(root)
        changes = tuple(_changes(tree, root, state))
    except OSError as error:
        why = reason(error)
        raise ScaffoldError(f"cannot read `{error.filename or destination}`: {why}") from error
    return Plan(root, state, changes, executable)


def obstacle(root: Path, path: str) -> str:
    """Return why the file `path` below `root` cannot be written, or an empty string.

    Links on the way are not followed.
    """
    *folders, name = path.split("/")
    place = root
    for folder in folders:
        place /= folder
        mode = _mode(place)
        if mode is None:
            return ""
        if not stat.S_ISDIR(mode):
            return f"`{place.relative_to(root).as_posix()}` is {_kind(mode)}"
    mode = _mode(place / name)
    return "" if mode is None or stat.S_ISREG(mode) else f"is {_kind(mode)}"


def _located(destination: Path) -> Path:
    if destination.is_symlink():
        raise ScaffoldError(f"`{destination}` is a symbolic link", "give the folder that it points to")
    return Path(os.path.realpath(destination))


def _state(root: Path) -> State:
    mode = _mode(root)
    if mode is None:
        return State.ABSENT
    if not stat.S_ISDIR(mode):
        raise ScaffoldError(f"`{shown(root)}` is {_kind(mode)}", "choose another name")
    names = os.listdir(root)
    return State.OCCUPIED if set(names) - {".git"} else State.GIT if names else State.EMPTY


def _changes(tree: Tree, root: Path, state: State) -> Iterator[Change]:
    for path, after in tree.items():
        if state is not State.OCCUPIED:
            yield Change(path, Verb.CREATE, after)
        elif reason := obstacle(root, path):
            yield Change(path, Verb.CONFLICT, after, reason=reason)
        elif _mode(root / path) is None:
            yield Change(path, Verb.CREATE, after)
        else:
            before = read_bytes(root / path, MAX_TOTAL_BYTES)
            yield Change(path, Verb.IDENTICAL if before == after else Verb.REPLACE, after, before)


def _mode(place: Path) -> int | None:
    """Return the mode of what is at `place`, not following links; None if there is nothing."""
    try:
        return place.lstat().st_mode
    except (FileNotFoundError, NotADirectoryError):
        return None


def _kind(mode: int) -> str:
    if stat.S_ISLNK(mode):
        return "a symbolic link"
    return "a folder" if stat.S_ISDIR(mode) else "a file" if stat.S_ISREG(mode) else "not a file"
