"""Inserts items into a list of the user's, and removes them, in the style of the user's file."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from scaffold.grow.merge.edits import Edit
from scaffold.grow.merge.indents import moved, unit
from scaffold.grow.merge.pieces import Item, List, Source


class Change(NamedTuple):
    """What changes in one list; places are indexes of the user's items."""

    removed: frozenset[int]
    """Places of the items to remove."""
    inserted: Mapping[int, Sequence[Item]]
    """Place -> items of the new version to insert after it; -1: before all."""
    distances: Mapping[int, int]
    """Place -> the new number of line breaks above it, if that changes."""


class Placer:
    """One list of the user's, and the same list of the new version."""

    def __init__(self, yours: tuple[Source, List], new: tuple[Source, List]) -> None:
        self._source, self._list = yours
        self._new, self._new_list = new
        items = self._list.items
        self._is_spread = any(b"\n" in self._gap(place) for place in range(len(items)))
        self._indent = self._item_indent()

    def edits(self, change: Change) -> Iterator[Edit]:
        """Yield the edits that make the change."""
        items, source = self._list.items, self._source
        added = [item for place in sorted(change.inserted) for item in change.inserted[place]]
        if len(change.removed) == len(items) and len(added) == len(self._new_list.items):
            if items or added:
                yield self._interior()
            return
        for place in change.removed:
            yield Edit(self._above(place), items[place].stop, "")
        last = self._last(change)
        if self._list.separator:  # first, so that what is inserted at the same offset follows them
            yield from self._separators(change, last)
        for place, inserted in change.inserted.items():
            texts = (self._text(item, ends=item is last, is_first=place < 0) for item in inserted)
            at = self._list.open if place < 0 else items[place].stop
            yield Edit(at, at, "".join(texts))
        for place, count in change.distances.items():
            if place not in change.removed and (count or not self._is_spread or _leads(change, place)):
                above, start = self._above(place), items[place].start
                text = "\n" * count + source.indent(start) if count else ""
                yield Edit(above, start, text)

    def _separators(self, change: Change, last: Item | None) -> Iterator[Edit]:
        """Yield the edits of the commas after the user's items that stay."""
        items = self._list.items
        for place, item in enumerate(items):
            if place in change.removed:
                continue
            needs = item is not last or self._is_trailing()
            has = self._has_separator(self._source, item)
            if needs and not has:
                yield Edit(item.end, item.end, self._list.separator)
            elif has and not needs:
                at = self._source.data.index(self._list.separator.encode(), item.end)
                yield Edit(at, at + 1, "")

    def _is_trailing(self) -> bool:
        """Return whether the last item has a comma after it."""
        items = self._list.items
        return bool(items) and self._has_separator(self._source, items[-1])

    def _has_separator(self, source: Source, item: Item) -> bool:
        between = source.data[item.end : item.stop].lstrip()
        return between.startswith(self._list.separator.encode())

    def _last(self, change: Change) -> Item | None:
        """Return the item that will be the last."""
        for place in range(len(self._list.items) - 1, -2, -1):
            if change.inserted.get(place):
                return change.inserted[place][-1]
            if place >= 0 and place not in change.removed:
                return self._list.items[place]
        return None

    def _text(self, item: Item, *, ends: bool, is_first: bool) -> str:
        """Return an item of the new version with the white space before it and the comma after it."""
        body = moved(self._new, item.start, item.end, self._indent, self._source)
        after = self._new.text(item.end, item.stop)
        if self._list.separator:
            needs = not ends or self._is_trailing()
            after = (self._list.separator if needs else "") + after.replace(self._list.separator, "", 1)
        return self._blanks(item, is_first=is_first) + body + after

    def _blanks(self, item: Item, *, is_first: bool) -> str:
        """Return the white space to write before an item of the new version in the user's list."""
        above = next(
            (one.stop for one in reversed(self._new_list.items) if one.stop <= item.start),
            self._new_list.open,
        )
        gap = self._new.text(above, item.start)
        count = gap.count("\n")
        if not self._list.items:
            return "\n" * count + self._indent if count else gap
        if self._is_spread or not self._list.separator:
            begins = is_first and above == self._new_list.open
            return gap if begins and not count else "\n" * max(count, 1) + self._indent
        return gap if not count else "" if is_first else " "

    def _interior(self) -> Edit:
        """Return the edit that replaces the whole content of the list by that of the new version."""
        source, held = self._source, self._list
        begin = self._new_list.open
        text = moved(self._new, begin, self._new_list.close, source.indent(held.open), source)
        return Edit(held.open, held.close, text)

    def _above(self, place: int) -> int:
        return self._list.items[place - 1].stop if place else self._list.open

    def _gap(self, place: int) -> bytes:
        return self._source.data[self._above(place) : self._list.items[place].start]

    def _item_indent(self) -> str:
        source = self._source
        for item in self._list.items:
            if source.is_first(item.start):
                return source.indent(item.start)
        outer = source.indent(self._list.open)
        return outer if self._list.kind in ("program", "document") else outer + unit(source.data)


def _leads(change: Change, place: int) -> bool:
    """Return whether the item at a place will be the first of its list."""
    return not any(change.inserted.values()) and all(above in change.removed for above in range(place))
