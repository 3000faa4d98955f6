"""The keys of the prompts: the way back, the way out, and editing a default."""

import re

from prompt_toolkit.buffer import Buffer
from prompt_toolkit.filters import shift_selection_mode
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.keys import Keys

from scaffold.generate.wizard.navigation import Back

EVERY_PROMPT = KeyBindings()
"""What every prompt has, over its own keys. Ctrl-B reaches the program from every terminal; where a
multiplexer takes it, Shift-Tab does the same."""

TEXT_KEYS = KeyBindings()
"""What editing a default needs beside that."""


@EVERY_PROMPT.add(Keys.ControlB, eager=True)
@EVERY_PROMPT.add(Keys.BackTab, eager=True)
def _go_back(event: KeyPressEvent) -> None:
    """Go back, with what is typed; a prompt without text has none."""
    event.app.exit(exception=Back(event.current_buffer.text or None))


def _stop(event: KeyPressEvent) -> None:
    event.app.exit(exception=KeyboardInterrupt())


def stops() -> KeyBindings:
    """Return bindings with the keys that stop the wizard."""
    keys = KeyBindings()
    for key in (
        Keys.ControlC,
        Keys.SIGINT,
    ):  # eager: a selected default would make it wait for a longer sequence
        keys.add(key, eager=True)(_stop)
    return keys


@TEXT_KEYS.add(Keys.BracketedPaste)
def _paste(event: KeyPressEvent) -> None:
    """Put what is pasted in the place of the default, as what is typed; its line breaks become blanks."""
    buffer = event.current_buffer
    if buffer.selection_state:
        buffer.cut_selection()
    buffer.insert_text(re.sub(r"\r\n|\r|\n", " ", event.data.strip("\r\n")))


@TEXT_KEYS.add(Keys.ControlU, filter=shift_selection_mode)
@TEXT_KEYS.add(Keys.ControlK, filter=shift_selection_mode)
@TEXT_KEYS.add(Keys.Delete, filter=shift_selection_mode)
def _clear(event: KeyPressEvent) -> None:
    event.current_buffer.cut_selection()


@TEXT_KEYS.add(Keys.Any, filter=shift_selection_mode)
@TEXT_KEYS.add(Keys.ControlA, filter=shift_selection_mode)
@TEXT_KEYS.add(Keys.ControlE, filter=shift_selection_mode)
def _type_over(event: KeyPressEvent) -> None:
    """Put what is typed in the place of the default; a key that edits finds the default unselected."""
    buffer = event.current_buffer
    if event.data.isprintable():
        buffer.cut_selection()
        buffer.insert_text(event.data)
    else:
        buffer.exit_selection()
        event.key_processor.feed(event.key_sequence[0], first=True)


def select_all(buffer: Buffer) -> None:
    """Select the text as Shift and the arrows would, so that typing replaces it and moving keeps it."""
    buffer.cursor_position = 0
    buffer.start_selection()
    buffer.cursor_position = len(buffer.text)
    if buffer.selection_state and buffer.text:
        buffer.selection_state.enter_shift_mode()
    else:
        buffer.exit_selection()


for _key in (Keys.ControlC, Keys.SIGINT):
    EVERY_PROMPT.add(_key, eager=True)(_stop)
