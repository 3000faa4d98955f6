"""What a rule is: a pure function with an identity, found by its family's module."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple, Protocol

from scaffold.check.findings import Severity
from scaffold.check.model.manifest import Manifest
from scaffold.check.model.model import MANIFEST, Widget
from scaffold.check.model.places import Place
from scaffold.check.model.texts import Texts
from scaffold.documents.jsondoc import Document
from scaffold.documents.node import Path
from scaffold.kommo.limits import PLATFORMS

PROFILES: tuple[str, ...] = ("private", "public")
"""What the widget is meant for: one's own account, or the marketplace."""


class Context(NamedTuple):
    """What is asked of the widget."""

    profile: str = "private"
    platform: str = "kommo"
    stated: bool = True
    """Whether somebody says the profile, by a flag or in a project's record; else it is the usual one."""
    public_files: frozenset[str] | None = None
    """What the project's own back end serves, paths from its public folder; None where it has none."""


class Placed(Protocol):
    """Whatever knows where it stands: a place, a syntax error, a selector."""

    @property
    def line(self) -> int:
        """1-based."""

    @property
    def column(self) -> int:
        """1-based, in characters."""


class Problem(NamedTuple):
    """One fault at one place, without identity: the engine stamps code, name and severity."""

    path: str
    """Relative to the archive's root."""
    message: str
    """What is wrong, one lower-case line without a full stop; values in backticks."""
    hint: str = ""
    """What to do about it, one line of the same form."""
    place: Placed | None = None
    """None: the file as a whole."""
    value: Path | None = None
    """Of a JSON document: where the value is, or would be; None where the problem is not about a value."""
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


def in_manifest(manifest: Manifest, message: str, hint: str, *path: str | int) -> Problem:
    """Return a problem of the value that belongs at `path` of the manifest, wherever it stands."""
    return in_json(MANIFEST, manifest.document, message, hint, *manifest.where(*path))


def in_texts(texts: Texts, message: str, hint: str, *path: str | int) -> Problem:
    """Return a problem of a value in a file of texts."""
    return in_json(texts.path, texts.document, message, hint, *path)


def in_json(path: str, document: Document, message: str, hint: str, *value: str | int) -> Problem:
    """Return a problem of a value; of one that is not there the place is what should hold it."""
    node = document.nearest(*value)
    if node is None:
        return Problem(path, message, hint, value=value)
    place = Place(node.key_line, node.key_column) if node.key_line else Place(node.line, node.column)
    return Problem(path, message, hint, place, value)
