"""YAML 1.2 as nodes with positions; PyYAML only splits the text into events.

Values follow the core schema, <https://yaml.org/spec/1.2.2/#103-core-schema>: `no`, `on`, dates and `1_000`
are text. Depth, size and aliases are limited while the nodes are built.
"""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple, NoReturn

import yaml

from scaffold.documents.node import Node
from scaffold.documents.parse_error import DocumentError

MAX_DEPTH = 50
"""Levels of nesting; the deepest answer has seven."""

MAX_NODES = 100_000
"""Values in one document; those behind an alias count each time."""

_MAX_DIGITS = 300
_REFUSED = r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufeff\ufffe\uffff]"
_TEXT_TAG = "tag:yaml.org,2002:str"
_WORDS = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_INTEGER = re.compile(r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT = re.compile(
    r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)"
)
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def parse(text: str) -> Node | None:
    """Parse `text`; return None if it has no document. Raises DocumentError."""
    is_plain = text.replace("\n", "").isprintable()  # compiling the pattern is slow and rarely needed
    if not is_plain and (refused := re.search(_REFUSED, text)):
        before = text[: refused.start()]
        place = before.count("\n") + 1, len(before) - before.rfind("\n")
        raise DocumentError(*place, f"YAML does not allow the character U+{ord(refused[0]):04X} here")
    try:
        return _compose(text)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line, mark.column) if mark else (0, 0)
        raise DocumentError(line + 1, column + 1, _explain(error, text, line, column)) from error


_ESCAPE = r"a `\` in double quotes starts an escape: use single quotes, or `/` in a path"
_NOT_CLOSED = "a bracket{since} is not closed, or a comma is missing"
_AFTER_QUOTE = "there is text after the closing quote: use the other kind of quotes"
_HINTS = (
    ("hexdecimal number", _ESCAPE),
    ("unknown escape", _ESCAPE),
    ("mapping values", "a colon followed by a space makes a key: quote the text"),
    ("',' or", _NOT_CLOSED),
    ("expected key", "the indentation of this line does not match the lines around it"),
    ("end of stream", "a quote{since} is not closed"),
    ("start any token", "a text cannot start with `{letter}`: quote it"),
    ("'-' indicator", "a key cannot be among the items of a list, which start with `-`"),
    ("sequence entries", "start the list on a line of its own, or write [a, b]"),
)
"""Words in a message of LibYAML -> our own message."""


def parse_flow(text: str) -> Any:
    """Return the plain value of a YAML value on one line. Raises ValueError with a phrase as message."""
    try:
        node = parse(text)
    except DocumentError as error:
        raise ValueError(f"must be a value in YAML's flow form: {error.message}") from error
    return None if node is None else node.plain()


def _compose(text: str) -> Node | None:
    """Return the document. LibYAML reads ahead and has its own limit on nesting; ours has priority."""
    try:
        return _Composer(yaml.parse(text, Loader=_LOADER)).document()
    except yaml.MarkedYAMLError as error:
        if "nesting" not in f"{error.context} {error.problem}":
            raise
        return _Composer(yaml.parse(text, Loader=yaml.SafeLoader)).document()


def _explain(error: yaml.MarkedYAMLError, text: str, line: int, column: int) -> str:
    lines = text.split("\n")
    there = lines[line] if line < len(lines) else ""
    if there[column : column + 1] == "\t":
        return "YAML does not allow a tab here: use spaces"
    problem = error.problem or error.context or ""
    if "expected key" in problem and there[:column].rstrip().endswith(("'", '"')):
        return f"not valid YAML: {_AFTER_QUOTE}"
    message = next((hint for words, hint in _HINTS if words in problem), problem)
    opened = error.context_mark.line if error.context_mark else line
    since = f" from line {opened + 1}" if opened != line and "\n" in text.rstrip("\n") else ""
    return f"not valid YAML: {message.format(since=since, letter=there[column : column + 1])}"


class _Anchored(NamedTuple):
    """The value of an anchor."""

    node: Node | None
    """None while it is being read: an alias inside would make it contain itself."""
    size: int


class _Composer:
    """Builds the nodes of one document from its events."""

    def __init__(self, events: Iterator[Any]) -> None:
        self.events = events
        self.anchors: dict[str, _Anchored] = {}
        self.size = 0

    def document(self) -> Node | None:
        """Return the root of the only document; None for an empty stream."""
        root: Node | None = None
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent):
                if root is not None:
                    _stop(event, "a second YAML document: only one is allowed")
                root = self._node(next(self.events), 0)
        return root

    def _node(self, event: Any, depth: int) -> Node:
        if isinstance(event, yaml.AliasEvent):
            return self._alias(event)
        if depth > MAX_DEPTH:
            _stop(event, f"nested deeper than {MAX_DEPTH} levels")
        before = self.size
        self._count(event, 1)
        if event.anchor:
            self.anchors[event.anchor] = _Anchored(None, 0)
        line, column = _place(event)
        if event.tag not in (None, "!", _TEXT_TAG):
            _stop(event, f"the tag `{event.tag[:60]}` is not allowed: only plain data is")
        if isinstance(event, yaml.ScalarEvent):
            node = Node(
                _scalar(event), line, column, start=_offset(event.start_mark), end=_offset(event.end_mark)
            )
        elif isinstance(event, yaml.SequenceStartEvent):
            node = Node(self._sequence(depth), line, column)
        else:
            node = Node(self._mapping(depth), line, column)
        if event.anchor:
            self.anchors[event.anchor] = _Anchored(node, self.size - before)
        return node

    def _alias(self, event: Any) -> Node:
        anchored = self.anchors.get(event.anchor)
        if anchored is None:
            _stop(event, f"the alias `*{event.anchor}` refers to no anchor above it")
        if anchored.node is None:
            _stop(event, f"the alias `*{event.anchor}` is part of what it refers to")
        self._count(event, anchored.size)
        line, column = _place(event)
        return Node(
            anchored.node.value, line, column, start=_offset(event.start_mark), end=_offset(event.end_mark)
        )

    def _count(self, event: Any, more: int) -> None:
        self.size += more
        if self.size > MAX_NODES:
            _stop(event, f"more than {MAX_NODES} values, counting those behind aliases")

    def _sequence(self, depth: int) -> list[Node]:
        items = []
        for event in self.events:
            if isinstance(event, yaml.SequenceEndEvent):
                break
            items.append(self._node(event, depth + 1))
        return items

    def _mapping(self, depth: int) -> dict[str, Node]:
        members: dict[str, Node] = {}
        for event in self.events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            if not isinstance(event, yaml.ScalarEvent):
                _stop(event, "a key must be plain text")
            if event.value == "<<" and event.implicit[0]:
                _stop(event, "merge keys (`<<`) are not part of YAML 1.2: write the keys out")
            if event.value in members:
                first = members[event.value].key_line
                _stop(event, f"duplicate key `{event.value[:60]}`, first used in line {first}")
            node = self._node(next(self.events), depth + 1)
            node.key_line, node.key_column = _place(event)
            members[event.value] = node
        return members


def _stop(event: Any, message: str) -> NoReturn:
    raise DocumentError(*_place(event), message)


def _offset(mark: Any) -> int:
    return int(mark.index)


def _place(event: Any) -> tuple[int, int]:
    """Return line and column, 1-based, in characters."""
    return event.start_mark.line + 1, event.start_mark.column + 1


def _scalar(event: Any) -> str | int | float | bool | None:
    """Return the value of a scalar; only a plain one can be something else than text."""
    text = str(event.value)
    if not event.implicit[0] or event.tag == _TEXT_TAG:
        return text
    if text in _WORDS:
        return _WORDS[text]
    if len(text) <= _MAX_DIGITS and _INTEGER.fullmatch(text):
        return int(text, 8 if text.startswith("0o") else 16 if text.startswith("0x") else 10)
    if _FLOAT.fullmatch(text):
        return float(text.replace(".inf", "inf").replace(".nan", "nan").replace(".Inf", "inf").lower())
    return text
