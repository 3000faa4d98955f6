"""`kommo-widget template new`: writes a small working template to start from."""

from pathlib import Path

import click


@click.group("template", help="Create your own template for `new --template`.")
def command() -> None:
    """Group the commands about the user's own templates."""


@command.command("new", help="Create a small working template in DIR.")
@click.argument("folder", metavar="DIR")
@click.option("--force", is_flag=True, help="Overwrite files in a folder that is not empty.")
def new(folder: str, force: bool) -> int:
    """Write the template, all of it or nothing."""
    from scaffold.files import apply
    from scaffold.generate.overlay import starter
    from scaffold.text import printable, shell_command

    apply.execute(apply.plan(starter(), Path(folder)), force)
    click.echo(printable(folder))
    try_it = shell_command(["kommo-widget", "new", "demo", "--defaults", "--template", folder])
    readme = f"{shell_command([Path(folder).as_posix()])}/README.md"
    for step in (f"try it: {try_it}", f"make it yours: {readme} says how"):
        click.echo(step, err=True)
    return 0
