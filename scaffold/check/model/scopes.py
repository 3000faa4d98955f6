"""What a name stands for, and what a function gives back: as far as the source shows."""

from collections import defaultdict
from collections.abc import Iterator

from tree_sitter import Node

from scaffold.check.model.outline import Returns
from scaffold.check.model.syntax_tree import CLASSES, FUNCTIONS, Source, ancestors, field, key_of, unwrap

_MAX_HOPS = 10
"""Names that stand for names that stand for names."""

_MAX_CANDIDATES = 50
"""Definitions of one name looked at; of the thousand `t` of a minified script none is reported."""


class Scopes:
    """The script's variables and functions by name."""

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
        """Return whether the script itself gives `name` a value anywhere."""
        return name in self._values

    def resolve(self, node: Node | None) -> Node | None:
        """Return what `node` stands for: itself, or for a name its value; None where unknown."""
        node = unwrap(node)
        for _ in range(_MAX_HOPS):
            if node is None or node.type not in ("identifier", "shorthand_property_identifier"):
                return node
            node = unwrap(self._value(node))
        return None

    def _value(self, name: Node) -> Node | None:
        """Return the value of `name` in the innermost scope that defines it, the last one before its use."""
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
        """Return what calling `node` gives back, and whether it can be called at all."""
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
    """Yield the value of each `return` of a function, inner functions apart; None for a bare one."""
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

    A spread has no name, a member with a computed name has neither.
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
    # The name of a declared function lies inside the function but belongs to what is around it.
    if home.type in FUNCTIONS and home.child_by_field_name("name") == definition:
        home = next(inside, home)
    return int(home.id)
