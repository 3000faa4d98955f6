"""What `add`, `remove` and `update` print: what happens to each file, conflicts, and the next steps."""

from collections import Counter
from textwrap import indent
from typing import TYPE_CHECKING, Any

import click

from scaffold.text import harmless, printable

if TYPE_CHECKING:
    from scaffold.grow.growth import Growth
    from scaffold.grow.planning import Change


def as_json(growth: "Growth") -> list[dict[str, Any]]:
    """Return what happens to each file, as printed by `--json`."""
    return [_row(change) for change in growth.changes]


def _row(change: "Change") -> dict[str, Any]:
    return {
        "path": change.path,
        "action": change.action.value,
        "lines": [conflict.line for conflict in change.conflicts],
        "kept": [{"line": one.line, "unit": one.message} for one in change.kept],
        **({"reason": change.reason} if change.reason else {}),
        **({"paste": list(change.paste)} if change.paste else {}),
    }


def print_changes(growth: "Growth") -> None:
    """Print a line for each file that changes or keeps an edit, a summary, and the migrations applied."""
    counts = Counter(change.action.value for change in growth.changes)
    for change in growth.changes:
        _print_change(change)
    if growth.is_nothing:
        click.echo(f"identical: {counts.total()} files, nothing to do")
    else:
        click.echo(", ".join(f"{count} {action}" for action, count in sorted(counts.items())))
    for migration in growth.project.migrations:
        click.echo(f"moved to format {migration.format} of the record: {migration.what}", err=True)


def _print_change(change: "Change") -> None:
    if change.before != change.after or change.conflicts or change.reason or change.kept:
        about = f"  ({change.reason})" if change.reason else ""
        click.echo(f"{change.action.value:<8}  {change.path}{about}")
    for conflict in change.conflicts:
        about = f": yours is kept; the other is {conflict.message}" if conflict.message else ""
        click.echo(f"          {change.path}:{conflict.line}: conflict{printable(about)}")
    for piece in change.paste:
        click.echo(f"paste into {change.path}:\n{harmless(indent(piece, '    '))}")
    for kept in change.kept:
        unit = printable(kept.message.removeprefix("name ").replace("\0", ""))
        click.echo(f"          {change.path}:{kept.line}: kept because it was edited: {unit}")


def print_diff(growth: "Growth") -> None:
    """Print the changes of the generated files, and of the answers and the state."""
    from scaffold.files import apply

    for change in growth.written:
        click.echo(apply.file_diff(change.path, change.before, change.after), nl=False)
    for path, data in growth.record.items():
        if path.endswith((".yml", ".json")):
            click.echo(apply.file_diff(path, growth.project.disk.get(path), data), nl=False)
