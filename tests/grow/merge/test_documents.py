"""Merges of JSON by structure, style sheets by rules, Markdown by sections, and other files by lines."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scaffold.errors import ScaffoldError
from scaffold.grow.merge import Sides, lines, merge

SIDES = Sides(new="with more")


def dump(value: object, indent: int = 2) -> str:
    return json.dumps(value, indent=indent, ensure_ascii=False) + "\n"


JSON_ROWS = [
    ("key-of-ones-own", {"a": 1}, {"a": 1, "m": 2}, {"a": 1, "b": 3}, {"a": 1, "b": 3, "m": 2}),
    ("changed-value", {"a": 1}, {"a": 2}, {"a": 1, "b": 3}, {"a": 2, "b": 3}),
    ("other-order", {"a": 1, "b": 2}, {"b": 2, "a": 1}, {"a": 1, "b": 2, "c": 3}, {"b": 2, "c": 3, "a": 1}),
    ("list", {"a": ["x"]}, {"a": ["x", "m"]}, {"a": ["x", "y"]}, {"a": ["x", "y", "m"]}),
    ("list-taken-out", {"a": ["x", "y"]}, {"a": ["m", "x", "y"]}, {"a": ["x"]}, {"a": ["m", "x"]}),
    ("nested", {"a": {"b": {"c": 1}}}, {"a": {"b": {"c": 1, "m": 1}}}, {"a": {"b": {"c": 1, "d": 2}}},
     {"a": {"b": {"c": 1, "d": 2, "m": 1}}}),
    ("key-taken-out", {"a": 1, "b": 2}, {"a": 1, "b": 2, "m": 1}, {"a": 1}, {"a": 1, "m": 1}),
    ("deleted-by-the-user", {"a": 1, "b": 2}, {"a": 1}, {"a": 1, "b": 3}, {"a": 1}),
    ("both-added-the-same", {}, {"a": 1}, {"a": 1, "b": 2}, {"a": 1, "b": 2}),
    ("both-added-an-object", {}, {"a": {"m": 1}}, {"a": {"b": 2}}, {"a": {"m": 1, "b": 2}}),
    ("braces-and-code", {"a": "{{ 7*7 }}"}, {"a": "{{ 7*7 }}", "m": "<%"}, {"a": "{{ 7*7 }}", "b": "${x}"},
     {"a": "{{ 7*7 }}", "b": "${x}", "m": "<%"}),
]  # fmt: skip


@pytest.mark.parametrize("indent", [2, 4])
@pytest.mark.parametrize(
    ("before", "yours", "new", "both"), [r[1:] for r in JSON_ROWS], ids=[r[0] for r in JSON_ROWS]
)
def test_json_documents_are_merged(
    before: object, yours: object, new: object, both: object, indent: int
) -> None:
    outcome = merge(
        "widget/manifest.json", dump(before), dump(yours, indent).encode(), dump(new).encode(), SIDES
    )
    assert outcome.data.decode() == dump(both, indent)
    assert outcome.conflicts == ()


def test_the_layout_of_the_users_file_is_kept() -> None:
    yours = b'\xef\xbb\xbf{ "b" : [ "x",  "m" ],\r\n\t"a":1}'
    new = dump({"a": 1, "b": ["x", "y"], "c": {"d": 1}}).encode()
    outcome = merge("widget/manifest.json", dump({"a": 1, "b": ["x"]}), yours, new, SIDES)
    assert (
        outcome.data
        == b'\xef\xbb\xbf{ "b" : [ "x", "y",  "m" ],\r\n\t"c": {\r\n\t\t"d": 1\r\n\t},\r\n\t"a":1}'
    )


def test_a_value_that_both_changed_stays_the_users_and_ours_is_reported() -> None:
    before, yours, new = ({"a": {"b": value, "c": 1}} for value in (1, 2, 3))
    outcome = merge("widget/manifest.json", dump(before), dump(yours).encode(), dump(new).encode(), SIDES)
    assert outcome.data.decode() == dump(yours)
    assert outcome.conflicts == ((3, '"b": 3'),)


@pytest.mark.parametrize("text", ['{"a": 1', "[]]", '"text"'])
def test_an_invalid_document_is_kept_and_reported(text: str) -> None:
    outcome = merge("widget/manifest.json", dump({"a": 1}), text.encode(), dump({"a": 2}).encode(), SIDES)
    assert outcome.data.decode() == text
    assert len(outcome.conflicts) == 1


PLAIN = st.recursive(
    st.one_of(st.integers(0, 9), st.text('ab{}"\\', max_size=3), st.booleans(), st.none()),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(st.text("abcd", min_size=1, max_size=2), inner, max_size=3),
    ),
    max_leaves=8,
)
OBJECTS = st.dictionaries(st.text("abcd", min_size=1, max_size=2), PLAIN, max_size=4)


@given(OBJECTS, OBJECTS, OBJECTS)
def test_merging_any_documents_gives_valid_json(before: object, yours: object, new: object) -> None:
    outcome = merge("a.json", dump(before), dump(yours).encode(), dump(new).encode(), SIDES)
    json.loads(outcome.data)
    assert (
        merge("a.json", dump(before), dump(before).encode(), dump(new).encode(), SIDES).data
        == dump(new).encode()
    )


TEXTS = [
    ("rule-at-the-end", "a.css", ".a {\n  x: 1;\n}\n", ".a {\n  x: 1;\n}\n\n.m {\n  x: 1;\n}\n",
     ".a {\n  x: 1;\n}\n\n.b {\n  x: 2;\n}\n", ".a {\n  x: 1;\n}\n\n.b {\n  x: 2;\n}\n\n.m {\n  x: 1;\n}\n"),
    ("declaration", "a.css", ".a {\n  x: 1;\n}\n", ".a {\n  x: 1;\n  m: 1;\n}\n",
     ".a {\n  x: 1;\n  y: 2;\n}\n",
     ".a {\n  x: 1;\n  y: 2;\n  m: 1;\n}\n"),
    ("declaration-without-semicolon", "a.css", ".a {\n  x: 1;\n}\n", ".a {\n  x: 1\n}\n",
     ".a {\n  x: 1;\n  y: 2;\n}\n", ".a {\n  x: 1;\n  y: 2\n}\n"),
    ("media", "a.css", "@media print {\n  .a {\n    x: 1;\n  }\n}\n",
     "@media print {\n  .a {\n    x: 1;\n  }\n\n  .m {\n    x: 1;\n  }\n}\n",
     "@media print {\n  .a {\n    x: 1;\n  }\n\n  .b {\n    x: 2;\n  }\n}\n",
     "@media print {\n  .a {\n    x: 1;\n  }\n\n  .b {\n    x: 2;\n  }\n\n  .m {\n    x: 1;\n  }\n}\n"),
    ("sheet-that-is-broken", "a.css", ".a {\n}\n.b {\n}\n.c {}\n", "/* m */\n.a {\n}\n.b {\n}\n.c {\n",
     ".a {\n}\n.b {\n  x: 1;\n}\n.c {}\n", "/* m */\n.a {\n}\n.b {\n  x: 1;\n}\n.c {\n"),
    ("paragraph-at-the-end-of-a-section", "a.md", "# A\n\nOne.\n\n## B\n\nTwo.\n",
     "# A\n\nOne.\n\nMine.\n\n## B\n\nTwo.\n\nMine, too.\n",
     "# A\n\nOne.\n\nNew.\n\n## N\n\nNew.\n\n## B\n\nTwo.\n",
     "# A\n\nOne.\n\nNew.\n\nMine.\n\n## N\n\nNew.\n\n## B\n\nTwo.\n\nMine, too.\n"),
    ("row-of-a-table", "a.md", "| a | b |\n| - | - |\n| 1 | x |\n",
     "| a | b |\n| - | - |\n| 1 | mine |\n| 9 | z |\n",
     "| a | b |\n| - | - |\n| 1 | x |\n| 2 | y |\n",
     "| a | b |\n| - | - |\n| 1 | mine |\n| 2 | y |\n| 9 | z |\n"),
    ("fence", "a.md", "```\n# no heading\n\nx\n```\n", "```\n# no heading\n\nx\n```\n\nMine.\n",
     "```\n# no heading\n\nx\n```\n\n## New\n", "```\n# no heading\n\nx\n```\n\nMine.\n\n## New\n"),
    ("lines", "a.php", "<?php\na();\nb();\nc();\nd();\n", "<?php\nmine();\nb();\nc();\nd();\n",
     "<?php\na();\nb();\nc();\nnew();\n", "<?php\nmine();\nb();\nc();\nnew();\n"),
    ("twig", "a.twig", "<a>\n<b>\n<c>\n", "<m>\n<b>\n<c>\n", "<a>\n<b>\n<n>\n", "<m>\n<b>\n<n>\n"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("path", "before", "yours", "new", "both"), [row[1:] for row in TEXTS], ids=[row[0] for row in TEXTS]
)
def test_both_changes_are_made(path: str, before: str, yours: str, new: str, both: str) -> None:
    outcome = merge(path, before, yours.encode(), new.encode(), SIDES)
    assert outcome.data.decode() == both
    assert outcome.conflicts == ()


def test_a_line_that_both_changed_is_a_conflict_with_three_sides() -> None:
    outcome = merge("a.php", "1\na\n3\n", b"1\r\nb\r\n3\r\n", b"1\nc\n3\n", SIDES)
    assert outcome.data.decode().split("\r\n") == [
        "1", "<<<<<<< yours", "b", "||||||| before", "a", "=======", "c", ">>>>>>> with more", "3", "",
    ]  # fmt: skip
    assert [conflict.line for conflict in outcome.conflicts] == [2]


@pytest.mark.parametrize("path", ["a.js", "a.css", "a.md", "a.php", "a.json", "a"])
@given(data=st.binary(max_size=40))
def test_any_bytes_of_the_user_are_kept(path: str, data: bytes) -> None:
    """Unchanged templates leave any file as it is, and changed ones do not crash on it."""
    assert merge(path, "a\n", data, b"a\n", SIDES).data == data
    merge(path, "a\n", data, b"a\nb\n", SIDES)


def test_without_git_only_merges_by_lines_fail(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    lines._styles.cache_clear()
    with pytest.raises(ScaffoldError, match="git was not found"):
        merge("a.php", "1\na\n", b"1\nb\n", b"1\nc\n", SIDES)
    assert merge("a.js", "a();\n", b"a();\nm();\n", b"a();\nb();\n", SIDES).conflicts == ()


def test_an_old_git_without_zdiff3_is_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines, "_styles", lambda: ("--diff3",))
    outcome = merge("a.php", "1\na\n", b"1\nb\n", b"1\nc\n", SIDES)
    assert outcome.data.startswith(b"1\n<<<<<<< yours\nb\n||||||| before\na\n=======\n")
