"""Resolves names to their values, and functions to what they return, as far as the source shows."""

from collections import defaultdict
from collections.abc import Iterator

from tree_sitter import Node

from scaffold.check.model.outline import Returns
from scaffold.check.model.syntax_tree import CLASSES, FUNCTIONS, Source, ancestors, field, key_of, unwrap

_MAX_HOPS = 10
"""Names that are followed from one to the next."""

_MAX_CANDIDATES = 50
"""A name with more definitions is not resolved, such as `t` in a minified script."""


class Scopes:
    """The definitions of variables, functions and classes in one script."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._values: dict[str, list[tuple[Node, Node]]] = defaultdict(list)
        for declarator in source.all("declarator"):
            self._add(declarator.child_by_field_name("name"), field(declarator, "value"))
        for kind in ("declared_function", "declared_class"):
            for declared in source.all(kind):
                self._add(declared.child_by_field_name("name"), declared)
        for assignment in source.all("assignment"):
            self._add(assignment.child_by_field_name("left"), field(assignment, "right"))

    def _add(self, name: Node | None, value: Node | None) -> None:
        if name and value and name.type == "identifier":
            self._values[self._source.of(name)].append((name, value))

    def defines(self, name: str) -> bool:
        """Return whether the script defines or assigns `name` anywhere."""
        return name in self._values

    def resolve(self, node: Node | None) -> Node | None:
        """Return the value of a name, or `node` itself if it is not a name; None if unknown."""
        node = unwrap(node)
        for _ in range(_MAX_HOPS):
            if node is None or node.type not in ("identifier", "shorthand_property_identifier"):
                return node
            node = unwrap(self._value(node))
        return None

    def _value(self, name: Node) -> Node | None:
        """Return the last value before the use of `name`, in the innermost scope that defines it."""
        candidates = self._values.get(self._source.of(name), [])
        if len(candidates) > _MAX_CANDIDATES:
            return None
        homes = [(_scope(definition), value) for definition, value in candidates]
        for scope in _scopes(name):
            here = [value for home, value in homes if home == scope.id]
            if here:
                before = [value for value in here if value.start_byte < name.start_byte]
                return (before or here)[-1]
            if self._is_parameter(name, scope):
                return None
        return None

    def _is_parameter(self, name: Node, function: Node) -> bool:
        parameters = function.child_by_field_name("parameters") or function.child_by_field_name("parameter")
        if parameters is None:
            return False
        named = [parameters, *parameters.named_children]
        return self._source.of(name) in {self._source.of(parameter) for parameter in named}

    def returns(self, node: Node | None) -> tuple[Returns, bool]:
        """Return what a call of `node` returns, and whether it can be called at all."""
        function = self.resolve(node)
        if function is None or function.type not in FUNCTIONS:
            return Returns.UNKNOWN, function is None or function.type not in _NOT_CALLABLE
        if any(child.type in ("async", "*") for child in function.children):
            return Returns.UNKNOWN, True
        kinds = {self._kind(value) for value in returned(function)}
        for kind in (Returns.TRUE, Returns.UNKNOWN, Returns.FALSE):
            if kind in kinds:
                return kind, True
        return Returns.NOTHING, True

    def _kind(self, value: Node | None) -> Returns:
        if value is None:
            return Returns.NOTHING
        return _KINDS.get(self._source.of(value), Returns.UNKNOWN)


_NOT_CALLABLE = frozenset(
    {"string", "number", "true", "false", "null", "undefined", "array", "object", "regex"}
)
_KINDS = {
    "true": Returns.TRUE, "!0": Returns.TRUE, "false": Returns.FALSE, "!1": Returns.FALSE,
    "undefined": Returns.NOTHING, "void 0": Returns.NOTHING, "null": Returns.FALSE, "0": Returns.FALSE,
    "''": Returns.FALSE, '""': Returns.FALSE, "NaN": Returns.FALSE,
}  # fmt: skip


def returned(function: Node) -> Iterator[Node | None]:
    """Yield the value of each `return` in a function, without inner functions; None if it has no value."""
    body = function.child_by_field_name("body")
    if body is None:
        return
    if body.type != "statement_block":
        yield unwrap(body)
        return
    waiting = [body]
    while waiting:
        node = waiting.pop()
        if node.type == "return_statement":
            values = [child for child in node.named_children if child.type != "comment"]
            yield unwrap(values[0]) if values else None
        elif node.type not in FUNCTIONS and node.type not in CLASSES:
            waiting.extend(node.named_children)


def members(source: Source, node: Node) -> Iterator[tuple[str | None, Node | None]]:
    """Yield name and value of each member of an object literal.

    A spread has no name (None); a member with a computed name has neither.
    """
    for child in node.named_children:
        if child.type == "pair":
            name = key_of(source, child)
            yield name, field(child, "value") if name is not None else None
        elif child.type == "method_definition":
            yield key_of(source, child), child
        elif child.type == "shorthand_property_identifier":
            yield source.of(child), child
        elif child.type == "spread_element":
            yield None, child.named_children[0]


def _scopes(node: Node) -> Iterator[Node]:
    for ancestor in ancestors(node):
        if ancestor.type in FUNCTIONS or ancestor.type == "program":
            yield ancestor


def _scope(definition: Node) -> int:
    inside = _scopes(definition)
    home = next(inside, definition)
    # The name of a declared function is inside the function node but belongs to the scope around it.
    if home.type in FUNCTIONS and home.child_by_field_name("name") == definition:
        home = next(inside, home)
    return int(home.id)
