"""Finds names that a script uses and declares nowhere."""

import re
from collections.abc import Iterator
from functools import cache
from itertools import islice
from typing import NamedTuple

from tree_sitter import Node, Query

from scaffold.check.model.outline import Names, Unknown
from scaffold.check.model.reachability import Reachability
from scaffold.check.model.syntax_tree import Ranges, Source, captures, language
from scaffold.kommo.page_globals import BROWSER, CRM

_QUERY = """
[(identifier) (shorthand_property_identifier)] @name
[(function_expression) (function_declaration) (arrow_function) (method_definition) (generator_function)
 (generator_function_declaration) (class_static_block)] @function
[(statement_block) (for_statement) (for_in_statement) (switch_body) (catch_clause)] @block
(variable_declaration (variable_declarator name: (_) @var))
(lexical_declaration (variable_declarator name: (_) @let))
(for_in_statement kind: "var" left: (_) @var)
(for_in_statement kind: ["let" "const"] left: (_) @let)
(catch_clause parameter: (_) @let)
(formal_parameters (_) @parameter)
(arrow_function parameter: (identifier) @parameter)
[(function_declaration name: (identifier) @declared)
 (generator_function_declaration name: (identifier) @declared)]
(class_declaration name: (identifier) @class)
[(function_expression name: (identifier) @own) (generator_function name: (identifier) @own)
 (class name: (identifier) @own)]
[(import_clause (identifier) @var) (namespace_import (identifier) @var)
 (import_specifier name: (identifier) @var) (import_specifier alias: (identifier) @var)]
(assignment_expression left: [(identifier) (object_pattern) (array_pattern)] @assigned)
(for_in_statement left: (identifier) @assigned)
(unary_expression operator: "typeof" argument: (identifier) @guarded)
(with_statement body: (_) @with)
(expression_statement (string) @directive)
"""

_WORDS = frozenset({"await", "async", "yield", "let", "static", "of", "get", "set"})
"""Keywords that the parser may take for names."""
_INHERITED = frozenset({"__defineGetter__", "__defineSetter__", "__lookupGetter__", "__lookupSetter__"})
"""Members of every object, `window` too."""
_MODULE_FORMATS = frozenset({b"module", b"exports", b"require", b"process", b"global", b"Buffer"})
"""A script that tests one of them with `typeof` is prepared for the others to be missing too."""
_KNOWN = frozenset(name.encode() for name in BROWSER | CRM | _WORDS | _INHERITED)
_MEMBER_OF_WINDOW = re.compile(
    rb"""\b(?:window|globalThis|root|global)\s*(?:\.\s*|\[\s*["'])([\w$]+)(?:["']\s*\])?\s*=(?!=)"""
)
_MAX_PER_NAME = 20
"""Uses of one undeclared name that are recorded."""
_MAX_NAMES = 100
"""Undeclared names of one script; more are not reported."""


class _Scope(NamedTuple):
    """A function or a block."""

    at: int
    end: int
    is_function: bool

    @property
    def rank(self) -> tuple[int, int, int]:
        """The order of the sweep; of two scopes at the same offset, the outer comes first."""
        return self.at, 1, -self.end


class _Declaration(NamedTuple):
    """Names that are declared together, to be put into the scope around them."""

    at: int
    order: int
    """0 to come before a scope that opens at the same offset, so outside it; 2 to come after, so inside."""
    names: tuple[bytes, ...]
    in_function: bool
    """Whether the scope is the innermost function, as for `var`, instead of the innermost block."""

    @property
    def rank(self) -> tuple[int, int, int]:
        """The order of the sweep."""
        return self.at, self.order, 0


@cache
def _query() -> Query:
    return Query(language(), _QUERY)


class NameFinder:
    """Collects the undeclared names of one script."""

    def __init__(self, source: Source, reachability: Reachability) -> None:
        self._source = source
        self._reachability = reachability
        self._captures = captures(_query(), source.tree.root_node)
        self._whole = (0, len(source.text) + 1)
        self._spans = self._scopes_by_name()
        self._declared = {name: Ranges((), spans) for name, spans in self._spans.items()}

    def find(self) -> Names:
        """Return the undeclared names, and those that the script shares with other scripts."""
        uses = self._undeclared()
        guarded = {self._text(node) for node in self._all("guarded")}
        guarded |= _MODULE_FORMATS if guarded & _MODULE_FORMATS else set()
        strict = self._strict()
        assigned: dict[bytes, Node] = {}
        for pattern in self._all("assigned"):
            for node in _bound(pattern):
                name = self._text(node)
                if name in uses and node.start_byte not in strict:
                    assigned.setdefault(name, node)
        alone = (item for item in uses.items() if item[0] not in guarded and item[0] not in assigned)
        unknown = [self._unknown(name, nodes) for name, nodes in islice(alone, _MAX_NAMES)]
        shared = {match[1] for match in _MEMBER_OF_WINDOW.finditer(self._source.text)} | {
            name for name, spans in self._spans.items() if self._whole in spans
        }
        return Names(
            tuple(sorted(unknown, key=lambda each: each.place)),
            tuple(self._source.place(node, name.decode()) for name, node in assigned.items()),
            frozenset(name.decode(errors="replace") for name in shared | assigned.keys()),
        )

    def _all(self, kind: str) -> list[Node]:
        return self._captures.get(kind, [])

    def _text(self, node: Node) -> bytes:
        return self._source.text[node.start_byte : node.end_byte]

    def _undeclared(self) -> dict[bytes, list[Node]]:
        """Return each name that is used outside the scopes that declare it, with those uses."""
        within = Ranges(self._all("with"))
        found: dict[bytes, list[Node]] = {}
        for node in self._all("name"):
            name = self._text(node)
            if name in _KNOWN:
                continue
            ranges = self._declared.get(name)
            if (ranges is None or node.start_byte not in ranges) and node.start_byte not in within:
                uses = found.setdefault(name, [])
                if len(uses) < _MAX_PER_NAME:
                    uses.append(node)
        return found

    def _unknown(self, name: bytes, nodes: list[Node]) -> Unknown:
        nodes = sorted(nodes, key=lambda node: node.start_byte)
        certain = next((node for node in nodes if self._reachability.always_runs(node)), None)
        node = certain or nodes[0]
        return Unknown(
            self._source.place(node, name.decode(errors="replace")), certain is not None, len(nodes)
        )

    def _strict(self) -> Ranges:
        """Return the ranges in strict mode, in which assigning an undeclared name is an error."""
        directives = (node for node in self._all("directive") if self._text(node)[1:-1] == b"use strict")
        return Ranges([home for node in directives if (home := node.parent and node.parent.parent)])

    def _scopes_by_name(self) -> dict[bytes, list[tuple[int, int]]]:
        """Return each declared name with the scopes (start and end offset) in which it can be used."""
        found: dict[bytes, list[tuple[int, int]]] = {}
        for node in self._all("own"):
            if node.parent:
                found.setdefault(self._text(node), []).append((node.parent.start_byte, node.parent.end_byte))
        for declaration, scope in self._scoped():
            for name in declaration.names:
                found.setdefault(name, []).append(scope)
        return found

    def _scoped(self) -> Iterator[tuple[_Declaration, tuple[int, int]]]:
        """Yield each declaration with its scope, in one sweep over the script."""
        blocks: list[tuple[int, int]] = [self._whole]
        functions: list[tuple[int, int]] = [self._whole]
        events: list[_Scope | _Declaration] = [*self._scopes(), *self._declarations()]
        events.sort(key=lambda event: event.rank)
        for event in events:
            while blocks[-1][1] <= event.at:
                blocks.pop()
            while functions[-1][1] <= event.at:
                functions.pop()
            if isinstance(event, _Declaration):
                yield event, (functions if event.in_function else blocks)[-1]
                continue
            blocks.append((event.at, event.end))
            if event.is_function:
                functions.append((event.at, event.end))

    def _scopes(self) -> Iterator[_Scope]:
        for kind in ("function", "block"):
            for node in self._all(kind):
                yield _Scope(node.start_byte, node.end_byte, is_function=kind == "function")

    def _declarations(self) -> Iterator[_Declaration]:
        for kind, order, in_function in (
            ("var", 2, True), ("let", 2, False), ("parameter", 2, True), ("class", 0, False),
        ):  # fmt: skip
            for node in self._all(kind):
                at = node.parent.start_byte if order == 0 and node.parent else node.start_byte
                yield _Declaration(at, order, tuple(map(self._text, _bound(node))), in_function)
        for node in self._all("declared"):
            if node.parent:
                yield _Declaration(node.parent.start_byte, 0, (self._text(node),), in_function=True)


def _bound(pattern: Node) -> Iterator[Node]:
    """Yield the names that a destructuring pattern or a single name binds."""
    waiting = [pattern]
    while waiting:
        node = waiting.pop()
        if node.type in ("identifier", "shorthand_property_identifier_pattern"):
            yield node
        elif node.type in ("object_pattern", "array_pattern", "rest_pattern"):
            waiting.extend(node.named_children)
        elif node.type in ("assignment_pattern", "object_assignment_pattern"):
            waiting.extend(filter(None, [node.child_by_field_name("left")]))
        elif node.type == "pair_pattern":
            waiting.extend(filter(None, [node.child_by_field_name("value")]))
