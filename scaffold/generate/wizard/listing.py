"""A list with a focus, a filter and ticks, without a terminal or keys."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

_FILTER_CHARS = 40
"""The longest filter; the rest of a pasted text is dropped."""


class Option(NamedTuple):
    """One of the options of a prompt."""

    value: Any
    title: str
    description: str = ""
    """Shown below the list while the option is focused."""
    detail: str = ""
    """Shown after the title, in a column of its own."""


class Group(NamedTuple):
    """A heading between options."""

    title: str


@dataclass
class Listing:
    """The options, with the focused one and the ticked ones."""

    rows: Sequence[Option | Group]
    ticked: set[int] = field(default_factory=set)
    """Indexes of `rows`."""
    focus: int = 0
    """Index of `rows`."""
    filter: str = ""
    top: int = 0
    """The first visible line, an index of `lines()`."""

    def __post_init__(self) -> None:
        if self.focus not in self.options:
            self.focus = self.options[0]

    @property
    def options(self) -> list[int]:
        """The indexes of the options that match the filter."""
        return [place for place, row in enumerate(self.rows) if isinstance(row, Option) and self._fits(row)]

    @property
    def focused(self) -> Option | None:
        """The option that has the focus; None if no option matches the filter."""
        row = self.rows[self.focus]
        return row if isinstance(row, Option) and self.options else None

    @property
    def values(self) -> list[Any]:
        """The values of the ticked options, in the order of the list."""
        return [row.value for place, row in enumerate(self.rows) if place in self.ticked and len(row) > 1]

    def move(self, step: int) -> None:
        """Move the focus by `step` options, past either end to the other."""
        if options := self.options:
            self.focus = options[(options.index(self.focus) + step) % len(options)]

    def leap(self, step: int) -> None:
        """Move the focus by `step` options, at most to either end."""
        if options := self.options:
            self.focus = options[min(max(options.index(self.focus) + step, 0), len(options) - 1)]

    def type(self, text: str) -> None:
        """Append `text` to the filter."""
        self._filter((self.filter + "".join(filter(str.isprintable, text)))[:_FILTER_CHARS])

    def erase(self, *, whole: bool = False) -> None:
        """Delete the last letter of the filter, or all of it."""
        self._filter("" if whole else self.filter[:-1])

    def toggle(self) -> None:
        """Tick the focused option, or untick it."""
        if self.options:
            self.ticked ^= {self.focus}

    def toggle_all(self) -> None:
        """Tick every visible option, or untick them if all are ticked."""
        shown = set(self.options)
        self.ticked = self.ticked - shown if shown <= self.ticked else self.ticked | shown

    def _filter(self, text: str) -> None:
        self.filter = text
        if (options := self.options) and self.focus not in options:
            self.focus = options[0]

    def _fits(self, option: Option) -> bool:
        return self.filter.casefold() in f"{option.title} {option.detail} {option.description}".casefold()

    def lines(self) -> list[int]:
        """Return the indexes of the visible rows: the options that match, and the groups that have one."""
        shown: list[int] = []
        group: int | None = None
        options = set(self.options)
        for place, row in enumerate(self.rows):
            if isinstance(row, Group):
                group = place
            elif place in options:
                shown += [place] if group is None else [group, place]
                group = None
        return shown
