"""The model of a file for a merge by units: lists of items, which contain lists again.

Offsets are in bytes of the file's text. An item is one statement, member, rule or paragraph with the comment
above it; a list is the content of a pair of braces, or of the whole file.
"""

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import NamedTuple


class Part(NamedTuple):
    """A range of an item: plain text, or a list."""

    start: int
    end: int
    held: "List | None" = None


class Item:
    """One unit of a list."""

    def __init__(
        self, key: str, start: int, body: int, end: int, stop: int, parts: Callable[[], Sequence[Part]]
    ) -> None:
        self.key = key
        """Identifies it; the same in all three files of a merge."""
        self.start = start
        """Start of the comment above it, or of the item itself."""
        self.body = body
        """Start of the item itself."""
        self.end = end
        """End of the item, without the separator after it."""
        self.stop = stop
        """End of its separator, and of a comment on the same line."""
        self._parts = parts
        self.is_fixed = False
        """Whether it only marks a place: it is never merged, removed or inserted."""

    @cached_property
    def parts(self) -> Sequence[Part]:
        """The ranges from `body` to `end`, in order and without gaps."""
        return self._parts()


class List(NamedTuple):
    """The content of a pair of braces, or of the whole file."""

    kind: str
    """Only lists of the same kind can be merged."""
    open: int
    """Where the first item could start."""
    close: int
    """Start of the closing brace."""
    items: Sequence[Item]
    separator: str = ""
    """Between two items: a comma or nothing."""


class Source(NamedTuple):
    """A file read for a merge by units."""

    data: bytes
    root: List
    fold: Callable[[str], str]
    """Returns a text in a form that is equal for equivalent texts."""
    is_indented: bool = True
    """Whether its lines are indented by their depth, as code is."""

    def text(self, start: int, end: int) -> str:
        """Return a range of the text."""
        return self.data[start:end].decode()

    def folded(self, start: int, end: int) -> str:
        """Return a range of the text, folded for comparison."""
        return self.fold(self.text(start, end))

    def indent(self, at: int) -> str:
        """Return the indentation of the line around `at`."""
        begin = self.data.rfind(b"\n", 0, at) + 1
        line = self.data[begin:at]
        return line[: len(line) - len(line.lstrip(b" \t"))].decode()

    def is_first(self, at: int) -> bool:
        """Return whether there is only white space before `at` on its line."""
        begin = self.data.rfind(b"\n", 0, at) + 1
        return not self.data[begin:at].strip()


def fixed(item: Item, key: str) -> Item:
    """Return an item that only marks the place of `item`, with another key."""
    mark = Item(key, item.start, item.body, item.end, item.stop, lambda: ())
    mark.is_fixed = True
    return mark


def numbered(items: Sequence[Item]) -> dict[str, Item]:
    """Return the items by key; if several have the same key, the later ones get a number: `key #2`."""
    named: dict[str, Item] = {}
    for item in items:
        key, count = item.key, 1
        while key in named:
            count += 1
            key = f"{item.key} #{count}"
        named[key] = item
    return named
