"""`kommo-widget presets`: lists the presets of `new --preset`, or prints one."""

import click

from scaffold.commands import completing, shared


@click.command("presets", help="List the presets of `new --preset`; with NAME, print its answers file.")
@click.argument("name", required=False, shell_complete=completing.PRESET)
@shared.as_json
def command(name: str | None, as_json: bool) -> None:
    """Print the list, or one answers file to start from."""
    from scaffold.generate import presets

    if name is not None and as_json:
        raise click.UsageError("--json prints the list: give no NAME")
    if name is not None:
        click.echo(presets.path(name).read_text(encoding="utf-8"), nl=False)
        return
    known = presets.names()
    if as_json:
        import json

        click.echo(json.dumps({"presets": known}, indent=2))
        return
    width = max(map(len, known))
    for preset, purpose in known.items():
        click.echo(f"{preset:{width}}  {purpose}")
