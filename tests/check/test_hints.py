"""A hint must not lead to another fault: every hint that says exactly what to write is followed."""

import pytest

from scaffold.check.engine import lint
from scaffold.check.findings import Severity
from scaffold.check.model.widget import Widget
from scaffold.check.rules import all_rules
from scaffold.check.rules.registry import Rule
from tests.check.edits import context_after, edited
from tests.check.examples import examples
from tests.check.hints import followed

EXACT = frozenset({
    "A120", "E105", "I102", "L102", "L103", "L104", "L105", "L106", "L111", "L114", "L115", "M105",
    "M112", "M113", "M114", "M115", "M118", "M121", "M122", "M123", "M124", "M126", "M127", "M132",
    "M133", "M134", "M136", "M137", "M140", "M141", "M143", "M144", "M153", "M162",
    "M163", "M172", "M173", "M174", "M180", "P103", "P114", "S114", "S127", "S131", "S161",
})  # fmt: skip
"""Rules whose example has a hint that says exactly what to write."""


@pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: rule.code)
def test_following_a_hint_causes_no_other_finding(rule: Rule) -> None:
    edits = examples()[rule.code].bad
    context = context_after(edits, next(iter(rule.severities)), rule.platforms[0])
    archive = edited(edits)
    before = lint(Widget(archive), context)
    finding = next(finding for finding in before if finding.code == rule.code)
    after = followed(archive, finding)
    assert (after is not None) is (rule.code in EXACT)
    if after is not None:
        found = lint(Widget(after), context)
        assert (finding.path, finding.value, finding.message) not in {
            (each.path, each.value, each.message) for each in found if each.code == rule.code
        }
        known = {each.code for each in before}
        assert [f for f in found if f.code not in known and f.severity is not Severity.INFO] == []
