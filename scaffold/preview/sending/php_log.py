"""Reads the standard error of PHP's built-in web server, line by line, and the back end's events.log."""

import contextlib
import os
import re
from enum import Enum, auto
from pathlib import Path
from typing import NamedTuple

from scaffold.text import printable

LINE_MAX_CHARS = 2000

EVENTS_MAX_BYTES = 256 * 1024
"""Read from events.log at a time."""

_STAMP = re.compile(r"^\[[^\]]{5,40}\] ")
_ACCEPTED = re.compile(r"^\S+:\d+ Accepted$")
_NOISE = re.compile(r"^(?:\S+:\d+ \[\d+\]: |PHP \S+ Development Server)")
_STARTED = re.compile(r"^PHP \S+ Development Server .* started$")
_CLOSED = re.compile(r"^\S+:\d+ Closing$")
_SYNTAX = re.compile(r"(?:PHP )?Parse error: +(?P<why>.+?) in (?P<file>.+?) on line (?P<line>\d+)")
_THROWN = re.compile(r"ParseError: (?P<why>.+?) in (?P<file>.+?):(?P<line>\d+)")


class Line(NamedTuple):
    """A line that the back end logged."""

    kind: str
    """`log` (PHP's error log), `handled` (events.log) or `problem` (nothing works until it is fixed)."""
    text: str


class Sign(Enum):
    """What a line means for the server itself."""

    STARTED = auto()
    ACCEPTED = auto()
    """A connection is open."""
    DONE = auto()
    """One request is finished, including the work after the answer."""
    NOISE = auto()
    OUTPUT = auto()
    """Output of the back end: see `lines`."""


def read(raw: bytes) -> str:
    """Return a line as text, without its timestamp."""
    return _STAMP.sub("", raw[: LINE_MAX_CHARS * 4].decode("utf-8", "replace").rstrip())


def sign_of(text: str) -> Sign:
    """Return what a line means for the server."""
    if _STARTED.match(text):
        return Sign.STARTED
    if _ACCEPTED.match(text):
        return Sign.ACCEPTED
    if _CLOSED.match(text):
        return Sign.DONE
    return Sign.NOISE if not text or _NOISE.match(text) else Sign.OUTPUT


def lines(text: str, backend: Path) -> list[Line]:
    """Return a line of the error log, preceded by a `problem` if it reports a syntax error."""
    match = _SYNTAX.search(text) or _THROWN.search(text)
    named = [Line("problem", _place(match, backend))] if match else []
    return [*named, Line("log", printable(text, LINE_MAX_CHARS))]


def syntax_error(text: str, backend: Path) -> str:
    """Return location and reason of the syntax error that `php -l` printed; empty if it printed none."""
    match = _SYNTAX.search(text)
    return _place(match, backend) if match else ""


def _place(match: re.Match[str], backend: Path) -> str:
    file = match["file"]
    with contextlib.suppress(ValueError):
        file = Path(file).resolve().relative_to(backend.resolve().parent).as_posix()
    return printable(f"{file}:{match['line']}: {match['why']}")


class EventsLog:
    """events.log of a storage folder: a line of JSON for each event that a handler has finished."""

    def __init__(self, storage: str) -> None:
        self._file = os.path.join(storage, "events.log")
        self._read = 0

    def new(self) -> list[Line]:
        """Return the complete lines that were added since the last call."""
        try:
            with open(self._file, "rb") as file:
                file.seek(self._read)
                added = file.read(EVENTS_MAX_BYTES)
        except OSError:
            return []
        whole = added[: added.rfind(b"\n") + 1]
        self._read += len(whole)
        return [Line("handled", line) for line in whole.decode("utf-8", "replace").splitlines()]
