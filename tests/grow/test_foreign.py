"""Areas are added to scripts of any shape and removed again, and the user's functions stay as they are."""

import json
import re
from pathlib import Path

import pytest

from scaffold.grow.foreign import insert
from scaffold.grow.merge import javascript
from tests import hosting
from tests.cases import answers_for, answers_of
from tests.grow.growing import _tree

BASE = ("lcard-1", "settings")
GROWN = ("lcard-1", "settings", "advanced_settings")

OWN = """\
      render: function () {
        var draw = 'own';
        return Boolean(draw);
      },
      init: function () { return true; },
      bind_actions: function () { return true; },
      settings: function () { return true; },
      onSave: function () { return true; },
      destroy: function () {}"""

SHAPES = {path.stem: path.read_text() for path in sorted((Path(__file__).parent / "shapes").glob("*.js"))}
"""Ways to give a widget its callbacks, which replace the comment `// callbacks`."""

HEADS = {
    "jquery": ("define(['jquery'], function ($) {", ""),
    "other-parameter": ("define(['jquery'], function (jQuery) {", "jQuery(document);"),
    "no-module": ("define([], function () {", ""),
    "names-taken": (
        "define(['jquery'], function ($) {",
        "var texts = { own: 1 }, NS = 'own';\n"
        "  function renderTwig() { return texts.own + NS; }\n  renderTwig();",
    ),
}


def own(shape: str, head: str = "jquery") -> str:
    begin, statements = HEADS[head]
    body = SHAPES[shape].replace("// callbacks", OWN)
    return f"{begin}\n  'use strict';\n  {statements}\n{body}}});\n"


def text_of(areas: tuple[str, ...]) -> str:
    return _tree(areas, False).text("widget/script.js")


def functions(text: str) -> set[str]:
    """Return the text of the user's callbacks."""
    return {
        match[0]
        for match in re.finditer(r"(render|init|bind_actions|settings|onSave|destroy): function[^}]*\}", text)
    }


def played(text: str, folder: Path) -> dict[str, object]:
    """Return the callbacks of a script that a host sees, with the value that each returns or throws."""
    (folder / "script.js").write_text(text, encoding="utf-8")
    done = hosting.node("grow/play.js", str(folder / "script.js"))
    assert done.returncode == 0, done.stderr
    report: dict[str, object] = json.loads(done.stdout)
    return report


@pytest.mark.parametrize("head", HEADS)
@pytest.mark.parametrize("shape", SHAPES)
def test_an_area_can_be_added_to_any_script(shape: str, head: str, tmp_path: Path) -> None:
    yours = own(shape, head)
    made = insert(text_of(BASE), yours, text_of(GROWN))
    assert made.pieces == ()
    assert javascript.read(made.text) is not None
    assert functions(yours) == functions(made.text) != set()
    before, after = played(yours, tmp_path), played(made.text, tmp_path)
    assert after == {**before, "advancedSettings": "true"}
    again = insert(text_of(GROWN), made.text, text_of(GROWN))
    assert again.text == made.text


@pytest.mark.parametrize(
    "shape", [shape for shape in SHAPES if shape not in ("class-field", "made-elsewhere")]
)
@pytest.mark.parametrize("head", ["jquery", "names-taken"])
def test_removing_an_area_restores_the_script(shape: str, head: str) -> None:
    yours = own(shape, head)
    made = insert(text_of(BASE), yours, text_of(GROWN))
    back = insert(text_of(GROWN), made.text, text_of(BASE))
    assert back.text == yours


def test_a_second_area_uses_the_helpers_of_the_first(tmp_path: Path) -> None:
    yours = own("assignment", "names-taken")
    once = insert(text_of(BASE), yours, text_of(GROWN)).text
    more = (*GROWN, "llist-0")
    twice = insert(text_of(GROWN), once, text_of(more)).text
    for name in ("texts2", "NS2", "renderTwig2"):  # ours, whose plain names the user has taken
        assert twice.count(f"const {name} =") == once.count(f"const {name} =") == 1
    assert "leads.selected" in played(twice, tmp_path)
    assert insert(text_of(more), twice, text_of(GROWN)).text == once


NOWHERE = {
    "no-callbacks": "define(['./app.js'], function (App) { return App; });\n",
    "no-define": "var W = function () { this.callbacks = { render: function () {} }; };\n",
    "broken": "define(['jquery'], function ($) { return function () { this.callbacks = { render: ; }; });\n",
    "empty": "",
    "not-a-list": "define(names, function ($) { return function () { this.callbacks = { a() {} }; }; });\n",
}


@pytest.mark.parametrize("yours", NOWHERE.values(), ids=NOWHERE.keys())
def test_code_without_a_safe_place_is_returned_as_pieces(yours: str) -> None:
    made = insert(text_of(BASE), yours, text_of(GROWN))
    assert made.text == yours
    assert any("advancedSettings: function" in piece for piece in made.pieces)


def test_an_existing_callback_is_kept_and_ours_is_returned_as_a_piece() -> None:
    yours = own("assignment").replace(
        "destroy: function () {}", "destroy: function () {},\n      advancedSettings() {}"
    )
    made = insert(text_of(BASE), yours, text_of(GROWN))
    assert "advancedSettings() {}" in made.text
    assert made.text.count("advancedSettings") == 1
    assert [piece for piece in made.pieces if "advancedSettings: function" in piece]


def test_statements_are_added_to_the_users_callbacks_before_the_return(tmp_path: Path) -> None:
    made = insert(text_of(BASE), own("assignment"), text_of((*BASE, "catalogs")))
    assert made.pieces == ()
    assert "loadCatalogElement" in played(made.text, tmp_path)
    answers = answers_of(answers_for(*BASE, "catalogs"))
    assert answers.catalogs is not None
    assert f"const LIST_ID = {answers.catalogs.list_id};" in made.text
    on_save = made.text.partition("onSave: function () {")[2].partition("}")[0]
    assert on_save.endswith("self.setSdkCatalogId(LIST_ID); return true; ")
