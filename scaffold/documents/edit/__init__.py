"""Changes of a document's text by position; everything else stays the same to the character.

The result is parsed before it is returned: it must have the old values, apart from the change.
"""

import json
from collections.abc import Iterable
from typing import Any, NamedTuple


class EditError(Exception):
    """The text cannot be changed without changing something else."""


class Edit(NamedTuple):
    """A part of a text and its replacement."""

    start: int
    """In characters."""
    end: int
    text: str


def applied(text: str, edits: Iterable[Edit]) -> str:
    """Return `text` after `edits`, in any order. Raises EditError if two overlap."""
    parts: list[str] = []
    at = 0
    for start, end, new in sorted(edits, key=lambda edit: (edit[0], edit[1])):
        if start < at:
            raise EditError("two changes overlap")
        parts += (text[at:start], new)
        at = end
    return "".join((*parts, text[at:]))


def refuse_other_values(found: Any, expected: Any) -> None:
    """Raise EditError if two plain values differ, as even `1`, `1.0` and `true` do."""
    if json.dumps(found, sort_keys=True) != json.dumps(expected, sort_keys=True):
        raise EditError("the document would have other values")
