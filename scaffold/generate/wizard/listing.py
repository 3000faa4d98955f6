"""A list that is walked, filtered and ticked: no terminal, no keys."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

_FILTER_CHARS = 40
"""What a filter holds at most; the rest of what is pasted is dropped."""


class Option(NamedTuple):
    """One of the choices of a prompt."""

    value: Any
    title: str
    description: str = ""
    """Shown below the list while the option is focused."""
    detail: str = ""
    """Shown behind the title, in a column of its own."""


class Group(NamedTuple):
    """A heading between choices."""

    title: str


@dataclass
class Listing:
    """The options, which of them has the focus, and which are ticked."""

    rows: Sequence[Option | Group]
    ticked: set[int] = field(default_factory=set)
    """Places in `rows`."""
    focus: int = 0
    filter: str = ""
    top: int = 0
    """The first of the lines that are shown."""

    def __post_init__(self) -> None:
        if self.focus not in self.options:
            self.focus = self.options[0]

    @property
    def options(self) -> list[int]:
        """The places of the options that the filter leaves."""
        return [place for place, row in enumerate(self.rows) if isinstance(row, Option) and self._fits(row)]

    @property
    def focused(self) -> Option | None:
        """The option that has the focus; None where the filter leaves none."""
        row = self.rows[self.focus]
        return row if isinstance(row, Option) and self.options else None

    @property
    def values(self) -> list[Any]:
        """The values of what is ticked, in the order of the list."""
        return [row.value for place, row in enumerate(self.rows) if place in self.ticked and len(row) > 1]

    def move(self, step: int) -> None:
        """Move the focus one option, from either end to the other."""
        if options := self.options:
            self.focus = options[(options.index(self.focus) + step) % len(options)]

    def leap(self, step: int) -> None:
        """Move the focus several options, no further than to the end."""
        if options := self.options:
            self.focus = options[min(max(options.index(self.focus) + step, 0), len(options) - 1)]

    def type(self, text: str) -> None:
        """Narrow the list to the options that have `text` behind what was typed before."""
        self._filter((self.filter + "".join(filter(str.isprintable, text)))[:_FILTER_CHARS])

    def erase(self, *, whole: bool = False) -> None:
        """Take the last letter off the filter, or all of them."""
        self._filter("" if whole else self.filter[:-1])

    def toggle(self) -> None:
        """Tick the focused option, or take its tick back."""
        if self.options:
            self.ticked ^= {self.focus}

    def toggle_all(self) -> None:
        """Tick every option that is shown, or none of them where all are ticked."""
        shown = set(self.options)
        self.ticked = self.ticked - shown if shown <= self.ticked else self.ticked | shown

    def _filter(self, text: str) -> None:
        self.filter = text
        if (options := self.options) and self.focus not in options:
            self.focus = options[0]

    def _fits(self, option: Option) -> bool:
        return self.filter.casefold() in f"{option.title} {option.detail} {option.description}".casefold()

    def lines(self) -> list[int]:
        """Return the places of what is shown: the options that fit, and the groups that have one."""
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
