"""What `new` prints: the plan of `--dry-run`, or the project, its findings and the next steps."""

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from scaffold.commands import building, shared
from scaffold.commands.new_request import Request

if TYPE_CHECKING:
    from scaffold.files.apply import Plan
    from scaffold.files.tree import Tree
    from scaffold.generate.answers.record import Answers

ABOUT_ANSWERS = ("E", "L", "M", "P")
"""Families of rules about what the answers decide: endpoints, locations, the manifest, the marketplace."""


def show_plan(plan: "Plan", built: building.Built, request: Request) -> None:
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


def _closing_check(answers: "Answers", tree: "Tree", *, customised: bool) -> list[str]:
    """Return the findings of `check` in the widget just made, a line each.

    Scripts, style sheets, files of texts and pictures come from the built-in templates, and the tests check
    them with every area and with random answers: reading them here would take longer than rendering the
    widget. They are read if the user's own template may have changed them, or an answer was left for later
    and has left a gap in them.
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
    options = CheckOptions(select=ABOUT_ANSWERS) if is_proven else CheckOptions()
    findings = lint(Widget(Archive(tree.below("widget"))), context, options)
    return [f"{f.severity.value}: widget/{f.path}: {f.code} {f.message}" for f in findings]


def result(request: Request, built: building.Built, dest: Path) -> dict[str, Any]:
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
    shared.print_steps(steps)
