"""The questions of `new` in a terminal: forward, back, and a review page before anything is written."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from scaffold.documents.source import AnswersError, Fault
from scaffold.errors import Interrupted
from scaffold.generate.answers.draft import Draft, Reading
from scaffold.generate.answers.question import Question
from scaffold.generate.answers.record import Answers
from scaffold.generate.answers.registry import BY_KEY
from scaffold.generate.answers.resolve import code_of, starting
from scaffold.generate.answers.validate import complete

if TYPE_CHECKING:
    from scaffold.generate.wizard.terminal import Terminal

_A_CODE = "my_widget"
"""Offered where there is no destination whose name would give a code."""


def ask(
    draft: Draft,
    tree_of: Callable[[Answers], Iterable[str]],
    terminal: "Terminal | None" = None,
    more: Callable[[Draft], Iterable[Question]] = lambda _: (),
) -> Answers:
    """Return the answers that the user gave and accepted on the review page.

    What `draft` holds already is what the prompts begin with. `tree_of` returns the paths of the files that
    answers give; its ScaffoldError is shown on the review page. `more` returns a template's own
    questions, which come after ours. Raises AnswersError for faults of the draft, before the first prompt,
    and Interrupted when the user stops or cancels.
    """
    if faults := [*draft.faults, *_faults(draft)]:
        raise AnswersError(faults)
    try:
        from scaffold.generate.wizard.interview import Interview
        from scaffold.generate.wizard.terminal import Terminal

        interview = Interview(terminal or Terminal(), tree_of, more)
        return complete(interview.run(_beginning(draft)))
    except KeyboardInterrupt as stop:
        raise Interrupted from stop


def ask_about(draft: Draft, codes: Iterable[str], terminal: "Terminal | None" = None) -> Draft:
    """Return the draft with answers to what the areas `codes` ask and nobody has answered.

    Raises Interrupted when the user stops.
    """
    try:
        from scaffold.generate.wizard.interview import Interview
        from scaffold.generate.wizard.terminal import Terminal

        interview = Interview(terminal or Terminal(), lambda _: (), lambda _: ())
        return interview.about(draft, frozenset(codes))
    except KeyboardInterrupt as stop:
        raise Interrupted from stop


def _faults(draft: Draft) -> list[Fault]:
    """Return what is wrong with the single answers given; what is missing between them will be asked."""
    faults: list[Fault] = []
    for key, given in draft.given.items():
        BY_KEY[key].kind.read(given.node, Reading(draft, given.source, key, faults))
    return faults


def _beginning(draft: Draft) -> Draft:
    begun = starting(draft)
    return begun if code_of(begun) else begun.answer("code", _A_CODE)
