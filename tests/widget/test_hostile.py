"""User texts that are code in another format: each comes through unchanged, or is refused."""

import copy
import io
import json
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from scaffold.files.tree import Tree
from scaffold.generate.answers.draft import node_of
from scaffold.generate.answers.faults import AnswersError
from scaffold.generate.answers.kinds.tables import Table
from scaffold.generate.answers.kinds.text import Text
from scaffold.generate.answers.question import Kind
from scaffold.generate.answers.reading import read_source
from scaffold.generate.answers.registry import QUESTIONS
from scaffold.generate.answers.validate import load
from scaffold.generate.render import render
from scaffold.generate.render.environment import environment
from tests import hosting
from tests.cases import PANELS, answers_for, answers_of, put

VALUES = {
    "quotes": "Say \"hi\" and 'bye'",
    "backslashes": "C:\\new\\\\",
    "escaped-quote": "\\' \\\" \\",
    "line-break": "one\ntwo",
    "tab": "one\ttwo",
    "expression": "{{ 7*7 }}{{ answers }}",
    "statement": "{% raw %}{% endraw %}{% for",
    "comment": "{# gone #}",
    "script-end": "</script><script>alert(1)</script><!--",
    "comment-end": "*/ alert(1) /* //",
    "template-literal": "${alert(1)}` + `",
    "php": "<?php echo 1; ?> <?= $x ?>",
    "php-variables": "$name {$name} ${name}",
    "formats": "%s %(name)s {0} {name} #HOST#",
    "markdown": "# [x](javascript:alert(1)) **b** _i_ | > - 1. ![y](z) ~~s~~ `c`",
    "html": "<img src=x onerror=alert(1)>&lt;&amp;",
    "yaml": "no: [*a, &a, !!python/object:os.system] # - ? |",
    "null": "null",
    "emoji": "\U0001f469‍\U0001f4bb \U0001f1f9\U0001f1f7",
    "right-to-left": "‮שלום مرحبا",
    "line-separators": "a\u2028b\u2029c\x85d",
    "invisible": "\ufeff\u200b\u00a0x",
    "edges": "  kept  ",
    "long": "long " * 2000,
}

REFUSED = {
    "nul": ("a\x00b", "`{}` must not contain a control character: U+0000"),
    "carriage-return": ("a\rb", "`{}` must not contain a control character: U+000D"),
    "escape": ("\x1b[31m", "`{}` must not contain a control character: U+001B"),
    "high-surrogate": ("a\ud83d", "`{}` must not contain half a character: U+D83D"),
    "low-surrogate": ("\udc69b", "`{}` must not contain half a character: U+DC69"),
    "blank": (" \n", "`{}` must not be empty"),
}


def texts_of_question(kind: Kind, key: str, example: Any) -> Iterator[str]:
    """Yield the key of each text in an answer shaped like `example`."""
    if isinstance(kind, Text):
        yield key
    elif isinstance(kind, Table):
        for code, row in (example or {}).items():
            whole = kind.row.whole(node_of(row)).plain()
            for member in kind.row.members:
                place = f"{key}.{code}.{member.key}" if whole == row else f"{key}.{code}"
                yield from texts_of_question(member.kind, place, whole.get(member.key))


TEXTS = [
    key for question in QUESTIONS for key in texts_of_question(question.kind, question.key, question.example)
]


def harmless() -> dict[str, Any]:
    """Return answers with every area, and with the registry's example of every table."""
    plain = answers_for(*PANELS, public=True, tour={"slides": 1})
    for question in QUESTIONS:
        if isinstance(question.kind, Table):
            put(plain, question.key, copy.deepcopy(question.example))
    for key in TEXTS:
        put(plain, key, f"harmless {key}")
    return plain


def hostile(value: str) -> dict[str, Any]:
    plain = harmless()
    for key in TEXTS:
        put(plain, key, f"{value}{key}")
    return plain


@pytest.fixture(scope="module")
def trees(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Tree]:
    """The widget for each hostile value, read from a JSON file, and one for `harmless`."""
    folder = tmp_path_factory.mktemp("answers")
    trees = {}
    for name, plain in {"harmless": harmless(), **{n: hostile(value) for n, value in VALUES.items()}}.items():
        file = folder / f"{name}.json"
        file.write_text(json.dumps(plain), encoding="utf-8")
        trees[name] = render(load(read_source(str(file), io.BytesIO())))
    return trees


def test_every_kind_of_text_is_tried() -> None:
    assert {
        "name",
        "description",
        "settings.greeting.label",
        "salesbot_designer.handlers.score.exits.done",
        "salesbot_designer.handlers.score.fields.limit.default_value",
        "widget_page.items.reports.title",
    } <= set(TEXTS)


@pytest.mark.parametrize("name", VALUES)
def test_texts_come_out_of_json_exactly(name: str, trees: dict[str, Tree]) -> None:
    given = {f"{VALUES[name]}{key}" for key in TEXTS}
    for locale in ("en", "es"):
        texts = [text for _, text in hosting.texts_of(json.loads(trees[name][f"widget/i18n/{locale}.json"]))]
        assert given - set(texts) == set()


HOLDERS = ("backend/handlers/mobile.php", "types/kommo.d.ts")
"""Files with one text each: the name as a literal, the label of a field in a comment."""


@pytest.mark.parametrize("name", VALUES)
def test_texts_are_in_no_other_file(name: str, trees: dict[str, Tree]) -> None:
    def others(tree: Tree) -> dict[str, bytes]:
        return {
            path: data
            for path, data in tree.items()
            if path not in ("README.md", *HOLDERS) and not path.startswith("widget/i18n/")
        }

    assert others(trees[name]) == others(trees["harmless"])


@pytest.mark.parametrize("name", VALUES)
def test_the_handler_holds_the_name_as_one_literal(name: str, trees: dict[str, Tree]) -> None:
    path = HOLDERS[0]
    php = environment().filters["php"]
    literal, harmless_literal = php(f"{VALUES[name]}name"), php("harmless name")
    assert trees[name].text(path) == trees["harmless"].text(path).replace(harmless_literal, literal)


@pytest.mark.parametrize("name", VALUES)
def test_the_types_hold_a_label_within_one_comment(name: str, trees: dict[str, Tree]) -> None:
    lines, harmless_lines = (trees[key].text(HOLDERS[1]).split("\n") for key in (name, "harmless"))
    assert len(lines) == len(harmless_lines)
    [(line, _)] = [pair for pair in zip(lines, harmless_lines, strict=True) if pair[0] != pair[1]]
    assert line.startswith("    /** ")
    assert line.index("*/") == len(line) - 2


@pytest.mark.parametrize("name", VALUES)
def test_readme_has_the_name_as_one_plain_heading(name: str, trees: dict[str, Tree]) -> None:
    heading, rest = trees[name].text("README.md").split("\n", 1)
    assert rest == trees["harmless"].text("README.md").split("\n", 1)[1]
    escaped = heading.removeprefix("# ")
    assert escaped.replace("\\\\", "\0").replace("\\", "").replace("\0", "\\") == " ".join(
        f"{VALUES[name]}name".split()
    )
    assert not set("`*_[]<>{}|#") & set(plain_characters(escaped))


def plain_characters(markdown: str) -> Iterator[str]:
    """Yield the characters that no backslash escapes."""
    characters = iter(markdown)
    for character in characters:
        if character == "\\":
            next(characters)
        else:
            yield character


def test_script_runs_with_each_value_and_draws_the_same_markup(
    trees: dict[str, Tree], tmp_path: Path
) -> None:
    answers = answers_of(harmless())
    projects = [hosting.write(tree, tmp_path / name) for name, tree in trees.items()]
    jobs = [{**hosting.job(answers, project), "locales": ["en"]} for project in projects]
    reports = dict(zip(trees, hosting.run(jobs), strict=True))
    for name, value in VALUES.items():
        seen = reports[name]["en"]
        drawn = [visit["drawn"] for visit in reports["harmless"]["en"]["visits"]]
        assert seen["errors"] == [], name
        assert [visit["drawn"] for visit in seen["visits"]] == drawn, name
        assert {header for visit in seen["visits"] for header, _ in visit["messages"]} == {f"{value}name"}


@pytest.mark.parametrize("name", REFUSED)
@pytest.mark.parametrize("key", TEXTS)
def test_a_text_is_refused(key: str, name: str) -> None:
    value, message = REFUSED[name]
    plain = harmless()
    put(plain, key, value)
    with pytest.raises(AnswersError) as caught:
        answers_of(plain)
    assert [fault.message for fault in caught.value.faults] == [message.format(key)]


def literals(filter_name: str) -> str:
    """Return the literals of all values as one filter writes them, separated by commas."""
    template = environment().from_string("{{ value | " + filter_name + " }}")
    return ",\n".join(template.render(value=value) for value in VALUES.values())


def test_php_literals_are_exact(tmp_path: Path) -> None:
    file = tmp_path / "literals.php"
    code = f"<?php echo json_encode([{literals('php')}], JSON_THROW_ON_ERROR);"
    file.write_text(code, encoding="utf-8", newline="\n")
    done = subprocess.run(["php", str(file)], capture_output=True, encoding="utf-8", check=True)
    assert json.loads(done.stdout) == list(VALUES.values())


def test_javascript_literals_are_exact_and_safe_in_a_script_element(tmp_path: Path) -> None:
    file = tmp_path / "literals.js"
    file.write_text(f"console.log(JSON.stringify([{literals('js')}]));", encoding="utf-8", newline="\n")
    assert json.loads(hosting.node(str(file)).stdout) == list(VALUES.values())
    assert "<" not in literals("js")
