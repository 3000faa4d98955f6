"""Follows a hint to the letter, if it says exactly what to write."""

import json
import re
from collections.abc import Callable
from typing import Any

from scaffold.check.findings import Finding
from scaffold.documents.edit.changes import Add, Change, Move, Remove, Rename, Set
from scaffold.documents.edit.jsonedit import edited
from scaffold.documents.jsondoc import parse
from scaffold.files.archive import Archive
from scaffold.files.tree import Tree

MANIFEST = "manifest.json"

Doing = Callable[[Finding, re.Match[str]], list[Change]]


def _value(text: str) -> Any:
    """Return the value that a hint has between backticks: JSON, or a string without its quotes."""
    try:
        return json.loads(text)
    except ValueError:
        return text


def _as_flag(finding: Finding, _hint: re.Match[str]) -> list[Change]:
    return [Set(finding.value, True)]


def _set(finding: Finding, hint: re.Match[str]) -> list[Change]:
    return [Set(finding.value, _value(hint[1]))]


def _add(finding: Finding, hint: re.Match[str]) -> list[Change]:
    (key, value), *_ = json.loads(f"{{{hint[1]}}}").items()
    return [Add((*finding.value[:-1], key), value)]


def _declare(_finding: Finding, hint: re.Match[str]) -> list[Change]:
    return [Add(("locations", _END), hint[1])]


def _move(finding: Finding, hint: re.Match[str]) -> list[Change]:
    home = (hint[1],) if hint[1] else ()
    return [Move(finding.value, (*home, finding.value[-1]))]


ON_VALUES: list[tuple[str, Doing]] = [
    (r"write true or false, without quotes", _as_flag),
    (r"(?:.*, or )?write (true|false|\d+)(?:, without quotes|, or .*)?", _set),
    (r"(?:write|use) `([^`.]+)`", _set),
    (r"write it as `(#\w+)`", _set),
    (r"write `([^`]+)`, or `[^`]+` if the panel is not used", _set),
    (r"write three numbers as a string, such as `([^`]+)`", _set),
    (r"did you mean `([^`]+)`\?", lambda f, m: [Set(f.value, m[1])] if isinstance(f.value[-1], int)
     else [Rename(f.value, m[1])]),
    (r"rename `[^`]+` to `([^`]+)`", lambda f, m: [Rename(f.value, m[1])]),
    (r"delete (?:it|one|one of them)(?:, .*)?", lambda f, _: [Remove(f.value)]),
    (r"delete it and `(\w+)`, or .*", lambda f, m: [Remove(f.value), Remove((m[1],))]),
    (r"move (?:it|`[^`]+`) into `(\w+)`", _move),
    (r"move `[^`]+` to the root(?: of the manifest)?()", _move),
    (r"add `(\"\w+\": [^`.]+|\"version\": \"1\.0\.0\")`", _add),
    (r"add `(\w+)` to `locations`(?:, or .*)?", _declare),
    (r"add the location `(\w+)`", _declare),
    (r"use (pass|text|dashboard|numeric)(?:, [\w, ]+)", _set),
]  # fmt: skip
"""Hints about a value of a JSON file -> the changes of that file."""

_END = 1_000_000
"""The index of an entry that is added after the last one."""

ON_TEXT: list[tuple[str, str]] = [
    (r"did you mean `([^`]+)`\?", r"\1"),
    (r"compare with `(\w+)`", r"\1"),
    (r"write `(APP)`", r"\1"),
]
"""Hints about a place in a script -> the replacement for the name in the message."""

ON_FILES: list[tuple[str, str]] = [
    (r"move the file to `([^`]+)`", r"\1"),
    (r"delete it(?:, .*)?", ""),
]
"""Hints about a file -> its new path; empty if it is deleted."""


def followed(archive: Archive, finding: Finding) -> Archive | None:
    """Return the widget after the hint; None if the hint leaves something to decide."""
    if finding.value:
        return _with_value(archive, finding)
    for pattern, target in ON_FILES if not finding.line else ():
        if hint := re.fullmatch(pattern, finding.hint):
            return _moved(archive, finding.path, hint.expand(target))
    for pattern, new in ON_TEXT if finding.line and finding.path.endswith(".js") else ():
        if hint := re.fullmatch(pattern, finding.hint):
            return _with_text(archive, finding, hint.expand(new))
    return None


def _with_value(archive: Archive, finding: Finding) -> Archive | None:
    for pattern, doing in ON_VALUES:
        if hint := re.fullmatch(pattern, finding.hint):
            text = archive.tree.text(finding.path)
            changes = [_placed(text, change) for change in doing(finding, hint)]
            return _with_file(archive, finding.path, edited(text, changes).encode())
    return None


def _placed(text: str, change: Change) -> Change:
    """Return the change as the whole list if it adds an entry to one."""
    if not isinstance(change, Add) or change.path[-1] != _END:
        return change
    entries = parse(text).find(*change.path[:-1])
    assert entries is not None
    return Set(change.path[:-1], [*entries.plain(), change.value])


def _with_text(archive: Archive, finding: Finding, new: str) -> Archive:
    named = re.findall(r"`([^`]+)`", finding.message)[-1].partition(".")[0]
    lines = archive.tree.text(finding.path).split("\n")
    line = lines[finding.line - 1]
    lines[finding.line - 1] = line.replace(named, new.partition(".")[0], 1)
    return _with_file(archive, finding.path, "\n".join(lines).encode())


def _moved(archive: Archive, path: str, target: str) -> Archive:
    tree = {name: data for name, data in archive.tree.items() if name != path}
    if target:
        tree[target] = archive.tree[path]
    ignored = tuple(name for name in archive.ignored if name != path)
    return archive._replace(tree=Tree(tree), ignored=ignored)


def _with_file(archive: Archive, path: str, data: bytes) -> Archive:
    return archive._replace(tree=Tree({**archive.tree, path: data}))
