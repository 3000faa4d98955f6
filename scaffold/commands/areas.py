"""`kommo-widget areas`: lists every area, what it gives and what it requires."""

import click

from scaffold.commands import shared
from scaffold.kommo.area import Area
from scaffold.kommo.areas import AREAS
from scaffold.kommo.sources import PAGES


@click.command("areas", help="List the areas of a widget and what each one requires.")
@shared.as_json
def command(as_json: bool) -> None:
    """Print the table, or the same as JSON."""
    if as_json:
        import json

        click.echo(json.dumps(_document(), indent=2))
    else:
        _print_table()


_PIPED_WIDTH = 200
"""Columns of a table that is not printed to a terminal: wide enough that no cell wraps."""


def _document() -> dict[str, object]:
    """Return the areas, and every other fact with its sources."""
    from scaffold.kommo.facts import facts

    others = [
        {
            "name": fact.name,
            "value": fact.value,
            "sources": [{**source._asdict(), "url": source.url or None} for source in fact.sources],
        }
        for fact in facts()
        if fact.name != "areas.AREAS"
    ]
    return {"areas": [as_record(area) for area in AREAS], "facts": others}


def as_record(area: Area) -> dict[str, object]:
    """Return an area as in the JSON document."""
    return {
        "area": area.code,
        "title": area.title,
        "gives": area.gives,
        "group": area.group.value,
        "suffix": area.suffix,
        "callbacks": list(area.callbacks),
        "block": area.block or None,
        "images": list(area.images),
        "needs_one_of": list(area.needs_one_of),
        "backend": area.endpoint is not None,
        "public_only": area.public_only,
        "in_kommo_docs": area.in_kommo_docs,
        "fidelity": area.fidelity.value,
        "url": area.url,
        "source": PAGES[area.url]._asdict(),
    }


def _print_table() -> None:
    from rich.console import Console
    from rich.table import Table

    console = Console()
    if not console.is_terminal:
        console.width = _PIPED_WIDTH
    group = None
    table = Table(box=None, pad_edge=False, header_style="bold", show_edge=False)
    for column in ("area", "gives", "callbacks", "needs"):
        table.add_column(column, overflow="fold")
    for area in AREAS:
        if area.group is not group:
            group = area.group
            table.add_row(f"[bold]{group.value}[/bold]", end_section=False)
        suffix = "[-0|-1]" if area.suffix else ""
        table.add_row(
            f"{area.code}\\{suffix}" if suffix else area.code,
            area.gives,
            ", ".join(area.callbacks),
            area.requirements.replace("`", ""),
        )
    console.print(table)
