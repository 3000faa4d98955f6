"""Reads a Twig template: its syntax errors and its expressions."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from scaffold.check.model.places import Place, Places
from scaffold.documents.parse_error import ParseError

_OPENING = re.compile(r"\{\{|\{%|\{#")
_CLOSING = {"{{": "}}", "{%": "%}", "{#": "#}"}
_STRING = r""""(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'"""
_BODY = {
    "{{": re.compile(rf"(?:{_STRING}|(?!\}}\}}|\{{\{{|\{{%)[^\"'])*+", re.DOTALL),
    "{%": re.compile(rf"(?:{_STRING}|(?!%\}}|\{{%|\{{\{{)[^\"'])*+", re.DOTALL),
    "{#": re.compile(r"(?:(?!#\}).)*+", re.DOTALL),
}
_PAIRED = frozenset({
    "if", "for", "block", "macro", "filter", "spaceless", "raw", "verbatim", "embed", "autoescape", "apply",
    "with",
})  # fmt: skip
_RAW = frozenset({"raw", "verbatim"})
_MIDDLE = {"else": ("if", "for"), "elseif": ("if",), "elif": ("if",)}
_WORD = re.compile(r"-?\s*(\w+)")
_ACCESS = re.compile(r"(?<![\w.\"'])([A-Za-z_]\w*)((?:\s*\.\s*[A-Za-z_]\w*)+)")


class Expression(NamedTuple):
    """The expression in one `{{ ... }}` or `{% ... %}`."""

    text: str
    place: Place
    is_output: bool
    """Whether it is in `{{ ... }}`."""


class Twig(NamedTuple):
    """One template."""

    errors: tuple[ParseError, ...]
    """Syntax errors; blocks that are not closed come last."""
    expressions: tuple[Expression, ...]

    def accesses(self) -> Iterator[tuple[str, str, Place]]:
        """Yield each member access: the variable, the dotted path of the member, and the place."""
        for expression in self.expressions:
            plain = re.sub(_STRING, lambda found: " " * len(found[0]), expression.text)
            for found in _ACCESS.finditer(plain):
                yield found[1], re.sub(r"\s", "", found[2])[1:], expression.place


def read_twig(data: bytes) -> Twig:
    """Read a template; never raises."""
    return _Reader(data.decode(errors="replace").removeprefix("\ufeff")).read()


class _Reader:
    """Reads one template from one `{{`, `{%` or `{#` to the next."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._places = Places(text)
        self._errors: list[ParseError] = []
        self._expressions: list[Expression] = []
        self._open: list[tuple[str, Place]] = []
        """The blocks that are open, by tag, the outermost first."""

    def read(self) -> Twig:
        at = 0
        while opening := _OPENING.search(self._text, at):
            at = self._element(opening[0], opening.start(), opening.end())
        for name, place in self._open:
            self._report(place, f"`{{% {name} %}}` is not closed by `{{% end{name} %}}`")
        return Twig(tuple(self._errors), tuple(self._expressions))

    def _element(self, mark: str, start: int, inside: int) -> int:
        """Read what `mark` opens, and return where to continue."""
        place = Place(*self._places.of(start))
        body = _BODY[mark].match(self._text, inside)
        end = body.end() if body else inside
        if not self._text.startswith(_CLOSING[mark], end):
            self._report(place, f"`{mark}` is not closed by `{_CLOSING[mark]}`")
            return inside
        inner = self._text[inside:end]
        end += len(_CLOSING[mark])
        if mark == "{{":
            self._expressions.append(Expression(inner.strip().strip("-").strip(), place, is_output=True))
        elif mark == "{%":
            return self._tag(inner, place, end)
        return end

    def _tag(self, inner: str, place: Place, end: int) -> int:
        """Read a tag, and return where to continue: its end, or for `raw` the tag that closes it."""
        word = _WORD.match(inner)
        name = word[1] if word else ""
        self._expressions.append(Expression(inner[word.end() if word else 0 :], place, is_output=False))
        self._match(name, inner, place)
        if name not in _RAW:
            return end
        closing = re.compile(rf"\{{%-?\s*end{name}\s*-?%\}}").search(self._text, end)
        return closing.start() if closing else len(self._text)

    def _match(self, name: str, inner: str, place: Place) -> None:
        """Open or close a block, and report a tag that does not match the open ones."""
        innermost = self._open[-1][0] if self._open else ""
        if name in _PAIRED or (name == "set" and "=" not in inner):
            self._open.append((name, place))
        elif name.startswith("end") and (name[3:] in _PAIRED or name == "endset"):
            if innermost == name[3:]:
                self._open.pop()
            else:
                self._report(place, f"`{{% {name} %}}` closes nothing")
        elif name in _MIDDLE and innermost not in _MIDDLE[name]:
            self._report(place, f"`{{% {name} %}}` is outside of {' and '.join(_MIDDLE[name])}")

    def _report(self, place: Place, message: str) -> None:
        self._errors.append(ParseError(place.line, place.column, message))
