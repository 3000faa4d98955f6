"""Placeholders drawn from a widget's name and code: logos, and the slides of the tour."""

import re
import unicodedata
import zlib
from collections.abc import Iterable, Mapping

from scaffold.generate.logos import parts
from scaffold.generate.logos.canvas import Box, Canvas, shades
from scaffold.kommo.limits import (
    IMAGE_BY_NAME,
    TOUR_HEIGHT,
    TOUR_WIDTH,
    Image,
    tour_image,
)

COLORS: tuple[tuple[int, int, int], ...] = (
    (0x1D, 0x4F, 0xC4), (0x3B, 0x3F, 0xC9), (0x5F, 0x35, 0xBD), (0x86, 0x2C, 0xA8), (0xA3, 0x24, 0x72),
    (0xAF, 0x23, 0x3A), (0xA0, 0x3C, 0x12), (0x7C, 0x50, 0x08), (0x47, 0x64, 0x0F), (0x17, 0x6A, 0x3A),
    (0x08, 0x68, 0x60), (0x0C, 0x62, 0x85), (0x38, 0x4E, 0x63),
)  # fmt: skip
"""Colours of a tile. White text has a contrast of at least 4.5:1 (WCAG AA) on each and its lighter shade."""

NAME_MAX_CHARS = 32
"""A longer name is not written on a picture."""

LINE_MAX_CHARS = 12
"""A longer text of several words is broken into two lines."""


def draw(name: str, code: str, names: Iterable[str]) -> dict[str, bytes]:
    """Return a placeholder for each of `names` (of `limits.IMAGES`): file name -> PNG.

    The same arguments give the same bytes.
    """
    colors = shades(_color(code))
    return {file: _logo(IMAGE_BY_NAME[file], name, code).png(colors) for file in names}


def slides(titles: Mapping[str, str], code: str, count: int) -> dict[str, bytes]:
    """Return `count` placeholder slides for each locale of `titles`: file name -> PNG."""
    colors = shades(_color(code))
    return {
        tour_image(locale, number): _slide(title, code, f"{number} / {count}").png(colors)
        for locale, title in titles.items()
        for number in range(1, count + 1)
    }


def initials(name: str, code: str) -> str:
    """Return one or two capitals from `name`, or from `code` if the font cannot draw those of the name."""
    spelled = unicodedata.normalize("NFKD", name[:100])
    words = re.findall(r"[^\W_]+", "".join(char for char in spelled if not unicodedata.combining(char)))
    firsts = "".join(word[0] for word in words[:2]).upper()[:2]
    return firsts if firsts and firsts.isascii() else initials(code.replace("_", " "), "widget")


def tile_of(image: Image) -> Box:
    """Return the place of the tile in a logo."""
    return Box(image.margin, image.margin, image.width - 2 * image.margin, image.height - 2 * image.margin)


def _color(code: str) -> tuple[int, int, int]:
    return COLORS[zlib.crc32(code.encode()) % len(COLORS)]


def _logo(image: Image, name: str, code: str) -> Canvas:
    """Return a logo: the initials on a tile, and the name beside them if there is room."""
    canvas = Canvas(image.width, image.height)
    badge = tile = tile_of(image)
    if tile.width > 2.5 * tile.height and _is_drawable(name):
        side = tile._replace(width=tile.height)
        room = tile._replace(left=tile.left + side.width, width=tile.width - 1.15 * side.width)
        lines = _balanced(" ".join(name.split()))
        if _write(canvas, parts.TEXT, lines, room.inner(1, 0.2 * len(lines)), align="left"):
            badge = side
    _write(canvas, parts.INITIALS, (initials(name, code),), badge.inner(0.6, 0.42))
    return canvas


def _slide(title: str, code: str, number: str) -> Canvas:
    """Return a slide: the initials large, the title and the slide's number below."""
    text = title if _is_drawable(title) else code
    whole = Box(0, 0, TOUR_WIDTH, TOUR_HEIGHT)
    canvas = Canvas(TOUR_WIDTH, TOUR_HEIGHT)
    _write(canvas, parts.INITIALS, (initials(text, code),), whole._replace(top=150, height=150))
    _write(canvas, parts.TEXT, (text,), whole._replace(top=380, height=42).inner(0.8, 1))
    _write(canvas, parts.TEXT, (number,), whole._replace(top=520, height=20))
    return canvas


def _write(
    canvas: Canvas, alphabet: parts.Alphabet, lines: tuple[str, ...], box: Box, align: str = "middle"
) -> bool:
    """Write in the largest letters that fit; return whether any do."""
    letters = parts.fitting(alphabet, lines, box.width, box.height)
    if letters:
        canvas.write(lines, letters, box, align)
    return letters is not None


def _is_drawable(text: str) -> bool:
    """Return whether `text` is short and ASCII: the font has little else."""
    return len(text) <= NAME_MAX_CHARS and text.isascii() and text.isprintable() and bool(text.strip())


def _balanced(text: str) -> tuple[str, ...]:
    """Return `text` as one line, or as two of similar length."""
    spaces = [place for place, char in enumerate(text) if char == " "]
    if not spaces or len(text) <= LINE_MAX_CHARS:
        return (text,)
    middle = min(spaces, key=lambda place: abs(place - len(text) / 2))
    return text[:middle], text[middle + 1 :]
