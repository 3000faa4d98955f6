"""The rules about images: a table of edits of the clean widget, each with the findings of its rule."""

import struct
import zlib

import pytest

from scaffold.check.engine import lint
from scaffold.check.findings import Severity
from scaffold.check.model.png import has_all_pixels
from scaffold.check.model.widget import Widget
from scaffold.check.options import CheckOptions
from scaffold.check.rules import all_rules
from scaffold.files.archive import Archive
from scaffold.kommo.limits import IMAGES
from tests.check.clean import clean_widget, png
from tests.check.edits import edited
from tests.check.expect import found

MAIN, MIN, DP = "images/logo_main.png", "images/logo_min.png", "images/logo_dp.png"
SLIDE = "images/tour_es.png"
PIPELINE, TOUR, MENU = "* with digital_pipeline\n", "* with tour\n", "* with widget_page\nmanifest.json "

Row = tuple[str, str, str, list[tuple[str, str, str]]]


def _slides(count: int) -> str:
    slides = ", ".join(['"/images/tour_es.png"'] * count)
    return TOUR + f'manifest.json {{"tour": {{"tour_images": {{"es": [{slides}]}}}}}}'


def _slide_path(path: str) -> str:
    return TOUR + f'manifest.json {{"tour": {{"tour_images": {{"es": ["{path}"]}}}}}}'


LOGOS: list[Row] = [
    *[
        ("G101", logo.name, f"images/{logo.name} absent",
         [(f"images/{logo.name}", "0:0", f"`images/{logo.name}` is missing")])
        for logo in IMAGES if logo.always
    ],
    ("G101", "other-format", "images/logo_main.jpg jpeg 400x272\nimages/logo_main.png absent",
     [(MAIN, "0:0", "`images/logo_main.png` is missing")]),
    ("G101", "unreadable", "images/logo_main.png absent\nimages/logo_main.png encrypted", []),
    ("G101", "logo-of-an-area", "", []),
    ("G101", "no-manifest", "manifest.json absent\nimages/logo.png absent",
     [("images/logo.png", "0:0", "`images/logo.png` is missing")]),
    ("G101", "no-widget", "manifest.json absent\nscript.js absent\nimages/logo.png absent", []),
    ("G102", "missing", PIPELINE + "images/logo_dp.png absent",
     [(DP, "0:0", "`images/logo_dp.png` is missing (needed by `digital_pipeline`)")]),
    ("G102", "not-declared", "", []),
    ("G103", "truncated", "images/logo_main.png png 400x272 truncated",
     [(MAIN, "0:0", "the image cannot be read: truncated")]),
    ("G103", "no-picture", "images/logo_main.png\n    version https://git-lfs.test/spec/v1",
     [(MAIN, "0:0", "the image cannot be read: not a picture")]),
    ("G103", "empty", 'images/logo_main.png ""', [(MAIN, "0:0", "the image cannot be read: not a picture")]),
    ("G103", "of-a-declared-area", PIPELINE + "images/logo_dp.png png 174x109 truncated",
     [(DP, "0:0", "the image cannot be read: truncated")]),
    ("G103", "of-no-area", "images/logo_dp.png png 174x109 truncated", []),
    ("G104", "smaller", "images/logo_main.png png 399x272",
     [(MAIN, "0:0", "the image is 399x272 pixels")]),
    ("G104", "one-pixel", "images/logo_main.png png 1x1", [(MAIN, "0:0", "the image is 1x1 pixels")]),
    ("G104", "turned", "images/logo_main.png png 272x400",
     [(MAIN, "0:0", "the image is 272x400 pixels")]),
    ("G104", "older-min", "images/logo_min.png png 42x42",
     [(MIN, "0:0", "the image is 42x42 pixels, the size used by older widgets")]),
    ("G104", "older-medium", "images/logo_medium.png png 120x42",
     [("images/logo_medium.png", "0:0", "the image is 120x42 pixels, the size used by older widgets")]),
    ("G104", "of-a-declared-area", PIPELINE + "images/logo_dp.png png 100x100",
     [(DP, "0:0", "the image is 100x100 pixels")]),
    ("G104", "of-no-area", "images/logo_dp.png png 100x100", []),
    ("G104", "truncated", "images/logo_main.png png 1x1 truncated", []),
    ("G104", "jpeg", "images/logo_main.png jpeg 1x1", [(MAIN, "0:0", "the image is 1x1 pixels")]),
    ("G104", "svg", "images/logo_main.png\n    <svg/>", []),
    ("G105", "jpeg", "images/logo_main.png jpeg 400x272", [(MAIN, "0:0", "the file is JPEG, not PNG")]),
    ("G105", "gif", "images/logo_main.png gif 400x272", [(MAIN, "0:0", "the file is GIF, not PNG")]),
    ("G105", "svg", "images/logo_main.png\n    <svg/>", [(MAIN, "0:0", "the file is SVG, not PNG")]),
    ("G105", "truncated", "images/logo_main.png jpeg 400x272 truncated", []),
    ("G106", "heavy", "images/logo_main.png png 400x272 300kB",
     [(MAIN, "0:0", "the image is 301 KB, the limit is 300 KB")]),
    ("G106", "light", "images/logo_main.png png 400x272 299kB", []),
    ("G106", "heavy-slide", TOUR + "images/tour_es.png png 1188x616 400kB", []),
]  # fmt: skip

SLIDES: list[Row] = [
    ("G110", "missing", TOUR + "images/tour_es.png absent",
     [("manifest.json", "/tour/tour_images/es/0", "the slide `images/tour_es.png` is not in the archive")]),
    ("G110", "other-letters", _slide_path("/images/Tour_es.png"),
     [("manifest.json", "/tour/tour_images/es/0", "the slide `images/Tour_es.png` is not in the archive")]),
    ("G110", "outside", _slide_path("https://acme-help.test/a.png"),
     [("manifest.json", "/tour/tour_images/es/0",
       "the slide `https://acme-help.test/a.png` is not in the archive")]),
    ("G110", "no-slash", _slide_path("images/tour_es.png"), []),
    ("G110", "version", _slide_path("images/tour_es.png?v=1"), []),
    ("G110", "dot", _slide_path("./images/tour_es.png"), []),
    ("G110", "on-the-site", _slide_path("/upl/acme/1/widget/images/tour_es.png"), []),
    ("G110", "undeclared-locale",
     TOUR + 'manifest.json {"tour": {"tour_images": {"pt": ["/images/tour_pt.png"]}}}', []),
    ("G110", "no-list", TOUR + 'manifest.json {"tour": {"tour_images": {"es": 7}}}', []),
    ("G115", "png-as-svg", "images/home.svg png 24x24",
     [("images/home.svg", "0:0", "the file is PNG, not SVG")]),
    ("G115", "jpeg-as-png", "images/a.png jpeg 24x24",
     [("images/a.png", "0:0", "the file is JPEG, not PNG")]),
    ("G115", "right", "images/a.jpg jpeg 24x24", []),
    ("G115", "logo", "images/logo_min.png jpeg 84x84", []),
    ("G115", "slide", TOUR + "images/tour_es.png jpeg 1188x616", []),
    ("G110", "unreadable", TOUR + "images/tour_es.png absent\nimages/tour_es.png encrypted", []),
    ("G112", "six", _slides(6),
     [("manifest.json", "/tour/tour_images/es/5", "the tour has 6 slides for `es`")]),
    ("G112", "five", _slides(5), []),
    ("G113", "truncated", TOUR + "images/tour_es.png png 1188x616 truncated",
     [(SLIDE, "0:0", "the image cannot be read: truncated")]),
    ("G114", "jpeg-in-png", TOUR + "images/tour_es.png jpeg 1188x616",
     [(SLIDE, "0:0", "the file is JPEG, not PNG")]),
    ("G114", "png-in-jpg", _slide_path("images/a.jpg") + "\nimages/a.jpg png 1188x616",
     [("images/a.jpg", "0:0", "the file is PNG, not JPEG")]),
    ("G114", "jpeg", _slide_path("images/a.jpg") + "\nimages/a.jpg jpeg 1188x616", []),
    ("G120", "icons", MENU + '{"left_menu": {"acme": {"icons": {"dark": "images/dark.svg"}}}}',
     [("manifest.json", "/left_menu/acme/icons/dark", "the icon `images/dark.svg` is not in the archive")]),
    ("G120", "icon", MENU + '{"left_menu": {"acme": {"icons": null, "icon": "/images/menu.svg"}}}',
     [("manifest.json", "/left_menu/acme/icon", "the icon `images/menu.svg` is not in the archive")]),
    ("G120", "salesbot", '* with salesbot_designer\nmanifest.json {"salesbot_designer": '
     '{"logo": "/widgets/acme/images/bot.png"}}',
     [("manifest.json", "/salesbot_designer/logo", "the icon `images/bot.png` is not in the archive")]),
    ("G120", "on-the-site", '* with salesbot_designer\nmanifest.json {"salesbot_designer": '
     '{"logo": "/upl/acme/1/widget/images/logo_min.png"}}', []),
    ("G120", "version", MENU + '{"left_menu": {"acme": {"icons": {"dark": "images/menu_dark.svg?v=1"}}}}',
     []),
    ("G120", "other-host", MENU + '{"left_menu": {"acme": {"icons": {"dark": "https://acme-help.test/a.svg"}}}}',
     []),
    ("G120", "a-missing-logo", "* with widget_page\nimages/logo_min.png absent", []),
]  # fmt: skip

ROWS = [*LOGOS, *SLIDES]


@pytest.mark.parametrize(
    ("code", "edits", "expected"),
    [(code, edits, expected) for code, _, edits, expected in ROWS],
    ids=[f"{code}-{name}" for code, name, *_ in ROWS],
)
def test_findings_about_images(code: str, edits: str, expected: list[tuple[str, str, str]]) -> None:
    assert found(code, edits) == expected


AMOCRM = [
    ("G101", "jpeg", "images/logo_main.jpg jpeg 400x272\nimages/logo_main.png absent", []),
    ("G104", "jpeg", "images/logo_main.jpeg jpeg 1x1\nimages/logo_main.png absent",
     [("images/logo_main.jpeg", "0:0", "the image is 1x1 pixels")]),
    ("G105", "jpeg", "images/logo_main.jpg jpeg 400x272\nimages/logo_main.png absent", []),
    ("G105", "png-in-gif", "images/logo_main.gif png 400x272\nimages/logo_main.png absent",
     [("images/logo_main.gif", "0:0", "the file is PNG, not GIF")]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("code", "edits", "expected"),
    [(code, edits, expected) for code, _, edits, expected in AMOCRM],
    ids=[f"{code}-{name}" for code, name, *_ in AMOCRM],
)
def test_findings_about_images_on_amocrm(code: str, edits: str, expected: list[tuple[str, str, str]]) -> None:
    assert found(code, edits, platform="amocrm") == expected


PUBLIC: list[Row] = [
    ("G111", "small", TOUR + "images/tour_es.png png 800x600",
     [(SLIDE, "0:0", "the slide is 800x600 pixels")]),
    ("G111", "shown-twice", _slides(2) + "\nimages/tour_es.png jpeg 800x600",
     [(SLIDE, "0:0", "the slide is 800x600 pixels")]),
    ("G111", "no-size", TOUR + 'images/tour_es.png "<svg></svg>"', []),
    ("G111", "jpeg", TOUR + "images/tour_es.png jpeg 1188x616", []),
    ("G107", "moving", TOUR + "images/logo.png png 130x100 animated",
     [("images/logo.png", "0:0", "the image is animated")]),
    ("G107", "still", TOUR, []),
    ("G107", "gif-named-png", TOUR + "images/logo.png gif 130x100", []),
]  # fmt: skip


@pytest.mark.parametrize(
    ("code", "edits", "expected"),
    [(code, edits, expected) for code, _, edits, expected in PUBLIC],
    ids=[f"{code}-{name}" for code, name, *_ in PUBLIC],
)
def test_findings_about_images_of_public_widgets_only(
    code: str, edits: str, expected: list[tuple[str, str, str]]
) -> None:
    assert found(code, edits, "public") == expected
    assert found(code, edits) == []


HINTS = [
    ("G101", "images/logo_main.png absent", "add it, 400x272 pixels"),
    ("G101", "logo_main.png png 400x272\nimages/logo_main.png absent",
     "move `logo_main.png` to `images/logo_main.png`"),
    ("G101", "images/LOGO_MAIN.PNG png 400x272\nimages/logo_main.png absent",
     "move `images/LOGO_MAIN.PNG` to `images/logo_main.png`"),
    ("G101", "images/logo_main.jpg jpeg 400x272\nimages/logo_main.png absent",
     "save `images/logo_main.jpg` as PNG"),
    ("G110", _slide_path("/tour_es.png"), "did you mean `images/tour_es.png`?"),
]  # fmt: skip


@pytest.mark.parametrize(("code", "edits", "hint"), HINTS, ids=[row[2] for row in HINTS])
def test_a_hint_names_the_edit(code: str, edits: str, hint: str) -> None:
    findings = lint(Widget(edited(edits)), options=CheckOptions(select=(code,)))
    assert [finding.hint for finding in findings] == [hint]


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">L", len(data)) + kind + data + struct.pack(">L", zlib.crc32(kind + data))


def _png(
    width: int, height: int, pixels: bytes, depth: int = 8, colour: int = 0, interlaced: int = 0
) -> bytes:
    head = struct.pack(">LLBBBBB", width, height, depth, colour, 0, 0, interlaced)
    chunks = [_chunk(b"IHDR", head), _chunk(b"IDAT", zlib.compress(pixels)), _chunk(b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


PIXELS = [
    ("grey", _png(10, 4, bytes(4 * 11)), True),
    ("colours", _png(10, 4, bytes(4 * 31), colour=2), True),
    ("colours-and-alpha", _png(10, 4, bytes(4 * 41), colour=6), True),
    ("palette-of-4-bits", _png(9, 4, bytes(4 * 6), depth=4, colour=3), True),
    ("interlaced", _png(8, 8, bytes(2 + 2 + 3 + 6 + 10 + 20 + 36), interlaced=1), True),
    ("interlaced-narrow", _png(1, 1, bytes(2), interlaced=1), True),
    ("more-than-promised", _png(10, 4, bytes(1000)), True),
    ("a-row-too-few", _png(10, 4, bytes(3 * 11)), False),
    ("none", _png(10, 4, b""), False),
    ("unknown-colours", _png(10, 4, bytes(4 * 41), colour=7), True),
    ("not-packed", png(10, 4).replace(b"\x78\xda", b"\0\0"), False),
    ("changed-header", png(10, 4).replace(struct.pack(">L", 4), struct.pack(">L", 5), 1), False),
]


@pytest.mark.parametrize(("data", "whole"), [row[1:] for row in PIXELS], ids=[row[0] for row in PIXELS])
def test_a_picture_has_the_pixels_that_its_header_claims(data: bytes, whole: bool) -> None:
    assert has_all_pixels(data) is whole


def test_a_logo_that_lies_about_its_size_is_reported_once() -> None:
    files = clean_widget() | {MAIN: _png(400, 272, bytes(100))}
    findings = lint(Widget(Archive(files)))
    message = "the image cannot be read: its pixels do not match its header"
    assert [(f.code, f.path, f.message) for f in findings] == [("G103", MAIN, message)]


def test_a_picture_with_a_huge_size_is_not_unpacked() -> None:
    files = clean_widget() | {MAIN: _png(60_000, 60_000, bytes(100))}
    findings = lint(Widget(Archive(files)))
    assert [(f.code, f.message) for f in findings] == [("G104", "the image is 60000x60000 pixels")]


def test_faults_of_slides_are_errors_in_public_widgets_only() -> None:
    severities = {rule.code: rule.severities for rule in all_rules()}
    assert severities["G111"] == {"public": Severity.ERROR}
    for code in ("G110", "G112", "G113"):
        assert severities[code] == {"private": Severity.WARNING, "public": Severity.ERROR}
