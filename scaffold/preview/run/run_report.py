"""The report of a headless run, as JSON and as text."""

import json
from collections.abc import Mapping
from typing import Any

from scaffold.preview.run.coverage import Coverage
from scaffold.preview.run.results import AreaRun, Report
from scaffold.text import count, printable


def as_json(report: Report, strict: bool = False) -> str:
    """Return a JSON document: `loaded`, and for each area what was called, returned and failed."""
    document: dict[str, Any] = {"loaded": report.loaded, "areas": [_row(run) for run in report.areas]}
    if report.coverage:
        document["coverage"] = report.coverage.as_json()
    if report.server:
        document["server"] = report.server.as_json()
    if strict:
        document["strict"] = report.strict_faults
    return json.dumps(document, indent=2)


def _row(run: AreaRun) -> dict[str, Any]:
    locale = {"locale": run.locale} if run.locale else {}
    return locale | {
        "area": run.area, "fidelity": run.fidelity, "called": run.called, "warnings": run.warnings,
        "notes": run.notes, "errors": [fault.as_json() for fault in run.errors],
        "async_errors": [fault.as_json() for fault in run.async_errors],
        "unknown_members": run.unknown_members, "screenshot": run.screenshot,
    }  # fmt: skip


def as_text(report: Report, strict: bool = False) -> str:
    """Return a line for each area, followed by its errors, warnings and notes."""
    lines = [*report.problems, *(line for run in report.areas for line in _lines(run, report.lines))]
    if not report.loaded:
        lines.append("the widget does not load")
    if report.coverage:
        lines += _coverage_lines(report.coverage)
    if report.server:
        lines += report.server.lines()
    if strict:
        lines += [f"strict: {line}" for line in report.strict_faults]
    failed = sum(1 for run in report.areas if not run.loaded or run.errors)
    return "\n".join(map(printable, [*lines, f"{count(len(report.areas), 'area')}, {failed} with errors"]))


def _lines(run: AreaRun, code: Mapping[str, str]) -> list[str]:
    calls = ", ".join(call["callback"] for call in run.called) or _why_nothing(run)
    verdict = "failed" if run.errors or not run.loaded else "ok"
    name = f"{run.area} ({run.locale})" if run.locale else run.area
    lines = [f"{name:<20} {verdict:<7} {run.fidelity:<12} {calls}"]
    for word, faults in (("error", run.errors), ("later", run.async_errors)):
        for fault in faults:
            lines.append(f"  {word} ({fault.source}): {fault}")
            lines += [f"    {code[fault.at]}"] if fault.at in code else []
    lines += [f"  warning: {row['message']}" for row in run.warnings]
    lines += [f"  note: {row['message']}" for row in run.notes]
    lines += [f"  not in the preview: {name}" for name in run.unknown_members]
    return [*lines, *([f"  screenshot: {run.screenshot}"] if run.screenshot else [])]


def _why_nothing(run: AreaRun) -> str:
    """Return the text in place of the callbacks, if none was called."""
    if any(note["code"] == "no-callback" for note in run.notes):
        return "no callbacks in this area"
    return "nothing was called" if run.loaded else "not loaded"


def _coverage_lines(coverage: Coverage) -> list[str]:
    lines = [f"callbacks: {len(coverage.called)} called"]
    if coverage.uncalled:
        lines[0] += f", never called: {', '.join(coverage.uncalled)}"
    for path, (ran, all_, missed) in coverage.lines.items():
        share = f"{100 * ran / all_:.1f} %" if all_ else "no code"
        lines.append(f"{path}: {ran} of {all_} lines ran ({share}){_missed(missed)}")
    return lines


def _missed(numbers: tuple[int, ...]) -> str:
    """Return the lines that did not run as text, consecutive ones as ranges."""
    ranges: list[list[int]] = []
    for number in numbers:
        if ranges and number == ranges[-1][1] + 1:
            ranges[-1][1] = number
        else:
            ranges.append([number, number])
    shown = [f"{low}" if low == high else f"{low}-{high}" for low, high in ranges]
    return f", not {', '.join(shown)}" if shown else ""
