"""Answers from a fixed set: one of a few, several of many, yes or no, a number."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, ClassVar

from scaffold.documents.node import Node
from scaffold.generate.answers.draft import Reading
from scaffold.generate.answers.question import Kind
from scaffold.kommo.areas import AREAS, BY_CODE
from scaffold.kommo.limits import LOCALE_NAMES, LOCALES
from scaffold.kommo.location import Location, parse_location
from scaffold.text import did_you_mean, quoted


class Flag(Kind):
    """Yes or no."""

    label = "true or false"

    def read(self, node: Node, reading: Reading) -> bool:
        """Return the flag; texts such as `yes` are refused."""
        if not isinstance(node.value, bool):
            reading.fault(node, f"must be true or false{_not_this(node)}")
        return node.value is True

    def schema(self) -> dict[str, Any]:
        """Return the type."""
        return {"type": "boolean"}

    def text(self, value: Any) -> str:
        """Return `true` or `false`."""
        return str(value).lower()

    def parse(self, text: str) -> Any:
        """Return the flag for `true` or `false`; any other text unchanged."""
        return {"true": True, "false": False}.get(text.lower(), text)


class Number(Kind):
    """A whole number."""

    label = "whole number"

    def __init__(self, minimum: int, maximum: int) -> None:
        self.minimum = minimum
        self.maximum = maximum

    def read(self, node: Node, reading: Reading) -> int:
        """Return the number, within its bounds."""
        number = node.value
        if isinstance(number, bool) or not isinstance(number, int):
            reading.fault(node, f"must be a whole number{_not_this(node)}")
            return self.minimum
        if not self.minimum <= number <= self.maximum:
            reading.fault(node, f"must be from {self.minimum} to {self.maximum}{_not_this(node)}")
        return number

    def schema(self) -> dict[str, Any]:
        """Return the type and the bounds."""
        return {"type": "integer", "minimum": self.minimum, "maximum": self.maximum}

    def parse(self, text: str) -> Any:
        """Return digits as a number; any other text unchanged."""
        digits = text.removeprefix("-")
        return int(text) if digits.isascii() and digits.isdigit() and len(digits) < 20 else text


class Choice(Kind):
    """One of a few words, each with its meaning."""

    def __init__(self, choices: Mapping[str, str]) -> None:
        self.choices = choices

    @property
    def label(self) -> str:
        """The words."""
        return one_of(self.choices)

    def read(self, node: Node, reading: Reading) -> str:
        """Return the word."""
        if not isinstance(node.value, str):
            reading.fault(node, f"must be {one_of(self.choices)}{_not_this(node)}")
        elif node.value not in self.choices:
            hint = did_you_mean(node.value, self.choices) or f": use {one_of(self.choices)}"
            reading.fault(node, f"cannot be {quoted(node.value)}{hint}")
        return str(node.value)

    def schema(self) -> dict[str, Any]:
        """Return the words, each with its meaning for the editor."""
        return {"enum": list(self.choices), "enumDescriptions": list(self.choices.values())}


class Words(Kind):
    """A list of different words."""

    one: ClassVar[str]
    """What each word is: `area`."""
    example: ClassVar[str]
    """Some of them, separated by commas."""
    minimum: ClassVar[int] = 1

    def words(self, node: Node, reading: Reading) -> Iterator[tuple[Node, str]]:
        """Yield the words of the list with their nodes; anything else in it is a fault."""
        if not isinstance(node.value, list):
            reading.fault(node, self._not_a_list(node.value))
            return
        if len(node.value) < self.minimum:
            reading.fault(node, f"must name at least one {self.one}")
        for item in node.value:
            if isinstance(item.value, str):
                yield item, item.value
            else:
                reading.fault(item, f"must contain only {self.one}s{_not_this(item)}")

    def _not_a_list(self, value: object) -> str:
        """Return what is wrong; if `value` is a text of known words, with those words as a list."""
        words = self.parse(value) if isinstance(value, str) else []
        if words and set(words) <= set(self.schema()["items"]["enum"]):
            return f"must be a list, such as [{', '.join(words)}]"
        return f"must be a list of {self.one}s, such as [{self.example}]"

    def text(self, value: Any) -> str:
        """Return the words, separated by commas."""
        return ",".join(value)

    def parse(self, text: str) -> Any:
        """Return the words between commas; brackets around them are ignored."""
        inner = text.strip().removeprefix("[").removesuffix("]")
        return [word.strip().strip("\"'") for word in inner.split(",") if word.strip()]


class Areas(Words):
    """The areas, each with its suffix if it takes one."""

    label = "list of areas"
    one = "area"
    example = "lcard-1, settings"

    def read(self, node: Node, reading: Reading) -> tuple[Location, ...]:
        """Return the areas in their order."""
        first: dict[str, str] = {}
        found = []
        for item, word in self.words(node, reading):
            location = parse_location(word)
            if location is None:
                reading.fault(item, _unknown_area(word))
            elif location.area not in first:
                first[location.area] = word
                found.append(location)
            elif parse_location(first[location.area]) == location:
                reading.fault(item, f"names {quoted(word)} twice")
            else:
                reading.fault(item, f"names both {quoted(first[location.area])} and {quoted(word)}: keep one")
        return tuple(found)

    def plain(self, value: Sequence[Location]) -> list[str]:
        """Return the areas as text, always with their suffix."""
        return [str(location) for location in value]

    def schema(self) -> dict[str, Any]:
        """Return every spelling of every area with its description, for completion in an editor."""
        spellings = {
            f"{area.code}{suffix}": f"{area.title}: {area.gives}{meaning}"
            for area in AREAS
            for suffix, meaning in (_SUFFIXES if area.suffix else {"": ""}).items()
        }
        items = {"enum": list(spellings), "enumDescriptions": list(spellings.values())}
        return {"type": "array", "items": items, "minItems": 1, "uniqueItems": True}


class Locales(Words):
    """The languages of the widget."""

    label = "list of locales"
    one = "locale"
    example = "en, es"

    def read(self, node: Node, reading: Reading) -> tuple[str, ...]:
        """Return the locales in their order, only those of the platform."""
        platform = reading.draft.platform
        found: list[str] = []
        for item, word in self.words(node, reading):
            if word in found:
                reading.fault(item, f"names {quoted(word)} twice")
            elif word in LOCALES[platform]:
                found.append(word)
            elif word in LOCALE_NAMES:
                reading.fault(item, f"names {quoted(word)}, which platform `{platform}` does not have")
            else:
                near = did_you_mean(_LOCALE_CODES.get(word.casefold(), word), LOCALES[platform])
                hint = near or f": use {one_of(LOCALES[platform])}"
                reading.fault(item, f"names an unknown locale {quoted(word)}{hint}")
        return tuple(found)

    def plain(self, value: Sequence[str]) -> list[str]:
        """Return the list."""
        return list(value)

    def schema(self) -> dict[str, Any]:
        """Return the locales of every platform, with their names."""
        items = {"enum": list(LOCALE_NAMES), "enumDescriptions": list(LOCALE_NAMES.values())}
        return {"type": "array", "items": items, "minItems": 1, "uniqueItems": True}


_LOCALE_CODES = {name.casefold(): code for code, name in LOCALE_NAMES.items()}
_SUFFIXES = {"": "", "-1": "; with the right-hand panel", "-0": "; without the right-hand panel"}


def _unknown_area(word: str) -> str:
    code, dash, _ = word.partition("-")
    area = BY_CODE.get(code)
    if area is None:
        return f"names an unknown area {quoted(word)}{did_you_mean(code, BY_CODE)}"
    if dash and not area.suffix:
        return f"names {quoted(word)}, but `{code}` takes no suffix: write `{code}`"
    return f"names {quoted(word)}, but the suffix of an area is `-1` or `-0`"


def one_of(words: Mapping[str, str] | Sequence[str]) -> str:
    """Return the words in backticks: `a`, `b` or `c`."""
    *others, last = (f"`{word}`" for word in words)
    return f"{', '.join(others)} or {last}" if others else last


def _not_this(node: Node) -> str:
    """Return `, not ...` with the value; empty for maps and lists. A quoted `true` is called a text."""
    if isinstance(node.value, dict | list):
        return ""
    return f", not {'the text ' * isinstance(node.value, str)}{quoted(node.value)}"
