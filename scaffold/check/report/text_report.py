"""For people: findings by file, each with the line it is about."""

from itertools import groupby

from scaffold.check import rules
from scaffold.check.findings import Finding, Severity
from scaffold.check.report.run import Run
from scaffold.text import printable

_WIDTH = 100
"""Characters of a shown line; a longer one is cut around the finding's column."""

_COLOURS = {Severity.ERROR: "31", Severity.WARNING: "33", Severity.INFO: "36"}
_BOLD, _DIM = "1", "2"


def write(run: Run, colour: bool = False) -> str:
    """Return the report on one widget, ending in a line break."""
    # Of these the line is not shown: reports end up in the logs of CI, which more people read than the code.
    secret = {finding.code for finding in run.findings if rules.named(finding.code).secret}
    lines: list[str] = []
    for path, findings in groupby(run.findings, key=lambda finding: finding.path):
        lines.append(_paint(printable(path or run.target), _BOLD, colour))
        source = run.lines(path)
        for finding in findings:
            lines += _finding([] if finding.code in secret else source, finding, colour)
        lines.append("")
    lines.append(summary(run))
    return "\n".join(lines) + "\n"


def summary(run: Run) -> str:
    """Return one line: how much was found in what."""
    counts = [(count, kind) for kind, count in run.counts().items() if count]
    found = ", ".join(
        f"{count} {kind}{'s' if count > 1 and kind != 'info' else ''}" for count, kind in counts
    )
    waived = f", {len(run.waived)} waived ({', '.join(run.waived_codes())})" if run.waived else ""
    fixable = f"; check --fix can fix {run.fixable()} of them, marked [*]" if run.fixable() else ""
    return f"{printable(run.target)}: {found or 'no findings'}{waived}{fixable}"


def _finding(source: list[str], finding: Finding, colour: bool) -> list[str]:
    place = f"{finding.line}:{finding.column}" if finding.line else "-"
    severity = _paint(f"{finding.severity.value:7}", _COLOURS[finding.severity], colour)
    mark = " [*]" if finding.fixable else ""
    lines = [f"  {place:>7}  {severity}  {finding.code}{mark} {finding.message}"]
    line = source[finding.line - 1] if 0 < finding.line <= len(source) else ""
    if line and not line.isspace():
        shown, caret = _excerpt(line, finding.column)
        lines.append(_paint(f"{finding.line:>9} | ", _DIM, colour) + shown)
        lines.append(_paint(f"{'':9} | ", _DIM, colour) + " " * caret + "^")
    if finding.hint:
        lines.append(f"{'':9} = {finding.hint}")
    return lines


def _excerpt(line: str, column: int) -> tuple[str, int]:
    """Return what is shown of a line, and how far in it the column lies."""
    at = min(max(column - 1, 0), len(line))
    start = max(0, min(at - _WIDTH // 2, len(line) - _WIDTH))
    lead = ("..." if start else "") + _shown(line[start:at])
    after = "..." if start + _WIDTH < len(line) else ""
    return lead + _shown(line[at : start + _WIDTH]) + after, len(lead)


def _shown(text: str) -> str:
    return printable(text.replace("\t", " "))


def _paint(text: str, style: str, colour: bool) -> str:
    return f"\x1b[{style}m{text}\x1b[0m" if colour else text
