"""Reads a style sheet into its rules and their declarations."""

import re
from collections.abc import Iterator

from scaffold.grow.merge.folding import folded
from scaffold.grow.merge.pieces import Item, List, Part, Source

_TOKEN = re.compile(
    rb"""(?P<space>\s+)|(?P<comment>/\*.*?\*/)|(?P<string>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')"""
    rb"""|(?P<mark>[{};])|(?P<word>[^\s{};"'/]+|/)""",
    re.DOTALL,
)
_MAX_DEPTH = 20


class _UnbalancedError(Exception):
    pass


def read(text: str) -> Source | None:
    """Return the rules of a style sheet; None if its braces do not match."""
    data = text.encode()
    reader = _Reader(data)
    try:
        items = [*reader.items(0)]
    except _UnbalancedError:
        return None
    return Source(data, List("sheet", 0, len(data), items), folded)


class _Reader:
    """Reads a sheet from the start, one item at a time."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0
        self.closed = 0
        """Offset of the brace that closed the last list."""

    def items(self, depth: int) -> Iterator[Item]:
        """Yield the items up to the closing brace, or at depth 0 up to the end."""
        comments: list[tuple[int, int]] = []
        start = -1
        while match := _TOKEN.match(self._data, self._at):
            kind, text = match.lastgroup, match[0]
            self._at = match.end()
            if kind == "comment" and start < 0:
                comments.append(match.span())
            elif text == b"}":
                if start >= 0:
                    yield from self._item(comments, start, _trimmed(self._data, start, match.start()))
                yield from _comment_items(self._data, comments if start < 0 else [])
                self.closed = match.start()
                if not depth:
                    raise _UnbalancedError
                return
            elif text in (b"{", b";"):
                yield from self._item(comments, match.start() if start < 0 else start, match.start(), depth)
                comments, start = [], -1
            elif kind != "space" and start < 0:
                start = match.start()
        if depth or start >= 0 or self._at < len(self._data):
            raise _UnbalancedError
        yield from _comment_items(self._data, comments)

    def _item(
        self, comments: list[tuple[int, int]], start: int, end: int, depth: int | None = None
    ) -> Iterator[Item]:
        """Yield the separate comments, then the item whose head is between `start` and `end`."""
        free, lead = _leading(self._data, comments, start)
        yield from _comment_items(self._data, free)
        head = _trimmed(self._data, start, end)
        if depth is None or self._data[end : end + 1] == b";":
            stop = end + (depth is not None)
            name = self._data[start:head].partition(b":")[0].decode()
            yield Item(
                f"set {folded(name)}", lead, start, head, self._comment_end(stop), lambda: [Part(start, head)]
            )
            return
        if depth >= _MAX_DEPTH:
            raise _UnbalancedError
        inner = [*self.items(depth + 1)]
        is_plain = all(item.key.startswith(("set ", "comment ")) for item in inner)
        held = List("block", end + 1, self.closed, inner, ";" if is_plain else "")
        parts = [Part(start, end), Part(end, self._at, held), Part(self._at, self._at)]
        key = f"rule {folded(self._data[start:head].decode())}"
        stop = self._at
        yield Item(key, lead, start, stop, self._comment_end(stop), lambda: parts)

    def _comment_end(self, stop: int) -> int:
        """Return the end of a comment on the same line, and skip it; without one, return `stop`."""
        found = re.compile(rb"[ \t]*/\*[^\n]*?\*/(?=[ \t]*\n)").match(self._data, stop)
        if found and self._at <= found.end():
            self._at = found.end()
            return found.end()
        return stop


def _leading(data: bytes, comments: list[tuple[int, int]], start: int) -> tuple[list[tuple[int, int]], int]:
    """Return the separate comments, and the start of those directly above `start`."""
    at = len(comments)
    below = start
    while at and data[comments[at - 1][1] : below].count(b"\n") < 2:
        at -= 1
        below = comments[at][0]
    return comments[:at], below


def _comment_items(data: bytes, comments: list[tuple[int, int]]) -> Iterator[Item]:
    for start, end in comments:
        key = f"comment {folded(data[start:end].decode())}"
        yield Item(key, start, start, end, end, lambda start=start, end=end: [Part(start, end)])  # type: ignore[misc]


def _trimmed(data: bytes, start: int, end: int) -> int:
    """Return the end of the text between `start` and `end` without trailing white space."""
    return start + len(data[start:end].rstrip())
