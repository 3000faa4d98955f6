"""Reads a folder as a widget, within the limits for an archive."""

import os
from pathlib import Path

from scaffold.errors import ScaffoldError
from scaffold.files.archive import MAX_FILES, MAX_TOTAL_BYTES, MIB, Archive, Collector, Trouble


def from_dir(folder: Path) -> Archive:
    """Read a folder, not following links. Raises OSError, and ScaffoldError if it is too large."""
    found = Collector(keeps_private=True)
    _walk(folder, "", found)
    return found.archive()


def _walk(folder: Path, prefix: str, found: Collector) -> None:
    with os.scandir(folder) as entries:
        for entry in sorted(entries, key=lambda entry: entry.name):
            path = prefix + entry.name
            if not found.wants(path):
                continue
            if "\\" in entry.name:
                found.trouble(Trouble.BACKSLASH, path)
            if entry.is_symlink():
                found.trouble(Trouble.SYMLINK, path)
            elif entry.is_dir():
                _walk(Path(entry.path), path + "/", found)
            elif entry.is_file():
                _take(Path(entry.path), path, found)


def _take(file: Path, path: str, found: Collector) -> None:
    size = file.stat().st_size
    if len(found.files) >= MAX_FILES or found.total + size > MAX_TOTAL_BYTES:
        raise ScaffoldError(
            f"more than {MAX_FILES} files or {MAX_TOTAL_BYTES // MIB} MiB,"
            f" which is not a widget: {file.parent}",
            "give the folder that contains manifest.json",
        )
    if found.fits(path, size):
        found.add(path, file.read_bytes())
