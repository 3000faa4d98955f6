"""A headless run, for programs and for people."""

import json
from dataclasses import asdict
from typing import Any

from scaffold.preview.headless import AreaRun, Report


def as_json(report: Report) -> str:
    """Return one JSON document: `loaded`, and per area what was called, returned and failed."""
    return json.dumps({"loaded": report.loaded, "areas": [_row(run) for run in report.areas]}, indent=2)


def _row(run: AreaRun) -> dict[str, Any]:
    row = asdict(run)
    del row["loaded"]
    return row


def as_text(report: Report) -> str:
    """Return one line per area, and its errors below it."""
    lines = [*report.problems, *(line for run in report.areas for line in _lines(run))]
    if not report.loaded:
        lines.append("the widget does not load")
    failed = sum(1 for run in report.areas if not run.loaded or run.errors)
    return "\n".join([*lines, f"{len(report.areas)} areas, {failed} with errors"])


def _lines(run: AreaRun) -> list[str]:
    calls = ", ".join(call["callback"] for call in run.called) or "nothing was called"
    verdict = "failed" if run.errors or not run.loaded else "ok"
    lines = [f"{run.area:<20} {verdict:<7} {run.fidelity:<12} {calls}"]
    lines += [f"  error ({fault.source}): {fault.message}" for fault in run.errors]
    lines += [f"  later ({fault.source}): {fault.message}" for fault in run.async_errors]
    lines += [f"  not in the preview: {name}" for name in run.unknown_members]
    return [*lines, *([f"  picture: {run.screenshot}"] if run.screenshot else [])]
