"""Fixes encoding, line ends and JSON syntax of files, and deletes files that operating systems create."""

from collections import Counter
from posixpath import basename

from scaffold.check.findings import Finding
from scaffold.check.fix.change import Fix, Left, Subject
from scaffold.check.model.file_types import is_text
from scaffold.documents.edit import EditError
from scaffold.documents.edit.jsonrepair import repaired
from scaffold.text import count

_BOM = b"\xef\xbb\xbf"

_SYSTEM_FILES = ("__macosx", ".ds_store", "thumbs.db", "ehthumbs.db", "desktop.ini")
"""Files that operating systems create, lower case. Backups, archives and sources hold work: they stay."""


def without_mark(subject: Subject, finding: Finding) -> Fix:
    """Return the fix that removes the byte order mark."""
    data = subject.widget.tree[finding.path]
    return Fix("remove the byte order mark", files={finding.path: data.removeprefix(_BOM)})


def with_lf(subject: Subject, _finding: Finding) -> Fix:
    """Return the fix that gives all text files LF line ends: the rule reports them in one finding."""
    tree = subject.widget.tree
    found = {path: data for path, data in tree.items() if b"\r\n" in data and is_text(path, data)}
    lines = sum(data.count(b"\r\n") for data in found.values())
    others = f" in {len(found)} files" if len(found) > 1 else ""
    return Fix(
        f"change {count(lines, 'line end')} to LF{others}",
        files={path: data.replace(b"\r\n", b"\n") for path, data in found.items()},
    )


def repaired_json(subject: Subject, finding: Finding) -> Fix | Left | None:
    """Return the fix that repairs a whole JSON file, if for every error it is clear what was meant."""
    document = subject.widget.document(finding.path)
    place = finding.line, finding.column
    error = next((each for each in document.errors if (each.line, each.column) == place), None)
    if error and error.kind == "duplicate-key" and error.repair is None:
        return Left(f"{error.message}, with another value: decide which one to keep")
    try:
        text = repaired(subject.widget.tree[finding.path].decode(), document)
    except (EditError, UnicodeDecodeError):
        return None
    kinds = Counter(error.kind for error in document.errors if error.repair)
    comments, keys = kinds.pop("comment", 0), kinds.pop("duplicate-key", 0)
    what = [f"repair the JSON in {count(kinds.total(), 'place')}"] if kinds else []
    what += [f"remove {count(comments, 'comment')}"] if comments else []
    what += [f"remove {count(keys, 'duplicate key')}"] if keys else []
    return Fix(", ".join(what), files={finding.path: text.encode()})


def without_leftovers(_subject: Subject, finding: Finding) -> Fix | None:
    """Return the fix that deletes a system's file; `pack` leaves out the others, which stay in the folder."""
    name = basename(finding.path).lower()
    if name not in _SYSTEM_FILES and not name.startswith("._"):
        return None
    return Fix("delete it", deletions=(finding.path,))


def moved(subject: Subject, finding: Finding) -> Fix | None:
    """Return the fix that moves a locale file to where the CRM reads it."""
    target = finding.target
    if target in subject.widget.tree or target.lower() == finding.path.lower():
        return None
    return Fix(f"move it to {target}", files={target: subject.widget.tree[finding.path], finding.path: None})
