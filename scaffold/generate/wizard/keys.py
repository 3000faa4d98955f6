"""The keys of the prompts: going back, stopping, and editing a default."""

import re

from prompt_toolkit.buffer import Buffer
from prompt_toolkit.filters import shift_selection_mode
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.keys import Keys

from scaffold.generate.wizard.navigation import Back

EVERY_PROMPT = KeyBindings()
"""Keys of every prompt, which override its own. Ctrl-B reaches the program from every terminal; if a
multiplexer takes it, Shift-Tab does the same."""

TEXT_KEYS = KeyBindings()
"""Keys for editing a default."""


@EVERY_PROMPT.add(Keys.ControlB, eager=True)
@EVERY_PROMPT.add(Keys.BackTab, eager=True)
def _go_back(event: KeyPressEvent) -> None:
    """Go back with the text typed so far, if the prompt has any."""
    event.app.exit(exception=Back(event.current_buffer.text or None))


def stops() -> KeyBindings:
    """Return bindings for the keys that stop the wizard."""
    keys = KeyBindings()
    _bind_stop(keys)
    return keys


def _bind_stop(keys: KeyBindings) -> None:
    """Let Ctrl-C stop the wizard; eager, because a selected default would wait for a longer sequence."""
    for key in (Keys.ControlC, Keys.SIGINT):
        keys.add(key, eager=True)(_stop)


def _stop(event: KeyPressEvent) -> None:
    event.app.exit(exception=KeyboardInterrupt())


_bind_stop(EVERY_PROMPT)


@TEXT_KEYS.add(Keys.BracketedPaste)
def _paste(event: KeyPressEvent) -> None:
    """Replace the default by the pasted text, as typing does; its line breaks become spaces."""
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
    """Replace the default by the typed character; an editing key only removes the selection first."""
    buffer = event.current_buffer
    if event.data.isprintable():
        buffer.cut_selection()
        buffer.insert_text(event.data)
    else:
        buffer.exit_selection()
        event.key_processor.feed(event.key_sequence[0], first=True)


def select_all(buffer: Buffer) -> None:
    """Select the text as Shift and arrow keys would, so that typing replaces it and moving keeps it."""
    buffer.cursor_position = 0
    buffer.start_selection()
    buffer.cursor_position = len(buffer.text)
    if buffer.selection_state and buffer.text:
        buffer.selection_state.enter_shift_mode()
    else:
        buffer.exit_selection()
