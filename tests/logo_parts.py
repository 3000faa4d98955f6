"""Draws the parts of placeholder pictures, tiles and letters, into scaffold/generate/logos/parts.

    python -m tests.logo_parts

Run it after the sizes in `kommo.limits` or the look of the placeholders have changed. `new` only joins parts,
because loading Pillow and drawing with it would take a fifth of its time. The letters are those of Pillow's
own font, Aileron, which is in the public domain (CC0).
"""

from collections.abc import Iterator
from functools import cache

from PIL import Image, ImageDraw, ImageFont

from scaffold.generate.logos import parts, placeholders, png
from scaffold.generate.logos.canvas import SHADE, TILE, WHITE, Box
from scaffold.kommo.limits import IMAGES, TOUR_HEIGHT, TOUR_WIDTH

SCALE = 3
"""Everything is drawn this many times larger and scaled down, since Pillow's shapes have hard edges."""

BOLD = 0.03
"""The thickness that the strokes of initials are given, as a fraction of the font's size."""


def drawn() -> Iterator[tuple[str, Image.Image]]:
    """Yield the name and the picture of every part."""
    for image in IMAGES:
        tile = placeholders.tile_of(image)
        yield parts.tile_name(image.width, image.height), _tile(image.width, image.height, tile, 0.2)
    slide = Box(0, 0, TOUR_WIDTH, TOUR_HEIGHT)
    yield parts.tile_name(TOUR_WIDTH, TOUR_HEIGHT), _tile(TOUR_WIDTH, TOUR_HEIGHT, slide, 0)
    for alphabet in parts.ALPHABETS:
        for size in alphabet.sizes:
            stroke = BOLD * size if alphabet is parts.INITIALS else 0
            yield parts.strip_name(alphabet, size), _strip(alphabet, size, stroke)


def _tile(width: int, height: int, box: Box, radius: float) -> Image.Image:
    """Return a tile with round corners, and on it a disc in a lighter shade, clipped to the tile."""
    size = 1.3 * box.height
    disc = Box(box.left + box.width - 0.62 * size, box.top + 0.38 * box.height, size, size)
    face = Image.new("L", (width * SCALE, height * SCALE), TILE)
    ImageDraw.Draw(face).ellipse(_corners(disc), fill=round(TILE + (WHITE - TILE) * SHADE))
    mask = Image.new("1", face.size)
    ImageDraw.Draw(mask).rounded_rectangle(_corners(box), radius * box.height * SCALE, fill=1)
    picture = Image.new("L", face.size)
    picture.paste(face, mask=mask)
    return picture.reduce(SCALE)


def _corners(box: Box) -> tuple[float, float, float, float]:
    """Return a box's corners for Pillow's shapes: enlarged, the last pixel included."""
    left, top = box.left * SCALE, box.top * SCALE
    return left, top, left + box.width * SCALE - 1, top + box.height * SCALE - 1


def _strip(alphabet: parts.Alphabet, size: int, stroke: float) -> Image.Image:
    """Return the characters side by side; a first row of pixels marks the column where each begins."""
    half = -(-alphabet.height * size // 2)
    letters = [_letter(character, size, int(half), stroke) for character in alphabet.characters]
    strip = Image.new("L", (sum(letter.width for letter in letters), letters[0].height + 1))
    left = 0
    for letter in letters:
        strip.putpixel((left, 0), WHITE)
        strip.paste(letter, (left, 1))
        left += letter.width
    return strip


def _letter(character: str, size: int, half: int, stroke: float) -> Image.Image:
    """Return one character, as wide as its advance; the middle of capitals is `half` pixels from the top."""
    font, thickness = _font(size * SCALE), round(stroke * SCALE)
    left, top, right, bottom = font.getbbox(character, anchor="ls")
    begins = min(0, left) - thickness
    ends = max(font.getlength(character), right) + thickness
    width = -(-int(ends - begins) // SCALE)
    picture = Image.new("L", (width * SCALE, 2 * half * SCALE))
    baseline = (half + parts.CAP_HEIGHT * size / 2) * SCALE
    assert baseline + top >= thickness, f"{character!r} is higher than {picture.height / SCALE} pixels"
    assert baseline + bottom + thickness <= picture.height, f"{character!r} is too low for its picture"
    ImageDraw.Draw(picture).text(
        (-begins, baseline), character, WHITE, font, "ls", stroke_width=thickness
    )  # fmt: skip
    return picture.reduce(SCALE)


@cache
def _font(size: float) -> ImageFont.FreeTypeFont:
    font = ImageFont.load_default(size)
    assert isinstance(font, ImageFont.FreeTypeFont), "this Pillow has no FreeType to draw letters with"
    return font


def main() -> None:
    parts.FOLDER.mkdir(exist_ok=True)
    for name, picture in drawn():
        pixels, width = picture.tobytes(), picture.width
        rows = [pixels[at : at + width] for at in range(0, len(pixels), width)]
        (parts.FOLDER / name).write_bytes(png.gray(rows))


if __name__ == "__main__":
    main()
