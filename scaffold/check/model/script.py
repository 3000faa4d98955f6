"""Builds the outline of a script."""

import re
from types import MappingProxyType

from tree_sitter import Node

from scaffold.check.model.callbacks import CallbackFinder
from scaffold.check.model.lookups import LookupFinder
from scaffold.check.model.outline import MAX_PARSED_BYTES, Define, Names, Outline
from scaffold.check.model.page_uses import PageUseFinder
from scaffold.check.model.reachability import Reachability
from scaffold.check.model.salesbot_steps import StepFinder
from scaffold.check.model.scopes import Scopes, returned
from scaffold.check.model.syntax_errors import bracket_error, first_error
from scaffold.check.model.syntax_tree import CLASSES, FUNCTIONS, Source, arguments, literal
from scaffold.check.model.undeclared_names import NameFinder
from scaffold.check.model.uses import UseFinder
from scaffold.kommo.callbacks import REQUIRED

_BUNDLE = re.compile(rb"__webpack_require__|\bwebpackJsonp|\bwebpackChunk|\bSystem\.(?:import|register)\b")
_DYNAMIC = re.compile(rb"\bimport\s*\(|\brequire(?:js)?\s*\(")
_QUOTED = re.compile(rb"""["'`]callbacks["'`]""")
_DEFINE = re.compile(rb"\bdefine\b")
_EXPORTS = re.compile(rb"\bexports\b")
_ELSEWHERE = re.compile(r"(?!.*!)(?:\.{0,2}/|https?:|@|.*\.js$)")
"""A module that may set callbacks: in the archive, on another host or in a package; not text, JSON or CSS."""
_ADDRESS = re.compile(r"""["'`](https?://[\w.:-]+/[^"'`\s$]*)""")
_VERSIONED = re.compile(r"""["'`]([^"'`$?]+)\?""")
"""A name before a computed query that only defeats caches: `'./app.js?v=' + Date.now()`."""


def read_script(data: bytes) -> Outline:
    """Return the outline of a script; never raises."""
    if len(data) > MAX_PARSED_BYTES:
        return Outline(False, f"larger than {MAX_PARSED_BYTES // 1_000_000} MB", parsed=False)
    if error := bracket_error(data):
        return Outline(False, "a syntax error", parsed=False, errors=(error,))
    source = Source(data)
    error = first_error(source)
    scopes = Scopes(source)
    defines = tuple(_defines(source, scopes))
    callbacks = CallbackFinder(source, scopes)
    callbacks.find()
    uses = UseFinder(source, scopes)
    uses.find()
    page_uses = PageUseFinder(source, scopes)
    page_uses.find()
    lookups = LookupFinder(source, scopes)
    # After an error there may be more than was found; what was found is in the script all the same.
    reason = "a syntax error" if error else _why_unreadable(source, defines, callbacks)
    return Outline(
        readable=not reason,
        reason=reason,
        errors=(error,) if error else (),
        defines=defines,
        names_define=any(match.start() not in source.comments for match in _DEFINE.finditer(source.text)),
        callbacks=MappingProxyType(callbacks.found),
        uses=MappingProxyType({use: tuple(p) for use, p in (uses.found | page_uses.found).items()}),
        steps=StepFinder(source, scopes).find(),
        texts=lookups.texts(),
        templates=lookups.templates(),
        names=Names() if error else NameFinder(source, Reachability(source, scopes)).find(),
    )


def _why_unreadable(source: Source, defines: tuple[Define, ...], callbacks: CallbackFinder) -> str:
    """Return where unknown callbacks may come from; empty if all are known."""
    if callbacks.opaque:
        return f"the callbacks come from {callbacks.opaque}"
    if base := _base_class(source):
        has_required = all(name in callbacks.found for name in REQUIRED)
        return "" if has_required else f"the callbacks may come from the base class `{base}`"
    if callbacks.found:
        return ""
    for define in defines:
        if not define.literal:
            return "its dependencies are computed"
        for module in define.dependencies:
            if _ELSEWHERE.match(module.text):
                return f"the callbacks may be set in `{module.text}`"
    if _QUOTED.search(source.text):
        return "`callbacks` is set by its quoted name"
    if _BUNDLE.search(source.text):
        return "the modules of its bundle are elsewhere"
    if _DYNAMIC.search(source.text):
        return "it loads modules at run time"
    if source.tree.root_node.has_error:
        return "it has syntax that the parser does not know"
    return ""


def _base_class(source: Source) -> str:
    for declared in source.all("declared_class"):
        for child in declared.named_children:
            if child.type == "class_heritage":
                return source.of(child).removeprefix("extends").strip()[:40]
    return ""


def _defines(source: Source, scopes: Scopes) -> list[Define]:
    return [
        _define(source, scopes, call)
        for call in source.all("call")
        if source.of(call.child_by_field_name("function")) in ("define", "window.define")
    ]


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
