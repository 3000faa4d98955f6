"""Reading the format, size and flaws of a picture from its header."""

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scaffold.check.model.images import Image, read_image
from tests.check.clean import gif, jpeg, png

WEBP_LOSSY = b"RIFF" + struct.pack("<L", 22) + b"WEBPVP8 " + b"\0" * 10 + struct.pack("<HH", 30, 20)
WEBP_LOSSLESS = b"RIFF" + struct.pack("<L", 17) + b"WEBPVP8L\0\0\0\0\x2f" + struct.pack("<L", 19 << 14 | 29)
WEBP_EXTENDED = b"RIFF" + struct.pack("<L", 22) + b"WEBPVP8X\0\0\0\0\2\0\0\0" + b"\x1d\0\0\x13\0\0"
PNG = png(30, 20)
ANIMATED = PNG[:33] + struct.pack(">L4sLLL", 8, b"acTL", 2, 0, 0) + PNG[33:]

PICTURES = [
    ("png", PNG, "PNG", (30, 20), False, ""),
    ("apng", ANIMATED, "PNG", (30, 20), True, ""),
    ("png-truncated", PNG[:-6], "PNG", (30, 20), False, "truncated"),
    ("png-header-only", PNG[:12], "PNG", (0, 0), False, "truncated"),
    ("png-no-header", PNG[:12] + b"IDAT" + PNG[16:], "PNG", (0, 0), False, "no size in its header"),
    ("png-no-pixels", png(0, 20), "PNG", (0, 20), False, "no pixels"),
    ("png-endless-chunk", PNG[:33] + b"\xff\xff\xff\xffIDAT" + PNG[41:], "PNG", (30, 20), False, "truncated"),
    ("jpeg", jpeg(30, 20), "JPEG", (30, 20), False, ""),
    ("jpeg-with-exif", b"\xff\xd8\xff\xe1\0\4ab" + jpeg(30, 20)[2:], "JPEG", (30, 20), False, ""),
    ("jpeg-truncated", jpeg(30, 20)[:-2], "JPEG", (30, 20), False, "truncated"),
    ("jpeg-cut", b"\xff\xd8\xff", "JPEG", (0, 0), False, "truncated"),
    ("jpeg-garbage", b"\xff\xd8garbage", "JPEG", (0, 0), False, "no size in its header"),
    ("gif", gif(30, 20), "GIF", (30, 20), False, ""),
    ("gif-animated", gif(30, 20)[:-1] + b"\x21\xf9\x04" * 2 + b";", "GIF", (30, 20), True, ""),
    ("gif-truncated", gif(30, 20)[:-1], "GIF", (30, 20), False, "truncated"),
    ("webp", WEBP_LOSSY, "WebP", (30, 20), False, ""),
    ("webp-lossless", WEBP_LOSSLESS, "WebP", (30, 20), False, ""),
    ("webp-animated", WEBP_EXTENDED, "WebP", (30, 20), True, ""),
    ("webp-truncated", WEBP_LOSSY[:20], "WebP", (0, 0), False, "truncated"),
    ("svg", b'<?xml version="1.0"?><svg/>', "SVG", (0, 0), False, ""),
    ("html", b"<!doctype html>", "", (0, 0), False, "not a picture"),
    ("empty", b"", "", (0, 0), False, "not a picture"),
]


@pytest.mark.parametrize(
    ("data", "format_", "size", "animated", "flaw"),
    [row[1:] for row in PICTURES],
    ids=[row[0] for row in PICTURES],
)
def test_format_size_and_flaws_are_read(
    data: bytes, format_: str, size: tuple[int, int], animated: bool, flaw: str
) -> None:
    image = read_image(data)
    assert (image.format, image.size, image.animated, image.flaw) == (format_, size, animated, flaw)
    assert image.bytes == len(data)


@given(
    st.sampled_from([PNG[:33], b"\xff\xd8\xff", b"GIF89a", b"RIFF\0\0\0\0WEBP", b""]), st.binary(max_size=99)
)
def test_any_bytes_can_be_read(head: bytes, tail: bytes) -> None:
    assert isinstance(read_image(head + tail), Image)
