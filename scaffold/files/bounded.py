"""Reads files, whatever lies there in their place: regular ones up to a bound, and without waiting."""

import errno
import os
import stat
from pathlib import Path
from typing import BinaryIO

from scaffold.errors import ScaffoldError

MAX_BYTES = 1024 * 1024
"""Of a record or a file of waivers; real ones have a few KB."""

_NO_WAIT = getattr(os, "O_NONBLOCK", 0)


def opened(path: Path, *, pipes: bool = False) -> BinaryIO:
    """Return a regular file, open to be read. Raises OSError, also for a pipe, a device and the like.

    `pipes` lets those be read that the user names, such as a shell's `<(...)`; one that nobody writes to is
    empty then, where a plain open would wait for ever.
    """
    mode = path.stat().st_mode
    if not (pipes or stat.S_ISREG(mode) or stat.S_ISDIR(mode)):
        raise OSError(errno.EINVAL, "is not a regular file", str(path))
    file = open(path, "rb", opener=_without_waiting)  # noqa: SIM115 - the caller's to close
    if pipes and _NO_WAIT:
        os.set_blocking(file.fileno(), True)
    return file


def _without_waiting(path: str, flags: int) -> int:
    return os.open(path, flags | _NO_WAIT)


def read_bytes(path: Path, limit: int = MAX_BYTES) -> bytes:
    """Return a file of at most `limit` bytes. Raises OSError, and ScaffoldError for a larger one."""
    with opened(path) as file:
        if os.fstat(file.fileno()).st_size <= limit and len(data := file.read(limit + 1)) <= limit:
            return data
    raise ScaffoldError(f"{path} has more than {limit:,} bytes", "is it the right file?")


def read_text(path: Path) -> str:
    """Return a small file's text. Raises OSError, UnicodeDecodeError, and ScaffoldError for a large one."""
    return read_bytes(path).decode()
