"""Removes the helpers of a removed area from a script, if nothing uses them any more."""

from scaffold.grow.foreign import modules
from scaffold.grow.foreign.places import places_in
from scaffold.grow.foreign.sides import Side, folded_item, identifiers, names_of, side_at
from scaffold.grow.merge.edits import Edit, applied
from scaffold.grow.merge.pieces import Item, List, numbered
from scaffold.grow.merge.placing import Change, Placer


def swept(text: str, old: Side, new: Side) -> str:
    """Return the script without the helpers of units that are in `old` but not in `new`.

    A helper is removed only if the user has not changed it and nothing else uses its name.
    """
    suspects = _used_by_gone(old, new)
    while suspects:
        places = places_in(text.encode())
        side = side_at(text, places) if places else None
        if side is None:
            return text
        edits = [
            edit for part in ("module", "constructor") for edit in _sweep(side, (old, new), part, suspects)
        ]
        edits = edits or modules.removed(side, old, new)
        if not edits:
            return text
        text = applied(side.source.data, edits).decode()
    return text


def _sweep(side: Side, sides: tuple[Side, Side], part: str, suspects: frozenset[str]) -> list[Edit]:
    old, new = sides
    held: List = getattr(side, part)
    generated = {folded_item(one.source, item) for one in (old, new) for item in getattr(one, part).items}
    gone = frozenset(
        place
        for place, item in enumerate(held.items)
        if not item.is_fixed
        and suspects & {*names_of(item)}
        and folded_item(side.source, item) in generated
        and _is_idle(side, item)
    )
    if not gone:
        return []
    return [*Placer((side.source, held), (old.source, List(held.kind, 0, 0, []))).edits(Change(gone, {}, {}))]


def _is_idle(side: Side, item: Item) -> bool:
    """Return whether no other code uses the names that the item declares."""
    names = {*names_of(item)}
    return not any(
        name in names and not item.start <= at < item.end for at, name in identifiers(side.source.data)
    )


def _used_by_gone(old: Side, new: Side) -> frozenset[str]:
    """Return the names used, directly or not, by units of `old` that `new` lacks or has changed."""
    declared: dict[str, Item] = {}
    pending: list[Item] = []
    for was, now in (
        (old.module, new.module),
        (old.constructor, new.constructor),
        (old.callbacks, new.callbacks),
    ):
        kept = {folded_item(new.source, item) for item in now.items}
        for item in numbered(was.items).values():
            declared |= dict.fromkeys(names_of(item), item)
            if not item.is_fixed and folded_item(old.source, item) not in kept:
                pending.append(item)
    used = identifiers(old.source.data)
    found: set[str] = set()
    while pending:
        item = pending.pop()
        for at, name in used:
            if item.start <= at < item.end and name not in found:
                found.add(name)
                if name in declared:
                    pending.append(declared[name])
    return frozenset(found)
