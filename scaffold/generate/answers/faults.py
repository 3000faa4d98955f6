"""Where answers come from, and the faults in them with their positions."""

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from scaffold.errors import ScaffoldError
from scaffold.text import printable

_EXCERPT_BEFORE = 60
"""Characters of a long line that an excerpt shows before the fault."""

_EXCERPT_CHARS = 100


class Source(NamedTuple):
    """A text with answers: a file, standard input, or one `--set`."""

    name: str
    """As in messages: the path as given, `<stdin>` or `--set KEY`; empty for a prompt."""
    text: str = ""
    folder: Path = Path()
    """The folder that paths in the answers are relative to."""


PROMPT = Source("")
"""The source of answers given at a prompt, or by default."""


class Fault(NamedTuple):
    """One fault of the answers."""

    source: Source
    line: int
    """1-based; 0 if the source has no lines or the fault no position."""
    column: int
    """1-based, in characters."""
    message: str

    def __str__(self) -> str:
        place = (self.source.name,) if self.line == 0 else (self.source.name, self.line, self.column)
        return ": ".join(filter(None, (":".join(map(str, place)), self.message)))

    def excerpt(self) -> str:
        """Return the line of the source and a caret below it, as two lines; empty if there is no position."""
        lines = self.source.text.split("\n")
        if not 0 < self.line <= len(lines):
            return ""
        before = lines[self.line - 1][: self.column - 1]
        start = max(0, self.column - 1 - _EXCERPT_BEFORE)
        shown = lines[self.line - 1].rstrip("\r")[start : start + _EXCERPT_CHARS]
        return f"{printable(shown)}\n{' ' * len(printable(before[start:]))}^"


class AnswersError(ScaffoldError):
    """Answers that cannot be used, with all their faults."""

    def __init__(self, faults: Iterable[Fault], hint: str = "") -> None:
        self.faults = tuple(faults)
        message = "the answers have a fault" if len(self.faults) == 1 else "the answers have faults"
        super().__init__(message, hint, tuple(map(str, self.faults)))

    @property
    def excerpts(self) -> tuple[str, ...]:
        """The lines of `details`, each with its excerpt below, for a terminal."""
        return tuple("\n".join(filter(None, (str(fault), fault.excerpt()))) for fault in self.faults)
