"""What PHP's own web server writes to its standard error, line by line, and the back end's events.log."""

import contextlib
import os
import re
from enum import Enum, auto
from pathlib import Path
from typing import NamedTuple

from scaffold.text import printable

LINE_MAX_CHARS = 2000

EVENTS_MAX_BYTES = 256 * 1024
"""Of events.log, read at a time."""

_STAMP = re.compile(r"^\[[^\]]{5,40}\] ")
_NOISE = re.compile(r"^(?:\S+:\d+ (?:Accepted|\[\d+\]: )|PHP \S+ Development Server)")
_STARTED = re.compile(r"^PHP \S+ Development Server .* started$")
_CLOSED = re.compile(r"^\S+:\d+ Closing$")
_SYNTAX = re.compile(r"(?:PHP )?Parse error: +(?P<why>.+?) in (?P<file>.+?) on line (?P<line>\d+)")
_THROWN = re.compile(r"ParseError: (?P<why>.+?) in (?P<file>.+?):(?P<line>\d+)")


class Line(NamedTuple):
    """What the back end said."""

    kind: str
    """`log` (PHP's error log), `handled` (events.log) or `problem` (nothing works until it is mended)."""
    text: str


class Sign(Enum):
    """What a line says of the server itself."""

    STARTED = auto()
    DONE = auto()
    """With one request, work after the answer included."""
    NOISE = auto()
    SAID = auto()
    """Something of the back end's: see `lines`."""


def read(raw: bytes) -> str:
    """Return one line as text, without its time."""
    return _STAMP.sub("", raw[: LINE_MAX_CHARS * 4].decode("utf-8", "replace").rstrip())


def sign_of(text: str) -> Sign:
    """Return what a line says of the server."""
    if _STARTED.match(text):
        return Sign.STARTED
    if _CLOSED.match(text):
        return Sign.DONE
    return Sign.NOISE if not text or _NOISE.match(text) else Sign.SAID


def lines(text: str, backend: Path) -> list[Line]:
    """Return what a line of the error log says; a syntax error is named first."""
    match = _SYNTAX.search(text) or _THROWN.search(text)
    named = [Line("problem", _place(match, backend))] if match else []
    return [*named, Line("log", printable(text, LINE_MAX_CHARS))]


def syntax_error(text: str, backend: Path) -> str:
    """Return the place and the reason in what `php -l` says; empty where it says something else."""
    match = _SYNTAX.search(text)
    return _place(match, backend) if match else ""


def _place(match: re.Match[str], backend: Path) -> str:
    file = match["file"]
    with contextlib.suppress(ValueError):
        file = Path(file).resolve().relative_to(backend.resolve().parent).as_posix()
    return printable(f"{file}:{match['line']}: {match['why']}")


class EventsLog:
    """events.log of a storage: one line of JSON for each event that a handler was done with."""

    def __init__(self, storage: str) -> None:
        self._file = os.path.join(storage, "events.log")
        self._read = 0

    def new(self) -> list[Line]:
        """Return the whole lines that were added since the last look."""
        try:
            with open(self._file, "rb") as file:
                file.seek(self._read)
                added = file.read(EVENTS_MAX_BYTES)
        except OSError:
            return []
        whole = added[: added.rfind(b"\n") + 1]
        self._read += len(whole)
        return [Line("handled", line) for line in whole.decode("utf-8", "replace").splitlines()]
