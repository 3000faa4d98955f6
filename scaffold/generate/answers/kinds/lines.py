"""Answers that are one short text of a given form: codes, addresses, colours."""

import re
from typing import Any

from scaffold.documents.node import Node
from scaffold.generate.answers.draft import Reading
from scaffold.generate.answers.question import Kind
from scaffold.kommo.limits import CODE_PATTERN, VERSION_PATTERN
from scaffold.text import quoted

MAX_CODE_CHARS = 100
"""Our limit, not the platform's: a code is also the name of a folder, a file and a CSS class."""

MAX_URL_CHARS = 2048
"""Our limit: common servers accept this much."""


class Line(Kind):
    """A text that matches `pattern` as a whole."""

    def __init__(self, pattern: str, form: str, max_chars: int = 254, label: str = "text") -> None:
        self.pattern = pattern
        """A regular expression, compiled on use: few runs use more than three of them."""
        self.form = form
        """Completes "must be": `a colour as #rrggbb, such as #204ecf`."""
        self.max_chars = max_chars
        self._label = label

    @property
    def label(self) -> str:
        """The kind of line."""
        return self._label

    def read(self, node: Node, reading: Reading) -> str:
        """Return the text; if YAML read it as a number, that is a fault."""
        text = node.value
        if isinstance(text, int | float) and not isinstance(text, bool):
            reading.fault(node, "is a number: quote it")
        elif not isinstance(text, str):
            reading.fault(node, f"must be {self.form}")
        elif len(text) > self.max_chars:
            reading.fault(node, f"must have at most {self.max_chars} characters, not {len(text)}")
        elif fault := self.fault_in(text):
            reading.fault(node, fault)
        return str(text)

    def fault_in(self, text: str) -> str:
        """Return what is wrong with the form of `text`, or an empty string."""
        return "" if re.fullmatch(self.pattern, text) else f"must be {self.form}, not {quoted(text)}"

    def schema(self) -> dict[str, Any]:
        """Return the pattern and the length."""
        return {"type": "string", "pattern": f"^(?:{self.pattern})$", "maxLength": self.max_chars}


class Version(Line):
    """A version number of three parts."""

    def read(self, node: Node, reading: Reading) -> str:
        """Return the version; the fault of one that YAML read as a number shows how to quote it."""
        if isinstance(node.value, int | float) and not isinstance(node.value, bool):
            reading.fault(node, 'is a number: quote it, and give three parts, such as "1.0.0"')
            return ""
        return super().read(node, reading)


class Url(Line):
    """An address on the web, kept as given."""

    def fault_in(self, text: str) -> str:
        """Return why `text` is not an address that is safe to call, or an empty string."""
        if not re.match(self.pattern, text):
            return f"must be {self.form}, not {quoted(text)}"
        if bad := re.search(_NOT_IN_URL, text):
            return f"must not contain {quoted(bad[0])}: write it percent-encoded"
        authority = re.match(_AUTHORITY, text)
        if authority is None:
            return f"must have a host name after `://`, not {quoted(text)}"
        if authority["user"] is not None:
            return "must not contain a user name or password: everyone who installs the widget can read it"
        if authority["port"] and not 0 < int(authority["port"]) < 65536:
            return f"must have a port from 1 to 65535, not {quoted(authority['port'])}"
        return ""

    def schema(self) -> dict[str, Any]:
        """Return a pattern that requires the scheme."""
        return {
            "type": "string",
            "format": "uri",
            "pattern": f"^{self.pattern}",
            "maxLength": self.max_chars,
        }


class FolderUrl(Url):
    """The address of a folder, to which the names of its pages are appended."""

    def fault_in(self, text: str) -> str:
        """Return why a path cannot be appended to `text`, or an empty string."""
        if found := super().fault_in(text):
            return found
        ends = [mark for mark in "?#" if mark in text]
        return f"must end with its path, without {quoted(ends[0])}" if ends else ""

    def schema(self) -> dict[str, Any]:
        """Return a pattern that requires the scheme and excludes query and fragment."""
        return {**super().schema(), "pattern": f"^{self.pattern}[^?#]*$"}


_NOT_IN_URL = (
    r"""[\x00-\x20\x7f-\xa0"'<>\\^`{|}]|[\u2000-\u200f\u2028-\u202f\u2060-\u206f\ud800-\udfff\ufeff]"""
)
_LABEL = r"[^\W_](?:[\w-]{0,61}[^\W_])?"
_AUTHORITY = (
    rf"https?://(?:(?P<user>[^/?#@]*)@)?(?:{_LABEL}(?:\.{_LABEL})*\.?|\[[0-9a-fA-F:.]+\])"
    r"(?::(?P<port>[0-9]{0,6}))?(?=[/?#]|\Z)"
)

CODE = Line(
    CODE_PATTERN.pattern,
    "Latin letters, digits and _, starting with a lowercase letter, such as acme_leads",
    MAX_CODE_CHARS,
    "code",
)
VERSION = Version(VERSION_PATTERN.pattern, "three numbers with dots, such as 1.0.0", 50, "version")
HTTPS_URL = Url("https://", "an address that starts with https://", MAX_URL_CHARS, "https address")
FOLDER_URL = FolderUrl(
    "https://",
    "an address that starts with https://",
    MAX_URL_CHARS - 50,  # room for the name of a page
    "https address",
)
LINK = Url(
    "https?://",
    "an address that starts with https:// or http://",
    MAX_URL_CHARS,
    "http or https address",
)
EMAIL = Line(
    r"[A-Za-z0-9.!#$%&*+/=?^_{|}~-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+",
    "an e-mail address, such as help@acme.example",
    label="e-mail address",
)
COLOUR = Line(r"#[0-9a-fA-F]{6}", "a colour as #rrggbb, such as #204ecf", label="colour")
MEMBER_CODE = Line(
    r"[A-Za-z][A-Za-z0-9_]*", "Latin letters, digits and _, starting with a letter", MAX_CODE_CHARS
)
"""The code of a field, a handler or an item: also a name in JavaScript, PHP and i18n."""
