"""The first step of every command that reads a project: finish or undo what a killed command left."""

from pathlib import Path

import click


def settle(path: Path) -> None:
    """Settle the project that `path` belongs to (its folder, its widget or its archive), and report that."""
    from scaffold.project import layout, reading

    project = reading.project_of(path)
    if project is None or not any((project / name).exists() for name in (layout.JOURNAL, layout.WRITING)):
        return
    from scaffold.project.transaction import recover

    if done := recover(project):
        click.echo(done, err=True)
