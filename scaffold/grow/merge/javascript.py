"""Reads a script, or a JSON document, into units."""

from collections.abc import Container, Iterator, Sequence
from functools import cache

import tree_sitter_javascript
from tree_sitter import Language, Node, Parser

from scaffold.grow.merge.folding import folded
from scaffold.grow.merge.pieces import Item, List, Part, Source

LISTS = {
    "object": ",", "array": ",", "formal_parameters": ",", "statement_block": "", "class_body": "",
    "switch_body": "",
}  # fmt: skip
"""Node type with items -> their separator."""

_MAX_DEPTH = 150
"""Nesting of lists; deeper ones are read as plain text."""

_MAX_BYTES = 2_000_000
_DECLARATIONS = frozenset({"lexical_declaration", "variable_declaration"})
_FUNCTIONS = frozenset(
    {"function_expression", "arrow_function", "generator_function", "object", "array", "class"}
)
"""What ends the key of a call: its arguments from the first function, object or array on may change."""
_HEADS = {"if_statement": "condition", "while_statement": "condition", "switch_statement": "value"}


@cache
def _parser() -> Parser:
    return Parser(Language(tree_sitter_javascript.language()))


def parsed(data: bytes) -> Node:
    """Return the root of a script's syntax tree, which may have errors."""
    return _parser().parse(data).root_node


def list_of(data: bytes, node: Node) -> List:
    """Return one node of a script's tree as a list: a block, an object, a list of parameters."""
    return _Reader(data, 0).held(node, 0)


def read(text: str) -> Source | None:
    """Return the units of a script; None if it has a syntax error or is too large."""
    data = text.encode()
    if len(data) > _MAX_BYTES:
        return None
    root = parsed(data)
    if root.has_error:
        return None
    return Source(data, _Reader(data, 0).held(root, 0), folded)


def read_json(text: str) -> Source | None:
    """Return the units of a JSON document that is an object or an array; None for any other text."""
    data = b"(" + text.encode() + b")"
    root = parsed(data)
    statement = root.named_children[0] if root.named_child_count == 1 else None
    wrapped = statement.named_children[0] if statement and statement.named_child_count == 1 else None
    values = [child for child in wrapped.named_children if child.type != "comment"] if wrapped else []
    if root.has_error or len(values) != 1 or values[0].type not in ("object", "array"):
        return None
    value = values[0]
    reader = _Reader(data, 1)
    parts = [
        Part(0, value.start_byte - 1),
        Part(value.start_byte - 1, value.end_byte - 1, reader.held(value, 0)),
    ]
    parts.append(Part(value.end_byte - 1, len(data) - 2))
    whole = Item("document", 0, 0, len(data) - 2, len(data) - 2, lambda: parts)
    return Source(data[1:-1], List("document", 0, len(data) - 2, [whole]), folded)


def modules(source: Source) -> dict[str, str]:
    """Return the folded names of the modules that a script depends on, by their parameters."""
    for item in source.root.items:
        held = [part.held for part in item.parts if part.held] if item.key.startswith("call define") else []
        if [one.kind for one in held[:2]] == ["array", "formal_parameters"]:
            names, parameters = ([source.folded(i.start, i.end) for i in one.items] for one in held[:2])
            return dict(zip(parameters, names, strict=False))
    return {}


class _Reader:
    """Reads one tree; `shift` is the offset of the text in the parsed data."""

    def __init__(self, data: bytes, shift: int) -> None:
        self._data = data
        self._shift = shift

    def held(self, node: Node, depth: int) -> List:
        """Return a node as a list."""
        braces = 0 if node.type == "program" else 1
        start, end = node.start_byte + braces, node.end_byte - braces
        if node.type == "program":
            start, end = 0, len(self._data)
        return List(
            node.type,
            start - self._shift,
            end - self._shift,
            [*self._items(node, depth)],
            LISTS.get(node.type, ""),
        )

    def _items(self, node: Node, depth: int) -> Iterator[Item]:
        comments: list[Node] = []
        last_row = -1
        children = node.children
        for place, child in enumerate(children):
            if child.type == "comment":
                if not (child.start_point.row == last_row and not comments):
                    comments.append(child)  # otherwise it belongs to the item before it
            elif child.is_named:
                free, leading = self._leading(comments, child)
                yield from (self._comment(comment) for comment in free)
                end, stop, last_row = self._end(children, place)
                start = leading[0].start_byte if leading else child.start_byte
                yield self._item(child, start, end, stop, depth)
                comments = []
        yield from (self._comment(comment) for comment in comments)

    def _end(self, children: Sequence[Node], place: int) -> tuple[int, int, int]:
        """Return the end of the item, the end of its separator and comments, and the row of the latter."""
        node = children[place]
        stop, row = node.end_byte, node.end_point.row
        for follower in children[place + 1 :]:
            if follower.type in (",", ";") and not self._data[stop : follower.start_byte].strip():
                stop, row = follower.end_byte, follower.end_point.row
            elif follower.type == "comment" and follower.start_point.row == row:
                stop, row = follower.end_byte, follower.end_point.row
            else:
                break
        return node.end_byte, stop, row

    def _leading(self, comments: list[Node], node: Node) -> tuple[list[Node], list[Node]]:
        """Return the separate comments, and those directly above the node."""
        at = len(comments)
        below = node
        while at and self._data[comments[at - 1].end_byte : below.start_byte].count(b"\n") < 2:
            at -= 1
            below = comments[at]
        return comments[:at], comments[at:]

    def _comment(self, node: Node) -> Item:
        start, end = node.start_byte - self._shift, node.end_byte - self._shift
        key = f"comment {folded(self._text(node.start_byte, node.end_byte))}"
        return Item(key, start, start, end, end, lambda: [Part(start, end)])

    def _item(self, node: Node, start: int, end: int, stop: int, depth: int) -> Item:
        shift = self._shift
        return Item(
            self._key(node),
            start - shift,
            node.start_byte - shift,
            end - shift,
            stop - shift,
            lambda: self._parts(node, depth),
        )

    def _parts(self, node: Node, depth: int) -> list[Part]:
        parts, at = [], node.start_byte
        for inner in _lists(node) if depth < _MAX_DEPTH else ():
            parts.append(Part(at - self._shift, inner.start_byte - self._shift))
            at = inner.end_byte
            parts.append(Part(inner.start_byte - self._shift, at - self._shift, self.held(inner, depth + 1)))
        return [*parts, Part(at - self._shift, node.end_byte - self._shift)]

    def _text(self, start: int, end: int) -> str:
        return self._data[start:end].decode(errors="replace")

    def _fold(self, node: Node) -> str:
        return folded(self._text(node.start_byte, node.end_byte))

    def _key(self, node: Node) -> str:
        """Return the key of a statement, member, element or parameter."""
        if node.type in _DECLARATIONS:
            names = [child.child_by_field_name("name") for child in node.named_children]
            return "name " + ",".join(self._fold(name) for name in names if name)
        named = node.child_by_field_name("name") or node.child_by_field_name("key")
        if named is None and node.type == "field_definition":
            named = node.child_by_field_name("property")
        if named and node.type != "named_arguments":
            return "name " + self._fold(named).removeprefix('"')
        if node.type == "expression_statement" and node.named_child_count:
            return self._expression_key(node.named_children[0])
        if head := node.child_by_field_name(_HEADS.get(node.type, "")) if node.type in _HEADS else None:
            return f"{node.type} {self._fold(head)}"
        if node.type == "return_statement":
            return "return"
        return f"{node.type} {self._fold(node)}"

    def _expression_key(self, node: Node) -> str:
        left = node.child_by_field_name("left")
        if node.type == "assignment_expression" and left:
            text = self._fold(left)
            return "set callbacks" if text.endswith("\0.\0callbacks") else f"set {text}"
        if node.type in ("call_expression", "await_expression", "new_expression"):
            first = next(_outermost(node, _FUNCTIONS), None)
            end = first.start_byte if first else node.end_byte
            return f"call {folded(self._text(node.start_byte, end))}"
        return f"do {self._fold(node)}"


def _lists(node: Node) -> Iterator[Node]:
    """Yield the outermost nodes that have items."""
    return iter((node,)) if node.type in LISTS else _outermost(node, LISTS)


def _outermost(node: Node, types: Container[str]) -> Iterator[Node]:
    """Yield the outermost nodes of these types below a node, in the order of the text."""
    pending = [iter(node.children)]
    while pending:
        child = next(pending[-1], None)
        if child is None:
            pending.pop()
        elif child.type in types:
            yield child
        elif child.child_count:
            pending.append(iter(child.children))
