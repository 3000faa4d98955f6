"""The values of a document with their positions: what JSON, YAML and TOML have in common."""

from collections.abc import Iterator
from typing import Any, TypeAlias

Path: TypeAlias = tuple[str | int, ...]
"""Keys and indexes from the root of a document down to a value."""

Value: TypeAlias = "str | int | float | bool | list[Node] | dict[str, Node] | None"


class Node:
    """One value and its position; lines and columns are 1-based, columns count characters."""

    __slots__ = ("column", "end", "key_column", "key_line", "key_start", "line", "start", "value")

    def __init__(
        self, value: Value, line: int, column: int, key_line: int = 0, key_column: int = 0, *,
        start: int = -1, end: int = -1, key_start: int = -1,
    ) -> None:  # fmt: skip
        self.value = value
        self.line = line
        self.column = column
        self.key_line = key_line
        """Line of the member's key; 0 if the value has no key."""
        self.key_column = key_column
        self.start = start
        """Where the value's text starts, in characters of the document; -1 if unknown."""
        self.end = end
        """Where it ends, after its last character."""
        self.key_start = key_start
        """Where the key's text starts; -1 if there is no key."""

    def with_value(self, value: Value) -> "Node":
        """Return a node with another value at the same position."""
        return Node(
            value, self.line, self.column, self.key_line, self.key_column,
            start=self.start, end=self.end, key_start=self.key_start,
        )  # fmt: skip

    def plain(self) -> Any:
        """Return the value without positions: dicts, lists and scalars."""
        if isinstance(self.value, dict):
            return {key: node.plain() for key, node in self.value.items()}
        if isinstance(self.value, list):
            return [node.plain() for node in self.value]
        return self.value

    def find(self, *path: str | int) -> "Node | None":
        """Return the node at `path` (keys and indexes from here down), or None if there is none."""
        node = self
        for step in path:
            if isinstance(node.value, dict) and isinstance(step, str) and step in node.value:
                node = node.value[step]
            elif isinstance(node.value, list) and isinstance(step, int) and 0 <= step < len(node.value):
                node = node.value[step]
            else:
                return None
        return node

    def items(self) -> "Iterator[tuple[str, Node]]":
        """Yield the members of an object; nothing for any other value."""
        if isinstance(self.value, dict):
            yield from self.value.items()


def pointer(*path: str | int) -> str:
    """Return the JSON pointer (RFC 6901) of `path`: `/widget/name`."""
    return "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in path)
