"""Going on where a run before was stopped."""

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

KEPT = "Your answers are kept for a week: the same command goes on from here."


def resumed(draft: Draft, kept: Kept | None, terminal: Terminal, interview: Interview) -> Draft:
    """Return the draft with the kept answers that the user goes on with; what is in it already wins."""
    begun, refused = kept.load() if kept else (None, "")
    if refused:
        terminal.say(refused)
    if begun is not None and _wants(begun, terminal):
        interview.resume(begun.passed, customised=begun.customised)
        for key, value in begun.answers.items():
            draft = draft if key in draft else draft.answer(key, value)
        return draft
    if begun is not None and kept:
        kept.drop()
    interview.greet()
    return draft


def _wants(begun: Begun, terminal: Terminal) -> bool:
    name = begun.answers.get("name")
    called = next(iter(name.values()), None) if isinstance(name, dict) else name
    said = [summary(called), in_words(BY_KEY["areas"].kind, begun.answers.get("areas"))]
    heading = Heading("Go on where you stopped?", f"answered so far: {'; '.join(said)}")
    options = [Option(True, "go on"), Option(False, "start anew, and forget these answers")]
    while True:
        try:
            return bool(terminal.choose(heading, options, True))
        except Back:
            continue


@contextmanager
def told(terminal: Terminal, kept: Kept | None) -> Iterator[None]:
    """Say where the answers are when the user stops; forget them where the widget is not wanted at all."""
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
