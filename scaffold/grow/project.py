"""A project on disk, read for the commands that change it."""

from dataclasses import dataclass
from pathlib import Path

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


@dataclass(frozen=True, slots=True)
class Project:
    """A project and its record, in the current format."""

    folder: Path
    disk: Tree
    """The files of the record, and the generated files that still exist, as they are on disk."""
    tree: Tree
    """The same after the migrations."""
    state: State
    pristine: Pristine
    """The files as they were generated, by path inside the project."""
    migrations: tuple[Migration, ...] = ()

    def held(self, path: str) -> bytes | None:
        """Return the file at `path`, or None. Raises ScaffoldError if it is a link or cannot be read."""
        if path in self.tree:
            return self.tree[path]
        if path in self.disk:
            return None
        return on_disk(self.folder, path)


def opened(folder: Path) -> Project:
    """Read the project in `folder`. Raises ScaffoldError if this version cannot change it, or it has none."""
    found = record.read(folder)
    paths = [*found.pristine.paths(), *_record(folder)]
    disk = Tree({path: data for path in paths if (data := on_disk(folder, path)) is not None})
    tree, steps = migrated(disk, found.state.format)
    current = found.state._replace(format=state.FORMAT)
    base = pristine.parse(tree[layout.PRISTINE], layout.PRISTINE)
    return Project(folder, disk, tree, current, base, steps)


def on_disk(folder: Path, path: str) -> bytes | None:
    """Return a file's bytes, or None if it does not exist; links are not followed. Raises ScaffoldError."""
    if why := obstacle(folder, path):
        raise ScaffoldError(f"cannot read `{path}`: {why}", "put a file in its place, or delete it")
    try:
        return read_bytes(folder / path, MAX_TOTAL_BYTES if path == layout.PRISTINE else MAX_FILE_BYTES)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise ScaffoldError(f"cannot read `{path}`: {reason(error)}") from error


def _record(folder: Path) -> list[str]:
    """Return the files of the record, without the temporary files of a running command."""
    working = (layout.JOURNAL, layout.WRITING, layout.UNDO)
    root = folder / layout.FOLDER
    paths = (place.relative_to(folder).as_posix() for place in sorted(root.rglob("*")) if place.is_file())
    return [path for path in paths if path not in working]
