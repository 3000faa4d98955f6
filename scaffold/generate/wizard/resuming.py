"""Continues where an earlier run was stopped."""

from collections.abc import Iterator
from contextlib import contextmanager

from scaffold.errors import Interrupted
from scaffold.generate.answers.draft import Draft
from scaffold.generate.answers.registry import BY_KEY
from scaffold.generate.wizard.interview import Cancelled, Interview
from scaffold.generate.wizard.kept import Begun, Kept
from scaffold.generate.wizard.listing import Option
from scaffold.generate.wizard.navigation import Back
from scaffold.generate.wizard.terminal import Heading, Terminal
from scaffold.generate.wizard.words import in_words
from scaffold.generate.wizard.wrapping import summary

KEPT = "Your answers are kept for a week: run the same command to continue."


def resumed(draft: Draft, kept: Kept | None, terminal: Terminal, interview: Interview) -> Draft:
    """Return the draft with the kept answers, if the user continues from them; its own answers win."""
    begun, refused = kept.load() if kept else (None, "")
    if refused:
        terminal.say(refused)
    if begun is not None and _continues(begun, terminal):
        interview.resume(begun.passed, customised=begun.customised)
        for key, value in begun.answers.items():
            draft = draft if key in draft else draft.answer(key, value)
        return draft
    if begun is not None and kept:
        kept.drop()
    interview.greet()
    return draft


def _continues(begun: Begun, terminal: Terminal) -> bool:
    """Ask whether to continue from the kept answers."""
    name = begun.answers.get("name")
    called = next(iter(name.values()), None) if isinstance(name, dict) else name
    shown = [summary(called), in_words(BY_KEY["areas"].kind, begun.answers.get("areas"))]
    heading = Heading("Continue where you stopped?", f"answered so far: {'; '.join(shown)}")
    options = [Option(True, "continue"), Option(False, "start over and forget these answers")]
    while True:
        try:
            return bool(terminal.choose(heading, options, True))
        except Back:
            continue


@contextmanager
def reported(terminal: Terminal, kept: Kept | None) -> Iterator[None]:
    """Report that the answers are kept if the user stops inside; delete them if the user cancels."""
    try:
        yield
    except Cancelled:
        if kept:
            kept.drop()
        raise
    except (Interrupted, KeyboardInterrupt):
        if kept and kept.exists:
            terminal.say(KEPT)
        raise
