"""Finds calls and patterns in a script that a rule may report."""

import re
from itertools import islice

from tree_sitter import Node

from scaffold.check.model.outline import Use
from scaffold.check.model.scopes import Scopes
from scaffold.check.model.syntax_tree import (
    FUNCTIONS,
    Ranges,
    Source,
    ancestors,
    arguments,
    chain,
    field,
    innermost,
    key_of,
    literal,
)
from scaffold.check.model.use_collector import AddUse

_HOSTS = frozenset({"APP", "AMOCRM"})
_DIALOGS = frozenset({"alert", "confirm", "prompt"})
_METHODS = frozenset({"GET", "POST", "PUT", "PATCH", "DELETE", "HEAD"})
_TIMERS = frozenset({"setTimeout", "setInterval"})
_QUERIES = frozenset({"find", "closest", "children", "parents", "parent", "siblings", "filter", "is", "not"})
_REQUESTS = frozenset({"ajax", "getJSON", "crm_post", "$authorizedAjax", "fetch"})
_EACH = frozenset({"forEach", "each"})
_REJECTED = frozenset({"catch", "fail"})
_KEY_DEPTH = 3
"""Levels from the text of a key to its pair: string fragment, string, pair."""
_ASYNC_FALSE = re.compile(rb"\basync\b[\"']?\s*:\s*(?:false|!1)\b")
_TEXTS: tuple[tuple[Use, re.Pattern[bytes]], ...] = (
    (Use.URL, re.compile(rb"(?<=[\"'`])https?://[^\s\"'`<>\\]*")),
    (Use.SCRIPT_TAG, re.compile(rb"<script\b(?=[^\n]{0,200}?(?:\bsrc\b|>))", re.IGNORECASE)),
)
_ENTITY = re.compile(rb"""\bgetBaseEntity\s*\(\s*\)\s*[!=]==?\s*["'](\w+)["']""")
_OLD_HOST = re.compile(rb"\bAMOCRM\b(?:\s*\.\s*\w+)*")


class UseFinder:
    """Finds the uses in one script."""

    def __init__(self, source: Source, scopes: Scopes, add: AddUse) -> None:
        self._source = source
        self._scopes = scopes
        self._add = add
        self._members: set[str] = set()

    def find(self) -> None:
        """Add the uses of the script."""
        calls = [(call, *self._called(call)) for call in self._source.all("call")]
        catches = self._ranges(calls, _REJECTED, self._source.all("catch"))
        loops = self._ranges(calls, _EACH, self._source.all("loop"))
        for call, owner, name in calls:
            self._call(call, owner, name)
            if owner == "console":
                self._add_call(
                    Use.CONSOLE_IN_CATCH if call.start_byte in catches else Use.CONSOLE, call, name
                )
            elif name in _REQUESTS and call.start_byte in loops:
                self._add_call(Use.REQUEST_IN_LOOP, call, name)
        for created in self._source.all("new"):
            if self._source.of(created.child_by_field_name("constructor")) == "Function":
                self._add(Use.EVAL, created, "Function")
        for statement in self._source.all("debugger"):
            self._add(Use.DEBUGGER, statement, "debugger")
        self._writes()
        self._matches()

    def _add_call(self, use: Use, call: Node, text: str) -> None:
        """Add a use at the name of the method that is called, which may be lines below its object."""
        self._add(use, field(field(call, "function"), "property") or call, text)

    def _called(self, call: Node) -> tuple[str, str]:
        """Return the last names of the object and of the function: `("console", "log")`, `("", "alert")`.

        An object without a name is `"?"`.
        """
        function = field(call, "function")
        if function is None:
            return "", ""
        if function.type == "identifier":
            return "", self._source.of(function)
        if function.type not in ("member_expression", "subscript_expression"):
            return "", ""
        owner = field(function, "object")
        if owner and owner.type == "member_expression":
            owner = owner.child_by_field_name("property")
        named = owner and owner.type in ("identifier", "property_identifier", "this")
        return self._source.of(owner) if named else "?", key_of(self._source, function) or ""

    def _ranges(self, calls: list[tuple[Node, str, str]], names: frozenset[str], nodes: list[Node]) -> Ranges:
        """Return the ranges of `nodes` and of the functions that are passed to calls of `names`."""
        given = [
            argument
            for call, _, name in calls
            if name in names
            for argument in arguments(call)
            if argument.type in FUNCTIONS
        ]
        rejections = [
            both[1]
            for call, _, name in calls
            if name == "then" and names is _REJECTED and len(both := arguments(call)) == 2
        ]
        return Ranges([*nodes, *given, *rejections])

    def _call(self, call: Node, owner: str, name: str) -> None:
        if owner and name and name not in self._members:
            self._members.add(name)
            self._add_call(Use.MEMBER, call, name)
        on_window = owner in ("", "window")
        if (name == "eval" and on_window) or (name == "Function" and not owner):
            self._add_call(Use.EVAL, call, name)
        elif name in _TIMERS and on_window and self._first_text(call):
            self._add_call(Use.EVAL, call, name)
        elif name == "open" and self._first_text(call).upper() in _METHODS and self._is_synchronous(call):
            self._add_call(Use.SYNC_AJAX, call, name)
        elif name in _DIALOGS and on_window and not self._scopes.defines(name):
            self._add_call(Use.DIALOG, call, name)
        elif name == "getScript" or (name == "createElement" and self._first_text(call).lower() == "script"):
            self._add_call(Use.SCRIPT_TAG, call, name)
        elif name == "constant" and owner in _HOSTS and len(arguments(call)) > 1:
            self._add_call(Use.HOST_WRITE, call, f"{owner}.constant")
        elif (selector := self._selector(call, owner, name)) is not None:
            self._add_call(Use.SELECTOR, call, selector)

    def _is_synchronous(self, call: Node) -> bool:
        """Return whether the call is `request.open(method, url, false)`."""
        return any(argument.type == "false" for argument in arguments(call)[2:3])

    def _first_text(self, call: Node) -> str:
        given = arguments(call)
        return (literal(self._source, given[0]) or "") if given else ""

    def _selector(self, call: Node, owner: str, name: str) -> str | None:
        """Return the literal selector in a call of jQuery, or None."""
        if (not owner and name in ("$", "jQuery")) or (owner and name in _QUERIES):
            text = self._first_text(call)
            return text if text and not text.lstrip().startswith("<") else None
        given = arguments(call)
        if owner and name in ("on", "off", "one") and len(given) > 1:
            return literal(self._source, given[1])
        return None

    def _writes(self) -> None:
        for assignment in self._source.all("assignment"):
            left = assignment.child_by_field_name("left")
            names = chain(self._source, left)
            names = names[1:] if names[:1] == ("window",) else names
            if left and names[:1] and names[0] in _HOSTS and left.type != "identifier":
                self._add(Use.HOST_WRITE, left, ".".join(names))

    def _matches(self) -> None:
        for use, pattern in _TEXTS:
            for match in self._source.matches(pattern):
                node = self._source.node_at(match.start())
                if node.type in ("string", "string_fragment", "template_string", "escape_sequence"):
                    self._add(use, node, match[0].decode())
        for match in self._source.matches(_OLD_HOST):
            node = self._source.node_at(match.start())
            if node.type == "identifier":
                self._add(Use.OLD_HOST, node, re.sub(r"\s", "", match[0].decode()))
        for match in self._source.matches(_ENTITY):
            self._add(Use.ENTITY, self._source.node_at(match.start()), match[1].decode())
        calls = self._source.all("call")
        hits = [match.start() for match in self._source.matches(_ASYNC_FALSE)]
        for start, call in innermost(calls, hits):
            key = self._source.node_at(start)
            pair = next((outer for outer in islice(ancestors(key), _KEY_DEPTH) if outer.type == "pair"), None)
            if pair:
                self._add(Use.SYNC_AJAX, pair, self._called(call)[1])
