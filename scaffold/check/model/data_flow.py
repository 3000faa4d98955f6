"""Texts that are put together from literals, also where they go through functions of the script first."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from tree_sitter import Node

from scaffold.check.model.scopes import Scopes
from scaffold.check.model.syntax_tree import FUNCTIONS, Source, ancestors, arguments, chain, field, literal

SELVES = frozenset({"this", "self", "_this", "_self", "that", "widget", "w"})
"""What scripts call the widget."""

_ROUNDS = 5
"""Functions that hand a text on to functions that hand it on."""
_MAX_CALLS = 1_000
"""Calls of one name that are looked at."""


class Given(NamedTuple):
    """A text that reaches a sink, and the call or literal that gives it."""

    text: str
    node: Node
    """The call of the function that it goes through, or of the sink itself."""


class _Open(NamedTuple):
    """A text with one gap, which a parameter fills."""

    before: str
    function: Node
    at: int
    after: str


class DataFlow:
    """Follows texts through the functions of one script."""

    def __init__(self, source: Source, scopes: Scopes) -> None:
        self._source = source
        self._scopes = scopes
        self._calls: dict[str, list[Node]] | None = None

    def given(self, sinks: Iterable[tuple[Node, "list[str | Node]"]]) -> Iterator[Given]:
        """Yield the texts that reach sinks: pairs of the sink and the parts of what it is given."""
        opened: list[_Open] = []
        for sink, expression in sinks:
            whole = self._text(expression)
            if isinstance(whole, str):
                yield Given(whole, sink)
            elif whole:
                opened.append(whole)
        for _ in range(_ROUNDS):
            waiting, opened = opened, []
            for gap in waiting:
                for call in self._calls_of(gap.function):
                    values = arguments(call)
                    value = values[gap.at] if gap.at < len(values) else None
                    whole = self._text(list(parts(self._source, value))) if value else None
                    if isinstance(whole, str):
                        yield Given(f"{gap.before}{whole}{gap.after}", call)
                    elif whole and whole.function != gap.function:
                        before, after = gap.before + whole.before, whole.after + gap.after
                        opened.append(_Open(before, whole.function, whole.at, after))

    def _text(self, given: "list[str | Node]") -> "str | _Open | None":
        """Return a text, or one with a gap; None for one that cannot be determined."""
        before, gap, after = "", None, ""
        for part in given:
            if isinstance(part, str):
                before, after = (before, after + part) if gap else (before + part, after)
                continue
            value = self._scopes.resolve(part)
            known = literal(self._source, value)
            if known is not None:
                before, after = (before, after + known) if gap else (before + known, after)
            elif gap or (gap := self._parameter(part)) is None:
                return None
        return _Open(before, *gap, after) if gap else before

    def _parameter(self, node: Node) -> tuple[Node, int] | None:
        """Return the function that `node` is a parameter of, and which."""
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
        """Yield the calls of a function: by the name it is declared by, or as a member of the widget."""
        name, is_member = _name_of(self._source, function)
        for call in self._by_name().get(name, [])[:_MAX_CALLS] if name else ():
            target = field(call, "function")
            if target is None:
                continue
            if target.type == "identifier":
                if not is_member and self._scopes.resolve(target) == function:
                    yield call
            elif is_member and chain(self._source, target)[:1] and chain(self._source, target)[0] in SELVES:
                yield call

    def _by_name(self) -> dict[str, list[Node]]:
        if self._calls is None:
            self._calls = {}
            for call in self._source.all("call"):
                target = field(call, "function")
                if target and target.type == "member_expression":
                    target = target.child_by_field_name("property")
                if target and target.type in ("identifier", "property_identifier"):
                    self._calls.setdefault(self._source.of(target), []).append(call)
        return self._calls


def parts(source: Source, node: Node | None) -> Iterator["str | Node"]:
    """Yield what a text is put together from: literals and expressions, in their order."""
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


def _name_of(source: Source, function: Node) -> tuple[str, bool]:
    """Return the name that a function is called by, and whether as a member of an object."""
    outer = function.parent
    if function.type == "function_declaration":
        return source.of(function.child_by_field_name("name")), False
    if function.type == "method_definition":
        return source.of(function.child_by_field_name("name")), True
    if outer is None:
        return "", False
    if outer.type == "variable_declarator":
        return source.of(outer.child_by_field_name("name")), False
    if outer.type == "assignment_expression":
        left = outer.child_by_field_name("left")
        names = chain(source, left)
        if names:
            return names[-1], len(names) > 1
        return source.of(left), False
    if outer.type == "pair":
        return source.of(outer.child_by_field_name("key")).strip("\"'"), True
    return "", False
