"""The JSON reader: exact values with their positions, and a report of everything that is not JSON."""

import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scaffold.documents import json_reader
from scaffold.documents.json_scanner import MAX_ERRORS
from scaffold.documents.jsondoc import Document, parse, parse_bytes
from scaffold.documents.node import pointer


def faults(document: Document) -> list[tuple[str, int, int, str]]:
    return [(error.kind, error.line, error.column, error.message) for error in document.errors]


TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | TEXTS,
    lambda inner: st.lists(inner) | st.dictionaries(TEXTS, inner),
    max_leaves=30,
)


@given(VALUES, st.sampled_from([None, 2, "\t"]), st.booleans())
def test_valid_json_has_the_values_of_the_standard_library(
    value: object, indent: int | str | None, ascii_only: bool
) -> None:
    document = parse(json.dumps(value, indent=indent, ensure_ascii=ascii_only))
    assert document.errors == ()
    assert document.root is not None
    assert document.root.plain() == value


@given(st.text(alphabet="{}[]\",:/*\\ \n\t01-.eEntrfu\ufeffaé'", max_size=60))
def test_any_text_is_valid_exactly_if_the_standard_library_accepts_it(text: str) -> None:
    document = parse(text)
    try:
        value = json.loads(text)
    except ValueError:
        assert document.errors
    else:
        assert document.root is not None
        assert {error.kind for error in document.errors} <= {"duplicate-key", "bom", "nan"}
        assert document.root.plain() == value


@given(st.binary(max_size=60))
def test_any_bytes_give_a_value_or_an_error(data: bytes) -> None:
    document = parse_bytes(data)
    assert document.errors or document.root


def test_every_value_has_a_line_and_column() -> None:
    document = parse('{\n  "widget": {"name": "é", "n": [1,\n true]}\n}\n')
    places = {
        path: (node.line, node.column, node.key_line, node.key_column)
        for path in [(), ("widget",), ("widget", "name"), ("widget", "n"), ("widget", "n", 1)]
        if (node := document.find(*path))
    }
    assert places == {
        (): (1, 1, 0, 0),
        ("widget",): (2, 13, 2, 3),
        ("widget", "name"): (2, 22, 2, 14),
        ("widget", "n"): (2, 32, 2, 27),
        ("widget", "n", 1): (3, 2, 0, 0),
    }


TOLERATED = [
    ("bom", "\ufeff{}", {}, [("bom", 1, 1, "the file begins with a byte order mark")]),
    ("line-comment", '{"a": 1 // one\n}', {"a": 1}, [("comment", 1, 9, "comments are not allowed in JSON")]),
    (
        "block-comment",
        '{/* x\n y */ "a": 1}',
        {"a": 1},
        [("comment", 1, 2, "comments are not allowed in JSON")],
    ),
    ("comma-object", '{"a": 1,\n}', {"a": 1}, [("trailing-comma", 1, 8, "trailing comma before `}`")]),
    ("comma-array", "[1, 2, ]", [1, 2], [("trailing-comma", 1, 6, "trailing comma before `]`")]),
    (
        "duplicate",
        '{"a": 1,\n "a": 2}',
        {"a": 2},
        [("duplicate-key", 2, 2, "duplicate key `a`, first used in line 1")],
    ),
    ("tab", '{"a": "x\ty"}', {"a": "x\ty"}, [("control-character", 1, 9, "a raw character 0x09")]),
    ("escape", r'["\x", "a\\x"]', ["\\x", "a\\x"], [("escape", 1, 3, r"`\x` is not a valid escape in JSON")]),
    ("infinity", "[-Infinity]", [-math.inf], [("nan", 1, 2, "`-Infinity` is not a number in JSON")]),
    ("half-pair", r'["\ud83d"]', ["\ufffd"], [("surrogate", 1, 2, r"`\ud83d` is half a character")]),
]


@pytest.mark.parametrize(
    ("text", "value", "expected"), [row[1:] for row in TOLERATED], ids=[row[0] for row in TOLERATED]
)
def test_a_small_fault_is_reported_and_reading_continues(
    text: str, value: object, expected: list[tuple[str, int, int, str]]
) -> None:
    document = parse(text)
    assert document.root is not None
    assert document.root.plain() == value
    assert faults(document) == expected
    assert document.complete


RECOVERED = [
    ("no-comma", '{"a": 1\n "b": 2}', {"a": 1, "b": 2}, (2, 2, 'expected `,` or `}`, found `"b"`')),
    ("no-comma-in-a-list", '{"a": [1 {}]}', {"a": [1, {}]}, (1, 10, "expected `,` or `]`, found `{`")),
    ("two-commas", '{"a": 1,, "b": 2}', {"a": 1, "b": 2},
     (1, 9, "expected a key in double quotes, found `,`")),
    ("first-comma", "[, 1]", [1], (1, 2, "expected a value, found `,`")),
    ("no-colon", '{"a" 1, "b": 2}', {"a": 1, "b": 2}, (1, 6, "expected `:`, found `1`")),
    ("no-last-brace", '{"a": {"b": 1}, "c": 1', {"a": {"b": 1}, "c": 1},
     (1, 23, "expected `}`, found the end of the file")),
    ("nothing-after-the-comma", '{"a": 1, "b": 2,\n', {"a": 1, "b": 2},
     (2, 1, "expected `}`, found the end of the file")),
    ("single-quotes", "{'it\\'s \"a\"': 1}", {"it's \"a\"": 1},
     (1, 2, "a string in single quotes; JSON requires double quotes")),
    ("bare-key", "{a: 1}", {"a": 1}, (1, 2, "expected a key in double quotes, found `a`")),
    ("word", '{"a": True}', {"a": True}, (1, 7, "expected a value, found `True`")),
    ("tail", "{} x", {}, (1, 4, "`x` after the end of the document")),
    ("open-comment", "{} /* x", {}, (1, 4, "`/* x` after the end of the document")),
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "value", "expected"), [row[1:] for row in RECOVERED], ids=[row[0] for row in RECOVERED]
)
def test_reading_recovers_from_an_unambiguous_syntax_error(
    text: str, value: object, expected: tuple[int, int, str]
) -> None:
    document = parse(text)
    assert document.root is not None
    assert document.root.plain() == value
    assert faults(document) == [("syntax", *expected)]
    assert document.complete


BROKEN = [
    ("empty", "", None, (1, 1, "the file is empty")),
    ("blank", " \n", None, (2, 1, "the file is empty")),
    ("no-end", '{"a": {"b": 1', {"a": {"b": 1}}, (1, 14, "expected `,` or `}`, found the end of the file")),
    ("open-text", '{"a": "x\n}', {}, (1, 7, "a string that does not end on its line")),
    ("leading-zero", '{"a": 01}', {}, (1, 7, "expected a value, found `01}`")),
    ("wrong-close", '{"a": {"b": 1], "c": 1}', {"a": {"b": 1}}, (1, 14, "expected `,` or `}`, found `]`")),
]


@pytest.mark.parametrize(
    ("text", "value", "expected"), [row[1:] for row in BROKEN], ids=[row[0] for row in BROKEN]
)
def test_another_syntax_error_ends_the_reading_and_keeps_the_values_so_far(
    text: str, value: object, expected: tuple[int, int, str]
) -> None:
    document = parse(text)
    assert (document.root.plain() if document.root else None) == value
    assert faults(document) == [("syntax", *expected)]
    assert not document.complete


def test_reading_stops_after_too_many_syntax_errors() -> None:
    document = parse("[" + ",1" * 1000 + "," * 1000 + "]")
    assert not document.complete
    assert len(document.errors) <= MAX_ERRORS


@given(VALUES, st.sampled_from([None, 2, "\t"]), st.booleans())
def test_every_value_has_the_bounds_of_its_text(
    value: object, indent: int | str | None, ascii_only: bool
) -> None:
    text = json.dumps(value, indent=indent, ensure_ascii=ascii_only)
    waiting = [parse(f" {text}\n").root]
    while waiting:
        node = waiting.pop()
        assert node is not None
        assert json.loads(f" {text}\n"[node.start : node.end]) == node.plain()
        for key, member in node.items():
            assert f" {text}\n"[member.key_start :].startswith(json.dumps(key, ensure_ascii=ascii_only))
            waiting.append(member)
        waiting += node.value if isinstance(node.value, list) else []


@pytest.mark.parametrize("text", ["[" * 10_000, '{"a":' * 10_000], ids=["arrays", "objects"])
def test_a_document_nested_too_deep_is_one_fault(text: str) -> None:
    document = parse(text)
    assert [(error.kind, error.message) for error in document.errors] == [
        ("depth", f"nested deeper than {json_reader.MAX_DEPTH} levels")
    ]


def test_a_document_as_deep_as_allowed_is_valid() -> None:
    assert parse("[" * json_reader.MAX_DEPTH + "]" * json_reader.MAX_DEPTH).errors == ()


def test_the_number_of_faults_is_bounded() -> None:
    document = parse("/**/" * 1000)
    assert len(document.errors) == MAX_ERRORS
    assert not document.complete


def test_a_huge_number_is_read_as_a_float() -> None:
    document = parse("9" * 5000)
    assert document.root is not None
    assert document.root.value == math.inf


ENCODINGS = [
    ("latin-1", b'{"a": "\xe9"}', {"a": "\ufffd"}, ("encoding", 1, 8, "byte 0xe9 is not UTF-8")),
    ("utf-16", '{"a": 1}'.encode("utf-16"), None, ("syntax", 1, 1, "the file is UTF-16, not UTF-8")),
    ("truncated", '{"a": 1}é'.encode()[:-1], {"a": 1}, ("encoding", 1, 9, "byte 0xc3 is not UTF-8")),
]


@pytest.mark.parametrize(
    ("data", "value", "expected"), [row[1:] for row in ENCODINGS], ids=[row[0] for row in ENCODINGS]
)
def test_a_file_that_is_not_utf8_is_reported_once(
    data: bytes, value: object, expected: tuple[str, int, int, str]
) -> None:
    document = parse_bytes(data)
    assert (document.root.plain() if document.root else None) == value
    assert faults(document)[0] == expected


def test_a_pointer_is_escaped_by_rfc_6901() -> None:
    assert pointer("widget", "a/b~c", 0) == "/widget/a~1b~0c/0"
