"""The answers about an overlay template: its source, its version, and the answers to its own questions."""

import math
import os
import re
from typing import Any

from scaffold.documents.node import Node
from scaffold.generate.answers.draft import Reading
from scaffold.generate.answers.kinds.text import flaw
from scaffold.generate.answers.question import Kind
from scaffold.text import quoted

# The patterns are strings, compiled on use: most runs have no template.
_REMOTE = r"[\w+]{2,}:|\w+@[\w.]+"
"""An address (`https:`, `git+ssh:`), an abbreviation (`gh:`) or user@host; one letter is a Windows drive."""
_CREDENTIALS = r"(?:git\+|hg\+)?https?://[^/@]*@|[^/:]+://[^/@:]*:[^/@]*@"
_MAX_CHARS = 1000


def is_local(source: str) -> bool:
    """Return whether `source` is a path, and not an address or an abbreviation of one."""
    return not re.match(_REMOTE, source)


class TemplateSource(Kind):
    """The source of an overlay template, in any form that cookiecutter accepts."""

    label = "path, address or abbreviation"

    def read(self, node: Node, reading: Reading) -> str:
        """Return the source; a relative path is relative to the folder of the answers file."""
        source = node.value
        if not isinstance(source, str) or not source.strip():
            reading.fault(
                node, "must be a folder, a zip, a git address or an abbreviation such as gh:owner/name"
            )
            return ""
        if len(source) > _MAX_CHARS or flaw(source) or "\n" in source:
            reading.fault(node, "must be one short line")
        elif source.startswith("-"):
            reading.fault(node, f"must not start with a dash: {quoted(source)}")
        elif re.match(_CREDENTIALS, source):
            reading.fault(node, "must not contain a user name or password: it is recorded in the widget")
        return os.path.normpath(reading.source.folder / source) if is_local(source) else source

    def schema(self) -> dict[str, Any]:
        """Return the type."""
        return {"type": "string", "minLength": 1, "maxLength": _MAX_CHARS}


class TemplateAnswers(Kind):
    """Answers to a template's own questions: plain data here, since only the template knows its questions."""

    label = "map"

    def read(self, node: Node, reading: Reading) -> dict[str, Any]:
        """Return the answers by name, of any JSON type."""
        if not isinstance(node.value, dict):
            reading.fault(node, "must be a map from the template's variables to answers")
            return {}
        _refuse_what_json_lacks(node, reading)
        plain: dict[str, Any] = node.plain()
        return plain

    def schema(self) -> dict[str, Any]:
        """Return the type."""
        return {"type": "object"}

    def parse(self, text: str) -> Any:
        """Return the map that `text` gives in YAML's flow style."""
        from scaffold.documents.yamldoc import parse_flow

        return parse_flow(text)

    def text(self, value: Any) -> str:
        """Return the map in YAML's flow style."""
        from scaffold.documents.yaml_text import flow

        return flow(value)

    def member(self, step: str) -> Kind | None:  # noqa: ARG002 - only the template knows its variables
        """Return the kind of one answer: text as given, read later by the template's own question."""
        return _Unread()


class _Unread(Kind):
    """An answer whose question is not known yet."""

    label = "any"

    def read(self, node: Node, reading: Reading) -> Any:
        _refuse_what_json_lacks(node, reading)
        return node.plain()

    def schema(self) -> dict[str, Any]:
        return {}


def _refuse_what_json_lacks(node: Node, reading: Reading) -> None:
    if isinstance(node.value, str) and (found := flaw(node.value)):
        reading.fault(node, found)
    elif isinstance(node.value, float) and not math.isfinite(node.value):
        reading.fault(node, "must not contain a number that is not finite")
    elif isinstance(node.value, dict | list):
        members = node.items() if isinstance(node.value, dict) else enumerate(node.value)
        for step, member in members:
            if isinstance(step, str) and flaw(step):
                reading.fault(member, f"has a key that {flaw(step)}", at_key=True)
            _refuse_what_json_lacks(member, reading.at(step))


class _Word(Kind):
    """A text without blanks that matches a pattern as a whole."""

    label = "text"

    def __init__(self, pattern: str, form: str) -> None:
        self._pattern = pattern
        self._form = form

    def read(self, node: Node, reading: Reading) -> str:
        text = node.value
        if isinstance(text, int | float) and not isinstance(text, bool):
            reading.fault(node, "is a number: quote it")
        elif not isinstance(text, str):
            reading.fault(node, f"must be {self._form}")
        elif len(text) > _MAX_CHARS or not re.fullmatch(self._pattern, text):
            reading.fault(node, f"must be {self._form}, not {quoted(text)}")
        return str(text)

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "pattern": f"^(?:{self._pattern})$"}


CHECKOUT = _Word(r"[^\s\-]\S*", "a branch, a tag or a commit of its repository")
COMMIT = _Word(r"[0-9a-f]{40}|[0-9a-f]{64}", "a full commit id")
SHA256 = _Word(r"[0-9a-f]{64}", "a SHA-256 in 64 hexadecimal digits")
SOURCE = TemplateSource()
ANSWERS = TemplateAnswers()
