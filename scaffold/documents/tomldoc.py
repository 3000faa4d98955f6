"""TOML as nodes: the values come from tomllib, the positions from tree-sitter."""

import re
import tomllib
from bisect import bisect_right
from itertools import accumulate
from typing import Any

import tree_sitter_toml
from tree_sitter import Language, Parser
from tree_sitter import Node as Syntax

from scaffold.documents.node import Node
from scaffold.documents.parse_error import DocumentError

_PLACE = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)\Z")
_DEEP_KEY = re.compile(
    r"""(?:^|[\[{,])[ \t]*+((?:(?:[\w-]++|"[^"\n]*+"|'[^'\n]*+')[ \t]*+\.[ \t]*+){50})""", re.MULTILINE
)
"""A dotted key of so many parts that tomllib would take minutes."""
_MAX_BITS = 1000
"""Size of an integer that is kept exactly; only hexadecimal and the like can exceed it."""
_Path = tuple[str | int, ...]


def parse(text: str) -> Node:
    """Parse `text`. Raises DocumentError."""
    if deep := _DEEP_KEY.search(text):
        line = text.count("\n", 0, deep.start(1)) + 1
        raise DocumentError(
            line, deep.start(1) - text.rfind("\n", 0, deep.start(1)), "a key with too many parts"
        )
    try:
        values = tomllib.loads(text)
        places = _Places(text.split("\n"))
        places.table(Parser(Language(tree_sitter_toml.language())).parse(text.encode()).root_node, ())
        return places.node(values, ())
    except tomllib.TOMLDecodeError as error:
        raise _fault(str(error), text) from error
    except RecursionError as error:
        raise DocumentError(1, 1, "nested too deep") from error
    except ValueError as error:  # Python's limit on digits
        raise DocumentError(1, 1, "not valid TOML: a number with too many digits") from error


def _fault(message: str, text: str) -> DocumentError:
    match = _PLACE.search(message)
    if match is None:
        return DocumentError(1, 1, f"not valid TOML: {message.lower()}")
    problem = message[: match.start()].lower()
    if match[1]:
        return DocumentError(int(match[1]), int(match[2]), f"not valid TOML: {problem}")
    line = text.count("\n") + 1
    return DocumentError(line, len(text) - text.rfind("\n"), f"not valid TOML: {problem} at the end")


class _Places:
    """Where each value and its key start."""

    def __init__(self, lines: list[str]) -> None:
        self.lines = lines
        self.values: dict[_Path, Syntax] = {}
        self.keys: dict[_Path, Syntax] = {}
        self._lengths: dict[_Path, int] = {}
        self._offsets: dict[int, list[int]] = {}
        """Row -> the byte at which each character of the line starts."""

    def table(self, syntax: Syntax, path: _Path) -> None:
        """Record the members of a document, a table or an inline table."""
        for child in syntax.named_children:
            if child.type == "pair":
                key, value = child.named_children[0], child.named_children[-1]
                self._value(value, self._key(key, path, value))
            elif child.type == "table":
                self.table(child, self._key(child.named_children[0], (), child))
            elif child.type == "table_array_element":
                self.table(child, self._element(child))

    def _element(self, syntax: Syntax) -> _Path:
        """Record another element of an array of tables and return its path."""
        array = self._key(syntax.named_children[0], (), syntax)
        index = self._lengths.get(array, 0)
        self._lengths[array] = index + 1
        self.values[*array, index] = syntax
        return (*array, index)

    def _key(self, key: Syntax, path: _Path, value: Syntax) -> _Path:
        """Record a key, each part of a dotted one, and return the path of its value."""
        for part in _parts(key):
            path = (*path, _name(part))
            self.keys.setdefault(path, part)
            self.values.setdefault(path, value)
        return path

    def _value(self, syntax: Syntax, path: _Path) -> None:
        self.values[path] = syntax
        if syntax.type == "inline_table":
            self.table(syntax, path)
        elif syntax.type == "array":
            items = [item for item in syntax.named_children if item.type != "comment"]
            for index, item in enumerate(items):
                self._value(item, (*path, index))

    def node(self, value: Any, path: _Path) -> Node:
        """Return a value of tomllib as a node; types that JSON lacks, such as dates, become text.

        A table inside an array of tables has the position of the nearest value around it.
        """
        line, column = self._place(self.values, path)
        key_line, key_column = self._place(self.keys, path)
        held: Any = value
        if isinstance(value, dict):
            held = {key: self.node(member, (*path, key)) for key, member in value.items()}
        elif isinstance(value, list):
            held = [self.node(item, (*path, index)) for index, item in enumerate(value)]
        elif isinstance(value, int) and value.bit_length() > _MAX_BITS:
            held = float("inf")
        elif not isinstance(value, str | int | float):
            held = str(value)
        return Node(held, line, column, key_line, key_column)

    def _place(self, places: dict[_Path, Syntax], path: _Path) -> tuple[int, int]:
        """Return line and column, 1-based, in characters; tree-sitter counts bytes."""
        while path and path not in places:
            path = path[:-1]
        if not path:
            return 1, 1
        row, offset = places[path].start_point
        if self.lines[row].isascii():
            return row + 1, offset + 1
        if row not in self._offsets:
            # Once for each line: a line may contain the whole document.
            self._offsets[row] = [0, *accumulate(len(char.encode()) for char in self.lines[row])]
        return row + 1, bisect_right(self._offsets[row], offset)


def _parts(key: Syntax) -> list[Syntax]:
    if key.type != "dotted_key":
        return [key]
    return [part for child in key.named_children for part in _parts(child)]


def _name(key: Syntax) -> str:
    text = (key.text or b"").decode()
    return text if key.type == "bare_key" else str(next(iter(tomllib.loads(f"{text}=0"))))
