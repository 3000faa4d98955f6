"""Answers and texts as they fit the terminal."""

from textwrap import wrap
from typing import Any

from scaffold.text import printable


def hanging(text: str, columns: int, indent: int) -> str:
    """Return `text` in lines of at most `columns`, each indented by `indent` spaces."""
    margin = " " * indent
    return "\n".join(margin + line for line in wrap(text, max(columns - indent, 16))) or margin


def cut(text: str, columns: int) -> str:
    """Return `text`, or so much of it as `columns` hold, with dots where it goes on."""
    return text if len(text) <= columns else text[: columns - 3] + "..."


def label(prompt: str) -> str:
    """Return a prompt as it stands before its answer."""
    return prompt if prompt.endswith("?") else f"{prompt}:"


def summary(value: Any) -> str:
    """Return a plain answer on one line, for people."""
    match value:
        case None:
            return "none"
        case bool():
            return "yes" if value else "no"
        case list() | tuple():
            return ", ".join(map(summary, value)) or "none"
        case dict():
            return "; ".join(f"{key}: {_inner(member)}" for key, member in value.items()) or "none"
        case _:
            return printable(str(value))


def _inner(value: Any) -> str:
    return f"({summary(value)})" if isinstance(value, dict) and value else summary(value)
