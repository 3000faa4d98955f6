"""The report as one JSON document."""

import json
from collections.abc import Sequence
from typing import Any

from scaffold.check.findings import Finding
from scaffold.check.report.run import Run
from scaffold.errors import ScaffoldError


def write(runs: Sequence[Run]) -> str:
    """Return the document: the shape of a single run, else `{"runs": [...]}`."""
    shapes = [shape(run) for run in runs]
    document = shapes[0] if len(shapes) == 1 else {"runs": shapes}
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def shape(run: Run) -> dict[str, Any]:
    """Return the JSON object of one run."""
    return {
        "target": run.target,
        "profile": run.profile,
        "platform": run.platform,
        "findings": [_finding(finding) for finding in run.findings],
        "summary": {
            **run.counts(),
            "fixable": run.fixable(),
            "waived": {"count": len(run.waived), "codes": run.waived_codes()},
        },
    }


def failure(error: ScaffoldError) -> dict[str, Any]:
    """Return the JSON object of a widget that could not be read."""
    return {"error": {"message": error.message, "hint": error.hint, "details": list(error.details)}}


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "code": finding.code,
        "slug": finding.slug,
        "severity": finding.severity.value,
        "path": finding.path,
        **({"pointer": finding.pointer} if finding.pointer else {}),
        **({"line": finding.line, "column": finding.column} if finding.line else {}),
        "message": finding.message,
        "hint": finding.hint,
        "fixable": finding.fixable,
    }
