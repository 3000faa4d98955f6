"""Folds code for comparison: without white space, kinds of quotes and commas that formatters change."""

import re
from functools import lru_cache

_TOKEN = re.compile(
    r"""(?P<space>\s+)
      | (?P<comment>//[^\n]*|/\*.*?\*/)
      | (?P<string>"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')
      | (?P<template>`(?:[^`\\]|\\.)*`)
      | (?P<word>[\w$]+)
      | (?P<mark>.)""",
    re.VERBOSE | re.DOTALL,
)
_NAME = re.compile(r"[A-Za-z_$][\w$]*")
_CLOSING = frozenset("}])")


@lru_cache(maxsize=4096)
def folded(code: str) -> str:
    """Return a piece of JavaScript, JSON or CSS in a form that is equal for equivalent code.

    What formatters change is left out: white space, kinds of quotes, trailing commas, quotes around member
    names, parentheses around a single parameter of an arrow function. Comments compare by their words.
    """
    tokens: list[str] = []
    for match in _TOKEN.finditer(code):
        kind, text = match.lastgroup, match[0]
        if kind == "comment":
            tokens.append("/*" + " ".join(re.findall(r"[^\s*/]+", text)))
        elif kind == "string":
            tokens.append('"' + re.sub(r"\\(['\"])", r"\1", text[1:-1]))
        elif kind != "space":
            if text in _CLOSING:
                _drop_comma(tokens)
            tokens.append(text)
            if text == ":" and tokens[-2:-1] and tokens[-2][0] == '"' and _NAME.fullmatch(tokens[-2][1:]):
                tokens[-2] = tokens[-2][1:]
            elif text == ">" and tokens[-2:-1] == ["="] and tokens[-3:-2] == [")"] and tokens[-5:-4] == ["("]:
                tokens[-5:-2] = [tokens[-4]]
    return "\0".join(tokens)


def _drop_comma(tokens: list[str]) -> None:
    """Remove a comma at the end, even one before comments."""
    at = len(tokens)
    while at and tokens[at - 1].startswith("/*"):
        at -= 1
    if at and tokens[at - 1] == ",":
        del tokens[at - 1]


def folded_words(text: str) -> str:
    """Return prose in a form that is equal for the same words, wherever its lines break."""
    return " ".join(text.split())
