"""The findings of one rule, for the tables of the rules' tests."""

from scaffold.check.engine import lint
from scaffold.check.model.widget import Widget
from scaffold.check.options import CheckOptions
from tests.check.edits import context_after, edited


def found(
    code: str, edits: str, profile: str = "private", platform: str = "kommo"
) -> list[tuple[str, str, str]]:
    """Return the rule's findings after `edits`: path, pointer or `line:column`, and message."""
    context = context_after(edits, profile, platform)
    findings = lint(Widget(edited(edits)), context, CheckOptions(select=(code,)))
    return [(f.path, f.pointer or f"{f.line}:{f.column}", f.message) for f in findings]
