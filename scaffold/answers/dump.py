"""Answers -> the text that `.kommo-widget/answers.yml` holds; reading it gives the same answers."""

import json
import re
from collections.abc import Iterator
from typing import Any

from scaffold.answers.record import Answers
from scaffold.answers.registry import QUESTIONS

_HEADER = """\
# The answers this widget was made of; keep them under version control.
# The same widget again: kommo-widget new DEST --answers .kommo-widget/answers.yml
"""

_SAFE = re.compile(r"[^\W\d_](?:[\w ./@+'-]*[\w./@+'-])?|\d+\.\d+\.\d+")
"""Texts that mean themselves in YAML without quotes, but for the words below."""
_WORDS = frozenset({"true", "false", "null", "yes", "no", "on", "off", "y", "n"})
_TO_ESCAPE = r"[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]"
"""What JSON leaves bare and YAML takes for a line break, or refuses."""


def dump(answers: Answers) -> str:
    """Return the answers as YAML, every one of them, in the order of the questions.

    A logo is written as the name under which its bytes are to be stored beside the text.
    """
    return _HEADER + "".join(f"{line}\n" for line in _members(plain(answers), 0))


def plain(answers: Answers) -> dict[str, Any]:
    """Return the answers as an answers file holds them: nested dicts, lists and scalars."""
    document: dict[str, Any] = {}
    for question in QUESTIONS:
        value = _attribute(answers, question.attribute)
        unanswered = value is None or (value in ("", 0) and value is not False)
        if unanswered or (question.areas and not any(map(answers.has, question.areas))):
            continue
        block, dot, key = question.key.partition(".")
        holder, name = (document.setdefault(block, {}), key) if dot else (document, block)
        holder[name] = question.kind.plain(value)
    return document


def _attribute(answers: Answers, path: str) -> Any:
    value: Any = answers
    for name in path.split("."):
        value = getattr(value, name, None)
    return value


def _members(value: dict[str, Any], depth: int) -> Iterator[str]:
    for key, member in value.items():
        start = f"{'  ' * depth}{flow(key)}:"
        if isinstance(member, dict) and member:
            yield start
            yield from _members(member, depth + 1)
        else:
            yield f"{start} {flow(member)}"


def flow(value: Any) -> str:
    """Return a plain value in YAML's flow form, on one line."""
    if isinstance(value, dict):
        return f"{{{', '.join(f'{flow(key)}: {flow(member)}' for key, member in value.items())}}}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(flow, value))}]"
    if isinstance(value, str):
        return value if _SAFE.fullmatch(value) and value.lower() not in _WORDS else _quoted(value)
    return json.dumps(value)


def _quoted(text: str) -> str:
    """Return the text in double quotes; JSON's form is YAML's too, but for a few characters."""
    quoted = json.dumps(text, ensure_ascii=False)
    if quoted.isprintable():
        return quoted
    return re.sub(_TO_ESCAPE, lambda match: f"\\u{ord(match[0]):04x}", quoted)
