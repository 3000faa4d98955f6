"""The prompts taken from questionary: one of a few options, yes or no.

Its list to tick has no groups, position or page keys, and its line of text cannot show a note below it that
changes while typing: `list_prompt` and `text_prompt` do these two.
"""

from collections.abc import Sequence
from typing import Any

import questionary
from prompt_toolkit.input import Input
from prompt_toolkit.key_binding import KeyBindings, merge_key_bindings
from prompt_toolkit.output import Output

from scaffold.generate.wizard.keys import EVERY_PROMPT
from scaffold.generate.wizard.listing import Option
from scaffold.generate.wizard.look import STYLE
from scaffold.generate.wizard.wrapping import hanging
from scaffold.text import printable

_MARGIN = 3
"""Columns before an option: the pointer and the spaces around it."""


def choose(
    question: str,
    note: str,
    options: Sequence[Option],
    default: Any,
    pointer: str,
    source: Input,
    output: Output,
) -> Any:
    """Return the value of the chosen option; raises Back and KeyboardInterrupt.

    `question`, and `note` below it, may have several lines.
    """
    columns = max(output.get_size().columns - 1, 20)
    prompt = questionary.select(
        question,
        [
            questionary.Choice(title, option.value)
            for title, option in zip(_titles(options, columns), options, strict=True)
        ],
        default=next(option.value for option in [*options, options[0]] if option.value == default),
        instruction=f"\n{note}",
        pointer=pointer,
        style=STYLE,
        use_jk_keys=False,
        input=source,
        output=output,
        erase_when_done=True,
    )
    return _answer(prompt)


def confirm(question: str, note: str, *, default: bool, source: Input, output: Output) -> bool:
    """Return the answer, y or n, or `default` for Enter; raises Back and KeyboardInterrupt."""
    prompt = questionary.confirm(
        question,
        default,
        instruction=f"\n{note} ",
        style=STYLE,
        input=source,
        output=output,
        erase_when_done=True,
    )
    return bool(_answer(prompt))


def _titles(options: Sequence[Option], columns: int) -> list[str]:
    """Return the options as they are shown: each title with its detail or description."""
    titles = []
    for option in options:
        about = option.detail or option.description
        text = f"{option.title}: {about}" if about else option.title
        titles.append(hanging(printable(text), columns, _MARGIN + 2).lstrip())
    return titles


def _answer(prompt: questionary.Question) -> Any:
    app = prompt.application
    app.key_bindings = merge_key_bindings([app.key_bindings or KeyBindings(), EVERY_PROMPT])
    return prompt.unsafe_ask()
