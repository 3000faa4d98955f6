"""The record of a project: the files under `.kommo-widget/`, apart from the answers."""

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
    """How a project was made."""

    state: State
    pristine: Pristine


def files(made: Mapping[str, bytes], current: State) -> dict[str, bytes]:
    """Return the files of the record, without the answers, for the generated files `made`."""
    return {
        layout.STATE: current.dump(),
        layout.PRISTINE: pristine.dump(pristine.of(made)),
        layout.ATTRIBUTES: _ATTRIBUTES,
    }


def read(project: Path) -> Record:
    """Read the record of the folder `project`, also in the layout of version 0.1.

    Raises ScaffoldError if there is none, if a newer version wrote it, or if it cannot be read.
    """
    if not (project / layout.ANSWERS).is_file():
        hint = "create one with kommo-widget new, or adopt a widget with kommo-widget adopt"
        raise ScaffoldError(f"{project} is not a project: it has no {layout.ANSWERS}", hint)
    found = state.read(project)
    if found.format > state.FORMAT:
        raise ScaffoldError(
            f"a newer kommo-widget ({found.version or 'unknown'}) wrote the record of {project}",
            "install that version or a later one",
        )
    try:
        return Record(found, _pristine(project))
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
            "restore it from version control",
        )
    return pristine.of(dict(_copies(folder)))


def _copies(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Yield path and bytes of the copies in the layout of version 0.1."""
    for place in sorted(folder.rglob("*")):
        if place.is_file() and not place.is_symlink():
            yield place.relative_to(folder).as_posix(), read_bytes(place, MAX_FILE_BYTES)
