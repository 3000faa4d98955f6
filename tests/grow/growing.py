"""Grows projects in memory, as `add` and `remove` do between reading and writing files."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

from scaffold.files.tree import Tree
from scaffold.generate.answers.record import Answers
from scaffold.generate.build import make
from scaffold.grow.merge import Sides
from scaffold.grow.planning import Change, changes
from scaffold.grow.project import Project
from scaffold.kommo.areas import AREAS, BY_CODE
from scaffold.project import pristine
from scaffold.project.state import State
from tests.cases import PANELS, answers_for, answers_of

NOWHERE = Path("/nowhere")
SIDES = Sides(new="with more")


class Grown(NamedTuple):
    """A project after the merge."""

    tree: Tree
    changes: tuple[Change, ...]

    @property
    def conflicts(self) -> list[str]:
        return [f"{change.path}:{one.line}" for change in self.changes for one in change.conflicts]

    @property
    def kept(self) -> list[str]:
        units = [f"{change.path}:{one.line} {one.message}" for change in self.changes for one in change.kept]
        return units + [change.path for change in self.changes if change.reason]


def grow(before: Tree, yours: Tree, new: Tree) -> Grown:
    """Return `yours`, which was generated as `before`, with the changes that lead from `before` to `new`."""
    project = Project(NOWHERE, yours, yours, State(), pristine.of(before))
    done = tuple(changes(project, new, SIDES))
    files = {**yours, **{change.path: change.after for change in done}}
    return Grown(Tree({path: data for path, data in files.items() if data is not None}), done)


class Pair(NamedTuple):
    """A project with one area, and the same project with a second one."""

    first: str
    second: str

    @property
    def before(self) -> tuple[str, ...]:
        chosen = dict.fromkeys([*_needs(self.first), self.first, *_needs(self.second)])
        return tuple(area for area in chosen if area != self.second or area in _needs(self.first))

    @property
    def after(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys([*self.before, self.second]))

    def answers(self, areas: tuple[str, ...]) -> Answers:
        return _answers(areas, any(BY_CODE[_code(area)].public_only for area in (self.first, self.second)))

    def tree(self, areas: tuple[str, ...]) -> Tree:
        return _tree(areas, any(BY_CODE[_code(area)].public_only for area in (self.first, self.second)))


PAIRS = [Pair(first, second) for first in PANELS for second in PANELS if first != second]

SOME_PAIRS = [Pair(PANELS[place], PANELS[(place + 1) % len(PANELS)]) for place in range(0, len(PANELS), 2)]
"""Pairs that have each area once."""


def _code(area: str) -> str:
    return area.partition("-")[0]


def _needs(area: str) -> tuple[str, ...]:
    form: Mapping[str, str] = dict(zip((one.code for one in AREAS), PANELS, strict=True))
    return tuple(form[code] for code in BY_CODE[_code(area)].needs_one_of[:1])


@cache
def _answers(areas: tuple[str, ...], public: bool) -> Answers:
    return answers_of(answers_for(*areas, **({"public": True} if public else {})))


@cache
def _tree(areas: tuple[str, ...], public: bool) -> Tree:
    return make(_answers(areas, public))
