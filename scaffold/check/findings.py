"""What a check reports. Below the rules and the engine, so that both can use it."""

from enum import Enum
from typing import NamedTuple

from scaffold.documents.jsondoc import pointer
from scaffold.documents.node import Path


class Severity(Enum):
    """How bad a finding is; only an error makes `check` exit with 1."""

    ERROR = "error"
    """The upload stops, or a declared area cannot work at all."""
    WARNING = "warning"
    """Works less than it says."""
    INFO = "info"
    """Advice."""


class Finding(NamedTuple):
    """One fault at one place of a widget."""

    code: str
    """Letter of the family and three digits, such as `M101`; never renumbered."""
    slug: str
    """The rule's name for people, such as `missing-name`."""
    severity: Severity
    path: str
    """Relative to the archive's root, with forward slashes: `manifest.json`."""
    message: str
    """What is wrong, one line."""
    hint: str = ""
    """What to do about it, one line."""
    value: Path = ()
    """Of a JSON document: keys and indexes down to the value; empty where the finding is not about one."""
    line: int = 0
    """1-based; 0 where the place is a whole file."""
    column: int = 0
    """1-based, in characters; 0 where the place is a whole file."""
    fixable: bool = False
    """Whether `check --fix` can fix it."""

    @property
    def pointer(self) -> str:
        """JSON pointer (RFC 6901) of the value in a JSON document; else empty."""
        return pointer(*self.value)
