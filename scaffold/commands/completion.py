"""`kommo-widget completion`: the script with which a shell completes our command lines."""

import click

SHELLS = ("bash", "zsh", "fish")
VARIABLE = "_KOMMO_WIDGET_COMPLETE"
"""What the shell sets when it asks for completions; click reads it."""

_USE = {
    "bash": 'eval "$(kommo-widget completion bash)" in ~/.bashrc',
    "zsh": 'eval "$(kommo-widget completion zsh)" in ~/.zshrc, behind compinit',
    "fish": "kommo-widget completion fish > ~/.config/fish/completions/kommo-widget.fish",
}


@click.command("completion", help="Print the completion script of a shell: bash, zsh or fish.")
@click.argument("shell", type=click.Choice(SHELLS))
def command(shell: str) -> None:
    """Print the script, and on standard error how it is used."""
    import sys

    from click.shell_completion import get_completion_class

    from scaffold.cli import group

    found = get_completion_class(shell)
    if found is None:  # click knows all three
        raise click.UsageError(f"no completion for {shell}")
    script = found(group, {}, "kommo-widget", VARIABLE)
    click.echo(script.source_template % script.source_vars())
    if sys.stdout.isatty():
        click.echo(f"to use it: {_USE[shell]}", err=True)
