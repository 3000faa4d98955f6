"""`.kommo-widget/state.json`: format and origin of the record."""

import json
from pathlib import Path
from typing import Any, NamedTuple

from scaffold.documents import jsondoc
from scaffold.errors import ScaffoldError
from scaffold.files.bounded import read_bytes
from scaffold.project import layout
from scaffold.text import reason

FORMAT = 2
"""Current format of the record. Format 1 had a folder of copies and no state."""


class Packed(NamedTuple):
    """The archive that was packed last."""

    version: str
    """N.N.N, from the manifest."""
    sha256: str
    """Of the archive, 64 hexadecimal digits."""


class State(NamedTuple):
    """The content of state.json."""

    format: int = FORMAT
    version: str = ""
    """Version of kommo-widget that last generated the project; empty if unknown."""
    widget: str = layout.WIDGET
    """The widget's folder relative to the project's; `.` if they are the same."""
    adopted: bool = False
    """Whether the widget was made elsewhere and `adopt` wrote the record."""
    packed: Packed | None = None

    def dump(self) -> bytes:
        """Return the file's bytes."""
        document: dict[str, Any] = {"format": self.format, "version": self.version, "widget": self.widget}
        if self.adopted:
            document["adopted"] = True
        if self.packed:
            document["packed"] = self.packed._asdict()
        return (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode()


def parse(data: bytes, name: str) -> State:
    """Parse the file `name`, which is used in messages; ignore unknown members.

    Raises ScaffoldError, with line and column of syntax errors, if it is invalid.
    """
    document = jsondoc.parse_bytes(data)
    hint = "restore the file from version control, or delete it"
    if document.errors:
        lines = tuple(f"{name}:{error.line}:{error.column}: {error.message}" for error in document.errors)
        raise ScaffoldError(f"{name} has {'a fault' if len(lines) == 1 else 'faults'}", hint, lines)
    plain = document.plain()
    if not isinstance(plain, dict) or not _is_number(plain.get("format")):
        raise ScaffoldError(f"{name} has no valid `format`", hint)
    folder = str(plain.get("widget", layout.WIDGET))
    if folder not in (layout.WIDGET, "."):
        raise ScaffoldError(f'{name}: `widget` must be "{layout.WIDGET}" or "."', hint)
    return State(
        format=plain["format"],
        version=str(plain.get("version", "")),
        widget=folder,
        adopted=plain.get("adopted") is True,
        packed=_packed(plain.get("packed")),
    )


def read(project: Path) -> State:
    """Read the state of the project in the folder `project`; format 1 if there is no file.

    Raises ScaffoldError if the file is invalid or cannot be read.
    """
    place = project / layout.STATE
    try:
        return parse(read_bytes(place), place.as_posix())
    except FileNotFoundError:
        return State(format=1)
    except OSError as error:
        raise ScaffoldError(f"cannot read {place}: {reason(error)}") from error


def _packed(value: Any) -> Packed | None:
    if not isinstance(value, dict):
        return None
    version, digest = value.get("version"), value.get("sha256")
    return Packed(version, digest) if isinstance(version, str) and isinstance(digest, str) else None


def _is_number(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value > 0
