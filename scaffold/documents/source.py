"""Where answers come from, and what is wrong with them at which place."""

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from scaffold.errors import ScaffoldError
from scaffold.text import printable


class Source(NamedTuple):
    """A text that gives answers: a file, standard input, or one `--set`."""

    name: str
    """As faults show it: the path as given, `<stdin>`, `--set KEY`; empty for what a prompt gave."""
    text: str = ""
    folder: Path = Path()
    """What a relative path in the answers starts from."""


PROMPT = Source("")
"""What was answered at a prompt, or by default."""


class Fault(NamedTuple):
    """One thing that is wrong with the answers."""

    source: Source
    line: int
    """1-based; 0 where the source has no lines or the fault no place."""
    column: int
    """1-based, in characters."""
    message: str

    def __str__(self) -> str:
        place = (self.source.name,) if self.line == 0 else (self.source.name, self.line, self.column)
        return ": ".join(filter(None, (":".join(map(str, place)), self.message)))

    def excerpt(self) -> str:
        """Return the line at fault with a caret under the place, two lines; empty where there is none."""
        lines = self.source.text.split("\n")
        if not 0 < self.line <= len(lines):
            return ""
        before = lines[self.line - 1][: self.column - 1]
        start = max(0, self.column - 1 - _EXCERPT_BEFORE)
        shown = lines[self.line - 1].rstrip("\r")[start : start + _EXCERPT_CHARS]
        return f"{printable(shown)}\n{' ' * len(printable(before[start:]))}^"


class DocumentError(Exception):
    """What ended the reading of a text; becomes a Fault where the text's name is known."""

    def __init__(self, line: int, column: int, message: str) -> None:
        super().__init__(message)
        self.line = line
        self.column = column
        self.message = message


_EXCERPT_BEFORE = 60
_EXCERPT_CHARS = 100


class AnswersError(ScaffoldError):
    """Answers that cannot be used: every fault at once."""

    def __init__(self, faults: Iterable[Fault], hint: str = "") -> None:
        self.faults = tuple(faults)
        message = "the answers have a fault" if len(self.faults) == 1 else "the answers have faults"
        super().__init__(message, hint, tuple(map(str, self.faults)))

    @property
    def excerpts(self) -> tuple[str, ...]:
        """For each line of `details`: the same with the source line and a caret below, for a terminal."""
        return tuple("\n".join(filter(None, (str(fault), fault.excerpt()))) for fault in self.faults)
