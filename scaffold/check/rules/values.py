"""Questions about single values of a JSON document."""

from scaffold.documents.node import Node


def is_text(node: Node | None) -> bool:
    """Return whether a node is a string that is not blank."""
    return node is not None and isinstance(node.value, str) and bool(node.value.strip())
