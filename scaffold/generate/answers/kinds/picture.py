"""A picture of the user's, by its path."""

from pathlib import Path
from typing import Any

from scaffold.documents.node import Node
from scaffold.generate.answers.draft import Reading
from scaffold.generate.answers.question import Kind
from scaffold.project.layout import LOGO_NAME
from scaffold.text import quoted, reason

MAX_BYTES = 20_000_000
"""Ours: more than any logo weighs, little enough to read at once."""


_ESCAPED = frozenset("\a\b\t\n\v\f\r")
"""What YAML makes of a Windows path in double quotes."""


class Picture(Kind):
    """A file, read here and decoded where it is drawn."""

    label = "path"

    def read(self, node: Node, reading: Reading) -> bytes:
        """Return the file's bytes; the path starts from the folder of the answers file."""
        if not isinstance(node.value, str) or not node.value:
            reading.fault(node, "must be the path of a picture")
            return b""
        data = b""
        try:
            path = reading.source.folder / node.value
            if not path.is_file():
                escaped = (
                    "" if _ESCAPED.isdisjoint(node.value) else "; in double quotes, `\\` begins an escape"
                )
                reading.fault(node, f"is not a file that is there: {quoted(node.value)}{escaped}")
                return b""
            data = _read_bounded(path)
        except (OSError, ValueError) as error:
            why = reason(error)
            reading.fault(node, f"cannot be read: {quoted(node.value)}: {why}")
        if len(data) > MAX_BYTES:
            reading.fault(node, f"is larger than {MAX_BYTES // 1_000_000} MB: {quoted(node.value)}")
        return data

    def plain(self, value: bytes) -> str:  # noqa: ARG002 - the bytes are stored beside the answers
        """Return the name under which the picture is stored beside the recorded answers."""
        return LOGO_NAME

    def schema(self) -> dict[str, Any]:
        """Return the type."""
        return {"type": "string", "minLength": 1}


def _read_bounded(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(MAX_BYTES + 1)
