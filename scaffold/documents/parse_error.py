"""Violations of the grammar of a document."""

from typing import NamedTuple


class Repair(NamedTuple):
    """A replacement after which the text says what it was read as."""

    start: int
    """Where the text to replace starts, in characters of the document."""
    end: int
    text: str
    """The replacement."""


class ParseError(NamedTuple):
    """One violation of the grammar.

    In `check`, a rule turns it into a `Problem`, and the engine turns that into a `Finding`.
    """

    line: int
    """1-based."""
    column: int
    """1-based, in characters."""
    message: str
    """What is wrong, one line."""
    kind: str = "syntax"
    """In JSON: `bom`, `encoding`, `comment`, `trailing-comma`, `duplicate-key`, `control-character`,
    `escape`, `surrogate`, `nan`, `depth` or `syntax`."""
    subject: str = ""
    """The key, if the kind is `duplicate-key`."""
    repair: Repair | None = None
    """None if only a person can decide what was meant."""


class DocumentError(Exception):
    """A YAML or TOML text that cannot be parsed. The caller, which knows its name, reports it."""

    def __init__(self, line: int, column: int, message: str) -> None:
        super().__init__(message)
        self.line = line
        self.column = column
        self.message = message
