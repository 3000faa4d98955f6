"""Applies fixes to an archive in memory."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from scaffold.check.fix.change import ProposedFix
from scaffold.documents.edit import EditError
from scaffold.documents.edit.changes import Change
from scaffold.documents.edit.jsonedit import edited
from scaffold.files.archive import Archive
from scaffold.files.tree import Tree

MAX_SINGLE = 200
"""Fixes that are tried one by one if they do not work together."""


@dataclass(frozen=True, slots=True)
class Batch:
    """An archive after some fixes."""

    archive: Archive
    applied: list[ProposedFix]
    """Those that were compatible with the ones before them."""


def apply_batch(archive: Archive, fixes: Sequence[ProposedFix]) -> Batch:
    """Apply all fixes that are compatible: whole files first, then the edits of each other file together."""
    tree = dict(archive.tree)
    applied: list[ProposedFix] = []
    replaced: set[str] = set()
    deletions: set[str] = set()
    edits: dict[str, list[ProposedFix]] = {}
    for finding, fix in fixes:
        if fix.files and all(path in replaced and tree.get(path) == data for path, data in fix.files.items()):
            applied.append((finding, fix))  # a file is repaired as a whole, for all of its findings
        elif fix.files and replaced.isdisjoint(fix.files):
            replaced |= fix.files.keys()
            _replace(tree, fix.files)
            applied.append((finding, fix))
        elif fix.deletions:
            deletions |= set(fix.deletions)
            applied.append((finding, fix))
        for path in fix.edits:
            edits.setdefault(path, []).append((finding, fix))
    for path, editing in edits.items():
        if path not in replaced:
            tree[path], done = _edit(tree[path], path, editing)
            applied += done
    ignored = tuple(path for path in archive.ignored if path not in deletions)
    return Batch(archive._replace(tree=Tree(tree), ignored=ignored), applied)


def _replace(tree: dict[str, bytes], files: Mapping[str, bytes | None]) -> None:
    """Write whole files into `tree`, and take out those without content."""
    for path, data in files.items():
        if data is None:
            del tree[path]
        else:
            tree[path] = data


def _edit(data: bytes, path: str, fixes: list[ProposedFix]) -> tuple[bytes, list[ProposedFix]]:
    """Return a JSON file after the edits of `fixes`, and the fixes that could be applied."""
    try:
        text = data.decode()
        return _edited(text, path, fixes), fixes
    except UnicodeDecodeError:
        return data, []
    except EditError:
        pass
    done: list[ProposedFix] = []
    for fix in fixes[:MAX_SINGLE]:
        try:
            data = _edited(text, path, [*done, fix])
        except EditError:
            continue
        done.append(fix)
    return data, done


def _edited(text: str, path: str, fixes: Iterable[ProposedFix]) -> bytes:
    """Return the text after the edits of `fixes`, each distinct edit once."""
    changes: dict[Change, None] = {}
    unhashable: list[Change] = []
    for _, fix in fixes:
        for change in fix.edits[path]:
            try:
                changes[change] = None
            except TypeError:  # its value is a list or an object
                unhashable.append(change)
    return edited(text, [*changes, *unhashable]).encode()
