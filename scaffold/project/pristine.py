"""`.kommo-widget/pristine.txt`: every generated file, as text in one file.

    # a comment for people who open the file
    === README.md
    |# Acme
    |
    === widget/images/logo.png
    sha256 9f86d081...

A line of text starts with a bar, so that it cannot be mistaken for a header. Texts have LF, no byte order
mark and a line end after the last line; a merge keeps the form of the user's file. A file that is not text is
represented by its SHA-256. There are no lengths or checksums of texts, so that git can merge the file by
lines. Conflict markers and files that are there twice, which such a merge may leave, are read as well.
"""

import hashlib
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from scaffold.errors import ScaffoldError
from scaffold.files.apply.paths import path_faults

_FILE = "=== "
_TEXT = "|"
_DIGEST = "sha256 "
_COMMENT = "#"
_HEADER = """\
# What kommo-widget generated, before any edit: the base of the merges of `add`, `remove` and `update`.
# Keep it under version control and do not edit it.
"""


class Pristine(NamedTuple):
    """The generated files."""

    texts: Mapping[str, str]
    """Path -> text, as `text_of` returns it."""
    digests: Mapping[str, str]
    """Path -> SHA-256 of a file that is not text."""

    def knows(self, path: str) -> bool:
        """Return whether the file at `path` was generated."""
        return path in self.texts or path in self.digests

    def paths(self) -> Iterator[str]:
        """Yield every path, sorted."""
        return iter(sorted([*self.texts, *self.digests]))

    def has(self, path: str, data: bytes) -> bool:
        """Return whether `data` was generated at `path`, ignoring differences such as line ends."""
        text = text_of(data)
        return self.digests.get(path) == digest_of(data) if text is None else self.texts.get(path) == text


def of(files: Mapping[str, bytes]) -> Pristine:
    """Return the record of these files."""
    texts: dict[str, str] = {}
    digests: dict[str, str] = {}
    for path, data in files.items():
        text = text_of(data)
        if text is None:
            digests[path] = digest_of(data)
        else:
            texts[path] = text
    return Pristine(texts, digests)


def text_of(data: bytes) -> str | None:
    """Return a file's text with LF, no byte order mark and a final line end; None if it is not text."""
    if b"\0" in data:
        return None
    try:
        text = data.removeprefix(b"\xef\xbb\xbf").decode()
    except UnicodeDecodeError:
        return None
    text = text.replace("\r\n", "\n")
    if "\r" in text:
        return None
    return text if not text or text.endswith("\n") else text + "\n"


def digest_of(data: bytes) -> str:
    """Return the SHA-256 in hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def dump(pristine: Pristine) -> bytes:
    """Return the file's bytes."""
    parts = [_HEADER]
    for path in pristine.paths():
        parts.append(f"{_FILE}{path}\n")
        if path in pristine.digests:
            parts.append(f"{_DIGEST}{pristine.digests[path]}\n")
        elif text := pristine.texts[path]:
            parts.append(_TEXT + text.removesuffix("\n").replace("\n", "\n" + _TEXT) + "\n")
    return "".join(parts).encode()


def parse(data: bytes, name: str) -> Pristine:
    """Parse the file; take the first side of a conflict, and the first of two files with the same path.

    Either side is a good base: what it lacks counts as the user's change, which merges with the same change
    by the generator. Raises ScaffoldError, with `name` in the message, for an invalid file.
    """
    text = text_of(data)
    if text is None:
        raise ScaffoldError(f"{name} is not UTF-8 text", "restore it from version control")
    lines, digests = _entries(text, name)
    if faults := path_faults(dict.fromkeys([*lines, *digests])):
        raise ScaffoldError(f"{name} has invalid paths", "restore it from version control", faults)
    texts = {path: "".join(f"{line}\n" for line in lines[path]) for path in lines if path not in digests}
    return Pristine(texts, digests)


def _entries(text: str, name: str) -> tuple[dict[str, list[str]], dict[str, str]]:
    """Return path -> lines, and path -> digest. Raises ScaffoldError for an invalid line."""
    files: dict[str, list[str]] = {}
    digests: dict[str, str] = {}
    lines: list[str] | None = None
    path = ""
    for number, line in _sides(text.split("\n")):
        if line.startswith(_TEXT) and lines is not None:
            lines.append(line[1:])
        elif line.startswith(_FILE):
            path, lines = line.removeprefix(_FILE), []
            files.setdefault(path, lines)
        elif line.startswith(_DIGEST) and path:
            digests.setdefault(path, line.removeprefix(_DIGEST))
        elif line and not line.startswith(_COMMENT):
            raise ScaffoldError(f"{name}:{number}: not a valid line", "restore it from version control")
    return files, digests


def _sides(lines: list[str]) -> Iterator[tuple[int, str]]:
    """Yield number and text of the lines, with only the first side of conflicts."""
    is_other = False
    for number, line in enumerate(lines, start=1):
        if line.startswith("<<<<<<<"):
            continue
        if line.startswith(("|||||||", "=======")):
            is_other = True
        elif line.startswith(">>>>>>>"):
            is_other = False
        elif not is_other:
            yield number, line
