"""A style sheet's selectors with their places: enough to tell what a sheet reaches, no more."""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from scaffold.check.model.places import Places

_COMMENT = re.compile(r"/\*(?:[^*]++|\*(?!/))*+(?:\*/)?")
_STRING = r""""(?:[^"\\\n]++|\\.)*+"?|'(?:[^'\\\n]++|\\.)*+'?"""
_STATEMENT = re.compile(rf"""((?:[^"'{{}};]++|{_STRING})*+)([{{}};]|\Z)""", re.DOTALL)
_PART = re.compile(rf"""(?:[^"',()\[\]]++|{_STRING}|\([^()]*+\)|\[[^\]]*+\]|[()\[\]])++""", re.DOTALL)
_VARIABLES = re.compile(r"\s*+(?:--[\w-]++\s*+:[^;{}]*+(?:;\s*+|(?=\})))++\}")
"""A block's text, from its brace on, where it only sets custom properties."""
_VARIABLE = re.compile(r"(?:^|;)\s*+(--[\w-]++)")
_MAX_SELECTORS = 50_000
"""Of one sheet; what follows is not read. A framework's sheet has 5,000."""

_TRANSPARENT = ("@media", "@supports", "@layer", "@container", "@document", "@scope")
"""At-rules whose block holds rules; every other block after an at-rule holds none that select elements."""


class Selector(NamedTuple):
    """One selector of a rule at the top level or inside `@media` and the like; nested ones are not listed."""

    text: str
    """Between commas, blanks collapsed: `.acme .title`."""
    line: int
    column: int
    variables: tuple[str, ...] = ()
    """The custom properties of its block, such as `--acme-gap`, where the block holds nothing else."""


class Style(NamedTuple):
    """A style sheet."""

    selectors: tuple[Selector, ...]
    imports: tuple[Selector, ...] = ()
    """The `@import` statements, their text whole."""


def read_style(data: bytes) -> Style:
    """Return the selectors of a sheet; never raises, whatever the text."""
    text = _COMMENT.sub(_blank, data.decode(errors="replace").removeprefix("\ufeff"))
    place = Places(text).of
    selectors: list[Selector] = []
    imports: list[Selector] = []
    selects = [True]
    for start, head, mark in _statements(text):
        if len(selectors) > _MAX_SELECTORS:
            break
        if mark == "}":
            selects = selects[:-1] or [True]
        elif mark == ";" and selects[-1] and head.lstrip().startswith("@import"):
            imports.append(_selector(head, start, place))
        elif mark == "{":
            at_rule = head.lstrip()
            if selects[-1] and not at_rule.startswith("@"):
                parts = [part for part in _PART.finditer(head) if part[0].strip()]
                block = _VARIABLES.match(text, start + len(head) + 1)
                variables = tuple(_VARIABLE.findall(block[0])) if block else ()
                selectors += [
                    _selector(part[0], start + part.start(), place)._replace(variables=variables)
                    for part in parts
                ]
            selects.append(selects[-1] and at_rule.startswith(_TRANSPARENT))
    return Style(tuple(selectors), tuple(imports))


def _blank(comment: re.Match[str]) -> str:
    """Return blanks in place of a comment, so that places stay."""
    return re.sub(r"[^\n]", " ", comment[0])


def _statements(text: str) -> Iterator[tuple[int, str, str]]:
    """Yield offset and text of everything before a brace or semicolon, and that mark."""
    at = 0
    while at < len(text) and (found := _STATEMENT.match(text, at)):
        yield at, found[1], found[2]
        at = found.end()


def _selector(text: str, start: int, place: Callable[[int], tuple[int, int]]) -> Selector:
    lead = len(text) - len(text.lstrip())
    return Selector(" ".join(text.split()), *place(start + lead))
