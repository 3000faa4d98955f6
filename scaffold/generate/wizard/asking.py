"""Asks a question with the prompt that suits the kind of its answer."""

from collections.abc import Callable
from typing import Any

from scaffold.generate.answers.blocks import LATER
from scaffold.generate.answers.draft import Draft
from scaffold.generate.answers.kinds.choices import Areas, Choice, Flag, Locales
from scaffold.generate.answers.kinds.events import Events
from scaffold.generate.answers.kinds.later import OrLater
from scaffold.generate.answers.kinds.tables import Table
from scaffold.generate.answers.question import Question
from scaffold.generate.wizard import area_page
from scaffold.generate.wizard.listing import Option
from scaffold.generate.wizard.navigation import Back
from scaffold.generate.wizard.prompts import Ask
from scaffold.generate.wizard.rows import TableEditor
from scaffold.generate.wizard.terminal import Heading, Terminal
from scaffold.kommo.limits import LOCALE_NAMES, LOCALES
from scaffold.kommo.webhooks import EVENTS


def asker(terminal: Terminal) -> Ask:
    """Return a function that asks a question in `terminal`."""

    def ask(question: Question, current: Any, draft: Draft) -> Any:
        heading = Heading(question.prompt, question.why)
        match question.kind:
            case Areas():
                return area_page.tick(terminal, question, current, draft)
            case Locales():
                return _tick_locales(terminal, question, current, draft)
            case Events():
                return _tick_events(terminal, question, current, draft)
            case Choice(choices=choices):
                options = [Option(word, word, detail=meaning) for word, meaning in choices.items()]
                return terminal.choose(heading, options, current)
            case Flag():
                return terminal.confirm(heading, default=current is True)
            case Table() as table:
                return TableEditor(terminal, ask, question, table, draft).edit(current or {})
            case _:
                return ask_text(terminal, question, current, draft)

    return ask


def _tick_locales(terminal: Terminal, question: Question, current: Any, draft: Draft) -> Any:
    """Ask for the locales; the ones that stay keep their order, new ones follow."""

    def check(codes: list[str]) -> str:
        return question.fault_of(codes, draft) or ""

    options = [Option(code, f"{LOCALE_NAMES[code]} ({code})") for code in LOCALES[draft.platform]]

    def ordered(chosen: list[str]) -> list[str]:
        return sorted(chosen, key=lambda code: current.index(code) if code in current else len(current))

    try:
        return ordered(terminal.tick(Heading(question.prompt, question.why), options, current, check))
    except Back as back:
        raise Back(None if back.kept is None else ordered(back.kept)) from None


def _tick_events(terminal: Terminal, question: Question, current: Any, draft: Draft) -> Any:
    """Ask for the events, in the order of the table; there may be none."""

    def check(names: list[str]) -> str:
        return question.fault_of(names, draft) or ""

    events = [event for event in EVENTS if draft.platform in event.platforms]
    options = [Option(event.name, event.name, event.when) for event in events]
    return terminal.tick(Heading(question.prompt, question.why), options, list(current or ()), check)


def ask_text(
    terminal: Terminal,
    question: Question,
    current: Any,
    draft: Draft,
    note: Callable[[str], str] | None = None,
) -> Any:
    """Ask a question whose answer is typed; `note` returns a line to show about it."""
    if current is None and isinstance(question.kind, OrLater):
        default = LATER
    else:
        default = "" if current is None else question.kind.text(current)
    optional = not question.required and question.default is None

    def value_of(text: str) -> Any:
        return current if text == default and current is not None else question.kind.parse(text.strip())

    def check(text: str) -> str:
        if not text.strip():
            return "" if optional else f"an answer is required: {question.why}"
        try:
            return question.fault_of(value_of(text), draft) or ""
        except ValueError as error:
            return str(error)

    try:
        text = terminal.text(_heading(question, default, optional=optional), default, check, note)
    except Back as back:
        raise Back(_typed(question, back.kept, default)) from None
    return value_of(text) if text.strip() else None


def _typed(question: Question, text: Any, default: str) -> Any:
    """Return the value of what was typed before going back; None if nothing was changed."""
    if not isinstance(text, str) or not text.strip() or text == default:
        return None
    try:
        return question.kind.parse(text.strip())
    except ValueError:
        return text


def _heading(question: Question, default: str, *, optional: bool) -> Heading:
    """Return the heading, with an example if there is no default to show the form."""
    why = question.why
    if default in ("", LATER) and question.example is not None:
        why += f"; for example {question.kind.text(question.example)}"
    if isinstance(question.kind, OrLater):
        why += f"; `{LATER}` leaves a gap that `check` reports"
    if optional:
        why += "; may be empty"
    return Heading(question.prompt, why)
