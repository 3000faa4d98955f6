"""The previewed widget: the files that an upload would contain, read again when they change on disk."""

import contextlib
import os
import re
from pathlib import Path

from scaffold.check.model.widget import Widget
from scaffold.errors import ScaffoldError
from scaffold.files.archive import Archive
from scaffold.files.bounded import read_text
from scaffold.files.ignore import ignore_reason
from scaffold.kommo.limits import CODE_PATTERN
from scaffold.project import reading

_SCRIPT_MAX = 1024 * 1024
"""Characters of a script that are searched for `JSON.parse`."""

_NAMELESS = ("widget", "dist", "build", "src")
"""Names of folders that do not name the widget in them; the parent's name does."""


class Source:
    """A widget's folder or zip.

    Files are served from memory, never from a path on disk: no request can reach anything outside the widget,
    and a file that `pack` leaves out is missing in the preview as well.
    """

    def __init__(self, path: Path) -> None:
        """Read the widget at `path`. Raises ScaffoldError if it cannot be read."""
        self.path = path
        self.folder = reading.widget_folder(path) if path.is_dir() else None
        """The folder to watch; None for a zip."""
        self._signature = self._sign()
        self._widget = Widget(reading.read(path))
        self._revision = 1

    @property
    def widget(self) -> Widget:
        """The widget as it is on disk now, or as it last was if the folder cannot be read at the moment."""
        self._refresh()
        return self._widget

    @property
    def revision(self) -> int:
        """The number of the version that `widget` is now, raised each time that changed files are read."""
        self._refresh()
        return self._revision

    def _refresh(self) -> None:
        signature = self._sign()
        if signature != self._signature:
            with contextlib.suppress(ScaffoldError):  # in the middle of a build: the next access reads again
                self._widget = Widget(reading.read(self.path))
                self._signature = signature
                self._revision += 1

    @property
    def place(self) -> str:
        """The folder that holds the manifest, absolute and with forward slashes; empty for a zip."""
        return "" if self.folder is None else (self.folder.absolute() / self.archive.folder).as_posix()

    @property
    def archive(self) -> Archive:
        """The files of `widget`."""
        return self.widget.archive

    def _sign(self) -> tuple[tuple[str, int, int], ...]:
        """Return name, time of modification and size of every file, to detect changes."""
        if self.folder is None:
            status = os.stat(self.path) if self.path.exists() else None
            return (("", status.st_mtime_ns, status.st_size),) if status else ()
        found: list[tuple[str, int, int]] = []
        for folder, folders, files in os.walk(self.folder):
            folders[:] = sorted(name for name in folders if not ignore_reason(name))
            for name in sorted(files):
                path = os.path.join(folder, name)
                try:
                    status = os.lstat(path)
                except OSError:  # removed since it was listed
                    continue
                found.append((path, status.st_mtime_ns, status.st_size))
        return tuple(found)


def samples_of(widget: Widget) -> dict[str, str]:
    """Return an empty JSON value, `{}` or `[]`, for each field that the widget parses as JSON.

    Such a field holds JSON after a user's save; a plain text as its sample would cause an error.
    """
    scripts = [
        data.decode("utf-8", "replace")[:_SCRIPT_MAX]
        for path, data in widget.tree.items()
        if path.endswith((".js", ".mjs"))
    ]
    found: dict[str, str] = {}
    for key, _node in widget.manifest.members("settings"):
        pattern = re.compile(rf"JSON\.parse\([^;\n]{{0,80}}?\b{re.escape(key)}\b([^;\n]{{0,40}})")
        for match in (match for script in scripts for match in pattern.finditer(script)):
            found.setdefault(key, "[]" if "[]" in match[1] else "{}")
    return found


def code_of(path: Path) -> str:
    """Return the widget's code from the project's record, else one made from the folder's or zip's name."""
    code = _recorded_code(path)
    if CODE_PATTERN.fullmatch(code):
        return code
    resolved = path.resolve()
    name = resolved.name if resolved.is_dir() else resolved.stem
    if name.lower() in _NAMELESS:
        name = resolved.parent.name
    slug = re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_")
    return slug if CODE_PATTERN.fullmatch(slug) else f"widget_{slug}".rstrip("_")


def _recorded_code(path: Path) -> str:
    """Return the code in the project's record; empty if there is none or it cannot be read."""
    from scaffold.documents import yamldoc
    from scaffold.documents.parse_error import DocumentError

    record = reading.answers_of(path)
    if record is None:
        return ""
    try:
        root = yamldoc.parse(read_text(record))
    except (DocumentError, OSError, UnicodeDecodeError):
        return ""
    node = root.find("code") if root else None
    return str(node.value) if node else ""
