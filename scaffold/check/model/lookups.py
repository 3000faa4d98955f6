"""Finds the texts and templates that a script looks up, also through functions of its own."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import cached_property
from itertools import islice

from tree_sitter import Node

from scaffold.check.model.data_flow import WIDGET_NAMES, DataFlow, Flow, parts
from scaffold.check.model.outline import TemplateUse
from scaffold.check.model.places import Place
from scaffold.check.model.scopes import Scopes, members
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

_ENDING = ".twig"
_WORD = re.compile(rb"(?<![\w$.])[A-Za-z_$\x80-\xff][\w$\x80-\xff]*+")
_DOT = re.compile(rb"\s*+\.\s*+[\w$]")
_TWIG = re.compile(rb"\.twig\b")
_STRINGS = ("string", "template_string", "string_fragment")
_IN_STRINGS = (*_STRINGS, "parenthesized_expression")
_ON_TEXTS = frozenset({"length", "constructor", "prototype"})
_MAX_MEMBERS = 500
"""Uses of one variable that are followed, if it holds a group of texts."""


class LookupFinder:
    """Collects the text lookups and template loads of one script."""

    def __init__(self, source: Source, scopes: Scopes) -> None:
        self._source = source
        self._scopes = scopes
        self._flows = DataFlow(source, scopes)
        self._groups: dict[int, str] = {}
        """Id of a call that returns a group or a text -> its key."""

    def texts(self) -> tuple[Place, ...]:
        """Return the lookups of texts; the text of a place is the key.

        If only the group is known, as in `'errors.' + code`, the key ends in a dot.
        """
        found: list[Place] = []
        sinks = list(self._text_sinks())
        for flow in self._flows.reaching(sinks):
            if flow.text:
                self._groups[flow.node.id] = flow.text
                found += self._members(flow)
        found += self._computed(sinks)
        return tuple(sorted(set(found)))

    def _computed(self, sinks: list[tuple[Node, list[str | Node]]]) -> Iterator[Place]:
        """Yield the lookups with a computed name; their keys are the group with a dot at the end."""
        for call, key in sinks:
            group, dot, _ = key[0].rpartition(".") if isinstance(key[0], str) else ("", "", "")
            if dot and len(key) > 1:
                yield self._place(call, f"{group}.")

    def templates(self) -> tuple[TemplateUse, ...]:
        """Return the templates of the archive that are loaded. Call `texts` first: it fills the groups."""
        found = [
            TemplateUse(self._place(flow.node, ""), path, self._passed_groups(flow.node))
            for flow in self._flows.reaching(self._template_sinks())
            if (path := _in_archive(flow.text))
        ]
        return tuple(sorted(found, key=lambda use: use.place))

    def _text_sinks(self) -> Iterator[tuple[Node, list[str | Node]]]:
        """Yield each call of the widget's `i18n`, and the parts of its key."""
        for call in self._source.all("call"):
            names = chain(self._source, field(call, "function"))
            given = arguments(call)
            if len(names) == 2 and names[1] == "i18n" and names[0] in WIDGET_NAMES and given:
                yield call, list(parts(self._source, given[0]))

    def _template_sinks(self) -> Iterator[tuple[Node, list[str | Node]]]:
        """Yield each expression with `.twig` in a string, and the parts of its path."""
        seen: set[int] = set()
        for match in _TWIG.finditer(self._source.text):
            node = self._source.node_at(match.start())
            if node.type not in _STRINGS:
                continue
            whole = node
            for outer in ancestors(node):
                if not self._is_concatenation(outer) and outer.type not in _IN_STRINGS:
                    break
                whole = outer
            if whole.id not in seen:
                seen.add(whole.id)
                yield whole, self._path(whole)

    def _is_concatenation(self, node: Node) -> bool:
        operator = self._source.of(node.child_by_field_name("operator"))
        return node.type == "binary_expression" and operator == "+"

    def _path(self, node: Node) -> list[str | Node]:
        """Return the parts of a path, without the widget's own URL before it and a version after it."""
        path = list(parts(self._source, node))
        ends = [at for at, part in enumerate(path) if isinstance(part, str) and _ENDING in part]
        path = path[: ends[0] + 1] if ends else path
        while len(path) > 1 and not isinstance(path[0], str):
            following = path[1]
            if not (isinstance(following, str) and following.startswith("/")):
                break
            path = path[1:]
        return path

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
        yield self._place(flow.node, flow.text)
        if outer.type == "variable_declarator":
            yield from self._by_variable(flow.text, outer, holder)

    def _place(self, node: Node, key: str) -> Place:
        """Return the place of a lookup: the name of the function that is called."""
        call = node
        while call.type in ("member_expression", "subscript_expression", "parenthesized_expression"):
            call = field(call, "object") or unwrap(call) or call
            if call.type == "identifier":
                return self._source.place(node, key)
        if call.type == "binary_expression" and self._source.of(call.child_by_field_name("operator")) != "+":
            call = field(call, "left") or call
        target = field(call, "function") if call.type == "call_expression" else None
        return self._source.place(field(target, "property") or node, key)

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
            yield self._place(holder, key)
            return
        name = key_of(self._source, access)
        is_called = access.parent is not None and access.parent.type == "call_expression"
        is_method = is_called and access.parent.child_by_field_name("function") == access  # type: ignore[union-attr]
        if name is None or is_method or name in _ON_TEXTS:
            yield self._place(holder, key)
            return
        deeper = access.parent
        if deeper and deeper.type in ("member_expression", "subscript_expression"):
            yield from self._member(f"{key}.{name}", deeper, access)
        elif self._with_default(access) == access:  # with a default of its own, it may be missing
            yield self._place(access, f"{key}.{name}")

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

    def _passed_groups(self, node: Node) -> dict[str, str]:
        """Return the groups of texts passed to a template: the name in the template -> the key."""
        found: dict[str, str] = {}
        around = (outer for outer in [node, *ancestors(node)] if outer.type == "call_expression")
        call = next(around, None)
        for argument in arguments(call) if call else ():
            given = self._scopes.resolve(argument)
            if given is None or given.type != "object":
                continue
            for name, value in members(self._source, given):
                given_text = self._scopes.resolve(value)
                key = self._key_of(given_text)
                if name and key:
                    found[name] = key
        return found

    def _key_of(self, node: Node | None) -> str:
        """Return the key of the group that is the value of an expression; empty if it is not one."""
        if node and node.type == "binary_expression":
            node = field(node, "left")
        if node and node.type == "member_expression":
            inner = self._key_of(field(node, "object"))
            name = key_of(self._source, node)
            return f"{inner}.{name}" if inner and name else ""
        return self._groups.get(node.id, "") if node else ""


def _in_archive(text: str) -> str:
    """Return the archive path in a template's path; empty for a template of the CRM."""
    path = text[: text.find(_ENDING) + len(_ENDING)].lstrip("./")
    return "" if path.startswith("tmpl/") or "//" in path or not re.fullmatch(r"[\w./ -]+", path) else path
