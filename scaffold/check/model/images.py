"""A picture's format and size, read from its header; the file's name does not matter."""

import struct
from typing import NamedTuple

_PNG = b"\x89PNG\r\n\x1a\n"
_JPEG_NO_LENGTH = frozenset({0x01, *range(0xD0, 0xDA)})
_JPEG_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}


class Image(NamedTuple):
    """What the header of a picture says."""

    format: str
    """`PNG`, `JPEG`, `GIF`, `WebP` or `SVG`; empty for anything else."""
    width: int = 0
    """Pixels; 0 if the header does not say."""
    height: int = 0
    bytes: int = 0
    """Size of the file."""
    animated: bool = False
    flaw: str = ""
    """Why the file cannot be shown, such as `truncated`; empty if it can."""

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels."""
        return self.width, self.height


def read_image(data: bytes) -> Image:
    """Read the header of a picture; never raises."""
    try:
        if data.startswith(_PNG):
            return _png(data)
        if data.startswith(b"\xff\xd8"):
            return _jpeg(data)
        if data[:6] in (b"GIF87a", b"GIF89a"):
            return _gif(data)
        if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
            return _webp(data)
    except (struct.error, IndexError):
        name = {b"\x89": "PNG", b"\xff": "JPEG", b"G": "GIF", b"R": "WebP"}[data[:1]]
        return Image(name, bytes=len(data), flaw="truncated")
    head = data[:1000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    is_svg = head.startswith((b"<svg", b"<?xml", b"<!--", b"<!doctype svg")) and b"<svg" in head
    return Image("SVG" if is_svg else "", bytes=len(data), flaw="" if is_svg else "not a picture")


def _png(data: bytes) -> Image:
    length, kind, width, height = struct.unpack_from(">L4sLL", data, 8)
    if (length, kind) != (13, b"IHDR"):
        return Image("PNG", bytes=len(data), flaw="no size in its header")
    flaw, at, animated = "", 8, False
    while True:
        if at + 12 > len(data):
            flaw = "truncated"
            break
        length, kind = struct.unpack_from(">L4s", data, at)
        animated = animated or kind == b"acTL"
        if kind == b"IEND":
            break
        at += 12 + length
    if not flaw and (not width or not height):
        flaw = "no pixels"
    return Image("PNG", width, height, len(data), animated, flaw)


def _jpeg(data: bytes) -> Image:
    at = 2
    while True:
        if data[at] != 0xFF:
            return Image("JPEG", bytes=len(data), flaw="no size in its header")
        marker = data[at + 1]
        if marker == 0xFF:
            at += 1
        elif marker in _JPEG_NO_LENGTH:
            at += 2
        elif marker in _JPEG_FRAMES:
            height, width = struct.unpack_from(">HH", data, at + 5)
            end = data.rfind(b"\xff\xd9", at)
            return Image("JPEG", width, height, len(data), flaw="" if end > 0 else "truncated")
        else:
            at += 2 + struct.unpack_from(">H", data, at + 2)[0]


def _gif(data: bytes) -> Image:
    width, height = struct.unpack_from("<HH", data, 6)
    flaw = "" if data.rstrip(b"\0").endswith(b";") else "truncated"
    return Image("GIF", width, height, len(data), data.count(b"\x21\xf9\x04") > 1, flaw)


def _webp(data: bytes) -> Image:
    kind = data[12:16]
    animated = False
    if kind == b"VP8 ":
        width, height = (side & 0x3FFF for side in struct.unpack_from("<HH", data, 26))
    elif kind == b"VP8L":
        (bits,) = struct.unpack_from("<L", data, 21)
        width, height = (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    else:
        width, height = (int.from_bytes(data[at : at + 3], "little") + 1 for at in (24, 27))
        animated = bool(data[20] & 2)
    whole = struct.unpack_from("<L", data, 4)[0] + 8 <= len(data)
    return Image("WebP", width, height, len(data), animated, "" if whole else "truncated")
