"""Turns the terminal's echo off between prompts: keys pressed early belong to the next prompt."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol


class Source(Protocol):
    """Where keys come from: a file, or prompt_toolkit's input."""

    def fileno(self) -> int:
        """Return the file descriptor."""


@contextmanager
def silenced(source: Source) -> Iterator[None]:
    """Keep the terminal from echoing keys, and from holding them back until the end of a line.

    Ctrl-C still interrupts. Does nothing if `source` is not a terminal, or is the Windows console, which
    echoes only while a line is read.
    """
    try:
        import termios
    except ImportError:
        yield
        return
    try:
        number = source.fileno()
        before = termios.tcgetattr(number)
    except (termios.error, OSError, NotImplementedError, ValueError):
        yield
        return
    quiet = list(before)
    quiet[0] &= ~(termios.ICRNL | termios.INLCR | termios.IGNCR)
    quiet[3] &= ~(termios.ECHO | termios.ICANON | termios.IEXTEN)
    termios.tcsetattr(number, termios.TCSANOW, quiet)
    try:
        yield
    finally:
        termios.tcsetattr(number, termios.TCSANOW, before)
