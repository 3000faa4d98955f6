"""Finds the templates that a script loads, and the texts that it passes to them."""

import re
from collections.abc import Iterator, Mapping

from tree_sitter import Node

from scaffold.check.model.data_flow import DataFlow, parts
from scaffold.check.model.outline import TemplateUse
from scaffold.check.model.scopes import Scopes, members
from scaffold.check.model.syntax_tree import Source, ancestors, arguments, field, key_of
from scaffold.check.model.text_lookups import call_place

_ENDING = ".twig"
_TWIG = re.compile(rb"\.twig\b")
_STRINGS = ("string", "template_string", "string_fragment")
_IN_STRINGS = (*_STRINGS, "parenthesized_expression")


class TemplateLoadFinder:
    """Collects the templates that one script loads."""

    def __init__(self, source: Source, scopes: Scopes, flows: DataFlow, keys: Mapping[int, str]) -> None:
        self._source = source
        self._scopes = scopes
        self._flows = flows
        self._keys = keys
        """Id of a call that returns a group or a text -> its key."""

    def find(self) -> tuple[TemplateUse, ...]:
        """Return the templates of the archive that are loaded."""
        found = [
            TemplateUse(call_place(self._source, flow.node, ""), path, self._passed_groups(flow.node))
            for flow in self._flows.reaching(self._sinks())
            if (path := _in_archive(flow.text))
        ]
        return tuple(sorted(found, key=lambda use: use.place))

    def _sinks(self) -> Iterator[tuple[Node, list[str | Node]]]:
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
        return self._keys.get(node.id, "") if node else ""


def _in_archive(text: str) -> str:
    """Return the archive path in a template's path; empty for a template of the CRM."""
    path = text[: text.find(_ENDING) + len(_ENDING)].lstrip("./")
    return "" if path.startswith("tmpl/") or "//" in path or not re.fullmatch(r"[\w./ -]+", path) else path
