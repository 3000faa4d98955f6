"""Plans and lists of paths as text for people."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from io import StringIO

from scaffold.files.apply.planning import Change, Plan, Verb
from scaffold.text import count, harmless, printable

_UNICODE = ("├── ", "└── ", "│   ")
_ASCII = ("|-- ", "`-- ", "|   ")


def tree_lines(
    paths: Iterable[str], notes: Mapping[str, str] | None = None, encoding: str = "utf-8"
) -> list[str]:
    """Return the lines of a drawn tree, folders first; `notes` are put after their paths.

    A path that ends with a slash is a collapsed folder. If `encoding`, that of the stream, has no box-drawing
    characters, the tree is drawn in ASCII.
    """
    strokes = _UNICODE if _can_encode("".join(_UNICODE), encoding) else _ASCII
    return [*_branch(sorted(paths), "", strokes, notes or {})]


def describe(plan: Plan, encoding: str = "utf-8", origins: Mapping[str, str] | None = None) -> list[str]:
    """Return the plan as a tree of files with their verbs, and a summary line.

    A top folder is one line if all its files have the same note. `origins` maps paths to where a file comes
    from, which is added to its note.
    """
    added = origins or {}
    notes = {
        change.path: ", ".join(filter(None, (_note(change), added.get(change.path))))
        for change in plan.changes
    }
    counts = ((verb.value, len(plan.having(verb))) for verb in Verb)
    total = ", ".join(f"{count} {verb}" for verb, count in counts if count)
    return [
        f"{printable(plan.destination.name)}/",
        *tree_lines(*_closed(notes), encoding),
        "",
        f"{total} (the folder is {plan.state.value})",
    ]


def diff(plan: Plan) -> str:
    """Return the changes as a unified diff in the form of `git diff`; binary files are only named."""
    return "".join(
        file_diff(change.path, change.before if change.verb is Verb.REPLACE else None, change.after)
        for change in plan.changes
        if change.verb in {Verb.CREATE, Verb.REPLACE}
    )


def file_diff(path: str, before: bytes | None, after: bytes | None) -> str:
    """Return the changes of one file in the form of `git diff`; None is a missing file."""
    from difflib import unified_diff

    old = "/dev/null" if before is None else f"a/{printable(path)}"
    new = "/dev/null" if after is None else f"b/{printable(path)}"
    old_lines, new_lines = _lines(before or b""), _lines(after or b"")
    if old_lines is None or new_lines is None:
        return f"Binary files {old} and {new} differ\n"
    marked = (
        line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"
        for line in unified_diff(old_lines, new_lines, old, new)
    )
    return harmless("".join(marked))


def _closed(notes: Mapping[str, str]) -> tuple[list[str], dict[str, str]]:
    """Return the paths to draw and their notes, with top folders collapsed that have only one note."""
    by_top: dict[str, set[str]] = {}
    for path, note in notes.items():
        by_top.setdefault(path.partition("/")[0], set()).add(note)
    shut = {top for top, different in by_top.items() if len(different) == 1 and top not in notes}
    below = Counter(path.partition("/")[0] for path in notes)
    shown = {path: note for path, note in notes.items() if path.partition("/")[0] not in shut}
    closed = {f"{top}/": f"{count(below[top], 'file')}: {next(iter(by_top[top]))}" for top in shut}
    return [*shown, *closed], {**shown, **closed}


def _note(change: Change) -> str:
    return f"{change.verb.value}: {change.reason}" if change.reason else change.verb.value


def _can_encode(text: str, encoding: str) -> bool:
    try:
        text.encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def _branch(
    paths: list[str], folder: str, strokes: tuple[str, str, str], notes: Mapping[str, str]
) -> Iterator[str]:
    """Yield the lines for `folder`, which is empty or ends with a slash."""
    step, last, through = strokes
    heads = {path.removeprefix(folder).partition("/")[:2] for path in paths}
    entries = sorted((not slash, name + slash) for name, slash in heads)
    for place, (_, name) in enumerate(entries, start=1):
        is_last = place == len(entries)
        note = notes.get(folder + name, "")
        yield f"{last if is_last else step}{name}" + (f"  ({note})" if note else "")
        inside = folder + name
        below = [path for path in paths if name.endswith("/") and path.startswith(inside) and path != inside]
        indent = " " * len(through) if is_last else through
        yield from (indent + line for line in _branch(below, folder + name, strokes, notes))


def _lines(data: bytes) -> list[str] | None:
    """Return the lines of a text, split only at line feeds; None if the data is not text."""
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return None
    return None if "\0" in text else list(StringIO(text, newline="\n"))
