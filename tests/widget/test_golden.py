"""Rendered trees, kept for review; `pytest --update-golden` rewrites them.

A file copied unchanged from a template is kept as a line in the list of paths only. The types of the CRM are
kept whole in one tree, and as a diff against it in the others.
"""

import difflib
import re
import shutil

import pytest

from scaffold.files.tree import Tree
from scaffold.generate.render.overlays import templates_root
from tests.cases import BY_NAME, EVERY_CASE, GOLDEN, Case
from tests.hosting import HERE, write

FOLDER = HERE / "golden"
PATHS = "paths.txt"
TYPES = "types/kommo.d.ts"
WITH_TYPES = "all-areas"
"""The tree that keeps them whole."""
LEFT_OVER = re.compile(r"\{%|\{\{ \(?(answers|area|field|callback|limits|sources)\b")


def reviewed(name: str) -> Tree:
    """Return what is kept of a tree: its list of paths, and the files that are not copies of a template."""
    tree = BY_NAME[name].tree
    copies = {path.read_bytes() for path in templates_root().rglob("*") if path.is_file()}
    files = {path: data for path, data in tree.items() if data not in copies}
    if name != WITH_TYPES:
        whole, own = (Tree({TYPES: each[TYPES]}) for each in (BY_NAME[WITH_TYPES].tree, tree))
        del files[TYPES]
        if differs := difference(whole, own):
            files[f"{TYPES}.diff"] = differs.encode()
    return Tree({PATHS: "".join(f"{path}\n" for path in tree).encode()} | files)


def kept(name: str) -> Tree:
    root = FOLDER / name
    return Tree({
        path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()
    })  # fmt: skip


def difference(before: Tree, after: Tree) -> str:
    lines: list[str] = []
    for path in sorted({*before, *after}):
        old, new = (tree.get(path, b"").decode().splitlines(keepends=True) for tree in (before, after))
        lines += difflib.unified_diff(old, new, f"golden/{path}", f"rendered/{path}")
    return "".join(lines)


@pytest.mark.parametrize("name", GOLDEN)
def test_tree_matches_the_kept_one(name: str, update_golden: bool) -> None:
    rendered = reviewed(name)
    if update_golden:
        shutil.rmtree(FOLDER / name, ignore_errors=True)
        write(rendered, FOLDER / name)
    changed = difference(kept(name), rendered)
    assert changed == "", f"if that is intended, run `pytest --update-golden` and read the diff:\n{changed}"
    assert list(kept(name)) == list(rendered)


def test_no_other_tree_is_kept() -> None:
    assert sorted(path.name for path in FOLDER.iterdir()) == sorted(GOLDEN)


@EVERY_CASE
def test_text_files_are_clean(case: Case) -> None:
    for path, data in case.tree.items():
        text = data.decode()
        assert text.endswith("\n"), path
        assert not text.endswith("\n\n"), path
        assert "\r" not in text, path
        assert "\n\n\n" not in text, path
        assert not any(line != line.rstrip() for line in text.splitlines()), path


@EVERY_CASE
def test_no_template_syntax_is_left(case: Case) -> None:
    for path, data in case.tree.items():
        assert path.endswith(".twig") or not LEFT_OVER.search(data.decode()), path
