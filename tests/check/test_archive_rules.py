"""The rules about the archive: a table of edits of the clean widget, each with the findings of its rule."""

import json

import pytest

from scaffold.check.engine import lint
from scaffold.check.model.widget import Widget
from tests.check.edits import edited
from tests.check.expect import found

JUNK = "does not belong in a widget"


def _two_conflicts(end: str) -> str:
    lines = ["<<<<<<< yours", ".a {}", "||||||| before", "=======", ".b {}", ">>>>>>> new", ".c {}"]
    return "a.css " + json.dumps(end.join([*lines, *lines, ""]))


ROWS = [
    ("A101", "absent", "manifest.json absent",
     [("manifest.json", "0:0", "there is no manifest.json at the root")]),
    ("A101", "there", "", []),
    ("A101", "a-link", "manifest.json absent\nmanifest.json symlink", []),
    ("A101", "one-level-down", "* into widget", []),
    ("A102", "one-level-down", "* into widget",
     [("manifest.json", "0:0", "the widget is in the folder `widget`, not at the root")]),
    ("A102", "at-root", "", []),
    ("A110", "parent", "../x.js entry",
     [("../x.js", "0:0", "`../x.js` has an unsafe name: it points outside the archive")]),
    ("A110", "folder", "lib/x.js entry", []),
    ("A110", "long", f"lib/{'x' * 256} entry",
     [(f"lib/{'x' * 196}", "0:0",
       f"`lib/{'x' * 196}` has an unsafe name: it is too long for file systems")]),
    ("A110", "not-too-long", f"lib/{'x' * 255} entry", []),
    ("A111", "backslash", "lib\\x.js entry",
     [("lib\\x.js", "0:0", "`lib\\x.js` has backslashes in its name")]),
    ("A112", "twice", "x.js twice", [("x.js", "0:0", "`x.js` is in the archive twice")]),
    ("A113", "link", "x.js symlink", [("x.js", "0:0", "`x.js` is a symbolic link")]),
    ("A114", "password", "x.js encrypted", [("x.js", "0:0", "`x.js` is encrypted")]),
    ("A115", "damaged", "x.js damaged", [
        ("x.js", "0:0",
         "`x.js` cannot be unpacked: error -3 while decompressing data: invalid block type"),
    ]),
    ("A116", "bomb", "x.js bomb", [("x.js", "0:0", "`x.js` is too large: compressed more than 200 to 1")]),
    ("A120", "system", '__MACOSX/._a "x"', [("__MACOSX", "0:0", f"`__MACOSX` {JUNK}")]),
    ("A120", "map", 'lib/a.js.map "{}"', [("lib/a.js.map", "0:0", f"`lib/a.js.map` {JUNK}")]),
    ("A120", "dot", '.gitignore "x"', [(".gitignore", "0:0", f"`.gitignore` {JUNK}")]),
    ("A120", "vendor", 'lib/a.js "x"', []),
    ("A121", "manifest", "manifest.json with bom",
     [("manifest.json", "1:1", "the file begins with a byte order mark")]),
    ("A121", "texts", "i18n/es.json with bom",
     [("i18n/es.json", "1:1", "the file begins with a byte order mark")]),
    ("A121", "script", "script.js with bom", []),
    ("A122", "script", "script.js with bom",
     [("script.js", "1:1", "the file begins with a byte order mark")]),
    ("A122", "manifest", "manifest.json with bom", []),
    ("A123", "json", "manifest.json with crlf", [("manifest.json", "1:1", "line ends in CR LF")]),
    ("A123", "late", 'a.css ".a{}\\n.b{}\\r\\n"', [("a.css", "2:1", "line ends in CR LF")]),
    ("A123", "two", "i18n/en.json with crlf\nscript.js with crlf",
     [("i18n/en.json", "1:1", "line ends in CR LF, also in 1 other file")]),
    ("A123", "several", "i18n/en.json with crlf\nscript.js with crlf\nmanifest.json with crlf",
     [("i18n/en.json", "1:1", "line ends in CR LF, also in 2 other files")]),
    ("A123", "picture", "images/logo.png with crlf", []),
    ("A124", "texts", "i18n/es.json with latin-1", [("i18n/es.json", "4:31", "byte 0xfa is not UTF-8")]),
    ("A124", "utf-8", 'i18n/es.json {"a": "ñ"}', []),
    ("A125", "template", "a.twig\n    <p>ñ\na.twig with latin-1",
     [("a.twig", "1:4", "byte 0xf1 is not UTF-8")]),
    ("A125", "picture", "images/logo.png png 9x9", []),
    ("A126", "template", "a.twig\n    <p>\n    <<<<<<< yours\n    a\n    =======\n    b\n    >>>>>>> new",
     [("a.twig", "2:1", "unresolved merge conflict")]),
    ("A126", "two-with-crlf", _two_conflicts("\r\n"),
     [("a.css", "1:1", "unresolved merge conflict"), ("a.css", "8:1", "unresolved merge conflict")]),
    ("A126", "script", "script.js before\n    <<<<<<< a\n    a();\n    =======\n    b();\n    >>>>>>> b",
     [("script.js", "1:1", "unresolved merge conflict")]),
    ("A126", "heading", "a.md\n    Title\n    =======\n    <<<<<<< no more", []),
    ("A126", "begun-only", "a.twig\n    <<<<<<< a\n    b\n    c\n    d", []),
    ("A126", "shift", "script.js before\n    1 << 7;", []),
    ("A126", "another-order", "a.twig\n    >>>>>>> a\n    =======\n    <<<<<<< b", []),
    ("A126", "picture", "images/logo.png png 9x9", []),
]  # fmt: skip


@pytest.mark.parametrize(
    ("code", "edits", "expected"),
    [(code, edits, expected) for code, _, edits, expected in ROWS],
    ids=[f"{code}-{name}" for code, name, *_ in ROWS],
)
def test_findings_about_the_archive(code: str, edits: str, expected: list[tuple[str, str, str]]) -> None:
    assert found(code, edits) == expected


def test_the_hint_names_a_manifest_in_another_case() -> None:
    (finding,) = lint(Widget(edited("Manifest.json copy manifest.json\nmanifest.json absent")))
    assert (finding.code, finding.hint) == ("A101", "move or rename `Manifest.json`")
