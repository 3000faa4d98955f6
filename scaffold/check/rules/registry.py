"""What a rule is: a pure function with an identity, found by its family's module."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

from scaffold.check.findings import Severity
from scaffold.check.model.model import MANIFEST, Widget
from scaffold.documents.jsondoc import pointer
from scaffold.kommo.limits import PLATFORMS

PROFILES: tuple[str, ...] = ("private", "public")
"""What the widget is meant for: one's own account, or the marketplace."""


class Context(NamedTuple):
    """What is asked of the widget."""

    profile: str = "private"
    platform: str = "kommo"
    stated: bool = True
    """Whether somebody says the profile, by a flag or in a project's record; else it is the usual one."""


class Problem(NamedTuple):
    """One fault at one place, without identity: the engine stamps code, name and severity."""

    path: str
    """Relative to the archive's root."""
    message: str
    """What is wrong, one lower-case line without a full stop; values in backticks."""
    hint: str = ""
    """What to do about it, one line of the same form."""
    pointer: str = ""
    """JSON pointer into the file; the engine finds line and column, also of a value that is not there."""
    line: int = 0
    """1-based; for files that are not JSON."""
    column: int = 0
    """1-based, in characters."""
    blinding: bool = False
    """Whether what else the file says cannot be known: rules that require this one say nothing then."""


Check = Callable[[Widget, Context], Iterator[Problem]]


class Rule(NamedTuple):
    """A check and its identity; the check's docstring is what `--explain` prints."""

    code: str
    """Letter of the family and three digits; never renumbered, never used again."""
    slug: str
    severities: Mapping[str, Severity]
    """By profile; the rule does not apply to a profile that is not named."""
    requires: tuple[str, ...]
    """Codes of rules whose findings this one's would only repeat, at the same place or below it.

    It is held up as a whole where one of them finds a file that cannot be read (`Problem.blinding`).
    """
    platforms: tuple[str, ...]
    check: Check
    secret: bool = False
    """Whether the line at fault must not be shown: reports are read by more people than the code."""
    vital: bool = False
    """Whether a fault makes the archive unusable, so that no waiver covers it."""

    def applies(self, context: Context) -> bool:
        """Return whether the rule has a say about such a widget."""
        return context.profile in self.severities and context.platform in self.platforms


def rule(
    code: str,
    slug: str,
    severity: Severity | Mapping[str, Severity],
    requires: Iterable[str] = (),
    platforms: Iterable[str] = PLATFORMS,
    *,
    secret: bool = False,
    vital: bool = False,
) -> Callable[[Check], Rule]:
    """Return the decorator that makes a check a rule; `severity` is for every profile, or by profile."""
    severities = dict.fromkeys(PROFILES, severity) if isinstance(severity, Severity) else dict(severity)

    def make(check: Check) -> Rule:
        return Rule(code, slug, severities, tuple(requires), tuple(platforms), check, secret, vital)

    return make


def in_manifest(message: str, hint: str, *path: str | int) -> Problem:
    """Return a problem at the manifest's value at `path`."""
    return Problem(MANIFEST, message, hint, pointer(*path))
