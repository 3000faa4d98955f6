"""Reads small files that a person writes, whatever lies there in their place."""

from pathlib import Path

from scaffold.errors import ScaffoldError

MAX_BYTES = 1024 * 1024
"""Of a record or a file of waivers; real ones have a few KB."""


def read_text(path: Path) -> str:
    """Return a small file's text. Raises OSError, UnicodeDecodeError, and ScaffoldError for a large one."""
    with path.open("rb") as file:
        data = file.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise ScaffoldError(f"{path} has more than {MAX_BYTES:,} bytes", "is it the right file?")
    return data.decode()
