"""Edits of the recorded answers change what they must, and keep comments, order and layout."""

from pathlib import Path

import pytest

from scaffold.documents.edit.yaml_mapping import with_values
from scaffold.files.tree import Tree
from scaffold.grow import answers as recorded
from scaffold.grow.migrations import MIGRATIONS, migrated
from scaffold.project import layout, pristine, record, state
from tests.cases import answers_for, answers_of

OLD = {"code": "a", "areas": ["lcard-1", "settings"], "settings": {"k": {"type": "text"}}, "last": 1}
NEW = {**OLD, "areas": [*OLD["areas"], "llist-0"], "sms": {"endpoint": "https://a.example/x"}}  # type: ignore[misc]

TEXTS = [
    ("flow", "# head\ncode: a\nareas: [lcard-1, settings]  # mine\n"
     "# about\nsettings:\n  k: {type: text}\nlast: 1\n",
     ["areas: [lcard-1, settings, llist-0]  # mine", "# about"]),
    ("blocks", "code: a\nareas:\n  # first\n  - lcard-1\n  - settings  # second\n"
     "settings:\n  k:\n    type: text\nlast: 1\n",
     ["  # first", "  - settings  # second", "  - llist-0"]),
    ("indentless", "areas:\n- lcard-1\n- settings\ncode: a\nlast: 1\nsettings: {k: {type: text}}\n",
     ["- llist-0"]),
    ("spaces", "code: a\nareas: [ lcard-1,settings ]\nsettings: {k: {type: text}}\nlast: 1\n",
     ["areas: [ lcard-1,settings, llist-0 ]"]),
    ("no-end", "code: a\nareas: [lcard-1, settings]\nsettings: {k: {type: text}}\nlast: 1", ["last: 1"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "lines"), [row[1:] for row in TEXTS], ids=[row[0] for row in TEXTS])
def test_answers_are_added_to_the_text_and_removed_again(text: str, lines: list[str]) -> None:
    from scaffold.documents import yamldoc

    grown = with_values(text, OLD, NEW)
    root = yamldoc.parse(grown)
    assert root is not None
    assert root.plain() == NEW
    assert set(lines) <= set(grown.split("\n"))
    assert with_values(grown, NEW, OLD) == text


def test_an_empty_list_of_two_lines_gets_its_items() -> None:
    assert with_values("a: [\n]\nb: 1\n", {"a": [], "b": 1}, {"a": ["x"], "b": 1}) == "a: [x]\nb: 1\n"


ODD = [
    "{code: acme_leads, name: Acme leads, locales: [en, es], areas: [lcard-1, settings]}\n",
    "code: acme_leads\nname: Acme leads\nlocales: &l [en, es]\nareas: [\n  lcard-1,\n  settings,\n]\n",
    "areas: [lcard-1, settings] # 'x' ]\ncode: acme_leads\nname: Acme leads\nlocales: [en, es]\n",
]


@pytest.mark.parametrize("text", ODD)
def test_a_text_of_any_layout_gets_the_right_answers(text: str, tmp_path: Path) -> None:
    before = answers_of(answers_for("lcard-1", "settings"))
    after = answers_of(answers_for("lcard-1", "settings", "llist-0"))
    made = recorded.text_of(text.encode(), before, after, tmp_path)
    draft = recorded.recorded(made, tmp_path)
    assert recorded.checked(draft) == after


def test_running_a_migration_twice_changes_nothing() -> None:
    copies = {"README.md": b"# Acme\n", "widget/script.js": b"a();\n", "widget/images/logo.png": b"\x89PNG\0"}
    old = Tree({
        **copies,
        layout.ANSWERS: b"areas: [settings]\n",
        **{f"{layout.RELEASED_PRISTINE}/{path}": data for path, data in copies.items()},
    })  # fmt: skip
    tree = old
    for migration in MIGRATIONS:
        tree = migration.migrate(tree)
        assert migration.migrate(tree) == tree
    again, steps = migrated(old, 1)
    assert again == tree
    assert [step.format for step in steps] == list(range(2, state.FORMAT + 1))
    assert pristine.parse(tree[layout.PRISTINE], "") == pristine.of(copies)
    assert {path: tree[path] for path in copies} == copies
    assert not [path for path in tree if path.startswith(f"{layout.RELEASED_PRISTINE}/")]
    assert set(record.files({}, state.State())) <= set(tree)
    assert migrated(tree, state.FORMAT) == (tree, ())
