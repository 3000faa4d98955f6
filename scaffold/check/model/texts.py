"""The texts of one locale: `i18n/<locale>.json`."""

from collections.abc import Iterator, Mapping
from functools import cached_property

from scaffold.documents.jsondoc import Document
from scaffold.documents.node import Node


class Texts:
    """The texts of one locale; keys are dotted, such as `widget.name`."""

    def __init__(self, locale: str, document: Document) -> None:
        self.locale = locale
        self.path = f"i18n/{locale}.json"
        self.document = document

    @cached_property
    def leaves(self) -> Mapping[str, Node]:
        """Every value that is not an object, by dotted key, in the order of the file."""
        return dict(_leaves(self.document.root, "")) if self.document.root else {}

    def find(self, key: str) -> Node | None:
        """Return the node of a dotted key, which may be a group of texts; None if there is none."""
        return self.document.find(*key.split("."))


def _leaves(node: Node, key: str) -> Iterator[tuple[str, Node]]:
    if not isinstance(node.value, dict):
        yield key, node
    for name, member in node.items():
        yield from _leaves(member, f"{key}.{name}" if key else name)
