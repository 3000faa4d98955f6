"""`kommo-widget adopt`: writes a record for a widget that was made elsewhere and leaves the widget alone."""

from pathlib import Path

import click

from scaffold.commands import shared
from scaffold.errors import ScaffoldError


@click.command("adopt", help="Turn the existing widget in DIR into a project for add, check and pack.")
@click.argument("folder", metavar="[DIR]", default=".", type=click.Path(path_type=Path))
@shared.as_json
def command(folder: Path, as_json: bool) -> int:
    """Write the record and list what the answers cannot express."""
    from scaffold.files.folders import from_dir
    from scaffold.grow.adopt import adopt, state_of
    from scaffold.grow.growth import settle
    from scaffold.project import journal, layout
    from scaffold.text import count, printable, shell_command

    if settled := settle(folder):
        click.echo(settled, err=True)
    if (folder / layout.ANSWERS).exists():
        raise ScaffoldError(f"{folder} is already a project", "see kommo-widget add and update")
    state = state_of(folder)
    root = folder if state.widget == "." else folder / state.widget
    name = root.resolve().name if state.widget == "." else folder.resolve().name
    adopted = adopt(from_dir(root), state, name)
    writes = tuple(journal.Write(path, None, data) for path, data in adopted.files.items())
    journal.commit(folder, journal.Journal("adopt", writes))
    if as_json:
        import json

        document = {
            "path": str(folder),
            "widget": state.widget,
            "recorded": sorted(adopted.files),
            "unexpressed": list(adopted.unexpressed),
        }
        click.echo(json.dumps(document, ensure_ascii=False, indent=2))
        return 0
    for path in sorted(adopted.files):
        click.echo(printable(path))
    if adopted.unexpressed:
        click.echo(
            f"{count(len(adopted.unexpressed), 'part')} of the widget that no answer can express:", err=True
        )
        for line in adopted.unexpressed:
            click.echo(f"  {printable(line)}", err=True)
    click.echo(f"next: kommo-widget add AREA --dir {shell_command([folder.as_posix()])}", err=True)
    return 0
