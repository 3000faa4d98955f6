"""A widget as read from a folder or a zip: its files, and what is wrong with single entries.

Nothing is extracted to disk, and reading stays within the limits below, whatever the input.
"""

import re
from enum import Enum
from typing import NamedTuple

from scaffold.files.ignore import IgnoreReason, ignore_reason
from scaffold.files.tree import Tree
from scaffold.text import printable

MIB = 1024 * 1024

MAX_FILES = 5_000
"""Files in a widget; large public ones have a few hundred."""

MAX_DEPTH = 30
"""Parts of a path; real widgets have 6."""

_MAX_NAME = 255
"""Characters in a file's name; common file systems do not allow more."""

MAX_FILE_BYTES = 32 * MIB
"""Size of one unpacked file. Scripts up to 5 MB are parsed; larger ones up to this are reported."""

MAX_TOTAL_BYTES = 64 * MIB
"""Size of all unpacked files, which are in memory at the same time."""

_ELSEWHERE = r"/|[A-Za-z]:"
_NOT_PRINTABLE = r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"


class Trouble(Enum):
    """What can be wrong with an entry; the value is part of a message."""

    UNSAFE_NAME = "has an unsafe name"
    BACKSLASH = "has backslashes in its name"
    DUPLICATE = "is in the archive twice"
    SYMLINK = "is a symbolic link"
    ENCRYPTED = "is encrypted"
    UNREADABLE = "cannot be unpacked"
    TOO_LARGE = "is too large"


class EntryTrouble(NamedTuple):
    """An entry that was not read, or not as it is."""

    trouble: Trouble
    path: str
    """Printable; empty for the archive as a whole."""
    detail: str = ""
    """The particular reason, if there are several."""


class Archive(NamedTuple):
    """The files that belong to a widget, and what was wrong while reading them."""

    tree: Tree
    troubles: tuple[EntryTrouble, ...] = ()
    ignored: tuple[str, ...] = ()
    """Files and folders that do not belong in the archive; they are not in the tree."""
    folder: str = ""
    """The folder with the manifest, if that is not at the root; the tree is the content of this folder."""


class Collector:
    """Takes the entries that a reader finds, and refuses those beyond the limits.

    With `keeps_private` the input is a folder that people work in, where files such as `.git` are expected.
    """

    def __init__(self, keeps_private: bool) -> None:
        self.keeps_private = keeps_private
        self.files: dict[str, bytes] = {}
        self.troubles: list[EntryTrouble] = []
        self.ignored: dict[str, None] = {}
        self.total = 0

    def trouble(self, trouble: Trouble, path: str, detail: str = "") -> None:
        """Record what is wrong with the entry at `path`."""
        self.troubles.append(EntryTrouble(trouble, printable(path, 200), detail))

    def wants(self, path: str) -> bool:
        """Return whether to read the entry at `path`; if not, record why."""
        if flaw := name_flaw(path):
            self.trouble(Trouble.UNSAFE_NAME, path, flaw)
            return False
        if why := ignore_reason(path):
            if why is IgnoreReason.LEFTOVER or not self.keeps_private:
                self.ignored[_outermost_ignored(path)] = None
            return False
        return True

    def fits(self, path: str, size: int) -> bool:
        """Return whether a file of `size` bytes is within the limits; if not, record why."""
        if len(self.files) >= MAX_FILES:
            self.trouble(Trouble.TOO_LARGE, "", f"more than {MAX_FILES} files")
        elif size > MAX_FILE_BYTES:
            self.trouble(Trouble.TOO_LARGE, path, f"more than {MAX_FILE_BYTES // MIB} MiB")
        elif self.total + size > MAX_TOTAL_BYTES:
            self.trouble(Trouble.TOO_LARGE, "", f"more than {MAX_TOTAL_BYTES // MIB} MiB unpacked")
        else:
            return True
        return False

    def add(self, path: str, data: bytes) -> None:
        """Take a file."""
        self.files[path] = data
        self.total += len(data)

    def archive(self) -> Archive:
        """Return the result. If only one folder has a manifest, that folder is the widget."""
        tree, folder = Tree(self.files), ""
        if "manifest.json" not in tree:
            below = [path for path in tree if path.endswith("/manifest.json") and path.count("/") == 1]
            if len(below) == 1:
                folder = below[0].partition("/")[0]
                tree = tree.below(folder)
        return Archive(tree, tuple(self.troubles), tuple(self.ignored), folder)


def name_flaw(path: str) -> str:
    """Return what is wrong with an entry's name, or an empty string."""
    parts = path.split("/")
    if not path.isprintable() and re.search(_NOT_PRINTABLE, path):
        return "it has a character that cannot be printed"
    if re.match(_ELSEWHERE, path) or ".." in parts:
        return "it points outside the archive"
    if "" in parts or "." in parts:
        return "it has an empty part"
    if len(parts) > MAX_DEPTH:
        return "it is nested too deep"
    return "it is too long for file systems" if any(len(part) > _MAX_NAME for part in parts) else ""


def _outermost_ignored(path: str) -> str:
    parts = path.split("/")
    return next("/".join(parts[:n]) for n in range(1, len(parts) + 1) if ignore_reason("/".join(parts[:n])))
