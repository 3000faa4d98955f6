"""The selectors of a style sheet."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scaffold.check.model.places import Places
from scaffold.check.model.styles import Import, Selector, Style, read_style

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
    ("closed-twice", ".a { } } .b { } .c { }", [".a", ".c"]),
    ("comment-between", ".a/* , */.b /*{*/ > c {}", [".a.b > c"]),
    ("escaped", ".\\31 0, .a\\:b {}", [".\\31 0", ".a\\:b"]),
    ("empty-parts", ".a,, .b, {}", [".a", ".b"]),
    ("no-selector", "{} .a {}", [".a"]),
    ("html-comment", "<!-- .a {} -->", [".a"]),
    ("import-in-media", "@media print { @import 'a.css'; .a {} }", [".a"]),
    ("layers", "@layer base, acme; @layer acme { .a {} }", [".a"]),
    ("upper-case", "@MEDIA print { .a {} }", [".a"]),
    ("line-ends", ".a\r\n.b,\r.c\f{}", [".a .b", ".c"]),
    ("digits", f".a {{ width: {'9' * 5000}px }} .b {{}}", [".a", ".b"]),
    ("empty", "", []),
]  # fmt: skip


@pytest.mark.parametrize(("sheet", "selectors"), [row[1:] for row in SHEETS], ids=[row[0] for row in SHEETS])
def test_selectors_are_found(sheet: str, selectors: list[str]) -> None:
    assert [selector.text for selector in read_style(sheet.encode()).selectors] == selectors


def test_selectors_and_imports_have_places() -> None:
    style = read_style("\ufeff@import url(x.css);\r\n/* é */ .a,\n  .b {}".encode())
    assert style == Style(
        selectors=(Selector(".a", 2, 9, ("a",)), Selector(".b", 3, 3, ("b",))),
        imports=(Import("@import url(x.css)", "x.css", 1, 1),),
    )


NAMES = [
    (".a-b#c_d > e.f", ["a-b", "c_d", "f"], []),
    (".\\31 0.é", ["10", "é"], []),
    (":not(.a, :is(#b)) p", ["a", "b"], []),
    ("[class~='a1 b1'] .c", ["c", "a1", "b1"], ["class"]),
    ('[ ID = acme ][data-x="y1"]', ["acme", "y1"], ["id", "data-x"]),
    ("[name=x][type=text]", [], ["name", "type"]),
    ("[data-acme]", [], ["data-acme"]),
    ("[class='ab' i]", ["ab"], ["class"]),
    (":root[data-color-scheme=dark]", [], ["data-color-scheme"]),
    ("a::after", [], []),
    ("p:nth-child(2n + 1)", [], []),
]


@pytest.mark.parametrize(("text", "names", "attributes"), NAMES)
def test_the_names_in_a_selector_are_found(text: str, names: list[str], attributes: list[str]) -> None:
    [selector] = read_style(f"{text} {{}}".encode()).selectors
    assert (list(selector.names), selector.attributes) == (names, frozenset(attributes))


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("@import 'a.css';", "a.css"),
        ("@import url( 'a.css' ) print;", "a.css"),
        ("@IMPORT url(a.css)", "a.css"),
        ("@import;", ""),
    ],
)
def test_the_address_of_an_import_is_found(text: str, address: str) -> None:
    assert [each.address for each in read_style(text.encode()).imports] == [address]


@pytest.mark.parametrize(
    ("block", "variables"),
    [("--a: {b; c}; --B:1", ("--a", "--B")), ("--a: 1; color: red", ()), ("--a: 1; .b {}", ()), ("", ())],
)
def test_the_variables_of_the_root_are_found(block: str, variables: tuple[str, ...]) -> None:
    [selector] = read_style(f":root {{ /* x */ {block} }}".encode()).selectors
    assert selector.variables == variables


@given(st.text(alphabet="{}()[]\"'/*;,@.a \\\n"))
def test_any_text_can_be_read(text: str) -> None:
    assert isinstance(read_style(text.encode()), Style)


def test_places_count_lines_and_characters() -> None:
    places = Places("ab\n\nc")
    assert [places.of(offset) for offset in range(6)] == [(1, 1), (1, 2), (1, 3), (2, 1), (3, 1), (3, 2)]
