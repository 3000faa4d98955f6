"""Follows strings built from literals to where they are used, also through functions of the script."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from tree_sitter import Node

from scaffold.check.model.scopes import Scopes
from scaffold.check.model.syntax_tree import (
    FUNCTIONS,
    Source,
    ancestors,
    arguments,
    chain,
    field,
    function_name,
    literal,
)

WIDGET_NAMES = frozenset({"this", "self", "_this", "_self", "that", "widget", "w"})
"""Names by which scripts refer to the widget."""

_ROUNDS = 5
"""Functions that pass a string on from one to the next."""
_MAX_CALLS = 1_000
"""Calls of one name that are followed."""


class Flow(NamedTuple):
    """A string that reaches a sink, and where it comes from."""

    text: str
    node: Node
    """The call of the function that the string is passed to, or the sink itself."""


class _Gap(NamedTuple):
    """A string with one unknown part, which is a parameter of a function."""

    before: str
    function: Node
    at: int
    """The position of the parameter."""
    after: str


class DataFlow:
    """Follows strings through the functions of one script."""

    def __init__(self, source: Source, scopes: Scopes) -> None:
        self._source = source
        self._scopes = scopes

    def reaching(self, sinks: Iterable[tuple[Node, "list[str | Node]"]]) -> Iterator[Flow]:
        """Yield the strings that reach `sinks`: pairs of a sink and the `parts` of its argument."""
        gaps: list[_Gap] = []
        for sink, expression in sinks:
            whole = self._text(expression)
            if isinstance(whole, str):
                yield Flow(whole, sink)
            elif whole:
                gaps.append(whole)
        for _ in range(_ROUNDS):
            waiting, gaps = gaps, []
            for gap in waiting:
                for call in self._calls_of(gap.function):
                    values = arguments(call)
                    value = values[gap.at] if gap.at < len(values) else None
                    whole = self._text(list(parts(self._source, value))) if value else None
                    if isinstance(whole, str):
                        yield Flow(f"{gap.before}{whole}{gap.after}", call)
                    elif whole and whole.function != gap.function:
                        before, after = gap.before + whole.before, whole.after + gap.after
                        gaps.append(_Gap(before, whole.function, whole.at, after))

    def _text(self, expression: "list[str | Node]") -> "str | _Gap | None":
        """Return the string, or one with a gap; None if it cannot be determined."""
        before, gap, after = "", None, ""
        for part in expression:
            if isinstance(part, str):
                before, after = (before, after + part) if gap else (before + part, after)
                continue
            value = self._scopes.resolve(part)
            known = literal(self._source, value)
            if known is not None:
                before, after = (before, after + known) if gap else (before + known, after)
            elif gap or (gap := self._parameter(part)) is None:
                return None
        return _Gap(before, *gap, after) if gap else before

    def _parameter(self, node: Node) -> tuple[Node, int] | None:
        """Return the function that `node` is a parameter of, and its position there."""
        if node.type != "identifier":
            return None
        name = self._source.of(node)
        for outer in ancestors(node):
            if outer.type in FUNCTIONS:
                given = outer.child_by_field_name("parameters")
                named = [self._source.of(child) for child in given.named_children] if given else []
                single = outer.child_by_field_name("parameter")
                named = [self._source.of(single)] if single else named
                if name in named:
                    return outer, named.index(name)
        return None

    def _calls_of(self, function: Node) -> Iterator[Node]:
        """Yield the calls of a function: by its declared name, or as a member of the widget."""
        name, is_member = function_name(self._source, function)
        for call in self._source.calls_by_name.get(name, [])[:_MAX_CALLS] if name else ():
            target = field(call, "function")
            if target is None:
                continue
            if target.type == "identifier":
                if not is_member and self._scopes.resolve(target) == function:
                    yield call
            elif is_member and WIDGET_NAMES.intersection(chain(self._source, target)[:1]):
                yield call


def parts(source: Source, node: Node | None) -> Iterator["str | Node"]:
    """Yield the parts of a string, in order: literals as text, other expressions as nodes."""
    known = literal(source, node)
    if node is None:
        return
    if known is not None:
        yield known
    elif node.type == "binary_expression" and source.of(node.child_by_field_name("operator")) == "+":
        yield from parts(source, field(node, "left"))
        yield from parts(source, field(node, "right"))
    elif node.type == "template_string":
        for child in node.named_children:
            if child.type == "template_substitution":
                yield child.named_children[0] if child.named_children else child
            else:
                yield source.of(child)
    else:
        yield node
