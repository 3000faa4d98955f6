"""Standard streams that may be closed, full, or read by somebody who has had enough."""

import os
import re
import sys
from contextlib import suppress
from io import TextIOWrapper
from typing import Any

from scaffold.errors import ScaffoldError
from scaffold.text import OBEYED, reason

_OBEYED = re.compile(rf"(?!\x1b\[[0-9;]*m)(?:\r(?!\n)|[{OBEYED}])")
"""What a terminal obeys, but for colours. All that comes from others is escaped where it is put into words;
this is for what somebody forgot."""


class OutputError(ScaffoldError):
    """The result of a command could not be written."""


class _Output(TextIOWrapper):
    """A stream of text whose reader may leave: what is written then goes nowhere, and the command goes on."""

    def __init__(self, stream: TextIOWrapper, *, needed: bool) -> None:
        plain = stream.isatty() or "PYTHONIOENCODING" in os.environ
        super().__init__(
            stream.buffer,
            encoding=stream.encoding if plain else "utf-8",
            errors="backslashreplace",  # never fail on a letter, whatever the code page
            line_buffering=stream.line_buffering,
        )
        self._needed = needed

    def write(self, text: str) -> int:
        try:
            # as JSON has it, whose documents pass here, too
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
        """Send all that follows nowhere. Raises OutputError where the result of the command is lost."""
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, self.fileno())
        os.close(nowhere)
        if self._needed and not isinstance(error, BrokenPipeError):
            raise OutputError(
                f"cannot write the result: {reason(error)}", "look at where standard output goes"
            ) from error


def prepare() -> None:
    """Make the standard streams fit to be used: open, in UTF-8 unless they are a screen."""
    missing = {name: _is_missing(name) for name in ("stdin", "stdout", "stderr")}
    _occupy()
    if missing["stdin"]:
        sys.stdin = open(os.devnull, encoding="utf-8")  # noqa: SIM115 - for the life of the process
    for name in ("stdout", "stderr"):
        if missing[name]:
            setattr(sys, name, _closed(needed=name == "stdout"))
        elif type(stream := getattr(sys, name)) is TextIOWrapper:
            setattr(sys, name, _Output(stream, needed=name == "stdout"))


def _is_missing(name: str) -> bool:
    return getattr(sys, name) is None


def _occupy() -> None:
    """Give the numbers of closed streams to the null device, before a file that is opened gets one."""
    for number in range(3):
        with suppress(OSError):
            os.fstat(number)
            continue
        with suppress(OSError):
            os.open(os.devnull, os.O_RDWR)


def _closed(*, needed: bool) -> Any:
    """Return a stream in place of one that was closed: nobody reads it."""
    if needed:
        return _Nobody(open(os.devnull, "wb"), encoding="utf-8")
    return open(os.devnull, "w", encoding="utf-8")


class _Nobody(TextIOWrapper):
    """Standard output that was closed: a result cannot be given."""

    def write(self, text: str) -> int:
        if text:
            raise OutputError("cannot write the result: standard output is closed", "leave it open")
        return 0
