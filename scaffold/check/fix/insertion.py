"""Puts a member into a JSON text, as the text is written, and changes no other character."""

import json
import re
from typing import Any

from scaffold.documents.jsondoc import Document
from scaffold.documents.node import Node

_TOKEN = re.compile(r"""\s+|//[^\n]*|/\*.*?\*/|"(?:[^"\\]|\\.)*"|[{}\[\]:,]|[^\s{}\[\]:,"/]+""", re.DOTALL)
_INDENT = "  "


def inserted(text: str, document: Document, path: tuple[str, ...], value: Any) -> str:
    """Return `text` with `value` at `path`, at the end of the innermost object that is there.

    `document` is what `text` was read to; on the way to `path` it has objects or nothing.
    """
    depth = max(count for count in range(len(path)) if document.find(*path[:count]))
    holder = document.find(*path[:depth])
    if holder is None:
        return text
    for key in reversed(path[depth + 1 :]):
        value = {key: value}
    start = _offset(text, holder)
    last, close = _ends(text, start)
    style = _Style(text, document, holder, start)
    member = style.member(path[depth], value)
    if last == start + 1:
        return text[:last] + style.before_first + member + style.after_last + text[close:]
    comma = "" if text[last - 1] == "," else ","
    return text[:last] + comma + style.between + member + text[last:]


class _Style:
    """How the members of one object are applied out."""

    def __init__(self, text: str, document: Document, holder: Node, start: int) -> None:
        newline = "\r\n" if "\r\n" in text else "\n"
        outer = _margin(text, start)
        first = next((node for _, node in holder.items()), None)
        unit = _unit(text, document)
        margin = outer + unit if "\n" in text.strip() else None
        if first:
            margin = _own_margin(text, first)
        self._unit = unit
        self._newline = "" if margin is None else newline + margin
        self.between = self._newline or " "
        self.before_first = self._newline
        self.after_last = "" if margin is None else newline + outer

    def member(self, key: str, value: Any) -> str:
        """Return the member as text."""
        indent = self._unit if self._newline else None
        shown = json.dumps(value, ensure_ascii=False, indent=indent)
        return f"{json.dumps(key, ensure_ascii=False)}: " + shown.replace("\n", self._newline)


def _offset(text: str, node: Node) -> int:
    """Return where a node starts."""
    lines = text.split("\n")
    before = sum(len(line) + 1 for line in lines[: node.line - 1])
    mark = 1 if node.line == 1 and text.startswith("\ufeff") else 0
    return before + mark + node.column - 1


def _ends(text: str, start: int) -> tuple[int, int]:
    """Return where the object at `start` ends its last member, comma included, and where its brace closes."""
    depth, last, at = 0, start, start
    while match := _TOKEN.match(text, at):
        token, at = match[0], match.end()
        if token in ("}", "]"):
            depth -= 1
            if not depth:
                return last, match.start()
        if token in ("{", "["):
            depth += 1
        if not (token.isspace() or token.startswith(("//", "/*"))):
            last = at
    return last, at


def _margin(text: str, at: int) -> str:
    """Return the blanks that the line around `at` begins with."""
    line = text[text.rfind("\n", 0, at) + 1 : at]
    return line[: len(line) - len(line.lstrip())]


def _own_margin(text: str, member: Node) -> str | None:
    """Return the blanks before a member's key; None where it does not stand on a line of its own."""
    line = text.split("\n")[member.key_line - 1][: member.key_column - 1]
    return line if not line.strip() else None


def _unit(text: str, document: Document) -> str:
    """Return the blanks of one level."""
    first = next((node for _, node in document.root.items()), None) if document.root else None
    return (_own_margin(text, first) if first else None) or _INDENT
