"""The three scripts of an insertion, each seen at the places that matter."""

from collections.abc import Iterator
from typing import NamedTuple

from tree_sitter import Node

from scaffold.grow.foreign.places import Define, Places, places_in, walk
from scaffold.grow.merge import javascript
from scaffold.grow.merge.folding import folded
from scaffold.grow.merge.pieces import Item, List, Source, fixed

_MARK = "the callbacks"
"""Key of the item that the others stand around."""


class Side(NamedTuple):
    """One of the three scripts."""

    source: Source
    places: Places
    module: List
    """The statements of the module, the one with the widget a mark."""
    constructor: List
    """The statements of the constructor, the one with the callbacks a mark."""
    callbacks: List


def side_of(text: str) -> Side | None:
    """Return a script at its own places; None where it has none."""
    places = places_in(text.encode())
    return side_at(text, places) if places else None


def side_at(text: str, places: Places) -> Side | None:
    """Return a script at these places; None where it cannot be read."""
    source = javascript.read(text)
    if source is None or places.define is None:
        return None
    constructor = javascript.list_of(source.data, places.constructor)
    module = javascript.list_of(source.data, places.define.body)
    holder = places.callbacks
    callbacks = javascript.list_of(source.data, holder) if holder else List("object", 0, 0, [], ",")
    return Side(
        source,
        places,
        _marked(module, places.at.start_byte),
        _marked(constructor, places.at.start_byte),
        callbacks,
    )


def _marked(held: List, at: int) -> List:
    """Return a list with the item around the place `at` as a mark."""
    items = [fixed(item, _MARK) if item.start <= at < item.stop else item for item in held.items]
    return List(held.kind, held.open, held.close, items, held.separator)


def without(held: List, names: frozenset[str]) -> List:
    """Return a list without the items that declare one of `names`, so that they count as new."""
    items = [item for item in held.items if not names & set(names_of(item))]
    return List(held.kind, held.open, held.close, items, held.separator)


def names_of(item: Item) -> list[str]:
    """Return the names that a statement declares."""
    return item.key.removeprefix("name ").split(",") if item.key.startswith("name ") else []


def folded_item(source: Source, item: Item) -> str:
    """Return an item, its comment included, as it compares."""
    return source.folded(item.start, item.end)


def identifiers(data: bytes) -> list[tuple[int, str]]:
    """Return place and name of every variable that a script names."""
    return [
        (node.start_byte, (node.text or b"").decode(errors="replace"))
        for node in walk(javascript.parsed(data))
        if node.type in ("identifier", "shorthand_property_identifier")
    ]


def declared_by(side: Side) -> frozenset[str]:
    """Return what a script's module and constructor declare: parameters, variables, functions."""
    define = side.places.define
    names = {
        name for held in (side.module, side.constructor) for item in held.items for name in names_of(item)
    }
    if define:
        names |= set(_parameter_names(define.parameters))
    around = side.places.constructor.parent
    names |= set(_parameter_names(around.child_by_field_name("parameters"))) if around else set()
    for held in (side.places.constructor, define.body if define else None):
        names |= set(_marked_names(held, side.places.at.start_byte))
    return frozenset(names)


def _marked_names(block: Node | None, at: int) -> Iterator[str]:
    """Yield the names that the statement around a place declares."""
    for statement in block.named_children if block else ():
        if statement.start_byte <= at < statement.end_byte:
            for child in statement.named_children:
                name = child.child_by_field_name("name")
                if name:
                    yield (name.text or b"").decode(errors="replace")


def _parameter_names(node: Node | None) -> list[str]:
    nodes = node.named_children if node else []
    return [(child.text or b"").decode(errors="replace") for child in nodes if child.type != "comment"]


def pairs_of(define: Define) -> list[tuple[str, str]]:
    """Return the modules that have a parameter: name in quotes folded, and parameter."""
    modules = [
        folded((child.text or b"").decode(errors="replace"))
        for child in define.modules.named_children
        if child.type != "comment"
    ]
    return list(zip(modules, _parameter_names(define.parameters), strict=False))
