"""`kommo-widget add`: adds areas or locales to a project and keeps what was edited by hand."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from scaffold.commands import completing, growing, shared

if TYPE_CHECKING:
    from scaffold.generate.answers.draft import Draft


@click.command("add", help="Add areas or locales to a project; keeps your edits.")
@shared.names("Add")
@shared.folder
@click.option(
    "--answers",
    shell_complete=completing.FILES,
    metavar="FILE",
    help="Read answers about the areas from FILE (`-`: standard input).",
)
@shared.overrides
@growing.options
def command(
    names: tuple[str, ...],
    locales: tuple[str, ...],
    folder: Path,
    answers: str | None,
    overrides: tuple[str, ...],
    abort: bool,
    **options: Any,
) -> int:
    """Add the areas or locales; return 1 if that left conflicts."""
    chosen = (*locales, *names) if locales else names
    request = growing.Request(
        folder, f"add {growing.arguments(names, locales)}", f"with {', '.join(chosen)}", **options
    )
    if abort:
        return growing.abort(request)
    if not chosen:
        raise click.UsageError("name an area (see `kommo-widget areas`), or a locale with --locale")
    from scaffold.grow import answers as recorded

    def change(draft: "Draft") -> "Draft":
        more = recorded.with_locales(draft, chosen) if locales else recorded.with_areas(draft, chosen)
        more = recorded.with_answers(more, answers, overrides, sys.stdin.buffer)
        return more if locales or options["as_json"] else _completed(draft, more)

    return growing.grow(request, change)


def _completed(before: "Draft", draft: "Draft") -> "Draft":
    """Return the draft with the answers about the new areas, which a terminal asks for."""
    new = [location.area for location in draft.areas if not before.has(location.area)]
    if not new or draft.faults or not (sys.stdin.isatty() and sys.stdout.isatty()):
        return draft
    from scaffold.generate import wizard

    return wizard.ask_about(draft, new)
