"""Puts into a place what nobody expects there, and sees whether it is still there."""

import os
import signal
import socket
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

OUTSIDE = "outside"
"""The folder in which lies what links lead to."""
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
"""Name -> what puts it in a place; links lead into `OUTSIDE` of the second folder.

Who is not root cannot make a device.
"""


def outside(folder: Path) -> None:
    """Make what the links lead to."""
    (folder / OUTSIDE).mkdir()
    (folder / OUTSIDE / "victim").write_bytes(VICTIM)
    os.mkfifo(folder / OUTSIDE / "pipe")


def untouched(folder: Path) -> bool:
    """Return whether what the links lead to is as it was, and nothing more."""
    names = {place.name for place in (folder / OUTSIDE).iterdir()}
    return names == {"victim", "pipe"} and (folder / OUTSIDE / "victim").read_bytes() == VICTIM


def kind_of(place: Path) -> tuple[int, str]:
    """Return what tells one thing from another that was put in its place."""
    return place.lstat().st_ino, os.readlink(place) if place.is_symlink() else ""


@contextmanager
def not_waiting(seconds: int = 60) -> Iterator[None]:
    """Fail where the code within waits for something that never comes."""

    def stop(*_: object) -> None:
        raise AssertionError("it waits")

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)
