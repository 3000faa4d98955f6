"""Builds the outline of a script."""

import re
from collections.abc import Mapping
from types import MappingProxyType

from scaffold.check.model.amd import find_defines
from scaffold.check.model.callbacks import CallbackFinder
from scaffold.check.model.data_flow import DataFlow
from scaffold.check.model.outline import MAX_PARSED_BYTES, Define, Names, Outline, Use
from scaffold.check.model.page_uses import PageUseFinder
from scaffold.check.model.places import Place
from scaffold.check.model.reachability import Reachability
from scaffold.check.model.salesbot_steps import StepFinder
from scaffold.check.model.scopes import Scopes
from scaffold.check.model.syntax_errors import bracket_error, first_error
from scaffold.check.model.syntax_tree import Source
from scaffold.check.model.template_loads import TemplateLoadFinder
from scaffold.check.model.text_lookups import TextLookupFinder
from scaffold.check.model.text_reads import TextReadFinder
from scaffold.check.model.undeclared_names import NameFinder
from scaffold.check.model.use_collector import UseCollector
from scaffold.check.model.uses import UseFinder
from scaffold.kommo.callbacks import REQUIRED

_BUNDLE = re.compile(rb"__webpack_require__|\bwebpackJsonp|\bwebpackChunk|\bSystem\.(?:import|register)\b")
_DYNAMIC = re.compile(rb"\bimport\s*\(|\brequire(?:js)?\s*\(")
_QUOTED = re.compile(rb"""["'`]callbacks["'`]""")
_DEFINE = re.compile(rb"\bdefine\b")
_ELSEWHERE = re.compile(r"(?!.*!)(?:\.{0,2}/|https?:|@|.*\.js$)")
"""A module that may set callbacks: in the archive, on another host or in a package; not text, JSON or CSS."""


def read_script(data: bytes) -> Outline:
    """Return the outline of a script; never raises."""
    if len(data) > MAX_PARSED_BYTES:
        return Outline(False, f"larger than {MAX_PARSED_BYTES // 1_000_000} MB", parsed=False)
    if error := bracket_error(data):
        return Outline(False, "a syntax error", parsed=False, errors=(error,))
    return _outline(Source(data))


def _outline(source: Source) -> Outline:
    error = first_error(source)
    scopes = Scopes(source)
    defines = find_defines(source, scopes)
    callbacks = CallbackFinder(source, scopes)
    callbacks.find()
    flows = DataFlow(source, scopes)
    lookups = TextLookupFinder(source, scopes, flows)
    texts = lookups.find()
    # After an error there may be more than was found; what was found is in the script all the same.
    reason = "a syntax error" if error else _why_unreadable(source, defines, callbacks)
    return Outline(
        readable=not reason,
        reason=reason,
        errors=(error,) if error else (),
        defines=defines,
        names_define=any(source.matches(_DEFINE)),
        callbacks=MappingProxyType(callbacks.found),
        uses=_uses(source, scopes),
        steps=StepFinder(source, scopes).find(),
        texts=texts,
        templates=TemplateLoadFinder(source, scopes, flows, lookups.keys).find(),
        names=Names() if error else NameFinder(source, Reachability(source, scopes)).find(),
    )


def _uses(source: Source, scopes: Scopes) -> Mapping[Use, tuple[Place, ...]]:
    collector = UseCollector(source)
    UseFinder(source, scopes, collector.add).find()
    TextReadFinder(source, collector.add).find()
    PageUseFinder(source, scopes, collector.add).find()
    return collector.uses()


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
