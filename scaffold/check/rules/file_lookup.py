"""Looks for files that are missing or misplaced."""

import re
from collections.abc import Iterator

from scaffold.check.model.widget import Widget

_ON_THE_SITE = re.compile(r"/(?:widgets/[^/]+|upl/[^/]+/[^/]+/widget)/")
"""Where the CRM serves the archive's files. Source: <https://developers.kommo.com/docs/salesbot-sdk>."""


def in_archive(path: str) -> str:
    """Return the path inside the archive that a path in the manifest refers to."""
    return _ON_THE_SITE.sub("", path.partition("?")[0], count=1).removeprefix("./").lstrip("/")


def is_missing(widget: Widget, path: str) -> bool:
    """Return whether nothing is at `path`, not even an entry that A11x reports."""
    if path in widget.tree:
        return False
    folder = widget.archive.folder
    names = (path, f"{folder}/{path}" if folder else path, "")
    return not any(trouble.path in names for trouble in widget.archive.troubles)


def namesakes(widget: Widget, path: str) -> Iterator[str]:
    """Yield the files with the same name in another folder or another case."""
    name = path.rpartition("/")[2].lower()
    for other in widget.tree:
        if other != path and other.rpartition("/")[2].lower() == name:
            yield other


def missing_hint(widget: Widget, path: str) -> str:
    """Return what to do about a missing file that the manifest names."""
    other = next(namesakes(widget, path), "")
    return f"did you mean `{other}`?" if other else "add the file, or delete its path"
