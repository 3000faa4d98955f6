"""Standard streams that may be closed, or fail because the disk is full or the reader has gone."""

import os
import re
import sys
from contextlib import suppress
from io import TextIOWrapper
from typing import Any

from scaffold.errors import ScaffoldError
from scaffold.text import OBEYED, reason

_OBEYED = re.compile(rf"(?!\x1b\[[0-9;]*m)(?:\r(?!\n)|[{OBEYED}])")
"""What a terminal obeys, except colours. Messages escape foreign text when they are made; this catches what
they forgot."""


class OutputError(ScaffoldError):
    """The result of a command could not be written."""


class _Output(TextIOWrapper):
    """A text stream whose reader may go away: further output is discarded, and the command goes on."""

    def __init__(self, stream: TextIOWrapper, *, needed: bool) -> None:
        plain = stream.isatty() or "PYTHONIOENCODING" in os.environ
        super().__init__(
            stream.buffer,
            encoding=stream.encoding if plain else "utf-8",
            errors="backslashreplace",  # no character may fail, whatever the code page
            line_buffering=stream.line_buffering,
        )
        self._needed = needed

    def write(self, text: str) -> int:
        try:
            # escaped as in JSON, whose documents are written here too
            return super().write(_OBEYED.sub(lambda found: f"\\u{ord(found[0]):04x}", text))
        except OSError as error:
            self._failed(error)
        return len(text)

    def flush(self) -> None:
        try:
            super().flush()
        except OSError as error:
            self._failed(error)

    def _failed(self, error: OSError) -> None:
        """Discard all further output. Raises OutputError if the result of the command is lost."""
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, self.fileno())
        os.close(nowhere)
        if self._needed and not isinstance(error, BrokenPipeError):
            raise OutputError(
                f"cannot write the result: {reason(error)}", "check where standard output goes"
            ) from error


def prepare() -> None:
    """Make the standard streams safe to use: open, and in UTF-8 unless they are a terminal."""
    missing = {name: _is_missing(name) for name in ("stdin", "stdout", "stderr")}
    _occupy()
    if missing["stdin"]:
        sys.stdin = open(os.devnull, encoding="utf-8")  # noqa: SIM115 - for the life of the process
    for name in ("stdout", "stderr"):
        if missing[name]:
            setattr(sys, name, _replacement(needed=name == "stdout"))
        elif type(stream := getattr(sys, name)) is TextIOWrapper:
            setattr(sys, name, _Output(stream, needed=name == "stdout"))


def _is_missing(name: str) -> bool:
    return getattr(sys, name) is None


def _occupy() -> None:
    """Open the null device in place of closed streams, so that no other file gets their numbers."""
    for number in range(3):
        with suppress(OSError):
            os.fstat(number)
            continue
        with suppress(OSError):
            os.open(os.devnull, os.O_RDWR)


def _replacement(*, needed: bool) -> Any:
    """Return a replacement for a stream that was closed."""
    if needed:
        return _Closed(open(os.devnull, "wb"), encoding="utf-8")
    return open(os.devnull, "w", encoding="utf-8")


class _Closed(TextIOWrapper):
    """Standard output that was closed: no result can be written."""

    def write(self, text: str) -> int:
        if text:
            raise OutputError("cannot write the result: standard output is closed", "leave it open")
        return 0
