"""Draws a list, given the size of the terminal."""

from typing import NamedTuple

from prompt_toolkit.formatted_text import StyleAndTextTuples

from scaffold.generate.wizard.listing import Group, Listing, Option
from scaffold.generate.wizard.wrapping import cut, hanging, padded, width
from scaffold.text import printable

Fragments = StyleAndTextTuples
"""Pairs of style and text."""

_DESCRIPTION_LINES = 2
_SCREEN_LINES = 5
"""Lines of the list that are shown on even the lowest terminal."""
_DETAIL_INDENT = 6
"""Columns of a line that are not its title or detail."""
_STATUS = "class:status"
AT_A_GLANCE = 6
"""A list with at most this many rows has no line with the position in it."""
_TITLE_SHARE = 0.45
"""The largest share of the columns for titles, if details follow them."""


class Marks(NamedTuple):
    """The characters that a list is drawn with."""

    pointer: str
    ticked: str
    free: str
    up: str
    down: str


UNICODE = Marks("»", "●", "○", "↑", "↓")
ASCII = Marks(">", "[x]", "[ ]", "^", "v")


def draw(listing: Listing, marks: Marks, columns: int, lines: int, *, ticks: bool = True) -> Fragments:
    """Return the list and the lines below it, `columns` wide, at most `lines` high if that is enough.

    `ticks`: whether the options have a box to tick.
    """
    below = _below(listing, marks, columns, ticks=ticks)
    places = listing.lines()
    room = max(lines - len(below), _SCREEN_LINES)
    _scroll(listing, places, room)
    drawn: Fragments = []
    titles = _title_columns(listing, columns)
    for place in places[listing.top : listing.top + room]:
        drawn += _row(listing, place, marks, columns, titles, ticks=ticks)
    if not places:
        nothing = f"   nothing matches `{printable(listing.filter)}`; Backspace deletes"
        drawn += [("class:fault", cut(nothing, columns)), ("", "\n")]
    more = (marks.up if listing.top else "") + (marks.down if listing.top + room < len(places) else "")
    for style, text in below:
        drawn += [(style, f"{text} {more}" if style == _STATUS and more else text), ("", "\n")]
    return drawn[:-1]


def _scroll(listing: Listing, places: list[int], room: int) -> None:
    """Scroll so that the focus, and a group's heading above it, are visible."""
    if listing.focus not in places:
        listing.top = 0
        return
    at = places.index(listing.focus)
    above = at - 1 if at and not isinstance(listing.rows[places[at - 1]], Option) else at
    listing.top = min(listing.top, above, max(len(places) - room, 0))
    listing.top = max(listing.top, at - room + 1)


def _title_columns(listing: Listing, columns: int) -> int:
    """Return the width of the column of titles that have details after them."""
    titles = [row.title for row in listing.rows if isinstance(row, Option) and row.detail]
    return min(max(map(width, titles), default=0), int(columns * _TITLE_SHARE))


def _row(listing: Listing, place: int, marks: Marks, columns: int, titles: int, *, ticks: bool) -> Fragments:
    row = listing.rows[place]
    if isinstance(row, Group):
        return [("class:group", cut(f"   {row.title}", columns)), ("", "\n")]
    focused, ticked = place == listing.focus, place in listing.ticked
    style = "class:focused" if focused else "class:ticked" if ticked else ""
    pointer = marks.pointer if focused else " " * len(marks.pointer)
    mark = (marks.ticked if ticked else marks.free) + " " if ticks else ""
    title = printable(row.title)
    if row.detail:
        title = f"{padded(title, titles)}  {printable(row.detail)}"
    return [(style, cut(f" {pointer} {mark}{title}", columns)), ("", "\n")]


def _described(option: Option, room: int) -> str:
    """Return the text below the list for an option: its detail, if the list cuts it, or its description."""
    return option.detail if width(option.detail) > room else option.description


def _below(listing: Listing, marks: Marks, columns: int, *, ticks: bool) -> list[tuple[str, str]]:
    """Return the lines below the list: position, filter and ticks; the description of the focused option."""
    options = listing.options
    where = f"{options.index(listing.focus) + 1} of {len(options)}" if options else "0"
    typed = f", typed: {printable(listing.filter)}" if listing.filter else ""
    status = f" {where}{typed}" + (f", {len(listing.ticked)} ticked" if ticks else "")
    room = columns - _title_columns(listing, columns) - _DETAIL_INDENT
    described = [_described(row, room) for row in listing.rows if isinstance(row, Option)]
    height = _DESCRIPTION_LINES if any(described) else 0
    text = _described(listing.focused, room) if listing.focused else ""
    lines = [*hanging(printable(text), columns, 1).split("\n"), *([""] * height)][:height]
    place = [(_STATUS, cut(status, columns - len(marks.up + marks.down) - 1))]
    return [
        *(place if ticks or len(listing.rows) > AT_A_GLANCE else []),
        *(("", line) for line in lines),
    ]
