"""`kommo-widget check`: reports every mistake of a widget at once, before it is uploaded."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from scaffold.check.options import FORMATS
from scaffold.commands import completing, shared
from scaffold.commands.settling import settle
from scaffold.errors import ScaffoldError

if TYPE_CHECKING:
    from scaffold.check.options import CheckOptions
    from scaffold.check.report.run import Run

_CODES = "Codes or prefixes, comma-separated: M, M1, M101."


def _split(_context: click.Context, _option: click.Parameter, given: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(code.strip().upper() for text in given for code in text.split(",") if code.strip())


class Request(NamedTuple):
    """The command line."""

    paths: tuple[Path, ...]
    profile: str | None
    platform: str | None
    select: tuple[str, ...]
    ignore: tuple[str, ...]
    format: str
    explain: str
    fix: bool
    diff: bool
    no_waivers: bool


@click.command("check", help="Check the widgets at PATH: folders, projects or zip archives.")
@click.argument("paths", metavar="[PATH]...", nargs=-1, type=click.Path(path_type=Path))
@shared.profile
@shared.platform
@click.option(
    "--select",
    shell_complete=completing.RULES,
    multiple=True,
    metavar="CODES",
    callback=_split,
    help=f"Report only these rules. {_CODES}",
)
@click.option(
    "--ignore",
    shell_complete=completing.RULES,
    multiple=True,
    metavar="CODES",
    callback=_split,
    help="Do not report these rules.",
)
@click.option(
    "--format",
    type=click.Choice(FORMATS),
    default="text",
    show_default=True,
    help="Output format; github: annotations for GitHub Actions, sarif: for code scanning.",
)
@click.option(
    "--explain",
    shell_complete=completing.RULE,
    metavar="CODE",
    default="",
    help="Explain a rule and exit.",
)
@click.option("--fix", is_flag=True, help="Apply safe fixes first.")
@click.option("--diff", is_flag=True, help="With --fix: show the changes; write nothing.")
@shared.no_waivers
def command(**options: Any) -> int:
    """Print the report; return 1 if a widget has an error, 2 if one of several cannot be read."""
    request = Request(**options)
    if request.diff and not request.fix:
        raise ScaffoldError("--diff requires --fix", "--fix --diff shows what --fix would change")
    if request.explain:
        from scaffold.check.report.explain import explanation

        click.echo(explanation(request.explain, as_json=request.format == "json"))
        return 0
    results = [_result(path, request, alone=len(request.paths) < 2) for path in request.paths or (Path(),)]
    if not (request.diff and request.format == "text"):
        click.echo(_report(results, request.format), nl=False)
    failed = [result for result in results if isinstance(result, ScaffoldError)]
    runs = [result for result in results if not isinstance(result, ScaffoldError)]
    return 2 if failed else int(any(run.counts()["error"] for run in runs))


def _result(path: Path, request: Request, *, alone: bool) -> "Run | ScaffoldError":
    """Check one path. If there are several, one that cannot be read does not stop the others."""
    from scaffold.check import runner
    from scaffold.check.options import CheckOptions

    options = CheckOptions(
        request.profile, request.platform, request.select, request.ignore, not request.no_waivers
    )
    try:
        settle(path)
        if request.fix:
            _fix(path, options, request)
        return runner.check(path, options)
    except ScaffoldError as error:
        if alone:
            raise
        return error


def _fix(path: Path, options: "CheckOptions", request: Request) -> None:
    from scaffold.check import runner
    from scaffold.files import apply
    from scaffold.text import printable

    fixes = runner.apply_fixes(path, options)
    if fixes.files or fixes.deleted:
        planned = apply.plan(fixes.files, fixes.folder)
        if not request.diff:
            apply.execute(planned, force=True)
            apply.delete(fixes.folder, fixes.deleted)
        elif request.format == "text":
            click.echo(apply.diff(planned) + apply.deletions(fixes.folder, fixes.deleted), nl=False)
    for line in fixes.changes:
        click.echo(f"fix: {printable(line)}", err=True)
    for line in fixes.left:
        click.echo(f"left: {printable(line)}", err=True)
    if fixes.changes:
        verb = "would fix" if request.diff else "fixed"
        click.echo(f"{verb} {fixes.fixed} of {fixes.found} findings", err=True)


def _report(results: "list[Run | ScaffoldError]", form: str) -> str:
    from scaffold.check import report

    runs = [result for result in results if not isinstance(result, ScaffoldError)]
    failed = [result for result in results if isinstance(result, ScaffoldError)]
    if form == "json" and failed:
        import json

        from scaffold.check.report.json_report import failure, shape

        shapes = [failure(r) if isinstance(r, ScaffoldError) else shape(r) for r in results]
        return json.dumps({"runs": shapes}, indent=2, ensure_ascii=False) + "\n"
    for error in failed:
        for line in (f"error: {error.message}", *error.details, *filter(None, [f"hint: {error.hint}"])):
            click.echo(line, err=True)
    return report.write(runs, form, shared.is_coloured(sys.stdout))
