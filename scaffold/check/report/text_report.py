"""The report for people: findings by file, each with the line it is about."""

from collections.abc import Sequence
from itertools import groupby

from scaffold.check import rules
from scaffold.check.findings import Finding, Severity
from scaffold.check.report.run import Run
from scaffold.text import printable

_WIDTH = 100
"""Characters of a shown line; a longer one is cut around the finding's column."""

_COLOURS = {Severity.ERROR: "31", Severity.WARNING: "33", Severity.INFO: "36"}
_BOLD, _DIM, _CYAN = "1", "2", "36"


def write(runs: Sequence[Run], colour: bool = False) -> str:
    """Return the report, ending in a line break."""
    return "\n".join(_run(run, colour) for run in runs)


def summary(run: Run) -> str:
    """Return one line with the number of findings in a widget."""
    counts = [(count, kind) for kind, count in run.counts().items() if count]
    found = ", ".join(
        f"{count} {kind}{'s' if count > 1 and kind != 'info' else ''}" for count, kind in counts
    )
    waived = f", {len(run.waived)} waived ({', '.join(run.waived_codes())})" if run.waived else ""
    fixable = f"; check --fix can fix {run.fixable()} of them, marked [*]" if run.fixable() else ""
    return f"{printable(run.target)}: {found or 'no findings'}{waived}{fixable}"


def _run(run: Run, colour: bool) -> str:
    # Their lines are not shown: reports end up in the logs of CI, which more people read than the code.
    secret = {finding.code for finding in run.findings if rules.named(finding.code).secret}
    lines: list[str] = []
    for path, findings in groupby(run.findings, key=lambda finding: finding.path):
        source = run.lines(path)
        of_file = list(findings)
        # Relative to the current folder, so that terminals make it a link.
        lines.append(_paint(printable(run.path(of_file[0])), _BOLD, colour))
        for finding in of_file:
            lines += _finding([] if finding.code in secret else source, finding, colour)
        lines.append("")
    lines.append(_paint(summary(run), _BOLD, colour))
    return "\n".join(lines) + "\n"


def _finding(source: list[str], finding: Finding, colour: bool) -> list[str]:
    place = f"{finding.line}:{finding.column}" if finding.line else "-"
    style = _COLOURS[finding.severity]
    severity = _paint(f"{finding.severity.value:7}", style, colour)
    code = _paint(finding.code, _BOLD, colour)
    mark = f" {_paint('[*]', _CYAN, colour)}" if finding.fixable else ""
    lines = [f"  {place:>7}  {severity}  {code}{mark} {finding.message}"]
    line = source[finding.line - 1] if 0 < finding.line <= len(source) else ""
    if line and not line.isspace():
        shown, caret = _excerpt(line, finding.column)
        lines.append(_paint(f"{finding.line:>9} | ", _DIM, colour) + shown)
        lines.append(_paint(f"{'':9} | ", _DIM, colour) + " " * caret + _paint("^", style, colour))
    if finding.hint:
        lines.append(_paint(f"{'':9} = ", _DIM, colour) + finding.hint)
    return lines


def _excerpt(line: str, column: int) -> tuple[str, int]:
    """Return the part of a line around a column, and the offset of the column in it."""
    at = min(max(column - 1, 0), len(line))
    start = max(0, min(at - _WIDTH // 2, len(line) - _WIDTH))
    lead = ("..." if start else "") + _shown(line[start:at])
    after = "..." if start + _WIDTH < len(line) else ""
    return lead + _shown(line[at : start + _WIDTH]) + after, len(lead)


def _shown(text: str) -> str:
    return printable(text.replace("\t", " "))


def _paint(text: str, style: str, colour: bool) -> str:
    return f"\x1b[{style}m{text}\x1b[0m" if colour else text
