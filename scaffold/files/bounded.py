"""Reads regular files up to a size limit, and never waits for a pipe or a device in place of one."""

import errno
import os
import stat
from pathlib import Path
from typing import BinaryIO

from scaffold.errors import ScaffoldError

MAX_BYTES = 1024 * 1024
"""Limit for small files, such as a record or waivers; real ones have a few KB."""

_NO_WAIT = getattr(os, "O_NONBLOCK", 0)


def opened(path: Path, *, pipes: bool = False) -> BinaryIO:
    """Open a regular file for reading. Raises OSError, also for a pipe or a device.

    `pipes` allows those too, such as a shell's `<(...)` that the user passes. A pipe that nobody writes to is
    then empty; a plain open would block forever.
    """
    mode = path.stat().st_mode
    if not (pipes or stat.S_ISREG(mode) or stat.S_ISDIR(mode)):
        raise OSError(errno.EINVAL, "is not a regular file", str(path))
    file = open(path, "rb", opener=_without_waiting)  # noqa: SIM115 - the caller closes it
    if pipes and _NO_WAIT:
        os.set_blocking(file.fileno(), True)
    return file


def _without_waiting(path: str, flags: int) -> int:
    return os.open(path, flags | _NO_WAIT)


def read_bytes(path: Path, limit: int = MAX_BYTES) -> bytes:
    """Read a file of at most `limit` bytes. Raises OSError, and ScaffoldError for a larger file."""
    with opened(path) as file:
        if os.fstat(file.fileno()).st_size <= limit and len(data := file.read(limit + 1)) <= limit:
            return data
    raise ScaffoldError(f"{path} has more than {limit:,} bytes", "is it the right file?")


def read_text(path: Path) -> str:
    """Read the text of a small file. Raises OSError, UnicodeDecodeError, and ScaffoldError if it is large."""
    return read_bytes(path).decode()
