"""The paths that can be written on Linux, macOS and Windows alike."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

_SELECTORS = frozenset(map(chr, range(0xFE00, 0xFE10)))
"""Invisible characters that select a glyph for the character before them."""

NAME_MAX_BYTES = 255
"""Length of a file name in UTF-8, the limit of common file systems."""

_FORBIDDEN = re.compile(r'[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069<>:"|?*\\]')
"""Characters that Windows does not allow, and those that make a terminal show another name."""

_DEVICES = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³])\s*(\..*)?", re.IGNORECASE)
"""Names of devices on Windows, with any suffix.
<https://learn.microsoft.com/en-us/windows/win32/fileio/naming-a-file>."""


def shown(place: Path) -> str:
    """Return `place` for a message: relative and with forward slashes if it is in the current folder."""
    try:
        return place.relative_to(Path.cwd()).as_posix()
    except (ValueError, FileNotFoundError):  # elsewhere, or the current folder no longer exists
        return str(place)


def path_faults(paths: Iterable[str]) -> tuple[str, ...]:
    """Return one line for each path that some system would refuse or write to another place."""
    given = tuple(paths)
    single = (f"{path!r}: {fault}" for path in given if (fault := _fault(path)))
    return (*single, *_collisions(given))


def _fault(path: str) -> str:
    if not path or path.startswith("/"):
        return "not a relative path"
    return next((fault for name in path.split("/") if (fault := _name_fault(name))), "")


def _name_fault(name: str) -> str:
    if name in {"", ".", ".."}:
        return "has an empty, `.` or `..` part"
    if found := _FORBIDDEN.search(name):
        return f"has the character {found[0]!r}"
    if _visible(name).endswith((".", " ")):
        return "has a part that ends with a dot or a space"
    if _DEVICES.fullmatch(_visible(name)):
        return f"{name!r} is a device on Windows"
    if _visible(name).rstrip(". ").casefold() in {".git", "git~1"}:
        return "is inside git's own folder"
    if len(name.encode(errors="replace")) > NAME_MAX_BYTES:
        return f"has a part longer than {NAME_MAX_BYTES} bytes"
    return "" if _is_encodable(name) else "is not valid Unicode"


def _is_encodable(name: str) -> bool:
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def _collisions(paths: tuple[str, ...]) -> Iterator[str]:
    """Yield pairs that are one path if case is ignored, and files that are also folders."""
    spelled: dict[str, str] = {}
    files = set(paths)
    for path in paths:
        for prefix in _prefixes(path):
            first = spelled.setdefault(_folded(prefix), prefix)
            if first != prefix:
                yield f"{prefix!r}: the same as {first!r} on systems that ignore case"
            elif prefix in files and prefix != path:
                yield f"{path!r}: {prefix!r} is a file"


def _prefixes(path: str) -> Iterator[str]:
    """Yield the parent folders of `path`, outermost first, then `path`."""
    parts = path.split("/")
    return ("/".join(parts[:end]) for end in range(1, len(parts) + 1))


def _visible(name: str) -> str:
    """Return the name without invisible characters, which file systems of macOS ignore."""
    if name.isascii():
        return name
    from unicodedata import category

    return "".join(char for char in name if category(char) != "Cf" and char not in _SELECTORS)


def _folded(path: str) -> str:
    if path.isascii():
        return path.lower()
    from unicodedata import normalize

    return normalize("NFC", normalize("NFC", _visible(path)).casefold())
