"""Reads the AMD modules of a script: its calls of `define`."""

import re

from tree_sitter import Node

from scaffold.check.model.outline import Define
from scaffold.check.model.scopes import Scopes, returned
from scaffold.check.model.syntax_tree import CLASSES, FUNCTIONS, Source, arguments, literal

_EXPORTS = re.compile(rb"\bexports\b")
_ADDRESS = re.compile(r"""["'`](https?://[\w.:-]+/[^"'`\s$]*)""")
_VERSIONED = re.compile(r"""["'`]([^"'`$?]+)\?""")
"""A name before a computed query that only defeats caches: `'./app.js?v=' + Date.now()`."""


def is_define(source: Source, call: Node) -> bool:
    """Return whether a call is one of AMD's `define`."""
    return source.of(call.child_by_field_name("function")) in ("define", "window.define")


def find_defines(source: Source, scopes: Scopes) -> tuple[Define, ...]:
    """Return every call of `define` in a script."""
    calls = (call for call in source.all("call") if is_define(source, call))
    return tuple(_define(source, scopes, call) for call in calls)


def _define(source: Source, scopes: Scopes, call: Node) -> Define:
    given = arguments(call)
    name = literal(source, given[0]) if given else None
    given = given[1:] if name is not None else given
    listed = scopes.resolve(given[0]) if given else None
    modules = (
        [child for child in listed.named_children if child.type != "comment"]
        if listed and listed.type == "array"
        else []
    )
    texts = [(module, _module(source, module)) for module in modules]
    is_listed = len(given) < 2 or (listed is not None and listed.type == "array")
    return Define(
        place=source.place(call),
        dependencies=tuple(source.place(module, text) for module, text in texts if text is not None),
        literal=is_listed and all(text is not None for _, text in texts),
        name=name or "",
        returns_constructor=_returns_constructor(scopes, given[-1]) if given else None,
    )


def _module(source: Source, node: Node) -> str | None:
    """Return the name of a module; of a computed name, the part that determines the file."""
    name = literal(source, node)
    if name is None and node.type in ("binary_expression", "template_string"):
        found = _ADDRESS.search(source.of(node)) or _VERSIONED.match(source.of(node))
        return found[1] if found else None
    return name


def _returns_constructor(scopes: Scopes, factory: Node) -> bool | None:
    """Return whether a module's factory returns something that `new` can be called on; None if unknown.

    A factory without `return` may assign to `exports`, as in CommonJS.
    """
    function = scopes.resolve(factory)
    if function is None or function.type not in FUNCTIONS:
        return None
    values = [scopes.resolve(value) for value in returned(function)]
    if not values:
        return None if _EXPORTS.search(function.text or b"") else False
    kinds = {value.type if value else "" for value in values}
    if kinds & (FUNCTIONS | CLASSES):
        return True
    return False if kinds <= {"object", "string", "number", "true", "false", "null", "array"} else None
