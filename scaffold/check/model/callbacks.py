"""Finds the callbacks of a script, whichever way they are attached to the widget."""

from collections.abc import Iterator

from tree_sitter import Node

from scaffold.check.model.outline import CallbackSeen
from scaffold.check.model.scopes import Scopes, members, returned
from scaffold.check.model.syntax_tree import (
    CLASSES,
    FUNCTIONS,
    Source,
    ancestors,
    arguments,
    called_name,
    chain,
    field,
    key_of,
    literal,
    unwrap,
)
from scaffold.kommo.callbacks import BY_NAME, MISTAKEN, REQUIRED

_NAME = "callbacks"
_KNOWN = BY_NAME.keys() | MISTAKEN.keys()
_GROUPS = {name.partition(".")[0] for name in _KNOWN if "." in name}
_MERGING = frozenset({"extend", "assign", "defaults", "merge", "extendOwn", "freeze", "_extends", "__assign"})
_DEFINING = frozenset({"defineProperty", "_defineProperty", "__publicField"})
_MAX_DEPTH = 8
"""Nesting of objects that are merged or built from other objects."""


class CallbackFinder:
    """Collects the callbacks of one script."""

    def __init__(self, source: Source, scopes: Scopes) -> None:
        self._source = source
        self._scopes = scopes
        self._holders: set[str] = set()
        self.found: dict[str, CallbackSeen] = {}
        self.opaque = ""
        """The expression that other, unknown callbacks come from; empty if all are known."""

    def find(self) -> None:
        """Fill `found` and `opaque`."""
        other_opaque = ""
        for value in self._objects():
            before = self.opaque
            seen = dict(self._read(value, _MAX_DEPTH))
            if seen.keys() & _KNOWN:
                self.found |= seen
            else:
                # Probably of a bundled library, which has callbacks of its own.
                other_opaque, self.opaque = other_opaque or self.opaque, before
        if not self.found.keys() >= set(REQUIRED):
            self.opaque = self.opaque or other_opaque
        for names, assignment in self._assigned():
            added = dict(self._member(".".join(names), assignment, field(assignment, "right"), _MAX_DEPTH))
            if self.found or added.keys() & _KNOWN:
                self.found |= added

    def _objects(self) -> Iterator[Node | None]:
        """Yield every value that is assigned to, or merged into, something named `callbacks`."""
        for assignment in self._source.all("assignment"):
            if chain(self._source, assignment.child_by_field_name("left"))[-1:] == (_NAME,):
                yield field(assignment, "right")
        for declarator in self._source.all("declarator"):
            value = field(declarator, "value")
            named = self._source.of(declarator.child_by_field_name("name")) == _NAME
            if named and value and value.type == "object":
                yield value
        for pair in self._source.all("pair"):
            yield field(pair, "value")
        for member in self._source.all("member"):
            if key_of(self._source, member) == _NAME:
                yield from (
                    returned(member) if member.type == "method_definition" else [field(member, "value")]
                )
        for call in self._source.all("call"):
            yield from self._merged(call)

    def _merged(self, call: Node) -> Iterator[Node | None]:
        """Yield the objects that `$.extend(self.callbacks, {...})` and the like merge into the callbacks."""
        name = called_name(self._source, call)
        if name not in _MERGING and name not in _DEFINING:
            return
        given = arguments(call)
        for at, argument in enumerate(given):
            is_name = name in _DEFINING and literal(self._source, argument) == _NAME
            if is_name or chain(self._source, argument)[-1:] == (_NAME,):
                for value in given[at + 1 :]:
                    described = dict(members(self._source, value)) if value.type == "object" else {}
                    yield described.get("value", value) if name in _DEFINING else value
                return

    def _assigned(self) -> Iterator[tuple[tuple[str, ...], Node]]:
        """Yield the dotted name, as a tuple, and the assignment of callbacks that are set one at a time."""
        for assignment in self._source.all("assignment"):
            left = assignment.child_by_field_name("left")
            names = chain(self._source, left)
            if _NAME in names[:-1]:
                yield names[names.index(_NAME) + 1 :], assignment
            elif len(names) > 1 and names[0] in self._holders:
                yield names[1:], assignment
            elif not names and chain(self._source, field(left, "object"))[-1:] == (_NAME,):
                self._add_opaque("computed names")

    def _read(self, value: Node | None, depth: int) -> Iterator[tuple[str, CallbackSeen]]:
        """Yield the callbacks of an object, whatever expression it comes from."""
        value = unwrap(value)
        if value and value.type == "identifier":
            self._holders.add(self._source.of(value))
        node = self._scopes.resolve(value)
        instantiated = self._class_of(node)
        if node is None or not depth:
            self._add_opaque(f"`{self._source.of(value)[:40]}`")
        elif instantiated:
            yield from self._instance(instantiated, depth)
        elif node.type == "object":
            for name, member in members(self._source, node):
                if name is not None and member is not None:
                    yield from self._member(name, member, member, depth)
                elif member is not None:
                    yield from self._read(member, depth - 1)
                else:
                    self._add_opaque("computed names")
        else:
            for part in self._parts(node):
                yield from self._read(part, depth - 1)

    def _class_of(self, node: Node | None) -> Node | None:
        """Return the class that `new` is called on, if the script has all its members."""
        if node is None or node.type != "new_expression":
            return None
        made = self._scopes.resolve(field(node, "constructor"))
        is_whole = made and made.type in CLASSES and all(c.type != "class_heritage" for c in made.children)
        return made if is_whole else None

    def _instance(self, made: Node, depth: int) -> Iterator[tuple[str, CallbackSeen]]:
        """Yield the members of a class that are known callbacks; the others are helpers."""
        for member in self._source.all("member"):
            if member.parent and member.parent.parent == made and (name := key_of(self._source, member)):
                is_method = member.type == "method_definition"
                yield from self._known(name, member, member if is_method else field(member, "value"), depth)
        for assignment in self._source.all("assignment"):
            names = chain(self._source, assignment.child_by_field_name("left"))
            if len(names) == 2 and names[0] == "this" and made in ancestors(assignment):
                yield from self._known(names[1], assignment, field(assignment, "right"), depth)

    def _known(
        self, name: str, at: Node, value: Node | None, depth: int
    ) -> Iterator[tuple[str, CallbackSeen]]:
        if name in _KNOWN or name in _GROUPS:
            yield from self._member(name, at, value, depth)

    def _parts(self, node: Node) -> list[Node | None]:
        """Return the objects that an expression may be, or that it merges."""
        if node.type == "assignment_expression":
            return [field(node, "right")]
        if node.type == "binary_expression":
            return [field(node, "left"), field(node, "right")]
        if node.type == "ternary_expression":
            return [field(node, "consequence"), field(node, "alternative")]
        if chain(self._source, node)[-1:] == (_NAME,):
            return []
        if node.type == "call_expression":
            if called_name(self._source, node) in _MERGING:
                return [argument for argument in arguments(node) if argument.type not in ("true", "false")]
            maker = self._scopes.resolve(field(node, "function"))
            if maker and maker.type in FUNCTIONS:
                return list(returned(maker))
        self._add_opaque(f"`{self._source.of(node)[:40]}`")
        return []

    def _member(
        self, name: str, at: Node, value: Node | None, depth: int
    ) -> Iterator[tuple[str, CallbackSeen]]:
        node = self._scopes.resolve(value)
        if node and node.type == "object" and depth and name not in BY_NAME and "." not in name:
            for inner, member in members(self._source, node):
                if inner is not None and member is not None:
                    yield from self._member(f"{name}.{inner}", member, member, 0)
                else:
                    self._add_opaque(f"members of `{name}`")
        elif name in _GROUPS:
            self._add_opaque(f"`{name}`")
        else:
            returns, is_function = self._scopes.returns(value)
            key = at.parent if at.parent and at.parent.type == "pair" else at
            yield name, CallbackSeen(name, self._source.place(key), returns, is_function)

    def _add_opaque(self, what: str) -> None:
        self.opaque = self.opaque or what.replace("\n", " ")
