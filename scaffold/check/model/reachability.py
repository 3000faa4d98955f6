"""Whether code always runs: when the script is loaded, or in a callback that every widget has."""

import re
from collections.abc import Iterator
from functools import cached_property

from tree_sitter import Node

from scaffold.check.model.amd import is_define
from scaffold.check.model.scopes import Scopes, members, returned
from scaffold.check.model.syntax_tree import (
    CLASSES,
    FUNCTIONS,
    Source,
    arguments,
    chain,
    field,
    function_name,
    key_of,
)
from scaffold.kommo.callbacks import REQUIRED

_CALLERS = frozenset({"call", "apply"})
_LEAVING = re.compile(rb"\b(?:return|throw)\b")
_ALWAYS_RUN: dict[str, tuple[str, ...]] = {
    "if_statement": ("condition",),
    "ternary_expression": ("condition",),
    "for_statement": ("initializer", "condition"),
    "for_in_statement": ("right",),
    "while_statement": ("condition",),
    "switch_statement": ("value",),
    "try_statement": ("finalizer",),
}
"""Statements that run conditionally -> their parts that always run."""
_CONDITIONAL = frozenset({"catch_clause", "class_body", "with_statement", "formal_parameters"})
_SHORT_CIRCUIT = frozenset({"&&", "||", "??", "&&=", "||=", "??="})
_MAX_CALLS = 20
"""Calls of one function that are followed."""
_MAX_DEPTH = 10
"""Nested calls that are followed."""


class Reachability:
    """Determines which code of one script always runs."""

    def __init__(self, source: Source, scopes: Scopes) -> None:
        self._source = source
        self._scopes = scopes
        self._known: dict[int, bool] = {}
        self._left: dict[int, int] = {}

    def always_runs(self, node: Node, depth: int = _MAX_DEPTH) -> bool:
        """Return whether `node` always runs on load, or when render, init or bind_actions is called."""
        inner, outer = node, node.parent
        while outer:
            if outer.type in FUNCTIONS:
                return inner == outer.child_by_field_name("body") and self._is_called(outer, depth)
            if self._is_conditional(inner, outer):
                return False
            inner, outer = outer, outer.parent
        return True

    def _is_conditional(self, inner: Node, outer: Node) -> bool:
        """Return whether `outer` may run without its part `inner`."""
        kind = outer.type
        if kind in _ALWAYS_RUN:
            handled = kind != "try_statement" or outer.child_by_field_name("handler") is not None
            return handled and all(inner != outer.child_by_field_name(name) for name in _ALWAYS_RUN[kind])
        if kind in ("binary_expression", "augmented_assignment_expression"):
            operator = outer.child_by_field_name("operator")
            is_right = inner == outer.child_by_field_name("right")
            return is_right and operator is not None and operator.type in _SHORT_CIRCUIT
        if kind in ("statement_block", "program"):
            return self._may_have_left(inner, outer)
        return kind in _CONDITIONAL

    def _may_have_left(self, inner: Node, block: Node) -> bool:
        """Return whether a statement before `inner` may leave the function."""
        if block.id not in self._left:
            self._left[block.id] = self._end_of_first_exit(block)
        return inner.start_byte >= self._left[block.id]

    def _end_of_first_exit(self, block: Node) -> int:
        """Return the end of the first statement that may leave the function; past the script if none."""
        if _LEAVING.search(self._source.text, block.start_byte, block.end_byte):
            for statement in block.named_children:
                if _leaves(statement):
                    return statement.end_byte
        return len(self._source.text) + 1

    def _is_called(self, function: Node, depth: int) -> bool:
        if not depth or any(child.type in ("async", "*") for child in function.children):
            return False
        if function.id not in self._known:
            self._known[function.id] = False  # until it is known, in case the function calls itself
            self._known[function.id] = self._runs(function, depth - 1)
        return self._known[function.id]

    def _runs(self, function: Node, depth: int) -> bool:
        if function.id in self._module_constructors or self._is_required(function):
            return True
        if call := self._immediate(function):
            return self.always_runs(call, depth)
        name, _ = function_name(self._source, function)
        calls = self._source.calls_by_name.get(name, [])
        return any(
            self._calls_it(call, function) and self.always_runs(call, depth) for call in calls[:_MAX_CALLS]
        )

    def _immediate(self, function: Node) -> Node | None:
        """Return the call of a function expression that is called at once, or passed to `define`."""
        outer = function.parent
        while outer and outer.type == "parenthesized_expression":
            outer = outer.parent
        if outer and outer.type == "member_expression" and key_of(self._source, outer) in _CALLERS:
            outer = outer.parent
        if outer is None:
            return None
        if outer.type == "arguments":
            call = outer.parent
            return call if call and is_define(self._source, call) else None
        if outer.type in ("call_expression", "new_expression"):
            target = field(outer, "function") or field(outer, "constructor")
            inside = target and target.start_byte <= function.start_byte < target.end_byte
            return outer if inside else None
        return None

    @cached_property
    def _module_constructors(self) -> frozenset[int]:
        """The ids of the constructors that the script's modules return."""
        found: set[int] = set()
        for call in self._source.all("call"):
            given = arguments(call) if is_define(self._source, call) else []
            factory = self._scopes.resolve(given[-1]) if given else None
            for value in returned(factory) if factory and factory.type in FUNCTIONS else ():
                if made := self._scopes.resolve(value):
                    found.update(node.id for node in _constructors(self._source, made))
        return frozenset(found)

    def _is_required(self, function: Node) -> bool:
        """Return whether a function is one of the three callbacks that every widget has."""
        outer = function.parent
        if outer and outer.type == "assignment_expression":
            names = chain(self._source, outer.child_by_field_name("left"))
            return len(names) > 1 and names[-1] in REQUIRED and names[-2] == "callbacks"
        member = outer if outer and outer.type == "pair" else function
        home = member.parent
        if key_of(self._source, member) not in REQUIRED or home is None or home.type != "object":
            return False
        return {name for name, _ in members(self._source, home)} >= set(REQUIRED)

    def _calls_it(self, call: Node, function: Node) -> bool:
        """Return whether a call by the function's name calls this function, as far as the source shows."""
        target = field(call, "function")
        if target and target.type == "identifier":
            return self._scopes.resolve(target) == function
        owner = chain(self._source, target)[:-1]
        is_own = owner in (("self",), ("this",), ("_this",), ("that",), ("widget",))
        return is_own and function.type != "function_declaration"


def _constructors(source: Source, made: Node) -> Iterator[Node]:
    if made.type in FUNCTIONS:
        yield made
    elif made.type in CLASSES:
        body = made.child_by_field_name("body")
        for member in body.named_children if body else ():
            if member.type == "method_definition" and key_of(source, member) == "constructor":
                yield member


def _leaves(statement: Node) -> bool:
    """Return whether a statement may leave the function around it."""
    waiting = [statement]
    while waiting:
        node = waiting.pop()
        if node.type in ("return_statement", "throw_statement"):
            return True
        if node.type not in FUNCTIONS and node.type not in CLASSES:
            waiting.extend(node.named_children)
    return False
