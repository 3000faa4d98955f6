"""What is wrong with a widget's files apart from the findings of `check`."""

from typing import Any

from scaffold.check.model.widget import MANIFEST, Widget


def problems(widget: Widget) -> list[str]:
    """Return what is wrong with the files before `check` looks at them, one line each."""
    found = [
        f"{trouble.path or 'the archive'} {trouble.trouble.value}" for trouble in widget.archive.troubles
    ]
    if widget.archive.folder:
        found.append(f"the files are not at the root but in {widget.archive.folder}/")
    if MANIFEST not in widget.tree:
        found.append("there is no manifest.json")
    elif not widget.manifest.locations:
        found.append("manifest.json has no locations")
    for path in (MANIFEST, *(f"i18n/{locale}.json" for locale in widget.texts)):
        errors = widget.document(path).errors
        found += [f"{path}:{error.line}:{error.column}: {error.message}" for error in errors]
    return found


def first_error(widget: Widget, files: list[str]) -> dict[str, Any] | None:
    """Return the first syntax error of the changed `files`: file, line, column, message."""
    for path in files:
        if path.endswith(".json"):
            for error in widget.document(path).errors:
                return _error(path, error.line, error.column, error.message)
        outline = widget.outline(path) if path.endswith(".js") else None
        for error in outline.errors if outline else ():
            return _error(path, error.line, error.column, error.message)
    return None


def _error(path: str, line: int, column: int, message: str) -> dict[str, Any]:
    return {"file": path, "line": line, "column": column, "message": message}
