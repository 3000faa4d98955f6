"""A project on disk, as the commands that change it see it."""

from pathlib import Path
from typing import NamedTuple

from scaffold.errors import ScaffoldError
from scaffold.files.apply.planning import obstacle
from scaffold.files.archive import MAX_FILE_BYTES, MAX_TOTAL_BYTES
from scaffold.files.bounded import read_bytes
from scaffold.files.tree import Tree
from scaffold.grow.migrations import Migration, migrated
from scaffold.project import layout, pristine, record, state
from scaffold.project.pristine import Pristine
from scaffold.project.state import State
from scaffold.text import reason


class Project(NamedTuple):
    """A project and its record, in today's format."""

    folder: Path
    disk: Tree
    """The files of the record and those that were generated, as they lie there."""
    tree: Tree
    """The same after the migrations."""
    state: State
    pristine: Pristine
    """What was generated, paths from the project's folder."""
    migrations: tuple[Migration, ...] = ()

    def held(self, path: str) -> bytes | None:
        """Return the user's file at `path`, or None. Raises ScaffoldError for what is not a file of his."""
        if path in self.tree:
            return self.tree[path]
        if path in self.disk:
            return None
        return on_disk(self.folder, path)


def opened(folder: Path) -> Project:
    """Read the project in `folder`. Raises ScaffoldError where there is none that this version can change."""
    found = record.read(folder)
    paths = [*found.pristine.paths(), *_record(folder)]
    disk = Tree({path: data for path in paths if (data := on_disk(folder, path)) is not None})
    tree, steps = migrated(disk, found.state.format)
    said = found.state._replace(format=state.FORMAT)
    base = pristine.parse(tree[layout.PRISTINE], layout.PRISTINE)
    return Project(folder, disk, tree, said, base, steps)


def on_disk(folder: Path, path: str) -> bytes | None:
    """Return a file's bytes, None where there is none; links are not followed. Raises ScaffoldError."""
    if hindrance := obstacle(folder, path):
        raise ScaffoldError(f"cannot read `{path}`: {hindrance}", "put the file itself there, or delete it")
    try:
        return read_bytes(folder / path, MAX_TOTAL_BYTES if path == layout.PRISTINE else MAX_FILE_BYTES)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise ScaffoldError(f"cannot read `{path}`: {reason(error)}") from error


def _record(folder: Path) -> list[str]:
    """Return the files of the record but for what a command leaves there while it works."""
    working = (layout.JOURNAL, layout.UNDO)
    root = folder / layout.FOLDER
    paths = (place.relative_to(folder).as_posix() for place in sorted(root.rglob("*")) if place.is_file())
    return [path for path in paths if path not in working]
