"""Merges of scripts by units: a table of the old generated, the user's, the new and the merged script."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scaffold.grow.merge import Sides, merge
from scaffold.grow.merge.folding import folded

SIDES = Sides(new="with more")

ROWS = [
    ("untouched", "a();\n", "a();\n", "a();\nb();\n", "a();\nb();\n"),
    ("both-the-same", "a();\n", "a();\nb();\n", "a();\nb();\n", "a();\nb();\n"),
    ("own-statement", "const a = 1;\n", "const a = 1;\nmine();\n", "const a = 1;\nconst b = 2;\n",
     "const a = 1;\nconst b = 2;\nmine();\n"),
    ("new-first", "const b = 1;\n", "const b = 1;\n// mine\n", "const a = 0;\nconst b = 1;\n",
     "const a = 0;\nconst b = 1;\n// mine\n"),
    ("blank-lines", "const a = 1;\n\nconst c = 3;\n", "mine();\n\nconst a = 1;\n\nconst c = 3;\n",
     "const a = 1;\n\nconst b = 2;\n\nconst c = 3;\n",
     "mine();\n\nconst a = 1;\n\nconst b = 2;\n\nconst c = 3;\n"),
    ("element", "f(['a', 'b']);\n", "f(['a', 'b', 'mine']);\n", "f(['a', 'b', 'c']);\n",
     "f(['a', 'b', 'c', 'mine']);\n"),
    ("element-in-lines", "x = ['a'];\n", "x = [\n  'a',\n  'mine',\n];\n", "x = ['a', 'b'];\n",
     "x = [\n  'a',\n  'b',\n  'mine',\n];\n"),
    ("without-comma-at-the-end", "x = {\n  a: 1,\n};\n", "x = {\n  a: 1\n};\n",
     "x = {\n  a: 1,\n  b: 2,\n};\n",
     "x = {\n  a: 1,\n  b: 2\n};\n"),
    ("into-an-empty-list", "x = {};\n", "x = {};\nmine();\n", "x = {\n  b: 2,\n};\n",
     "x = {\n  b: 2,\n};\nmine();\n"),
    ("tabs", "x = {\n  a: 1,\n};\n", "x = {\n\ta: 1,\n\tmine: 2,\n};\n",
     "x = {\n  a: 1,\n  b: function () {\n    f();\n  },\n};\n",
     "x = {\n\ta: 1,\n\tb: function () {\n\t\tf();\n\t},\n\tmine: 2,\n};\n"),
    ("template-literal", "x = {\n  a: 1,\n};\n", "x = {\n    a: 1,\n    m: 1,\n};\n",
     "x = {\n  a: 1,\n  b: `one\n  two\n`,\n};\n",
     "x = {\n    a: 1,\n    b: `one\n  two\n`,\n    m: 1,\n};\n"),
    ("deep-in-a-callback", "x = {\n  a: function () {\n    return 1;\n  },\n};\n",
     "x = {\n  a: function () {\n    mine();\n    return 1;\n  },\n};\n",
     "x = {\n  a: function () {\n    b();\n\n    return 1;\n  },\n};\n",
     "x = {\n  a: function () {\n    mine();\n    b();\n    return 1;\n  },\n};\n"),
    ("other-quotes", "f('a');\nx = { a: 'b' };\n", 'f("a");\nx = { "a": "b" };\n',
     "f('a');\nx = { a: 'b', c: 'd' };\n", 'f("a");\nx = { "a": "b", c: \'d\' };\n'),
    ("comment-above", "// one\na();\n", "// one\na();\nmine();\n", "// one\n// two\na();\n",
     "// one\n// two\na();\nmine();\n"),
    ("comment-of-the-users", "/** One. */\na();\nb();\n", "/** Mine. */\na();\nb();\n",
     "/** One. */\na();\nb();\nc();\n", "/** Mine. */\na();\nb();\nc();\n"),
    ("parameter", "f = function () {\n  a();\n};\n", "f = function () {\n  a();\n  mine();\n};\n",
     "f = function (x) {\n  a(x);\n};\n", "f = function (x) {\n  a(x);\n  mine();\n};\n"),
    ("taken-out", "a();\nb();\nc();\n", "a();\nb();\nc();\nmine();\n", "a();\nc();\n",
     "a();\nc();\nmine();\n"),
    ("deleted-by-the-user", "a();\nb();\n", "b();\n", "a();\nb();\nc();\n", "b();\nc();\n"),
    ("moved-by-the-user", "const a = 1;\nconst b = 2;\n", "const b = 2;\nconst a = 1;\n",
     "const a = 1;\nconst b = 3;\n", "const b = 3;\nconst a = 1;\n"),
    ("renamed-by-the-user", "const a = 1;\nconst b = 2;\nconst c = 3;\n",
     "const a = 1;\nconst own = 2;\nconst c = 3;\n", "const a = 1;\nconst b = 2;\nconst c = 4;\n",
     "const a = 1;\nconst own = 2;\nconst c = 4;\n"),
    ("twice-the-same-key", "f(1);\nf(1);\n", "f(1);\nmine();\nf(1);\n", "f(1);\nf(1);\nf(1);\n",
     "f(1);\nmine();\nf(1);\nf(1);\n"),
    ("class", "class A {\n  a() {\n    f();\n  }\n}\n",
     "class A {\n  a() {\n    f();\n  }\n\n  mine() {}\n}\n",
     "class A {\n  a() {\n    f();\n  }\n\n  b() {}\n}\n",
     "class A {\n  a() {\n    f();\n  }\n\n  b() {}\n\n  mine() {}\n}\n"),
    ("no-outline", "a(;\nb\nc\nd\n", "mine\na(;\nb\nc\nd\n", "a(;\nb\nc\nd\nnew\n",
     "mine\na(;\nb\nc\nd\nnew\n"),
    ("crlf", "a();\nb();\n", "a();\r\nb();\r\nmine();\r\n", "a();\nb();\nc();\n",
     "a();\r\nb();\r\nc();\r\nmine();\r\n"),
    ("mark-and-no-end", "a();\n", "\ufeffa();\nmine();", "a();\nb();\n", "\ufeffa();\nb();\nmine();"),
    ("emoji", "x = '😀';\n", "x = '😀';\nmine('ё');\n", "x = '😀';\ny = '😀';\n",
     "x = '😀';\ny = '😀';\nmine('ё');\n"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("before", "yours", "new", "both"), [row[1:] for row in ROWS], ids=[r[0] for r in ROWS]
)
def test_both_changes_are_made(before: str, yours: str, new: str, both: str) -> None:
    outcome = merge("widget/script.js", before, yours.encode(), new.encode(), SIDES)
    assert outcome.data.decode() == both
    assert outcome.conflicts == ()


CONFLICTS = [
    ("one-statement", "a(1);\n", "a(2);\n", "a(3);\n",
     "<<<<<<< yours\na(2);\n||||||| before\na(1);\n=======\na(3);\n>>>>>>> with more\n", [1]),
    ("beside-good-ones", "a(1);\nconst b = 1;\n", "a(1);\nconst b = 2;\nmine();\n",
     "a(1);\nconst b = 3;\nconst c = 4;\n",
     "a(1);\n<<<<<<< yours\nconst b = 2;\n||||||| before\nconst b = 1;\n"
     "=======\nconst b = 3;\n>>>>>>> with more\n"
     "const c = 4;\nmine();\n", [2]),
    ("deleted-and-changed", "a();\nconst b = 1;\nc();\n", "a();\nc();\n", "a();\nconst b = 2;\nc();\nd();\n",
     "a();\n<<<<<<< yours\n||||||| before\nconst b = 1;\n=======\nconst b = 2;\n>>>>>>> with more\n"
     "c();\nd();\n", [2]),
    ("deleted-first-and-changed", "const b = 1;\nc();\n", "c();\n", "const b = 2;\nc();\n",
     "<<<<<<< yours\n||||||| before\nconst b = 1;\n=======\nconst b = 2;\n>>>>>>> with more\nc();\n", [1]),
    ("member-deleted-and-changed", "x = {\n  a: 1,\n  b: 1,\n};\n", "x = {\n  a: 1,\n};\n",
     "x = {\n  a: 1,\n  b: 2,\n};\n",
     "x = {\n  a: 1,\n<<<<<<< yours\n||||||| before\n  b: 1,\n=======\n  b: 2,\n"
     ">>>>>>> with more\n};\n", [3]),
    ("both-added", "a();\n", "a();\nconst b = 1;\n", "a();\nconst b = 2;\n",
     "a();\n<<<<<<< yours\nconst b = 1;\n||||||| before\n=======\nconst b = 2;\n>>>>>>> with more\n", [2]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("before", "yours", "new", "text", "lines"),
    [row[1:] for row in CONFLICTS],
    ids=[row[0] for row in CONFLICTS],
)
def test_a_statement_that_both_changed_is_a_conflict(
    before: str, yours: str, new: str, text: str, lines: list[int]
) -> None:
    outcome = merge("widget/script.js", before, yours.encode(), new.encode(), SIDES)
    assert outcome.data.decode() == text
    assert [conflict.line for conflict in outcome.conflicts] == lines


MODULES = [
    ("own-module", "define(['a'], function (A) {});\n", "define(['a', 'm'], function (A, M) {});\n",
     "define(['a', 'b'], function (A, B) {});\n", "define(['a', 'b', 'm'], function (A, B, M) {});\n"),
    ("own-module-without-parameter", "define(['a'], function (A) {});\n",
     "define(['a', 'css!m'], function (A) {});\n", "define(['a', 'b'], function (A, B) {});\n",
     "define(['a', 'b', 'css!m'], function (A, B) {});\n"),
    ("other-order", "define(['a', 'b'], function (A, B) {});\n", "define(['b', 'a'], function (B, A) {});\n",
     "define(['a', 'b', 'c'], function (A, B, C) {});\n",
     "define(['b', 'c', 'a'], function (B, C, A) {});\n"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("before", "yours", "new", "both"), [row[1:] for row in MODULES], ids=[row[0] for row in MODULES]
)
def test_modules_stay_with_their_parameters(before: str, yours: str, new: str, both: str) -> None:
    outcome = merge("widget/script.js", before, yours.encode(), new.encode(), SIDES)
    assert outcome.data.decode() == both


def test_modules_that_would_lose_their_parameters_are_a_conflict() -> None:
    before, new = "define(['a'], function (A) {});\n", "define(['a', 'b'], function (A, B) {});\n"
    yours = "define(['x', 'a'], function (A) {});\n"
    outcome = merge("widget/script.js", before, yours.encode(), new.encode(), SIDES)
    assert [conflict.line for conflict in outcome.conflicts] == [1]


def test_an_edited_unit_is_kept_when_it_is_removed() -> None:
    before, yours = "x = {\n  a: 1,\n  b: 2,\n};\n", "x = {\n  a: 1,\n  b: 3,\n};\n"
    outcome = merge("widget/script.js", before, yours.encode(), b"x = {\n  a: 1,\n};\n", SIDES)
    assert outcome.data.decode() == yours
    assert [(kept.line, kept.message) for kept in outcome.kept] == [(3, "name b")]


SAME = [
    ("x = {'a': 1};", "x = {\n  a: 1,\n};"),
    ("f(a => a)", "f((a) => a)"),
    ("// one two", "//   one two"),
    ("/**\n * One\n * two.\n */", "/** One two. */"),
    ("f('it\\'s')", 'f("it\'s")'),
]
OTHER = [
    ("f('a b')", "f('a  b')"),
    ("a + b", "a - b"),
    ("f(`a b`)", "f(`a  b`)"),
    ("// one", "// two"),
    ("a b", "ab"),
]


@pytest.mark.parametrize(("one", "two"), SAME)
def test_folding_ignores_what_a_formatter_changes(one: str, two: str) -> None:
    assert folded(one) == folded(two)


@pytest.mark.parametrize(("one", "two"), OTHER)
def test_folding_keeps_what_changes_the_meaning(one: str, two: str) -> None:
    assert folded(one) != folded(two)


UNITS = [f"const {name} = function () {{\n  return {name};\n}};\n" for name in "abcdef"]
SOME = st.lists(st.sampled_from(UNITS), unique=True, max_size=6)


@given(SOME, SOME, SOME)
def test_no_unit_is_lost_and_all_can_be_removed(first: list[str], more: list[str], own: list[str]) -> None:
    """Units of the user alone and of the new version alone survive the merge, and can be removed again."""
    base = sorted(first)
    new = sorted({*base, *more})
    mine = [unit for unit in own if unit not in new]
    yours = "\n".join([*base, *mine]).encode()
    grown = merge("a.js", "\n".join(base), yours, "\n".join(new).encode(), SIDES)
    assert grown.conflicts == ()
    assert all(unit in grown.data.decode() for unit in {*new, *mine})
    back = merge("a.js", "\n".join(new), grown.data, "\n".join(base).encode(), SIDES)
    assert back.data == yours
