"""How the tables of the rules' tests put a question."""

from scaffold.check.engine import Options, lint
from scaffold.check.model.model import Widget
from scaffold.check.rules.registry import Context
from tests.check.edits import edited


def found(
    code: str, edits: str, profile: str = "private", platform: str = "kommo"
) -> list[tuple[str, str, str]]:
    """Return what the rule finds after `edits`: path, pointer or `line:column`, message."""
    findings = lint(Widget(edited(edits)), Options(Context(profile, platform), select=(code,)))
    return [(f.path, f.pointer or f"{f.line}:{f.column}", f.message) for f in findings]
