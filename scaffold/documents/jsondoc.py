"""JSON written by hand: every value has its position, and reading goes on after most errors."""

import contextlib
from typing import Any, NamedTuple

from scaffold.documents.json_reader import Reader
from scaffold.documents.json_scanner import Stop
from scaffold.documents.node import Node
from scaffold.documents.parse_error import ParseError


class Document(NamedTuple):
    """A document, as far as it could be read."""

    root: Node | None
    """None if nothing could be read."""
    errors: tuple[ParseError, ...] = ()
    complete: bool = False
    """Whether every value was read; only then is an absent value really missing."""

    def plain(self) -> Any:
        """Return the values without positions; None if nothing could be read."""
        return self.root.plain() if self.root else None

    def find(self, *path: str | int) -> Node | None:
        """Return the node at `path` (keys and indexes from the root), or None if there is none."""
        return self.root.find(*path) if self.root else None

    def nearest(self, *path: str | int) -> Node | None:
        """Return the node at `path`, or its innermost ancestor that exists."""
        node = self.root
        for step in path:
            below = node.find(step) if node else None
            if below is None:
                break
            node = below
        return node


def parse(text: str) -> Document:
    """Parse `text` as JSON; never raises.

    Comments, trailing commas and duplicate keys (the last one wins) are errors after which reading
    goes on. So are syntax errors that leave no doubt about what was meant: a missing comma, colon or last
    brace, a comma too many, single quotes. Any other error ends the document at its position.
    """
    reader = Reader(text)
    with contextlib.suppress(Stop):
        reader.document()
    return Document(reader.root, tuple(reader.errors), reader.complete)


def parse_bytes(data: bytes) -> Document:
    """Parse the bytes of a file. Bytes that are not UTF-8 are an error; the rest of the file is read."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return Document(None, (ParseError(1, 1, "the file is UTF-16, not UTF-8"),))
    try:
        return parse(data.decode())
    except UnicodeDecodeError as error:
        before = data[: error.start].decode()
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        message = f"byte 0x{data[error.start]:02x} is not UTF-8"
    document = parse(data.decode(errors="replace"))
    return document._replace(errors=(ParseError(line, column, message, "encoding"), *document.errors))
