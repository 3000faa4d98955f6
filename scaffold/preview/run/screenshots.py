"""Writes the screenshots of a run, and replaces no other files than screenshots of an earlier run."""

import re
import struct
import zlib
from collections.abc import Iterable
from pathlib import Path

from scaffold.errors import ScaffoldError
from scaffold.files.bounded import opened
from scaffold.files.exchange import exchange, refuse_special
from scaffold.text import reason

HINT = "give another folder with --screenshots"

_HEAD = 33
"""Length of a PNG up to the end of its first chunk, bytes: <https://www.w3.org/TR/png-3/>."""

_TEXT = b"tEXtSoftware\0kommo-widget preview"
_MARK = struct.pack(">I", len(_TEXT) - 4) + _TEXT + struct.pack(">I", zlib.crc32(_TEXT))
"""The second chunk, which marks a screenshot as ours."""

_NAME_CHARS = 80


def place_of(folder: Path, area: str, locale: str = "") -> Path:
    """Return the path of an area's screenshot; the area comes from the manifest and could be any path."""
    name = f"{area}-{locale}" if locale else area
    return folder / f"{re.sub(r'[^A-Za-z0-9_-]', '_', name)[:_NAME_CHARS]}.png"


def make_room(folder: Path, places: Iterable[Path]) -> None:
    """Create the folder. Raises ScaffoldError if a screenshot would replace another file."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for place in places:
            refuse_special(place, HINT)
            if place.exists() and not _is_ours(place):
                raise ScaffoldError(f"{place} exists and is not a screenshot of an earlier run", HINT)
    except OSError as error:
        raise ScaffoldError(f"cannot write to {folder}: {reason(error)}", HINT) from error


def write(place: Path, png: bytes) -> None:
    """Write a screenshot, marked as ours. Raises ScaffoldError if the system refuses."""
    exchange({place: png[:_HEAD] + _MARK + png[_HEAD:]}, HINT)


def _is_ours(place: Path) -> bool:
    with opened(place) as file:
        return file.read(_HEAD + len(_MARK))[_HEAD:] == _MARK
