"""Confines the child process: it writes only in its own folders, starts no programs and opens no connections.

It is an audit hook: Python calls it before it opens, makes or removes anything, and it cannot be removed.
It confines code in the interpreter. Jinja2's sandbox keeps templates out of the interpreter altogether; the
hook also stops file names with `..`.
"""

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from threading import get_ident
from typing import Any

_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_CHANGES = {
    "os.mkdir": 1, "os.rmdir": 1, "os.remove": 1, "os.chmod": 1, "os.chown": 1, "os.utime": 1,
    "os.truncate": 1, "os.rename": 2, "os.link": 2, "os.symlink": 2, "shutil.rmtree": 1,
}  # fmt: skip
"""Event -> how many of its first arguments are paths."""
_PROGRAMS = (
    "subprocess.",
    "os.system",
    "os.exec",
    "os.fork",
    "os.spawn",
    "os.posix_spawn",
    "socket.",
    "ctypes.",
)


_RELEASED: set[int] = set()
"""Ids of threads that are not watched."""


class Forbidden(Exception):  # noqa: N818 - what was tried, not an error of ours
    """Something the child may not do; the message completes "the template ..."."""


def enclose(folders: Sequence[Path], *, programs: bool) -> None:
    """From now on, let this process write only below `folders`, and start programs only with `programs`."""
    roots = [os.path.realpath(folder) for folder in folders]

    def watch(event: str, args: tuple[Any, ...]) -> None:
        if get_ident() in _RELEASED:
            return
        if event == "open":
            path, _, flags = args
            if not isinstance(path, int) and flags and flags & _WRITES:
                _confine(path, roots)
        elif count := _CHANGES.get(event):
            for path in args[:count]:
                _confine(path, roots)
        elif not programs and event.startswith(_PROGRAMS):
            raise Forbidden("starts a program or calls a server, which only trusted code may do")

    sys.addaudithook(watch)


def release() -> None:
    """Stop watching this thread, which runs no code of the template, so that it can clean up at the end."""
    _RELEASED.add(get_ident())


def _confine(path: Any, roots: Sequence[str]) -> None:
    """Raise Forbidden for a path outside `roots`; file descriptors are let through."""
    if isinstance(path, int):
        return
    name = os.fsdecode(path)
    if name == os.devnull:
        return
    folder, last = os.path.split(os.path.abspath(name))
    place = os.path.join(os.path.realpath(folder), last)
    if not any(place == root or place.startswith(root + os.sep) for root in roots):
        raise Forbidden(f"writes outside of the project: `{name}`")
