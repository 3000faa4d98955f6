"""`kommo-widget pack`: checks a widget and writes the archive to upload."""

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from scaffold.commands import shared
from scaffold.commands.settling import settle
from scaffold.errors import ScaffoldError

if TYPE_CHECKING:
    from scaffold.check.report.run import Run
    from scaffold.files.archive import Archive
    from scaffold.files.tree import Tree


class Request(NamedTuple):
    """The command line."""

    folder: Path
    output: str | None
    bump: str | None
    dev: str | None
    profile: str | None
    platform: str | None
    no_waivers: bool
    as_json: bool


@click.command("pack", help="Build the upload archive of the widget in DIR; fails if the check finds errors.")
@click.argument("folder", metavar="[DIR]", default=".", type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    type=click.Path(),
    help="Output file (default: widget.zip in the project).",
)
@click.option(
    "--bump",
    type=click.Choice(["major", "minor", "patch"]),
    help="Increase the version first, in the manifest and in the project's answers.",
)
@click.option(
    "--dev",
    metavar="URL",
    help="Build a development archive that loads its script from this address.",
)
@shared.profile
@shared.platform
@shared.no_waivers
@shared.as_json
def command(**options: Any) -> int:
    """Check, write and report; return 1 if the check finds an error."""
    from scaffold.check import runner
    from scaffold.check.options import CheckOptions
    from scaffold.pack import output as target

    request = Request(**options)
    settle(request.folder)
    if request.output and request.output.endswith(("/", os.sep)):
        raise ScaffoldError(f"cannot write {request.output}: it names a folder", target.HINT)
    output = Path(request.output) if request.output else target.default(request.folder)
    archive = target.read(request.folder, output)
    target.refuse_unsuited(output)
    checks = CheckOptions(request.profile, request.platform, with_waivers=not request.no_waivers)
    run = runner.check_archive(archive, request.folder, checks)
    if run.counts()["error"]:
        _refuse(run, request)
        return 1
    tree = _written(archive, request, output)
    _report(run, tree, output, request)
    return 0


def _written(archive: "Archive", request: Request, output: Path) -> "Tree":
    """Write the archive, the new version and the record of what was packed; return the archive's files."""
    from scaffold.files.exchange import exchange
    from scaffold.files.zips import to_zip
    from scaffold.pack import last
    from scaffold.pack import output as target

    tree = archive.tree
    files: dict[Path, bytes] = {}
    if request.dev:
        from scaffold.pack.loader import script_from

        tree |= script_from(request.dev)
    if request.bump:
        files = _bumped(tree["manifest.json"], request.folder, request.bump)
        tree |= {"manifest.json": next(iter(files.values()))}
    packed = to_zip(tree)
    if not request.dev:
        warning, state = last.recorded(request.folder, tree["manifest.json"], packed)
        files |= state
        if warning:
            click.echo(f"warning: {warning}", err=True)
    exchange(files | {output: packed}, target.HINT)
    return tree


def _bumped(manifest: bytes, folder: Path, part: str) -> dict[Path, bytes]:
    """Return the manifest, and the answers of a project, with the version increased."""
    from scaffold.files.bounded import read_bytes
    from scaffold.pack import versions
    from scaffold.project import reading

    home = reading.widget_folder(folder)
    record = reading.answers_of(folder)
    for place in (home, *((record.parent,) if record else ())):
        if place.is_symlink():
            raise ScaffoldError(f"`{place}` is a symbolic link", "give the folder that it points to")
    after = versions.bump_manifest(manifest, part)
    files = {home / "manifest.json": after}
    if record:
        files[record] = versions.set_in_record(read_bytes(record), versions.version_in(after))
    return files


def _refuse(run: "Run", request: Request) -> None:
    from scaffold.check import report

    if request.as_json:
        _print_document(run, None)
        return
    click.echo(report.write([run], colour=shared.is_coloured(sys.stdout)), nl=False)
    count = run.counts()["error"]
    click.echo(f"not packed: {count} error{'s' if count > 1 else ''}, see above", err=True)


def _report(run: "Run", tree: "Tree", output: Path, request: Request) -> None:
    from scaffold.check import report
    from scaffold.pack.versions import version_in
    from scaffold.text import printable

    size = output.stat().st_size
    version = version_in(tree["manifest.json"])
    if request.as_json:
        files = [{"path": path, "bytes": len(data)} for path, data in tree.items()]
        _print_document(run, {"path": str(output), "bytes": size, "version": version, "files": files})
        return
    if run.counts()["warning"]:
        click.echo(report.write([run], colour=shared.is_coloured(sys.stderr)), err=True)
    for path, data in tree.items():
        click.echo(f"{len(data):>10,}  {printable(path)}")
    about = f", version {printable(version)}" if version else ""
    click.echo(f"{printable(str(output))}: {len(tree)} files, {size:,} bytes{about}")
    if request.dev:
        click.echo("for development only: its script comes from your server", err=True)


def _print_document(run: "Run", archive: dict[str, Any] | None) -> None:
    """Print the document of `check` with what was packed; `archive` is null if nothing was."""
    from scaffold.check.report.json_report import shape

    shared.print_json({**shape(run), "archive": archive})
