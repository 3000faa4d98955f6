"""What is not known yet: the answer `later`, which leaves a marked gap in the widget."""

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
        """The file of the widget and where in it the value belongs: `script.js, LIST_ID`."""

    @property
    def label(self) -> str:
        """The other kind's, and the word."""
        return f"{self.kind.label}, or `{LATER}`"

    def read(self, node: Node, reading: Reading) -> Any:
        """Return the value, or `later`."""
        return LATER if node.value == LATER else self.kind.read(node, reading)

    def schema(self) -> dict[str, Any]:
        """Return either."""
        return {"anyOf": [self.kind.schema(), {"const": LATER}]}

    def plain(self, value: Any) -> Any:
        """Return the word as it is."""
        return LATER if value == LATER else self.kind.plain(value)

    def parse(self, text: str) -> Any:
        """Return the word as it is."""
        return LATER if text == LATER else self.kind.parse(text)

    def text(self, value: Any) -> str:
        """Return the word as it is."""
        return LATER if value == LATER else self.kind.text(value)
