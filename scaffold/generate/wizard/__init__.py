"""The questions of `new` in a terminal: forward, back, and a review page before anything is written."""

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from scaffold.documents.source import AnswersError, Fault
from scaffold.errors import Interrupted
from scaffold.generate.answers.draft import Draft, Reading
from scaffold.generate.answers.question import Question
from scaffold.generate.answers.record import Answers
from scaffold.generate.answers.registry import BY_KEY
from scaffold.generate.answers.resolve import starting
from scaffold.generate.answers.validate import complete

if TYPE_CHECKING:
    from scaffold.generate.wizard.kept import Kept
    from scaffold.generate.wizard.terminal import Terminal


def ask(
    draft: Draft,
    tree_of: Callable[[Answers], Iterable[str]],
    terminal: "Terminal | None" = None,
    more: Callable[[Draft], Iterable[Question]] = lambda _: (),
    kept: "Kept | None" = None,
) -> Answers:
    """Return the answers that the user gave and accepted on the review page.

    What `draft` holds already is what the prompts begin with. `tree_of` returns the paths of the files that
    answers give; its ScaffoldError is shown on the review page. `more` returns a template's own
    questions, which come after ours. `kept` holds the answers of a run that was stopped, and gets those of
    this one. Raises AnswersError for faults of the draft, before the first prompt, and Interrupted when the
    user stops or cancels.
    """
    if faults := [*draft.faults, *_faults(draft)]:
        raise AnswersError(faults)
    with _asking(terminal) as asked:
        from scaffold.generate.wizard import naming, resuming
        from scaffold.generate.wizard.interview import Interview

        interview = Interview(asked, tree_of, more, kept.save if kept else lambda *_: None)
        with resuming.told(asked, kept):
            begun = resuming.resumed(draft, kept, asked, interview)
            return complete(interview.run(naming.beginning(starting(begun))))


def ask_about(draft: Draft, codes: Iterable[str], terminal: "Terminal | None" = None) -> Draft:
    """Return the draft with answers to what the areas `codes` ask and nobody has answered.

    Raises Interrupted when the user stops.
    """
    with _asking(terminal) as asked:
        from scaffold.generate.wizard.interview import Interview

        return Interview(asked).about(draft, frozenset(codes))


@contextmanager
def _asking(terminal: "Terminal | None") -> Iterator["Terminal"]:
    """Give the terminal to ask in; raises Interrupted where the user stops, at a prompt or between them."""
    try:
        if terminal is not None:
            yield terminal
        elif _is_plain():
            from scaffold.generate.wizard.plain import Plain

            yield Plain()
        else:
            from scaffold.generate.wizard.echo import silenced

            with silenced(sys.stdin):  # before what takes longest: the library that draws
                from scaffold.generate.wizard.screen import Screen

                yield Screen()
    except KeyboardInterrupt as stop:
        raise Interrupted from stop


def _is_plain() -> bool:
    """Return whether nothing can be drawn on the terminal of the process."""
    return os.environ.get("TERM", "").lower() in {"dumb", "unknown"}


def _faults(draft: Draft) -> list[Fault]:
    """Return what is wrong with the single answers given; what is missing between them will be asked."""
    faults: list[Fault] = []
    for key, given in draft.given.items():
        BY_KEY[key].kind.read(given.node, Reading(draft, given.source, key, faults))
    return faults
