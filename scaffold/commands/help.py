"""`kommo-widget help`: prints the pages of the reference."""

import click

from scaffold.commands import completing
from scaffold.errors import ScaffoldError
from scaffold.text import did_you_mean, quoted


@click.command("help", help="Print a page of the reference, or without TOPIC the list of pages.")
@click.argument("topic", shell_complete=completing.TOPICS, required=False)
def command(topic: str | None) -> None:
    """Print one page; without a topic the list of pages, for the name of a command its help."""
    from scaffold.reference import pages

    topics = pages.topics()
    if topic is None:
        width = max(map(len, topics))
        for name, title in topics.items():
            click.echo(f"{name:{width}}  {title}")
    elif topic in pages.names():
        click.echo(pages.page(topic), nl=False)
    else:
        near = did_you_mean(topic, pages.names())
        raise ScaffoldError(f"no page about {quoted(topic)}{near}", f"topics: {', '.join(topics)}")
