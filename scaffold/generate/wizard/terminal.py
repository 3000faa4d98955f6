"""The prompts themselves: questionary in a terminal, with a way back and one look."""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple, TypeVar

import questionary
from prompt_toolkit.formatted_text import FormattedText
from prompt_toolkit.input import Input, create_input
from prompt_toolkit.key_binding import KeyBindings, merge_key_bindings
from prompt_toolkit.output import Output, create_output
from prompt_toolkit.output.vt100 import Vt100_Output
from prompt_toolkit.shortcuts import print_formatted_text
from prompt_toolkit.styles import Style

from scaffold.errors import Interrupted
from scaffold.generate.wizard.keys import EVERY_PROMPT, TEXT_KEYS, select_all
from scaffold.generate.wizard.list_prompt import ListPrompt
from scaffold.generate.wizard.listing import Fragments, Group, Listing, Option
from scaffold.generate.wizard.wrapping import cut, hanging, label
from scaffold.text import printable

T = TypeVar("T")


class Heading(NamedTuple):
    """What stands above a prompt."""

    prompt: str
    why: str
    """What the answer does."""


Check = Callable[[T], str]
"""Returns what is wrong with an answer, or nothing."""

_ANSWER_COLUMNS = 20
"""With less room than this behind the question, its answer goes on a line of its own."""

_STYLE = Style(
    [
        ("qmark", "bold"),
        ("answer", "noinherit fg:ansicyan"),
        ("selected", "noreverse"),
        ("highlighted", "bold"),
        ("separator", "bold underline"),
        ("fault", "fg:ansired bold"),
        ("group", "bold"),
        ("focused", "fg:ansicyan bold"),
        ("ticked", "fg:ansicyan"),
    ]
)
_TEXT_STYLE = Style([*_STYLE.style_rules, ("selected", "reverse")])
_FAULT_STYLE = ("instruction", "fg:ansired bold")


class Terminal:
    """Asks one question at a time; every method but `say` raises Back and Interrupted."""

    def __init__(self, source: Input | None = None, output: Output | None = None) -> None:
        self._input = source or create_input()
        self._output = output or create_output()
        if isinstance(self._output, Vt100_Output):
            # Terminals that do not answer the question for the cursor's place would hold up each prompt.
            self._output.enable_cpr = False

    @property
    def columns(self) -> int:
        """The width to write in."""
        return max(self._output.get_size().columns - 1, 20)

    @property
    def encoding(self) -> str:
        """The encoding of what is written."""
        return self._output.encoding()

    def say(self, text: str, style: str = "") -> None:
        """Write lines that stay; what does not print is escaped."""
        lines = "\n".join(map(printable, text.split("\n")))
        self._write([(style, lines)])

    def text(self, heading: Heading, default: str, check: Check[str]) -> str:
        """Ask for a line; the first key that is typed replaces the default."""

        def make(default: str, **look: Any) -> questionary.Question:
            look["instruction"] += "\n>"
            question = questionary.text(heading.prompt, default, key_bindings=TEXT_KEYS, **look)
            select_all(question.application.current_buffer)
            return question

        answer = self._until_good(heading, default, make, check, keys="Enter accepts", style=_TEXT_STYLE)
        self._echo(heading, answer)
        return answer

    def choose(
        self, heading: Heading, options: Sequence[Option], default: Any, check: Check[Any] | None = None
    ) -> Any:
        """Ask for one of the options and return its value."""

        def make(default: Any, **look: Any) -> questionary.Question:
            return questionary.select(heading.prompt, self._choices(options, 4), default=default, **look)

        answer = self._until_good(
            heading, default, make, check or _anything, keys="arrows move, Enter accepts"
        )
        self._echo(heading, next(option.title for option in options if option.value == answer))
        return answer

    def tick(
        self,
        heading: Heading,
        options: Sequence[Option | Group],
        ticked: Sequence[Any],
        check: Check[list[Any]],
    ) -> list[Any]:
        """Ask for any number of the options and return their values, in the order of the options."""
        places = {at for at, row in enumerate(options) if isinstance(row, Option) and row.value in ticked}
        prompt = ListPrompt(Listing(options, places), lambda fault: self._head(heading, fault, prompt), check)
        try:
            answer = prompt.run(self._input, self._output, _STYLE)
        except (KeyboardInterrupt, EOFError) as stop:
            raise Interrupted from stop
        chosen = [row.title for row in options if isinstance(row, Option) and row.value in answer]
        self._echo(heading, ", ".join(chosen) or "none")
        return answer

    def _head(self, heading: Heading, fault: str, prompt: ListPrompt) -> Fragments:
        """Return what stands above a list to tick."""
        keys = "Space ticks, Ctrl-A all, Enter accepts, Ctrl-B goes back"
        keys = f"type to filter, {keys}" if prompt.filterable else keys
        below = f"! {printable(fault)}" if fault else heading.why
        note = hanging(f"{below} ({keys})", self.columns, 2)
        return [
            ("class:qmark", "? "),
            ("class:question", f"{heading.prompt}\n"),
            ("class:fault" if fault else "class:instruction", note),
        ]

    def confirm(self, heading: Heading, *, default: bool) -> bool:
        """Ask for yes or no."""

        def make(default: bool, **look: Any) -> questionary.Question:
            return questionary.confirm(heading.prompt, default, **look)

        keys = "Y/n, Enter is yes" if default else "y/N, Enter is no"
        answer = self._until_good(heading, default, make, _anything, keys=keys)
        self._echo(heading, "yes" if answer else "no")
        return answer

    def _until_good(
        self,
        heading: Heading,
        default: T,
        make: Callable[..., questionary.Question],
        check: Check[T],
        *,
        keys: str,
        style: Style = _STYLE,
    ) -> T:
        """Ask until nothing is wrong with the answer; what is wrong takes the place of the reason."""
        fault = ""
        while True:
            below = f"! {printable(fault)}" if fault else heading.why
            note = hanging(f"{below} ({keys}, Ctrl-B goes back)", self.columns, 2)
            look = Style([*style.style_rules, _FAULT_STYLE]) if fault else style
            default = self._run(make(default, instruction=f"\n{note}", style=look, **self._streams))
            fault = check(default)
            if not fault:
                return default

    @property
    def _streams(self) -> dict[str, Any]:
        return {"input": self._input, "output": self._output, "erase_when_done": True}

    def _run(self, question: questionary.Question) -> Any:
        app = question.application
        app.key_bindings = merge_key_bindings([app.key_bindings or KeyBindings(), EVERY_PROMPT])
        try:
            return question.unsafe_ask()
        except (KeyboardInterrupt, EOFError) as stop:
            raise Interrupted from stop

    def _choices(self, options: Sequence[Option], indent: int) -> list[questionary.Choice]:
        return [
            questionary.Choice(hanging(printable(option.title), self.columns, indent).lstrip(), option.value)
            for option in options
        ]

    def _echo(self, heading: Heading, answer: str) -> None:
        asked = label(heading.prompt)
        room = self.columns - len(asked) - 3
        between, room = (" ", room) if room >= _ANSWER_COLUMNS else ("\n  ", self.columns - 2)
        shown = cut(printable(answer), room)
        self._write([("class:qmark", "? "), ("bold", asked), ("", between), ("class:answer", shown)])

    def _write(self, fragments: list[tuple[str, str]]) -> None:
        print_formatted_text(FormattedText(fragments), output=self._output, style=_STYLE)


def _anything(_answer: object) -> str:
    return ""
