"""A canvas that a placeholder is put together on, and its colours.

It has one channel: 0 to `TILE` is the opacity of the tile, `TILE` to `WHITE` the share of white. So smooth
edges need no blending, and a palette adds the colours at the end.
"""

from typing import NamedTuple

from scaffold.generate.logos import parts, png
from scaffold.generate.logos.parts import LINE_HEIGHT, Letters

TILE, WHITE = 127, 255
SHADE = 0.09
"""The share of white in the lighter shade of a tile."""

_FAINT = round(255 * SHADE)
"""A letter's edge with no more white than this, of 255, would not be seen on the lighter shade."""
_INK = bytes(0 if share <= _FAINT else TILE + (WHITE - TILE) * share // 255 for share in range(256))
_HOLE = bytes(0 if ink else 255 for ink in _INK)
"""Tables for the pixels of letters: what they are on the canvas, and a mask of what stays as it was."""

_OPACITIES = bytes(255 * step // TILE for step in range(TILE))


class Box(NamedTuple):
    """A rectangle of a picture, in pixels."""

    left: float
    top: float
    width: float
    height: float

    def inner(self, width: float, height: float) -> "Box":
        """Return the centre of the box; `width` and `height` are fractions of its own."""
        left = self.left + self.width * (1 - width) / 2
        top = self.top + self.height * (1 - height) / 2
        return Box(left, top, self.width * width, self.height * height)


class Canvas:
    """A picture to write on: a tile at first."""

    def __init__(self, width: int, height: int) -> None:
        self._rows = parts.tile(width, height)

    def write(self, lines: tuple[str, ...], letters: Letters, box: Box, align: str = "middle") -> None:
        """Write `lines` in the middle of `box`, or from its left edge (`align`)."""
        middle = box.top + box.height / 2 - LINE_HEIGHT * letters.size * (len(lines) - 1) / 2
        for line in lines:
            left = box.left + ((box.width - letters.width(line)) / 2 if align == "middle" else 0)
            self._paste(letters.line(line), round(left), round(middle - len(letters.rows) / 2))
            middle += LINE_HEIGHT * letters.size

    def _paste(self, picture: list[bytes], left: int, top: int) -> None:
        for y, row in enumerate(picture, start=top):
            below = self._rows[y]
            right = left + len(row)
            kept = _number(below[left:right]) & _number(row.translate(_HOLE))
            ink = (kept | _number(row.translate(_INK))).to_bytes(len(row), "big")
            self._rows[y] = below[:left] + ink + below[right:]

    def png(self, shades: bytes) -> bytes:
        """Return the picture as a PNG; `shades` comes from `shades()`."""
        return png.colored(self._rows, shades, _OPACITIES)


def shades(color: tuple[int, int, int]) -> bytes:
    """Return the 256 colours of a canvas, three bytes each: `color` up to `TILE`, then tints up to white."""
    lighter = [(step - TILE) / (WHITE - TILE) for step in range(TILE + 1, WHITE + 1)]
    return bytes(color) * (TILE + 1) + bytes(
        part + round((255 - part) * white) for white in lighter for part in color
    )


def _number(row: bytes) -> int:
    """Return a row as one number, since masking it byte by byte takes ten times as long."""
    return int.from_bytes(row, "big")
