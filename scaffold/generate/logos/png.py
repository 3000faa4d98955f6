"""PNGs with one byte a pixel, written and read without a library.

Pillow's import takes longer than drawing all pictures of a widget from their parts.
"""

import struct
import zlib
from collections.abc import Iterable

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_GRAY, _PALETTE = 0, 3
"""Colour types. Source: <https://www.w3.org/TR/png-3/#6Colour-values>."""


def gray(rows: list[bytes]) -> bytes:
    """Return a PNG of rows of grey values, in the form that `rows` reads."""
    return _file(_header(rows, _GRAY), _data(rows, level=9))


def colored(rows: list[bytes], colors: bytes, opacities: bytes) -> bytes:
    """Return a PNG of rows of indexes into `colors`, three bytes each; later `opacities` are 255."""
    return _file(
        _header(rows, _PALETTE), _chunk(b"PLTE", colors), _chunk(b"tRNS", opacities), _data(rows, level=1)
    )


def rows(png: bytes) -> list[bytes]:
    """Return the rows of a PNG that `gray` has made."""
    (width,) = struct.unpack_from(">I", png, 16)
    pixels = zlib.decompress(png[41:-16])  # after the header's chunk, before the checksum and the end
    return [pixels[at + 1 : at + 1 + width] for at in range(0, len(pixels), 1 + width)]


def _header(rows: list[bytes], color_type: int) -> bytes:
    return _chunk(b"IHDR", struct.pack(">IIBBBBB", len(rows[0]), len(rows), 8, color_type, 0, 0, 0))


def _data(rows: Iterable[bytes], level: int) -> bytes:
    return _chunk(b"IDAT", zlib.compress(b"".join(b"\0" + row for row in rows), level))


def _file(*chunks: bytes) -> bytes:
    return _SIGNATURE + b"".join(chunks) + _chunk(b"IEND", b"")


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
