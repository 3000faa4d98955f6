"""Looks for files that are missing or misplaced."""

from collections.abc import Iterator

from scaffold.check.model.widget import Widget


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
