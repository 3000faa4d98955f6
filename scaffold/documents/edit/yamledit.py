"""Replaces a scalar in a YAML text."""

import re
from typing import Any

from scaffold.documents import yamldoc
from scaffold.documents.edit import Edit, EditError, applied, refuse_other_values
from scaffold.documents.parse_error import DocumentError
from scaffold.documents.yaml_text import flow

_PROPERTIES = re.compile(r"(?:[&!][^\s,\[\]{}]*\s+)*")
"""The anchor and the tag before the value; they stay."""


def with_scalar(text: str, path: tuple[str, ...], value: Any) -> str:
    """Return `text` with another scalar at `path`, which must exist.

    Raises EditError if it is not a scalar, or if something else would change, such as an alias of it. Raises
    DocumentError if the text is not YAML.
    """
    root = yamldoc.parse(text)
    node = root.find(*path) if root else None
    if root is None or node is None or isinstance(node.value, dict | list) or node.start < 0:
        raise EditError("there is no such value")
    found = _PROPERTIES.match(text, node.start, node.end)
    start = found.end() if found else node.start
    old = text[start : node.end]
    result = applied(text, [Edit(start, node.end, flow(value) + _line_ends(old))])
    expected = root.plain()
    target = expected
    for step in path[:-1]:
        target = target[step]
    target[path[-1]] = value
    try:
        after = yamldoc.parse(result)
    except DocumentError as error:
        raise EditError("the document would not be valid YAML") from error
    refuse_other_values(after.plain() if after else None, expected)
    return result


def _line_ends(text: str) -> str:
    """Return the line ends that a block scalar takes with it."""
    return text[len(text.rstrip("\r\n")) :]
