"""A template's files over the widget's: JSON documents become one, other files take the place of ours."""

import json
from dataclasses import dataclass
from typing import Any

from scaffold.documents import jsondoc
from scaffold.errors import ScaffoldError
from scaffold.files.tree import Tree
from scaffold.project import layout

PRIVATE = layout.FOLDER
"""The folder of the record, which no template may write to."""

_HARMLESS = frozenset({"bom", "comment", "trailing-comma"})
"""What some readers of JSON allow, and no answer brings in."""

_MEND = "let the template write JSON whatever the answers hold: {{ cookiecutter.name | jsonify }}"


@dataclass(frozen=True, slots=True)
class Merged:
    """The whole project, and what became of each of the template's files."""

    files: Tree
    replaced: tuple[str, ...]
    """Files of ours that the template's took the place of."""
    merged: tuple[str, ...]
    """JSON documents of ours that the template's were merged into."""
    added: tuple[str, ...]


def merge(made: Tree, applied: Tree, verbatim: frozenset[bytes]) -> Merged:
    """Return `applied` over `made`.

    `verbatim` holds the contents that the template has as they are: no answer made them what they are, so
    they may be wrong JSON. Raises ScaffoldError for wrong JSON that a template made, and for a file in the
    record's folder.
    """
    files = dict(made)
    faults: list[str] = []
    fate: dict[str, list[str]] = {"replaced": [], "merged": [], "added": []}
    for path, data in applied.items():
        if path.partition("/")[0].casefold() == PRIVATE:
            raise ScaffoldError(
                f"the template writes `{path}`, where the record of the answers is kept", "rename it"
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
        raise ScaffoldError("the template makes wrong JSON of these answers", _MEND, tuple(faults))
    return Merged(Tree(files), *(tuple(fate[name]) for name in ("replaced", "merged", "added")))


def _both(path: str, made: Tree, document: jsondoc.Document | None) -> bytes | None:
    """Return both documents as one; None where there are not two objects to merge."""
    if path not in made or document is None or document.root is None:
        return None
    ours, theirs = json.loads(made[path]), document.root.plain()
    if not isinstance(ours, dict) or not isinstance(theirs, dict):
        return None
    return (json.dumps(_over(ours, theirs), ensure_ascii=False, indent=2) + "\n").encode()


def _over(ours: Any, theirs: Any) -> Any:
    """Return one value: members of both objects, items of both lists once each, else theirs."""
    if isinstance(ours, dict) and isinstance(theirs, dict):
        return {
            **ours,
            **{key: _over(ours[key], theirs[key]) if key in ours else theirs[key] for key in theirs},
        }
    if isinstance(ours, list) and isinstance(theirs, list):
        return [*ours, *(item for item in theirs if item not in ours)]
    return theirs
