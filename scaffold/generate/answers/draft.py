"""The answers so far, and the reading of one value with its faults."""

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from scaffold.documents.node import Node
from scaffold.generate.answers.faults import PROMPT, Fault, Source
from scaffold.kommo.limits import PLATFORMS
from scaffold.kommo.location import Location, parse_location


class Given(NamedTuple):
    """An answer as given, with its position."""

    node: Node
    source: Source
    block: Node | None = None
    """The block that contains it, if the key is dotted."""


class Draft(Mapping[str, Any]):
    """Unfinished answers: key of a question -> plain value, as given and unchecked; immutable.

    The properties are lenient: they use what is there, even if it has faults.
    """

    def __init__(
        self,
        given: Mapping[str, Given] = MappingProxyType({}),
        folder_name: str = "",
        faults: tuple[Fault, ...] = (),
        file: Source = PROMPT,
    ) -> None:
        self.given = given
        self.folder_name = folder_name
        """Name of the destination folder, for the code; may be empty."""
        self.faults = faults
        """Faults found while reading the sources: syntax, unknown keys."""
        self.file = file
        """The answers file, if there is one: missing answers are reported there."""

    def __getitem__(self, key: str) -> Any:
        return self.given[key].node.plain()

    def __iter__(self) -> Iterator[str]:
        return iter(self.given)

    def __len__(self) -> int:
        return len(self.given)

    def with_given(self, given: Mapping[str, Given]) -> "Draft":
        """Return the draft with all its answers replaced by `given`."""
        return Draft(given, self.folder_name, self.faults, self.file)

    def with_faults(self, faults: Iterable[Fault]) -> "Draft":
        """Return the draft with more faults."""
        return Draft(self.given, self.folder_name, (*self.faults, *faults), self.file)

    def answer(self, key: str, value: Any) -> "Draft":
        """Return the draft with one more answer: a plain value, as from a prompt."""
        return self.with_given({**self.given, key: Given(node_of(value), PROMPT)})

    def without(self, key: str) -> "Draft":
        """Return the draft without the answer to `key`."""
        return self.with_given({name: given for name, given in self.given.items() if name != key})

    @property
    def platform(self) -> str:
        """The platform chosen; `kommo` until one is."""
        value = self.get("platform")
        return value if isinstance(value, str) and value in PLATFORMS else PLATFORMS[0]

    @property
    def locales(self) -> tuple[str, ...]:
        """The locales chosen, known or not; `en` until one is."""
        return tuple(dict.fromkeys(_strings(self.get("locales")))) or ("en",)

    @property
    def areas(self) -> tuple[Location, ...]:
        """The areas chosen, without those that do not exist."""
        return tuple(filter(None, map(parse_location, _strings(self.get("areas")))))

    def has(self, *areas: str) -> bool:
        """Return whether one of `areas` (codes without suffix) is chosen."""
        return any(location.area in areas for location in self.areas)


def _strings(value: Any) -> list[str]:
    return [item for item in value if isinstance(item, str)] if isinstance(value, list | tuple) else []


def node_of(value: Any) -> Node:
    """Return a plain value as a node without a position."""
    if isinstance(value, dict):
        return Node({str(key): node_of(item) for key, item in value.items()}, 0, 0)
    if isinstance(value, list | tuple):
        return Node([node_of(item) for item in value], 0, 0)
    return Node(value, 0, 0)


class Reading(NamedTuple):
    """The reading of one value: the context its kind may use, and where its faults go."""

    draft: Draft
    source: Source
    key: str
    """Dotted, as in the answers file: `settings.greeting.type`."""
    faults: list[Fault]
    """Grows while the value is read."""

    def at(self, step: str | int) -> "Reading":
        """Return the reading of a member of the value."""
        return Reading(self.draft, self.source, f"{self.key}.{step}", self.faults)

    def fault(self, node: Node, phrase: str, *, at_key: bool = False) -> None:
        """Add a fault of the value at `node`; `phrase` continues "`key` ...", such as `must be text`."""
        line, column = node.line, node.column
        if at_key and node.key_line:
            line, column = node.key_line, node.key_column
        self.faults.append(Fault(self.source, line, column, f"`{self.key}` {phrase}"))
