"""Whether a file is really not there: several families ask."""

from collections.abc import Iterator

from scaffold.check.model.widget import Widget


def is_missing(widget: Widget, path: str) -> bool:
    """Return whether nothing stands at `path`, not even an unreadable entry, which is reported already."""
    if path in widget.tree:
        return False
    folder = widget.archive.folder
    names = (path, f"{folder}/{path}" if folder else path, "")
    return not any(trouble.path in names for trouble in widget.archive.troubles)


def namesakes(widget: Widget, path: str) -> Iterator[str]:
    """Yield the files that bear the name of `path` elsewhere, or in other letters."""
    name = path.rpartition("/")[2].lower()
    for other in widget.tree:
        if other != path and other.rpartition("/")[2].lower() == name:
            yield other
