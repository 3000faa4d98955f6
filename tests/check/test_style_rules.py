"""The rules about style sheets: a table of sheets, each with the selectors that a rule reports."""

import pytest

from scaffold.check.rules.style_selectors import MAX_REPORTED
from tests.check.expect import found

Row = tuple[str, str, str, list[tuple[str, str]]]
"""Code, name, lines of style.css, and place and selector of each finding."""

OWN = "\n".join(f".acme-{part} {{ color: red; }}" for part in ("one", "two", "three", "four"))

ROWS: list[Row] = [
    ("C101", "universal", "* { margin: 0; }", [("1:1", "*")]),
    ("C101", "tags", "html, body { margin: 0; }\na:hover {}",
     [("1:1", "html"), ("1:7", "body"), ("2:1", "a:hover")]),
    ("C101", "root", ":root { --text: red; }", [("1:1", ":root")]),
    ("C101", "own-variables", ".acme-a {}\n:root { --acme-text: red; --acme-gap: 4px }", []),
    ("C101", "variables-and-more", ".acme-a {}\n:root { --acme-text: red; color: red }", [("2:1", ":root")]),
    ("C101", "variables-of-others", ".acme-a {}\n:root { --text: red; }", [("2:1", ":root")]),
    ("C101", "root-dark", ":root[data-color-scheme='dark'] { --text: red; }", []),
    ("C101", "common-attribute", "input[type='text'] {}", [("1:1", "input[type='text']")]),
    ("C101", "own-attribute", "[data-acme] p {}", []),
    ("C101", "below-own-class", ".acme-a * {}\n#acme-b > p {}", []),
    ("C101", "in-media", "@media print {\n  body {}\n}", [("2:3", "body")]),
    ("C101", "keyframes", "@keyframes acme { from { top: 0; } 50% { top: 1px; } }", []),
    ("C101", "font", "@font-face { font-family: acme; }", []),
    ("C101", "comment", "/* body {} */", []),
    ("C101", "host-of-a-component", ":host { color: red; }\n:host p {}", []),
    ("C101", "parent-rule", "& > p {}", []),
    ("C102", "everyday", ".title {}\n.btn.active {}", [("1:1", ".title"), ("2:1", ".btn.active")]),
    ("C102", "everyday-words", ".form-label {}\n.modal__close {}",
     [("1:1", ".form-label"), ("2:1", ".modal__close")]),
    ("C102", "below-own", ".acme-a .title {}", []),
    ("C102", "own-id", "#acme .title {}", []),
    ("C102", "unlike-the-others", f"{OWN}\n.other-thing {{}}", []),
    ("C102", "each-class-once", ".title {}\n.title:hover {}\n.title > p {}\n.form .title {}",
     [("1:1", ".title"), ("4:1", ".form .title")]),
    ("C102", "id-in-an-attribute", "div[id^=\"acme_panel\"] .wrapper {}\n[data-code=acme] .title {}", []),
    ("C102", "everyday-attribute", "[data-name=title] .label {}", [("1:1", "[data-name=title] .label")]),
    ("C102", "root-dark", ":root[data-color-scheme='dark'] {}", []),
    ("C102", "code-at-the-end", ".title_acme_leads {}", []),
    ("C102", "nothing-shared", ".foo-a {}\n.bar-b {}\n.baz-c {}\n.qux-d {}", []),
    ("C102", "camel-case", OWN.replace("acme-", "acmeLeads") + "\n.acmeLeadsFive {}", []),
    ("C102", "system", f"{OWN}\n.modal-body {{}}", []),
    ("C103", "system", ".modal-body .button-input {}", [("1:1", ".modal-body .button-input")]),
    ("C103", "each-class-once", ".modal-body {}\n.modal-body p {}\n.modal-body a:hover {}",
     [("1:1", ".modal-body")]),
    ("C103", "part-of-a-class", ".modal-body__inner {}\n.nav__menu {}",
     [("1:1", ".modal-body__inner"), ("2:1", ".nav__menu")]),
    ("C103", "boundary", ".button-input_acme {}\n.modal-bodyguard {}\n.card-widgets2 {}", []),
    ("C103", "bare-word", ".list {}\n.control {}", []),
    ("C103", "hook-of-one-widget", ".card-widgets__widget-acme .card-widgets__widget__body {}", []),
    ("C103", "hook-alone", "#work-area-acme {}\n.digital-pipeline__short-task_widget-style_acme {}", []),
    ("C103", "not-the-hook", ".card-widgets__widget__body {}", [("1:1", ".card-widgets__widget__body")]),
    ("C103", "own-attribute", "[data-code=acme].js-widget-caption-block {}", []),
    ("C103", "own-id", "div[id^='acme_panel'] .modal-body {}", []),
    ("C103", "system-attribute", "[class^='modal-body'] {}", [("1:1", "[class^='modal-body']")]),
    ("C103", "below-own", ".acme-a .modal-body {}", []),
]  # fmt: skip

WORDS = {
    "C101": "`{}` affects elements outside the widget",
    "C102": "`{}` may match elements outside the widget",
    "C103": "`{}` changes elements of the CRM",
}


def sheet(text: str) -> str:
    return "\n".join(["style.css", *(f"    {line}" for line in text.split("\n"))])


@pytest.mark.parametrize(
    ("code", "text", "places"), [(r[0], *r[2:]) for r in ROWS], ids=[f"{r[0]}-{r[1]}" for r in ROWS]
)
def test_findings_about_style_sheets(code: str, text: str, places: list[tuple[str, str]]) -> None:
    expected = [("style.css", place, WORDS[code].format(selector)) for place, selector in places]
    assert found(code, sheet(text)) == expected


@pytest.mark.parametrize(("others", "ending"), [(0, ""), (5, ", and 5 more like it")])
def test_the_first_findings_of_a_sheet_and_the_number_of_others_are_reported(
    others: int, ending: str
) -> None:
    findings = found("C101", sheet("p {}\n" * (MAX_REPORTED + others)))
    assert len(findings) == MAX_REPORTED
    assert findings[-1][2] == f"`p` affects elements outside the widget{ending}"


IMPORTS = [
    ("address", '@import "https://fonts.acme-help.test/a.css";', 1),
    ("any-scheme", "@import url(//fonts.acme-help.test/a.css);", 1),
    ("own", '@import "./a.css";', 0),
]


@pytest.mark.parametrize(("text", "count"), [row[1:] for row in IMPORTS], ids=[row[0] for row in IMPORTS])
def test_public_widgets_may_not_import_sheets_from_other_hosts(text: str, count: int) -> None:
    assert len(found("C104", sheet(text), "public")) == count
    assert found("C104", sheet(text)) == []
