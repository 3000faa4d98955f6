"""Finds the places for callbacks, helpers and modules in a script that was not generated."""

from collections.abc import Iterator
from typing import NamedTuple

from tree_sitter import Node

from scaffold.grow.merge.javascript import parsed
from scaffold.kommo.callbacks import BY_NAME

_FUNCTIONS = frozenset({"function_expression", "function_declaration", "arrow_function", "method_definition"})
_NAMES = frozenset({"identifier", "shorthand_property_identifier", "shorthand_property_identifier_pattern"})
_MERGING = frozenset({"extend", "assign", "merge", "defaults"})
"""Functions that merge objects, by the last part of their name."""


class Define(NamedTuple):
    """The call of `define`."""

    modules: Node
    """The array of module names."""
    parameters: Node
    """Those of the module's function."""
    body: Node
    """Its statements."""


class Places(NamedTuple):
    """Where things belong in one script; nodes of its syntax tree."""

    define: Define | None
    constructor: Node
    """The block of statements in which the callbacks are assigned to the widget."""
    at: Node
    """The node that assigns them: an assignment, a call, or a field of a class."""
    target: str
    """The left side: `this.callbacks`, `self.callbacks`."""
    callbacks: Node | None
    """The object literal with the callbacks; None if it was not found."""


def places_in(data: bytes) -> Places | None:
    """Return the places in a script; None if it cannot be parsed or assigns no callbacks."""
    root = parsed(data)
    if root.has_error:
        return None
    define = _define(root)
    found = list(_assignments(root))
    known = [place for place in found if place.callbacks and _has_known(place.callbacks)]
    chosen = next(iter([*known, *found]), None)
    return chosen._replace(define=define) if chosen else None


def declared(data: bytes) -> frozenset[str]:
    """Return the names of all variables in a script, declared or used."""
    return frozenset(
        (node.text or b"").decode(errors="replace") for node in walk(parsed(data)) if node.type in _NAMES
    )


def walk(node: Node) -> Iterator[Node]:
    """Yield a node and all its descendants, in the order of the text."""
    pending = [node]
    while pending:
        current = pending.pop()
        yield current
        pending += reversed(current.children)


def _has_known(callbacks: Node) -> bool:
    """Return whether an object has callbacks of the platform; libraries use `callbacks` for their own."""
    keys = (
        member.child_by_field_name("key") or member.child_by_field_name("name")
        for member in callbacks.named_children
    )
    return any(_text(key).strip("'\"") in BY_NAME for key in keys if key)


def _text(node: Node | None) -> str:
    return (node.text or b"").decode(errors="replace") if node else ""


def _define(root: Node) -> Define | None:
    for node in walk(root):
        if node.type != "call_expression" or _text(node.child_by_field_name("function")) not in (
            "define",
            "window.define",
        ):
            continue
        given = node.child_by_field_name("arguments")
        nodes = [child for child in given.named_children if child.type != "comment"] if given else []
        modules = next((child for child in nodes if child.type == "array"), None)
        maker = nodes[-1] if nodes and nodes[-1].type in _FUNCTIONS else None
        parameters = maker.child_by_field_name("parameters") if maker else None
        body = maker.child_by_field_name("body") if maker else None
        if modules and parameters and body and body.type == "statement_block":
            return Define(modules, parameters, body)
    return None


def _assignments(root: Node) -> Iterator[Places]:
    """Yield the places that assign callbacks to a widget, most likely first."""
    fields = []
    for node in walk(root):
        if node.type == "assignment_expression":
            left = node.child_by_field_name("left")
            body = _body_around(node)
            if left and body and _is_callbacks(left):
                value = _object(node.child_by_field_name("right"), root)
                yield Places(None, body, node, _text(left), value)
        elif node.type == "call_expression" and (place := _merging_call(node)):
            yield place
        elif node.type == "field_definition" and _text(node.child_by_field_name("property")) == "callbacks":
            fields.append(node)
    for field in fields:
        body = _constructor(field)
        if body:
            yield Places(None, body, field, "this.callbacks", None)


def _is_callbacks(node: Node) -> bool:
    return node.type == "member_expression" and _text(node.child_by_field_name("property")) == "callbacks"


def _merging_call(call: Node) -> Places | None:
    """Return the place of a call such as `$.extend(self.callbacks, {...})`; None for any other call."""
    function, given = call.child_by_field_name("function"), call.child_by_field_name("arguments")
    if given is None or _text(function).rpartition(".")[2] not in _MERGING:
        return None
    target = next((child for child in given.named_children if _is_callbacks(child)), None)
    value = next((child for child in reversed(given.named_children) if child.type == "object"), None)
    body = _body_around(call)
    return Places(None, body, call, _text(target), value) if target and value and body else None


def _object(value: Node | None, root: Node) -> Node | None:
    """Return the object literal of an expression, or of the declaration of its variable."""
    if value is None or value.type == "object":
        return value
    if value.type == "assignment_expression":
        return _object(value.child_by_field_name("right"), root)
    if value.type == "call_expression":
        given = value.child_by_field_name("arguments")
        if given and _text(value.child_by_field_name("function")).rpartition(".")[2] in _MERGING:
            return next((child for child in reversed(given.named_children) if child.type == "object"), None)
    if value.type == "identifier":
        for node in walk(root):
            if node.type == "variable_declarator" and _text(node.child_by_field_name("name")) == _text(value):
                held = node.child_by_field_name("value")
                return held if held and held.type == "object" else None
    return None


def _body_around(node: Node) -> Node | None:
    """Return the block of statements of the function around a node."""
    around = node.parent
    while around and around.type not in _FUNCTIONS:
        around = around.parent
    body = around.child_by_field_name("body") if around else None
    return body if body and body.type == "statement_block" else None


def _constructor(field: Node) -> Node | None:
    """Return the block of statements of the constructor in a field's class."""
    body = field.parent
    for member in body.named_children if body else ():
        if member.type == "method_definition" and _text(member.child_by_field_name("name")) == "constructor":
            return member.child_by_field_name("body")
    return None
