"""A list that is walked, filtered and ticked, and how it is drawn: no terminal, only its size."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from prompt_toolkit.formatted_text import StyleAndTextTuples

from scaffold.generate.wizard.wrapping import cut, hanging
from scaffold.text import printable

Fragments = StyleAndTextTuples
"""Style and text, in the order they are written."""

_FILTER_CHARS = 40
"""What a filter holds at most; the rest of what is pasted is dropped."""
_DESCRIPTION_LINES = 2
_SCREEN_LINES = 5
"""Lines of the list that are shown however low the terminal is."""


class Option(NamedTuple):
    """One of the choices of a prompt."""

    value: Any
    title: str
    description: str = ""
    """Shown below the list while the option is focused."""


class Group(NamedTuple):
    """A heading between choices."""

    title: str


class Marks(NamedTuple):
    """What the list is drawn with."""

    pointer: str
    ticked: str
    free: str
    up: str
    down: str


UNICODE = Marks("»", "●", "○", "↑", "↓")
ASCII = Marks(">", "[x]", "[ ]", "^", "v")


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
        return self.filter.casefold() in f"{option.title} {option.description}".casefold()

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


def draw(listing: Listing, marks: Marks, columns: int, lines: int) -> Fragments:
    """Return the list and what stands below it: lines of `columns`, at most `lines` where that is enough."""
    below = _below(listing, marks, columns)
    places = listing.lines()
    room = max(lines - len(below), _SCREEN_LINES)
    _scroll(listing, places, room)
    shown = places[listing.top : listing.top + room]
    drawn: Fragments = []
    for place in shown:
        drawn += _row(listing, place, marks, columns)
    if not places:
        nothing = f"   nothing has `{printable(listing.filter)}`; Backspace takes it back"
        drawn += [("class:fault", cut(nothing, columns)), ("", "\n")]
    more = (marks.up if listing.top else "") + (marks.down if listing.top + room < len(places) else "")
    for place, (style, text) in enumerate(below):
        drawn += [(style, f"{text} {more}" if place == 0 and more else text), ("", "\n")]
    return drawn[:-1]


def _scroll(listing: Listing, places: list[int], room: int) -> None:
    """Move what is shown so that the focus, and a group's heading above it, can be seen."""
    if listing.focus not in places:
        listing.top = 0
        return
    at = places.index(listing.focus)
    above = at - 1 if at and not isinstance(listing.rows[places[at - 1]], Option) else at
    listing.top = min(listing.top, above, max(len(places) - room, 0))
    listing.top = max(listing.top, at - room + 1)


def _row(listing: Listing, place: int, marks: Marks, columns: int) -> Fragments:
    row = listing.rows[place]
    if isinstance(row, Group):
        return [("class:group", cut(f"   {row.title}", columns)), ("", "\n")]
    focused, ticked = place == listing.focus, place in listing.ticked
    style = "class:focused" if focused else "class:ticked" if ticked else ""
    pointer = marks.pointer if focused else " " * len(marks.pointer)
    mark = marks.ticked if ticked else marks.free
    return [(style, cut(f" {pointer} {mark} {printable(row.title)}", columns)), ("", "\n")]


def _below(listing: Listing, marks: Marks, columns: int) -> list[tuple[str, str]]:
    """Return where the focus is, what is typed, and the description of the focused option."""
    options = listing.options
    where = f"{options.index(listing.focus) + 1} of {len(options)}" if options else "0"
    typed = f", typed: {printable(listing.filter)}" if listing.filter else ""
    status = f" {where}{typed}, {len(listing.ticked)} ticked"
    row = listing.rows[listing.focus]
    text = row.description if options and isinstance(row, Option) else ""
    described = hanging(printable(text), columns, 1).split("\n")[:_DESCRIPTION_LINES]
    height = (
        _DESCRIPTION_LINES if any(isinstance(row, Option) and row.description for row in listing.rows) else 0
    )
    described = (described + [""] * height)[:height]
    return [
        ("class:status", cut(status, columns - len(marks.up + marks.down) - 1)),
        *(("", line) for line in described),
    ]
