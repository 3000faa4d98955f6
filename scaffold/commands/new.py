"""`kommo-widget new`: creates a project from answers, all of it or nothing."""

from typing import TYPE_CHECKING, Any

import click

from scaffold.commands import building, completing, new_answers, new_report, shared
from scaffold.commands.new_request import Request

if TYPE_CHECKING:
    from scaffold.files.apply import Plan


@click.command(
    "new", cls=shared.Answering, help="Create a widget in DEST, interactively or from an answers file."
)
@click.argument("dest", required=False)
@click.option(
    "--answers",
    shell_complete=completing.FILES,
    multiple=True,
    metavar="FILE",
    help="Read answers from FILE (`-`: standard input).",
)
@shared.overrides
@click.option(
    "--preset",
    metavar="NAME",
    shell_complete=completing.PRESET,
    help="Start from a preset (see `kommo-widget presets`).",
)
@click.option(
    "--defaults", is_flag=True, help="Ask no questions; use the areas lcard-1 and settings, in English."
)
@click.option(
    "--template", metavar="SOURCE", help="Apply your own cookiecutter template on top of the widget."
)
@click.option("--checkout", metavar="REF", help="With --template: branch, tag or commit to use.")
@shared.trust
@shared.dry_run
@shared.diff
@click.option("--force", is_flag=True, help="Overwrite generated files in a folder that is not empty.")
@click.option("--discard-edits", is_flag=True, help="With --force: also overwrite files edited by hand.")
@shared.as_json
def command(**options: Any) -> int:
    """Create a project, or one for each answers file."""
    request = Request(**options)
    if request.diff and not request.dry_run:
        raise click.UsageError("--diff requires --dry-run")
    if request.discard_edits and not request.force:
        raise click.UsageError("--discard-edits requires --force")
    if request.answers.count("-") > 1:
        raise click.UsageError("standard input can be read only once: give `--answers -` once")
    if request.preset and request.answers:
        raise click.UsageError("--preset and --answers exclude each other")
    runs = [_make(request, source) for source in request.answers or (None,)]
    if request.as_json:
        shared.print_json({"runs": runs} if request.several else runs[0])
    return 0


def _make(request: Request, source: str | None) -> dict[str, Any]:
    """Create one project and return what `--json` prints about it."""
    from scaffold.files import apply

    draft = new_answers.draft(request, source)
    with building.opened(draft, trust=request.trust, dry_run=request.dry_run) as layer:
        answers, kept = new_answers.answers(draft, request, layer, may_ask=request.may_ask(source))
        dest = request.destination(answers.code)
        built = building.build(answers, layer, dest)
    plan = apply.plan(built.tree, dest, built.executable)
    if not request.dry_run:
        _write(plan, request)
        if kept:
            kept.drop()
    elif not request.as_json:
        new_report.show_plan(plan, built, request)
    return new_report.result(request, built, dest)


def _write(plan: "Plan", request: Request) -> None:
    from scaffold.files import apply
    from scaffold.project import layout

    if not request.force or plan.state is not apply.State.OCCUPIED:
        apply.execute(plan, last=layout.FOLDER)
        return
    from scaffold.grow import replacing
    from scaffold.text import printable

    if not request.discard_edits:
        replacing.refuse_edited(plan)
    for change in plan.having(apply.Verb.REPLACE):
        click.echo(f"replace {printable(change.path)}", err=True)
    apply.execute(plan, force=True)
    replacing.drop_old_copies(plan.destination)
