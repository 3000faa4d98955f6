"""Which items of three lists are the same one, and where new ones belong."""

from collections.abc import Container, Iterator, Mapping, Sequence

from scaffold.grow.merge.pieces import Item

Named = Mapping[str, Item]

_NAMED = frozenset({"name", "string", "number", "rule", "section", "row", "identifier"})
"""What begins the keys of items that have names."""


def renamed(before: Named, yours: Named, new: Named) -> dict[str, str]:
    """Return which of the user's own items are the generator's under another name: key -> its key.

    Where as many have come as are missing between the same two neighbours, they are taken for the same ones.
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
    """Return the new version's items, those that it only changed under the keys that they had.

    A statement is called by what it says, so that a change of it gives it another key. What has a name of its
    own is another one under another name.
    """
    pairs = renamed(before, new, yours)
    return {
        key if key.partition(" ")[0] in _NAMED else pairs.get(key, key): item for key, item in new.items()
    }


def _are_alike(one: str, two: str) -> bool:
    kind = one.partition(" ")[0]
    return kind == two.partition(" ")[0] and kind != "comment"


def _slots(keys: Sequence[str] | Named, shared: Container[str]) -> Iterator[tuple[tuple[str, str], str]]:
    """Yield each key that is not shared, with the shared ones before and after it."""
    above, run = "", list[str]()
    for key in [*keys, ""]:
        if key and key not in shared:
            run.append(key)
            continue
        yield from (((above, key), one) for one in run)
        above, run = key, []


def places(new: Sequence[str], come: Sequence[str], present: Mapping[str, int], count: int) -> dict[str, int]:
    """Return for each key of `come` the place of the user's item that it is to follow; -1: before all.

    `present` has the places of the keys of `new` that are there, `count` is how many items the user has. A
    key follows the one before it in the new version, or else precedes the one after it.
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
