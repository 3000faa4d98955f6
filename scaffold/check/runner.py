"""Checks or fixes the widget at a path, with the profile and waivers of its project."""

import os
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from scaffold.check import waivers
from scaffold.check.engine import lint, refuse_unknown_codes
from scaffold.check.findings import Finding
from scaffold.check.model.widget import Widget
from scaffold.check.options import CheckOptions
from scaffold.check.report.run import Run
from scaffold.check.rules.registry import Context
from scaffold.errors import ScaffoldError
from scaffold.files.archive import Archive
from scaffold.files.bounded import read_text
from scaffold.files.tree import Tree
from scaffold.kommo.limits import PLATFORMS
from scaffold.project import layout, reading
from scaffold.text import reason

_MAX_PUBLIC_FILES = 5_000
"""Files and folders of a back end's public folder that are listed; the rest is ignored."""


@dataclass(frozen=True, slots=True)
class FixReport:
    """What `--fix` should write, and what to print about it."""

    folder: Path
    files: Tree
    """The new and changed files; paths are relative to `folder`."""
    deleted: tuple[str, ...]
    """Files and folders to delete; paths are relative to `folder`."""
    changes: tuple[str, ...]
    """`PATH: what to change`, one line each; paths are relative to the current folder."""
    left: tuple[str, ...]
    """`PATH: why it is not fixed`, likewise."""
    found: int
    """How many findings there were before."""
    fixed: int
    """How many of them are gone."""


def check(path: Path, options: CheckOptions) -> Run:
    """Check the widget at `path`, a folder, project or zip.

    Raises ScaffoldError if there is no widget, or if the record or the waivers are invalid.
    """
    return check_archive(reading.read(path), path, options)


def check_archive(archive: Archive, path: Path, options: CheckOptions) -> Run:
    """Check `archive`, the widget that is, or will be, at `path`.

    Raises ScaffoldError if the record or the waivers are invalid.
    """
    context = context_of(path, options)
    widget = Widget(archive)
    found, waived = waivers.split(_waivers(path, options), lint(widget, context, options))
    root = _relative(reading.widget_folder(path) / archive.folder)
    findings = found if path.is_file() else _with_fixable(widget, found, context)
    return Run(str(path), context.profile, context.platform, findings, archive.tree, root, waived)


def apply_fixes(path: Path, options: CheckOptions) -> FixReport:
    """Fix the widget in the folder or project `path`, in memory; writes nothing.

    Raises ScaffoldError if `path` is a zip or cannot be read.
    """
    if path.is_file():
        raise ScaffoldError(f"cannot fix {path}: it is a file", "give the folder that it was packed from")
    from scaffold.check.fix import engine as fixing  # only here: most runs fix nothing

    archive = reading.read(path)
    context = context_of(path, options)
    refuse_unknown_codes(options)
    fixed = fixing.apply_fixes(archive, context, options, _waivers(path, options))
    folder = reading.widget_folder(path) / archive.folder
    prefix = f"{root}/" if (root := _relative(folder)) else ""
    return FixReport(
        folder,
        Tree({name: data for name, data in fixed.tree.items() if archive.tree.get(name) != data}),
        (*(name for name in archive.tree if name not in fixed.tree), *fixed.deletions),
        tuple(prefix + line for line in fixed.changes),
        tuple(prefix + line for line in fixed.left),
        len(fixed.before),
        len(fixed.before) - len(fixed.after),
    )


def _waivers(path: Path, options: CheckOptions) -> tuple[waivers.Waiver, ...]:
    """Return the waivers that apply to `path`."""
    file = waivers.find(path) if options.with_waivers else None
    return waivers.load(file) if file else ()


def _with_fixable(widget: Widget, findings: tuple[Finding, ...], context: Context) -> tuple[Finding, ...]:
    """Return the findings with `fixable` set on those that `--fix` can fix."""
    if not findings:
        return ()
    from scaffold.check.fix import engine as fixing  # only here: a clean widget does not need it

    fixable = fixing.fixable(widget, findings, context)
    return tuple(finding._replace(fixable=finding in fixable) for finding in findings)


def context_of(path: Path, options: CheckOptions) -> Context:
    """Return profile and platform: from the options, else the project's record, else private on Kommo."""
    profile, platform = _recorded(path)
    default = Context()
    return Context(
        options.profile or profile or default.profile,
        options.platform or platform or default.platform,
        explicit_profile=bool(options.profile or profile),
        public_files=_public_files(path),
    )


def _public_files(path: Path) -> frozenset[str] | None:
    """Return the public files of the back end in the project of `path`; None if it has none."""
    record = reading.answers_of(path)
    folder = record.parent.parent / layout.PUBLIC if record else None
    if folder is None or not folder.is_dir():
        return None
    found = islice(folder.rglob("*"), _MAX_PUBLIC_FILES)
    return frozenset(file.relative_to(folder).as_posix() for file in found if file.is_file())


def _recorded(path: Path) -> tuple[str, str]:
    """Return profile and platform from the project's record; empty if there is no record."""
    record = reading.answers_of(path)
    if record is None:
        return "", ""
    from scaffold.documents import yamldoc
    from scaffold.documents.parse_error import DocumentError

    try:
        root = yamldoc.parse(read_text(record))
    except DocumentError as error:
        detail = f"{record}:{error.line}:{error.column}: {error.message}"
        raise ScaffoldError("the project's record is invalid", "fix or delete it", (detail,)) from error
    except (OSError, UnicodeDecodeError) as error:
        raise ScaffoldError(f"cannot read {record}: {reason(error)}") from error
    public = root.find("public") if root else None
    platform = root.find("platform") if root else None
    return (
        "public" if public and public.value is True else "private",
        str(platform.value) if platform and platform.value in PLATFORMS else "",
    )


def _relative(folder: Path) -> str:
    """Return `folder` relative to the current one, with forward slashes; empty for the current one."""
    try:
        relative = os.path.relpath(folder)
    except (ValueError, OSError):  # another drive on Windows; a deleted current folder
        relative = str(folder)
    return "" if relative == os.curdir else Path(relative).as_posix()
