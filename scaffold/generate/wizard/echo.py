"""The terminal's own echo, off while nobody asks: keys pressed early belong to the next prompt."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol


class Source(Protocol):
    """What keys come from: a file, or the library's input."""

    def fileno(self) -> int:
        """Return the number of the file."""


@contextmanager
def silenced(source: Source) -> Iterator[None]:
    """Keep the terminal from echoing keys, and from waiting for the end of a line before it passes them on.

    Ctrl-C goes on to interrupt. Does nothing where `source` is no terminal, or is Windows' console, which
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
