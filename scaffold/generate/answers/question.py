"""A question and the kind of its answer: what wizard, files, schema and reference are derived from."""

from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import Any, NamedTuple

from scaffold.documents.node import Node
from scaffold.documents.source import PROMPT
from scaffold.generate.answers.draft import Draft, Reading, node_of
from scaffold.generate.answers.record import Answers


class Kind(ABC):
    """What an answer looks like: its check, its JSON Schema and its form as text."""

    @property
    @abstractmethod
    def label(self) -> str:
        """The type for people, for the reference: `text`, `true or false`."""

    @abstractmethod
    def read(self, node: Node, reading: Reading) -> Any:
        """Return the checked value as `Answers` holds it; faults go to `reading`, the result is then void."""

    @abstractmethod
    def schema(self) -> dict[str, Any]:
        """Return the JSON Schema of the value as an answers file holds it."""

    def plain(self, value: Any) -> Any:
        """Return what an answers file holds for a checked value: the inverse of `read`."""
        return value

    def parse(self, text: str) -> Any:
        """Return the plain value that `text` stands for in `--set` or at a prompt, unchecked.

        Raises ValueError with a phrase ("must be ...") where it stands for none.
        """
        return text

    def text(self, value: Any) -> str:
        """Return the text that `parse` reads as the plain `value`, for `--set` and prompts."""
        return str(value)

    def member(self, step: str) -> "Kind | None":  # noqa: ARG002 - most kinds have no members
        """Return the kind of the member `step` of a value, for `--set key.step=...`, if it can have one."""
        return None


class Subject(NamedTuple):
    """What a default is made of."""

    draft: Draft
    """What is answered so far."""
    code: str
    """The code of what the question is about: the widget, a field, a handler."""


Default = Callable[[Subject], Any]


class Question(NamedTuple):
    """One answer that `new` can use; or, inside a kind, one member of such an answer."""

    key: str
    """As in the answers file; dotted where it stands in a block: `digital_pipeline.webhook_url`."""
    kind: Kind
    prompt: str
    """What the wizard shows."""
    why: str
    """What the answer does, one line: at the prompt, in the schema and in the README."""
    default: Any = None
    """A plain value or a `Default`; None: nothing."""
    areas: tuple[str, ...] = ()
    """Asked and allowed only with one of these areas; empty: always."""
    only_if: tuple[str, str | None] | None = None
    """Asked and allowed only while this other question has this answer; None: any answer."""
    required: bool = False
    """Must be given: there is no honest default."""
    unless: str = ""
    """Not required where this other question is answered, since the default is made of its answer."""
    starter: Any = None
    """What `--defaults` gives, and the wizard begins with, where there is no default."""
    example: Any = None
    """A plain value that shows how to answer."""
    asked: bool = True
    """Whether the wizard asks by itself; the others are reached from its review page."""
    offered: bool = True
    """Whether the wizard can ask for it at all; else only the file and the command line give it."""

    @property
    def block(self) -> str:
        """The top-level key of the answers file that holds the answer."""
        return self.key.partition(".")[0]

    @property
    def name(self) -> str:
        """The key inside its block; the key itself where it stands in none."""
        return self.key.rpartition(".")[2]

    def answer_in(self, answers: Answers) -> Any:
        """Return the checked answer; None where there is none, as without its area."""
        holder = getattr(answers, self.block) if "." in self.key else answers
        return getattr(holder, self.name, None)

    def default_for(self, subject: Subject) -> Any:
        """Return the default as a plain value, or None."""
        return self.default(subject) if callable(self.default) else self.default

    def fault_of(self, value: Any, draft: Draft) -> str | None:
        """Return what is wrong with a plain value answered at a prompt, one line; None when it is good."""
        reading = Reading(draft, PROMPT, self.key, [])
        self.kind.read(node_of(value), reading)
        return reading.faults[0].message.removeprefix(f"`{self.key}` ") if reading.faults else None


class Block(NamedTuple):
    """Questions that stand together under one key of the answers file."""

    key: str
    record: Callable[..., Any]
    """Takes their answers by name; `Answers` keeps what it returns under `key`."""
    questions: tuple[Question, ...]
