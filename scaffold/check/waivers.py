"""A team's waivers: findings it accepts, each with a reason, in `.kommo-widget.toml`.

[[check.waivers]]
code = "C101"
path = "style.css"     # a glob; left out: every file
reason = "the page is ours alone"
"""

from collections.abc import Iterable, Iterator
from fnmatch import fnmatchcase
from pathlib import Path
from typing import NamedTuple

from scaffold.check import rules
from scaffold.check.findings import Finding
from scaffold.documents.node import Node
from scaffold.errors import ScaffoldError
from scaffold.files.bounded import read_text
from scaffold.project import layout
from scaffold.text import reason

FILE = layout.WAIVERS

_HINT = "write [[check.waivers]] with `code` and `reason`, and `path` for single files"
_KEYS = ("code", "path", "reason")
_REQUIRED = ("code", "reason")


class Waiver(NamedTuple):
    """A finding that a team accepts."""

    code: str
    """A code or the beginning of one, such as `A1`."""
    reason: str
    path: str = "*"
    """A glob over the finding's path."""

    def covers(self, finding: Finding) -> bool:
        """Return whether `finding` is accepted."""
        return finding.code.startswith(self.code) and fnmatchcase(finding.path, self.path)


class Waived(NamedTuple):
    """A finding that a team accepts, and why."""

    finding: Finding
    reason: str


class Result(NamedTuple):
    """What was found, in the order it came."""

    findings: tuple[Finding, ...]
    waived: tuple[Waived, ...] = ()
    """What waivers cover."""


def split(waivers: Iterable[Waiver], findings: Iterable[Finding]) -> Result:
    """Return the findings, and apart those that a waiver covers; a fault that stops the upload none does."""
    kept: list[Finding] = []
    waived: list[Waived] = []
    for finding in findings:
        waiver = next((w for w in waivers if w.covers(finding) and rules.named(finding.code).waivable), None)
        if waiver:
            waived.append(Waived(finding, waiver.reason))
        else:
            kept.append(finding)
    return Result(tuple(kept), tuple(waived))


def find(target: Path) -> Path | None:
    """Return the file that applies to `target`: in it, beside it, or in the project around it."""
    folder = target if target.is_dir() else target.parent
    around = folder / ".." if folder.name in ("", "..") else folder.parent
    return next((at / FILE for at in (folder, around) if (at / FILE).is_file()), None)


def load(path: Path) -> tuple[Waiver, ...]:
    """Read the file. Raises ScaffoldError that names every fault in it, each with its place."""
    from scaffold.documents import tomldoc
    from scaffold.documents.source import DocumentError

    try:
        root = tomldoc.parse(read_text(path))
    except DocumentError as error:
        raise _faulty(path, f"{path}:{error.line}:{error.column}: {error.message}") from error
    except (OSError, UnicodeDecodeError) as error:
        raise ScaffoldError(f"cannot read {path}: {reason(error)}", "save it as UTF-8") from error
    if faults := sorted(_faults(root), key=lambda fault: (fault[0].line, fault[0].column)):
        raise _faulty(path, *(f"{path}:{node.line}:{node.column}: {message}" for node, message in faults))
    waivers = root.find("check", "waivers")
    return tuple(Waiver(**entry) for entry in waivers.plain()) if waivers else ()


def _faulty(path: Path, *faults: str) -> ScaffoldError:
    return ScaffoldError(f"{path} has {'a fault' if len(faults) == 1 else 'faults'}", _HINT, faults)


def _faults(root: Node) -> Iterator[tuple[Node, str]]:
    """Yield what is wrong, and where."""
    yield from _unknown(root, ("check",))
    check = root.find("check")
    if check is None:
        return
    if not isinstance(check.value, dict):
        yield check, "`check` is not a table"
        return
    yield from _unknown(check, ("waivers",))
    waivers = check.find("waivers")
    if waivers and not isinstance(waivers.value, list):
        yield waivers, "`waivers` is not a list of tables"
    elif waivers and isinstance(waivers.value, list):
        for entry in waivers.value:
            yield from _entry_faults(entry)


def _entry_faults(entry: Node) -> Iterator[tuple[Node, str]]:
    from scaffold.text import quoted

    if not isinstance(entry.value, dict):
        yield entry, "a waiver is not a table"
        return
    yield from _unknown(entry, _KEYS)
    for key in _REQUIRED:
        if key not in entry.value:
            yield entry, f"the waiver has no `{key}`"
    for key, node in entry.items():
        if key in _KEYS and not (isinstance(node.value, str) and node.value.strip()):
            yield node, f"`{key}` is not a text, or an empty one"
        elif key == "code" and not rules.is_known(str(node.value)):
            yield node, f"no rule has the code {quoted(node.value)}"


def _unknown(table: Node, known: tuple[str, ...]) -> Iterator[tuple[Node, str]]:
    from scaffold.text import did_you_mean, quoted

    for key, node in table.items():
        if key not in known:
            place = Node(None, node.key_line or node.line, node.key_column or node.column)
            yield place, f"{quoted(key)} is not known{did_you_mean(key, known)}"
