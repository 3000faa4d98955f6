"""The way through questions, forward and back: what the wizard is built of, whatever it asks."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

S = TypeVar("S")


class Back(Exception):  # noqa: N818 - a wish of the user's, not an error
    """The user goes back one question; `kept` is what was answered on the way here, None: nothing."""

    def __init__(self, kept: Any = None) -> None:
        super().__init__()
        self.kept = kept


@dataclass(frozen=True, slots=True)
class Step(Generic[S]):
    """One prompt: takes what is answered so far and returns it with one answer more."""

    key: str
    """Of its own; a step that is passed is not asked again, whatever the steps around it become."""
    ask: Callable[[S], S]
    """Raises Back."""
    about: tuple[str, ...] = ()
    """Keys of the questions whose answer it changes."""
    asked: bool = True
    """Whether it is asked by itself, and not only where the user chooses to."""
    again: bool = False
    """Whether it is asked as long as it is there, passed or not: its answer does away with it."""

    def is_open(self, passed: Sequence[str]) -> bool:
        """Return whether it is still to be asked."""
        return self.asked and (self.again or self.key not in passed)


def navigate(state: S, steps_of: Callable[[S], Sequence[Step[S]]], passed: list[str]) -> S:
    """Ask every step that is not yet passed and return the state after the last.

    `steps_of` gives the steps that a state calls for, so that each answer decides what is asked next.
    `passed` holds the keys of the steps passed, in the order they were, and is kept up to date. Raises Back,
    with the state, when the user goes back from the first one.
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
    """Take the last step that still stands in the way off `passed`; raises Back where there is none."""
    while passed:
        if passed.pop() in keys:
            return
    raise Back(state)
