"""The AMD modules that a script depends on, and the parameters that receive them."""

from scaffold.grow.foreign.sides import Side, identifiers, pairs_of
from scaffold.grow.merge import javascript
from scaffold.grow.merge.edits import Edit
from scaffold.grow.merge.pieces import List


def added(mine: Side, new: Side, need: frozenset[str]) -> list[Edit] | None:
    """Return the edits that add the modules for the names `need`; None if they have no safe place.

    They are inserted after the last module with a parameter; modules without one may follow.
    """
    own, other = mine.places.define, new.places.define
    if own is None or other is None:
        return None
    missing = [pair for pair in pairs_of(other) if pair[1] in need and pair not in pairs_of(own)]
    if not missing:
        return []
    modules = javascript.list_of(mine.source.data, own.modules)
    parameters = javascript.list_of(mine.source.data, own.parameters)
    count = len(parameters.items)
    if count > len(modules.items):
        return None
    names = ["'" + name.removeprefix('"') + "'" for name, _ in missing]
    return [_addition(modules, count, names), _addition(parameters, count, [name for _, name in missing])]


def removed(mine: Side, old: Side, new: Side) -> list[Edit]:
    """Return the edits that remove the modules that only `old` needs, if nothing uses them."""
    own, was, now = mine.places.define, old.places.define, new.places.define
    if own is None or was is None or now is None:
        return []
    start, end = own.parameters.start_byte, own.parameters.end_byte
    used = {name for at, name in identifiers(mine.source.data) if not start <= at < end}
    edits = []
    for place, pair in enumerate(pairs_of(own)):
        if pair in pairs_of(was) and pair not in pairs_of(now) and pair[1] not in used:
            lists = (javascript.list_of(mine.source.data, node) for node in (own.modules, own.parameters))
            edits += [_removal(held, place) for held in lists]
    return edits


def _removal(held: List, place: int) -> Edit:
    items = held.items
    if place:
        return Edit(items[place - 1].end, items[place].end, "")
    return Edit(items[0].start, items[1].start if len(items) > 1 else items[0].end, "")


def _addition(held: List, count: int, texts: list[str]) -> Edit:
    """Return the edit that inserts `texts` after the first `count` items of a list."""
    more = ", ".join(texts)
    if not held.items:
        return Edit(held.open, held.open, more)
    if count:
        at = held.items[count - 1].end
        return Edit(at, at, f", {more}")
    at = held.items[0].start
    return Edit(at, at, f"{more}, ")
