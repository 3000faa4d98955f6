"""A rule's docstring, taken apart: what `--explain` prints and the tests run."""

import inspect
from textwrap import dedent
from typing import NamedTuple

from scaffold.check.rules.registry import Rule

SECTIONS: tuple[str, ...] = ("What", "Why", "Source", "Bad", "Good")


class Explanation(NamedTuple):
    """What a rule says of itself."""

    headline: str
    """The docstring's first line, without its full stop."""
    what: str
    why: str
    source: str
    """Addresses, one a line."""
    bad: str
    """Lines of a widget that has this fault, below the name of their file."""
    good: str
    """The same place of a widget without it."""


def explain(rule: Rule) -> Explanation:
    """Return what `rule` says of itself. Raises KeyError for a docstring that lacks a section."""
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
