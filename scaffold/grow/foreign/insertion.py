"""Inserts the code of an area into a script that was not generated, and removes it again.

The change from the old to the new generated script is merged into the user's at three places: the statements
of the module, those of the widget's constructor, and the callbacks. Helpers that the new code uses and the
user's script lacks are inserted too, and removed when nothing uses them any more. If the user's script has a
name for something else, the generated one gets a number.
"""

from collections.abc import Iterator
from typing import NamedTuple

from scaffold.grow.foreign import modules
from scaffold.grow.foreign.naming import renamed
from scaffold.grow.foreign.places import places_in
from scaffold.grow.foreign.sides import (
    Side,
    declared_by,
    folded_item,
    identifiers,
    names_of,
    side_at,
    side_of,
    without,
)
from scaffold.grow.foreign.sweeping import swept
from scaffold.grow.merge.edits import Edit, applied
from scaffold.grow.merge.indents import moved, unit
from scaffold.grow.merge.pieces import Item, List, numbered
from scaffold.grow.merge.units import Merger


class Inserted(NamedTuple):
    """The changed script of the user."""

    text: str
    pieces: tuple[str, ...] = ()
    """Code that has no safe place in it; the user must paste it."""


def insert(before: str, yours: str, new: str) -> Inserted:
    """Return the user's script with the change from `before` to `new`, two generated scripts."""
    places = places_in(yours.encode())
    if places is None or places.define is None:
        return Inserted(yours, pieces(before, new))
    before, new = renamed(before, yours, new, places)
    old, other = side_of(before), side_of(new)
    mine = side_at(yours, places)
    if old is None or other is None or mine is None:
        return Inserted(yours, pieces(before, new))
    need = _needed(old, mine, other)
    edits, notes = _merged(old, mine, other, need)
    dependencies = modules.added(mine, other, need)
    if dependencies is None:
        return Inserted(yours, pieces(before, new))
    text = swept(applied(mine.source.data, [*edits, *dependencies]).decode(), old, other)
    if places_in(text.encode()) is None:
        return Inserted(yours, pieces(before, new))
    return Inserted(text, tuple(notes))


def _merged(old: Side, mine: Side, other: Side, need: frozenset[str]) -> tuple[list[Edit], list[str]]:
    """Return the edits of module, constructor and callbacks, and the code that has no safe place there."""
    parts = [
        (without(was, need), own, _relevant(now, was, own, need))
        for was, own, now in (
            (old.module, mine.module, other.module),
            (old.constructor, mine.constructor, other.constructor),
        )
    ]
    if mine.places.callbacks is not None:
        parts.append((old.callbacks, mine.callbacks, other.callbacks))
    merger = Merger(old.source, mine.source, other.source, None, is_foreign=True)
    edits: list[Edit] = []
    notes: list[str] = []
    for was, own, now in parts:
        found = merger.lists(was, own, now)
        if found:
            edits += found.edits
            notes += [note.what for note in found.conflicts]
    if mine.places.callbacks is None:
        edits += _assigned(old, mine, other)
        notes += _changed(old, other)
    return edits, notes


def _needed(old: Side, mine: Side, other: Side) -> frozenset[str]:
    """Return the names that new units use, directly or not, and that the user's script does not declare."""
    declared: dict[str, tuple[int, int]] = {}
    for held in (other.module, other.constructor):
        for item in held.items:
            declared |= dict.fromkeys(names_of(item), (item.start, item.end))
    known = declared_by(mine)
    used = identifiers(other.source.data)
    pending = [(item.start, item.end) for item in _new_units(old, mine, other)]
    needed: set[str] = set()
    while pending:
        start, end = pending.pop()
        for at, name in used:
            if start <= at < end and name not in needed and name not in known:
                needed.add(name)
                if name in declared:
                    pending.append(declared[name])
    return frozenset(needed)


def _relevant(new: List, old: List, own: List, need: frozenset[str]) -> List:
    """Return the list without old items that the user's script lacks and that nothing here needs."""
    known, held = numbered(old.items), numbered(own.items)
    items = [
        item
        for key, item in numbered(new.items).items()
        if key not in known or key in held or item.is_fixed or need & {*names_of(item)}
    ]
    return new._replace(items=items)


def _new_units(old: Side, mine: Side, other: Side) -> Iterator[Item]:
    """Yield the units that are new or changed; of a changed function, its new statements."""
    for is_helper, before, yours, now in (
        (True, old.module, mine.module, other.module),
        (True, old.constructor, mine.constructor, other.constructor),
        (False, old.callbacks, mine.callbacks, other.callbacks),
    ):
        was, held = numbered(before.items), numbered(yours.items)
        for key, item in numbered(now.items).items():
            same = key in was and folded_item(old.source, was[key]) == folded_item(other.source, item)
            if is_helper and key in was and key not in held:
                continue  # the user's script does without it
            if not same and not item.is_fixed:
                inner = (
                    [_bodies(was[key]), _bodies(held[key]), _bodies(item)]
                    if key in was and key in held
                    else []
                )
                if inner and all(inner):
                    yield from _new_statements(inner[0], inner[2])
                else:
                    yield item


def _bodies(item: Item) -> list[List]:
    return [part.held for part in item.parts if part.held and part.held.kind == "statement_block"]


def _new_statements(before: list[List], now: list[List]) -> Iterator[Item]:
    for was, held in zip(before, now, strict=False):
        old = numbered(was.items)
        yield from (item for key, item in numbered(held.items).items() if key not in old)


def _assigned(old: Side, mine: Side, other: Side) -> Iterator[Edit]:
    """Yield an `Object.assign` of the new callbacks, for a script whose callbacks object was not found."""
    was = numbered(old.callbacks.items)
    come = [item for key, item in numbered(other.callbacks.items).items() if key not in was]
    if not come:
        return
    source = mine.source
    is_field = mine.places.at.type == "field_definition"
    statements = mine.constructor.items
    around = next((item for item in statements if item.is_fixed), None)
    end = statements[-1].stop if is_field and statements else around.stop if around else mine.constructor.open
    last = next((item for item in reversed(statements) if item.key == "return"), None)
    end = last.start if last and is_field else end
    indent = source.indent(statements[0].start) if statements else unit(source.data)
    inner = indent + unit(source.data)
    members = "".join(
        f"\n{inner}{moved(other.source, item.start, item.end, inner, source)}," for item in come
    )
    text = f"Object.assign({mine.places.target}, {{{members}\n{indent}}});"
    yield Edit(end, end, f"{text}\n\n{indent}" if last and is_field else f"\n\n{indent}{text}")


def pieces(before: str, new: str) -> tuple[str, ...]:
    """Return the units of the new script that the one before does not have, or has changed."""
    old, other = side_of(before), side_of(new)
    if old is None or other is None:
        return ()
    found = []
    for was, now in (
        (old.module, other.module),
        (old.constructor, other.constructor),
        (old.callbacks, other.callbacks),
    ):
        known = numbered(was.items)
        for key, item in numbered(now.items).items():
            is_new = key not in known or folded_item(old.source, known[key]) != folded_item(
                other.source, item
            )
            if is_new and not item.is_fixed:
                found.append(moved(other.source, item.start, item.end, "", other.source))
    return tuple(found)


def _changed(old: Side, other: Side) -> list[str]:
    """Return the text of the callbacks that are in both generated scripts and differ."""
    was = numbered(old.callbacks.items)
    now = numbered(other.callbacks.items)
    changed = [
        key
        for key in now
        if key in was and folded_item(old.source, was[key]) != folded_item(other.source, now[key])
    ]
    return [other.source.text(now[key].start, now[key].end) for key in changed]
