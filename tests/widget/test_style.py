"""style.css has a rule for every class that the widget draws, and no others."""

import json
import re
from typing import Any

import pytest

from scaffold.generate.render.styles import used_classes, used_rules
from tests import hosting
from tests.cases import BY_NAME, EVERY_CASE, USUAL, Case

STYLE = "widget/style.css"

HOOKS = {
    "style": "the link of the style sheet itself",
    "caption": "the header that the CRM draws, for the user to style",
    "window": "the window that the CRM draws",
    "window-hint": "a hint, found again by this name",
    "connection": "a hint, found again by this name",
    "page": "the widget's part of the CRM's own page",
    "source": "a hint, found again by this name",
    "box__close": "a button, found by this name",
    "list": "the panel beside a list, found by this name",
    "panel__content": "inside the panel, found by this name",
    "custom": "a field of the pipeline, found by this name",
}
"""Classes that may have no rule -> what they are for."""


def classes_of(case: Case) -> set[str]:
    return used_classes(data.decode() for path, data in case.tree.items() if path.endswith((".js", ".twig")))


def styled_classes(case: Case) -> set[str]:
    style = case.tree.text(STYLE) if STYLE in case.tree else ""
    return set(re.findall(rf"\.{case.answers.code}-([\w-]+)", style))


@EVERY_CASE
def test_every_class_has_a_rule_and_every_rule_a_class(case: Case) -> None:
    used, styled = classes_of(case), styled_classes(case)
    assert styled <= used
    assert used - styled <= set(HOOKS)


def drawn_classes(case: Case, reports: dict[str, Any]) -> set[str]:
    """Return the classes that the CRM's page had, without those of one object of the widget."""
    drawn = json.dumps([visit["drawn"] for seen in reports[case.name].values() for visit in seen["visits"]])
    names = re.findall(rf"\.{case.answers.code}-([\w-]+)", drawn)
    return {name for name in names if not name.startswith(f"{hosting.CODE}-")}


@EVERY_CASE
def test_every_class_on_the_page_has_a_rule(case: Case, reports: dict[str, Any]) -> None:
    """By the page: `used_classes` searches the text of the files, for the renderer as for the test above."""
    assert drawn_classes(case, reports) - styled_classes(case) <= set(HOOKS)


def test_pages_have_classes(reports: dict[str, Any]) -> None:
    assert len(drawn_classes(BY_NAME["all-areas"], reports)) > 10


def test_every_hook_is_used() -> None:
    used = set().union(*map(classes_of, USUAL))
    assert set(HOOKS) - used == set()


@EVERY_CASE
def test_every_heading_and_list_of_a_template_is_styled(case: Case) -> None:
    for path, data in case.tree.items():
        if path.endswith(".twig"):
            bare = re.findall(r"<(?:h[1-6]|ul|ol|dl)(?! class=)[^>]*>", data.decode())
            assert bare == [], path


FIELD = re.compile(r"\$\('<(?:input|select|textarea)>', \{(.*?)\}\)", re.DOTALL)


@EVERY_CASE
def test_every_field_that_the_script_draws_is_labelled(case: Case) -> None:
    script = case.tree.text("widget/script.js")
    for given in FIELD.findall(script):
        labelled = "'aria-label':" in given or ("id: id" in given and "for: id" in script)
        assert labelled, given


def test_some_scripts_draw_fields() -> None:
    assert any(FIELD.search(case.tree.text("widget/script.js")) for case in USUAL)


@EVERY_CASE
def test_every_variable_that_is_used_is_set(case: Case) -> None:
    style = case.tree.text(STYLE) if STYLE in case.tree else ""
    names = set(re.findall(r"var\((--[\w-]+)\)", style))
    assert names <= set(re.findall(r"^  (--[\w-]+):", style, re.MULTILINE))


CSS = """\
/* what it is */

.a-one,
.a-two {
  --a-text: #000000;
}

:root .a-one,
:root .a-two {
  --a-text: #ffffff;
}

.a-two dd {
  margin: 0;
}
"""


@pytest.mark.parametrize(
    ("classes", "expected"),
    [
        ({"one", "two"}, CSS),
        ({"two"}, CSS.replace(".a-one,\n", "").replace(":root :root", ":root")),
        ({"one"}, CSS.replace(",\n.a-two", "").replace(",\n:root .a-two", "").partition("\n.a-two dd")[0]),
        (set(), "/* what it is */\n"),
        ({"on", "tw"}, "/* what it is */\n"),
    ],
)
def test_keeps_the_rules_of_the_classes_used(classes: set[str], expected: str) -> None:
    assert used_rules(CSS, "a", classes) == expected


def test_finds_classes_in_scripts_and_templates() -> None:
    script = "$('<p>', { class: NS + '-hint ' + NS + '-more' }); find('.' + NS + '-row__name')"
    twig = '<p class="{{ ns|e }}-box {{ ns|e }}-box__close">{{ text.ns|e }}</p>'
    assert used_classes([script, twig]) == {"hint", "more", "row__name", "box", "box__close"}
