"""The texts and templates that a script asks for, also through functions of its own."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import cached_property
from itertools import islice

from tree_sitter import Node

from scaffold.check.model.data_flow import SELVES, DataFlow, Given, parts
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
_ON_TEXTS = frozenset({"length", "constructor", "prototype"})
_MAX_MEMBERS = 500
"""Uses of one variable that holds a group of texts."""


class LookupFinder:
    """Collects the keys of texts and the templates of one script."""

    def __init__(self, source: Source, scopes: Scopes) -> None:
        self._source = source
        self._scopes = scopes
        self._flows = DataFlow(source, scopes)
        self._groups: dict[int, str] = {}
        """By the node of a call that gives a group or a text: its key."""

    def texts(self) -> tuple[Place, ...]:
        """Return where texts are asked for; the place's text is the key, as far as it can be determined.

        Where that is only the group of the text, as in `'errors.' + code`, it ends in a dot.
        """
        found: list[Place] = []
        sinks = list(self._text_sinks())
        for given in self._flows.given(sinks):
            if given.text:
                self._groups[given.node.id] = given.text
                found += self._members(given)
        found += self._computed(sinks)
        return tuple(sorted(set(found)))

    def _computed(self, sinks: list[tuple[Node, list[str | Node]]]) -> Iterator[Place]:
        """Yield the groups, with a dot behind, whose texts are asked for by a name that is computed."""
        for call, given in sinks:
            group, dot, _ = given[0].rpartition(".") if isinstance(given[0], str) else ("", "", "")
            if dot and len(given) > 1:
                yield self._place(call, f"{group}.")

    def templates(self) -> tuple[TemplateUse, ...]:
        """Return the templates of the archive that are asked for; to be called after `texts`."""
        found = [
            TemplateUse(self._place(given.node, ""), path, self._handed_over(given.node))
            for given in self._flows.given(self._template_sinks())
            if (path := _in_archive(given.text))
        ]
        return tuple(sorted(found, key=lambda use: use.place))

    def _text_sinks(self) -> Iterator[tuple[Node, list[str | Node]]]:
        for call in self._source.all("call"):
            names = chain(self._source, field(call, "function"))
            given = arguments(call)
            if len(names) == 2 and names[1] == "i18n" and names[0] in SELVES and given:
                yield call, list(parts(self._source, given[0]))

    def _template_sinks(self) -> Iterator[tuple[Node, list[str | Node]]]:
        """Yield the expressions that name a file of templates, each with the call that is given them."""
        seen: set[int] = set()
        for match in _TWIG.finditer(self._source.text):
            node = self._source.tree.root_node.descendant_for_byte_range(match.start(), match.start())
            if node is None or node.type not in _STRINGS:
                continue
            whole = node
            for outer in ancestors(node):
                if not self._is_sum(outer) and outer.type not in (*_STRINGS, "parenthesized_expression"):
                    break
                whole = outer
            if whole.id not in seen:
                seen.add(whole.id)
                yield whole, self._path(whole)

    def _is_sum(self, node: Node) -> bool:
        operator = self._source.of(node.child_by_field_name("operator"))
        return node.type == "binary_expression" and operator == "+"

    def _path(self, node: Node) -> list[str | Node]:
        """Return the parts of an address, without the widget's own before it and a version behind it."""
        given = list(parts(self._source, node))
        ends = [at for at, part in enumerate(given) if isinstance(part, str) and _ENDING in part]
        given = given[: ends[0] + 1] if ends else given
        while len(given) > 1 and not isinstance(given[0], str):
            following = given[1]
            if not (isinstance(following, str) and following.startswith("/")):
                break
            given = given[1:]
        return given

    def _members(self, given: Given) -> Iterator[Place]:
        """Yield the texts of a group that are asked for where it is given, or of the variable that has it."""
        holder = self._defaulted(given.node)
        outer = holder.parent
        if outer and outer.type == "parenthesized_expression":
            holder, outer = outer, outer.parent
        if outer and outer.type in ("member_expression", "subscript_expression"):
            yield from self._member(given.text, outer, holder)
            return
        if outer is None or (self._is_direct(given.node) and not self._is_used(outer)):
            return
        yield self._place(given.node, given.text)
        if outer.type == "variable_declarator":
            yield from self._by_variable(given.text, outer, holder)

    def _place(self, node: Node, key: str) -> Place:
        """Return where a text is asked for: at the name of what is called."""
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
        """Return whether a call is one of `i18n`, not of a function that may use the text itself."""
        return chain(self._source, field(call, "function"))[-1:] == ("i18n",)

    def _is_used(self, outer: Node) -> bool:
        """Return whether anything is done with what stands in `outer`."""
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
        """Where each word of the script stands, as a name of its own."""
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
        elif self._defaulted(access) == access:  # what has a default of its own may be missing
            yield self._place(access, f"{key}.{name}")

    def _defaulted(self, node: Node) -> Node:
        """Return `node || {}` around a call, or the call."""
        holder = node
        while holder.parent and holder.parent.type in ("parenthesized_expression", "binary_expression"):
            outer = holder.parent
            operator = self._source.of(outer.child_by_field_name("operator"))
            if outer.type == "binary_expression" and operator not in ("||", "??"):
                break
            holder = outer
        return holder

    def _by_variable(self, key: str, declarator: Node, value: Node) -> Iterator[Place]:
        """Yield the members that are read of a variable."""
        name = declarator.child_by_field_name("name")
        if name is None or name.type != "identifier":
            return
        word = self._source.of(name).encode()
        target = unwrap(value)
        places = (at for at in self._words.get(word, []) if _DOT.match(self._source.text, at + len(word)))
        for at in islice(places, _MAX_MEMBERS):
            node = self._source.tree.root_node.descendant_for_byte_range(at, at + len(word))
            access = node.parent if node and node.type == "identifier" else None
            if (
                node
                and access
                and access.type == "member_expression"
                and self._scopes.resolve(node) == target
            ):
                yield from self._member(key, access, node)

    def _handed_over(self, node: Node) -> dict[str, str]:
        """Return the groups of texts that a template is given: the name there -> the key."""
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
        """Return the key of the group that an expression gives; empty where it gives none."""
        if node and node.type == "binary_expression":
            node = field(node, "left")
        if node and node.type == "member_expression":
            inner = self._key_of(field(node, "object"))
            name = key_of(self._source, node)
            return f"{inner}.{name}" if inner and name else ""
        return self._groups.get(node.id, "") if node else ""


def _in_archive(text: str) -> str:
    """Return the file of the archive that an address of a template names; empty for one of the CRM's."""
    path = text[: text.find(_ENDING) + len(_ENDING)].lstrip("./")
    return "" if path.startswith("tmpl/") or "//" in path or not re.fullmatch(r"[\w./ -]+", path) else path
