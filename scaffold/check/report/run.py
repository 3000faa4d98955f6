"""The findings of one widget, and what else a report needs."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from scaffold.check.findings import Finding, Severity
from scaffold.check.waivers import Waived


@dataclass(frozen=True, slots=True)
class Run:
    """The result of checking one widget."""

    target: str
    """The folder or zip, as the user gave it."""
    profile: str
    platform: str
    findings: tuple[Finding, ...]
    files: Mapping[str, bytes]
    """The widget's files, for the lines that findings are about."""
    root: str = ""
    """The widget's folder or zip, relative to the current folder; findings' paths are relative to it."""
    waived: tuple[Waived, ...] = ()
    """The findings that a waiver covers."""

    def counts(self) -> dict[str, int]:
        """Return the number of findings by severity, worst first, zeros included."""
        counted = Counter(finding.severity for finding in self.findings)
        return {severity.value: counted[severity] for severity in Severity}

    def fixable(self) -> int:
        """Return the number of findings that `--fix` can fix."""
        return sum(finding.fixable for finding in self.findings)

    def waived_codes(self) -> list[str]:
        """Return the codes of the waived findings, each once, sorted."""
        return sorted({waived.finding.code for waived in self.waived})

    def path(self, finding: Finding) -> str:
        """Return a finding's path relative to the current folder; the target if it is about no file."""
        return "/".join(part for part in (self.root, finding.path) if part) or self.target

    def lines(self, path: str) -> list[str]:
        """Return the lines of one file; one empty line if there is no such file."""
        text = self.files.get(path, b"").decode(errors="replace").removeprefix("\ufeff")
        return text.replace("\r\n", "\n").split("\n")
