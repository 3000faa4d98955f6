"""Plain values as YAML text that every YAML parser reads as the same values."""

import json
import re
from collections.abc import Iterator
from typing import Any

_SAFE = re.compile(r"[^\W\d_](?:[\w ./@+'-]*[\w./@+'-])?|\d+\.\d+\.\d+")
"""Texts that need no quotes in YAML, except the words below."""
_WORDS = frozenset({"true", "false", "null", "yes", "no", "on", "off", "y", "n"})
_TO_ESCAPE = r"[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]"
"""Characters that JSON does not escape but YAML refuses or reads as a line break."""


def members(value: dict[str, Any], depth: int = 0) -> Iterator[str]:
    """Yield the lines of a mapping in block form; values that are not mappings are in flow form."""
    for key, member in value.items():
        start = f"{'  ' * depth}{flow(key)}:"
        if isinstance(member, dict) and member:
            yield start
            yield from members(member, depth + 1)
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
    """Return the text in double quotes, which are the same as in JSON but for a few characters."""
    quoted = json.dumps(text, ensure_ascii=False)
    if quoted.isprintable():
        return quoted
    return re.sub(_TO_ESCAPE, lambda match: f"\\u{ord(match[0]):04x}", quoted)
