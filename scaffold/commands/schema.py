"""`kommo-widget schema`: prints the JSON Schema of the answers file."""

import click

from scaffold.commands import shared


@click.command("schema", help="Print the JSON Schema of the answers file.")
def command() -> None:
    """Print the schema."""
    from scaffold.generate.answers.schema import schema

    shared.print_json(schema())
