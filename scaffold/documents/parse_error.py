"""What is wrong with a text by the rules of its language."""

from typing import NamedTuple


class Repair(NamedTuple):
    """What makes a departure what it was read as."""

    start: int
    """Where the text to exchange starts, in characters of the document."""
    end: int
    text: str
    """What takes its place."""


class ParseError(NamedTuple):
    """One departure from the language.

    In a check a rule makes a `Problem` of it, and the engine a `Finding` of that.
    """

    line: int
    """1-based."""
    column: int
    """1-based, in characters."""
    message: str
    """What is wrong, one line."""
    kind: str = "syntax"
    """Of JSON: `bom`, `encoding`, `comment`, `trailing-comma`, `duplicate-key`, `control-character`,
    `escape`, `surrogate`, `nan`, `depth` or `syntax`."""
    subject: str = ""
    """Of `duplicate-key` the key."""
    repair: Repair | None = None
    """None where somebody must decide."""
