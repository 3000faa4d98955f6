"""A script parsed once: its text, its syntax tree, and the nodes that the outline is made of."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import cache, cached_property

import tree_sitter_javascript
from tree_sitter import Language, Node, Parser, Query, QueryCursor

from scaffold.check.model.places import Place

_QUERY = """
(call_expression) @call
(new_expression) @new
(assignment_expression) @assignment
(variable_declarator) @declarator
(function_declaration) @declared_function
(class_declaration) @declared_class
(class_body member: (field_definition) @member)
(class_body member: (method_definition) @member)
(pair key: (property_identifier) @key (#eq? @key "callbacks")) @pair
(debugger_statement) @debugger
(comment) @comment
(catch_clause) @catch
[(for_statement) (for_in_statement) (while_statement) (do_statement)] @loop
(ERROR) @error
(MISSING) @error
(object "," . "," @error)
(object . "," @error)
(arguments "," . "," @error)
(arguments . "," @error)
[(jsx_element) (jsx_self_closing_element)] @error
"""
"""One pass over the tree. The last five are faults that the grammar lets pass."""

FUNCTIONS = frozenset(
    {"function_expression", "function_declaration", "arrow_function", "method_definition",
     "generator_function", "generator_function_declaration"}
)  # fmt: skip
CLASSES = frozenset({"class", "class_declaration"})
_WRAPPERS = frozenset({"parenthesized_expression", "sequence_expression"})

MAX_DEPTH = 2_000
"""Levels of the tree that are searched; minified bundles have some hundred. To ask for what is around a node
costs as much as it lies deep, and beyond 65,535 levels, such as a sum of as many terms, the search of
tree-sitter 0.26 does not end."""


@cache
def language() -> Language:
    """Return the grammar of JavaScript."""
    return Language(tree_sitter_javascript.language())


@cache
def _parser() -> tuple[Parser, Query]:
    return Parser(language()), Query(language(), _QUERY)


def captures(query: Query, root: Node) -> dict[str, list[Node]]:
    """Return what a query finds, by capture, in the script's order, of two at one spot the outer first."""
    cursor = QueryCursor(query)
    cursor.set_max_start_depth(MAX_DEPTH)
    found = cursor.captures(root)  # unordered: each list was a set
    for nodes in found.values():
        nodes.sort(key=lambda node: (node.start_byte, -node.end_byte))
    return found


class Source:
    """The script's bytes (UTF-8) and tree."""

    def __init__(self, data: bytes) -> None:
        parser, query = _parser()
        self.text = data.removeprefix(b"\xef\xbb\xbf")
        if not self.text.isascii():
            self.text = self.text.decode(errors="replace").encode()
        self._is_ascii = self.text.isascii()
        self.tree = parser.parse(self.text)
        self._captures = captures(query, self.tree.root_node)

    def all(self, kind: str) -> list[Node]:
        """Return the nodes of one capture of the query, in the script's order."""
        return self._captures.get(kind, [])

    def of(self, node: Node | None) -> str:
        """Return the node's text; empty for no node."""
        return self.text[node.start_byte : node.end_byte].decode() if node else ""

    def place(self, node: Node, text: str = "") -> Place:
        """Return where `node` starts."""
        row, column = node.start_point
        if not self._is_ascii:
            column = len(self.text[node.start_byte - column : node.start_byte].decode())
        return Place(row + 1, column + 1, text)

    @cached_property
    def comments(self) -> "Ranges":
        """The comments."""
        return Ranges(self.all("comment"))


class Ranges:
    """Stretches of the script, to ask whether a spot lies in one."""

    def __init__(self, nodes: Iterable[Node], spans: Iterable[tuple[int, int]] = ()) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        for start, end in sorted([*((node.start_byte, node.end_byte) for node in nodes), *spans]):
            # Those inside another add nothing, and without them a search finds the one that matters.
            if not self._ends or end > self._ends[-1]:
                self._starts.append(start)
                self._ends.append(end)

    def __contains__(self, offset: int) -> bool:
        at = bisect_right(self._starts, offset) - 1
        return at >= 0 and offset < self._ends[at]


def innermost(nodes: Iterable[Node], offsets: Iterable[int]) -> Iterator[tuple[int, Node]]:
    """Yield each offset that lies in one of `nodes`, with the innermost; offsets in rising order."""
    waiting = sorted(nodes, key=lambda node: (-node.start_byte, node.end_byte))
    around: list[Node] = []
    for offset in offsets:
        while waiting and waiting[-1].start_byte <= offset:
            node = waiting.pop()
            while around and around[-1].end_byte <= node.start_byte:
                around.pop()
            around.append(node)
        while around and around[-1].end_byte <= offset:
            around.pop()
        if around:
            yield offset, around[-1]


def unwrap(node: Node | None) -> Node | None:
    """Return the expression inside parentheses; of a comma expression the last."""
    while node and node.type in _WRAPPERS and node.named_child_count:
        node = node.named_children[-1]
    return node


def field(node: Node | None, name: str) -> Node | None:
    """Return the node's child of that name, out of its parentheses."""
    return unwrap(node.child_by_field_name(name)) if node else None


def arguments(call: Node) -> list[Node]:
    """Return a call's arguments, out of their parentheses, without comments."""
    given = call.child_by_field_name("arguments")
    if given is None or given.type != "arguments":
        return []
    return [unwrap(child) or child for child in given.named_children if child.type != "comment"]


def literal(source: Source, node: Node | None) -> str | None:
    """Return the text of a literal string (a template without holes included), or None for anything else."""
    if node is None or node.type not in ("string", "template_string"):
        return None
    if any(child.type == "template_substitution" for child in node.named_children):
        return None
    return source.of(node)[1:-1]


def key_of(source: Source, node: Node) -> str | None:
    """Return the name that a pair, method, field or member access gives; None for a computed one."""
    key = node.child_by_field_name("key") or node.child_by_field_name("name")
    key = key or node.child_by_field_name("property") or node.child_by_field_name("index")
    if key is None or key.type == "computed_property_name":
        return None
    if key.type in ("string", "template_string"):
        return literal(source, key)
    return source.of(key) if node.type != "subscript_expression" else None


def chain(source: Source, node: Node | None) -> tuple[str, ...]:
    """Return the names of a member access, outermost object first: `("self", "callbacks", "render")`.

    Empty for anything else, a computed part included.
    """
    names: list[str] = []
    while node and node.type in ("member_expression", "subscript_expression"):
        name = key_of(source, node)
        if name is None:
            return ()
        names.append(name)
        node = field(node, "object")
    if node is None or node.type not in ("identifier", "this"):
        return ()
    return (source.of(node), *reversed(names))


def ancestors(node: Node) -> Iterator[Node]:
    """Yield the nodes around `node`, the nearest first."""
    parent = node.parent
    while parent:
        yield parent
        parent = parent.parent
