"""The complete plan of one change to a project: what happens to each file, and to the record."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from scaffold import __version__
from scaffold.errors import ScaffoldError
from scaffold.files.apply.paths import path_faults
from scaffold.files.tree import Tree
from scaffold.generate.answers.record import Answers
from scaffold.grow import answers as recorded
from scaffold.grow import planning
from scaffold.grow.merge import Sides
from scaffold.grow.planning import Change
from scaffold.grow.project import Project, on_disk
from scaffold.project import layout, record, transaction
from scaffold.project.journal import Journal, Write


@dataclass(frozen=True, slots=True)
class Growth:
    """What a command does to a project."""

    project: Project
    changes: tuple[Change, ...]
    """Of the generated files, sorted by path."""
    record: Mapping[str, bytes | None]
    """The files of the record that change, with their new contents; None: deleted."""
    executable: frozenset[str] = frozenset()
    """Paths of the generated files that are executable."""

    @property
    def conflicts(self) -> tuple[Change, ...]:
        """The files in which both sides changed the same place."""
        return tuple(change for change in self.changes if change.conflicts)

    @property
    def written(self) -> tuple[Change, ...]:
        """The generated files that change."""
        return tuple(change for change in self.changes if change.before != change.after)

    @property
    def is_nothing(self) -> bool:
        """Whether nothing changes."""
        return not self.written and not self.record

    def journal(self, command: str) -> Journal:
        """Return the writes of the files and of the record."""
        folder = self.project.folder
        files = [
            Write(c.path, on_disk(folder, c.path), c.after, c.path in self.executable) for c in self.written
        ]
        record = [Write(path, on_disk(folder, path), data) for path, data in self.record.items()]
        return Journal(command, (*files, *record), tuple(change.path for change in self.conflicts))


def grown(
    project: Project, answers: tuple[Answers, Answers], made: Tree, sides: Sides, executable: frozenset[str]
) -> Growth:
    """Return what happens to `project` when `made` is generated in it.

    `answers` are those of the record, and the new ones that `made` was generated from. Raises ScaffoldError
    if something cannot be read or written.
    """
    if faults := path_faults(made):
        raise ScaffoldError("some paths cannot be written on every system", "rename them", faults)
    changes = tuple(planning.changes(project, made, sides))
    old = project.tree[layout.ANSWERS]
    files = {
        layout.ANSWERS: recorded.text_of(old, *answers, project.folder),
        **record.files(made, project.state._replace(version=__version__)),
    }
    gone = {path: None for path in project.disk if _is_record(path) and path not in project.tree}
    changed = {path: data for path, data in files.items() if _differs(project.disk.get(path), data)}
    return Growth(project, changes, {**changed, **gone}, executable)


def refuse_unresolved(folder: Path) -> None:
    """Raise ScaffoldError if the files still have conflicts of an earlier merge."""
    left = transaction.unresolved(folder)
    for path in left.open if left else ():
        held = on_disk(folder, path) or b""
        if b"\n<<<<<<< yours" in b"\n" + held:
            raise ScaffoldError(
                f"`{path}` still has conflicts from `{left.command if left else ''}`",
                "resolve them, or restore the files with kommo-widget add --abort",
            )


def _is_record(path: str) -> bool:
    return path.startswith(f"{layout.FOLDER}/")


def _differs(held: bytes | None, data: bytes) -> bool:
    """Return whether a file of the record changes; its line ends may differ, as after a checkout."""
    return held is None or held.replace(b"\r\n", b"\n") != data.replace(b"\r\n", b"\n")
