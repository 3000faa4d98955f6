"""Reads the selectors and imports of a style sheet: just enough to know what the sheet affects."""

import re
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple, TypeAlias

from scaffold.check.model.places import Places
from scaffold.kommo.page import COLOR_SCHEME

MAX_CHARS = 5_000_000
"""The rest of a larger sheet is not read. A framework's sheet has 300,000 characters."""

_CONDITIONAL_GROUPS = frozenset({"media", "supports", "layer", "container", "document", "scope"})
"""At-rules with rules in their block; the blocks of other at-rules select no elements."""

_NAMING = frozenset({"id", "class", "name"})
"""Attributes whose values name an element; so do those of `data-*`."""

_MAX_DIGITS = 1000
_LONG_NUMBER = re.compile(rf"[0-9]{{{_MAX_DIGITS + 1},}}")

_MARKUP = ("<!--", "-->")
"""HTML comment marks, which may enclose a sheet; browsers skip them."""

Css: TypeAlias = Any
"""A node of tinycss2, which has no type hints: a token, or a block with its content."""


class Selector(NamedTuple):
    """One selector of a rule at the top level or inside `@media` and the like; not of a nested rule."""

    text: str
    """The text between commas, without comments, whitespace collapsed: `.acme .title`."""
    line: int
    column: int
    names: tuple[str, ...] = ()
    """Its classes and ids, without `.` and `#`; those in attribute values come last."""
    attributes: frozenset[str] = frozenset()
    """The names of its attributes, in lower case."""
    variables: tuple[str, ...] = ()
    """The custom properties of a `:root` block with nothing else in it, such as `--acme-gap`."""


class Import(NamedTuple):
    """One `@import` statement."""

    text: str
    """The whole statement, whitespace collapsed."""
    address: str
    """The URL that is loaded."""
    line: int
    column: int


class Style(NamedTuple):
    """One style sheet."""

    selectors: tuple[Selector, ...]
    imports: tuple[Import, ...] = ()


def read_style(data: bytes) -> Style:
    """Read a style sheet; never raises."""
    text = data.decode(errors="replace").removeprefix("\ufeff")[:MAX_CHARS]
    # The standard's preprocessing. tinycss2 does the same before it counts lines.
    text = text.replace("\0", "\ufffd").replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n")
    return _Reader(_LONG_NUMBER.sub(_shortened, text)).style()


def _shortened(number: re.Match[str]) -> str:
    """Return a number with fewer digits, padded to its length: Python does not parse thousands."""
    return number[0][:_MAX_DIGITS].ljust(len(number[0]))


class _Reader:
    """Reads one sheet from the tokens of tinycss2; of the grammar above them it knows only rules."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._places = Places(text)

    def style(self) -> Style:
        from tinycss2 import parse_component_value_list  # only here: most widgets have few sheets or none

        selectors: list[Selector] = []
        imports: list[Import] = []
        open_lists = [_rules(parse_component_value_list(self._text))]
        while open_lists:
            rule = next(open_lists[-1], None)
            if rule is None:
                open_lists.pop()
                continue
            head, end = rule
            if head[0].type != "at-keyword":
                selectors += self._selectors(head, end)
            elif head[0].lower_value == "import":
                imports.append(self._import(head, end))
            elif head[0].lower_value in _CONDITIONAL_GROUPS and end and end.type == "{} block":
                open_lists.append(_rules(end.content))
        return Style(tuple(selectors), tuple(imports))

    def _selectors(self, head: list[Css], block: Css | None) -> Iterator[Selector]:
        """Yield the selectors of a rule; none if it has a syntax error, since browsers skip it."""
        if block is None or any(node.type == "error" for node in head):
            return
        for part, end in _parts(head, block):
            text = self._between(part, end)
            names, attributes = _named(part)
            variables = _variables(block) if text == ":root" else ()
            place = part[0].source_line, part[0].source_column
            yield Selector(text, *place, names, attributes, variables)

    def _import(self, head: list[Css], end: Css | None) -> Import:
        return Import(self._between(head, end), _address(head), head[0].source_line, head[0].source_column)

    def _between(self, nodes: list[Css], end: Css | None) -> str:
        """Return the text of `nodes` up to `end`, without comments, whitespace collapsed."""
        starts = [self._places.offset(node.source_line, node.source_column) for node in nodes]
        ends = [*starts[1:], self._places.offset(end.source_line, end.source_column) if end else None]
        pieces = [
            "" if node.type == "comment" else self._text[start:stop]
            for node, start, stop in zip(nodes, starts, ends, strict=True)
        ]
        return " ".join("".join(pieces).split())


def _rules(nodes: Iterable[Css]) -> Iterator[tuple[list[Css], Css | None]]:
    """Yield each rule: the nodes before its block or semicolon, and that; None at the end of the text."""
    head: list[Css] = []
    for node in nodes:
        is_statement = bool(head) and head[0].type == "at-keyword" and node == ";"
        if head and (is_statement or node.type == "{} block"):
            yield head, node
            head = []
        elif head or not (node.type in ("whitespace", "comment", "{} block") or node in _MARKUP):
            head.append(node)
    if head:
        yield head, None


def _parts(head: list[Css], block: Css) -> Iterator[tuple[list[Css], Css]]:
    """Yield the nodes between commas, without leading whitespace, and the node after them."""
    part: list[Css] = []
    for node in [*head, block]:
        if node is block or node == ",":
            if part:
                yield part, node
            part = []
        elif part or node.type not in ("whitespace", "comment"):
            part.append(node)


def _named(nodes: list[Css]) -> tuple[tuple[str, ...], frozenset[str]]:
    """Return the classes and ids in a selector, and the names of its attributes."""
    names: list[str] = []
    in_attributes: list[str] = []
    attributes: set[str] = set()
    waiting = [iter(nodes)]
    before: Css = None
    while waiting:
        node = next(waiting[-1], None)
        if node is None:
            waiting.pop()
        elif node.type == "hash" or (node.type == "ident" and before == "."):
            names.append(node.value)
        elif node.type == "[] block":
            name, values = _attribute(node.content)
            attributes.add(name)
            is_naming = name in _NAMING or (name.startswith("data-") and name != COLOR_SCHEME)
            in_attributes += values if is_naming else ()
        elif node.type in ("function", "() block"):
            waiting.append(iter(node.arguments if node.type == "function" else node.content))
        before = node
    return (*names, *in_attributes), frozenset(attributes)


def _attribute(nodes: list[Css]) -> tuple[str, list[str]]:
    """Return the name and the values (more than one in a class list) of `[name=value]`.

    Values of one letter are left out: they are rarely names.
    """
    words = [node.value for node in nodes if node.type in ("ident", "string", "hash")]
    values = words[1].split() if len(words) > 1 else []
    return "".join(words[:1]).lower(), [value for value in values if len(value) > 1]


def _variables(block: Css) -> tuple[str, ...]:
    """Return the custom properties of a block; empty if it has anything else."""
    from tinycss2 import parse_blocks_contents

    content = parse_blocks_contents(block.content, skip_comments=True, skip_whitespace=True)
    names = [item.name if item.type == "declaration" else "" for item in content]
    return tuple(names) if all(name.startswith("--") for name in names) else ()


def _address(head: list[Css]) -> str:
    """Return the URL in an `@import`: a string, or the argument of `url`."""
    for node in head:
        if node.type in ("string", "url"):
            return str(node.value).strip()
        if node.type == "function" and node.lower_name == "url":
            return next((str(each.value).strip() for each in node.arguments if each.type == "string"), "")
    return ""
