"""The options that several commands have, each declared once and used as a decorator."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from scaffold.commands import completing

as_json = click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")

folder = click.option(
    "--dir",
    "folder",
    metavar="DIR",
    default=".",
    type=click.Path(path_type=Path),
    help="Project folder (default: the current folder).",
)

overrides = click.option(
    "--set",
    "overrides",
    shell_complete=completing.KEYS,
    multiple=True,
    metavar="KEY=VALUE",
    help="Set one answer; overrides the file.",
)

trust = click.option("--trust", is_flag=True, help="Allow the template to run its hooks and other code.")

dry_run = click.option("--dry-run", is_flag=True, help="Show what would happen to each file, write nothing.")

diff = click.option("--diff", is_flag=True, help="With --dry-run: show a unified diff.")

profile = click.option(
    "--profile",
    type=click.Choice(["private", "public"]),
    help="Kind of integration; public adds the marketplace rules (default: from the project, else private).",
)

platform = click.option(
    "--platform",
    type=click.Choice(["kommo", "amocrm"]),
    help="Platform to check against (default: from the project, else kommo).",
)

no_waivers = click.option("--no-waivers", is_flag=True, help="Ignore the waivers in .kommo-widget.toml.")


def names(verb: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Return the arguments of a command that adds or removes areas, or locales with `--locale`."""
    areas = click.argument("names", shell_complete=completing.AREAS, metavar="AREA...", nargs=-1)
    locales = click.option(
        "--locale",
        "locales",
        shell_complete=completing.LOCALES,
        multiple=True,
        metavar="LOCALE...",
        help=f"{verb} locales instead of areas.",
    )
    return lambda command: areas(locales(command))
