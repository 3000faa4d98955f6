"""Collects the uses that are found in one script."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from tree_sitter import Node

from scaffold.check.model.libraries import bundled
from scaffold.check.model.outline import Use
from scaffold.check.model.places import Place
from scaffold.check.model.syntax_tree import Source

MAX_PLACES = 100
"""Places of one use that are reported."""

_NOT_IN_LIBRARIES = frozenset({Use.CONSOLE, Use.CONSOLE_IN_CATCH, Use.SCRIPT_TAG})
"""Reported only in the author's own code, not in a library that is bundled with it."""

_IN_LIBRARIES = {Use.EVAL: Use.EVAL_IN_LIBRARY}
"""Uses that are reported differently in a bundled library: its code cannot be changed by hand."""

AddUse = Callable[[Use, Node, str], None]
"""Adds a use at a node, with the text of its place."""


class UseCollector:
    """The uses of one script."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._bundled = bundled(source)
        self._found: dict[Use, list[Place]] = {}

    def add(self, use: Use, node: Node, text: str) -> None:
        """Add a use, unless there are too many of it, or it does not count in a bundled library."""
        if node.start_byte in self._bundled:
            if use in _NOT_IN_LIBRARIES:
                return
            use = _IN_LIBRARIES.get(use, use)
        places = self._found.setdefault(use, [])
        if len(places) < MAX_PLACES or use is Use.MEMBER:  # each member is added only once
            places.append(self._source.place(node, text))

    def uses(self) -> Mapping[Use, tuple[Place, ...]]:
        """Return the places of every use that was found, in source order."""
        return MappingProxyType(
            {use: tuple(sorted(places, key=lambda place: place[:2])) for use, places in self._found.items()}
        )
