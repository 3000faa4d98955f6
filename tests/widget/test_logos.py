"""The pictures of a widget: their size and weight, what they show, and what is refused."""

import struct
import subprocess
import sys
import zlib
from io import BytesIO
from pathlib import Path
from typing import cast

import pytest
from PIL import Image, ImageDraw

from scaffold.errors import ScaffoldError
from scaffold.generate import logos
from scaffold.generate.logos import canvas, parts, placeholders, png
from scaffold.kommo import limits
from tests import logo_parts
from tests.widget.contrast import contrast

NAMES = tuple(image.name for image in limits.IMAGES)


def colors(picture: Image.Image) -> list[tuple[int, ...]]:
    """Return the colours of an RGBA picture."""
    return [cast(tuple[int, ...], color) for _, color in picture.getcolors(9999) or ()]


def opened(png: bytes) -> Image.Image:
    picture = Image.open(BytesIO(png))
    assert picture.format == "PNG"
    return picture.convert("RGBA")


def encoded(picture: Image.Image, kind: str = "PNG", **options: object) -> bytes:
    stream = BytesIO()
    picture.save(stream, kind, **options)
    return stream.getvalue()


@pytest.mark.parametrize("image", limits.IMAGES, ids=lambda image: image.name)
@pytest.mark.parametrize(
    "name",
    [
        "Acme leads",
        "x",
        "😀🎉",
        "مرحبا بالعالم",
        "Ünal Çelik",
        "Акме",
        " ",
        "W" * 10_000,
        "a\nb\x00c",
        "\ud800",
    ],
    ids=[
        "two-words",
        "letter",
        "emoji",
        "rtl",
        "accents",
        "cyrillic",
        "blank",
        "long",
        "control",
        "surrogate",
    ],
)
def test_draw_gives_the_exact_size_and_a_light_file_for_any_name(name: str, image: limits.Image) -> None:
    drawn = logos.draw(name, "acme_leads", [image.name])

    assert list(drawn) == [image.name]
    assert opened(drawn[image.name]).size == (image.width, image.height)
    assert len(drawn[image.name]) < 20_000


def test_draw_gives_the_same_bytes_in_another_process() -> None:
    script = (
        "import sys; from scaffold.generate.logos import draw; "
        "sys.stdout.buffer.write(draw('A b', 'c', ['logo.png'])['logo.png'])"
    )
    other = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, check=True, env={"PYTHONHASHSEED": "7"}
    )

    assert other.stdout == logos.draw("A b", "c", ["logo.png"])["logo.png"]


def test_draw_keeps_the_documented_margin_of_logo_main() -> None:
    picture = opened(logos.draw("Acme leads", "acme", ["logo_main.png"])["logo_main.png"])

    assert picture.getchannel("A").point(lambda value: 255 * (value > 127)).getbbox() == (10, 10, 390, 262)


def test_draw_writes_white_letters_on_the_colour_of_the_code() -> None:
    picture = opened(logos.draw("Acme", "acme", ["logo_min.png"])["logo_min.png"])
    colors = {color for _, color in picture.getcolors(10_000) or ()}

    assert (255, 255, 255, 255) in colors
    assert colors & {(*color, 255) for color in placeholders.COLORS}


def test_draw_writes_a_short_name_beside_the_initials_on_the_wide_logo() -> None:
    def ink_right_of_the_badge(name: str) -> int:
        picture = opened(logos.draw(name, "acme", ["logo_medium.png"])["logo_medium.png"])
        return sum(picture.convert("L").crop((160, 0, 230, 84)).histogram()[200:])

    assert ink_right_of_the_badge("Acme leads scoring") > 50
    assert ink_right_of_the_badge("Análisis de clientes potenciales") == 0


@pytest.mark.parametrize(
    ("name", "code", "letters"),
    [
        ("Acme leads", "x", "AL"),
        ("Acme: leads & more", "x", "AL"),
        ("scoring", "x", "S"),
        ("Ünal Çelik", "x", "UC"),
        ("24 hours", "x", "2H"),
        ("😀", "call_me", "CM"),
        ("مرحبا", "call_me", "CM"),
        ("24 часа", "all_day", "AD"),
        ("", "solo", "S"),
        ("ß", "x", "SS"),
    ],
    ids=[
        "two",
        "punctuation",
        "one",
        "accents",
        "digit",
        "emoji",
        "arabic",
        "mixed-script",
        "empty",
        "sharp-s",
    ],
)
def test_initials_come_from_the_name_or_else_from_the_code(name: str, code: str, letters: str) -> None:
    assert placeholders.initials(name, code) == letters


@pytest.mark.parametrize("color", placeholders.COLORS, ids="{0[0]:02x}{0[1]:02x}{0[2]:02x}".format)
def test_white_text_is_readable_on_every_colour_and_its_lighter_shade(color: tuple[int, ...]) -> None:
    shade = tuple(part + (255 - part) * canvas.SHADE for part in color)

    assert contrast((255, 255, 255), color) >= 4.5
    assert contrast((255, 255, 255), shade) >= 4.5


@pytest.mark.parametrize("image", limits.IMAGES, ids=lambda image: image.name)
@pytest.mark.parametrize("name", ["W W", "I I", "Q"], ids=["wide", "narrow", "tail"])
def test_initials_are_centred_on_the_tile_and_leave_room_around_them(name: str, image: limits.Image) -> None:
    if image.name == "logo_medium.png":
        name += "\u200b"  # such a name is not written beside the initials
    ink = opened(logos.draw(name, "acme", [image.name])[image.name]).convert("L")
    left, top, right, bottom = ink.point(lambda value: 255 * (value > 200)).getbbox() or (0, 0, 0, 0)

    assert left - (image.width - right) in range(-3, 4)
    tail = 0.1 * image.height  # that of Q is below the baseline
    assert -3 <= top - (image.height - bottom) <= (tail if name.startswith("Q") else 3)
    assert right - left <= 0.62 * (image.width - 2 * image.margin)
    assert bottom - top >= 0.15 * (image.height - 2 * image.margin)


def test_the_two_widest_initials_fit_the_smallest_badge() -> None:
    letters = [letter for letter in parts.INITIALS.characters if letter.isalpha()]
    pairs = [first + second for first in letters for second in letters]
    badge = min(0.6 * placeholders.tile_of(image).height for image in limits.IMAGES)

    assert [pair for pair in pairs if not parts.fitting(parts.INITIALS, (pair,), badge, 100)] == []


def test_the_parts_are_those_that_logo_parts_draws() -> None:
    drawn = dict(logo_parts.drawn())

    assert {file.name for file in parts.FOLDER.iterdir()} == drawn.keys(), "run python -m tests.logo_parts"
    for name, picture in drawn.items():
        rows = png.rows((parts.FOLDER / name).read_bytes())
        assert (len(rows[0]), len(rows)) == picture.size, name
        difference = sum(abs(a - b) for a, b in zip(b"".join(rows), picture.tobytes(), strict=True))
        assert difference < picture.width * picture.height, name  # another FreeType may draw other edges


def test_slides_are_drawn_per_locale_and_number() -> None:
    drawn = logos.slides({"en": "Acme leads", "ru": "Акме"}, "acme", 2)

    assert list(drawn) == ["tour_en_1.png", "tour_en_2.png", "tour_ru_1.png", "tour_ru_2.png"]
    assert {opened(slide).size for slide in drawn.values()} == {(limits.TOUR_WIDTH, limits.TOUR_HEIGHT)}
    assert max(map(len, drawn.values())) < 50_000
    assert len(set(drawn.values())) == 4


def checkered(width: int, height: int) -> Image.Image:
    """Return a red picture with a blue left half."""
    picture = Image.new("RGB", (width, height), "red")
    ImageDraw.Draw(picture).rectangle((0, 0, width // 2 - 1, height), fill="blue")
    return picture


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP", "BMP", "TIFF", "ICO"])
def test_fit_takes_any_format_into_every_size(kind: str) -> None:
    fitted = logos.fit(encoded(checkered(64, 64), kind), NAMES)

    sizes = {name: opened(png).size for name, png in fitted.items()}
    assert sizes == {image.name: (image.width, image.height) for image in limits.IMAGES}


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "CMYK", "YCbCr", "I;16", "F"])
def test_fit_takes_any_mode(mode: str) -> None:
    kind = "TIFF" if mode in {"CMYK", "YCbCr", "F"} else "PNG"

    assert opened(
        logos.fit(encoded(Image.new(mode, (9, 9)), kind), ["logo_min.png"])["logo_min.png"]
    ).size == (84, 84)


@pytest.mark.parametrize(
    ("size", "drawn"),
    [
        ((200, 100), (0, 21, 84, 63)),
        ((100, 200), (21, 0, 63, 84)),
        ((84, 84), (0, 0, 84, 84)),
        ((1, 5000), (41, 0, 42, 84)),
    ],
    ids=["wide", "tall", "square", "hair"],
)
def test_fit_keeps_the_proportions_and_centres(
    size: tuple[int, int], drawn: tuple[int, int, int, int]
) -> None:
    picture = opened(logos.fit(encoded(Image.new("RGB", size, "red")), ["logo_min.png"])["logo_min.png"])

    assert picture.getchannel("A").getbbox() == drawn


def test_fit_keeps_the_documented_margin_of_logo_main() -> None:
    picture = opened(
        logos.fit(encoded(Image.new("RGB", (380, 252), "red")), ["logo_main.png"])["logo_main.png"]
    )

    assert picture.getchannel("A").getbbox() == (10, 10, 390, 262)


def test_fit_keeps_transparency_without_dark_fringes() -> None:
    disc = Image.new("RGBA", (400, 400), (0, 0, 0, 0))
    ImageDraw.Draw(disc).ellipse((0, 0, 399, 399), fill=(255, 255, 255, 255))
    picture = opened(logos.fit(encoded(disc), ["logo_min.png"])["logo_min.png"])

    assert picture.getpixel((0, 0)) == (0, 0, 0, 0)
    assert {color[:3] for color in colors(picture) if color[3]} == {(255, 255, 255)}


def test_fit_turns_the_picture_as_its_exif_data_says() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # the camera was turned: the right edge of the stored picture is its bottom
    picture = opened(
        logos.fit(encoded(checkered(100, 100), "JPEG", exif=exif), ["logo_min.png"])["logo_min.png"]
    )

    blue = [cast(int, picture.getchannel("B").getpixel((42, y))) for y in (10, 70)]
    assert [value > 128 for value in blue] == [True, False]


def test_fit_takes_the_first_frame_of_an_animation() -> None:
    frames = [Image.new("RGB", (84, 84), color) for color in ("red", "blue")]
    picture = opened(
        logos.fit(encoded(frames[0], "GIF", save_all=True, append_images=frames[1:]), ["logo_min.png"])[
            "logo_min.png"
        ]
    )

    assert picture.getpixel((42, 42)) == (255, 0, 0, 255)


def test_fit_stays_below_the_weight_limit_with_noise() -> None:
    noise = Image.effect_noise((800, 544), 100)
    source = Image.merge("RGB", [noise, noise.rotate(90), noise.rotate(180)])

    assert len(logos.fit(encoded(source), ["logo_main.png"])["logo_main.png"]) <= limits.IMAGE_MAX_BYTES


def huge_png(width: int, height: int) -> bytes:
    """Return the beginning of a PNG that claims this size."""
    header = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + struct.pack(">I", 13)
        + header
        + struct.pack(">I", zlib.crc32(header))
        + b"\0\0\0\0IDAT"
    )


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "the logo is not in a format that Pillow can read"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "the logo is not in a format that Pillow can read"),
        (
            b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n",
            "the logo is not in a format that Pillow can read",
        ),
        (huge_png(10_000, 8_000), "the logo has 10000x8000 pixels, the limit is 50,000,000"),
        (huge_png(60_000, 60_000), "the logo has more than 50,000,000 pixels"),
        (encoded(checkered(99, 99))[:120], "the logo cannot be read: "),
    ],
    ids=["empty", "svg", "postscript", "large", "bomb", "cut-off"],
)
def test_fit_refuses_what_is_not_a_usable_picture(data: bytes, message: str) -> None:
    with pytest.raises(ScaffoldError) as refused:
        logos.fit(data, ["logo.png"])

    assert refused.value.message.startswith(message)
    assert refused.value.hint == "give a PNG, JPEG, GIF or WebP file"


def test_importing_logos_does_not_import_pillow() -> None:
    script = "import sys, scaffold.generate.logos; sys.exit('PIL' in sys.modules)"

    assert (
        subprocess.run([sys.executable, "-c", script], check=False, cwd=Path(__file__).parent).returncode == 0
    )


def test_drawing_does_not_import_pillow() -> None:
    script = "import sys; from scaffold.generate import logos; logos.draw('A', 'a', ['logo.png']); "
    run = subprocess.run([sys.executable, "-c", script + "sys.exit('PIL' in sys.modules)"], check=False)

    assert run.returncode == 0
