"""The sections of a rule's docstring, which `--explain` prints and the tests run."""

import inspect
from textwrap import dedent
from typing import NamedTuple

from scaffold.check.rules.registry import Rule

SECTIONS: tuple[str, ...] = ("What", "Why", "Source", "Bad", "Good")


class Explanation(NamedTuple):
    """The sections of a rule's docstring."""

    headline: str
    """The docstring's first line, without its full stop."""
    what: str
    why: str
    source: str
    """URLs, one per line."""
    bad: str
    """Lines of a widget with the fault, below the name of their file."""
    good: str
    """The same lines of a widget without it."""


def explain(rule: Rule) -> Explanation:
    """Return the sections of the docstring of `rule`. Raises KeyError if one is missing."""
    headline, *lines = inspect.getdoc(rule.check).splitlines()  # type: ignore[union-attr]  # every rule has one
    sections: dict[str, list[str]] = {}
    for line in lines:
        title = line.removesuffix(":")
        if title in SECTIONS and line != title:
            sections[title] = []
        elif sections:
            sections[next(reversed(sections))].append(line)
    texts = {title: dedent("\n".join(body)).strip("\n") for title, body in sections.items()}
    return Explanation(headline.rstrip("."), *(texts[title] for title in SECTIONS))
