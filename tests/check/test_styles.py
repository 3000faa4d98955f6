"""The selectors of a style sheet."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scaffold.check.model.places import Places
from scaffold.check.model.styles import Selector, Style, read_style

SHEETS = [
    ("one", ".a { b: c }", [".a"]),
    ("several", ".a, #b > c,\n*{}", [".a", "#b > c", "*"]),
    ("functions", ":is(h1, h2) .a, [href='x,y'] {}", [":is(h1, h2) .a", "[href='x,y']"]),
    ("comments", "/* .x {} */ .a /* , b */ { /* } */ } .c {}", [".a", ".c"]),
    ("open-comment", ".a {} /* .b {}", [".a"]),
    ("strings", ".a { content: '} .x {' } .b::after { content: \"\\\"}\" } .c {}", [".a", ".b::after", ".c"]),
    ("media", "@media (max-width: 9px) { .a {} } .b {}", [".a", ".b"]),
    ("supports", "@supports (a: b) { @media print { .a {} } }", [".a"]),
    ("keyframes", "@keyframes k { from { a: b } 50% { a: c } } .a {}", [".a"]),
    ("font", "@font-face { a: b } .a {}", [".a"]),
    ("nested", ".a { .b { c: d } & > e { f: g } }", [".a"]),
    ("dark", ":root[data-color-scheme=\"dark\"] .a {}", [':root[data-color-scheme="dark"] .a']),
    ("statement", "@charset 'utf-8'; .a {}", [".a"]),
    ("unclosed", ".a { b: c", [".a"]),
    ("closed-twice", ".a { } } .b { }", [".a", ".b"]),
    ("empty", "", []),
]  # fmt: skip


@pytest.mark.parametrize(("sheet", "selectors"), [row[1:] for row in SHEETS], ids=[row[0] for row in SHEETS])
def test_selectors(sheet: str, selectors: list[str]):
    assert [selector.text for selector in read_style(sheet.encode()).selectors] == selectors


def test_selectors_and_imports_have_places():
    style = read_style("\ufeff@import url(x.css);\n/* é */ .a,\n  .b {}".encode())
    assert style == Style(
        selectors=(Selector(".a", 2, 9), Selector(".b", 3, 3)),
        imports=(Selector("@import url(x.css)", 1, 1),),
    )


@given(st.text(alphabet="{}()[]\"'/*;,@.a \\\n"))
def test_any_text_reads(text: str):
    assert isinstance(read_style(text.encode()), Style)


def test_places_count_lines_and_characters():
    places = Places("ab\n\nc")
    assert [places.of(offset) for offset in range(6)] == [(1, 1), (1, 2), (1, 3), (2, 1), (3, 1), (3, 2)]
