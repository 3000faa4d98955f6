"""The rules of style.css that a widget has a use for."""

import re
from collections.abc import Iterable

_USES = (re.compile(r"\bNS \+ '-([\w-]+)"), re.compile(r"\{\{ ns\|e \}\}-([\w-]+)"))
"""How script.js and the templates name a class of the widget's own."""


def used_classes(sources: Iterable[str]) -> set[str]:
    """Return the classes that scripts and templates name, without the widget's prefix."""
    return {name for source in sources for uses in _USES for name in uses.findall(source)}


def used_rules(css: str, prefix: str, classes: set[str]) -> str:
    """Return a style sheet of ours without the selectors of other classes, and without rules left empty.

    In it a blank line stands between rules, and each selector has a line of its own.
    """
    own = re.compile(rf"\.{prefix}-([\w-]+)")
    kept = []
    for rule in css.strip().split("\n\n"):
        selectors, brace, body = rule.partition(" {\n")
        used = [each for each in selectors.split(",\n") if set(own.findall(each)) <= classes] if brace else []
        if used or not brace:
            kept.append(",\n".join(used) + brace + body if brace else rule)
    return "\n\n".join(kept) + "\n"
