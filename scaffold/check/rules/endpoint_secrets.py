"""E11x: secrets in files that every user's browser can load."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from scaffold.check.findings import Severity
from scaffold.check.model.file_types import is_readable
from scaffold.check.model.places import Place
from scaffold.check.model.widget import MANIFEST, Widget
from scaffold.check.rules.registry import Context, Problem, rule

_ENOUGH_DIGITS, _ENOUGH_LETTERS, _ENOUGH_DIFFERENT = 3, 3, 10
"""How many digits, letters and different characters a secret has; fewer make it a name or a sentence."""

_FILLERS = (b"your", b"xxxx", b"example", b"placeholder", b"insert", b"changeme")


class _Kind(NamedTuple):
    """One form of secret."""

    name: str
    """With its article, for the message."""
    marks: tuple[bytes, ...]
    """In lower case; a file that contains none of them is not searched."""
    pattern: bytes
    """A regular expression, compiled on use. Its group `value`, if any, must look like a secret."""


_NAME = rb"""(?:(?:[\w$]{0,40}[_-])?secret|[\w$]{0,40}?(?:client|api|app|webhook)secret|secret[_-]?key
             |private[_-]?key|[\w$]{0,40}?(?:access|refresh|auth|bearer|api|bot|long[_-]?lived|integration)[_-]?token)"""
_VALUE = rb"(?P<value>[\w.+=~-]{20,2000})"
_NAMES = (b"secret", b"token", b"private_key", b"privatekey", b"private-key")

_KINDS: tuple[_Kind, ...] = (
    _Kind(
        "a private key",
        (b"private key-----",),
        rb"-----BEGIN (?:[A-Z0-9]{1,12} ){0,2}PRIVATE KEY-----",
    ),
    _Kind(
        "a token (JWT)",
        (b"eyj",),
        rb"(?<![\w-])eyJ[\w-]{10,2000}+\.eyJ[\w-]{10,8000}+\.[\w-]{20,2000}",
    ),
    _Kind("an AWS key", (b"akia",), rb"\bAKIA[0-9A-Z]{16}\b"),
    _Kind(
        "a GitHub token",
        (b"ghp_", b"gho_", b"ghs_", b"ghu_", b"github_pat_"),
        rb"\b(?:gh[pousr]_[0-9A-Za-z]{36,255}|github_pat_[0-9A-Za-z_]{60,255})\b",
    ),
    _Kind("a Slack token", (b"xox",), rb"\bxox[abprs]-[0-9]{6,20}-[0-9A-Za-z-]{10,200}"),
    _Kind("a Stripe key", (b"k_live_",), rb"\b[rs]k_live_[0-9A-Za-z]{20,200}\b"),
    _Kind("an OpenAI key", (b"sk-",), rb"(?<![\w-])sk-(?:proj-)?(?P<value>[0-9A-Za-z_-]{40,200})\b"),
    _Kind("a Telegram bot's token", (b":aa",), rb"\b[0-9]{8,10}:AA[\w-]{33}\b"),
    _Kind("a token", (b"bearer ",), rb"['\"`]Bearer (?P<value>[\w.~+/=-]{30,2000})['\"`]"),
    _Kind(
        "a secret",
        _NAMES,
        rb"(?ix)(?<![\w$])(?P<name>" + _NAME + rb")['\"]?[ \t]{0,20}(?:=>|[:=,])[ \t]{0,20}"
        rb"(?P<quote>['\"`])" + _VALUE + rb"(?P=quote)",
    ),
    _Kind(
        "a secret",
        _NAMES,
        rb"(?imx)^(?:export[ ])?(?P<name>" + _NAME + rb")[ \t]{0,20}[:=][ \t]{0,20}" + _VALUE + rb"[ \t\r]*$",
    ),
    _Kind(
        "a secret",
        _NAMES,
        rb"(?ix)[?&](?P<name>" + _NAME + rb")=" + _VALUE,
    ),
)


@rule("E110", "secret-in-file", Severity.WARNING, secret=True)
def secret_in_file(widget: Widget, _context: Context) -> Iterator[Problem]:
    """Secret in a file.

    What:
        A private key, a token, or a client secret in a text file of the archive. Each kind is reported once
        per file. `widget.secret_key` in the manifest has a rule of its own.
    Why:
        Every user's browser can load every file of the archive. A secret belongs on your server; once
        published, it is no longer secret.
    Source:
        https://developers.kommo.com/docs/one-time-tokens
        https://cwe.mitre.org/data/definitions/798.html
    Bad:
        script.js
            self.client_secret = 'q7Zp2Lx9Vt4Kc8Rm1Wb6Ny3Hd5Gs0Fj7Ta2Ue9Qi4Xo8Bv1Lk6Pw3Cz5Mh0Rn7D';
    Good:
        script.js
            self.client_secret = self.get_settings().client_secret;
    """
    for path, data in widget.tree.items():
        if not is_readable(data):
            continue
        for kind, found in _secrets(path, data):
            start = data.rfind(b"\n", 0, found.start()) + 1
            column = len(data[start : found.start()].decode(errors="replace")) + 1
            line = data.count(b"\n", 0, start) + 1
            hint = "move it to your server, and rotate it"
            yield Problem(path, f"the file contains {kind.name}", hint, Place(line, column))


def _secrets(path: str, data: bytes) -> Iterator[tuple[_Kind, re.Match[bytes]]]:
    """Yield the first secret of each kind; one that matches two kinds counts as the first of them."""
    small = data.lower()
    spans: list[tuple[int, int]] = []
    for kind in _KINDS:
        found = any(mark in small for mark in kind.marks) and _first(kind, path, data)
        if found and not any(start < found.end() and found.start() < end for start, end in spans):
            spans.append(found.span())
            yield kind, found


def _first(kind: _Kind, path: str, data: bytes) -> re.Match[bytes] | None:
    for found in re.finditer(kind.pattern, data):
        groups = found.groupdict()
        if path == MANIFEST and groups.get("name", b"").lower() == b"secret_key":
            continue
        if "value" not in groups or _is_secret(groups["value"]):
            return found
    return None


def _is_secret(value: bytes) -> bool:
    """Return whether a value looks random: not a name, a sentence or a placeholder."""
    digits = sum(byte in b"0123456789" for byte in value)
    letters = sum(chr(byte).isalpha() for byte in value)
    mixed = digits >= _ENOUGH_DIGITS and letters >= _ENOUGH_LETTERS and len(set(value)) >= _ENOUGH_DIFFERENT
    return mixed and not any(filler in value.lower() for filler in _FILLERS)
