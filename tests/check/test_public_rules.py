"""The rules of the marketplace: a table of edits of a public widget, each with the findings of its rule."""

import json

import pytest

from scaffold.check.engine import lint
from scaffold.check.model.widget import Widget
from scaffold.check.rules import all_rules
from scaffold.check.rules.registry import Context
from tests.check.edits import edited
from tests.check.expect import found

Row = tuple[str, str, str, list[tuple[str, str, str]]]


def text(key: str, value: str, locale: str = "en") -> str:
    """Return the edits that give a public widget this text in its block `widget`."""
    return f"* with tour\ni18n/{locale}.json {json.dumps({'widget': {key: value}})}"


def _en(key: str, message: str) -> list[tuple[str, str, str]]:
    return [("i18n/en.json", f"/widget/{key}", message)]


LINK = '<a href="https://acme-help.test" {}>help</a>'
BOTH = 'target="_blank" referrerpolicy="no-referrer"'

DENSE = "var a=1;" * 200

ROWS: list[Row] = [
    ("P101", "no-tour", "", [("manifest.json", "/tour", "`tour` is missing")]),
    ("P101", "tour", "* with tour", []),
    ("P102", "minified", "script.js with minified", [("script.js", "1:1", "the script is minified")]),
    ("P102", "long-text", f"script.js inside\n    self.a = '{'x' * 9000}';", []),
    ("P102", "library", f"lib/moment.min.js\n    {DENSE}\nmoment.js\n    {DENSE}", []),
    ("P102", "library-by-its-licence", f"lib/x.js\n    /*! x 1.2 (c) 2019 */{DENSE}", []),
    ("P102", "own-module", f"lib/x.js\n    {DENSE}", [("lib/x.js", "1:1", "the script is minified")]),
    ("P102", "short", "a.js\n    define([],function(){return 1});", []),
    ("P103", "picture", "images/old.png png 1x1",
     [("images/old.png", "0:0", "`images/old.png` is not used anywhere")]),
    ("P103", "part-of-a-word", "images/old.png png 1x1\nscript.js inside\n    self.a = 'told';",
     [("images/old.png", "0:0", "`images/old.png` is not used anywhere")]),
    ("P103", "named", "images/old.png png 1x1\nscript.js inside\n    self.a = 'old' + '.png';", []),
    ("P103", "readme", "README.md\n    Read me", [("README.md", "0:0", "`README.md` is not used anywhere")]),
    ("P110", "long", text("name", "A" * 15 + " " + "b" * 15),
     _en("name", "`widget.name` is 31 characters long, the limit is 30")),
    ("P110", "long-word", text("name", "a" * 20),
     _en("name", "`widget.name` has a word of 20 characters, the limit is 19")),
    ("P110", "fits", text("name", "a" * 19 + " " + "b" * 10), []),
    ("P111", "long", text("short_description", "a " * 26),
     _en("short_description", "`widget.short_description` is 51 characters long, the limit is 50")),
    ("P112", "tags-apart", text("description", f"<p class='{'a' * 400}'>Scores &amp; more</p>"), []),
    ("P112", "long", text("description", "a" * 401),
     _en("description", "`widget.description` is 401 characters long, the limit is 400")),
    ("P113", "kommo", text("name", "Leads for kommo"),
     _en("name", "`widget.name` contains the vendor's name `kommo`")),
    ("P113", "amo", text("name", "amoLeads"),
     _en("name", "`widget.name` contains the vendor's name `amo`")),
    ("P113", "inside-a-word", text("name", "Dynamo amount"), []),
    ("P114", "capitals", text("description", "For KOMMO users"), _en("description", "`KOMMO` is misspelt")),
    ("P114", "amocrm", text("description", "For AmoCRM users"), _en("description", "`AmoCRM` is misspelt")),
    ("P114", "right", text("description", "Kommo and amoCRM, help@kommo.com, https://kommo.com/a"), []),
    ("P115", "neither", text("description", LINK.format("")),
     _en("description",
         'a link in `widget.description` has no `target="_blank"` and no `referrerpolicy="no-referrer"`')),
    ("P115", "both", text("description", LINK.format(BOTH)), []),
    ("P116", "script", text("description", "<script>a()</script>"),
     _en("description", "`widget.description` contains a script")),
]  # fmt: skip


@pytest.mark.parametrize(
    ("code", "edits", "expected"), [(r[0], *r[2:]) for r in ROWS], ids=[f"{r[0]}-{r[1]}" for r in ROWS]
)
def test_findings_of_the_marketplaces_rules(
    code: str, edits: str, expected: list[tuple[str, str, str]]
) -> None:
    assert found(code, edits, "public") == expected


def test_ru_domains_are_reported_on_amocrm_except_in_russian_texts() -> None:
    edits = text("description", "See acme-help.ru/a")
    message = "`widget.description` contains the domain `acme-help.ru`"
    assert found("P117", edits, "public", "amocrm") == _en("description", message)
    assert found("P117", edits, "public") == []
    russian = 'manifest.json {"widget": {"locale": ["en", "es", "ru"]}}\ni18n/ru.json copy i18n/en.json'
    edits = f"{russian}\ni18n/ru.json replace\n    - Scores every\n    + acme-help.ru: scores every"
    assert found("P117", edits, "public", "amocrm") == []


def test_locales_that_are_not_declared_are_not_read() -> None:
    assert found("P110", f"i18n/pt.json {json.dumps({'widget': {'name': 'a' * 31}})}", "public") == []


@pytest.mark.parametrize("code", [rule.code for rule in all_rules() if rule.code.startswith("P")])
def test_the_marketplaces_rules_do_not_apply_to_private_widgets(code: str) -> None:
    assert found(code, text("name", "Kommo" * 9)) == []


def test_the_clean_public_widget_has_no_finding() -> None:
    assert lint(Widget(edited("* with tour")), Context("public", "kommo")) == ()
