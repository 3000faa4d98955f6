"""The interface of a terminal: `screen` implements it by drawing, `plain` by lines."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple, TypeVar

from scaffold.generate.wizard.listing import Group, Option

T = TypeVar("T")


class Heading(NamedTuple):
    """The text above a prompt."""

    prompt: str
    why: str
    """What the answer does."""


Check = Callable[[T], str]
"""Returns what is wrong with an answer, or an empty string."""


class Terminal(ABC):
    """Asks one question at a time; every method that asks raises Back and Interrupted."""

    @property
    @abstractmethod
    def columns(self) -> int:
        """The width to write in."""

    @property
    @abstractmethod
    def encoding(self) -> str:
        """The encoding of the characters that can be shown."""

    @abstractmethod
    def say(self, text: str, style: str = "") -> None:
        """Write lines that stay; unprintable characters are escaped."""

    @abstractmethod
    def text(
        self, heading: Heading, default: str, check: Check[str], note: Callable[[str], str] | None = None
    ) -> str:
        """Ask for a line. `note` returns a line about it, shown while it is typed if possible."""

    @abstractmethod
    def choose(
        self,
        heading: Heading,
        options: Sequence[Option | Group],
        default: Any,
        check: Check[Any] | None = None,
    ) -> Any:
        """Ask for one of the options and return its value."""

    @abstractmethod
    def tick(
        self,
        heading: Heading,
        options: Sequence[Option | Group],
        ticked: Sequence[Any],
        check: Check[list[Any]],
    ) -> list[Any]:
        """Ask for any number of the options and return their values, in the order of the options."""

    @abstractmethod
    def confirm(self, heading: Heading, *, default: bool) -> bool:
        """Ask for yes or no."""

    @abstractmethod
    def review(
        self,
        heading: Heading,
        options: Sequence[Option | Group],
        default: Any,
        tab: Any,
        faults: Sequence[str],
    ) -> Any:
        """Ask as `choose` does, if possible without leaving a line on the screen.

        The Tab key, if there is one, answers `tab`. `faults` are shown above the options.
        """
