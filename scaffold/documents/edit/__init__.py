"""Changes of a document's text by position: what is not changed stays as it is, to the character.

The result is read again before anybody gets it: it must say what it said before, but for the change.
"""

from collections.abc import Iterable
from typing import NamedTuple


class EditError(Exception):
    """A text that cannot be changed without changing more than was asked for."""


class Edit(NamedTuple):
    """One stretch of a text and what takes its place."""

    start: int
    """In characters."""
    end: int
    text: str


def applied(text: str, edits: Iterable[Edit]) -> str:
    """Return `text` after `edits`, which may come in any order. Raises EditError where two overlap."""
    parts: list[str] = []
    at = 0
    for start, end, new in sorted(edits, key=lambda edit: (edit[0], edit[1])):
        if start < at:
            raise EditError("two changes of one place")
        parts += (text[at:start], new)
        at = end
    return "".join((*parts, text[at:]))
