"""`kommo-widget schema`: prints the JSON Schema of the answers file."""

import click


@click.command("schema", help="Print the JSON Schema of the answers file.")
def command() -> None:
    """Print the schema."""
    import json

    from scaffold.generate.answers.schema import schema

    click.echo(json.dumps(schema(), ensure_ascii=False, indent=2))
