"""Whether a PNG holds the picture that its header promises."""

import struct
import zlib
from collections.abc import Iterator

_CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
"""Colour type -> values a pixel. Source: <https://www.w3.org/TR/png-3/#6Colour-values>."""

_PASSES = ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2))
"""First column and row, and steps, of the interlaced passes. Source: as above, section 8.1."""


def has_all_pixels(data: bytes) -> bool:
    """Return whether the whole PNG in `data` unpacks to as many bytes as its header says.

    Unpacks no more than that, so ask only where the header's size is one you would draw.
    """
    (checksum,) = struct.unpack_from(">L", data, 29)
    if zlib.crc32(data[12:29]) != checksum:
        return False
    width, height, depth, colour, _, _, interlaced = struct.unpack_from(">LLBBBBB", data, 16)
    bits = depth * _CHANNELS.get(colour, 0)
    expected = sum(
        rows * (1 + (columns * bits + 7) // 8)
        for columns, rows in _parts(width, height, bool(interlaced))
        if columns
    )
    unpacker, unpacked = zlib.decompressobj(), 0
    try:
        for part in _packed(data):
            while part and unpacked < expected:
                unpacked += len(unpacker.decompress(part, expected - unpacked))
                part = unpacker.unconsumed_tail
    except zlib.error:
        return False
    return bool(unpacked == expected)


def _parts(width: int, height: int, interlaced: bool) -> Iterator[tuple[int, int]]:
    """Yield columns and rows of each pass."""
    for column, row, right, down in _PASSES if interlaced else ((0, 0, 1, 1),):
        yield -((column - width) // right), -((row - height) // down)


def _packed(data: bytes) -> Iterator[bytes]:
    at = 8
    while at + 12 <= len(data):
        length, kind = struct.unpack_from(">L4s", data, at)
        if kind == b"IDAT":
            yield data[at + 8 : at + 8 + length]
        at += 12 + length
