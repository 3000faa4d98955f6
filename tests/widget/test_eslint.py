"""ESLint on every generated script: its recommended rules and those of the vendor's configuration."""

import json
from collections.abc import Mapping

import pytest

from scaffold.generate.render import render
from tests import hosting
from tests.cases import NO_PANELS, ODD, Case, answers_of
from tests.sharing import once

GOOD = """\
define([], function () {
  'use strict';

  /**
   * Doubles.
   * @param {number} given
   * @returns {number}
   */
  const twice = function (given) {
    return given * 2;
  };

  return twice;
});
"""
BODY = "    return given * 2;"
SCRIPT = "widget/script.js"

MISUSES = {
    "    return gven * 2;": {"no-undef", "no-unused-vars"},
    "    var half = given;\n\n    return half;": {"no-var"},
    "    if (given == 1) return 1;\n\n    return 2;": {"curly", "eqeqeq"},
    "    const half = given / 2;\n    return half;": {"@stylistic/padding-line-between-statements"},
    "    return [given].map((each) => each * 2);": {"arrow-body-style"},
    "    return function ({ a }) {\n      return a * given;\n    };": {"kommo/no-restricted-syntax"},
    f"    /** Doubles. */\n{BODY}": {"kommo/no-incorrect-jsdoc-comments"},
    f"    // {'long ' * 18}\n{BODY}": {"@stylistic/no-trailing-spaces", "max-len"},
    "    const twice = given * 2;\n\n    return twice;": {"no-shadow"},
    f"    console.log(given);\n\n{BODY}": {"no-console"},
}
"""Replacement for the body -> the rules that object to it."""


def lint(scripts: Mapping[str, str]) -> dict[str, list[str]]:
    """Return ESLint's findings by the name of each script: a word, a slash, and its path in the project."""
    done = hosting.node("eslint/run.mjs", stdin=json.dumps(scripts))
    assert done.returncode == 0, done.stderr
    return dict(json.loads(done.stdout))


def test_finds_nothing_in_any_widget(cases: tuple[Case, ...]) -> None:
    names_by_text: dict[str, str] = {}
    for case in cases:
        for path, data in case.tree.items():
            if path.startswith(("widget/", "tests/")) and path.endswith(".js"):
                names_by_text.setdefault(data.decode(), f"{case.name}/{path}")
    findings = lint({name: text for text, name in names_by_text.items()})
    assert {name: found for name, found in findings.items() if found} == {}


def test_finds_nothing_in_a_widget_with_odd_codes_and_texts() -> None:
    other = {**ODD, "areas": NO_PANELS, "card_sdk": {"tab": "content"}, "init_once": True}
    trees = {name: render(answers_of(plain)) for name, plain in {"odd": ODD, "other": other}.items()}
    findings = lint(
        {
            f"{name}/{path}": tree.text(path)
            for name, tree in trees.items()
            for path in tree
            if path.endswith(".js")
        }
    )
    assert {name: found for name, found in findings.items() if found} == {}


@pytest.fixture(scope="module")
def misuses(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    return once(tmp_path_factory, "eslint", lambda _: _misused())


def _misused() -> dict[str, list[str]]:
    scripts = {f"good/{SCRIPT}": GOOD}
    for place, body in enumerate(MISUSES):
        scripts[f"{place}/{SCRIPT}"] = GOOD.replace(BODY, body)
    return lint(scripts)


def test_finds_nothing_in_good_code(misuses: dict[str, list[str]]) -> None:
    assert misuses[f"good/{SCRIPT}"] == []


@pytest.mark.parametrize("body", MISUSES)
def test_finds_a_misuse(body: str, misuses: dict[str, list[str]]) -> None:
    findings = misuses[f"{list(MISUSES).index(body)}/{SCRIPT}"]
    assert {finding.split()[1].rstrip(":") for finding in findings} == MISUSES[body]
