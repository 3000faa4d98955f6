"""Places in a text, and the way to them from an offset."""

from bisect import bisect_right
from itertools import accumulate
from typing import NamedTuple


class Place(NamedTuple):
    """A spot in a text, and what stands there where it matters."""

    line: int
    """1-based."""
    column: int
    """1-based, in characters."""
    text: str = ""


class Places:
    """The lines of one text."""

    def __init__(self, text: str) -> None:
        self._starts = [0, *accumulate(len(line) for line in text.split("\n"))]
        # Each line but the first is preceded by one break, which split() took away.
        self._starts = [start + number for number, start in enumerate(self._starts)]

    def of(self, offset: int) -> tuple[int, int]:
        """Return line and column, 1-based, in characters, of an offset."""
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1

    def offset(self, line: int, column: int) -> int:
        """Return the offset of a place that `of` gives."""
        return self._starts[line - 1] + column - 1
