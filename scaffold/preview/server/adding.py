"""The commands that the page shows for adding an area to the widget."""

from pathlib import Path
from typing import Any

from scaffold.check.model.widget import Widget
from scaffold.kommo.areas import AREAS
from scaffold.project import layout
from scaffold.text import shell_command


def to_add(path: Path, widget: Widget) -> list[dict[str, Any]]:
    """Return the areas that the manifest does not declare, each with the command that adds it.

    A folder that is not a project must be adopted first (`first`); the list is empty for an archive.
    """
    if not path.is_dir():
        return []
    project = next((folder for folder in (path, path.parent) if (folder / layout.ANSWERS).is_file()), None)
    where = _arguments("--dir", project or path)
    first = "" if project else shell_command(["kommo-widget", "adopt", *_arguments("", path)])
    return [
        {
            "area": area.code, "title": area.title, "first": first,
            "command": shell_command(["kommo-widget", "add", area.code, *where]),
        }
        for area in AREAS
        if area.code not in widget.manifest.areas
    ]  # fmt: skip


def _arguments(option: str, folder: Path) -> list[str]:
    """Return a folder as arguments; none for the current folder, the commands' default."""
    return [] if str(folder) == "." else [part for part in (option, str(folder)) if part]
