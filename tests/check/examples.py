"""The bad and the good widget of each rule, as edits of the clean one and as the snippets in docstrings.

The edits are in `tests/check/examples/`, one file for each module of rules, below `== CODE bad` and
`== CODE good`; the rule's docstring shows the snippets, and a test compares the two.
"""

from collections.abc import Iterator
from difflib import SequenceMatcher
from functools import cache
from pathlib import Path
from textwrap import dedent, indent
from typing import NamedTuple

from scaffold.check.model.images import read_image
from scaffold.files.archive import Archive
from scaffold.files.tree import Tree
from scaffold.text import printable
from tests.check.edits import edited

_FOLDER = Path(__file__).with_suffix("")
_MAX_LINES = 10
"""For each file in a snippet."""
_MAX_FILES = 3
_MAX_CHARS = 90


class Example(NamedTuple):
    """Edits of the clean widget."""

    bad: str
    """Cause exactly the rule's finding."""
    good: str
    """Cause no finding."""


@cache
def examples() -> dict[str, Example]:
    """Return the examples by code."""
    parts: dict[tuple[str, str], list[str]] = {}
    for path in sorted(_FOLDER.glob("*.txt")):
        lines: list[str] = []
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith("== "):
                code, side = line.split()[1:]
                lines = parts.setdefault((code, side), [])
            else:
                lines.append(line)
    texts = {key: "\n".join(lines).strip("\n") for key, lines in parts.items()}
    return {code: Example(texts[code, "bad"], texts[code, "good"]) for code, _ in texts}


class _Side(NamedTuple):
    archive: Archive
    base: Archive
    """The widget before the edits: the clean one, with the areas that they name."""

    def differing(self, other: Archive) -> list[str]:
        """Return the files that differ from another widget's, or are in one of the two only."""
        paths = sorted({*self.archive.tree, *other.tree})
        return [path for path in paths if self.archive.tree.get(path) != other.tree.get(path)]


def snippets(example: Example) -> Example:
    """Return the differences between the two widgets, on each side as lines of its files."""
    bad, good = _side(example.bad), _side(example.good)
    edits = bad.differing(bad.base)
    return Example(_snippet(bad, good, edits), _snippet(good, bad, edits))


def _side(edits: str) -> _Side:
    with_areas = [line for line in edits.splitlines() if line.startswith("* with")]
    return _Side(edited(edits), edited("\n".join(with_areas)))


def _snippet(own: _Side, other: _Side, edits: list[str]) -> str:
    """Return the lines of the files that the bad widget edits, or else of all files that differ."""
    entries = list(_entries(own.archive))
    if entries:
        return "\n".join(entries)
    differing = own.differing(other.archive)
    paths = edits if set(edits) & set(differing) else sorted({*edits, *differing}, key=_weight)
    shown = [
        _file(path, own.archive.tree.get(path), (other.archive if path in differing else own.base).tree)
        for path in paths
    ]
    return "\n".join(shown[:_MAX_FILES] + ["..."] * (len(shown) > _MAX_FILES)) or "(nothing of it)"


def _entries(archive: Archive) -> Iterator[str]:
    for trouble in archive.troubles:
        yield f"{trouble.path or 'the archive'}: {trouble.detail or trouble.trouble.value}"
    for path in archive.ignored:
        yield f"{path}: is in the archive"
    if archive.folder:
        yield f"{archive.folder}/manifest.json"


def _weight(path: str) -> tuple[bool, bool, str]:
    return path != "manifest.json", path != "script.js", path


def _file(path: str, data: bytes | None, against: Tree) -> str:
    """Return a file's name, and its lines that are missing from the same file of `against`."""
    other = against.get(path, b"")
    if data is None:
        return f"{path}: no such file"
    image = read_image(data)
    if image.format and image.format != "SVG":
        flaw = f", {image.flaw}" if image.flaw else ", animated" if image.animated else ""
        return f"{path}: {image.format}, {image.width}x{image.height}, {len(data)} bytes{flaw}"
    if data.replace(b"\r\n", b"\n") == other.replace(b"\r\n", b"\n"):
        return f"{path}: lines end in " + ("CR LF" if b"\r\n" in data else "LF")
    if data.removeprefix(b"\xef\xbb\xbf") == other.removeprefix(b"\xef\xbb\xbf"):
        verb = "begins" if data.startswith(b"\xef\xbb\xbf") else "does not begin"
        return f"{path}: {verb} with a byte order mark"
    text, others = (value.decode(errors="replace").splitlines() for value in (data, other))
    lines = [printable(line.replace("\ufeff", "<U+FEFF>")) for line in _changed(text, others)]
    cut = lines[:_MAX_LINES] + (["..."] if len(lines) > _MAX_LINES else [])
    body = dedent("\n".join(cut))
    short = [line if len(line) <= _MAX_CHARS else f"{line[:_MAX_CHARS]}..." for line in body.splitlines()]
    return f"{path}\n" + indent("\n".join(short), "    ")


def _changed(text: list[str], against: list[str]) -> Iterator[str]:
    """Yield the lines that `against` lacks or, if it only has more lines, those around the gap."""
    blocks = SequenceMatcher(None, against, text, autojunk=False).get_opcodes()
    for kind, _, _, start, end in blocks:
        if kind == "delete":
            yield from text[max(start - 1, 0) : start + 1]
        elif kind != "equal":
            yield from text[start:end]
