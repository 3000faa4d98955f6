"""What a check reports. A module of its own, so that both the rules and the engine can import it."""

from enum import Enum
from typing import NamedTuple

from scaffold.documents.node import Path, pointer


class Severity(Enum):
    """How bad a finding is; only an error makes `check` exit with 1."""

    ERROR = "error"
    """The upload fails, or a declared area cannot work at all."""
    WARNING = "warning"
    """Something that the widget declares does not work fully."""
    INFO = "info"
    """Advice."""


class Finding(NamedTuple):
    """One fault at one place in a widget."""

    code: str
    """Letter of the family and three digits, such as `M101`; never renumbered."""
    slug: str
    """The rule's readable name, such as `missing-name`."""
    severity: Severity
    path: str
    """Relative to the archive's root, with forward slashes: `manifest.json`."""
    message: str
    """What is wrong, one line."""
    hint: str = ""
    """What to do about it, one line."""
    value: Path = ()
    """Keys and indexes down to the value in a JSON document; empty if the finding is not about one."""
    line: int = 0
    """1-based; 0 if the finding is about a whole file."""
    column: int = 0
    """1-based, in characters; 0 if the finding is about a whole file."""
    fixable: bool = False
    """Whether `check --fix` can fix it."""
    target: str = ""
    """Path where a misplaced file belongs; empty for any other finding."""

    @property
    def pointer(self) -> str:
        """JSON pointer (RFC 6901) to the value in a JSON document; empty if there is none."""
        return pointer(*self.value)
