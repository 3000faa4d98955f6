"""What a rule is: a pure function with a code, a name and severities."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple, Protocol

from scaffold.check.findings import Severity
from scaffold.check.model.manifest import Manifest
from scaffold.check.model.places import Place
from scaffold.check.model.texts import Texts
from scaffold.check.model.widget import MANIFEST, Widget
from scaffold.documents.jsondoc import Document
from scaffold.documents.node import Path
from scaffold.kommo.limits import PLATFORMS

PROFILES: tuple[str, ...] = ("private", "public")
"""Who the widget is for: one account, or everybody through the marketplace."""


class Context(NamedTuple):
    """What the widget is checked for."""

    profile: str = "private"
    platform: str = "kommo"
    explicit_profile: bool = True
    """Whether a flag or the project's record sets the profile; otherwise it is the default."""
    public_files: frozenset[str] | None = None
    """Files that the project's back end serves, relative to its public folder; None without a back end."""


class Placed(Protocol):
    """Anything with a position: a place, a syntax error, a selector."""

    @property
    def line(self) -> int:
        """1-based."""

    @property
    def column(self) -> int:
        """1-based, in characters."""


class Problem(NamedTuple):
    """One fault at one place; the engine adds the rule's code, name and severity."""

    path: str
    """Relative to the archive's root."""
    message: str
    """What is wrong, one lower-case line without a full stop; values in backticks."""
    hint: str = ""
    """What to do about it: an imperative, in the same form."""
    place: Placed | None = None
    """None: the file as a whole."""
    value: Path | None = None
    """Path of the value in a JSON document, even if it is missing there; None for any other problem."""
    blocks_dependents: bool = False
    """Whether the rest of the file cannot be judged, so that rules that require this one do not run."""
    target: str = ""
    """Path where a misplaced file belongs; empty for any other problem."""


Check = Callable[[Widget, Context], Iterator[Problem]]


class Rule(NamedTuple):
    """A check with its code, name and severities; `--explain` prints the check's docstring."""

    code: str
    """The family's letter and three digits; never renumbered or reused."""
    slug: str
    severities: Mapping[str, Severity]
    """By profile; the rule does not apply to a profile that is missing here."""
    requires: tuple[str, ...]
    """Codes of rules whose findings hide this rule's, at the same value or inside it.

    The rule does not run at all if one of them reports a file that cannot be read
    (`Problem.blocks_dependents`).
    """
    platforms: tuple[str, ...]
    check: Check
    secret: bool = False
    """Whether reports must not quote the line: more people read them than the code."""
    waivable: bool = True
    """Whether a waiver may cover the finding; not if it makes the archive unusable."""

    def applies(self, context: Context) -> bool:
        """Return whether the rule applies to widgets of this profile and platform."""
        return context.profile in self.severities and context.platform in self.platforms


def rule(
    code: str,
    slug: str,
    severity: Severity | Mapping[str, Severity],
    requires: Iterable[str] = (),
    platforms: Iterable[str] = PLATFORMS,
    *,
    secret: bool = False,
    waivable: bool = True,
) -> Callable[[Check], Rule]:
    """Return the decorator that turns a check into a rule; one `severity` applies to every profile."""
    severities = dict.fromkeys(PROFILES, severity) if isinstance(severity, Severity) else dict(severity)

    def make(check: Check) -> Rule:
        return Rule(code, slug, severities, tuple(requires), tuple(platforms), check, secret, waivable)

    return make


def in_manifest(manifest: Manifest, message: str, hint: str, *path: str | int) -> Problem:
    """Return a problem with the value that belongs at `path` of the manifest, even if it is elsewhere."""
    return in_json(MANIFEST, manifest.document, message, hint, *manifest.where(*path))


def in_texts(texts: Texts, message: str, hint: str, *path: str | int) -> Problem:
    """Return a problem with a value in a locale file."""
    return in_json(texts.path, texts.document, message, hint, *path)


def in_json(path: str, document: Document, message: str, hint: str, *value: str | int) -> Problem:
    """Return a problem with a value; if it is missing, the place is its nearest existing parent."""
    node = document.nearest(*value)
    if node is None:
        return Problem(path, message, hint, value=value)
    place = Place(node.key_line, node.key_column) if node.key_line else Place(node.line, node.column)
    return Problem(path, message, hint, place, value)
