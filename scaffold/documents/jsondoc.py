"""JSON as people write it: every value with its place, every fault reported, reading on where it can."""

import contextlib
import json
import re
from typing import Any, NamedTuple, NoReturn

from scaffold.documents.node import Node

MAX_DEPTH = 200
"""Levels of nesting; a manifest has 6. Keeps the reader far from Python's own limit of 1000 frames."""

MAX_FAULTS = 100
"""Faults reported of one document; the first few are the ones that people fix."""

MAX_DIGITS = 300
"""Digits of a whole number kept exactly; a longer one is read as a float."""

_MAX_RECOVERED = 20
"""Syntax errors that are read over; a text with more of them is none that was meant as JSON."""

_ENOUGH_MEMBERS = 2
"""Of the outermost object, before a text that lacks its last brace is taken for whole."""

_TOKEN = re.compile(
    r"""(?P<space>[ \t\r\n]++)
      | (?P<string>"(?:[^"\\\n]++|\\[^\n])*+")
      | (?P<single>'(?:[^'\\\n]++|\\[^\n])*+')
      | (?P<number>-?+(?:0|[1-9][0-9]*+)(?:\.[0-9]++)?+(?:[eE][+-]?+[0-9]++)?+(?![\w.]))
      | (?P<mark>[][{},:])
      | (?P<word>-?+[^\W\d][\w$]*+)
      | (?P<comment>//[^\n]*+|/\*(?:[^*]++|\*(?!/))*+\*/)""",
    re.VERBOSE,
)
_CONTROL = r"[\x00-\x1f]"
_SURROGATE = r"[\ud800-\udfff]"
_ESCAPE = re.compile(r"\\(?:u[0-9a-fA-F]{4}|.)", re.DOTALL)
_GOOD_ESCAPE = re.compile(r'\\(?:u[0-9a-fA-F]{4}|["\\/bfnrt])')
_SINGLE = re.compile(r"""\\'|\\.|\"""")
_WORDS_OF_OTHERS: dict[str, bool | None] = {
    "True": True, "False": False, "None": None, "TRUE": True, "FALSE": False, "NULL": None,
    "undefined": None,
}  # fmt: skip
"""How other languages write what JSON has."""
_WORDS: dict[str, bool | float | None] = {"true": True, "false": False, "null": None}
_NUMBERS_OF_JS: dict[str, float] = {
    "NaN": float("nan"),
    "Infinity": float("inf"),
    "-Infinity": float("-inf"),
}


class Repair(NamedTuple):
    """What makes a departure from JSON what it was read as."""

    start: int
    """Where the text to exchange starts, in characters of the document."""
    end: int
    text: str
    """What takes its place."""


class Fault(NamedTuple):
    """One departure from JSON."""

    kind: str
    """`bom`, `encoding`, `comment`, `trailing-comma`, `duplicate-key`, `control-character`, `escape`,
    `surrogate`, `nan`, `depth` or `syntax`."""
    line: int
    """1-based."""
    column: int
    """1-based, in characters."""
    message: str
    """What is wrong, one line."""
    repair: Repair | None = None
    """None where somebody must decide."""


class Document(NamedTuple):
    """What could be read of one document."""

    root: Node | None
    """None where nothing could be read."""
    faults: tuple[Fault, ...] = ()
    complete: bool = False
    """Whether every value was read, so that what is not there is really missing."""

    def find(self, *path: str | int) -> Node | None:
        """Return the node at `path` (keys and indexes from the root), or None where there is none."""
        return self.root.find(*path) if self.root else None


class _Stop(Exception):  # noqa: N818 - ends the reading; the fault is reported already
    pass


def parse(text: str) -> Document:
    """Read `text` as JSON; never raises.

    Comments, trailing commas, doubled keys (the last one wins) and the like are faults and reading goes on.
    So it does after a syntax error that leaves no doubt what was meant: a comma, a colon or the last brace
    missing, a comma too many, single quotes. Any other ends it, and the document holds what was read until
    then.
    """
    reader = _Reader(text)
    with contextlib.suppress(_Stop):
        reader.document()
    return Document(reader.root, tuple(reader.faults), reader.complete)


def parse_bytes(data: bytes) -> Document:
    """Read a file; bytes that are not UTF-8 are a fault, and what else is in the file is read."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return Document(None, (Fault("syntax", 1, 1, "the file is UTF-16, not UTF-8"),))
    try:
        return parse(data.decode())
    except UnicodeDecodeError as error:
        before = data[: error.start].decode()
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        fault = Fault("encoding", line, column, f"byte 0x{data[error.start]:02x} is not UTF-8")
    document = parse(data.decode(errors="replace"))
    return document._replace(faults=(fault, *document.faults))


def pointer(*path: str | int) -> str:
    """Return the JSON pointer (RFC 6901) of `path`: `/widget/name`."""
    return "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in path)


def steps(pointer: str) -> tuple[str, ...]:
    """Return the path that a JSON pointer names; indexes as texts."""
    return tuple(step.replace("~1", "/").replace("~0", "~") for step in pointer.split("/")[1:])


class _Reader:
    """Reads one document, a token at a time; a container hangs in the tree before its members are read."""

    def __init__(self, text: str) -> None:
        self.faults: list[Fault] = []
        self.root: Node | None = None
        self.complete = False
        self._text = text
        self._recovered = 0
        self._begin = self._end = 0
        self._behind = 0
        """Where the token before this one ends."""
        self._closed = 0
        """Where the container that was read last ends."""
        self._line, self._line_start = 1, 0
        self._kind = self._lexeme = ""
        self._column = 1
        if text.startswith("\ufeff"):
            self._fault("bom", "the file begins with a byte order mark")
            self._end = self._line_start = 1
        self._advance()

    def document(self) -> None:
        """Read the whole text into `root`."""
        if self._kind == "end":
            self._stop("the file is empty")
        self.root = self._start()
        self._fill(self.root, 1)
        self.complete = True
        if self._kind != "end":
            self._stop(f"{self._shown} after the end of the document")

    @property
    def _shown(self) -> str:
        if self._kind == "end":
            return "the end of the file"
        return f"`{self._lexeme[:20]}{'...' if len(self._lexeme) > 20 else ''}`"

    def _fault(
        self, kind: str, message: str, place: tuple[int, int] | None = None, repair: Repair | None = None
    ) -> None:
        if len(self.faults) < MAX_FAULTS:
            self.faults.append(Fault(kind, *(place or (self._line, self._column)), message, repair))

    def _stop(self, message: str, kind: str = "syntax") -> NoReturn:
        del self.faults[MAX_FAULTS - 1 :]
        self._fault(kind, message)
        raise _Stop

    def _recover(self, message: str, repair: Repair) -> None:
        """Note a syntax error that reading goes on after."""
        self._recovered += 1
        if self._recovered > _MAX_RECOVERED:
            self._stop(message)
        self._fault("syntax", message, repair=repair)

    def _instead(self, text: str) -> Repair:
        """Return the repair that exchanges the token here."""
        return Repair(self._begin, self._end, text)

    def _advance(self) -> None:
        """Step to the next token, over blanks and comments."""
        self._behind = self._end
        while True:
            start = self._begin = self._end
            match = _TOKEN.match(self._text, start)
            self._column = start - self._line_start + 1
            if match is None:
                self._kind, self._lexeme = (
                    ("bad", self._text[start : start + 21]) if start < len(self._text) else ("end", "")
                )
                return
            self._kind, self._lexeme, self._end = str(match.lastgroup), match[0], match.end()
            if self._kind == "comment":
                self._fault("comment", "a comment; JSON has none")
            elif self._kind != "space":
                return
            if "\n" in self._lexeme:
                self._line += self._lexeme.count("\n")
                self._line_start = start + self._lexeme.rindex("\n") + 1

    def _start(self) -> Node:
        """Return the value that begins here; the members of an object or array are yet to be read."""
        line, column, lexeme, start, end = self._line, self._column, self._lexeme, self._begin, self._end
        value: Any
        if self._kind in ("string", "single"):
            value = self._string()
            return Node(value, line, column, start=start, end=end)
        if self._kind == "number":
            value = _number(lexeme)
        elif lexeme in _WORDS:
            value = _WORDS[lexeme]
        elif lexeme in _NUMBERS_OF_JS:
            value = _NUMBERS_OF_JS[lexeme]
            self._fault("nan", f"`{lexeme}` is not a number of JSON")
        elif self._kind == "mark" and lexeme in "{[":
            value = {} if lexeme == "{" else []
        elif lexeme in _WORDS_OF_OTHERS:
            value = _WORDS_OF_OTHERS[lexeme]
            self._recover(self._complaint("a value"), self._instead(json.dumps(value)))
        else:
            self._stop(self._complaint("a value"))
        self._advance()
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
        while self._more("}", depth):
            place, begin, key = (self._line, self._column), self._begin, self._key()
            if key in members:
                first = members[key].key_line
                self._fault("duplicate-key", f"`{key}` is there already, in line {first}", place)
            if self._lexeme != ":" and self._begins_value():
                self._recover(f"expected `:`, found {self._shown}", self._inserted(":"))
            else:
                self._expect(":")
            child = members[key] = self._start()
            child.key_line, child.key_column = place
            child.key_start = begin
            self._fill(child, depth + 1)
            self._separate("}", depth)

    def _key(self) -> str:
        """Return the key here and step over it."""
        if self._kind in ("string", "single"):
            return self._string()
        complaint = self._complaint("a key in double quotes")
        if self._kind != "word":
            self._stop(complaint)
        key = self._lexeme
        self._recover(complaint, self._instead(json.dumps(key, ensure_ascii=False)))
        self._advance()
        return key

    def _elements(self, elements: list[Node], depth: int) -> None:
        while self._more("]", depth):
            child = self._start()
            elements.append(child)
            self._fill(child, depth + 1)
            self._separate("]", depth)

    def _more(self, close: str, depth: int) -> bool:
        """Return whether a member follows; steps over the closing mark where none does."""
        while self._lexeme == ",":
            wanted = "a key in double quotes" if close == "}" else "a value"
            self._recover(self._complaint(wanted), self._instead(""))
            self._advance()
        if self._lexeme == close:
            self._closed = self._end
            self._advance()
            return False
        if depth == 1 and self._is_nearly_whole():
            # Where more than the outermost brace is missing, the end of the file is missing with it.
            broken = "\n" if "\n" in self._text[: self._behind] else ""
            repair = self._inserted(broken + close)
            if self._text.endswith(",", 0, self._behind):
                repair = repair._replace(start=self._behind - 1)
            self._recover(f"expected `{close}`, found the end of the file", repair)
            self._closed = self._end
            return False
        if depth > MAX_DEPTH:
            self._stop(f"nested deeper than {MAX_DEPTH} levels", "depth")
        return True

    def _inserted(self, text: str) -> Repair:
        """Return the repair that puts a mark behind the token before this one."""
        return Repair(self._behind, self._behind, text)

    def _is_nearly_whole(self) -> bool:
        """Return whether the text ends where its last brace should stand, with enough before that."""
        members = self.root.value if self.root else None
        return self._kind == "end" and isinstance(members, dict | list) and len(members) >= _ENOUGH_MEMBERS

    def _begins_value(self) -> bool:
        return self._kind in ("string", "single", "number", "word") or self._lexeme in ("{", "[")

    def _separate(self, close: str, depth: int) -> None:
        """Step over the comma after a member; a comma before the closing mark is a fault."""
        if self._lexeme == ",":
            comma, repair = (self._line, self._column), self._instead("")
            self._advance()
            if self._lexeme == close:
                self._fault("trailing-comma", f"a comma before `{close}`", comma, repair)
        elif self._lexeme != close and not (depth == 1 and self._is_nearly_whole()):
            message = f"expected `,` or `{close}`, found {self._shown}"
            is_next = self._kind in ("string", "single") if close == "}" else self._begins_value()
            if not is_next:
                self._stop(message)
            self._recover(message, self._inserted(","))

    def _expect(self, mark: str) -> None:
        if self._lexeme != mark:
            self._stop(f"expected `{mark}`, found {self._shown}")
        self._advance()

    def _complaint(self, wanted: str) -> str:
        if self._lexeme.startswith('"'):
            return "a text that does not end on its line"
        if self._lexeme.startswith("'"):
            return "a text in single quotes; JSON wants double ones"
        return f"expected {wanted}, found {self._shown}"

    def _string(self) -> str:
        """Return the text of the string token here, and step over it."""
        lexeme = self._lexeme
        text = lexeme[1:-1]
        if self._kind == "single":
            text = _SINGLE.sub(_double, text)
            self._recover(self._complaint(""), self._instead(f'"{text}"'))
        if not text.isprintable() and (control := re.search(_CONTROL, text)):
            escaped = re.sub(_CONTROL, lambda found: json.dumps(found[0])[1:-1], text)
            self._fault(
                "control-character",
                f"a raw character 0x{ord(control[0]):02x}",
                (self._line, self._column + 1 + control.start()),
                self._instead(f'"{escaped}"') if self._kind == "string" and "\\" not in text else None,
            )
        if "\\" in text:
            bad = [escape for escape in _ESCAPE.finditer(text) if not _GOOD_ESCAPE.fullmatch(escape[0])]
            for escape in bad:
                self._fault(
                    "escape",
                    f"`{escape[0]}` is not an escape of JSON",
                    (self._line, self._column + 1 + escape.start()),
                )
            text = _ESCAPE.sub(_fixed_escape, text) if bad else text
            text = str(json.loads(f'"{text}"', strict=False))
        if not text.isprintable() and (lone := re.search(_SURROGATE, text)):
            self._fault("surrogate", f"`\\u{ord(lone[0]):04x}` is half a character")
            text = re.sub(_SURROGATE, "\ufffd", text)
        self._advance()
        return text


def _fixed_escape(escape: re.Match[str]) -> str:
    """Return an escape as JSON has it; the backslash of a bad one stands for itself."""
    return escape[0] if _GOOD_ESCAPE.fullmatch(escape[0]) else "\\" + escape[0]


def _double(found: re.Match[str]) -> str:
    """Return a piece of a text in single quotes as it stands in double ones."""
    return {"\\'": "'", '"': '\\"'}.get(found[0], found[0])


def _number(lexeme: str) -> int | float:
    if lexeme.lstrip("-").isdigit() and len(lexeme) <= MAX_DIGITS:
        return int(lexeme)
    return float(lexeme)
