"""The prompts as plain lines, for terminals that cannot be drawn on: TERM=dumb, an editor's console."""

import shutil
import sys
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, TextIO

from scaffold.errors import Interrupted
from scaffold.generate.wizard.listing import Group, Option
from scaffold.generate.wizard.navigation import Back
from scaffold.generate.wizard.terminal import Check, Heading, T, Terminal
from scaffold.generate.wizard.wrapping import cut, hanging, label, padded
from scaffold.text import printable

_BACK = "<"
_ALL = "all"


class Plain(Terminal):
    """Writes each prompt, then reads a line; an empty line accepts the default in brackets."""

    def __init__(
        self, source: TextIO | None = None, output: TextIO | None = None, columns: int | None = None
    ) -> None:
        self._input = source or sys.stdin
        self._output = output or sys.stdout
        self._columns = columns

    @property
    def columns(self) -> int:
        """The width to write in."""
        return max((self._columns or shutil.get_terminal_size().columns) - 1, 20)

    @property
    def encoding(self) -> str:
        """ASCII: such a terminal may not show more."""
        return "ascii"

    def say(self, text: str, style: str = "") -> None:  # noqa: ARG002 - there is one look only
        """Write lines; unprintable characters are escaped."""
        for line in text.split("\n"):
            self._output.write(printable(line) + "\n")
        self._output.flush()

    def text(
        self, heading: Heading, default: str, check: Check[str], note: Callable[[str], str] | None = None
    ) -> str:
        """Ask for a line."""
        self._ask(heading, f"Enter accepts [{default}]" if default else "")
        answer = self._until_good(lambda line: line or default, check)
        if note:
            self.say("  " + note(answer))
        return answer

    def choose(
        self,
        heading: Heading,
        options: Sequence[Option | Group],
        default: Any,
        check: Check[Any] | None = None,
    ) -> Any:
        """Ask for the number of an option."""
        values = [row.value for row in options if isinstance(row, Option)]
        usual = str(values.index(default) + 1 if default in values else 1)
        self._ask(heading, f"type a number, Enter accepts [{usual}]", self._numbered(options))

        def value_of(line: str) -> Any:
            return values[_place(line or usual, len(values))]

        return self._until_good(value_of, check or (lambda _: ""))

    def tick(
        self,
        heading: Heading,
        options: Sequence[Option | Group],
        ticked: Sequence[Any],
        check: Check[list[Any]],
    ) -> list[Any]:
        """Ask for numbers that tick and untick options, until an empty line accepts."""
        values = [row.value for row in options if isinstance(row, Option)]
        chosen = {place for place, value in enumerate(values) if value in ticked}
        keys = f"numbers tick and untick, `{_ALL}` ticks all, Enter accepts"
        while True:
            self._ask(heading, keys, self._numbered(options, chosen))
            ticks = partial(_ticks, held=chosen, number=len(values))
            try:
                after = self._until_good(ticks, lambda _: "")
            except Back:
                raise Back(_at(values, chosen)) from None
            if after != chosen:
                chosen = after
            elif fault := check(_at(values, chosen)):
                self.say(f"! {fault}")
            else:
                return _at(values, chosen)

    def confirm(self, heading: Heading, *, default: bool) -> bool:
        """Ask for yes or no."""
        self._ask(heading, f"y or n, Enter accepts [{'y' if default else 'n'}]")

        def answer_of(line: str) -> bool:
            word = line.strip().lower() or ("y" if default else "n")
            if word not in {"y", "yes", "n", "no"}:
                raise ValueError("must be y or n")
            return word.startswith("y")

        return self._until_good(answer_of, lambda _: "")

    def review(
        self,
        heading: Heading,
        options: Sequence[Option | Group],
        default: Any,
        tab: Any,
        faults: Sequence[str],
    ) -> Any:
        """Ask as `choose` does; print the faults of the page above it."""
        del tab  # it is one of the options too
        for fault in faults:
            self.say(f"! {fault}")
        return self.choose(heading, options, default)

    def _ask(self, heading: Heading, keys: str, lines: Sequence[str] = ()) -> None:
        self.say(f"\n? {label(heading.prompt)}")
        self.say(hanging(printable(heading.why), self.columns, 2))
        for line in lines:
            self.say(line)
        keys = ", ".join(filter(None, (keys, f"`{_BACK}` goes back")))
        self.say(hanging(printable(f"({keys})"), self.columns, 2))

    def _numbered(self, options: Sequence[Option | Group], chosen: set[int] | None = None) -> list[str]:
        """Return the options with their numbers: details in a column, descriptions in full."""
        lines, number = [], 0
        titles = max((len(row.title) for row in options if isinstance(row, Option) and row.detail), default=0)
        for row in options:
            if isinstance(row, Group):
                lines.append(f"  {row.title}")
                continue
            mark = "" if chosen is None else "[x] " if number in chosen else "[ ] "
            number += 1
            head = f"  {number:>3} {mark}"
            if row.detail:
                pair = f"{padded(printable(row.title), titles)}  {printable(row.detail)}"
                lines.append(cut(f"{head}{pair}", self.columns))
                continue
            about = f": {row.description}" if row.description else ""
            text = hanging(printable(f"{row.title}{about}"), self.columns, len(head))
            lines += f"{head}{text.lstrip()}".split("\n")
        return lines

    def _until_good(self, value_of: Callable[[str], T], check: Check[T]) -> T:
        """Read lines until one is valid; `value_of` raises ValueError with what is wrong."""
        while True:
            line = self._line()
            if line.strip() == _BACK:
                raise Back
            try:
                value = value_of(line)
                fault = check(value)
            except ValueError as error:
                fault = str(error)
            if not fault:
                return value
            self.say(f"! {fault}")

    def _line(self) -> str:
        self._output.write("> ")
        self._output.flush()
        try:
            line = self._input.readline()
        except (KeyboardInterrupt, EOFError) as stop:
            raise Interrupted from stop
        if not line:
            raise Interrupted
        return line.removesuffix("\n").removesuffix("\r")


def _place(line: str, number: int) -> int:
    """Return the index for a 1-based number. Raises ValueError with what is wrong."""
    text = line.strip()
    if not (text.isascii() and text.isdigit() and len(text) < 6 and 1 <= int(text) <= number):
        raise ValueError(f"must be a number from 1 to {number}")
    return int(text) - 1


def _ticks(line: str, held: set[int], number: int) -> set[int]:
    """Return the indexes ticked after a line of numbers, given those `held` before; empty changes nothing.

    Raises ValueError with what is wrong.
    """
    if not line.strip():
        return held
    if line.strip().lower() == _ALL:
        return set(range(number))
    return held ^ {_place(word, number) for word in line.replace(",", " ").split()}


def _at(values: Sequence[Any], places: set[int]) -> list[Any]:
    return [value for place, value in enumerate(values) if place in places]
