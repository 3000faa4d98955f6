"""Edits by position: the requested change, in the layout of the document, and not one byte more."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scaffold.documents import jsondoc, yamldoc
from scaffold.documents.edit import EditError
from scaffold.documents.edit.changes import Add, Change, Move, Remove, Rename, Set
from scaffold.documents.edit.jsonedit import edited
from scaffold.documents.edit.jsonrepair import repaired
from scaffold.documents.edit.yamledit import with_scalar

PRETTY = """\
{
  "a": {
    "b": [1, 2, 3],
    "c": {"d": "x"}
  },
  "e": "y"
}
"""

EDITED: list[tuple[str, str, list[Change], str]] = [
    ("set", PRETTY, [Set(("e",), True)], PRETTY.replace('"y"', "true")),
    ("set-in-a-list", PRETTY, [Set(("a", "b", 1), "é")], PRETTY.replace("2", '"é"')),
    ("add", PRETTY, [Add(("f",), 1)], PRETTY.replace('"y"', '"y",\n  "f": 1')),
    ("add-inside", PRETTY, [Add(("a", "c", "f"), 1)], PRETTY.replace('"x"', '"x", "f": 1')),
    ("add-several", PRETTY, [Add(("f", "g"), 1), Add(("f", "h"), 2), Add(("i",), 3)],
     PRETTY.replace('"y"', '"y",\n  "f": {\n    "g": 1,\n    "h": 2\n  },\n  "i": 3')),
    ("add-on-one-line", '{"a": 1}', [Add(("b",), {"c": 2})], '{"a": 1, "b": {"c": 2}}'),
    ("add-to-nothing", "{}", [Add(("a",), 1)], '{"a": 1}'),
    ("add-to-an-empty-group", '{\n  "a": {}\n}', [Add(("a", "b"), 1)], '{\n  "a": {\n    "b": 1\n  }\n}'),
    ("add-behind-a-comma", '{\n  "a": 1,\n}', [Add(("b",), 2)], '{\n  "a": 1,\n  "b": 2\n}'),
    ("add-before-a-comment", '{\n  "a": 1 // }"\n}', [Add(("b",), 2)], '{\n  "a": 1,\n  "b": 2 // }"\n}'),
    ("add-with-tabs", '{\n\t"a": 1\n}', [Add(("b", "c"), 2)], '{\n\t"a": 1,\n\t"b": {\n\t\t"c": 2\n\t}\n}'),
    ("add-with-crlf", '{\r\n  "a": 1\r\n}', [Add(("b",), [2])],
     '{\r\n  "a": 1,\r\n  "b": [\r\n    2\r\n  ]\r\n}'),
    ("add-after-a-mark", '\ufeff{"a": 1}', [Add(("b",), 2)], '\ufeff{"a": 1, "b": 2}'),
    ("add-a-key-with-quotes", "{}", [Add(('a"b',), 1)], '{"a\\"b": 1}'),
    ("remove-first", PRETTY, [Remove(("a",))], '{\n  "e": "y"\n}\n'),
    ("remove-last", PRETTY, [Remove(("e",))], PRETTY.replace(',\n  "e": "y"', "")),
    ("remove-all", PRETTY, [Remove(("e",)), Remove(("a",))], "{}\n"),
    ("remove-of-a-list", PRETTY, [Remove(("a", "b", 0)), Remove(("a", "b", 2))],
     PRETTY.replace("1, 2, 3", "2")),
    ("rename", PRETTY, [Rename(("a", "b"), "n")], PRETTY.replace('"b"', '"n"')),
    ("move-out", PRETTY, [Move(("a", "c"), ("c",))],
     '{\n  "a": {\n    "b": [1, 2, 3]\n  },\n  "e": "y",\n  "c": {"d": "x"}\n}\n'),
    ("move-in", PRETTY, [Move(("e",), ("a", "e"))],
     '{\n  "a": {\n    "b": [1, 2, 3],\n    "c": {"d": "x"},\n    "e": "y"\n  }\n}\n'),
    ("move-into-nothing", '{\n  "a": {\n    "b": 1\n  },\n  "c": 2\n}', [Move(("a",), ("d", "a"))],
     '{\n  "c": 2,\n  "d": {\n    "a": {\n      "b": 1\n    }\n  }\n}'),
    ("move-into-nothing-on-one-line", '{"a": 1, "c": 2}', [Move(("a",), ("d", "a"))],
     '{"c": 2, "d": {"a": 1}}'),
    ("move-of-many-lines", '{\n  "a": {\n    "b": {\n      "c": 1\n    }\n  }\n}', [Move(("a", "b"), ("b",))],
     '{\n  "a": {},\n  "b": {\n    "c": 1\n  }\n}'),
    ("replace-the-last", PRETTY, [Remove(("e",)), Add(("f",), 1)], PRETTY.replace('"e": "y"', '"f": 1')),
    ("set-a-member-of-one-line", '{"v": "1\\u002e0"}', [Set(("v",), "1.1")], '{"v": "1.1"}'),
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "changes", "after"), [row[1:] for row in EDITED], ids=[row[0] for row in EDITED]
)
def test_an_edit_keeps_the_layout_of_the_document(text: str, changes: list[Change], after: str) -> None:
    assert edited(text, changes) == after


REFUSED: list[tuple[str, str, list[Change]]] = [
    ("broken", '{"a": ', [Set(("a",), 1)]),
    ("syntax-error", '{"a": 1 "b": 2}', [Set(("a",), 1)]),
    ("nothing-there", "{}", [Set(("a",), 1)]),
    ("there-already", '{"a": 1}', [Add(("a",), 2)]),
    ("below-a-text", '{"a": 1}', [Add(("a", "b"), 2)]),
    ("comment-beside", '{"a": 1, // why\n "b": 2}', [Remove(("b",))]),
    ("doubled-key", '{"a": 1, "a": 2, "b": 3}', [Remove(("a",))]),
    ("one-place-twice", '{"a": 1}', [Set(("a",), 1), Set(("a",), 2)]),
    ("two-values", "{}", [Add(("a",), 1), Add(("a",), 2)]),
    ("renamed-onto-another", '{"a": 1, "b": 2}', [Rename(("a",), "b")]),
]


@pytest.mark.parametrize(("text", "changes"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED])
def test_an_edit_that_would_change_more_is_refused(text: str, changes: list[Change]) -> None:
    with pytest.raises(EditError):
        edited(text, changes)


KEYS = st.text(max_size=4)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=4),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=8,
)
DOCUMENTS = st.dictionaries(KEYS, VALUES, max_size=4)
INDENTS = st.sampled_from([None, 2, "\t"])


def paths(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Return the path of every value but the root."""
    members = (
        value.items() if isinstance(value, dict) else enumerate(value if isinstance(value, list) else ())
    )
    return [inner for key, child in members for inner in [(*path, key), *paths(child, (*path, key))]]


@given(st.data(), DOCUMENTS, INDENTS, VALUES, KEYS)
def test_any_change_of_any_document_leaves_the_rest(
    data: st.DataObject, document: dict[str, Any], indent: int | str | None, value: Any, key: str
) -> None:
    text = json.dumps(document, indent=indent, ensure_ascii=False)
    places = paths(document)
    if places:
        place = data.draw(st.sampled_from(places))
        node = jsondoc.parse(text).find(*place)
        assert node is not None
        after = edited(text, [Set(place, value)])
        assert (after[: node.start], after[len(after) - len(text) + node.end :]) == (
            text[: node.start],
            text[node.end :],
        )
        shorter = edited(text, [Remove(place)])
        assert is_a_cut(shorter, text)
    if key not in document:
        assert is_a_cut(text if document else "{}", edited(text if document else "{}", [Add((key,), value)]))


def is_a_cut(shorter: str, longer: str) -> bool:
    """Return whether deleting one stretch of `longer` gives `shorter`."""
    size = len(longer) - len(shorter)
    return any(longer[:at] + longer[at + size :] == shorter for at in range(len(shorter) + 1))


@given(DOCUMENTS, INDENTS, st.data())
def test_a_repair_means_what_the_reader_understood(
    document: dict[str, Any], indent: int | str | None, data: st.DataObject
) -> None:
    text = json.dumps(document, indent=indent, ensure_ascii=False)
    at = data.draw(st.integers(0, len(text)))
    broken = (
        text[:at]
        + data.draw(st.sampled_from([",", ":", "'", "", " ", "\t", "}"]))
        + text[at + data.draw(st.integers(0, 1)) :]
    )
    read = jsondoc.parse(broken)
    try:
        after = repaired(broken, read)
    except EditError:
        return
    assert read.root is not None
    assert json.loads(after) == read.root.plain()


REPAIRED = [
    ("comma", '{\n  "a": 1\n  "b": 2\n}', '{\n  "a": 1,\n  "b": 2\n}'),
    ("comma-too-many", '{"a": 1,, "b": 2}', '{"a": 1, "b": 2}'),
    ("trailing-comma", '{"a": [1, 2,],}', '{"a": [1, 2]}'),
    ("colon", '{"a" 1}', '{"a": 1}'),
    ("single-quotes", """{'a': 'it\\'s "b"'}""", """{"a": "it's \\"b\\""}"""),
    ("comment-lines", '{\n  // a\n  /* b\n  c */\n  "a": 1\n}', '{\n  "a": 1\n}'),
    ("comments-behind", '{"a": 1, // b\r\n "b": 2 /* c */ // d\r\n}', '{"a": 1,\r\n "b": 2 \r\n}'),
    ("comments-within", '/* a */ {"a": /* b */ 1, "b": [/**/]}', ' {"a":  1, "b": []}'),
    ("comment-after-a-comma", '{"a": 1, // b\n}', '{"a": 1\n}'),
    ("comment-before-a-missing-comma", '{"a": 1 // b\n "b": 2}', '{"a": 1,\n "b": 2}'),
    ("comment-at-the-end", '{"a": 1}\n// b', '{"a": 1}\n'),
    ("doubled-key", '{"a": 1, "b": 2, "a": 1}', '{"a": 1, "b": 2}'),
    ("doubled-at-once", '{\n  "a": [1],\n  "a": [1],\n  "b": 2\n}', '{\n  "a": [1],\n  "b": 2\n}'),
    ("doubled-thrice", '{"a": 1, "a": 1, "a": 1}', '{"a": 1}'),
    ("doubled-within", '{"a": {"b": 1, "b": 1}, "c": 2}', '{"a": {"b": 1}, "c": 2}'),
    ("doubled-otherwise", '{"a": 1, "a": true,}', '{"a": 1, "a": true}'),
    ("tab-beside-an-escape", '{"a": "\\u001f\t"}', '{"a": "\\u001f\\t"}'),
    ("tab-in-single-quotes", "{'a': '\t\"'}", '{"a": "\\t\\""}'),
    ("bare-key", "{a: 1}", '{"a": 1}'),
    ("word", '{"a": True, "b": None}', '{"a": true, "b": null}'),
    ("last-brace", '{\n  "a": 1,\n  "b": 2\n', '{\n  "a": 1,\n  "b": 2\n}\n'),
    ("last-brace-behind-a-comma", '{"a": 1, "b": 2,', '{"a": 1, "b": 2}'),
    ("tab-in-a-text", '{"a": "x\ty"}', '{"a": "x\\ty"}'),
]  # fmt: skip


@pytest.mark.parametrize(("text", "after"), [row[1:] for row in REPAIRED], ids=[row[0] for row in REPAIRED])
def test_an_unambiguous_error_is_repaired(text: str, after: str) -> None:
    assert repaired(text, jsondoc.parse(text)) == after


@pytest.mark.parametrize("text", ['{"a": ', '{"a": "x\n}', r'{"a": "\x"}', '{"a": 01}', '{"a": NaN}'])
def test_an_ambiguous_error_is_not_repaired(text: str) -> None:
    with pytest.raises(EditError):
        repaired(text, jsondoc.parse(text))


YAML = [
    ("plain", "version: 1.0.0\nb: 1\n", "version: 2.0.0\nb: 1\n"),
    ("quoted", "version: '1.0.0' # here\n", "version: 2.0.0 # here\n"),
    ("escaped", 'version: "1\\x2e0.0"\n', "version: 2.0.0\n"),
    ("folded", "version: >-\n  1.0.0\nb: 1\n", "version: 2.0.0\nb: 1\n"),
    ("flow", "{version: 1.0.0, b: 1}\n", "{version: 2.0.0, b: 1}\n"),
    ("anchor", "version: &v 1.0.0\nb: 1\n", "version: &v 2.0.0\nb: 1\n"),
    ("alias", "a: &v 1.0.0\nversion: *v\n", "a: &v 1.0.0\nversion: 2.0.0\n"),
    ("not-ascii", "é: ü\nversion: 1.0.0\n", "é: ü\nversion: 2.0.0\n"),
    ("crlf", "version: 1.0.0\r\nb: 1\r\n", "version: 2.0.0\r\nb: 1\r\n"),
]


@pytest.mark.parametrize(("text", "after"), [row[1:] for row in YAML], ids=[row[0] for row in YAML])
def test_a_scalar_of_yaml_is_set_in_its_place(text: str, after: str) -> None:
    assert with_scalar(text, ("version",), "2.0.0") == after
    root = yamldoc.parse(after)
    assert root is not None
    assert root.plain()["version"] == "2.0.0"


@pytest.mark.parametrize(
    "text",
    ["version: &v 1.0.0\nb: *v\n", "version: [1]\n", "b: 1\n", ""],
    ids=["shared", "list", "none", "empty"],
)
def test_a_scalar_that_others_share_is_refused(text: str) -> None:
    with pytest.raises(EditError):
        with_scalar(text, ("version",), "2.0.0")
