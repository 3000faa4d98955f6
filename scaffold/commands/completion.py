"""`kommo-widget completion`: prints the script that makes a shell complete our command lines."""

import click

SHELLS = ("bash", "zsh", "fish")
VARIABLE = "_KOMMO_WIDGET_COMPLETE"
"""Environment variable that the shell sets to ask for completions; click reads it."""

_USE = {
    "bash": 'eval "$(kommo-widget completion bash)" in ~/.bashrc',
    "zsh": 'eval "$(kommo-widget completion zsh)" in ~/.zshrc, after compinit',
    "fish": "kommo-widget completion fish > ~/.config/fish/completions/kommo-widget.fish",
}


@click.command("completion", help="Print the completion script of a shell: bash, zsh or fish.")
@click.argument("shell", type=click.Choice(SHELLS))
@click.pass_context
def command(context: click.Context, shell: str) -> None:
    """Print the script; on a terminal also print where it goes, to standard error."""
    import sys

    from click.shell_completion import get_completion_class

    found = get_completion_class(shell)
    if found is None:  # click knows all three
        raise click.UsageError(f"no completion for {shell}")
    script = found(context.find_root().command, {}, "kommo-widget", VARIABLE)
    click.echo(script.source_template % script.source_vars())
    if sys.stdout.isatty():
        click.echo(f"to use it: {_USE[shell]}", err=True)
