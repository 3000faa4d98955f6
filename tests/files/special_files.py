"""Special files in place of regular ones, and whether they were left alone."""

import os
import signal
import socket
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from tests.waiting import PATIENCE_S

OUTSIDE = "make_targets"
"""The folder with the targets of links."""
VICTIM = b"mine\n"


def _socket(place: Path, _: Path) -> None:
    here = Path.cwd()
    os.chdir(place.parent)  # a socket's address has some hundred bytes
    try:
        with socket.socket(socket.AF_UNIX) as listener:
            listener.bind(place.name)
    finally:
        os.chdir(here)


def _link(name: str) -> Callable[[Path, Path], None]:
    return lambda place, home: place.symlink_to(home / OUTSIDE / name)


KINDS: Mapping[str, Callable[[Path, Path], None]] = {
    "pipe": lambda place, _: os.mkfifo(place),
    "socket": _socket,
    "link-to-pipe": _link("pipe"),
    "link-to-file": _link("victim"),
    "link-to-nothing": _link("nothing"),
    **({"device": lambda place, _: os.mknod(place, 0o20600, os.makedev(1, 3))} if os.geteuid() == 0 else {}),
}
"""Name -> function that creates the file at the first path; links lead into `OUTSIDE` of the second.

Only root can create a device.
"""


def make_targets(folder: Path) -> None:
    """Create the targets of the links."""
    (folder / OUTSIDE).mkdir()
    (folder / OUTSIDE / "victim").write_bytes(VICTIM)
    os.mkfifo(folder / OUTSIDE / "pipe")


def untouched(folder: Path) -> bool:
    """Return whether the targets of the links are as they were, and nothing was added."""
    names = {place.name for place in (folder / OUTSIDE).iterdir()}
    return names == {"victim", "pipe"} and (folder / OUTSIDE / "victim").read_bytes() == VICTIM


def identity(place: Path) -> tuple[int, str]:
    """Return a value that differs if the file was replaced."""
    return place.lstat().st_ino, os.readlink(place) if place.is_symlink() else ""


@contextmanager
def no_waiting() -> Iterator[None]:
    """Fail if the code within waits for something that never comes."""

    def stop(*_: object) -> None:
        raise AssertionError(f"still waiting after {PATIENCE_S} s")

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(PATIENCE_S)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)
