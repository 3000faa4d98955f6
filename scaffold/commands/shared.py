"""What several commands share: options, each declared once as a decorator, and a few helpers."""

import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, TextIO

import click

from scaffold.commands import completing
from scaffold.text import nearest, quoted, shell_command

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

dry_run = click.option("--dry-run", is_flag=True, help="Show what would happen to each file; write nothing.")

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
    """Return a decorator for a command that adds or removes areas, or locales with `--locale`."""
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


class Answering(click.Command):
    """A command with `--set`: if an answer is given as an option, the error shows the right form."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse the options. Raises UsageError for an unknown one."""
        try:
            return super().parse_args(ctx, args)
        except click.NoSuchOption as error:
            if given := _as_answer(error.option_name):
                message = f"no such option {quoted(error.option_name)}: answers are given as `{given}`"
                raise click.UsageError(message, ctx) from error
            raise


def _as_answer(option: str) -> str:
    """Return an example of `--set` for the answer that `option` names; empty if it names none."""
    from scaffold.generate.answers.registry import BY_KEY

    question = BY_KEY.get(nearest(option.lstrip("-").replace("-", "_"), BY_KEY, cutoff=0.8))
    if question is None or question.example is None:
        return ""
    return shell_command(["--set", f"{question.key}={question.kind.text(question.example)}"])


def print_json(document: object) -> None:
    """Print the result of a command as JSON."""
    import json

    click.echo(json.dumps(document, ensure_ascii=False, indent=2))


def print_steps(steps: Iterable[str]) -> None:
    """Print what to do next, to standard error."""
    click.echo("next:", err=True)
    for number, step in enumerate(steps, start=1):
        click.echo(f"  {number}. {step}", err=True)


def is_coloured(stream: TextIO) -> bool:
    """Return whether to write colours: to a terminal that has them, unless `NO_COLOR` is set."""
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
