"""A team's waivers: findings it accepts, each with a reason, in `.kommo-widget.toml`.

[[check.waivers]]
code = "C101"
path = "style.css"     # a glob; default: every file
reason = "only our widget runs on this page"
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
    """A code or a prefix of codes, such as `A1`."""
    reason: str
    path: str = "*"
    """A glob that the finding's path must match."""

    def covers(self, finding: Finding) -> bool:
        """Return whether `finding` is accepted."""
        return finding.code.startswith(self.code) and fnmatchcase(finding.path, self.path)


class Waived(NamedTuple):
    """A finding that a team accepts, and why."""

    finding: Finding
    reason: str


class Result(NamedTuple):
    """The findings after waivers, in their original order."""

    findings: tuple[Finding, ...]
    waived: tuple[Waived, ...] = ()
    """Those that a waiver covers."""


def split(waivers: Iterable[Waiver], findings: Iterable[Finding]) -> Result:
    """Split the findings into those that a waiver covers and the rest.

    Findings of a rule that is not waivable stay: its faults make the archive unusable.
    """
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
    """Return the waivers file for a folder or zip: in the folder, beside the zip, or one level up."""
    folder = target if target.is_dir() else target.parent
    around = folder / ".." if folder.name in ("", "..") else folder.parent
    return next((at / FILE for at in (folder, around) if (at / FILE).is_file()), None)


def load(path: Path) -> tuple[Waiver, ...]:
    """Read the waivers in a file. Raises ScaffoldError that lists every fault with its position."""
    from scaffold.documents import tomldoc
    from scaffold.documents.parse_error import DocumentError

    try:
        root = tomldoc.parse(read_text(path))
    except DocumentError as error:
        raise _invalid(path, f"{path}:{error.line}:{error.column}: {error.message}") from error
    except (OSError, UnicodeDecodeError) as error:
        raise ScaffoldError(f"cannot read {path}: {reason(error)}", "save it as UTF-8") from error
    if faults := sorted(_faults(root), key=lambda fault: (fault[0].line, fault[0].column)):
        raise _invalid(path, *(f"{path}:{node.line}:{node.column}: {message}" for node, message in faults))
    waivers = root.find("check", "waivers")
    return tuple(Waiver(**entry) for entry in waivers.plain()) if waivers else ()


def _invalid(path: Path, *faults: str) -> ScaffoldError:
    return ScaffoldError(f"{path} is invalid", _HINT, faults)


def _faults(root: Node) -> Iterator[tuple[Node, str]]:
    """Yield the invalid nodes, each with what is wrong."""
    yield from _unknown(root, ("check",))
    check = root.find("check")
    if check is None:
        return
    if not isinstance(check.value, dict):
        yield check, "`check` must be a table"
        return
    yield from _unknown(check, ("waivers",))
    waivers = check.find("waivers")
    if waivers and not isinstance(waivers.value, list):
        yield waivers, "`waivers` must be a list of tables"
    elif waivers and isinstance(waivers.value, list):
        for entry in waivers.value:
            yield from _entry_faults(entry)


def _entry_faults(entry: Node) -> Iterator[tuple[Node, str]]:
    from scaffold.text import quoted

    if not isinstance(entry.value, dict):
        yield entry, "a waiver must be a table"
        return
    yield from _unknown(entry, _KEYS)
    for key in _REQUIRED:
        if key not in entry.value:
            yield entry, f"the waiver has no `{key}`"
    for key, node in entry.items():
        if key in _KEYS and not (isinstance(node.value, str) and node.value.strip()):
            yield node, f"`{key}` must be a non-empty string"
        elif key == "code" and not rules.is_known(str(node.value)):
            yield node, f"unknown rule code {quoted(node.value)}"


def _unknown(table: Node, known: tuple[str, ...]) -> Iterator[tuple[Node, str]]:
    from scaffold.text import did_you_mean, quoted

    for key, node in table.items():
        if key not in known:
            place = Node(None, node.key_line or node.line, node.key_column or node.column)
            yield place, f"unknown key {quoted(key)}{did_you_mean(key, known)}"
