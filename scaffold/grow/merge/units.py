"""Merges two versions of a file by units; the result is a list of edits of the user's text."""

from scaffold.grow.merge import lines, matching, spacing
from scaffold.grow.merge.edits import Edit
from scaffold.grow.merge.found import Found, Note
from scaffold.grow.merge.indents import moved
from scaffold.grow.merge.lines import Sides
from scaffold.grow.merge.pieces import Item, List, Part, Source, numbered
from scaffold.grow.merge.placing import Change, Placer


class Merger:
    """Merges three readings of one file."""

    def __init__(
        self, before: Source, yours: Source, new: Source, sides: Sides | None, *, is_foreign: bool = False
    ) -> None:
        """`sides` are the labels of conflict markers; if None, there are none and the user's value stays.

        In a file that was not generated (`is_foreign`), a missing item was not deleted by the user: it is
        inserted when the generator changes it.
        """
        self._before, self._yours, self._new = before, yours, new
        self._sides = sides
        self._is_foreign = is_foreign

    def merge(self) -> Found | None:
        """Return the merge of the whole file; None for a conflict that only a merge by lines can show."""
        return self.lists(self._before.root, self._yours.root, self._new.root)

    def lists(self, before: List | None, yours: List, new: List) -> Found | None:
        """Merge one list; None for a conflict that only a merge by lines can show."""
        old, mine, other = (
            numbered(before.items if before else ()),
            numbered(yours.items),
            numbered(new.items),
        )
        other = matching.rekeyed(old, other, mine)
        pairs = matching.renamed(old, mine, other)
        names = [pairs.get(name, name) for name in mine]
        found = Found()
        matched = self._matched((old, mine, other), names, found)
        if matched is None:
            return None
        present, gone = matched
        lost = [key for key in other if key in old and key not in present and not other[key].is_fixed]
        changed = [key for key in lost if self._is_changed(old[key], other[key])]
        if changed and self._sides and not self._mark_deleted(changed, (old, other), present, yours, found):
            return None
        come = [
            key
            for key, item in other.items()
            if (key not in old and key not in present and not item.is_fixed)
            or (self._is_foreign and key in changed)
        ]
        where = matching.items_by_place(other, come, present, len(mine))
        sides = ((self._before, before), (self._yours, yours), (self._new, new))
        changes = spacing.changes(sides, (old, other), names, gone, where)
        change = Change(frozenset(gone), where, changes)
        if gone or where or change.distances:
            found.edits += Placer((self._yours, yours), (self._new, new)).edits(change)
        return found

    def _matched(
        self, named: tuple[matching.Named, matching.Named, matching.Named], names: list[str], found: Found
    ) -> tuple[dict[str, int], set[int]] | None:
        """Merge the items that the user and the new version have; None for a conflict.

        `names` are the keys of the user's items in the others. Return the places of these items by key, and
        the places of those to remove, as indexes of the user's items.
        """
        old, mine, other = named
        gone: set[int] = set()
        present: dict[str, int] = {}
        for place, (key, (name, item)) in enumerate(zip(names, mine.items(), strict=True)):
            if key in other:
                present[key] = place
                if not item.is_fixed and not self._item(old.get(key), item, other[key], found):
                    return None
            elif key in old and self._same((self._before, old[key]), (self._yours, item)):
                gone.add(place)
            elif key in old:
                found.kept.append(Note(name, item.body))
        return present, gone

    def _mark_deleted(
        self,
        changed: list[str],
        named: tuple[matching.Named, matching.Named],
        present: dict[str, int],
        yours: List,
        found: Found,
    ) -> bool:
        """Mark what the user deleted and the new version changes; return whether markers have room there."""
        (old, other), sides, source = named, self._sides, self._yours
        if sides is None or not yours.items or not all(source.is_first(item.start) for item in yours.items):
            return False
        where = matching.places(list(other), changed, present, len(yours.items))
        for key, place in where.items():
            at = yours.items[place].stop if place >= 0 else yours.items[0].start
            indent = source.indent(yours.items[max(place, 0)].start)
            before, new = (
                indent + moved(origin, item.start, item.end, indent, source) + yours.separator
                for origin, item in ((self._before, old[key]), (self._new, other[key]))
            )
            lines_ = [f"<<<<<<< {sides.yours}", f"||||||| {sides.before}", before, "=======", new]
            block = "\n".join([*lines_, f">>>>>>> {sides.new}"])
            start = at - len(indent.encode()) if place < 0 else at
            found.edits.append(Edit(start, start, f"{block}\n" if place < 0 else f"\n{block}"))
        return True

    def _item(self, old: Item | None, mine: Item, other: Item, found: Found) -> bool:
        """Merge one item that both sides have; return whether that was possible."""
        if old and self._plain(self._before, old) == self._plain(self._new, other):
            return True
        if old and self._plain(self._before, old) == self._plain(self._yours, mine):
            text = self._placed(other, mine)
            if text != self._yours.text(mine.start, mine.end):
                found.edits.append(Edit(mine.start, mine.end, text))
            return True
        if self._same((self._yours, mine), (self._new, other)):
            return True
        if old and not self._is_changed(old, other):
            return True
        if self._is_foreign and old is None and not self._are_mergeable(mine, other):
            kept = found.kept if self._is_value(mine) and self._is_value(other) else found.conflicts
            kept.append(Note(self._new.text(other.start, other.end), mine.body))
            return True
        inner = self._parts(old, mine, other)
        if inner is not None:
            found.take(inner)
        elif old and self._same((self._before, old), (self._yours, mine)):
            found.edits.append(Edit(mine.start, mine.end, self._placed(other, mine)))
        elif self._sides is None:
            found.conflicts.append(Note(self._new.text(other.body, other.end), mine.body))
        else:
            return self._by_lines(old, mine, other, self._sides, found)
        return True

    def _parts(self, old: Item | None, mine: Item, other: Item) -> Found | None:
        """Merge an item by its comment and its parts; None if one of them is a conflict."""
        olds = old.parts if old else [Part(0, 0) for _ in mine.parts]
        if not len(olds) == len(mine.parts) == len(other.parts) > 1:
            return None
        found = Found()
        comment = Part(old.start, old.body) if old else Part(0, 0)
        if not self._text(comment, Part(mine.start, mine.body), Part(other.start, other.body), found):
            return None
        for first, second, third in zip(olds, mine.parts, other.parts, strict=True):
            if second.held and third.held and second.held.kind == third.held.kind:
                inner = self.lists(first.held, second.held, third.held)
                if inner is None:
                    return None
                found.take(inner)
            elif second.held or third.held or not self._text(first, second, third, found):
                return None
        return found

    def _text(self, old: Part, mine: Part, other: Part, found: Found) -> bool:
        """Merge text without items; return whether at most one side has changed it."""
        was, ours, theirs = (
            source.folded(part.start, part.end)
            for source, part in ((self._before, old), (self._yours, mine), (self._new, other))
        )
        if theirs in (ours, was):
            return True
        if ours != was:
            return False
        text = moved(self._new, other.start, other.end, self._yours.indent(mine.end), self._yours)
        found.edits.append(Edit(mine.start, mine.end, text))
        return True

    def _by_lines(self, old: Item | None, mine: Item, other: Item, sides: Sides, found: Found) -> bool:
        """Merge line by line an item that both sides changed; return whether it has lines of its own."""
        source = self._yours
        behind = source.data[mine.stop :].partition(b"\n")[0]
        if not source.is_first(mine.start) or behind.strip():
            return False
        indent = source.indent(mine.start)
        tail = source.text(mine.end, mine.stop) + "\n"
        before, yours, new = (
            indent + moved(origin, item.start, item.end, indent, source) + tail if item else ""
            for origin, item in ((self._before, old), (source, mine), (self._new, other))
        )
        merged = lines.merge(before, yours, new, sides)
        start = mine.start - len(indent.encode())
        found.edits.append(Edit(start, mine.stop, merged.text.removesuffix("\n")))
        return True

    def _are_mergeable(self, mine: Item, other: Item) -> bool:
        """Return whether both are objects or arrays, which can be merged; two functions cannot."""
        kinds = [[part.held.kind for part in item.parts if part.held] for item in (mine, other)]
        return kinds[0] == kinds[1] != [] and "statement_block" not in kinds[0]

    def _is_value(self, item: Item) -> bool:
        return not any(part.held for part in item.parts)

    def _plain(self, source: Source, item: Item) -> str:
        """Return an item's text without the indentation of its place."""
        return moved(source, item.start, item.end, "", source)

    def _placed(self, item: Item, place: Item) -> str:
        """Return an item of the new version, indented for the place of one of the user's."""
        return moved(self._new, item.start, item.end, self._yours.indent(place.start), self._yours)

    def _is_changed(self, old: Item, other: Item) -> bool:
        return not self._same((self._before, old), (self._new, other))

    def _same(self, one: tuple[Source, Item], two: tuple[Source, Item]) -> bool:
        (source, item), (other_source, other) = one, two
        return source.folded(item.start, item.end) == other_source.folded(other.start, other.end)
