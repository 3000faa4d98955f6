"""The wizard of `new`: questions in a terminal, and a review page before anything is written."""

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from scaffold.errors import Interrupted
from scaffold.generate.answers.draft import Draft, Reading
from scaffold.generate.answers.faults import AnswersError, Fault
from scaffold.generate.answers.question import Question
from scaffold.generate.answers.record import Answers
from scaffold.generate.answers.registry import BY_KEY
from scaffold.generate.answers.resolve import with_starters
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

    The prompts suggest the answers in `draft`. `tree_of` returns the paths of the files that would be
    written; its ScaffoldError is shown on the review page. `more` returns a template's own questions,
    which come after ours. `kept` has the answers of a run that was stopped, and stores those of this one.
    Raises AnswersError for faults in the draft, before the first prompt, and Interrupted if the user stops
    or cancels.
    """
    if faults := [*draft.faults, *_faults(draft)]:
        raise AnswersError(faults)
    with _opened(terminal) as opened:
        from scaffold.generate.wizard import naming, resuming
        from scaffold.generate.wizard.interview import Interview

        interview = Interview(opened, tree_of, more, kept.save if kept else lambda *_: None)
        with resuming.reported(opened, kept):
            begun = resuming.resumed(draft, kept, opened, interview)
            return complete(interview.run(naming.with_code(with_starters(begun))))


def ask_about(draft: Draft, codes: Iterable[str], terminal: "Terminal | None" = None) -> Draft:
    """Return the draft with answers to the unanswered questions of the areas `codes`.

    Raises Interrupted if the user stops.
    """
    with _opened(terminal) as opened:
        from scaffold.generate.wizard.interview import Interview

        return Interview(opened).about(draft, frozenset(codes))


@contextmanager
def _opened(terminal: "Terminal | None") -> Iterator["Terminal"]:
    """Give `terminal`, or that of the process; raises Interrupted on Ctrl-C, even between prompts."""
    try:
        if terminal is not None:
            yield terminal
        elif _is_plain():
            from scaffold.generate.wizard.plain import Plain

            yield Plain()
        else:
            from scaffold.generate.wizard.echo import silenced

            with silenced(sys.stdin):  # before the slowest import: the library that draws
                from scaffold.generate.wizard.screen import Screen

                yield Screen()
    except KeyboardInterrupt as stop:
        raise Interrupted from stop


def _is_plain() -> bool:
    """Return whether the terminal of the process cannot be drawn on."""
    return os.environ.get("TERM", "").lower() in {"dumb", "unknown"}


def _faults(draft: Draft) -> list[Fault]:
    """Return the faults of each answer by itself; missing answers are not faults, they will be asked."""
    faults: list[Fault] = []
    for key, given in draft.given.items():
        BY_KEY[key].kind.read(given.node, Reading(draft, given.source, key, faults))
    return faults
