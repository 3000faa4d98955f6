"""A template in Twig: whether it is whole, and what it shows."""

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


class Shown(NamedTuple):
    """One `{{ ... }}` or the expression of one `{% ... %}`."""

    expression: str
    place: Place
    is_output: bool


class Twig(NamedTuple):
    """A template."""

    errors: tuple[ParseError, ...]
    """What is wrong; blocks without an end come last."""
    shown: tuple[Shown, ...]

    def accesses(self) -> Iterator[tuple[str, str, Place]]:
        """Yield each member that is read of a variable: its name, the dotted rest and the place."""
        for shown in self.shown:
            plain = re.sub(_STRING, lambda found: " " * len(found[0]), shown.expression)
            for found in _ACCESS.finditer(plain):
                yield found[1], re.sub(r"\s", "", found[2])[1:], shown.place


def read_twig(data: bytes) -> Twig:
    """Read a template; never raises, whatever the text."""
    text = data.decode(errors="replace").removeprefix("\ufeff")
    place = Places(text).of
    errors: list[ParseError] = []
    shown: list[Shown] = []
    opened: list[tuple[str, Place]] = []
    at = 0
    while found := _OPENING.search(text, at):
        mark, here = found[0], Place(*place(found.start()))
        body = _BODY[mark].match(text, found.end())
        end = body.end() if body else found.end()
        if not text.startswith(_CLOSING[mark], end):
            errors.append(_at(here, f"`{mark}` is not closed by `{_CLOSING[mark]}`"))
            at = found.end()
            continue
        inner = text[found.end() : end]
        at = end + 2
        if mark == "{{":
            shown.append(Shown(inner.strip().strip("-").strip(), here, is_output=True))
        elif mark == "{%":
            tag = _WORD.match(inner)
            name = tag[1] if tag else ""
            shown.append(Shown(inner[tag.end() if tag else 0 :], here, is_output=False))
            errors += _balance(name, inner, here, opened)
            if name in _RAW:
                closing = re.compile(rf"\{{%-?\s*end{name}\s*-?%\}}").search(text, at)
                at = closing.start() if closing else len(text)
    errors += [_at(where, f"`{{% {name} %}}` is not closed by `{{% end{name} %}}`") for name, where in opened]
    return Twig(tuple(errors), tuple(shown))


def _balance(name: str, inner: str, here: Place, opened: list[tuple[str, Place]]) -> Iterator[ParseError]:
    """Keep the stack of open blocks, and yield what does not fit on it."""
    if name in _PAIRED or (name == "set" and "=" not in inner):
        opened.append((name, here))
    elif name.startswith("end") and (name[3:] in _PAIRED or name == "endset"):
        if opened and opened[-1][0] == name[3:]:
            opened.pop()
        else:
            yield _at(here, f"`{{% {name} %}}` closes nothing")
    elif name in _MIDDLE and (not opened or opened[-1][0] not in _MIDDLE[name]):
        yield _at(here, f"`{{% {name} %}}` stands outside of {' and '.join(_MIDDLE[name])}")


def _at(place: Place, message: str) -> ParseError:
    return ParseError(place.line, place.column, message)
