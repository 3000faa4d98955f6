"""The prompts on a terminal that can be drawn on."""

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, NamedTuple

from prompt_toolkit.formatted_text import FormattedText
from prompt_toolkit.input import Input, create_input
from prompt_toolkit.output import Output, create_output
from prompt_toolkit.output.vt100 import Vt100_Output
from prompt_toolkit.shortcuts import print_formatted_text

from scaffold.errors import Interrupted
from scaffold.generate.wizard.drawing import ASCII, AT_A_GLANCE, UNICODE, Fragments, Marks
from scaffold.generate.wizard.list_prompt import ListPrompt, is_filterable
from scaffold.generate.wizard.listing import Group, Listing, Option
from scaffold.generate.wizard.look import STYLE
from scaffold.generate.wizard.terminal import Check, Heading, Terminal
from scaffold.generate.wizard.text_prompt import TextPrompt
from scaffold.generate.wizard.wrapping import cut, hanging, label, width
from scaffold.text import printable, shown_encoding

_ANSWER_COLUMNS = 20
"""With less room than this after the question, its answer goes on a line of its own."""


class Shortcuts(NamedTuple):
    """Keys that answer at once."""

    keys: Mapping[str, Any]
    """Key -> the value of an option."""
    help: str = ""
    """Shown with the other keys of the prompt."""


_NO_SHORTCUTS = Shortcuts({})


class Screen(Terminal):
    """Draws each prompt in place, and leaves one line of it: the question and its answer."""

    def __init__(
        self,
        source: Input | None = None,
        output: Output | None = None,
        environment: Mapping[str, str] | None = None,
    ) -> None:
        self._input = source or create_input()
        self._output = output or create_output()
        self._environment = os.environ if environment is None else environment
        if isinstance(self._output, Vt100_Output):
            # A terminal that does not report the cursor's position would delay each prompt.
            self._output.enable_cpr = False

    @property
    def columns(self) -> int:
        """The width to write in."""
        return max(self._output.get_size().columns - 1, 20)

    @property
    def encoding(self) -> str:
        """The encoding of the characters that can be shown."""
        return shown_encoding(self._output.encoding(), self._environment)

    def say(self, text: str, style: str = "") -> None:
        """Write lines that stay; unprintable characters are escaped."""
        self._write([(style, "\n".join(map(printable, text.split("\n"))))])

    def text(
        self, heading: Heading, default: str, check: Check[str], note: Callable[[str], str] | None = None
    ) -> str:
        """Ask for a line; the first character typed replaces the default."""
        prompt = TextPrompt(self._head(heading, "Enter accepts"), default, check, note)
        answer = str(self._answered(prompt))
        self._echo(heading, answer)
        if note:
            self.say("  " + note(answer), "class:done")
        return answer

    def choose(
        self,
        heading: Heading,
        options: Sequence[Option | Group],
        default: Any,
        check: Check[Any] | None = None,
    ) -> Any:
        """Ask for one of the options and return its value."""
        answer = (
            self._chosen_of_few(heading, options, default)
            if check is None and _are_few(options)
            else self._chosen(heading, options, default, check or _anything)
        )
        self._echo(heading, _title(options, answer))
        return answer

    def confirm(self, heading: Heading, *, default: bool) -> bool:
        """Ask for yes or no; the first letter answers at once."""
        from scaffold.generate.wizard import short_prompts

        question, note = self._short_head(heading, "Y/n, Enter is yes" if default else "y/N, Enter is no")
        with _stopping():
            answer = short_prompts.confirm(
                question, note, default=default, source=self._input, output=self._output
            )
        self._echo(heading, "yes" if answer else "no")
        return answer

    def review(
        self,
        heading: Heading,
        options: Sequence[Option | Group],
        default: Any,
        tab: Any,
        faults: Sequence[str],
    ) -> Any:
        """Ask as `choose` does, but leave no line on the screen; the Tab key answers `tab`."""
        shortcuts = Shortcuts({"tab": tab}, "Tab shows the files")
        return self._chosen(heading, options, default, _anything, shortcuts, faults)

    def tick(
        self,
        heading: Heading,
        options: Sequence[Option | Group],
        ticked: Sequence[Any],
        check: Check[list[Any]],
    ) -> list[Any]:
        """Ask for any number of the options and return their values, in the order of the options."""
        places = {at for at, row in enumerate(options) if isinstance(row, Option) and row.value in ticked}
        answer = self._listed(
            heading, Listing(options, places), check, "Space ticks, Ctrl-A all, Enter accepts"
        )
        chosen = [row.title for row in options if isinstance(row, Option) and row.value in answer]
        self._echo(heading, ", ".join(chosen) or "none")
        return list(answer)

    def _chosen(
        self,
        heading: Heading,
        options: Sequence[Option | Group],
        default: Any,
        check: Check[Any],
        shortcuts: Shortcuts = _NO_SHORTCUTS,
        faults: Sequence[str] = (),
    ) -> Any:
        focus = next((at for at, row in enumerate(options) if row[0] == default and len(row) > 1), 0)
        listing = Listing(options, focus=focus)
        keys = ", ".join(filter(None, ("arrows move, Enter accepts", shortcuts.help)))
        return self._listed(heading, listing, check, keys, shortcuts, faults, ticks=False)

    def _chosen_of_few(self, heading: Heading, options: Sequence[Any], default: Any) -> Any:
        from scaffold.generate.wizard import short_prompts  # only here: not before the first prompt

        pointer = self._marks.pointer
        question, note = self._short_head(heading, "arrows move, Enter accepts")
        with _stopping():
            return short_prompts.choose(question, note, options, default, pointer, self._input, self._output)

    def _short_head(self, heading: Heading, keys: str) -> tuple[str, str]:
        """Return the question, and the lines below it: why it is asked, and the keys."""
        question = hanging(printable(heading.prompt), self.columns, 2).lstrip()
        why = hanging(printable(heading.why), self.columns, 2)
        return question, f"{why}\n{hanging(f'({keys}, Ctrl-B goes back)', self.columns, 2)}"

    @property
    def _marks(self) -> Marks:
        return UNICODE if _can_encode("".join(UNICODE), self.encoding) else ASCII

    def _listed(
        self,
        heading: Heading,
        listing: Listing,
        check: Check[Any],
        keys: str,
        shortcuts: Shortcuts = _NO_SHORTCUTS,
        faults: Sequence[str] = (),
        *,
        ticks: bool = True,
    ) -> Any:
        head = self._head(heading, f"type to filter, {keys}" if is_filterable(listing) else keys, faults)
        return self._answered(
            ListPrompt(listing, head, check, self._marks, ticks=ticks, shortcuts=shortcuts.keys)
        )

    def _answered(self, prompt: TextPrompt | ListPrompt) -> Any:
        with _stopping():
            return prompt.run(self._input, self._output)

    def _head(self, heading: Heading, keys: str, faults: Sequence[str] = ()) -> Callable[[str], Fragments]:
        """Return a function that draws the question, why it is asked or what is wrong, and the keys."""

        def head(fault: str) -> Fragments:
            wrong = [fault] if fault else faults
            notes = [f"! {printable(one)}" for one in wrong] or [heading.why]
            return [
                ("class:mark", "? "),
                ("class:asked", hanging(printable(heading.prompt), self.columns, 2).lstrip() + "\n"),
                *(("class:fault" if wrong else "", hanging(note, self.columns, 2) + "\n") for note in notes),
                ("class:keys", hanging(f"({keys}, Ctrl-B goes back)", self.columns, 2)),
            ]

        return head

    def _echo(self, heading: Heading, answer: str) -> None:
        question = printable(label(heading.prompt))
        room = self.columns - width(question) - 3
        between, room = (" ", room) if room >= _ANSWER_COLUMNS else ("\n  ", self.columns - 2)
        self._write([("class:done", f"? {question}{between}"), ("", cut(printable(answer), room))])

    def _write(self, fragments: list[tuple[str, str]]) -> None:
        print_formatted_text(FormattedText(fragments), output=self._output, style=STYLE)


@contextmanager
def _stopping() -> Iterator[None]:
    """Raise Interrupted if Ctrl-C or the end of the input ends the prompt."""
    try:
        yield
    except (KeyboardInterrupt, EOFError) as stop:
        raise Interrupted from stop


def _are_few(options: Sequence[Option | Group]) -> bool:
    """Return whether the list is short enough to need no filter, groups or scrolling."""
    return len(options) <= AT_A_GLANCE and all(isinstance(row, Option) for row in options)


def _can_encode(text: str, encoding: str) -> bool:
    try:
        text.encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def _title(options: Sequence[Option | Group], answer: Any) -> str:
    return next(row.title for row in options if isinstance(row, Option) and row.value == answer)


def _anything(_answer: object) -> str:
    return ""
