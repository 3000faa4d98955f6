"""The three scripts of an insertion, each divided into module, constructor and callbacks."""

from collections.abc import Iterator
from typing import NamedTuple

from tree_sitter import Node

from scaffold.grow.foreign.places import Define, Places, places_in, walk
from scaffold.grow.merge import javascript
from scaffold.grow.merge.folding import folded
from scaffold.grow.merge.pieces import Item, List, Source, fixed

_MARK = "the callbacks"
"""Key of the item that marks the place of the callbacks."""


class Side(NamedTuple):
    """One of the three scripts."""

    source: Source
    places: Places
    module: List
    """The statements of the module; the one with the widget is only a mark."""
    constructor: List
    """The statements of the constructor; the one with the callbacks is only a mark."""
    callbacks: List


def side_of(text: str) -> Side | None:
    """Return a script, divided at its own places; None if it has none."""
    places = places_in(text.encode())
    return side_at(text, places) if places else None


def side_at(text: str, places: Places) -> Side | None:
    """Return a script, divided at `places`; None if it cannot be parsed or does not call `define`."""
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
    """Return a list in which the item around the offset `at` is a mark."""
    items = [fixed(item, _MARK) if item.start <= at < item.stop else item for item in held.items]
    return held._replace(items=items)


def without(held: List, names: frozenset[str]) -> List:
    """Return a list without the items that declare one of `names`, so that they count as new."""
    items = [item for item in held.items if not names & set(names_of(item))]
    return held._replace(items=items)


def names_of(item: Item) -> list[str]:
    """Return the names that a statement declares."""
    return item.key.removeprefix("name ").split(",") if item.key.startswith("name ") else []


def folded_item(source: Source, item: Item) -> str:
    """Return an item with its comment, folded for comparison."""
    return source.folded(item.start, item.end)


def identifiers(data: bytes) -> list[tuple[int, str]]:
    """Return offset and name of every variable in a script."""
    return [
        (node.start_byte, (node.text or b"").decode(errors="replace"))
        for node in walk(javascript.parsed(data))
        if node.type in ("identifier", "shorthand_property_identifier")
    ]


def declared_by(side: Side) -> frozenset[str]:
    """Return the names that module and constructor declare: parameters, variables, functions."""
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
    """Yield the names that the statement around the offset `at` declares."""
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
    """Return the modules that have a parameter, as pairs of folded name and parameter."""
    modules = [
        folded((child.text or b"").decode(errors="replace"))
        for child in define.modules.named_children
        if child.type != "comment"
    ]
    return list(zip(modules, _parameter_names(define.parameters), strict=False))
