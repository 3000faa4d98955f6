"""Finds the texts that a script looks up by `i18n`, also through functions of its own."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import cached_property
from itertools import islice

from tree_sitter import Node

from scaffold.check.model.data_flow import WIDGET_NAMES, DataFlow, Flow, parts
from scaffold.check.model.places import Place
from scaffold.check.model.scopes import Scopes
from scaffold.check.model.syntax_tree import (
    FUNCTIONS,
    Source,
    ancestors,
    arguments,
    chain,
    field,
    key_of,
    unwrap,
)

_WORD = re.compile(rb"(?<![\w$.])[A-Za-z_$\x80-\xff][\w$\x80-\xff]*+")
_DOT = re.compile(rb"\s*+\.\s*+[\w$]")
_ON_TEXTS = frozenset({"length", "constructor", "prototype"})
_MAX_MEMBERS = 500
"""Uses of one variable that are followed, if it holds a group of texts."""


class TextLookupFinder:
    """Collects the text lookups of one script."""

    def __init__(self, source: Source, scopes: Scopes, flows: DataFlow) -> None:
        self._source = source
        self._scopes = scopes
        self._flows = flows
        self.keys: dict[int, str] = {}
        """Id of a call that returns a group or a text -> its key; filled by `find`."""

    def find(self) -> tuple[Place, ...]:
        """Return the lookups of texts; the text of a place is the key.

        If only the group is known, as in `'errors.' + code`, the key ends in a dot.
        """
        found: list[Place] = []
        sinks = list(self._text_sinks())
        for flow in self._flows.reaching(sinks):
            if flow.text:
                self.keys[flow.node.id] = flow.text
                found += self._members(flow)
        found += self._computed(sinks)
        return tuple(sorted(set(found)))

    def _computed(self, sinks: list[tuple[Node, list[str | Node]]]) -> Iterator[Place]:
        """Yield the lookups with a computed name; their keys are the group with a dot at the end."""
        for call, key in sinks:
            group, dot, _ = key[0].rpartition(".") if isinstance(key[0], str) else ("", "", "")
            if dot and len(key) > 1:
                yield call_place(self._source, call, f"{group}.")

    def _text_sinks(self) -> Iterator[tuple[Node, list[str | Node]]]:
        """Yield each call of the widget's `i18n`, and the parts of its key."""
        for call in self._source.all("call"):
            names = chain(self._source, field(call, "function"))
            given = arguments(call)
            if len(names) == 2 and names[1] == "i18n" and names[0] in WIDGET_NAMES and given:
                yield call, list(parts(self._source, given[0]))

    def _members(self, flow: Flow) -> Iterator[Place]:
        """Yield the lookup itself, or the texts that are read from the group that it returns."""
        holder = self._with_default(flow.node)
        outer = holder.parent
        if outer and outer.type == "parenthesized_expression":
            holder, outer = outer, outer.parent
        if outer and outer.type in ("member_expression", "subscript_expression"):
            yield from self._member(flow.text, outer, holder)
            return
        if outer is None or (self._is_direct(flow.node) and not self._is_used(outer)):
            return
        yield call_place(self._source, flow.node, flow.text)
        if outer.type == "variable_declarator":
            yield from self._by_variable(flow.text, outer, holder)

    def _is_direct(self, call: Node) -> bool:
        """Return whether a call is one of `i18n` itself; another function may use the text inside."""
        return chain(self._source, field(call, "function"))[-1:] == ("i18n",)

    def _is_used(self, outer: Node) -> bool:
        """Return whether the value in `outer`, a statement or declaration, is used for anything."""
        if outer.type == "expression_statement":
            return False
        name = outer.child_by_field_name("name") if outer.type == "variable_declarator" else None
        if name is None or name.type != "identifier":
            return True
        home = next(
            (each for each in ancestors(outer) if each.type in FUNCTIONS), self._source.tree.root_node
        )
        places = self._words.get(self._source.of(name).encode(), [])
        return bisect_left(places, home.end_byte) - bisect_left(places, home.start_byte) > 1

    @cached_property
    def _words(self) -> dict[bytes, list[int]]:
        """The offsets of each word in the script that is not a member access."""
        found: dict[bytes, list[int]] = {}
        for match in _WORD.finditer(self._source.text):
            found.setdefault(match[0], []).append(match.start())
        return found

    def _member(self, key: str, access: Node, holder: Node) -> Iterator[Place]:
        if access.child_by_field_name("object") != holder:
            yield call_place(self._source, holder, key)
            return
        name = key_of(self._source, access)
        outer = access.parent
        called = field(outer, "function") if outer and outer.type == "call_expression" else None
        is_method = called == access
        if name is None or is_method or name in _ON_TEXTS:
            yield call_place(self._source, holder, key)
        elif outer and outer.type in ("member_expression", "subscript_expression"):
            yield from self._member(f"{key}.{name}", outer, access)
        elif self._with_default(access) == access:  # with a default of its own, it may be missing
            yield call_place(self._source, access, f"{key}.{name}")

    def _with_default(self, node: Node) -> Node:
        """Return the expression `node || {}` around a call, or else the call."""
        holder = node
        while holder.parent and holder.parent.type in ("parenthesized_expression", "binary_expression"):
            outer = holder.parent
            operator = self._source.of(outer.child_by_field_name("operator"))
            if outer.type == "binary_expression" and operator not in ("||", "??"):
                break
            holder = outer
        return holder

    def _by_variable(self, key: str, declarator: Node, value: Node) -> Iterator[Place]:
        """Yield the texts that are read from a variable that holds a group."""
        name = declarator.child_by_field_name("name")
        if name is None or name.type != "identifier":
            return
        word = self._source.of(name).encode()
        target = unwrap(value)
        places = (at for at in self._words.get(word, []) if _DOT.match(self._source.text, at + len(word)))
        for at in islice(places, _MAX_MEMBERS):
            node = self._source.node_at(at, at + len(word))
            access = node.parent if node.type == "identifier" else None
            if access and access.type == "member_expression" and self._scopes.resolve(node) == target:
                yield from self._member(key, access, node)


def call_place(source: Source, node: Node, key: str) -> Place:
    """Return the place of a lookup: the name of the function that is called."""
    call = node
    while call.type in ("member_expression", "subscript_expression", "parenthesized_expression"):
        call = field(call, "object") or unwrap(call) or call
        if call.type == "identifier":
            return source.place(node, key)
    if call.type == "binary_expression" and source.of(call.child_by_field_name("operator")) != "+":
        call = field(call, "left") or call
    target = field(call, "function") if call.type == "call_expression" else None
    return source.place(field(target, "property") or node, key)
