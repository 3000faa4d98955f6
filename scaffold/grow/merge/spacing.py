"""Takes over the generator's blank lines between items, where both neighbours are the generator's."""

from collections.abc import Mapping, Sequence

from scaffold.grow.merge.matching import Named
from scaffold.grow.merge.pieces import Item, List, Source

Side = tuple[Source, List]


def changes(
    sides: tuple[tuple[Source, List | None], Side, Side],
    named: tuple[Named, Named],
    mine: Sequence[str],
    gone: set[int],
    come: Mapping[int, Sequence[Item]],
) -> dict[int, int]:
    """Return the new number of line breaks above the user's items, by index, for those that change.

    `sides` are before, yours and new, `named` the items of the first and the last, `mine` the keys of the
    user's items, of which those at the indexes `gone` are removed. An item does not change if the item above
    it is not its neighbour in the generated file.
    """
    (source, before), (own, yours), (other, new) = sides
    if before is None:
        return {}
    was = dict(zip(named[0], _distances(source, before), strict=True))
    now = dict(zip(named[1], _distances(other, new), strict=True))
    held = dict(zip(mine, _distances(own, yours), strict=True))
    above_before, above_new = _above(list(named[0])), _above(list(named[1]))
    above, merged = _above(mine), _above(_merged(mine, gone, come, named[1]))
    return {
        mine.index(key): count
        for key, count in now.items()
        if was.get(key, count) != count
        and held.get(key) == was[key]
        and above[key] == above_before[key]
        and merged.get(key) == above_new[key]
    }


def _distances(source: Source, held: List) -> list[int]:
    """Return the number of line breaks between each item and what is above it."""
    starts = [held.open, *(item.stop for item in held.items)]
    return [
        source.data[above : item.start].count(b"\n") for above, item in zip(starts, held.items, strict=False)
    ]


def _merged(mine: Sequence[str], gone: set[int], come: Mapping[int, Sequence[Item]], new: Named) -> list[str]:
    """Return the keys of the merged list."""
    names = {id(item): key for key, item in new.items()}
    order = [names[id(item)] for item in come.get(-1, ())]
    for place, key in enumerate(mine):
        order += [] if place in gone else [key]
        order += [names[id(item)] for item in come.get(place, ())]
    return order


def _above(keys: Sequence[str]) -> dict[str, str]:
    """Return for each key the one above it; empty for the first."""
    return dict(zip(keys, ["", *keys], strict=False))
