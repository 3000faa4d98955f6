"""What `new --force` would replace in a project that is there already."""

from pathlib import Path
from shutil import rmtree

from scaffold.errors import ScaffoldError
from scaffold.files.apply import Plan, Verb
from scaffold.project import layout, record
from scaffold.text import count


def refuse_edited(plan: Plan) -> None:
    """Raise ScaffoldError where the plan replaces files of a project that were edited by hand."""
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
            f"{count(len(edited), 'file')} of the project would lose what you edited",
            "keep it: kommo-widget add, remove or update; or replace it with --force --discard-edits",
            edited,
        )


def drop_old_copies(folder: Path) -> None:
    """Remove the pristine copies of the released layout, which the new record has in one file."""
    rmtree(folder / layout.RELEASED_PRISTINE, ignore_errors=True)
