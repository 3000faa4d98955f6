"""Sets, adds, removes, renames and moves members in a JSON text, all in one pass."""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from scaffold.documents.edit import Edit, EditError, applied, refuse_other_values
from scaffold.documents.edit.changes import Add, Change, Move, Remove, Rename, Set, changed
from scaffold.documents.edit.layout import Layout
from scaffold.documents.jsondoc import Document, parse
from scaffold.documents.node import Node, Path

_KEY = re.compile(r'"(?:[^"\\]|\\.)*"')


def edited(text: str, changes: Sequence[Change]) -> str:
    """Return `text` after `changes`, whose paths refer to the original document.

    Raises EditError for a path that does not fit, and if the result would have other values than it should.
    """
    document = parse(text)
    if document.root is None or not document.complete:
        raise EditError("the document cannot be parsed to its end")
    _refuse_unsafe(document, changes)
    layout = Layout(text, document)
    edits = [*_replaced(text, document, layout, changes)]
    edits += _removed(document, [change.path for change in changes if isinstance(change, Remove | Move)])
    edits += _added(text, document, layout, changes)
    result = applied(text, edits)
    after = parse(result)
    if len(after.errors) > len(document.errors):
        raise EditError("the change would cause an error")
    refuse_other_values(after.plain(), changed(document.plain(), changes))
    return result


def _refuse_unsafe(document: Document, changes: Iterable[Change]) -> None:
    """Raise EditError if text between the members would be lost or misread."""
    kinds = {error.kind for error in document.errors}
    if kinds & {"syntax", "depth"}:
        raise EditError("the document has a syntax error")
    if kinds & {"comment", "duplicate-key"} and any(isinstance(c, Remove | Move) for c in changes):
        raise EditError("a comment or a duplicate key would be lost")


def _found(document: Document, path: Path) -> Node:
    node = document.find(*path)
    if node is None:
        raise EditError("there is no such value")
    return node


def _replaced(text: str, document: Document, layout: Layout, changes: Iterable[Change]) -> Iterator[Edit]:
    for change in changes:
        if isinstance(change, Set):
            node = _found(document, change.path)
            yield Edit(node.start, node.end, layout.value(change.value, ""))
        elif isinstance(change, Rename):
            node = _found(document, change.path)
            key = _KEY.match(text, node.key_start)
            if key is None:
                raise EditError("a key without quotes")
            yield Edit(key.start(), key.end(), json.dumps(change.key, ensure_ascii=False))


def _removed(document: Document, paths: Iterable[Path]) -> Iterator[Edit]:
    """Yield the edits that remove members, each with its comma."""
    gone: dict[Path, set[Any]] = {}
    for path in paths:
        _found(document, path)
        gone.setdefault(path[:-1], set()).add(path[-1])
    for holder, keys in gone.items():
        node = _found(document, holder)
        members = _members(node)
        kept = [at for at, (key, _) in enumerate(members) if key not in keys]
        for at, (key, _) in enumerate(members):
            if key not in keys:
                continue
            if not kept:
                yield Edit(node.start + 1, node.end - 1, "")
                break
            if at > kept[-1]:
                yield Edit(members[kept[-1]][1].end, members[-1][1].end, "")
                break
            yield Edit(_start(members[at][1]), _start(members[at + 1][1]), "")


def _members(node: Node) -> list[tuple[Any, Node]]:
    if isinstance(node.value, list):
        return list(enumerate(node.value))
    return list(node.items())


def _start(node: Node) -> int:
    return node.key_start if node.key_start >= 0 else node.start


def _added(text: str, document: Document, layout: Layout, changes: Iterable[Change]) -> Iterator[Edit]:
    """Yield one insertion for each object that gets members, at its end."""
    new: dict[Path, dict[str, Any]] = {}
    leaving: set[Path] = {change.path for change in changes if isinstance(change, Remove | Move)}
    for change in changes:
        if isinstance(change, Add):
            _put(document, new, change.path, change.value)
        elif isinstance(change, Move):
            _put(document, new, change.to, layout.moved(_found(document, change.path)))
    for holder, members in new.items():
        node = _found(document, holder)
        shown, before, after = layout.members(node, members)
        old = [child for key, child in _members(node) if (*holder, key) not in leaving]
        if not old:
            yield (
                Edit(node.end - 1, node.end - 1, before + shown + after)
                if _members(node)
                else Edit(node.start + 1, node.end - 1, before + shown + after)
            )
            continue
        last = _members(node)[-1][1]
        comma = _comma_behind(text, last.end, node.end)
        at = comma + 1 if comma >= 0 else last.end
        yield Edit(at, at, ("" if comma >= 0 else ",") + (layout.break_in(node) or " ") + shown)


def _comma_behind(text: str, start: int, end: int) -> int:
    """Return the position of the comma after the last member, past white space and comments; -1 if none."""
    found = re.compile(r"(?:\s+|//[^\n]*|/\*(?:[^*]|\*(?!/))*\*/)*+,").match(text, start, end)
    return found.end() - 1 if found else -1


def _put(document: Document, new: dict[Path, dict[str, Any]], path: Path, value: Any) -> None:
    """Record a value to add, under the innermost object that exists."""
    depth = 0
    while depth < len(path) and document.find(*path[: depth + 1]) is not None:
        depth += 1
    if depth == len(path):
        raise EditError("the value exists already")
    holder = _found(document, path[:depth])
    if not isinstance(holder.value, dict):
        raise EditError("its parent is not an object")
    target = new.setdefault(path[:depth], {})
    for step in path[depth:-1]:
        target = target.setdefault(str(step), {})
        if not isinstance(target, dict):
            raise EditError("its new parent is not an object")
    if target.setdefault(str(path[-1]), value) is not value:
        raise EditError("two values for the same path")
