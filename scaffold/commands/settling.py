"""What a command that reads a project does first: finish, or undo, what a killed one left there."""

from pathlib import Path


def settle(path: Path) -> None:
    """Settle the project that `path` is, or is the widget's folder or the archive of, and say so."""
    from scaffold.project import layout, reading

    answers = reading.answers_of(path)
    if answers is None or not (answers.parent.parent / layout.JOURNAL).is_file():
        return
    import click

    from scaffold.project import journal

    click.echo(journal.recover(answers.parent.parent), err=True)
