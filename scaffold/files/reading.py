"""Reads a widget from where the user points: a folder, a project of ours, or a zip."""

import os
from pathlib import Path
from typing import BinaryIO

from scaffold.errors import ScaffoldError
from scaffold.files.archive import MAX_FILES, MAX_TOTAL_BYTES, MIB, Archive, Collector, Trouble


def read(path: Path) -> Archive:
    """Read the widget at `path`. Raises ScaffoldError where there is nothing that could be read."""
    try:
        if path.is_dir():
            return from_dir(widget_folder(path))
        with path.open("rb") as file:
            return _from_zip(file, path)
    except (OSError, ValueError) as error:
        reason = (error.strerror if isinstance(error, OSError) else None) or str(error)
        place = getattr(error, "filename", None) or path
        raise ScaffoldError(
            f"cannot read {place}: {reason.lower()}", "give a widget's folder or zip"
        ) from error


def _from_zip(file: BinaryIO, path: Path) -> Archive:
    # Only here: a folder does without all that reads zips.
    from scaffold.files.zips import from_zip

    try:
        return from_zip(file)
    except ScaffoldError as error:
        raise ScaffoldError(f"cannot read {path}: {error.message}", error.hint, error.details) from error


def widget_folder(path: Path) -> Path:
    """Return the folder of the widget's own files: `path`, or `path/widget` where `path` is a project."""
    if not (path / "manifest.json").exists() and (path / ".kommo-widget").is_dir():
        return path / "widget"
    return path


def is_widget_of_project(folder: Path) -> bool:
    """Tell whether `folder` holds the widget's own files of a project of ours around it."""
    place = folder.resolve()
    return place.name == "widget" and (place.parent / ".kommo-widget").is_dir()


def from_dir(folder: Path) -> Archive:
    """Read a folder; links are not followed. Raises OSError, and ScaffoldError for one that is no widget."""
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
            f"more than {MAX_FILES} files or {MAX_TOTAL_BYTES // MIB} MiB, which is no widget: {file.parent}",
            "give the folder that holds manifest.json",
        )
    if found.fits(path, size):
        found.add(path, file.read_bytes())
