"""The tokens of a JSON text, as people write it: with each departure from JSON noted, and read over."""

import json
import re
from typing import NoReturn

from scaffold.documents.parse_error import ParseError, Repair

MAX_ERRORS = 100
"""Errors reported of one document; the first few are the ones that people fix."""

_MAX_RECOVERED = 20
"""Syntax errors that are read over; a text with more of them is none that was meant as JSON."""

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


class Stop(Exception):  # noqa: N818 - ends the reading; the error is noted already
    """Nothing more of the text can be read."""


class Scanner:
    """Goes over one text, a token at a time."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.errors: list[ParseError] = []
        self.kind = self.lexeme = ""
        """Of the token here: `string`, `single`, `number`, `mark`, `word`, `bad` or `end`, and its text."""
        self.begin = self.end = 0
        self.behind = 0
        """Where the token before this one ends."""
        self.line = self.column = 1
        self._line_start = 0
        self._recovered = 0
        if text.startswith("\ufeff"):
            self.error("bom", "the file begins with a byte order mark")
            self.end = self._line_start = 1
        self.advance()

    def advance(self) -> None:
        """Step to the next token, over blanks and comments."""
        self.behind = self.end
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
        """The token here, for a message."""
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
        """Note a departure from JSON, at the token here where no other place is given."""
        if len(self.errors) < MAX_ERRORS:
            line, column = place or (self.line, self.column)
            self.errors.append(ParseError(line, column, message, kind, subject, repair))

    def stop(self, message: str, kind: str = "syntax") -> NoReturn:
        """Note what ends the reading, and end it."""
        del self.errors[MAX_ERRORS - 1 :]
        self.error(kind, message)
        raise Stop

    def recover(self, message: str, repair: Repair) -> None:
        """Note a syntax error that reading goes on after."""
        self._recovered += 1
        if self._recovered > _MAX_RECOVERED:
            self.stop(message)
        self.error("syntax", message, repair=repair)

    def instead(self, text: str) -> Repair:
        """Return the repair that exchanges the token here."""
        return Repair(self.begin, self.end, text)

    def _without(self, start: int, end: int) -> Repair:
        """Return the repair that takes a comment out, with the blanks before it or the line that it fills."""
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
        """Return the repair that puts a mark behind the token before this one."""
        return Repair(self.behind, self.behind, text)

    def complaint(self, wanted: str) -> str:
        """Return what is wrong where `wanted` should stand."""
        if self.lexeme.startswith('"'):
            return "a string that does not end on its line"
        if self.lexeme.startswith("'"):
            return "a string in single quotes; JSON requires double quotes"
        return f"expected {wanted}, found {self.shown}"

    def string(self) -> str:
        """Return the text of the string token here, and step over it."""
        lexeme = self.lexeme
        text = lexeme[1:-1]
        if self.kind == "single":
            text = _SINGLE.sub(_double, text)
            self.recover(self.complaint(""), self.instead(f'"{text}"'))
        if not text.isprintable() and (control := re.search(_CONTROL, text)):
            escaped = re.sub(_CONTROL, lambda found: json.dumps(found[0])[1:-1], text)
            self.error(
                "control-character",
                f"a raw character 0x{ord(control[0]):02x}",
                (self.line, self.column + 1 + control.start()),
                self.instead(f'"{escaped}"'),
            )
        if "\\" in text:
            bad = [escape for escape in _ESCAPE.finditer(text) if not _GOOD_ESCAPE.fullmatch(escape[0])]
            for escape in bad:
                self.error(
                    "escape",
                    f"`{escape[0]}` is not an escape of JSON",
                    (self.line, self.column + 1 + escape.start()),
                )
            text = _ESCAPE.sub(_fixed_escape, text) if bad else text
            text = str(json.loads(f'"{text}"', strict=False))
        if not text.isprintable() and (lone := re.search(_SURROGATE, text)):
            self.error("surrogate", f"`\\u{ord(lone[0]):04x}` is half a character")
            text = re.sub(_SURROGATE, "\ufffd", text)
        self.advance()
        return text


def _fixed_escape(escape: re.Match[str]) -> str:
    """Return an escape as JSON has it; the backslash of a bad one stands for itself."""
    return escape[0] if _GOOD_ESCAPE.fullmatch(escape[0]) else "\\" + escape[0]


def _double(found: re.Match[str]) -> str:
    """Return a piece of a text in single quotes as it stands in double ones."""
    return {"\\'": "'", '"': '\\"'}.get(found[0], found[0])
