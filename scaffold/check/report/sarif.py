"""The report as SARIF 2.1.0, which code scanning services read.

Format: <https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html>
"""

import json
import os
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from scaffold import __version__
from scaffold.check.findings import Finding, Severity
from scaffold.check.report.run import Run
from scaffold.check.rules import all_rules
from scaffold.check.rules.explanation import Explanation, explain
from scaffold.check.rules.registry import Rule
from scaffold.text import printable

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


def write(runs: Sequence[Run]) -> str:
    """Return the log, with one run per widget."""
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [_run(run) for run in runs]}
    return json.dumps(log, indent=2, ensure_ascii=False) + "\n"


def _run(run: Run) -> dict[str, Any]:
    codes = {finding.code for finding in (*run.findings, *(waived.finding for waived in run.waived))}
    rules = [rule for rule in all_rules() if rule.code in codes]
    order = {rule.code: index for index, rule in enumerate(rules)}
    return {
        "tool": {
            "driver": {
                "name": "kommo-widget",
                "semanticVersion": __version__,
                "rules": [_rule(rule, run.profile) for rule in rules],
            }
        },
        "columnKind": "unicodeCodePoints",
        "results": [
            *(_result(run, finding, order[finding.code]) for finding in run.findings),
            *(
                _result(run, finding, order[finding.code])
                | {"suppressions": [{"kind": "external", "justification": printable(reason)}]}
                for finding, reason in run.waived
            ),
        ],
    }


def _rule(rule: Rule, profile: str) -> dict[str, Any]:
    explanation = explain(rule)
    return {
        "id": rule.code,
        "name": "".join(part.capitalize() for part in rule.slug.split("-")),
        "shortDescription": {"text": explanation.headline},
        "fullDescription": {"text": _one_line(explanation.what)},
        "help": {"text": _one_line(explanation.why), "markdown": _markdown(explanation)},
        "helpUri": explanation.source.splitlines()[0],
        "defaultConfiguration": {"level": _LEVELS[rule.severities[profile]]},
    }


def _markdown(explanation: Explanation) -> str:
    """Return why the rule exists, and its examples."""
    examples = (f"{title}:\n\n```text\n{text}\n```" for title, text in (
        ("Bad", explanation.bad), ("Good", explanation.good)))  # fmt: skip
    return "\n\n".join((_one_line(explanation.why), *examples))


def _one_line(text: str) -> str:
    return " ".join(text.split("\n"))


def _result(run: Run, finding: Finding, index: int) -> dict[str, Any]:
    # Code scanning shows only results with a line: a finding about a whole file is at its first.
    region = {"startLine": finding.line or 1, **({"startColumn": finding.column} if finding.line else {})}
    location = {"artifactLocation": {"uri": quote(os.fsencode(run.path(finding)))}, "region": region}
    return {
        "ruleId": finding.code,
        "ruleIndex": index,
        "level": _LEVELS[finding.severity],
        "message": {"text": f"{finding.message}; {finding.hint}" if finding.hint else finding.message},
        "locations": [{"physicalLocation": location}],
    }
