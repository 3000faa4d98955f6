"""Edits of a text by position, collected and then applied at once."""

from typing import NamedTuple


class Edit(NamedTuple):
    """The replacement of one range; offsets in bytes."""

    start: int
    end: int
    text: str


def applied(data: bytes, edits: list[Edit]) -> bytes:
    """Return `data` with the edits, which must not overlap; insertions at one place keep their order."""
    parts, at = [], 0
    for edit in sorted(edits, key=lambda edit: (edit.start, edit.end > edit.start)):
        parts += [data[at : edit.start], edit.text.encode()]
        at = max(at, edit.end)
    return b"".join([*parts, data[at:]])
