"""The options of a check, passed from the command line down to the engine."""

from typing import NamedTuple

FORMATS: tuple[str, ...] = ("text", "json", "github", "sarif")
"""The formats of the report."""


class CheckOptions(NamedTuple):
    """What to check for, and what to report."""

    profile: str | None = None
    """None: the one in the project's record."""
    platform: str | None = None
    """None: the one in the project's record."""
    select: tuple[str, ...] = ()
    """Codes or prefixes of codes; empty: all."""
    ignore: tuple[str, ...] = ()
    """Codes or prefixes of codes; wins over `select`."""
    with_waivers: bool = True
    """Whether findings that a waiver covers are left out."""

    def includes(self, code: str) -> bool:
        """Return whether findings of the rule with this code are reported."""
        is_ignored = bool(self.ignore) and code.startswith(self.ignore)
        return code.startswith(self.select or ("",)) and not is_ignored

    def includes_family(self, family: str) -> bool:
        """Return whether findings of any rule of a family, given by its letter, may be reported."""
        return family not in self.ignore and (
            not self.select or any(code.startswith(family) for code in self.select)
        )
