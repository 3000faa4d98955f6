"""The three-way merge of one file, by the method for its kind, and its outcome."""

from collections.abc import Callable
from typing import NamedTuple

from scaffold.documents import jsondoc
from scaffold.grow.merge import form, javascript, lines, markdown, stylesheet
from scaffold.grow.merge.edits import applied
from scaffold.grow.merge.found import Found, Note
from scaffold.grow.merge.lines import Sides
from scaffold.grow.merge.pieces import Source
from scaffold.grow.merge.units import Merger

READERS: dict[str, Callable[[str], Source | None]] = {
    ".js": javascript.read,
    ".css": stylesheet.read,
    ".md": markdown.read,
}
"""Suffix -> the reader of its units; any other text is merged line by line."""

_JSON = ".json"
_SHOWN_CHARS = 60


class Conflict(NamedTuple):
    """One place that both sides changed."""

    line: int
    """1-based, in the merged file."""
    message: str = ""
    """The text of the new version, if no markers in the file show it; or why it was not merged."""


class Outcome(NamedTuple):
    """The merged file."""

    data: bytes
    conflicts: tuple[Conflict, ...] = ()
    kept: tuple[Conflict, ...] = ()
    """Units that the new version has removed, but that stay because the user edited them."""


def merge(
    path: str,
    before: str | None,
    yours: bytes,
    new: bytes,
    sides: Sides = Sides(),  # noqa: B008 - a value
    *,
    is_foreign: bool = False,
) -> Outcome:
    """Return the file at `path` with the changes of both sides, in the form of the user's.

    `before` is the text as it was generated, with LF and a final line end; None if there was none. With
    `is_foreign` the file was never generated: a unit that it lacks does not count as deleted. A file that is
    not text stays the user's. Raises ScaffoldError if git is needed and cannot be run.
    """
    mine, other = form.read(yours), form.read(new)
    if mine is None or other is None:
        return Outcome(yours)
    (text, shape), (theirs, _) = mine, other
    if text == theirs or before == theirs:
        return Outcome(yours)
    if text == before:
        return Outcome(shape.write(theirs))
    suffix = path[path.rfind(".") :]
    if suffix == _JSON:
        return _json(before, text, theirs, shape, is_foreign=is_foreign)
    result, found = _merged(suffix, before or "", text, theirs, sides)
    return Outcome(shape.write(result), _marked(result, sides), _located(text, found.kept))


def _merged(suffix: str, before: str, yours: str, new: str, sides: Sides) -> tuple[str, Found]:
    """Return the merged text and what was found: by units if possible, else by lines."""
    merged = _by_units(suffix, before, yours, new, sides)
    return merged or (lines.merge(before, yours, new, sides).text, Found())


def _by_units(suffix: str, before: str, yours: str, new: str, sides: Sides) -> tuple[str, Found] | None:
    """Return the merged text; None if a file cannot be read as units, or the result cannot."""
    read = READERS.get(suffix)
    sources = [read(text) for text in (before, yours, new)] if read else []
    one, two, three = sources if len(sources) == 3 else (None, None, None)
    if not (read and one and two and three):
        return None
    found = Merger(one, two, three, sides).merge()
    if found is None:
        return None
    text = applied(two.data, found.edits).decode()
    if _marked(text, sides):
        return text, found
    result = read(text)
    return (text, found) if result and _has_same_modules(result, two, three) else None


def _has_same_modules(result: Source, *sides: Source) -> bool:
    """Return whether every parameter of a script's `define` still receives the same module."""
    held = javascript.modules(result)
    names = {*held.values()}
    pairs = [pair for side in sides for pair in javascript.modules(side).items()]
    return all(held[name] == module for name, module in pairs if name in held and module in names)


def _json(before: str | None, yours: str, new: str, shape: form.Form, *, is_foreign: bool) -> Outcome:
    """Merge documents by structure; if both sides changed a value, the user's stays."""
    one, two, three = (javascript.read_json(text) for text in (before or "{}", yours, new))
    document = jsondoc.parse(yours)
    if two is None or three is None or not document.complete:
        line = document.errors[0].line if document.errors else 1
        return Outcome(shape.write(yours), (Conflict(line, "not valid JSON: left unchanged"),))
    found = Merger(one or two, two, three, None, is_foreign=is_foreign).merge()
    assert found is not None  # noqa: S101 - without markers there is always a result
    text = applied(two.data, found.edits).decode()
    if not jsondoc.parse(text).complete:
        return Outcome(shape.write(yours), (Conflict(1, "cannot be merged: left unchanged"),))
    return Outcome(shape.write(text), _located(text, found.conflicts), _located(yours, found.kept))


def _marked(text: str, sides: Sides) -> tuple[Conflict, ...]:
    """Return the places of the conflict markers."""
    marker = f"<<<<<<< {sides.yours}"
    if marker not in text:
        return ()
    return tuple(Conflict(n) for n, line in enumerate(text.split("\n"), start=1) if line == marker)


def _located(text: str, notes: list[Note]) -> tuple[Conflict, ...]:
    """Return the notes with line numbers instead of offsets."""
    data = text.encode()
    return tuple(
        Conflict(data[: note.at].count(b"\n") + 1, " ".join(note.what.split())[:_SHOWN_CHARS])
        for note in notes
    )
