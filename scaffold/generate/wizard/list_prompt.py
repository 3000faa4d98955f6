"""The prompt for a list to tick: its keys, and the application that runs it."""

from collections.abc import Callable, Sequence
from typing import Any

from prompt_toolkit.application import Application
from prompt_toolkit.filters import Condition
from prompt_toolkit.input import Input
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.keys import Keys
from prompt_toolkit.layout import FormattedTextControl, Layout, Window
from prompt_toolkit.output import Output
from prompt_toolkit.styles import BaseStyle

from scaffold.generate.wizard.keys import stops
from scaffold.generate.wizard.listing import ASCII, UNICODE, Fragments, Listing, draw
from scaffold.generate.wizard.navigation import Back

Head = Callable[[str], Fragments]
"""Returns what stands above the list, given what is wrong with the answer."""

_FILTERED_FROM = 9
"""Shorter lists are read at a glance, and letters do nothing there."""


class ListPrompt:
    """Asks for the ticks of a list."""

    def __init__(self, listing: Listing, head: Head, check: Callable[[list[Any]], str]) -> None:
        self.listing = listing
        self.filterable = len(listing.options) >= _FILTERED_FROM
        self._head = head
        self._check = check
        self._fault = ""

    def run(self, source: Input, output: Output, style: BaseStyle) -> list[Any]:
        """Return what is ticked; raises Back, which keeps it, and KeyboardInterrupt."""
        control = FormattedTextControl(lambda: self._drawn(output), focusable=True, show_cursor=False)
        app: Application[list[Any]] = Application(
            Layout(Window(control, dont_extend_height=True, always_hide_cursor=True)),
            key_bindings=self._keys(),
            style=style,
            input=source,
            output=output,
            erase_when_done=True,
        )
        return app.run()

    def _drawn(self, output: Output) -> Fragments:
        size = output.get_size()
        columns = max(size.columns - 1, 20)
        head = self._head(self._fault)
        above = sum(part[1].count("\n") for part in head) + 1
        try:
            "".join(UNICODE).encode(output.encoding())
            marks = UNICODE
        except (UnicodeEncodeError, LookupError):
            marks = ASCII
        return [*head, ("", "\n"), *draw(self.listing, marks, columns, size.rows - above - 1)]

    def _keys(self) -> KeyBindings:
        keys = stops()
        listing = self.listing
        moves: Sequence[tuple[Keys, Callable[[], None]]] = (
            (Keys.Down, lambda: listing.move(1)),
            (Keys.ControlN, lambda: listing.move(1)),
            (Keys.Up, lambda: listing.move(-1)),
            (Keys.ControlP, lambda: listing.move(-1)),
            (Keys.PageDown, lambda: listing.leap(10)),
            (Keys.PageUp, lambda: listing.leap(-10)),
            (Keys.Home, lambda: listing.leap(-len(listing.rows))),
            (Keys.End, lambda: listing.leap(len(listing.rows))),
            (Keys.ControlA, listing.toggle_all),
            (Keys.Backspace, listing.erase),
            (Keys.ControlU, lambda: listing.erase(whole=True)),
        )
        for key, act in moves:
            keys.add(key, eager=True)(self._doing(act))
        keys.add(" ", eager=True)(self._doing(listing.toggle))
        filterable = Condition(lambda: self.filterable)

        @keys.add(Keys.Any, filter=filterable)
        @keys.add(Keys.BracketedPaste, filter=filterable)
        def _(event: KeyPressEvent) -> None:
            self._fault = ""
            listing.type(event.data)

        @keys.add(Keys.ControlM, eager=True)
        def _(event: KeyPressEvent) -> None:
            self._fault = self._check(listing.values)
            if not self._fault:
                event.app.exit(result=listing.values)

        @keys.add(Keys.ControlB, eager=True)
        @keys.add(Keys.BackTab, eager=True)
        def _(event: KeyPressEvent) -> None:
            event.app.exit(exception=Back(listing.values))

        return keys

    def _doing(self, act: Callable[[], None]) -> Callable[[KeyPressEvent], None]:
        def do(_: KeyPressEvent) -> None:
            self._fault = ""
            act()

        return do
