"""From a path that the user gives to what `check` says of it, by its project's record and waivers."""

import os
from pathlib import Path
from typing import NamedTuple

from scaffold.check import waivers
from scaffold.check.engine import Options, lint
from scaffold.check.findings import Finding
from scaffold.check.model.model import Widget
from scaffold.check.report.run import Run
from scaffold.check.rules.registry import Context
from scaffold.errors import ScaffoldError
from scaffold.files.archive import Archive
from scaffold.kommo.limits import PLATFORMS
from scaffold.project import reading


class Asked(NamedTuple):
    """What the command line asks of each widget."""

    profile: str | None = None
    """None: as the project's record says."""
    platform: str | None = None
    """None: as the project's record says."""
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()


def run(path: Path, asked: Asked) -> Run:
    """Check the widget at `path`: a folder, a project or a zip. Raises ScaffoldError where there is none."""
    return run_on(reading.read(path), path, asked)


def run_on(archive: Archive, path: Path, asked: Asked) -> Run:
    """Check what lies, or is to lie, at `path`. Raises ScaffoldError for a faulty record or waivers."""
    context = context_of(path, asked)
    findings = findings_of(archive, path, asked)
    root = _from_here(reading.widget_folder(path) / archive.folder)
    return Run(str(path), context.profile, context.platform, findings, archive.tree, root)


def findings_of(archive: Archive, path: Path, asked: Asked) -> tuple[Finding, ...]:
    """Return what is found in what lies at `path`. Raises as `run_on` does."""
    waived = waivers.find(path)
    accepted = waivers.load(waived) if waived else ()
    context = context_of(path, asked)
    return lint(Widget(archive), Options(context, asked.select, asked.ignore, accepted))


def context_of(path: Path, asked: Asked) -> Context:
    """Return what the widget is meant for: as was asked, else as the project's record says, else private."""
    profile, platform = _recorded(path)
    usual = Context()
    return Context(
        asked.profile or profile or usual.profile,
        asked.platform or platform or usual.platform,
        stated=bool(asked.profile or profile),
    )


def _recorded(path: Path) -> tuple[str, str]:
    """Return profile and platform of the project's record; empty without one."""
    record = reading.answers_of(path)
    if record is None:
        return "", ""
    from scaffold.documents import yamldoc
    from scaffold.documents.source import DocumentError

    try:
        root = yamldoc.parse(record.read_text(encoding="utf-8"))
    except DocumentError as error:
        detail = f"{record}:{error.line}:{error.column}: {error.message}"
        raise ScaffoldError("the project's record has a fault", "mend or delete it", (detail,)) from error
    except (OSError, UnicodeDecodeError) as error:
        raise ScaffoldError(f"cannot read {record}: {str(error).lower()}") from error
    public = root.find("public") if root else None
    platform = root.find("platform") if root else None
    return (
        "public" if public and public.value is True else "private",
        str(platform.value) if platform and platform.value in PLATFORMS else "",
    )


def _from_here(folder: Path) -> str:
    """Return `folder` relative to the current one, with forward slashes; empty for the current one itself."""
    try:
        relative = os.path.relpath(folder)
    except ValueError:  # another drive of Windows
        relative = str(folder)
    return "" if relative == os.curdir else Path(relative).as_posix()
