"""The prompt for a list to tick or to choose from: its keys, and the application that runs it."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from prompt_toolkit.application import Application
from prompt_toolkit.filters import Condition
from prompt_toolkit.input import Input
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.keys import Keys
from prompt_toolkit.layout import FormattedTextControl, Layout, Window
from prompt_toolkit.output import Output

from scaffold.generate.wizard.drawing import Fragments, Marks, draw
from scaffold.generate.wizard.keys import stops
from scaffold.generate.wizard.listing import Listing
from scaffold.generate.wizard.look import STYLE
from scaffold.generate.wizard.navigation import Back

Head = Callable[[str], Fragments]
"""Returns the lines above a prompt, given what is wrong with the answer, or an empty string."""

_FILTERED_FROM = 9
"""Options; in shorter lists, letters do nothing."""


def is_filterable(listing: Listing) -> bool:
    """Return whether typing filters the list."""
    return len(listing.options) >= _FILTERED_FROM


class ListPrompt:
    """Asks for any number of the options of a list, or for one of them."""

    def __init__(
        self,
        listing: Listing,
        head: Head,
        check: Callable[[Any], str],
        marks: Marks,
        *,
        ticks: bool,
        shortcuts: Mapping[str, Any],
    ) -> None:
        """Prepare the prompt; `shortcuts` maps keys that answer at once to the values of options."""
        self.listing = listing
        self.ticks = ticks
        self.filterable = is_filterable(listing)
        self._head = head
        self._check = check
        self._marks = marks
        self._shortcuts = shortcuts
        self._fault = ""

    def run(self, source: Input, output: Output) -> Any:
        """Return the ticked values, or the chosen one; raises Back, with the ticks, and KeyboardInterrupt."""
        control = FormattedTextControl(lambda: self._drawn(output), focusable=True, show_cursor=False)
        app: Application[Any] = Application(
            Layout(Window(control, dont_extend_height=True, always_hide_cursor=True)),
            key_bindings=self._keys(),
            style=STYLE,
            input=source,
            output=output,
            erase_when_done=True,
            max_render_postpone_time=None,
        )
        return app.run()

    def _drawn(self, output: Output) -> Fragments:
        size = output.get_size()
        columns = max(size.columns - 1, 20)
        head = self._head(self._fault)
        above = sum(part[1].count("\n") for part in head) + 1
        body = draw(self.listing, self._marks, columns, size.rows - above - 1, ticks=self.ticks)
        return [*head, ("", "\n"), *body]

    def _keys(self) -> KeyBindings:
        keys = stops()
        self._bind_moves(keys)
        self._bind_typing(keys)
        self._bind_answers(keys)
        return keys

    def _bind_moves(self, keys: KeyBindings) -> None:
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
        )
        for key, act in moves:
            keys.add(key, eager=True)(self._doing(act))

    def _bind_typing(self, keys: KeyBindings) -> None:
        """Bind the keys that tick, and those that edit the filter."""
        listing = self.listing
        keys.add(Keys.Backspace, eager=True)(self._doing(listing.erase))
        keys.add(Keys.ControlU, eager=True)(self._doing(lambda: listing.erase(whole=True)))
        if self.ticks:
            keys.add(" ", eager=True)(self._doing(listing.toggle))
            keys.add(Keys.ControlA, eager=True)(self._doing(listing.toggle_all))
        filterable = Condition(lambda: self.filterable)

        @keys.add(Keys.Any, filter=filterable)
        @keys.add(Keys.BracketedPaste, filter=filterable)
        def _(event: KeyPressEvent) -> None:
            self._fault = ""
            listing.type(event.data)

    def _bind_answers(self, keys: KeyBindings) -> None:
        """Bind the keys that end the prompt: with an answer, or by going back."""
        listing = self.listing
        for shortcut, value in self._shortcuts.items():
            keys.add(shortcut, eager=True)(self._answering(value))

        @keys.add(Keys.ControlM, eager=True)
        def _(event: KeyPressEvent) -> None:
            if self.ticks:
                self._accept(event, listing.values)
            elif listing.focused:
                self._accept(event, listing.focused.value)

        @keys.add(Keys.ControlB, eager=True)
        @keys.add(Keys.BackTab, eager=True)
        def _(event: KeyPressEvent) -> None:
            event.app.exit(exception=Back(listing.values if self.ticks else None))

    def _accept(self, event: KeyPressEvent, answer: Any) -> None:
        self._fault = self._check(answer)
        if not self._fault:
            event.app.exit(result=answer)

    def _answering(self, value: Any) -> Callable[[KeyPressEvent], None]:
        return lambda event: self._accept(event, value)

    def _doing(self, act: Callable[[], None]) -> Callable[[KeyPressEvent], None]:
        def do(_: KeyPressEvent) -> None:
            self._fault = ""
            act()

        return do
