"""`.kommo-widget/pristine.txt`: every generated file, as text in one file.

    # a comment, for whoever opens the file
    === README.md
    |# Acme
    |
    === widget/images/logo.png
    sha256 9f86d081...

A line of a file's text begins with a bar, so none can pass for a header. Texts have LF, no byte order mark
and a line end after the last line, whatever the file has: a merge keeps the form of the user's file. What is
no text is there by its SHA-256. There are no lengths and no sums of texts, so that git can merge the file by
lines; what a merge may leave behind, conflict markers and a file twice, is read, too.
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
# Keep it under version control and leave it as it is.
"""


class Pristine(NamedTuple):
    """What was generated."""

    texts: Mapping[str, str]
    """By path; as `text_of` returns them."""
    digests: Mapping[str, str]
    """By path: the SHA-256 of what is not text."""

    def knows(self, path: str) -> bool:
        """Return whether the file at `path` was generated."""
        return path in self.texts or path in self.digests

    def paths(self) -> Iterator[str]:
        """Yield every path, sorted."""
        return iter(sorted([*self.texts, *self.digests]))

    def has(self, path: str, data: bytes) -> bool:
        """Return whether `data` is what was generated at `path`, but for its line ends and the like."""
        text = text_of(data)
        return self.digests.get(path) == digest_of(data) if text is None else self.texts.get(path) == text


def of(files: Mapping[str, bytes]) -> Pristine:
    """Return what the record is to say of these files."""
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
    """Return a file's text with LF, no byte order mark and its last line ended; None for what is not text."""
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
    """Return what the file holds; of a stretch in conflict the first side, of a file twice the first.

    Any side is a good base: what it lacks counts as the user's, and merges with the same from the generator.
    Raises ScaffoldError, `name` in it, for what cannot be read.
    """
    text = text_of(data)
    if text is None:
        raise ScaffoldError(f"{name} is not UTF-8 text", "take it from version control")
    files: dict[str, list[str]] = {}
    digests: dict[str, str] = {}
    lines: list[str] | None = None
    path = ""
    for number, line in _sides(text.split("\n")):
        if line.startswith(_TEXT) and lines is not None:
            lines.append(line[1:])
        elif line.startswith(_FILE):
            path, lines = line.removeprefix(_FILE), []
            if path not in files:
                files[path] = lines
        elif line.startswith(_DIGEST) and path:
            digests.setdefault(path, line.removeprefix(_DIGEST))
        elif line and not line.startswith(_COMMENT):
            raise ScaffoldError(
                f"{name}:{number}: not a line of a pristine copy", "take it from version control"
            )
    if faults := path_faults(dict.fromkeys([*files, *digests])):
        raise ScaffoldError(f"{name} names files that no project has", "take it from version control", faults)
    texts = {
        path: "\n".join([*lines, ""]) if lines else "" for path, lines in files.items() if path not in digests
    }
    return Pristine(texts, digests)


def _sides(lines: list[str]) -> Iterator[tuple[int, str]]:
    """Yield number and text of the lines, of a conflict those of its first side."""
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
