"""Lines and columns of a text, and conversion from and to offsets."""

from bisect import bisect_right
from itertools import accumulate
from typing import NamedTuple


class Place(NamedTuple):
    """A position in a text."""

    line: int
    """1-based."""
    column: int
    """1-based, in characters."""
    text: str = ""
    """What is there, if it matters: a name, a key, an address."""


class Places:
    """The lines of one text."""

    def __init__(self, text: str) -> None:
        self._starts = [0, *accumulate(len(line) for line in text.split("\n"))]
        # Every line but the first follows a line break, which split() removed.
        self._starts = [start + number for number, start in enumerate(self._starts)]

    def of(self, offset: int) -> tuple[int, int]:
        """Return line and column (1-based, in characters) of an offset."""
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1

    def offset(self, line: int, column: int) -> int:
        """Return the offset of a line and column, the inverse of `of`."""
        return self._starts[line - 1] + column - 1
