"""Navigation through a sequence of prompts, forward and back, whatever they ask."""

from collections.abc import Callable, Sequence
from typing import Any, Generic, NamedTuple, TypeVar

S = TypeVar("S")


class Back(Exception):  # noqa: N818 - a request of the user's, not an error
    """The user goes back one question; `kept` is the state or value to keep, None: nothing."""

    def __init__(self, kept: Any = None) -> None:
        super().__init__()
        self.kept = kept


class Step(NamedTuple, Generic[S]):
    """One prompt: takes the answers so far and returns them with one more."""

    key: str
    """Unique; a step that is passed is not asked again, whatever happens to the steps around it."""
    ask: Callable[[S], S]
    """Raises Back."""
    on_request: bool = False
    """Whether it is asked only if the user picks it."""
    again: bool = False
    """Whether it is asked as long as it exists, passed or not: its answer removes it."""

    def is_open(self, passed: Sequence[str]) -> bool:
        """Return whether it still has to be asked."""
        return not self.on_request and (self.again or self.key not in passed)


def navigate(state: S, steps_of: Callable[[S], Sequence[Step[S]]], passed: list[str]) -> S:
    """Ask every step that is not yet passed and return the state after the last.

    `steps_of` returns the steps for a state, so that each answer decides what is asked next. `passed` has
    the keys of the steps passed, in that order, and is updated. Raises Back, with the state, if the user
    goes back from the first step.
    """
    while True:
        steps = steps_of(state)
        step = next((step for step in steps if step.again or step.key not in passed), None)
        if step is None:
            return state
        try:
            state = step.ask(state)
            passed.append(step.key)
        except Back as back:
            state = state if back.kept is None else back.kept
            _reopen([step.key for step in steps], passed, state)


def _reopen(keys: Sequence[str], passed: list[str], state: object) -> None:
    """Remove the last step that still exists from `passed`; raises Back if there is none."""
    while passed:
        if passed.pop() in keys:
            return
    raise Back(state)
