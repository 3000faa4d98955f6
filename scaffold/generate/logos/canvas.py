"""A canvas to draw a placeholder on, and its PNG.

It has one channel: 0 to `_TILE` is the opacity of the tile, `_TILE` to 255 the share of white. So smooth
edges need no blending, and a palette adds the colours at the end. Pillow's PNG writer is not used: it loads
five other formats, which takes longer than all the drawing.
"""

import struct
import zlib
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from scaffold.errors import ScaffoldError

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont

SHADE = 0.09
"""The share of white in the lighter shade of a tile."""

_TILE, _WHITE = 127, 255
_SHADE = round(_TILE + (_WHITE - _TILE) * SHADE)
_SCALE = 3
"""Everything is drawn this many times larger and scaled down, since Pillow's shapes have hard edges."""
_REFERENCE = 100
"""The font size, in pixels, at which a text is measured; widths are proportional to the size."""
_CAP_HEIGHT, _LINE_HEIGHT = 0.7, 1.15
"""The height of the font's capitals, and the distance between baselines, as fractions of its size."""


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
    """A picture to draw on, transparent at first."""

    def __init__(self, width: int, height: int) -> None:
        from PIL import Image, ImageDraw

        self._picture = Image.new("L", (width * _SCALE, height * _SCALE))
        self._draw = ImageDraw.Draw(self._picture)

    def tile(self, box: Box, radius: float) -> None:
        """Draw a tile with round corners, and on it a disc in the lighter shade, clipped to the tile."""
        from PIL import Image, ImageDraw

        size = 1.3 * box.height
        disc = Box(box.left + box.width - 0.62 * size, box.top + 0.38 * box.height, size, size)
        face = Image.new("L", self._picture.size, _TILE)
        ImageDraw.Draw(face).ellipse(_corners(disc), fill=_SHADE)
        mask = Image.new("1", face.size)
        ImageDraw.Draw(mask).rounded_rectangle(_corners(box), radius * _SCALE, fill=1)
        self._picture.paste(face, mask=mask)

    def write(self, lines: tuple[str, ...], box: Box, weight: float = 0.0, align: str = "middle") -> None:
        """Write `lines` as large as `box` allows, centred or from its left edge (`align`).

        `weight` thickens the strokes, as a fraction of the font's size.
        """
        widest = max(_font(_REFERENCE).getlength(line) for line in lines) / _REFERENCE
        high = _CAP_HEIGHT + _LINE_HEIGHT * (len(lines) - 1)
        size = min(box.width / widest, box.height / high) * _SCALE
        x = (box.left + (box.width / 2 if align == "middle" else 0)) * _SCALE
        baseline = (box.top + box.height / 2) * _SCALE + (_CAP_HEIGHT - high / 2) * size
        for line in lines:
            place = (x, baseline)
            stroke = round(weight * size)
            self._draw.text(place, line, _WHITE, _font(size), f"{align[0]}s", stroke_width=stroke)
            baseline += _LINE_HEIGHT * size

    def png(self, palette: bytes) -> bytes:
        """Return the picture in its final size as a PNG; `palette` comes from `palette()`."""
        picture = self._picture.reduce(_SCALE)
        pixels, width = picture.tobytes(), picture.width
        rows = b"".join(b"\0" + pixels[at : at + width] for at in range(0, len(pixels), width))
        return b"\x89PNG\r\n\x1a\n" + b"".join(
            (
                _chunk(b"IHDR", struct.pack(">IIBBBBB", width, picture.height, 8, 3, 0, 0, 0)),
                _chunk(b"PLTE", b"".join(palette[at : at + 3] for at in range(0, len(palette), 4))),
                _chunk(b"tRNS", palette[3 : 4 * _TILE : 4]),
                _chunk(b"IDAT", zlib.compress(rows, level=1)),
                _chunk(b"IEND", b""),
            )
        )


def palette(color: tuple[int, int, int]) -> bytes:
    """Return the 256 colours of a canvas as RGBA: `color` from transparent to opaque, then to white."""
    return bytes(part for entry in _entries(color) for part in entry)


def _entries(color: tuple[int, int, int]) -> Iterator[tuple[int, ...]]:
    for step in range(_TILE):
        yield *color, round(255 * step / _TILE)
    for step in range(_WHITE - _TILE + 1):
        white = step / (_WHITE - _TILE)
        yield *(round(part + (255 - part) * white) for part in color), 255


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _corners(box: Box) -> tuple[float, float, float, float]:
    """Return a box's corners for Pillow's shapes: enlarged, the last pixel included."""
    left, top = box.left * _SCALE, box.top * _SCALE
    return left, top, left + box.width * _SCALE - 1, top + box.height * _SCALE - 1


@cache
def _font(size: float) -> "FreeTypeFont":
    """Return the font that Pillow includes; `size` is in pixels."""
    from PIL import ImageFont

    font = ImageFont.load_default(size)
    if not isinstance(font, ImageFont.FreeTypeFont):
        raise ScaffoldError(
            "this Pillow has no FreeType to draw letters with", "install Pillow from its wheel"
        )
    return font
