"""Finds what a script does to the CRM's page, and where it relies on what may not be there."""

import re
from collections.abc import Iterator

from tree_sitter import Node

from scaffold.check.model.data_flow import parts
from scaffold.check.model.hosts import url_is_local
from scaffold.check.model.outline import Use
from scaffold.check.model.scopes import Scopes
from scaffold.check.model.syntax_tree import (
    FUNCTIONS,
    Source,
    ancestors,
    arguments,
    called_name,
    chain,
    field,
    key_of,
    literal,
)
from scaffold.check.model.use_collector import AddUse
from scaffold.kommo.page import PAGE_ROOTS, RUN_TIME_CODE

_QUERIES = frozenset({"$", "jQuery", "getElementById", "querySelector", "querySelectorAll"})
_REPLACING = frozenset({"html", "text", "empty", "remove", "replaceWith", "replaceChildren", "detach"})
_WITH_VALUE = frozenset({"html", "text"})
"""Those that only read if they have no argument."""
_REPLACED_MEMBERS = frozenset({"innerHTML", "outerHTML", "innerText", "textContent"})
_ROOT_OBJECTS = frozenset({"document.body", "document.documentElement", "document"})
_LIBRARIES = frozenset({"$", "jQuery"})
_SECRET = re.compile(r"token|secret|passw|api_?key|private_?key", re.IGNORECASE)
_CONTAINER = re.compile(r"#?(?:work-area-|list_page_holder\b)")
_LITERAL_CODE = re.compile("|".join(pattern for pattern in RUN_TIME_CODE).encode())


class PageUseFinder:
    """Finds the uses of the page in one script."""

    def __init__(self, source: Source, scopes: Scopes, add: AddUse) -> None:
        self._source = source
        self._scopes = scopes
        self._add = add

    def find(self) -> None:
        """Add the uses of the script."""
        for call in self._source.all("call"):
            self._call(call)
        for assignment in self._source.all("assignment"):
            self._assignment(assignment)
        self._literal_codes()

    def _call(self, call: Node) -> None:
        target = field(call, "function")
        name = called_name(self._source, call)
        given = arguments(call)
        if name in _REPLACING and (given or name not in _WITH_VALUE):
            root = self._root(field(target, "object"))
            if root:
                self._add(Use.PAGE_REPLACED, field(target, "property") or call, f"$('{root}').{name}")
        elif name == "noConflict" and self._source.of(field(target, "object")) in _LIBRARIES:
            self._add(Use.LIBRARY_TAKEN, call, self._source.of(target))
        elif name == "write" and self._source.of(target) == "document.write":
            self._add(Use.PAGE_REPLACED, call, "document.write")
        elif name == "setSdkCatalogId" and given:
            value = self._scopes.resolve(given[0])
            if value and value.type == "number" and self._source.of(value) == "0":
                self._add(Use.UNSET_LIST, given[0], self._source.of(given[0])[:60])
        elif name == "crm_post" and given:
            address = next(iter(self._texts(given[0])), "")
            if url_is_local(address):
                self._add(Use.OWN_MACHINE_POST, given[0], address[:80])
        selector = next(iter(self._texts(given[0])), "") if name in _QUERIES and given else ""
        if _CONTAINER.match(selector) and self._is_in_render(call):
            self._add(Use.EARLY_CONTAINER, call, self._source.of(given[0])[:60])

    def _assignment(self, assignment: Node) -> None:
        left = assignment.child_by_field_name("left")
        names = chain(self._source, left)
        if names[:1] == ("window",) and names[1:] and names[1] in _LIBRARIES and len(names) == 2:
            self._add(Use.LIBRARY_TAKEN, assignment, ".".join(names))
        elif names[-2:-1] == ("fields",) and _SECRET.search(names[-1]):
            self._add(Use.SECRET_FIELD, assignment, ".".join(names))
        elif names[-1:] and names[-1] in _REPLACED_MEMBERS:
            owner = self._source.of(field(left, "object"))
            if owner in _ROOT_OBJECTS:
                self._add(Use.PAGE_REPLACED, assignment, ".".join(names))

    def _texts(self, node: Node) -> Iterator[str]:
        """Yield the literals at the start of a string, up to the first unknown part."""
        for part in parts(self._source, self._scopes.resolve(node) or node):
            if not isinstance(part, str):
                known = literal(self._source, self._scopes.resolve(part))
                if known is None:
                    return
                yield known
            else:
                yield part

    def _root(self, node: Node | None) -> str:
        """Return the root of the page that `$(...)` selects, as object or selector; else an empty string."""
        made = self._scopes.resolve(node)
        if made is None or made.type != "call_expression":
            return ""
        given = arguments(made)
        if self._source.of(field(made, "function")) not in _LIBRARIES or len(given) != 1:
            return ""
        if self._source.of(given[0]) in _ROOT_OBJECTS:
            return self._source.of(given[0])
        selector = (literal(self._source, given[0]) or "").strip()
        return selector if selector in PAGE_ROOTS else ""

    def _is_in_render(self, node: Node) -> bool:
        """Return whether the innermost function around a node is the callback `render`."""
        for outer in ancestors(node):
            if outer.type in FUNCTIONS:
                member = outer.parent if outer.parent and outer.parent.type == "pair" else outer
                names = chain(self._source, outer.parent.child_by_field_name("left")) if outer.parent else ()
                return key_of(self._source, member) == "render" or names[-2:] == ("callbacks", "render")
        return False

    def _literal_codes(self) -> None:
        for match in _LITERAL_CODE.finditer(self._source.text):
            node = self._source.node_at(match.start(), match.end())
            if node.type in ("string", "string_fragment", "template_string"):
                self._add(Use.LITERAL_CODE, node, match[0].decode(errors="replace"))
