"""Merges a template's files into the widget's: JSON documents are merged, other files replace ours."""

import json
from dataclasses import dataclass
from typing import Any

from scaffold.documents import jsondoc
from scaffold.errors import ScaffoldError
from scaffold.files.tree import Tree
from scaffold.project import layout

_HARMLESS = frozenset({"bom", "comment", "trailing-comma"})
"""Kinds of faults that some JSON parsers allow, and that answers cannot cause."""

_HINT = "make the template write valid JSON for any answers: {{ cookiecutter.name | jsonify }}"


@dataclass(frozen=True, slots=True)
class Merged:
    """The whole project, and what happened to each of the template's files."""

    files: Tree
    replaced: tuple[str, ...]
    """Paths of our files that the template's replaced."""
    merged: tuple[str, ...]
    """Paths of our JSON documents that the template's were merged into."""
    added: tuple[str, ...]
    """Paths that only the template has."""


def merge(made: Tree, applied: Tree, verbatim: frozenset[bytes]) -> Merged:
    """Return `applied` merged into `made`.

    `verbatim` has the contents of the template's own files: JSON that is copied from there unchanged may be
    invalid. Raises ScaffoldError for invalid JSON that the template rendered, and for a file in the record's
    folder.
    """
    files = dict(made)
    faults: list[str] = []
    fate: dict[str, list[str]] = {"replaced": [], "merged": [], "added": []}
    for path, data in applied.items():
        if path.partition("/")[0].casefold() == layout.FOLDER:
            raise ScaffoldError(
                f"the template writes `{path}`, in the folder of kommo-widget's record", "rename it"
            )
        document = jsondoc.parse_bytes(data) if path.endswith(".json") else None
        if document and (path in made or data not in verbatim):
            faults += [
                f"{path}:{fault.line}:{fault.column}: {fault.message}"
                for fault in document.errors
                if fault.kind not in _HARMLESS
            ]
        both = _both(path, made, document)
        files[path] = data if both is None else both
        if files[path] != made.get(path):
            fate["added" if path not in made else "replaced" if both is None else "merged"].append(path)
    if faults:
        raise ScaffoldError("the template writes invalid JSON with these answers", _HINT, tuple(faults))
    return Merged(Tree(files), *(tuple(fate[name]) for name in ("replaced", "merged", "added")))


def _both(path: str, made: Tree, document: jsondoc.Document | None) -> bytes | None:
    """Return both documents merged; None if they are not both objects."""
    if path not in made or document is None or document.root is None:
        return None
    ours, theirs = json.loads(made[path]), document.root.plain()
    if not isinstance(ours, dict) or not isinstance(theirs, dict):
        return None
    return (json.dumps(_over(ours, theirs), ensure_ascii=False, indent=2) + "\n").encode()


def _over(ours: Any, theirs: Any) -> Any:
    """Return two values merged: members of both objects, items of both lists without repeats, or theirs."""
    if isinstance(ours, dict) and isinstance(theirs, dict):
        return {
            **ours,
            **{key: _over(ours[key], theirs[key]) if key in ours else theirs[key] for key in theirs},
        }
    if isinstance(ours, list) and isinstance(theirs, list):
        return [*ours, *(item for item in theirs if item not in ours)]
    return theirs
