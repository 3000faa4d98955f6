"""The engine: the identity, order and places of findings, dependent rules, and selection."""

import json
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from scaffold.check import rules
from scaffold.check.engine import lint
from scaffold.check.findings import Severity
from scaffold.check.model.places import Place
from scaffold.check.model.widget import Widget
from scaffold.check.options import CheckOptions
from scaffold.check.rules import all_rules
from scaffold.check.rules.registry import PROFILES, Context, Problem, Rule, rule
from scaffold.check.waivers import Waiver, split
from scaffold.errors import ScaffoldError
from scaffold.files.archive import Archive
from tests.check.clean import clean_widget
from tests.check.edits import edited

SEVERAL = """\
manifest.json {"widget": {"name": null, "version": "1", "secret_key": "x"}, "scopes": []}
script.js with crlf
"""


MANIFEST = CheckOptions(select=("A", "M"))


def found(
    edits: str, options: CheckOptions = MANIFEST, platform: str = "kommo"
) -> list[tuple[str, str, int, int]]:
    findings = lint(Widget(edited(edits)), Context(platform=platform), options)
    return [(finding.code, finding.path, finding.line, finding.column) for finding in findings]


def test_findings_are_sorted_by_path_place_and_code() -> None:
    assert found(SEVERAL) == [
        ("M110", "manifest.json", 2, 3),
        ("M113", "manifest.json", 5, 5),
        ("M124", "manifest.json", 17, 5),
        ("M122", "manifest.json", 30, 3),
        ("A123", "script.js", 1, 1),
    ]


def test_findings_of_one_line_are_sorted_by_column() -> None:
    findings = found(f"{SEVERAL}manifest.json with minified\n")
    assert [code for code, *_ in findings] == ["M110", "M113", "M124", "M122", "A123"]


def test_a_finding_has_the_rules_identity() -> None:
    (finding,) = lint(Widget(edited("manifest.json absent")))
    assert (finding.code, finding.slug, finding.severity) == ("A101", "missing-manifest", Severity.ERROR)
    assert (finding.message, finding.hint) == (
        "there is no manifest.json at the root",
        "check the folder or zip that contains it",
    )


BLOCKED = [
    ("no-manifest", "manifest.json absent", ["A101"]),
    ("broken-manifest", "manifest.json\n    {\"widget\": {}", ["M101"]),
    ("utf-16", "manifest.json \"\\u0000\"", ["M101"]),
    ("not-an-object", "manifest.json\n    []", ["M105"]),
    ("no-widget-block", 'manifest.json {"widget": null}', ["M110"]),
    ("deep", f"manifest.json\n    {'[' * 10_000}", ["M101"]),
    ("locale-text", 'manifest.json {"widget": {"locale": "en"}}', ["M115"]),
]  # fmt: skip


NOT_BLOCKED = [
    ("null-tour", '{"tour": null, "widget": {"version": "1"}, "scopes": []}', ["M113", "M122", "M105"]),
    ("list-for-a-menu", '{"left_menu": [], "widget": {"version": "1"}}', ["M113", "M105"]),
    ("list-for-settings", '{"settings": [], "dp": {}, "widget": {"version": "1"}}',
     ["M113", "M140", "M142", "M105"]),
    ("block-inside-widget", '{"settings": null, "widget": {"settings": {"a": {"name": "widget.name"}}}}',
     ["M131"]),
    ("null-inside-widget", '{"widget": {"tour": null, "version": "1"}}', ["M113", "M121"]),
    ("comma-missing", "", ["M101", "M113"]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("patch", "codes"), [row[1:] for row in NOT_BLOCKED], ids=[row[0] for row in NOT_BLOCKED]
)
def test_a_fault_of_one_block_hides_no_fault_of_another(patch: str, codes: list[str]) -> None:
    document = json.loads(clean_widget()["manifest.json"])
    for key, value in json.loads(patch or '{"widget": {"version": "1"}}').items():
        document[key] = {**document[key], **value} if key == "widget" else value
    if document["settings"] is None:
        del document["settings"]
    text = json.dumps(document, indent=2)
    text = text if patch else text.replace('"version": "1",', '"version": "1"')
    found = lint(
        Widget(Archive(clean_widget() | {"manifest.json": text.encode()})),
        options=CheckOptions(select=("M",)),
    )
    assert sorted(finding.code for finding in found) == sorted(codes)


@pytest.mark.parametrize(("edits", "codes"), [row[1:] for row in BLOCKED], ids=[row[0] for row in BLOCKED])
def test_one_fault_of_the_manifest_causes_one_finding(edits: str, codes: list[str]) -> None:
    assert [code for code, *_ in found(edits)] == codes


CHOSEN = [
    ("family", CheckOptions(select=("A",)), ["A123"]),
    ("code", CheckOptions(select=("M110", "M113")), ["M110", "M113"]),
    ("prefix", CheckOptions(select=("M12",)), ["M124", "M122"]),
    ("ignore", CheckOptions(select=("A", "M"), ignore=("M1",)), ["A123"]),
    ("ignore-wins", CheckOptions(select=("M11",), ignore=("M110",)), ["M113"]),
]


@pytest.mark.parametrize(("options", "codes"), [row[1:] for row in CHOSEN], ids=[row[0] for row in CHOSEN])
def test_only_selected_rules_are_reported(options: CheckOptions, codes: list[str]) -> None:
    assert [code for code, *_ in found(SEVERAL, options)] == codes


WAIVED = [
    ("code", "M11", Waiver("M113", "known"), ["M110"], ["M113"]),
    ("cannot-be", "M11", Waiver("M", "all of it"), ["M110"], ["M113"]),
    ("path", "A", Waiver("A", "known", "*.js"), [], ["A123"]),
    ("other-path", "A", Waiver("A", "known", "lib/*"), ["A123"], []),
]


@pytest.mark.parametrize(
    ("select", "waiver", "kept", "waived"), [row[1:] for row in WAIVED], ids=[row[0] for row in WAIVED]
)
def test_waived_findings_are_listed_apart(
    select: str, waiver: Waiver, kept: list[str], waived: list[str]
) -> None:
    findings = lint(Widget(edited(SEVERAL)), options=CheckOptions(select=(select,)))
    result = split((waiver,), findings)
    assert [finding.code for finding in result.findings] == kept
    assert [(each.finding.code, each.reason) for each in result.waived] == [
        (code, waiver.reason) for code in waived
    ]


def test_a_rule_that_is_not_selected_still_blocks_its_dependents() -> None:
    assert found("manifest.json absent", CheckOptions(select=("M",))) == []


@pytest.mark.parametrize("code", ["Z", "M9", "m110", ""])
def test_an_unknown_code_is_refused(code: str) -> None:
    with pytest.raises(ScaffoldError, match=f"unknown rule code `{code}`"):
        lint(Widget(edited("")), options=CheckOptions(ignore=(code,)))


def test_the_platform_decides_which_rules_apply() -> None:
    edits = 'manifest.json {"widget": {"locale": ["en", "es", "ru"]}}\ni18n/ru.json copy i18n/es.json'
    assert [code for code, *_ in found(edits, CheckOptions(select=("M",)))] == ["M117"]
    assert found(edits, CheckOptions(select=("M",)), "amocrm") == []


def test_text_of_a_widget_is_reported_in_one_printable_line() -> None:
    edits = 'manifest.json {"a\\u001b[31m\\nb": 1}'
    (finding,) = lint(Widget(edited(edits)), options=CheckOptions(select=("M122",)))
    assert finding.message == "`a\\x1b[31m\\nb` is not documented"


def test_every_rule_names_known_profiles() -> None:
    assert {profile for rule in all_rules() for profile in rule.severities} == set(PROFILES)


def test_every_rule_is_in_a_module_of_its_family() -> None:
    folder = Path(rules.__file__).parent
    in_modules = Counter(
        code[0]
        for module in folder.glob("*.py")
        for code in re.findall(r'^@rule\(\s*"(\w+)"', module.read_text(), re.M)
    )
    assert Counter(rule.code[0] for rule in all_rules()) == in_modules
    assert all(rule.code[0] == letter for letter in rules.FAMILIES for rule in rules.family(letter))


def test_a_family_that_is_not_selected_is_not_imported() -> None:
    code = (
        "import sys; from scaffold.check.engine import lint; from scaffold.check.options import CheckOptions;"
        "from scaffold.check.model.widget import Widget; from scaffold.files.archive import Archive;"
        "from scaffold.files.tree import Tree;"
        "options = CheckOptions(select=('M101', 'I', 'S'), ignore=('S', 'I140'));"
        "lint(Widget(Archive(Tree({}))), options=options);"
        "print([name for name in sys.modules if name.startswith('scaffold.check.rules.script')])"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"


def _rule_that_reports(code: str, *problems: Problem, requires: tuple[str, ...] = ()) -> Rule:
    def check(_widget: Widget, _context: Context) -> Iterator[Problem]:
        return iter(problems)

    return rule(code, code.lower(), Severity.ERROR, requires)(check)


WHOLE = Problem("a.json", "the file as a whole")
ROOT = Problem("a.json", "its outermost value", place=Place(1, 1), value=())
GROUP = Problem("a.json", "a value", place=Place(2, 1), value=("a",))
INNER = Problem("a.json", "a value in it", place=Place(3, 1), value=("a", "b"))
OTHER = Problem("a.json", "another value", place=Place(4, 1), value=("ab",))
SPOT = Problem("a.json", "a place", place=Place(5, 1))
ELSEWHERE = Problem("b.json", "another file")


@pytest.mark.parametrize(
    ("reported", "hidden"),
    [
        (WHOLE, {WHOLE, ROOT, GROUP, INNER, OTHER, SPOT}),
        (ROOT, {WHOLE, ROOT, GROUP, INNER, OTHER, SPOT}),
        (GROUP, {GROUP, INNER}),
        (INNER, {INNER}),
        (SPOT, set()),
    ],
)
def test_a_finding_of_a_required_rule_hides_findings_inside_its_value(
    monkeypatch: pytest.MonkeyPatch, reported: Problem, hidden: set[Problem]
) -> None:
    every = {WHOLE, ROOT, GROUP, INNER, OTHER, SPOT, ELSEWHERE}
    made = (_rule_that_reports("X1", reported), _rule_that_reports("X2", *every, requires=("X1",)))
    monkeypatch.setattr(rules, "FAMILIES", {"X": "made_up"})
    monkeypatch.setattr(rules, "family", {"X": made}.__getitem__)
    monkeypatch.setattr(rules, "named", {rule.code: rule for rule in made}.__getitem__)
    found = lint(Widget(edited("")), options=CheckOptions(select=("X2",)))
    assert {finding.message for finding in found} == {problem.message for problem in every - hidden}
