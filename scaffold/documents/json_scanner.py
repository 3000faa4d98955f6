"""The tokens of a JSON text written by hand: departures from JSON are recorded, and reading goes on."""

import json
import re
from typing import NoReturn

from scaffold.documents.parse_error import ParseError, Repair

MAX_ERRORS = 100
"""Maximum number of errors reported for a document; people fix the first few."""

_MAX_RECOVERED = 20
"""Syntax errors to recover from; a text with more of them was not meant as JSON."""

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


class Stop(Exception):  # noqa: N818 - ends the reading; the error is recorded
    """The rest of the text cannot be read."""


class Scanner:
    """Reads one text, token by token."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.errors: list[ParseError] = []
        self.kind = self.lexeme = ""
        """The current token: `string`, `single`, `number`, `mark`, `word`, `bad` or `end`, and its text."""
        self.begin = self.end = 0
        self.previous_end = 0
        """Where the previous token ends."""
        self.line = self.column = 1
        self._line_start = 0
        self._recovered = 0
        if text.startswith("\ufeff"):
            self.error("bom", "the file begins with a byte order mark")
            self.end = self._line_start = 1
        self.advance()

    def advance(self) -> None:
        """Go to the next token, past white space and comments."""
        self.previous_end = self.end
        while True:
            start = self.begin = self.end
            match = _TOKEN.match(self.text, start)
            self.column = start - self._line_start + 1
            if match is None:
                self.kind, self.lexeme = (
                    ("bad", self.text[start : start + 21]) if start < len(self.text) else ("end", "")
                )
                return
            self.kind, self.lexeme, self.end = str(match.lastgroup), match[0], match.end()
            if self.kind == "comment":
                self.error(
                    "comment", "comments are not allowed in JSON", repair=self._without(start, self.end)
                )
            elif self.kind != "space":
                return
            if "\n" in self.lexeme:
                self.line += self.lexeme.count("\n")
                self._line_start = start + self.lexeme.rindex("\n") + 1

    @property
    def shown(self) -> str:
        """The current token, for a message."""
        if self.kind == "end":
            return "the end of the file"
        return f"`{self.lexeme[:20]}{'...' if len(self.lexeme) > 20 else ''}`"

    def error(
        self,
        kind: str,
        message: str,
        place: tuple[int, int] | None = None,
        repair: Repair | None = None,
        subject: str = "",
    ) -> None:
        """Record a departure from JSON, at the current token unless another place is given."""
        if len(self.errors) < MAX_ERRORS:
            line, column = place or (self.line, self.column)
            self.errors.append(ParseError(line, column, message, kind, subject, repair))

    def stop(self, message: str, kind: str = "syntax") -> NoReturn:
        """Record an error that cannot be recovered from, and stop. Raises Stop."""
        del self.errors[MAX_ERRORS - 1 :]
        self.error(kind, message)
        raise Stop

    def recover(self, message: str, repair: Repair) -> None:
        """Record a syntax error after which reading goes on."""
        self._recovered += 1
        if self._recovered > _MAX_RECOVERED:
            self.stop(message)
        self.error("syntax", message, repair=repair)

    def instead(self, text: str) -> Repair:
        """Return the repair that replaces the current token."""
        return Repair(self.begin, self.end, text)

    def _without(self, start: int, end: int) -> Repair:
        """Return the repair that removes a comment and the white space before it, or the whole line."""
        before = self.text[self._line_start : start]
        end -= self.text.endswith("\r", start, end)
        line_end = self.text.find("\n", end)
        line_end = len(self.text) if line_end < 0 else line_end + 1
        if self.text[end:line_end].strip():
            return Repair(start, end, "")
        if not before.strip():
            return Repair(self._line_start, line_end, "")
        return Repair(start - len(before) + len(before.rstrip()), end, "")

    def inserted(self, text: str) -> Repair:
        """Return the repair that inserts a mark after the previous token."""
        return Repair(self.previous_end, self.previous_end, text)

    def complaint(self, expected: str) -> str:
        """Return a message about the current token, if `expected` should be here."""
        if self.lexeme.startswith('"'):
            return "a string that does not end on its line"
        if self.lexeme.startswith("'"):
            return "a string in single quotes; JSON requires double quotes"
        return f"expected {expected}, found {self.shown}"

    def string(self) -> str:
        """Return the text of the current string token, and go past it."""
        text = self.lexeme[1:-1]
        if self.kind == "single":
            text = _SINGLE.sub(_double, text)
            self.recover(self.complaint(""), self.instead(f'"{text}"'))
        if not text.isprintable() and (control := re.search(_CONTROL, text)):
            escaped = re.sub(_CONTROL, lambda found: json.dumps(found[0])[1:-1], text)
            message = f"a raw character 0x{ord(control[0]):02x}"
            self.error("control-character", message, self._inside(control), self.instead(f'"{escaped}"'))
        if "\\" in text:
            text = self._unescaped(text)
        if not text.isprintable() and (lone := re.search(_SURROGATE, text)):
            self.error("surrogate", f"`\\u{ord(lone[0]):04x}` is half a character")
            text = re.sub(_SURROGATE, "\ufffd", text)
        self.advance()
        return text

    def _unescaped(self, text: str) -> str:
        """Return the text of a string without escapes, and record invalid ones."""
        bad = [escape for escape in _ESCAPE.finditer(text) if not _GOOD_ESCAPE.fullmatch(escape[0])]
        for escape in bad:
            self.error("escape", f"`{escape[0]}` is not a valid escape in JSON", self._inside(escape))
        text = _ESCAPE.sub(_fixed_escape, text) if bad else text
        return str(json.loads(f'"{text}"', strict=False))

    def _inside(self, found: re.Match[str]) -> tuple[int, int]:
        """Return line and column of a match in the current string token."""
        return self.line, self.column + 1 + found.start()


def _fixed_escape(escape: re.Match[str]) -> str:
    """Return a valid escape; the backslash of an invalid one counts as a character."""
    return escape[0] if _GOOD_ESCAPE.fullmatch(escape[0]) else "\\" + escape[0]


def _double(found: re.Match[str]) -> str:
    """Return a piece of a text in single quotes as it is written in double quotes."""
    return {"\\'": "'", '"': '\\"'}.get(found[0], found[0])
