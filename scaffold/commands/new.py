"""`kommo-widget new`: creates a project from answers, all of it or nothing."""

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from scaffold.commands import completing, new_overlay, shared

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scaffold.files.apply import Plan
    from scaffold.files.tree import Tree
    from scaffold.generate.answers.draft import Draft
    from scaffold.generate.answers.record import Answers
    from scaffold.generate.overlay import Layer
    from scaffold.generate.wizard.kept import Kept

ABOUT_TEMPLATES = ("S", "C", "I140")
"""Beginnings of the codes of rules that read scripts, style sheets and Twig templates."""

_WAYS = "give --answers FILE, --defaults, or --set KEY=VALUE for each; on a terminal you are asked"


class Request(NamedTuple):
    """The command line."""

    dest: str | None
    """The project's folder; with several answers files, the folder for all projects."""
    answers: tuple[str, ...]
    preset: str | None
    overrides: tuple[str, ...]
    defaults: bool
    template: str | None
    checkout: str | None
    trust: bool
    dry_run: bool
    diff: bool
    force: bool
    discard_edits: bool
    as_json: bool

    @property
    def several(self) -> bool:
        """Whether there is more than one project to create."""
        return len(self.answers) > 1


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
        import json

        click.echo(json.dumps({"runs": runs} if request.several else runs[0], ensure_ascii=False, indent=2))
    return 0


def _make(request: Request, source: str | None) -> dict[str, Any]:
    """Create one project and return what `--json` prints about it."""
    from scaffold.files import apply

    draft = _draft(request, source)
    with new_overlay.opened(draft, trust=request.trust, dry_run=request.dry_run) as layer:
        answers, kept = _answers(draft, request, layer, may_ask=_may_ask(request, source))
        dest = _destination(request, answers.code)
        built = new_overlay.build(answers, layer, dest)
    plan = apply.plan(built.tree, dest, built.executable)
    if not request.dry_run:
        _write(plan, request)
        if kept:
            kept.drop()
    elif not request.as_json:
        _show_plan(plan, built, request)
    return _result(request, built, dest)


def _show_plan(plan: "Plan", built: new_overlay.Built, request: Request) -> None:
    """Print what would be written: answers and files as on the review page, or the diff."""
    from scaffold.files import apply

    if request.diff:
        click.echo(apply.diff(plan))
        return
    from scaffold.generate.wizard.answer_rows import lines_of
    from scaffold.text import shown_encoding

    encoding = shown_encoding(sys.stdout.encoding, os.environ) if sys.stdout.isatty() else "utf-8"
    answers = [*lines_of(built.answers), ""]
    click.echo("\n".join(["Answers", *answers, "Files", *apply.describe(plan, encoding, built.origins)]))


def _may_ask(request: Request, source: str | None) -> bool:
    return source is None and not request.defaults and request.preset is None


def _draft(request: Request, source: str | None) -> "Draft":
    from scaffold.generate.answers.reading import draft_of, read_source

    if request.preset is not None:
        from scaffold.generate import presets

        source = str(presets.path(request.preset))
    document = None if source is None else read_source(source, sys.stdin.buffer)
    name = _folder_name(request, source)
    draft = draft_of(document, request.overrides, defaults=request.defaults, folder_name=name)
    draft = new_overlay.with_options(draft, request.template, request.checkout)
    if request.trust and "template.source" not in draft:
        raise click.UsageError("--trust requires --template")
    return draft


def _answers(
    draft: "Draft", request: Request, layer: "Layer | None", *, may_ask: bool
) -> tuple["Answers", "Kept | None"]:
    """Return the answers; those of the wizard with the file that keeps them until the project is written."""
    from scaffold.generate.answers.faults import AnswersError
    from scaffold.generate.answers.resolve import missing
    from scaffold.generate.answers.validate import complete

    checked = layer.checked(draft, complete=not request.defaults) if layer else draft
    incomplete = may_ask and bool(missing(draft) or (layer and checked.faults))
    if incomplete and sys.stdin.isatty() and sys.stdout.isatty() and not request.as_json:
        return _ask(draft, request, layer)
    try:
        return complete(checked), None
    except AnswersError as error:
        raise (AnswersError(error.faults, _WAYS) if incomplete else error) from error.__cause__


def _ask(draft: "Draft", request: Request, layer: "Layer | None") -> tuple["Answers", "Kept"]:
    from scaffold.generate import wizard
    from scaffold.generate.wizard.kept import Kept

    def tree_of(answers: "Answers") -> "Tree":
        dest = _destination(request, answers.code)
        tree = new_overlay.build(answers, layer, dest, hooks=False).tree
        _ensure_allowed(tree, dest, request)
        return tree

    if request.dest and Path(request.dest).exists():
        _ensure_allowed({}, Path(request.dest), request)  # before the user answers questions in vain
    kept = Kept(str(Path(request.dest).absolute()) if request.dest else f"{Path.cwd()}/")
    if layer is None:
        return wizard.ask(draft, tree_of, kept=kept), kept
    begun = layer.checked(draft, complete=False)
    return wizard.ask(begun, tree_of, more=layer.questions, kept=kept), kept


def _ensure_allowed(tree: "Mapping[str, bytes]", dest: Path, request: Request) -> None:
    from scaffold.files import apply
    from scaffold.files.tree import Tree

    if not request.dry_run:
        apply.ensure_allowed(apply.plan(Tree(tree), dest), request.force)


def _folder_name(request: Request, source: str | None) -> str:
    """Return the name that a missing `code` is derived from; empty if there is none."""
    if request.several:
        return "" if source in (None, "-") else Path(str(source)).stem
    return Path(request.dest).resolve().name if request.dest else ""


def _destination(request: Request, code: str) -> Path:
    if request.several:
        return Path(request.dest or ".") / code
    return Path(request.dest or code)


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


def _closing_check(answers: "Answers", tree: "Tree", *, customised: bool) -> list[str]:
    """Return the findings of `check` in the widget just made, a line each.

    The answers decide what the manifest, the texts and the pictures hold. Scripts and style sheets come from
    the built-in templates, which the tests check with every area: reading them here would take longer than
    rendering the widget. They are read if the user's own template may have changed them, or an answer was
    left for later and has left a gap in them.
    """
    from scaffold.check.engine import lint
    from scaffold.check.model.widget import Widget
    from scaffold.check.options import CheckOptions
    from scaffold.check.rules.registry import Context
    from scaffold.files.archive import Archive
    from scaffold.generate.answers.gaps import gaps
    from scaffold.project import layout

    context = Context(
        profile="public" if answers.public else "private",
        platform=answers.platform,
        public_files=frozenset(tree.below(layout.PUBLIC)) or None,
    )
    is_proven = not customised and not gaps(answers)
    options = CheckOptions(ignore=ABOUT_TEMPLATES) if is_proven else CheckOptions()
    findings = lint(Widget(Archive(tree.below("widget"))), context, options)
    return [f"{f.severity.value}: widget/{f.path}: {f.code} {f.message}" for f in findings]


def _result(request: Request, built: new_overlay.Built, dest: Path) -> dict[str, Any]:
    """Return what `--json` prints about a project; print it as text unless `--json` is given."""
    from scaffold.generate.next_steps import next_steps, repeat_command
    from scaffold.generate.remarks import remarks
    from scaffold.text import printable

    steps = next_steps(built.answers, dest)
    if not request.dry_run and not request.as_json:
        for path, origin in built.origins.items():
            click.echo(f"template: {printable(path)} {origin}", err=True)
        notes = [f"note: {line}" for line in remarks(built.answers)]
        found = _closing_check(built.answers, built.tree, customised=bool(built.summary))
        _print_result(dest, len(built.tree), [*notes, *found], steps)
        again = repeat_command(built.answers, dest, trust=request.trust)
        click.echo(f"again: {again}", err=True)
    summary = {"template": dict(built.summary)} if built.summary else {}
    return {"path": str(dest), "files": list(built.tree), "next_steps": steps, **summary}


def _print_result(dest: Path, files: int, notes: list[str], steps: list[str]) -> None:
    from scaffold.text import count, printable

    click.echo(printable(str(dest)))
    click.echo(f"Created {printable(dest.as_posix())} ({count(files, 'file')})", err=True)
    for line in notes:
        click.echo(printable(line), err=True)
    click.echo("next:", err=True)
    for number, step in enumerate(steps, start=1):
        click.echo(f"  {number}. {step}", err=True)
