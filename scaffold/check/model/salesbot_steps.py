"""Reads the steps of Salesbot blocks that a script builds from literals."""

import re
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from tree_sitter import Node

from scaffold.check.model.outline import Steps
from scaffold.check.model.places import Place
from scaffold.check.model.scopes import Scopes, members, returned
from scaffold.check.model.syntax_tree import FUNCTIONS, Source, ancestors, arguments, field, literal

_CALLBACK = re.compile(rb"\bonSalesbotDesignerSave\b")
_HANDLER = re.compile(rb"""\bhandler["']?\s*:""")
_EXITS = re.compile(rb"""\bexits["']?\s*:""")
_CHANGED = re.compile(rb"\.\s*(?:push|unshift|splice|concat)\b")
_MAX = 500
"""Handlers of one script that are read."""


class _Handler(NamedTuple):
    place: Place
    """Its text is the name."""
    parameters: dict[str | None, Node | None]


class StepFinder:
    """Reads the steps of one script."""

    def __init__(self, source: Source, scopes: Scopes) -> None:
        self._source = source
        self._scopes = scopes

    def find(self) -> Steps | None:
        """Return the steps; None if the script has no callback that returns them."""
        functions = list(self._functions())
        if not functions:
            return None
        values = [value for function in functions for value in returned(function)]
        lists = [found for value in values if (found := self._steps(value))]
        lengths = [length for found in lists if (length := self._length(found)) is not None]
        handlers = list(self._handlers())
        return Steps(
            shapes=tuple(shape for found in lists for shape in self._shapes(found)),
            handlers=tuple(handler.place for handler in handlers),
            exits=tuple(self._resolved(handlers, "exits", "value")),
            gotos=tuple(self._resolved(handlers, "goto", "step")),
            requests=tuple(self._literal(handlers, "widget_request", "url")),
            codes=self._codes(),
            length=max(lengths, default=None) if len(lengths) == len(lists) else None,
        )

    def _functions(self) -> Iterator[Node]:
        for match in _CALLBACK.finditer(self._source.text):
            node = self._source.node_at(match.start(), match.end())
            for outer in islice(ancestors(node), 3):
                value = field(outer, "value") or field(outer, "right")
                made = self._scopes.resolve(value) if value else outer
                if made and made.type in FUNCTIONS:
                    yield made
                    break

    def _steps(self, value: Node | None) -> Node | None:
        """Return the array or object that is returned, directly or through `JSON.stringify`."""
        node = self._scopes.resolve(value)
        if (
            node
            and node.type == "call_expression"
            and self._source.of(field(node, "function")) == "JSON.stringify"
        ):
            given = arguments(node)
            node = self._scopes.resolve(given[0]) if given else None
        return node if node and node.type in ("array", "object") else None

    def _shapes(self, steps: Node) -> Iterator[Place]:
        """Yield the elements that are objects instead of steps; the text is their first key."""
        elements = steps.named_children if steps.type == "array" else [steps]
        for element in elements:
            made = self._scopes.resolve(element)
            if made is None or made.type != "object":
                continue
            keys = [name for name, _ in members(self._source, made)]
            if keys and keys[0] in ("execute_handlers", "handler"):
                yield self._source.place(element, keys[0])

    def _length(self, steps: Node) -> int | None:
        """Return the number of steps; None if it is unknown."""
        children = [child for child in steps.named_children if child.type != "comment"]
        is_whole = steps.type == "array" and all(child.type != "spread_element" for child in children)
        return len(children) if is_whole and not _CHANGED.search(self._source.text) else None

    def _handlers(self) -> Iterator[_Handler]:
        """Yield each handler with a known name and parameters."""
        for count, match in enumerate(_HANDLER.finditer(self._source.text)):
            if count > _MAX:
                return
            node = self._source.node_at(match.start(), match.start() + 1)
            pair = next((outer for outer in ancestors(node) if outer.type == "pair"), None)
            value = field(pair, "value")
            name = literal(self._source, self._scopes.resolve(value)) if value else None
            if pair is None or pair.parent is None or value is None or name is None:
                continue
            given = self._scopes.resolve(dict(members(self._source, pair.parent)).get("params"))
            parameters = dict(members(self._source, given)) if given and given.type == "object" else {}
            if given is not None:
                yield _Handler(self._source.place(value, name), parameters)

    def _resolved(self, handlers: list[_Handler], name: str, key: str) -> Iterator[Place]:
        """Yield the values of a parameter of all handlers with this name."""
        for handler in handlers:
            is_one = handler.place.text == name
            value = self._scopes.resolve(handler.parameters.get(key)) if is_one else None
            if value and value.type in ("string", "number"):
                yield self._source.place(value, literal(self._source, value) or self._source.of(value))

    def _literal(self, handlers: list[_Handler], name: str, key: str) -> Iterator[Place]:
        """Yield string literals of a parameter. A constant is not resolved: it is there to be filled in."""
        for handler in handlers:
            value = handler.parameters.get(key) if handler.place.text == name else None
            text = literal(self._source, value) if value and value.type == "string" else None
            if value and text is not None:
                yield self._source.place(value, text)

    def _codes(self) -> frozenset[str] | None:
        """Return the codes of the declared exits; None if one is unknown or there are none."""
        codes: set[str] = set()
        for match in _EXITS.finditer(self._source.text):
            node = self._source.node_at(match.start(), match.start() + 1)
            pair = next((outer for outer in ancestors(node) if outer.type == "pair"), None)
            listed = self._scopes.resolve(field(pair, "value")) if pair else None
            if listed is None or listed.type != "array":
                return None
            for element in listed.named_children:
                made = self._scopes.resolve(element)
                given = dict(members(self._source, made)) if made and made.type == "object" else {}
                code = literal(self._source, self._scopes.resolve(given.get("code")))
                if code is None:
                    return None
                codes.add(code)
        return frozenset(codes) if codes else None
