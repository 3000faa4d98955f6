"""Writes a tree to disk: first a plan, which can be shown, then all files or none.

`plan` reads the destination, `describe` and `diff` show what would happen, `execute` writes.
"""

from scaffold.files.apply.deleting import delete, deletions
from scaffold.files.apply.planning import Change, Plan, State, Verb, plan
from scaffold.files.apply.showing import describe, diff, file_diff, tree_lines
from scaffold.files.apply.writing import ensure_allowed, execute

__all__ = [
    "Change",
    "Plan",
    "State",
    "Verb",
    "delete",
    "deletions",
    "describe",
    "diff",
    "ensure_allowed",
    "execute",
    "file_diff",
    "plan",
    "tree_lines",
]
