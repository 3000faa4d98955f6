"""Answers and texts, cut or wrapped to fit the terminal."""

from collections.abc import Iterator
from typing import Any

from scaffold.text import printable

_LEAST_COLUMNS = 16
"""Text is wrapped no narrower than this."""


def width(text: str) -> int:
    """Return how many columns `text` takes: East Asian letters take two, combining accents none."""
    if text.isascii():
        return len(text)
    from prompt_toolkit.utils import get_cwidth

    return get_cwidth(text)


def hanging(text: str, columns: int, indent: int) -> str:
    """Return `text` in lines of at most `columns`, each indented by `indent` spaces."""
    margin = " " * indent
    return (
        "\n".join(margin + line for line in _wrapped(text, max(columns - indent, _LEAST_COLUMNS))) or margin
    )


def _wrapped(text: str, columns: int) -> Iterator[str]:
    line = ""
    for word in text.split():
        if line and width(line) + 1 + width(word) > columns:
            yield line
            line = ""
        line = f"{line} {word}" if line else word
        while width(line) > columns:
            piece = _beginning(line, columns)
            yield piece
            line = line[len(piece) :]
    if line:
        yield line


def _beginning(text: str, columns: int) -> str:
    """Return as much of the start of `text` as fits into `columns`."""
    if text.isascii():
        return text[:columns]
    used = 0
    for place, letter in enumerate(text):
        used += width(letter)
        if used > columns:
            return text[:place]
    return text


def cut(text: str, columns: int) -> str:
    """Return `text`; if it is wider than `columns`, its start and three dots."""
    if len(text) <= columns and width(text) <= columns:
        return text
    return _beginning(text[:columns], columns - 3) + "..."


def padded(text: str, columns: int) -> str:
    """Return `text`, cut or padded to `columns`."""
    shown = cut(text, columns)
    return shown + " " * (columns - width(shown))


def label(prompt: str) -> str:
    """Return a prompt for the line with its answer: `Name` becomes `Name:`."""
    return prompt if prompt.endswith("?") else f"{prompt}:"


def summary(value: Any) -> str:
    """Return a plain answer in words, on one line."""
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
