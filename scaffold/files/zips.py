"""Reads untrusted zips, and writes zips that are the same for the same files."""

import io
import stat
import struct
import zipfile
import zlib
from typing import BinaryIO

from scaffold.errors import ScaffoldError
from scaffold.files.archive import MAX_FILE_BYTES, MAX_FILES, MIB, Archive, Collector, Trouble
from scaffold.files.tree import Tree

MAX_ZIP_BYTES = 64 * MIB
"""Size of the zip itself, which is read completely."""

MAX_ENTRIES = 2 * MAX_FILES
"""Entries, with folders and ignored files. A million of them cost Python 10 s and 1 GB."""

MAX_DIRECTORY_BYTES = 2 * MIB
"""Size of the zip's directory; an entry takes at least 46 bytes, whatever the recorded count is."""

MAX_RATIO = 200
"""Ratio of unpacked to packed size, above `RATIO_FROM_BYTES`. Text rarely exceeds 20, a bomb has 1000."""

RATIO_FROM_BYTES = MIB
"""A smaller file may have any ratio, such as one full of spaces."""

ENTRY_TIME = (2020, 1, 1, 0, 0, 0)
"""The time of every entry, so that the same files give the same bytes."""

_END = struct.Struct("<4s4H2LH")
_END64_LOCATOR = struct.Struct("<4sLQL")
_END64 = struct.Struct("<4sQ2H2L4Q")
_ENCRYPTED = 0x1
_UNIX = 3


def from_zip(file: BinaryIO) -> Archive:
    """Read a zip. Raises ScaffoldError if the file is not a zip or exceeds the limits."""
    data = file.read(MAX_ZIP_BYTES + 1)
    if len(data) > MAX_ZIP_BYTES:
        raise ScaffoldError(f"larger than {MAX_ZIP_BYTES // MIB} MiB, which is not a widget")
    _refuse_large_directory(data)
    found = Collector(keeps_private=False)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as source:
            for entry in source.infolist():
                _take(source, entry, found)
    except (zipfile.BadZipFile, ValueError, NotImplementedError, struct.error) as error:
        raise ScaffoldError(
            f"a damaged zip: {str(error).lower()}", "pack it again with kommo-widget pack"
        ) from error
    return found.archive()


def to_zip(tree: Tree) -> bytes:
    """Return the tree as a zip: sorted, with fixed times and modes, so that equal trees give equal bytes."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, data in tree.items():
            entry = zipfile.ZipInfo(path, ENTRY_TIME)
            entry.create_system = _UNIX
            entry.external_attr = (stat.S_IFREG | 0o644) << 16
            archive.writestr(entry, data, zipfile.ZIP_DEFLATED, 9)
    return target.getvalue()


def _refuse_large_directory(data: bytes) -> None:
    """Read the end record first, because just opening a zip can take all memory. Raises ScaffoldError."""
    start = data.rfind(b"PK\5\6", -65_557)
    if start < 0 or start + _END.size > len(data):
        raise ScaffoldError("not a zip, or a truncated one", "give a widget's folder or zip")
    _, _, _, _, entries, size, _, _ = _END.unpack_from(data, start)
    locator = start - _END64_LOCATOR.size
    if locator >= 0 and data.startswith(b"PK\6\7", locator):
        _, _, end64, _ = _END64_LOCATOR.unpack_from(data, locator)
        if end64 + _END64.size <= len(data):
            *_, entries, size, _ = _END64.unpack_from(data, end64)
    if entries > MAX_ENTRIES or size > MAX_DIRECTORY_BYTES:
        raise ScaffoldError(f"more than {MAX_ENTRIES} entries, which is not a widget")


def _take(source: zipfile.ZipFile, entry: zipfile.ZipInfo, found: Collector) -> None:
    name = entry.orig_filename
    path = name.replace("\\", "/")
    if path.endswith("/"):
        if not path.startswith("/") and ".." not in path.split("/"):
            return
        path = path.rstrip("/")
    if not found.wants(path):
        return
    if path != name:
        found.trouble(Trouble.BACKSLASH, name)
    if path in found.files:
        found.trouble(Trouble.DUPLICATE, path)
    elif entry.create_system == _UNIX and stat.S_ISLNK(entry.external_attr >> 16):
        found.trouble(Trouble.SYMLINK, path)
    elif entry.flag_bits & _ENCRYPTED:
        found.trouble(Trouble.ENCRYPTED, path)
    elif entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        found.trouble(Trouble.UNREADABLE, path, f"compressed by method {entry.compress_type}, not by deflate")
    elif entry.file_size > max(RATIO_FROM_BYTES, MAX_RATIO * entry.compress_size):
        found.trouble(Trouble.TOO_LARGE, path, f"compressed more than {MAX_RATIO} to 1")
    elif found.fits(path, entry.file_size):
        _unpack(source, entry, path, found)


def _unpack(source: zipfile.ZipFile, entry: zipfile.ZipInfo, path: str, found: Collector) -> None:
    try:
        with source.open(entry) as packed:
            data = packed.read(MAX_FILE_BYTES + 1)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError) as error:
        found.trouble(Trouble.UNREADABLE, path, str(error).lower() or "truncated")
        return
    if found.fits(path, len(data)):
        found.add(path, data)
