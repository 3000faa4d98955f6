"""The prompt for a line of text, with a default that the first character typed replaces."""

from collections.abc import Callable

from prompt_toolkit.application import Application
from prompt_toolkit.buffer import Buffer
from prompt_toolkit.document import Document
from prompt_toolkit.input import Input
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent, merge_key_bindings
from prompt_toolkit.keys import Keys
from prompt_toolkit.layout import (
    BufferControl,
    Dimension,
    FormattedTextControl,
    HSplit,
    Layout,
    VSplit,
    Window,
)
from prompt_toolkit.output import Output

from scaffold.generate.wizard.drawing import Fragments
from scaffold.generate.wizard.keys import EVERY_PROMPT, TEXT_KEYS, select_all
from scaffold.generate.wizard.list_prompt import Head
from scaffold.generate.wizard.look import STYLE

_MOST_LINES = 3
"""Of a default with line breaks; only one line can be typed."""


class TextPrompt:
    """Asks for a line."""

    def __init__(
        self, head: Head, default: str, check: Callable[[str], str], note: Callable[[str], str] | None
    ) -> None:
        """Prepare the prompt; `note` returns a line about the text, shown below it while it is typed."""
        self._head = head
        self._check = check
        self._note = note
        self._fault = ""
        self._buffer = Buffer(document=Document(default, len(default)), multiline=False)
        select_all(self._buffer)

    def run(self, source: Input, output: Output) -> str:
        """Return the text; raises Back, with the text, and KeyboardInterrupt."""
        lines = Dimension(max=min(self._buffer.document.line_count, _MOST_LINES))
        line = Window(BufferControl(self._buffer), height=lines, dont_extend_height=True, style="class:typed")
        rows = [
            _shown(lambda: self._head(self._fault)),
            VSplit([Window(FormattedTextControl([("class:mark", "> ")]), width=2), line]),
        ]
        if (note := self._note) is not None:
            rows.append(_shown(lambda: [("class:done", "  " + note(self._buffer.text))]))
        app: Application[str] = Application(
            Layout(HSplit(rows), focused_element=line),
            key_bindings=merge_key_bindings([TEXT_KEYS, EVERY_PROMPT, self._keys()]),
            style=STYLE,
            input=source,
            output=output,
            erase_when_done=True,
            max_render_postpone_time=None,
        )
        return app.run()

    def _keys(self) -> KeyBindings:
        keys = KeyBindings()

        @keys.add(Keys.ControlM, eager=True)
        def _(event: KeyPressEvent) -> None:
            self._fault = self._check(self._buffer.text)
            if not self._fault:
                event.app.exit(result=self._buffer.text)
            select_all(self._buffer)

        return keys


def _shown(text: Callable[[], Fragments]) -> Window:
    return Window(FormattedTextControl(text), dont_extend_height=True)
