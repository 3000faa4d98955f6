"""`kommo-widget adopt`: writes a record for a widget that was made elsewhere and leaves the widget alone."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from scaffold.commands import shared
from scaffold.commands.settling import settle
from scaffold.errors import ScaffoldError
from scaffold.text import printable

if TYPE_CHECKING:
    from scaffold.grow.adopt import Adopted


@click.command("adopt", help="Turn the existing widget in DIR into a project for add, check and pack.")
@click.argument("folder", metavar="[DIR]", default=".", type=click.Path(path_type=Path))
@shared.as_json
def command(folder: Path, as_json: bool) -> int:
    """Write the record and list what the answers cannot express."""
    from scaffold.files.folders import from_dir
    from scaffold.grow.adopt import adopt, state_of
    from scaffold.project import layout
    from scaffold.project.journal import Journal, Write
    from scaffold.project.transaction import commit

    settle(folder)
    if (folder / layout.ANSWERS).exists():
        raise ScaffoldError(f"{folder} is already a project", "see kommo-widget add and update")
    state = state_of(folder)
    root = folder if state.widget == "." else folder / state.widget
    name = root.resolve().name if state.widget == "." else folder.resolve().name
    adopted = adopt(from_dir(root), state, name)
    writes = tuple(Write(path, None, data) for path, data in adopted.files.items())
    commit(folder, Journal("adopt", writes))
    if as_json:
        _print_json(adopted, folder, state.widget)
    else:
        _print(adopted, folder)
    return 0


def _print_json(adopted: "Adopted", folder: Path, widget: str) -> None:
    document = {
        "path": str(folder),
        "widget": widget,
        "recorded": sorted(adopted.files),
        "unexpressed": list(adopted.unexpressed),
        "unanswered": list(adopted.unanswered),
    }
    shared.print_json(document)


def _print(adopted: "Adopted", folder: Path) -> None:
    from scaffold.project import layout
    from scaffold.text import count, shell_command

    for path in sorted(adopted.files):
        click.echo(printable(path))
    unexpressed, unanswered = adopted.unexpressed, adopted.unanswered
    _list(f"{count(len(unexpressed), 'part')} of the widget that no answer can express", unexpressed)
    _list(f"missing in the widget; fill in {layout.ANSWERS} if you need it", unanswered)
    click.echo(f"next: kommo-widget add AREA --dir {shell_command([folder.as_posix()])}", err=True)


def _list(heading: str, lines: Sequence[str]) -> None:
    if lines:
        click.echo("\n".join([f"{heading}:", *(f"  {printable(line)}" for line in lines)]), err=True)
