"""Changes of the record's format, applied before a merge: pure functions, Tree -> Tree.

A migration takes the files of a project, both the user's and the record's, in the format before its own, and
returns them in its own. It is idempotent. A new one is appended to the list; `state.FORMAT` is the number of
the last.
"""

from collections.abc import Callable
from typing import NamedTuple

from scaffold.files.tree import Tree
from scaffold.project import layout, record
from scaffold.project.state import FORMAT, State


class Migration(NamedTuple):
    """One step from a format of the record to the next."""

    format: int
    """The format of the project afterwards."""
    what: str
    """What changes, on one line, for the user."""
    migrate: Callable[[Tree], Tree]


def one_pristine_file(tree: Tree) -> Tree:
    """Put the pristine copies, a folder in version 0.1, into one file."""
    copies = tree.below(layout.RELEASED_PRISTINE)
    if not copies:
        return tree
    prefix = f"{layout.RELEASED_PRISTINE}/"
    others = {path: data for path, data in tree.items() if not path.startswith(prefix)}
    return Tree({**others, **record.files(copies, State(format=2))})


MIGRATIONS: tuple[Migration, ...] = (
    Migration(2, "the pristine copies are one file, .kommo-widget/pristine.txt", one_pristine_file),
)


def migrated(tree: Tree, since: int) -> tuple[Tree, tuple[Migration, ...]]:
    """Return the files of a project of the format `since` in the current one, and the migrations applied."""
    steps = tuple(step for step in MIGRATIONS if since < step.format <= FORMAT)
    for step in steps:
        tree = step.migrate(tree)
    return tree, steps
