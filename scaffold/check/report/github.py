"""The report as annotations for GitHub Actions: one workflow command per finding.

Format: <https://docs.github.com/actions/reference/workflow-commands-for-github-actions>
"""

from collections.abc import Iterator, Sequence

from scaffold.check.findings import Finding, Severity
from scaffold.check.report.run import Run
from scaffold.text import count, printable

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def write(runs: Sequence[Run]) -> str:
    """Return the commands, one per line: one for each finding, and one for the waived findings of a run."""
    return "".join(line + "\n" for run in runs for line in _commands(run))


def _commands(run: Run) -> Iterator[str]:
    for finding in run.findings:
        yield _command(run, finding)
    if run.waived:
        text = f"{run.target}: {count(len(run.waived), 'finding')} waived ({', '.join(run.waived_codes())})"
        yield f"::notice title=waived::{_data(printable(text))}"


def _command(run: Run, finding: Finding) -> str:
    properties = {"file": printable(run.path(finding))}
    if finding.line:
        properties |= {"line": str(finding.line), "col": str(finding.column)}
    properties["title"] = f"{finding.code} {finding.slug}"
    given = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    text = f"{finding.message}; {finding.hint}" if finding.hint else finding.message
    return f"::{_COMMANDS[finding.severity]} {given}::{_data(text)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
