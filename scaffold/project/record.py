"""The record of a project: what is under `.kommo-widget/` beside the answers."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from scaffold.errors import ScaffoldError
from scaffold.files.archive import MAX_FILE_BYTES, MAX_TOTAL_BYTES
from scaffold.files.bounded import read_bytes
from scaffold.project import layout, pristine, state
from scaffold.project.pristine import Pristine
from scaffold.project.state import State
from scaffold.text import reason

_ATTRIBUTES = b"""\
# written by kommo-widget
pristine.txt text eol=lf linguist-generated merge=union
state.json text eol=lf linguist-generated
"""


class Record(NamedTuple):
    """What a project says of how it was made."""

    state: State
    pristine: Pristine


def files(made: Mapping[str, bytes], said: State) -> dict[str, bytes]:
    """Return the files of the record of a project in which `made` was generated, but for the answers."""
    return {
        layout.STATE: said.dump(),
        layout.PRISTINE: pristine.dump(pristine.of(made)),
        layout.ATTRIBUTES: _ATTRIBUTES,
    }


def read(project: Path) -> Record:
    """Return the record in the folder `project`, also of the layout that version 0.1 wrote.

    Raises ScaffoldError where there is none, where a newer version wrote it, and for what cannot be read.
    """
    if not (project / layout.ANSWERS).is_file():
        hint = "make one with kommo-widget new, or take the widget over with kommo-widget adopt"
        raise ScaffoldError(f"{project} is not a project: it has no {layout.ANSWERS}", hint)
    said = state.read(project)
    if said.format > state.FORMAT:
        raise ScaffoldError(
            f"the record of {project} is of a newer kommo-widget ({said.version or 'unknown'})",
            "install that version or a later one",
        )
    try:
        return Record(said, _pristine(project))
    except OSError as error:
        why = reason(error)
        raise ScaffoldError(f"cannot read {error.filename or project}: {why}") from error


def _pristine(project: Path) -> Pristine:
    place = project / layout.PRISTINE
    if place.is_file():
        return pristine.parse(read_bytes(place, MAX_TOTAL_BYTES), place.as_posix())
    folder = project / layout.RELEASED_PRISTINE
    if not folder.is_dir():
        raise ScaffoldError(
            f"{project} has no {layout.PRISTINE}, the copy of what was generated",
            "take it from version control",
        )
    return pristine.of(dict(_copies(folder)))


def _copies(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Yield path and bytes of the copies that the released layout has."""
    for place in sorted(folder.rglob("*")):
        if place.is_file() and not place.is_symlink():
            yield place.relative_to(folder).as_posix(), read_bytes(place, MAX_FILE_BYTES)
