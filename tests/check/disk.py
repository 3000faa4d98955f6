"""Widgets on disk, for tests of the command line."""

from pathlib import Path

from tests.check.edits import edited


def put(folder: Path, edits: str = "", record: str = "") -> Path:
    """Write the clean widget after `edits`; with a record, as the widget of a project."""
    widget = folder / "widget" if record else folder
    for path, data in edited(edits).tree.items():
        (widget / path).parent.mkdir(parents=True, exist_ok=True)
        (widget / path).write_bytes(data)
    if record:
        (folder / ".kommo-widget").mkdir(exist_ok=True)
        (folder / ".kommo-widget" / "answers.yml").write_text(record, encoding="utf-8")
    return folder
