"""The answer `later` for a value that is not known yet: it leaves a marked gap in the widget."""

from typing import Any

from scaffold.documents.node import Node
from scaffold.generate.answers.blocks import LATER
from scaffold.generate.answers.draft import Reading
from scaffold.generate.answers.question import Kind


class OrLater(Kind):
    """A value of another kind, or `later`."""

    def __init__(self, kind: Kind, place: str) -> None:
        self.kind = kind
        self.place = place
        """Where the value belongs: a file of the widget and a name in it, `script.js, LIST_ID`."""

    @property
    def label(self) -> str:
        """The label of the other kind, and the word."""
        return f"{self.kind.label}, or `{LATER}`"

    def read(self, node: Node, reading: Reading) -> Any:
        """Return the value, or `later`."""
        return LATER if node.value == LATER else self.kind.read(node, reading)

    def schema(self) -> dict[str, Any]:
        """Return a schema that allows either."""
        return {"anyOf": [self.kind.schema(), {"const": LATER}]}

    def plain(self, value: Any) -> Any:
        """Return the word unchanged, any other value as its kind does."""
        return LATER if value == LATER else self.kind.plain(value)

    def parse(self, text: str) -> Any:
        """Return the word unchanged, any other text as its kind does."""
        return LATER if text == LATER else self.kind.parse(text)

    def text(self, value: Any) -> str:
        """Return the word unchanged, any other value as its kind does."""
        return LATER if value == LATER else self.kind.text(value)
