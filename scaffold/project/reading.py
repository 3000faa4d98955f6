"""Reads a widget from a path of the user: a folder, a project, or a zip."""

from pathlib import Path
from typing import BinaryIO

from scaffold.errors import ElsewhereError, ScaffoldError
from scaffold.files.archive import Archive
from scaffold.files.bounded import opened
from scaffold.files.folders import from_dir
from scaffold.files.ignore import ARCHIVE_NAME
from scaffold.project import layout, state
from scaffold.text import reason


def read(path: Path) -> Archive:
    """Read the widget at `path`. Raises ScaffoldError if there is none or it cannot be read."""
    try:
        if path.is_dir():
            _refuse_parent(path)
            return from_dir(widget_folder(path))
        with opened(path) as file:
            return _from_zip(file, path)
    except (OSError, ValueError) as error:
        why = reason(error)
        place = getattr(error, "filename", None) or path
        raise ScaffoldError(f"cannot read {place}: {why}", "give a widget's folder or zip") from error


def _refuse_parent(folder: Path) -> None:
    """Raise ElsewhereError for a folder that is neither a widget nor a project but contains projects."""
    if any((folder / name).exists() for name in (layout.FOLDER, "manifest.json", "script.js")):
        return
    below = sorted(found.parent for found in folder.glob(f"*/{layout.FOLDER}"))
    if below:
        instead = below[0].as_posix()
        raise ElsewhereError(
            f"there is no widget at {folder}", instead if below[0].is_absolute() else f"./{instead}"
        )


def _from_zip(file: BinaryIO, path: Path) -> Archive:
    from scaffold.files.zips import from_zip  # a folder does not need it

    try:
        return from_zip(file)
    except ScaffoldError as error:
        raise ScaffoldError(f"cannot read {path}: {error.message}", error.hint, error.details) from error


def widget_folder(path: Path) -> Path:
    """Return the widget's folder: `path` itself, or the widget in the project `path`."""
    if not (path / "manifest.json").exists() and (path / layout.FOLDER).is_dir():
        return path / state.read(path).widget
    return path


def is_widget_of_project(folder: Path) -> bool:
    """Return whether `folder` is the widget's folder inside a project."""
    place = folder.resolve()
    return place.name == layout.WIDGET and (place.parent / layout.FOLDER).is_dir()


def project_of(path: Path) -> Path | None:
    """Return the folder of the project that `path` is, or whose widget or archive it is; absolute."""
    place = path.resolve()
    around = [place.parent] if place.name in (layout.WIDGET, ARCHIVE_NAME) else []
    return next((folder for folder in (place, *around) if (folder / layout.FOLDER).is_dir()), None)


def answers_of(path: Path) -> Path | None:
    """Return the answers file of the project that `path` is, or whose widget or archive it is."""
    project = project_of(path)
    answers = project / layout.ANSWERS if project else None
    return answers if answers and answers.is_file() else None
