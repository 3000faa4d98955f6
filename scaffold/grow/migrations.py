"""What a merge cannot express, done to a project's files before it: each a pure function, Tree -> Tree.

A migration takes the files of a project as the format before it had them, those of the user and those of the
record, and returns them in its own. Running it twice gives what running it once gives. A new one goes to the
end, and `state.FORMAT` is the number of the last.
"""

from collections.abc import Callable
from typing import NamedTuple

from scaffold.files.tree import Tree
from scaffold.project import layout, record
from scaffold.project.state import FORMAT, State


class Migration(NamedTuple):
    """One step from a format of the record to the next."""

    format: int
    """What the project has afterwards."""
    what: str
    """For people, one line."""
    migrate: Callable[[Tree], Tree]


def one_pristine_file(tree: Tree) -> Tree:
    """Put the folder of pristine copies that version 0.1 kept into one file."""
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
    """Return the files of a project of the format `since` in today's, and what was done to them."""
    steps = tuple(step for step in MIGRATIONS if since < step.format <= FORMAT)
    for step in steps:
        tree = step.migrate(tree)
    return tree, steps
