"""A question and the kind of its answer: wizard, files, schema and reference are derived from them."""

from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import Any, NamedTuple

from scaffold.documents.node import Node
from scaffold.generate.answers.draft import Draft, Reading, node_of
from scaffold.generate.answers.faults import PROMPT
from scaffold.generate.answers.record import Answers


class Kind(ABC):
    """What an answer looks like: its check, its JSON Schema and its form as text."""

    @property
    @abstractmethod
    def label(self) -> str:
        """The type in words, for the reference: `text`, `true or false`."""

    @abstractmethod
    def read(self, node: Node, reading: Reading) -> Any:
        """Return the checked value for `Answers`; faults go to `reading`, and then the result is unusable."""

    @abstractmethod
    def schema(self) -> dict[str, Any]:
        """Return the JSON Schema of the value in an answers file."""

    def plain(self, value: Any) -> Any:
        """Return a checked value in the form of an answers file: the inverse of `read`."""
        return value

    def parse(self, text: str) -> Any:
        """Return the plain value that `text` stands for in `--set` or at a prompt, unchecked.

        Raises ValueError with a phrase ("must be ...") if `text` cannot be parsed.
        """
        return text

    def text(self, value: Any) -> str:
        """Return the text that `parse` reads as the plain `value`, for `--set` and prompts."""
        return str(value)

    def member(self, step: str) -> "Kind | None":  # noqa: ARG002 - most kinds have no members
        """Return the kind of a value's member `step`, for `--set key.step=...`; None if there is none."""
        return None


class Subject(NamedTuple):
    """What a default is derived from."""

    draft: Draft
    """The answers so far."""
    code: str
    """Of the widget, field or handler that the question is about."""


Default = Callable[[Subject], Any]


class Question(NamedTuple):
    """A question that `new` can ask; or, inside a kind, a question about one member of an answer."""

    key: str
    """As in the answers file; dotted if it is in a block: `digital_pipeline.webhook_url`."""
    kind: Kind
    prompt: str
    """The title of the wizard's prompt."""
    why: str
    """What the answer does, on one line: at the prompt, in the schema and in the README."""
    default: Any = None
    """A plain value or a `Default`; None: no default."""
    areas: tuple[str, ...] = ()
    """Asked and allowed only with one of these areas; empty: always."""
    only_if: tuple[str, str | None] | None = None
    """Asked and allowed only if this other question has this answer; None: any answer."""
    required: bool = False
    """Must be answered: nobody else can know the value."""
    unless: str = ""
    """Not required if this other question is answered: the default is derived from its answer."""
    starter: Any = None
    """The answer of `--defaults`, and the wizard's first suggestion, for a question without a default."""
    example: Any = None
    """A plain value that shows how to answer."""
    on_request: bool = False
    """Asked by the wizard only if the user picks it on the review page."""
    offered: bool = True
    """Whether the wizard can ask it at all; if not, only the file and the command line answer it."""

    @property
    def block(self) -> str:
        """The top-level key of the answers file that contains the answer."""
        return self.key.partition(".")[0]

    @property
    def name(self) -> str:
        """The key inside its block; the key itself if it is not in a block."""
        return self.key.rpartition(".")[2]

    def answer_in(self, answers: Answers) -> Any:
        """Return the checked answer; None if there is none, as without its area."""
        holder = getattr(answers, self.block) if "." in self.key else answers
        return getattr(holder, self.name, None)

    def default_for(self, subject: Subject) -> Any:
        """Return the default as a plain value, or None."""
        return self.default(subject) if callable(self.default) else self.default

    def fault_of(self, value: Any, draft: Draft) -> str | None:
        """Return what is wrong with a plain value from a prompt, on one line; None if it is valid."""
        reading = Reading(draft, PROMPT, self.key, [])
        self.kind.read(node_of(value), reading)
        return reading.faults[0].message.removeprefix(f"`{self.key}` ") if reading.faults else None


class Block(NamedTuple):
    """Questions whose answers share one top-level key of the answers file."""

    key: str
    record: Callable[..., Any]
    """Takes their answers by name; `Answers` stores the result under `key`."""
    questions: tuple[Question, ...]
