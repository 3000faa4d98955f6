"""Whether the pixel data of a PNG is complete."""

import struct
import zlib
from collections.abc import Iterator

_CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
"""Colour type -> samples per pixel. Source: <https://www.w3.org/TR/png-3/#6Colour-values>."""

_PASSES = ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2))
"""First column, first row, column step and row step of each interlaced pass. Source: ibid., section 8.1."""


def has_all_pixels(data: bytes) -> bool:
    """Return whether the PNG in `data`, with a readable header, decompresses to the size its header states.

    Decompresses no more than that, so check first that the stated size is reasonable.
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
    """Yield the columns and rows of each pass."""
    for column, row, right, down in _PASSES if interlaced else ((0, 0, 1, 1),):
        yield -((column - width) // right), -((row - height) // down)


def _packed(data: bytes) -> Iterator[bytes]:
    at = 8
    while at + 12 <= len(data):
        length, kind = struct.unpack_from(">L4s", data, at)
        if kind == b"IDAT":
            yield data[at + 8 : at + 8 + length]
        at += 12 + length
