"""Matches the items of three lists, and finds the places of new ones."""

from collections.abc import Container, Iterator, Mapping, Sequence

from scaffold.grow.merge.pieces import Item

Named = Mapping[str, Item]

_NAMED = frozenset({"name", "string", "number", "rule", "section", "row", "identifier"})
"""First words of the keys of items that have names."""


def renamed(before: Named, yours: Named, new: Named) -> dict[str, str]:
    """Return which of the user's items are the generator's under another key: the user's key -> its key.

    If as many items are new as are missing between the same two neighbours, they are paired in order.
    """
    own: dict[tuple[str, str], list[str]] = {}
    for slot, key in _slots(yours, before):
        if key not in new:
            own.setdefault(slot, []).append(key)
    lost: dict[tuple[str, str], list[str]] = {}
    for slot, key in _slots(before, yours):
        lost.setdefault(slot, []).append(key)
    pairs: dict[str, str] = {}
    for slot, keys in lost.items():
        if len(own.get(slot, ())) == len(keys):
            pairs |= {mine: key for mine, key in zip(own[slot], keys, strict=True) if _are_alike(mine, key)}
    return pairs


def rekeyed(before: Named, new: Named, yours: Named) -> dict[str, Item]:
    """Return the new version's items; those that it only changed keep their old keys.

    The key of a statement is its text, so a change gives it another key. An item that has a name is a
    different one under another name.
    """
    pairs = renamed(before, new, yours)
    return {
        key if key.partition(" ")[0] in _NAMED else pairs.get(key, key): item for key, item in new.items()
    }


def _are_alike(one: str, two: str) -> bool:
    kind = one.partition(" ")[0]
    return kind == two.partition(" ")[0] and kind != "comment"


def _slots(keys: Sequence[str] | Named, shared: Container[str]) -> Iterator[tuple[tuple[str, str], str]]:
    """Yield a pair of shared keys, and a key between them that is not shared, for each such key."""
    above, run = "", list[str]()
    for key in [*keys, ""]:
        if key and key not in shared:
            run.append(key)
            continue
        yield from (((above, key), one) for one in run)
        above, run = key, []


def items_by_place(
    new: Named, come: Sequence[str], present: Mapping[str, int], count: int
) -> dict[int, list[Item]]:
    """Return the items of the new version at `places`: index of the user's item -> the items after it."""
    found: dict[int, list[Item]] = {}
    for key, place in places(list(new), come, present, count).items():
        found.setdefault(place, []).append(new[key])
    return found


def places(new: Sequence[str], come: Sequence[str], present: Mapping[str, int], count: int) -> dict[str, int]:
    """Return for each key of `come` the index of the user's item that it must follow; -1: before all.

    `present` has the indexes of the keys of `new` that the user has, `count` is the number of the user's
    items. A key follows the one before it in the new version; without one, it precedes the one after it.
    """
    placed: dict[str, int] = {}
    for at, key in enumerate(new):
        if key not in come:
            continue
        above = next((one for one in reversed(new[:at]) if one in placed or one in present), None)
        if above is not None:
            placed[key] = placed[above] if above in placed else present[above]
        else:
            below = next((present[one] for one in new[at + 1 :] if one in present), count)
            placed[key] = below - 1
    return placed
