"""`kommo-widget update`: renders a project with the newest templates, ours and the user's."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from scaffold import __version__
from scaffold.commands import growing

if TYPE_CHECKING:
    from scaffold.generate.answers.draft import Draft

_PINNED = ("template.commit", "template.sha256")


@click.command("update", help="Update a project to this version's templates; keeps your edits.")
@click.argument("folder", metavar="[DIR]", default=".", type=click.Path(path_type=Path))
@click.option("--checkout", metavar="REF", help="Branch, tag or commit of your own template.")
@growing.options
def command(folder: Path, checkout: str | None, abort: bool, **options: Any) -> int:
    """Update the project; return 1 if that left conflicts."""
    request = growing.Request(folder, "update", f"version {__version__}", **options)
    if abort:
        return growing.abort(request)

    def change(draft: "Draft") -> "Draft":
        for key in _PINNED:  # the template is fetched anew
            draft = draft.without(key)
        if checkout is None:
            return draft
        if "template.source" not in draft:
            raise click.UsageError("--checkout requires a project with its own template")
        return draft.answer("template.checkout", checkout)

    return growing.grow(request, change)
