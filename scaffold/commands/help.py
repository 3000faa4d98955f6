"""`kommo-widget help`: prints the pages of the reference."""

import click

from scaffold.commands import completing
from scaffold.errors import ScaffoldError
from scaffold.text import did_you_mean, quoted


@click.command("help", help="Print a page of the reference, or without TOPIC the list of pages.")
@click.argument("topic", shell_complete=completing.TOPICS, required=False)
def command(topic: str | None) -> None:
    """Print one page; without a topic the list of pages, for the name of a command its help."""
    from scaffold.cli import COMMANDS
    from scaffold.reference.pages import page, topics

    known = topics()
    if topic is None:
        width = max(map(len, known))
        for name, title in known.items():
            click.echo(f"{name:{width}}  {title}")
    elif topic in known:
        click.echo(page(topic), nl=False)
    elif topic in COMMANDS:
        from scaffold.reference.tables import usage

        click.echo(usage(topic))
    else:
        near = did_you_mean(topic, [*known, *COMMANDS])
        raise ScaffoldError(f"no page about {quoted(topic)}{near}", f"topics: {', '.join(known)}")
