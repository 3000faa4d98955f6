"""The markup of the widgets: every value that a template writes is escaped."""

import re
from pathlib import Path

import pytest

from scaffold.generate.render.overlays import templates_root
from tests.cases import EVERY_CASE, Case

TEMPLATES = sorted(templates_root().rglob("*.twig"))

OUTPUT = re.compile(r"\{\{(.*?)\}\}", re.DOTALL)
ESCAPED = re.compile(r"\|\s*e(scape)?\s*$")
RAW = re.compile(r"\|\s*raw\b|\{%-?\s*autoescape\b")


def unescaped(markup: str) -> list[str]:
    """Return the expressions that a template writes without escaping them."""
    return [
        text.strip() for text in OUTPUT.findall(markup) if not ESCAPED.search(text.rstrip("-").strip())
    ] + [found[0] for found in RAW.finditer(markup)]


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("<b>{{ text.title|e }}</b>", []),
        ("<b>{{ text.title | escape }}</b>", []),
        ("<b>{{ name|default('-')|e }}</b>", []),
        ("<b>{{- id|e -}}</b>", []),
        ("<b>{{ id }}</b>", ["id"]),
        ("<b>{{ id|e|upper }}</b>", ["id|e|upper"]),
        ("<b>{{ one|e }}{{ e }}</b>", ["e"]),
        ("<b>{{ html|raw }}</b>", ["html|raw", "|raw"]),
        ("{% autoescape %}<b>{{ html|e }}</b>{% endautoescape %}", ["{% autoescape"]),
    ],
)
def test_what_counts_as_escaped(markup: str, expected: list[str]) -> None:
    assert unescaped(markup) == expected


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_every_value_of_a_template_is_escaped(template: Path) -> None:
    assert unescaped(template.read_text()) == []


@EVERY_CASE
def test_every_value_of_a_generated_template_is_escaped(case: Case) -> None:
    for path, data in case.tree.items():
        if path.endswith(".twig"):
            assert unescaped(data.decode()) == [], path
