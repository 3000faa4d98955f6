"""What `new --force` would replace in an existing project."""

from pathlib import Path
from shutil import rmtree

from scaffold.errors import ScaffoldError
from scaffold.files.apply import Plan, Verb
from scaffold.project import layout, record
from scaffold.text import count


def refuse_edited(plan: Plan) -> None:
    """Raise ScaffoldError if the plan replaces generated files that were edited by hand."""
    folder = plan.destination
    if not (folder / layout.ANSWERS).is_file():
        return
    base = record.read(folder).pristine
    edited = tuple(
        change.path
        for change in plan.having(Verb.REPLACE)
        if not change.path.startswith(f"{layout.FOLDER}/") and not base.has(change.path, change.before)
    )
    if edited:
        raise ScaffoldError(
            f"{count(len(edited), 'file')} of the project would lose your edits",
            "to keep them, use kommo-widget add, remove or update; to lose them, --force --discard-edits",
            edited,
        )


def drop_old_copies(folder: Path) -> None:
    """Delete the pristine copies of version 0.1, which are in one file now."""
    rmtree(folder / layout.RELEASED_PRISTINE, ignore_errors=True)
