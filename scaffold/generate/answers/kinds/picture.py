"""The user's own picture, given by its path."""

from pathlib import Path
from typing import Any

from scaffold.documents.node import Node
from scaffold.generate.answers.draft import Reading
from scaffold.generate.answers.question import Kind
from scaffold.project.layout import LOGO_NAME
from scaffold.text import quoted, reason

MAX_BYTES = 20_000_000
"""Our limit: more than any logo has, small enough to read at once."""


_ESCAPED = frozenset("\a\b\t\n\v\f\r")
"""Characters that YAML makes of a Windows path in double quotes."""


class Picture(Kind):
    """A picture file; only read here, decoded when it is drawn."""

    label = "path"

    def read(self, node: Node, reading: Reading) -> bytes:
        """Return the file's bytes; the path is relative to the folder of the answers file."""
        if not isinstance(node.value, str) or not node.value:
            reading.fault(node, "must be the path of a picture")
            return b""
        data = b""
        try:
            path = reading.source.folder / node.value
            if not path.is_file():
                escaped = (
                    "" if _ESCAPED.isdisjoint(node.value) else "; in double quotes, `\\` starts an escape"
                )
                reading.fault(node, f"is not an existing file: {quoted(node.value)}{escaped}")
                return b""
            data = _read_bounded(path)
        except (OSError, ValueError) as error:
            why = reason(error)
            reading.fault(node, f"cannot be read: {quoted(node.value)}: {why}")
        if len(data) > MAX_BYTES:
            reading.fault(node, f"is larger than {MAX_BYTES // 1_000_000} MB: {quoted(node.value)}")
        return data

    def plain(self, value: bytes) -> str:  # noqa: ARG002 - the bytes are stored beside the answers
        """Return the file name of the picture stored beside the recorded answers."""
        return LOGO_NAME

    def schema(self) -> dict[str, Any]:
        """Return the type."""
        return {"type": "string", "minLength": 1}


def _read_bounded(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(MAX_BYTES + 1)
