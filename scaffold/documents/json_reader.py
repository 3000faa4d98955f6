"""Builds the nodes of a JSON text written by hand, and goes on after most errors."""

import json
from typing import Any

from scaffold.documents.json_scanner import Scanner
from scaffold.documents.node import Node
from scaffold.documents.parse_error import Repair

MAX_DEPTH = 200
"""Levels of nesting; a manifest has 6. Far below Python's own limit of 1000 frames."""

MAX_DIGITS = 300
"""Digits of an integer that is kept exactly; a longer one is read as a float."""

_ENOUGH_MEMBERS = 2
"""Members that a text must have before only its last brace counts as missing."""

_WORDS_OF_OTHERS: dict[str, bool | None] = {
    "True": True, "False": False, "None": None, "TRUE": True, "FALSE": False, "NULL": None,
    "undefined": None,
}  # fmt: skip
"""How other languages write the words of JSON."""
_WORDS: dict[str, bool | float | None] = {"true": True, "false": False, "null": None}
_NUMBERS_OF_JS: dict[str, float] = {
    "NaN": float("nan"),
    "Infinity": float("inf"),
    "-Infinity": float("-inf"),
}


class Reader(Scanner):
    """Reads one document; a container is in the tree before its members are read."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.root: Node | None = None
        self.complete = False
        self._closed = 0
        """Where the last complete container ends."""

    def document(self) -> None:
        """Read the whole text into `root`."""
        if self.kind == "end":
            self.stop("the file is empty")
        self.root = self._start()
        self._fill(self.root, 1)
        self.complete = True
        if self.kind != "end":
            self.stop(f"{self.shown} after the end of the document")

    def _start(self) -> Node:
        """Return the value that starts here; an object or array is still empty."""
        line, column, lexeme, start, end = self.line, self.column, self.lexeme, self.begin, self.end
        value: Any
        if self.kind in ("string", "single"):
            value = self.string()
            return Node(value, line, column, start=start, end=end)
        if self.kind == "number":
            value = _number(lexeme)
        elif lexeme in _WORDS:
            value = _WORDS[lexeme]
        elif lexeme in _NUMBERS_OF_JS:
            value = _NUMBERS_OF_JS[lexeme]
            self.error("nan", f"`{lexeme}` is not a number in JSON")
        elif self.kind == "mark" and lexeme in "{[":
            value = {} if lexeme == "{" else []
        elif lexeme in _WORDS_OF_OTHERS:
            value = _WORDS_OF_OTHERS[lexeme]
            self.recover(self.complaint("a value"), self.instead(json.dumps(value)))
        else:
            self.stop(self.complaint("a value"))
        self.advance()
        return Node(value, line, column, start=start, end=end)

    def _fill(self, node: Node, depth: int) -> None:
        if isinstance(node.value, dict):
            self._members(node.value, depth)
        elif isinstance(node.value, list):
            self._elements(node.value, depth)
        else:
            return
        node.end = self._closed

    def _members(self, members: dict[str, Node], depth: int) -> None:
        last: Node | None = None
        while self._more("}", depth):
            place, begin, key = (self.line, self.column), self.begin, self._key()
            first, noted = members.get(key), len(self.errors)
            if first:
                message = f"duplicate key `{key}`, first used in line {first.key_line}"
                self.error("duplicate-key", message, place, subject=key)
            if self.lexeme != ":" and self._begins_value():
                self.recover(f"expected `:`, found {self.shown}", self.inserted(":"))
            else:
                self._expect(":")
            child = members[key] = self._start()
            child.key_line, child.key_column = place
            child.key_start = begin
            self._fill(child, depth + 1)
            if first and last and noted < len(self.errors) and repr(first.plain()) == repr(child.plain()):
                repair = Repair(last.end, child.end, "")
                self.errors[noted] = self.errors[noted]._replace(repair=repair)
            last = child
            self._separate("}", depth)

    def _key(self) -> str:
        """Return the current key and go past it."""
        if self.kind in ("string", "single"):
            return self.string()
        complaint = self.complaint("a key in double quotes")
        if self.kind != "word":
            self.stop(complaint)
        key = self.lexeme
        self.recover(complaint, self.instead(json.dumps(key, ensure_ascii=False)))
        self.advance()
        return key

    def _elements(self, elements: list[Node], depth: int) -> None:
        while self._more("]", depth):
            child = self._start()
            elements.append(child)
            self._fill(child, depth + 1)
            self._separate("]", depth)

    def _more(self, close: str, depth: int) -> bool:
        """Return whether a member follows; if not, go past the closing mark."""
        while self.lexeme == ",":
            expected = "a key in double quotes" if close == "}" else "a value"
            self.recover(self.complaint(expected), self.instead(""))
            self.advance()
        if self.lexeme == close:
            self._closed = self.end
            self.advance()
            return False
        if depth == 1 and self._is_nearly_whole():
            # If more than the outermost brace is missing, so is an unknown part of the file.
            broken = "\n" if "\n" in self.text[: self.previous_end] else ""
            repair = self.inserted(broken + close)
            if self.text.endswith(",", 0, self.previous_end):
                repair = repair._replace(start=self.previous_end - 1)
            self.recover(f"expected `{close}`, found the end of the file", repair)
            self._closed = self.end
            return False
        if depth > MAX_DEPTH:
            self.stop(f"nested deeper than {MAX_DEPTH} levels", "depth")
        return True

    def _is_nearly_whole(self) -> bool:
        """Return whether only the last brace is missing, after enough members."""
        members = self.root.value if self.root else None
        return self.kind == "end" and isinstance(members, dict | list) and len(members) >= _ENOUGH_MEMBERS

    def _begins_value(self) -> bool:
        return self.kind in ("string", "single", "number", "word") or self.lexeme in ("{", "[")

    def _separate(self, close: str, depth: int) -> None:
        """Go past the comma after a member; a comma before the closing mark is an error."""
        if self.lexeme == ",":
            comma, repair = (self.line, self.column), self.instead("")
            self.advance()
            if self.lexeme == close:
                self.error("trailing-comma", f"trailing comma before `{close}`", comma, repair)
        elif self.lexeme != close and not (depth == 1 and self._is_nearly_whole()):
            message = f"expected `,` or `{close}`, found {self.shown}"
            is_next = self.kind in ("string", "single") if close == "}" else self._begins_value()
            if not is_next:
                self.stop(message)
            self.recover(message, self.inserted(","))

    def _expect(self, mark: str) -> None:
        if self.lexeme != mark:
            self.stop(f"expected `{mark}`, found {self.shown}")
        self.advance()


def _number(lexeme: str) -> int | float:
    if lexeme.lstrip("-").isdigit() and len(lexeme) <= MAX_DIGITS:
        return int(lexeme)
    return float(lexeme)
