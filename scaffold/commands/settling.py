"""The first step of every command that reads a project: finish or undo what a killed command left."""

from pathlib import Path


def settle(path: Path) -> None:
    """Settle the project that `path` belongs to (its folder, its widget or its archive), and report that."""
    from scaffold.project import layout, reading

    answers = reading.answers_of(path)
    if answers is None or not (answers.parent.parent / layout.JOURNAL).is_file():
        return
    import click

    from scaffold.project import journal

    click.echo(journal.recover(answers.parent.parent), err=True)
