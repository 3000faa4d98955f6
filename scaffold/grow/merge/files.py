"""One file, three ways: which kind it is of, and what the merge of it comes to."""

from collections.abc import Callable
from typing import NamedTuple

from scaffold.documents import jsondoc
from scaffold.grow.merge import form, javascript, lines, markdown, stylesheet
from scaffold.grow.merge.edits import applied
from scaffold.grow.merge.lines import Sides
from scaffold.grow.merge.pieces import Source
from scaffold.grow.merge.units import Found, Merger, Note

READERS: dict[str, Callable[[str], Source | None]] = {
    ".js": javascript.read,
    ".css": stylesheet.read,
    ".md": markdown.read,
}
"""Suffix -> what reads such a file into units; any other text is merged by its lines."""

_JSON = ".json"
_SHOWN_CHARS = 60


class Conflict(NamedTuple):
    """One place where both sides changed the same."""

    line: int
    """1-based, in the merged file."""
    message: str = ""
    """What the new version has, where no markers in the file show it."""


class Outcome(NamedTuple):
    """The merged file."""

    data: bytes
    conflicts: tuple[Conflict, ...] = ()
    kept: tuple[Conflict, ...] = ()
    """Units that the new version has no more and that stay, as the user edited them."""


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

    `before` is the text that was generated, LF and ended; None where there was none, or no text. A file that
    was never generated, `is_foreign`, has nothing that was deleted. What is not text stays the
    user's. Raises ScaffoldError where git is needed and cannot be run.
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
    merged = _by_units(suffix, before, text, theirs, sides)
    if merged is None:
        by_lines = lines.merge(before or "", text, theirs, sides).text
        return Outcome(shape.write(by_lines), _marked(by_lines, sides))
    result, found = merged
    return Outcome(shape.write(result), _marked(result, sides), _told(text, found.kept))


def _by_units(
    suffix: str, before: str | None, yours: str, new: str, sides: Sides
) -> tuple[str, Found] | None:
    """Return the merged text; None where a file has no units, or they come to none that can be read."""
    read = READERS.get(suffix)
    sources = [read(text) for text in (before or "", yours, new)] if read else []
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
    return (text, found) if result and _is_in_step(result, two, three) else None


def _is_in_step(result: Source, *sides: Source) -> bool:
    """Return whether every parameter of a script's module still has the module that it had."""
    held = javascript.modules(result)
    names = {*held.values()}
    pairs = [pair for side in sides for pair in javascript.modules(side).items()]
    return all(held[name] == module for name, module in pairs if name in held and module in names)


def _json(before: str | None, yours: str, new: str, shape: form.Form, *, is_foreign: bool) -> Outcome:
    """Merge documents by their structure; of a value that both changed the user's stays."""
    one, two, three = (javascript.read_json(text) for text in (before or "{}", yours, new))
    document = jsondoc.parse(yours)
    if two is None or three is None or not document.complete:
        line = document.errors[0].line if document.errors else 1
        return Outcome(shape.write(yours), (Conflict(line, "cannot be read as JSON, and stays as it is"),))
    found = Merger(one or two, two, three, None, is_foreign=is_foreign).merge()
    assert found is not None  # noqa: S101 - without markers there is always a result
    text = applied(two.data, found.edits).decode()
    if not jsondoc.parse(text).complete:
        return Outcome(shape.write(yours), (Conflict(1, "cannot be merged, and stays as it is"),))
    return Outcome(shape.write(text), _told(text, found.conflicts), _told(yours, found.kept))


def _marked(text: str, sides: Sides) -> tuple[Conflict, ...]:
    """Return where markers of ours begin."""
    marker = f"<<<<<<< {sides.yours}"
    if marker not in text:
        return ()
    return tuple(Conflict(n) for n, line in enumerate(text.split("\n"), start=1) if line == marker)


def _told(text: str, notes: list[Note]) -> tuple[Conflict, ...]:
    data = text.encode()
    return tuple(
        Conflict(data[: note.at].count(b"\n") + 1, " ".join(note.what.split())[:_SHOWN_CHARS])
        for note in notes
    )
