"""What a merge by units sees of a file: lists of items, which hold lists again.

Offsets are in bytes of the file's text. An item is one statement, member, rule or paragraph with the comment
that leads it; a list is what stands between two braces, or the whole file.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple


class Part(NamedTuple):
    """A stretch of an item: plain text, or a list."""

    start: int
    end: int
    held: "List | None" = None


class Item:
    """One unit of a list."""

    def __init__(
        self, key: str, start: int, body: int, end: int, stop: int, parts: Callable[[], Sequence[Part]]
    ) -> None:
        self.key = key
        """What it is called; the same in all three files of a merge."""
        self.start = start
        """Where its leading comment begins, or else itself."""
        self.body = body
        """Where it begins itself."""
        self.end = end
        """Where it ends, the separator after it not counted."""
        self.stop = stop
        """Where its separator ends, and a comment on the same line."""
        self._parts = parts
        self.is_fixed = False
        """Whether it only marks a place: it is never merged, taken out or put in."""

    @cached_property
    def parts(self) -> Sequence[Part]:
        """The stretches from `body` to `end`, in order and without gaps."""
        return self._parts()


@dataclass(slots=True)
class List:
    """What stands between two braces, or the whole file."""

    kind: str
    """Lists of one kind can be merged with each other."""
    open: int
    """Where the first item could begin."""
    close: int
    """Where the closing brace begins."""
    items: Sequence[Item]
    separator: str = ""
    """What stands between two items beside blanks: a comma or nothing."""


class Source(NamedTuple):
    """A file that was read for a merge by units."""

    data: bytes
    root: List
    fold: Callable[[str], str]
    """Text -> what two equal ones have in common."""
    is_indented: bool = True
    """Whether its lines are indented by their depth, as code is."""

    def text(self, start: int, end: int) -> str:
        """Return a stretch of the text."""
        return self.data[start:end].decode()

    def folded(self, start: int, end: int) -> str:
        """Return a stretch as it compares."""
        return self.fold(self.text(start, end))

    def indent(self, at: int) -> str:
        """Return the blanks that the line around `at` begins with."""
        begin = self.data.rfind(b"\n", 0, at) + 1
        line = self.data[begin:at]
        return line[: len(line) - len(line.lstrip(b" \t"))].decode()

    def is_first(self, at: int) -> bool:
        """Return whether nothing but blanks stands before `at` on its line."""
        begin = self.data.rfind(b"\n", 0, at) + 1
        return not self.data[begin:at].strip()


def fixed(item: Item, key: str) -> Item:
    """Return an item that marks the place of `item` for those around it, under another name."""
    mark = Item(key, item.start, item.body, item.end, item.stop, lambda: ())
    mark.is_fixed = True
    return mark


def numbered(items: Sequence[Item]) -> dict[str, Item]:
    """Return the items by key; of several with one key the later ones with their number behind it."""
    named: dict[str, Item] = {}
    for item in items:
        key, count = item.key, 1
        while key in named:
            count += 1
            key = f"{item.key} #{count}"
        named[key] = item
    return named
