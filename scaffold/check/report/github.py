"""Annotations of GitHub Actions: one workflow command a finding.

The form is that of <https://docs.github.com/actions/reference/workflow-commands-for-github-actions>.
"""

from collections.abc import Sequence

from scaffold.check.findings import Finding, Severity
from scaffold.check.report.run import Run

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def write(runs: Sequence[Run]) -> str:
    """Return the commands, one a line; nothing for no findings."""
    return "".join(_command(run, finding) + "\n" for run in runs for finding in run.findings)


def _command(run: Run, finding: Finding) -> str:
    properties = {"file": run.path(finding)}
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
