"""The parts of a placeholder: tiles, and letters in several sizes, as grey PNGs.

`tests/logo_parts.py` draws them. The letters of a size are side by side in one picture, whose first row of
pixels marks the column where each begins. The middle of the other rows is the middle of the capitals.
"""

from functools import cache
from pathlib import Path
from typing import NamedTuple

from scaffold.generate.logos import png

FOLDER = Path(__file__).parent / "parts"

CAP_HEIGHT, LINE_HEIGHT = 0.7, 1.15
"""The height of the font's capitals, and the distance between baselines, as fractions of its size."""


class Alphabet(NamedTuple):
    """Letters of one weight."""

    name: str
    characters: str
    height: float
    """Of a letter's picture, as a fraction of the font's size."""
    sizes: tuple[int, ...]
    """Of the font, in pixels, the largest first."""


INITIALS = Alphabet(
    "initials",
    "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ",
    height=0.9,
    sizes=(150, 103, 60, 54, 48, 43, 38, 34, 30, 27, 24),
)
TEXT = Alphabet(
    "text",
    "".join(map(chr, range(0x20, 0x7F))),
    height=1.2,
    sizes=(60, 40, 28, 24, 20, 18, 15, 12),
)
ALPHABETS = (INITIALS, TEXT)


class Letters(NamedTuple):
    """The letters of one size."""

    size: int
    rows: list[bytes]
    """Of the picture with all letters, without its first row."""
    columns: dict[str, slice]
    """Character -> its part of each row."""

    def line(self, text: str) -> list[bytes]:
        """Return the rows of a line of text."""
        columns = [self.columns[character] for character in text]
        return [b"".join([row[part] for part in columns]) for row in self.rows]

    def width(self, text: str) -> int:
        """Return the width of a line of text, in pixels."""
        columns = [self.columns[character] for character in text]
        return sum(part.stop - part.start for part in columns)


def fitting(alphabet: Alphabet, lines: tuple[str, ...], width: float, height: float) -> Letters | None:
    """Return the largest letters in which `lines` fit, with the height of capitals; None if none do."""
    high = CAP_HEIGHT + LINE_HEIGHT * (len(lines) - 1)
    for size in alphabet.sizes:
        if round(size * high) <= height:
            letters = _letters(alphabet, size)
            if max(map(letters.width, lines)) <= width:
                return letters
    return None


def tile(width: int, height: int) -> list[bytes]:
    """Return the rows of the tile for a picture of this size."""
    return _rows(tile_name(width, height))


def tile_name(width: int, height: int) -> str:
    """Return the name of a tile's file."""
    return f"tile-{width}x{height}.png"


def strip_name(alphabet: Alphabet, size: int) -> str:
    """Return the name of the file with the letters of a size."""
    return f"{alphabet.name}-{size}.png"


@cache
def _letters(alphabet: Alphabet, size: int) -> Letters:
    marks, *rows = _rows(strip_name(alphabet, size))
    begins = [column for column, mark in enumerate(marks) if mark]
    parts = map(slice, begins, [*begins[1:], len(marks)])
    return Letters(size, rows, dict(zip(alphabet.characters, parts, strict=True)))


def _rows(name: str) -> list[bytes]:
    return png.rows((FOLDER / name).read_bytes())
