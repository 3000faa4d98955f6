"""Every ordered pair of areas after every kind of edit: one is added to a widget with the other, and removed.

A usual run has each area once; `tests/run --all` has all 462 pairs, 5,544 merges.
"""

from collections.abc import Callable
from pathlib import Path

import pytest

from scaffold.check.engine import lint
from scaffold.check.model.widget import Widget
from scaffold.check.rules.registry import Context
from scaffold.files.archive import Archive
from scaffold.files.tree import Tree
from scaffold.grow.merge import javascript
from scaffold.grow.merge.folding import folded
from tests import hosting
from tests.grow import edits
from tests.grow.edits import EDITS, SCRIPT, Edited
from tests.grow.growing import PAIRS, SOME_PAIRS, Grown, Pair, grow

OF_WHITE_SPACE = (edits.reindented, edits.formatted_by_prettier)
"""After these edits, units that were added and removed may differ in white space."""

Edit = Callable[[Tree], Edited]


class Merge:
    """One pair after one edit."""

    def __init__(self, pair: Pair, edit: Edit) -> None:
        self.name = f"{pair.first}+{pair.second} {edit.__name__}"
        self.pair, self.edit = pair, edit
        self.before, self.new = pair.tree(pair.before), pair.tree(pair.after)
        self.edited = edit(self.before)
        self.grown: Grown = grow(self.before, self.edited.tree, self.new)

    def faults(self) -> list[str]:
        found = [*self.grown.conflicts, *self.grown.kept]
        if self.edited.path and self.edited.lost(self.grown.tree):
            found.append("the edit is lost")
        if javascript.read(self.grown.tree.text(SCRIPT)) is None:
            found.append("the script cannot be read")
        if grow(self.new, self.grown.tree, self.new).tree != self.grown.tree:
            found.append("a second time writes")
        found += self._after_removal()
        return [f"{self.name}: {fault}" for fault in found + self._findings()]

    def _after_removal(self) -> list[str]:
        back = grow(self.new, self.grown.tree, self.before)
        yours, files = self.edited.tree, back.tree
        if self.edit in OF_WHITE_SPACE:
            is_back = folded(files.text(SCRIPT)) == folded(yours.text(SCRIPT))
            files |= {SCRIPT: yours[SCRIPT]}
        else:
            is_back = True
        differing = [path for path in {*files, *yours} if files.get(path) != yours.get(path)]
        return [
            *back.conflicts,
            *back.kept,
            *([] if is_back and not differing else [f"not back: {differing}"]),
        ]

    def _findings(self) -> list[str]:
        """Return the findings of `check` that neither the edit nor the new templates cause."""
        known = {*_findings(self.new), *_findings(self.edited.tree)}
        return [str(finding) for finding in _findings(self.grown.tree) if finding not in known]


def _findings(tree: Tree) -> list[tuple[str, str, str]]:
    findings = lint(Widget(Archive(tree.below("widget"))), Context())
    return [(finding.code, finding.path, finding.pointer) for finding in findings]


def _with_known_module(tree: Tree) -> Tree:
    """Return the project with a module that the host has in place of the one that an edit adds."""
    text = tree.text(SCRIPT)
    return tree | {SCRIPT: text.replace("underscore", "jquery").encode()}


def pairs_of(first: str) -> list[Pair]:
    return [pair for pair in PAIRS if pair.first == first]


GROUPS = [
    *(pytest.param([pair], id=f"{pair.first}+{pair.second}") for pair in SOME_PAIRS),
    *(
        pytest.param(pairs_of(first), id=f"{first}+all", marks=pytest.mark.full)
        for first in dict.fromkeys(pair.first for pair in PAIRS)
    ),
]


@pytest.mark.parametrize("pairs", GROUPS)
def test_nothing_is_lost_and_the_script_runs(pairs: list[Pair], tmp_path: Path) -> None:
    merges = [Merge(pair, edit) for pair in pairs for edit in EDITS]
    faults = [fault for merge in merges for fault in merge.faults()]
    assert faults == []
    touched = [merge for merge in merges if merge.edited.path in ("", SCRIPT)]
    jobs = [
        hosting.job(
            merge.pair.answers(merge.pair.after),
            hosting.write(_with_known_module(merge.grown.tree), tmp_path / str(number)),
        )
        for number, merge in enumerate(touched)
    ]
    for merge, report in zip(touched, hosting.run(jobs), strict=True):
        for locale, seen in report.items():
            assert (seen["errors"], seen["globals"]) == ([], []), (merge.name, locale)
            called = {call["callback"] for visit in seen["visits"] for call in visit["called"]}
            assert {name for name in seen["callbacks"] if name != "mine"} == called, (merge.name, locale)


def test_a_lost_edit_is_detected() -> None:
    """Each edit distinguishes a tree without it from one with it."""
    pair = Pair("lcard-1", "digital_pipeline")
    tree = pair.tree(pair.after)
    for edit in EDITS:
        edited = edit(tree)
        assert edited.path, edit
        assert not edited.lost(edited.tree), edit
        assert edited.lost(tree), edit
