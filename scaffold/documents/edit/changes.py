"""Changes of a document's values by their paths in the original document."""

import copy
from collections.abc import Sequence
from typing import Any, NamedTuple

from scaffold.documents.node import Path


class Set(NamedTuple):
    """Replace the value at a path."""

    path: Path
    value: Any


class Add(NamedTuple):
    """Add a member, and objects that are missing on the way to it."""

    path: Path
    value: Any


class Remove(NamedTuple):
    """Remove a member or an element."""

    path: Path


class Rename(NamedTuple):
    """Rename a member's key in its place."""

    path: Path
    key: str


class Move(NamedTuple):
    """Move a member with its text, and add objects that are missing on the way."""

    path: Path
    to: Path


Change = Set | Add | Remove | Rename | Move


def changed(value: Any, changes: Sequence[Change]) -> Any:
    """Return a plain value after `changes`, which must fit it."""
    result = copy.deepcopy(value)
    removed: list[Path] = []
    for change in changes:
        if isinstance(change, Set):
            _at(result, change.path[:-1])[change.path[-1]] = change.value
        elif isinstance(change, Add):
            _put(result, change.path, change.value)
        elif isinstance(change, Move):
            _put(result, change.to, _at(result, change.path))
        elif isinstance(change, Rename):
            holder = _at(result, change.path[:-1])
            holder[change.key] = holder[change.path[-1]]
        if isinstance(change, Remove | Move | Rename):
            removed.append(change.path)
    for path in sorted(removed, key=_last_first):
        del _at(result, path[:-1])[path[-1]]
    return result


def _put(target: Any, path: Path, value: Any) -> None:
    for step in path[:-1]:
        target = target[step] if isinstance(step, int) else target.setdefault(step, {})
    target[path[-1]] = value


def _at(value: Any, path: Path) -> Any:
    for step in path:
        value = value[step]
    return value


def _last_first(path: Path) -> list[int]:
    """Return a sort key that puts later elements of a list first."""
    return [-step if isinstance(step, int) else 0 for step in path]
