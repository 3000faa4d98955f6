"""`kommo-widget remove`: removes areas or locales from a project and keeps what was edited by hand."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from scaffold.commands import growing, shared

if TYPE_CHECKING:
    from scaffold.generate.answers.draft import Draft


@click.command("remove", help="Remove areas or locales from a project; keeps your edits.")
@shared.names("Remove")
@shared.folder
@growing.options
def command(
    names: tuple[str, ...], locales: tuple[str, ...], folder: Path, abort: bool, **options: Any
) -> int:
    """Remove the areas or locales; return 1 if that left conflicts."""
    chosen = (*locales, *names) if locales else names
    shown = growing.arguments(names, locales)
    request = growing.Request(folder, f"remove {shown}", f"without {', '.join(chosen)}", **options)
    if abort:
        return growing.abort(request)
    if not chosen:
        raise click.UsageError("name an area of the project, or a locale with --locale")
    from scaffold.grow import answers as recorded

    def change(draft: "Draft") -> "Draft":
        return recorded.without_locales(draft, chosen) if locales else recorded.without_areas(draft, chosen)

    return growing.grow(request, change, f"cannot remove {shown}")
