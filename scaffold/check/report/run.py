"""One widget's findings, and what a report must know beside them."""

from collections import Counter
from collections.abc import Mapping
from typing import NamedTuple

from scaffold.check.findings import Finding, Severity
from scaffold.check.waivers import Waived


class Run(NamedTuple):
    """A check of one widget."""

    target: str
    """The folder or zip as the user named it."""
    profile: str
    platform: str
    findings: tuple[Finding, ...]
    files: Mapping[str, bytes]
    """The widget's files, to show the lines that findings are about."""
    root: str = ""
    """The folder or zip that findings' paths are relative to, itself relative to the current folder."""
    waived: tuple[Waived, ...] = ()
    """What was found and is not reported, since a team accepts it."""

    def counts(self) -> dict[str, int]:
        """Return the number of findings by severity, worst first, zeros included."""
        counted = Counter(finding.severity for finding in self.findings)
        return {severity.value: counted[severity] for severity in Severity}

    def fixable(self) -> int:
        """Return the number of findings that `--fix` can fix."""
        return sum(finding.fixable for finding in self.findings)

    def waived_codes(self) -> list[str]:
        """Return the codes of what was waived, each once."""
        return sorted({waived.finding.code for waived in self.waived})

    def path(self, finding: Finding) -> str:
        """Return a finding's path relative to the current folder."""
        return "/".join(part for part in (self.root, finding.path) if part) or self.target

    def lines(self, path: str) -> list[str]:
        """Return the lines of one file; none where there is no such file."""
        text = self.files.get(path, b"").decode(errors="replace").removeprefix("\ufeff")
        return text.replace("\r\n", "\n").split("\n")
