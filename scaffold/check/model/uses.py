"""Finds what a script does that the rules have something to say about."""

import re
from collections.abc import Iterator
from itertools import islice

from tree_sitter import Node

from scaffold.check.model.libraries import bundled
from scaffold.check.model.outline import Use
from scaffold.check.model.places import Place
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

MAX_PLACES = 100
"""Places reported of one kind; more are not reported."""

_MAX_HITS = 5_000
"""Text matches looked at for one kind, those in comments included."""

_OF_THE_AUTHOR = frozenset({Use.CONSOLE, Use.CONSOLE_IN_CATCH, Use.SCRIPT_TAG})
"""Reported of the author's own code only, not of a library in the same script."""

_HOSTS = frozenset({"APP", "AMOCRM"})
_DIALOGS = frozenset({"alert", "confirm", "prompt"})
_METHODS = frozenset({"GET", "POST", "PUT", "PATCH", "DELETE", "HEAD"})
_TIMERS = frozenset({"setTimeout", "setInterval"})
_QUERIES = frozenset({"find", "closest", "children", "parents", "parent", "siblings", "filter", "is", "not"})
_REQUESTS = frozenset({"ajax", "getJSON", "crm_post", "$authorizedAjax", "fetch"})
_EACH = frozenset({"forEach", "each"})
_REJECTED = frozenset({"catch", "fail"})
_SELVES = frozenset({"this", "self", "_this", "_self", "that", "widget", "w"})
_MERGING = frozenset({"extend", "assign", "merge", "defaults", "set_lang"})
_KEY_DEPTH = 3
"""Levels from what a key says to its pair: a fragment of a text, the text, the pair."""
_ACCESS_DEPTH = 8
"""Levels from a text to what is done with it: methods called on it and parentheses around it."""
_LANGS = re.compile(rb"(\.\s*langs\s*\.\s*)([\w$]++(?:\s*+\.\s*+[\w$]++)*+)\s*+(\()?+")
_ASYNC_FALSE = re.compile(rb"\basync\b[\"']?\s*:\s*(?:false|!1)\b")
_TEXTS: tuple[tuple[Use, re.Pattern[bytes]], ...] = (
    (Use.URL, re.compile(rb"(?<=[\"'`])https?://[^\s\"'`<>\\]*")),
    (Use.SCRIPT_TAG, re.compile(rb"<script\b(?=[^\n]{0,200}?(?:\bsrc\b|>))", re.IGNORECASE)),
)
_ENTITY = re.compile(rb"""\bgetBaseEntity\s*\(\s*\)\s*[!=]==?\s*["'](\w+)["']""")
_OLD_HOST = re.compile(rb"\bAMOCRM\b(?:\s*\.\s*\w+)*")


class UseFinder:
    """Collects the uses of one script."""

    def __init__(self, source: Source, scopes: Scopes) -> None:
        self._source = source
        self._scopes = scopes
        self._members: set[str] = set()
        self._bundled = bundled(source)
        self._selves = _SELVES | {
            source.of(declarator.child_by_field_name("name"))
            for declarator in source.all("declarator")
            if (value := field(declarator, "value")) and value.type == "this"
        }
        self.found: dict[Use, list[Place]] = {}

    def find(self) -> None:
        """Fill `found`."""
        calls = [(call, *self._called(call)) for call in self._source.all("call")]
        catches = self._ranges(calls, _REJECTED, self._source.all("catch"))
        loops = self._ranges(calls, _EACH, self._source.all("loop"))
        for call, owner, name in calls:
            self._call(call, owner, name)
            if owner == "console":
                self._add(Use.CONSOLE_IN_CATCH if call.start_byte in catches else Use.CONSOLE, call, name)
            elif name in _REQUESTS and call.start_byte in loops:
                self._add(Use.REQUEST_IN_LOOP, call, name)
        for created in self._source.all("new"):
            if self._source.of(created.child_by_field_name("constructor")) == "Function":
                self._add(Use.EVAL, created, "Function")
        for statement in self._source.all("debugger"):
            self._add(Use.DEBUGGER, statement, "debugger")
        self._writes()
        self._text_groups()
        self._matches()
        for places in self.found.values():
            places.sort(key=lambda place: (place.line, place.column))

    def _add(self, use: Use, node: Node, text: str) -> None:
        if use in _OF_THE_AUTHOR and node.start_byte in self._bundled:
            return
        places = self.found.setdefault(use, [])
        if len(places) < MAX_PLACES:
            places.append(self._place(node, text))

    def _place(self, node: Node, text: str) -> Place:
        """Return where `node` starts; for a call its function's name, which may be lines below its object."""
        function = field(node, "function") if node.type == "call_expression" else None
        return self._source.place(field(function, "property") or node, text)

    def _called(self, call: Node) -> tuple[str, str]:
        """Return the object's last name and the function's name: `("console", "log")`, `("", "alert")`."""
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
        """Return the stretches of `nodes` and of the functions that calls of `names` are given."""
        given = [
            argument
            for call, _, name in calls
            if name in names
            for argument in arguments(call)
            if argument.type in FUNCTIONS
        ]
        rejections = [
            given_two[1]
            for call, _, name in calls
            if name == "then" and names is _REJECTED and len(given_two := arguments(call)) == 2
        ]
        return Ranges([*nodes, *given, *rejections])

    def _call(self, call: Node, owner: str, name: str) -> None:
        if owner and name and name not in self._members:
            self._members.add(name)
            # Without a bound: each name is reported once.
            self.found.setdefault(Use.MEMBER, []).append(self._place(call, name))
        on_window = owner in ("", "window")
        if (name == "eval" and on_window) or (name == "Function" and not owner):
            self._add(Use.EVAL, call, name)
        elif name in _TIMERS and on_window and self._first(call):
            self._add(Use.EVAL, call, name)
        elif name == "open" and self._first(call).upper() in _METHODS and self._waits(call):
            self._add(Use.SYNC_AJAX, call, name)
        elif name in _DIALOGS and on_window and not self._scopes.defines(name):
            self._add(Use.DIALOG, call, name)
        elif name == "getScript" or (name == "createElement" and self._first(call).lower() == "script"):
            self._add(Use.SCRIPT_TAG, call, name)
        elif name == "constant" and owner in _HOSTS and len(arguments(call)) > 1:
            self._add(Use.HOST_WRITE, call, f"{owner}.constant")
        elif (selector := self._selector(call, owner, name)) is not None:
            self._add(Use.SELECTOR, call, selector)

    def _waits(self, call: Node) -> bool:
        """Return whether `request.open(method, address, false)` asks for an answer at once."""
        return any(argument.type == "false" for argument in arguments(call)[2:3])

    def _first(self, call: Node) -> str:
        given = arguments(call)
        return (literal(self._source, given[0]) or "") if given else ""

    def _selector(self, call: Node, owner: str, name: str) -> str | None:
        """Return the literal selector that a call of jQuery is given, or None."""
        if (not owner and name in ("$", "jQuery")) or (owner and name in _QUERIES):
            text = self._first(call)
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

    def _text_groups(self) -> None:
        """Find `self.langs.a.b`: the longest member access, without the method that is called on the text."""
        done = 0
        is_kept = not self._sets_texts()
        for match in self._hits(_LANGS):
            if match.start() < done:
                continue  # a part of the access before
            done = match.end()
            node = self._source.tree.root_node.descendant_for_byte_range(match.start(2), match.start(2))
            access = node and node.parent
            names = chain(self._source, access)
            if access is None or "langs" not in names or names[0] not in self._selves:
                continue
            key = [name.decode(errors="replace") for name in re.split(rb"\s*\.\s*", match[2])]
            if match[3] or key[-1:] == ["length"]:
                key.pop()
            if key:
                self._add(Use.TEXT_KEY, access, ".".join(key))
            if key and is_kept and _is_read(access):
                self._add(Use.TEXT_READ, access, ".".join(key))

    def _sets_texts(self) -> bool:
        """Return whether the script changes `langs`, so that a text may be there that no file has."""
        targets = [field(assignment, "left") for assignment in self._source.all("assignment")]
        merges = [call for call in self._source.all("call") if self._called(call)[1] in _MERGING]
        targets += [argument for call in merges for argument in arguments(call)[:1]]
        return any("langs" in chain(self._source, target)[1:] for target in targets if target)

    def _matches(self) -> None:
        for use, pattern in _TEXTS:
            for match in self._hits(pattern):
                node = self._node(match.start())
                if node.type in ("string", "string_fragment", "template_string", "escape_sequence"):
                    self._add(use, node, match[0].decode())
        for match in self._hits(_OLD_HOST):
            node = self._node(match.start())
            if node.type == "identifier":
                self._add(Use.OLD_HOST, node, re.sub(r"\s", "", match[0].decode()))
        for match in self._hits(_ENTITY):
            self._add(Use.ENTITY, self._node(match.start()), match[1].decode())
        calls = self._source.all("call")
        hits = [match.start() for match in self._hits(_ASYNC_FALSE)]
        for start, call in innermost(calls, hits):
            key = self._node(start)
            pair = next((outer for outer in islice(ancestors(key), _KEY_DEPTH) if outer.type == "pair"), None)
            if pair:
                self._add(Use.SYNC_AJAX, pair, self._called(call)[1])

    def _node(self, offset: int) -> Node:
        node = self._source.tree.root_node.descendant_for_byte_range(offset, offset)
        return node or self._source.tree.root_node

    def _hits(self, pattern: re.Pattern[bytes]) -> Iterator[re.Match[bytes]]:
        """Yield the matches of `pattern` outside comments."""
        for count, match in enumerate(pattern.finditer(self._source.text)):
            if count >= _MAX_HITS:
                return
            if match.start() not in self._source.comments:
                yield match


def _is_read(access: Node) -> bool:
    """Return whether the text that a member access gives is used as it is, not looked whether it is there."""
    whole, outer = access, None
    for outer in islice(ancestors(access), _ACCESS_DEPTH):  # a node finds its parent from the root down
        if outer.type not in ("member_expression", "parenthesized_expression"):
            break
        whole = outer
    if outer is None or outer == whole:
        return False
    if outer.type in ("unary_expression", "if_statement", "ternary_expression"):
        return outer.child_by_field_name("condition") not in (None, whole)
    operator = outer.child_by_field_name("operator")
    sign = operator.text if operator else None
    if sign == b"&&":
        return outer.child_by_field_name("right") == whole
    return sign not in (b"||", b"??", b"==", b"===", b"!=", b"!==")
