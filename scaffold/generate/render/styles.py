"""Keeps only the rules of style.css that a widget uses."""

import re
from collections.abc import Iterable

_USES = (re.compile(r"\bNS \+ '-([\w-]+)"), re.compile(r"\{\{ ns\|e \}\}-([\w-]+)"))
"""How script.js and the Twig templates write a class of the widget."""


def used_classes(sources: Iterable[str]) -> set[str]:
    """Return the classes that scripts and templates use, without the widget's prefix."""
    return {name for source in sources for uses in _USES for name in uses.findall(source)}


def used_rules(css: str, prefix: str, classes: set[str]) -> str:
    """Return our style sheet without selectors of other classes, and without rules that have none left.

    The style sheet must have a blank line between rules, and each selector on its own line.
    """
    own = re.compile(rf"\.{prefix}-([\w-]+)")
    kept = []
    for rule in css.strip().split("\n\n"):
        selectors, brace, body = rule.partition(" {\n")
        used = [each for each in selectors.split(",\n") if set(own.findall(each)) <= classes] if brace else []
        if used or not brace:
            kept.append(",\n".join(used) + brace + body if brace else rule)
    return "\n\n".join(kept) + "\n"
