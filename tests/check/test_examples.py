"""The examples in each rule's docstring are true: the bad one has this finding alone, the good one none."""

from functools import cache
from pathlib import Path
from textwrap import indent

import pytest

from scaffold.check.engine import lint
from scaffold.check.findings import Finding
from scaffold.check.model.widget import Widget
from scaffold.check.rules import all_rules
from scaffold.check.rules.explanation import explain
from scaffold.check.rules.registry import Context, Rule
from tests.check.clean import clean_widget
from tests.check.edits import context_after, edited
from tests.check.examples import examples, snippets

RULES = all_rules()


def check(rule: Rule, edits: str) -> tuple[Finding, ...]:
    context = context_after(edits, next(iter(rule.severities)), rule.platforms[0])
    return lint(Widget(edited(edits)), context)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_the_bad_example_has_only_the_findings_of_its_rule(rule: Rule) -> None:
    assert {finding.code for finding in check(rule, examples()[rule.code].bad)} == {rule.code}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_the_good_example_has_no_findings(rule: Rule) -> None:
    assert check(rule, examples()[rule.code].good) == ()


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_the_docstring_shows_the_difference_between_the_examples(rule: Rule) -> None:
    explanation, shown = explain(rule), snippets(examples()[rule.code])
    bad, good = (indent(text, " " * 8) for text in shown)
    ending = f"    Bad:\n{bad}\n    Good:\n{good}"
    assert (explanation.bad, explanation.good) == shown, f"the docstring should end in\n{ending}"


def test_every_rule_has_an_example_and_every_example_a_rule() -> None:
    without = {rule.code for rule in RULES} - set(examples())
    assert without == set(), "add `== CODE bad` and `== CODE good` to tests/check/examples/<module>.txt"
    assert set(examples()) == {rule.code for rule in RULES}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_every_rule_has_cases_beside_its_example(rule: Rule) -> None:
    assert f'"{rule.code}"' in _tables(), "add cases to a table in tests/check/test_..._rules.py"


@cache
def _tables() -> str:
    return "".join(path.read_text(encoding="utf-8") for path in Path(__file__).parent.glob("test_*_rules.py"))


@pytest.mark.parametrize("platform", ["kommo", "amocrm"])
def test_the_clean_widget_has_no_finding(platform: str) -> None:
    assert lint(Widget(edited("")), Context("private", platform)) == ()
    assert edited("").tree == clean_widget()


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_every_explanation_is_complete(rule: Rule) -> None:
    explanation = explain(rule)
    assert all([explanation.headline, explanation.what, explanation.why, explanation.bad, explanation.good])
    assert all(line.startswith("https://") for line in explanation.source.splitlines())
    assert explanation.source


def test_codes_and_names_are_unique_and_required_rules_exist() -> None:
    codes = [rule.code for rule in RULES]
    assert len(codes) == len(set(codes))
    assert len({rule.slug for rule in RULES}) == len(RULES)
    assert {code for rule in RULES for code in rule.requires} <= set(codes)
