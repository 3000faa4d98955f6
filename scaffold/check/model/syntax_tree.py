"""A script parsed by tree-sitter, and helpers to read its nodes."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, cached_property
from itertools import islice

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
"""All nodes of interest, in one pass. The last five are errors that the grammar accepts."""

FUNCTIONS = frozenset(
    {"function_expression", "function_declaration", "arrow_function", "method_definition",
     "generator_function", "generator_function_declaration"}
)  # fmt: skip
CLASSES = frozenset({"class", "class_declaration"})
_WRAPPERS = frozenset({"parenthesized_expression", "sequence_expression"})

MAX_DEPTH = 2_000
"""Levels of the tree that are searched; minified bundles have a few hundred. Finding a node's parent takes as
long as the node is deep, and beyond 65,535 levels (a sum of that many terms) the search of tree-sitter 0.26
does not end."""

MAX_MATCHES = 5_000
"""Matches of one pattern that are looked at, those in comments included."""


@cache
def language() -> Language:
    """Return the JavaScript grammar."""
    return Language(tree_sitter_javascript.language())


@cache
def _parser() -> tuple[Parser, Query]:
    return Parser(language()), Query(language(), _QUERY)


def captures(query: Query, root: Node) -> dict[str, list[Node]]:
    """Return the nodes by capture name, in source order; of two at the same offset the outer first."""
    cursor = QueryCursor(query)
    cursor.set_max_start_depth(MAX_DEPTH)
    found = cursor.captures(root)  # in no particular order
    for nodes in found.values():
        nodes.sort(key=lambda node: (node.start_byte, -node.end_byte))
    return found


class Source:
    """A script: its text as UTF-8 without a byte order mark, and its syntax tree."""

    def __init__(self, data: bytes) -> None:
        parser, query = _parser()
        self.text = data.removeprefix(b"\xef\xbb\xbf")
        if not self.text.isascii():
            self.text = self.text.decode(errors="replace").encode()
        self._is_ascii = self.text.isascii()
        self.tree = parser.parse(self.text)
        self._captures = captures(query, self.tree.root_node)

    def all(self, kind: str) -> list[Node]:
        """Return the nodes with this capture name, in source order."""
        return self._captures.get(kind, [])

    def of(self, node: Node | None) -> str:
        """Return the text of a node; empty for None."""
        return self.text[node.start_byte : node.end_byte].decode() if node else ""

    def place(self, node: Node, text: str = "") -> Place:
        """Return where `node` starts; `text` is the text of the place."""
        row, column = node.start_point
        if not self._is_ascii:
            column = len(self.text[node.start_byte - column : node.start_byte].decode())
        return Place(row + 1, column + 1, text)

    def node_at(self, start: int, end: int | None = None) -> Node:
        """Return the smallest node around the offset `start`, or around `start` to `end`."""
        root = self.tree.root_node
        return root.descendant_for_byte_range(start, start if end is None else end) or root

    def matches(self, pattern: re.Pattern[bytes]) -> Iterator[re.Match[bytes]]:
        """Yield the matches of `pattern` outside comments; only the first `MAX_MATCHES` are looked at."""
        for match in islice(pattern.finditer(self.text), MAX_MATCHES):
            if match.start() not in self.comments:
                yield match

    @cached_property
    def comments(self) -> "Ranges":
        """The ranges of comments."""
        return Ranges(self.all("comment"))

    @cached_property
    def calls_by_name(self) -> Mapping[str, list[Node]]:
        """The calls by `called_name`."""
        found: dict[str, list[Node]] = {}
        for call in self.all("call"):
            if name := called_name(self, call):
                found.setdefault(name, []).append(call)
        return found


class Ranges:
    """Ranges of byte offsets; `offset in ranges` takes logarithmic time."""

    def __init__(self, nodes: Iterable[Node], spans: Iterable[tuple[int, int]] = ()) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        for start, end in sorted([*((node.start_byte, node.end_byte) for node in nodes), *spans]):
            # Ranges inside another add nothing; without them the ends rise too, and one search is enough.
            if not self._ends or end > self._ends[-1]:
                self._starts.append(start)
                self._ends.append(end)

    def __contains__(self, offset: int) -> bool:
        at = bisect_right(self._starts, offset) - 1
        return at >= 0 and offset < self._ends[at]


def innermost(nodes: Iterable[Node], offsets: Iterable[int]) -> Iterator[tuple[int, Node]]:
    """Yield each offset inside one of `nodes`, with the innermost such node; offsets must be ascending."""
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
    """Return the expression inside parentheses, and the last one of a comma expression."""
    while node and node.type in _WRAPPERS and node.named_child_count:
        node = node.named_children[-1]
    return node


def field(node: Node | None, name: str) -> Node | None:
    """Return the child in that field, without parentheses."""
    return unwrap(node.child_by_field_name(name)) if node else None


def arguments(call: Node) -> list[Node]:
    """Return the arguments of a call, without parentheses and comments."""
    given = call.child_by_field_name("arguments")
    if given is None or given.type != "arguments":
        return []
    return [unwrap(child) or child for child in given.named_children if child.type != "comment"]


def literal(source: Source, node: Node | None) -> str | None:
    """Return what is in the quotes of a string (or a template without substitutions), else None."""
    if node is None or node.type not in ("string", "template_string"):
        return None
    if any(child.type == "template_substitution" for child in node.named_children):
        return None
    return source.of(node)[1:-1]


def key_of(source: Source, node: Node) -> str | None:
    """Return the name in a pair, method, field or member access; None if it is computed."""
    key = node.child_by_field_name("key") or node.child_by_field_name("name")
    key = key or node.child_by_field_name("property") or node.child_by_field_name("index")
    if key is None or key.type == "computed_property_name":
        return None
    if key.type in ("string", "template_string"):
        return literal(source, key)
    return source.of(key) if node.type != "subscript_expression" else None


def chain(source: Source, node: Node | None) -> tuple[str, ...]:
    """Return the names in a member access, object first: `("self", "callbacks", "render")`.

    Empty for anything else, also if a part is computed.
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
    """Yield the ancestors of `node`, the nearest first."""
    parent = node.parent
    while parent:
        yield parent
        parent = parent.parent


def called_name(source: Source, call: Node) -> str:
    """Return the last name in what is called: `extend` in `$.extend(...)`; empty if it is computed."""
    target = field(call, "function")
    if target and target.type == "identifier":
        return source.of(target)
    return (key_of(source, target) or "") if target and target.type == "member_expression" else ""


def function_name(source: Source, function: Node) -> tuple[str, bool]:
    """Return the name by which a function can be called, and whether it is a member of an object."""
    outer = function.parent
    if function.type in ("function_declaration", "method_definition"):
        return source.of(function.child_by_field_name("name")), function.type == "method_definition"
    if outer and outer.type == "variable_declarator":
        return source.of(outer.child_by_field_name("name")), False
    if outer and outer.type == "assignment_expression":
        names = chain(source, outer.child_by_field_name("left"))
        return (names[-1], len(names) > 1) if names else ("", False)
    if outer and outer.type == "pair":
        return key_of(source, outer) or "", True
    return "", False
