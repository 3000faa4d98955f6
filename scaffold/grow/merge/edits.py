"""Changes of a text by position, collected and then made at once."""

from typing import NamedTuple


class Edit(NamedTuple):
    """One stretch that is to become another; offsets in bytes."""

    start: int
    end: int
    text: str


def applied(data: bytes, edits: list[Edit]) -> bytes:
    """Return `data` with the edits, which do not overlap; of two at one place the first comes first."""
    parts, at = [], 0
    for edit in sorted(edits, key=lambda edit: (edit.start, edit.end > edit.start)):
        parts += [data[at : edit.start], edit.text.encode()]
        at = max(at, edit.end)
    return b"".join([*parts, data[at:]])
