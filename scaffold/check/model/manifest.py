"""The manifest, as the rules read it."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, NamedTuple

from scaffold.check.model.location_guess import guess_location
from scaffold.check.model.misplaced import find_misplaced
from scaffold.documents.jsondoc import Document
from scaffold.documents.node import Node, Path
from scaffold.kommo.areas import AREAS
from scaffold.kommo.location import Location, parse_location

_GUESSES = 50
"""Invalid locations for which a guess is made; if there are more, something else is wrong."""


class LocationEntry(NamedTuple):
    """One string in `locations`."""

    at: int
    """Its index."""
    text: str
    location: Location | None
    """None if the text does not name a known area."""
    guess: str = ""
    """The location most likely meant by an invalid text; empty if none is similar."""

    @property
    def area(self) -> str:
        """The area declared or guessed, of either platform; the text itself if there is no guess."""
        if self.location:
            return self.location.area
        return self.guess.partition("-")[0] or self.text


class Manifest:
    """The values of manifest.json. One of the wrong type counts as missing.

    A value in the wrong block or under a misspelt key is found at the path where it belongs: that it is
    misplaced is one fault, an error inside it is another.
    """

    def __init__(self, document: Document) -> None:
        self.document = document

    @cached_property
    def misplaced(self) -> Mapping[Path, Path]:
        """The path where a value belongs -> the path where it is."""
        return find_misplaced(self.document)

    def where(self, *path: str | int) -> Path:
        """Return the actual path of the value that belongs at `path`."""
        if self.misplaced:
            for count in (2, 1):
                if other := self.misplaced.get(path[:count]):
                    return (*other, *path[count:])
        return path

    def find(self, *path: str | int) -> Node | None:
        """Return the node that belongs at `path`, or None."""
        return self.document.find(*self.where(*path))

    def value(self, *path: str | int) -> Any:
        """Return the value that belongs at `path` as plain Python values, or None."""
        node = self.find(*path)
        return node.plain() if node else None

    def members(self, *path: str | int) -> Iterator[tuple[str, Node]]:
        """Yield key and node of each member of the object at `path`; nothing if it is not an object."""
        if node := self.find(*path):
            yield from node.items()

    @cached_property
    def locations(self) -> tuple[LocationEntry, ...]:
        """The strings in `locations`, in order."""
        entries = self.value("locations")
        found: list[LocationEntry] = []
        guesses = 0
        for index, text in enumerate(entries if isinstance(entries, list) else ()):
            if isinstance(text, str):
                location = parse_location(text)
                guess = guess_location(text) if location is None and guesses < _GUESSES else ""
                guesses += location is None
                found.append(LocationEntry(index, text, location, guess))
        return tuple(found)

    @cached_property
    def areas(self) -> frozenset[str]:
        """The areas that are declared, or guessed from an invalid entry, without suffix."""
        found = (entry.location or parse_location(entry.guess) for entry in self.locations)
        return frozenset(location.area for location in found if location)

    @cached_property
    def locales(self) -> tuple[str, ...]:
        """The declared locales in order, without duplicates; empty if they are not a list."""
        locales = self.value("widget", "locale")
        if not isinstance(locales, list):
            return ()
        return tuple(dict.fromkeys(locale for locale in locales if isinstance(locale, str)))

    @cached_property
    def text_keys(self) -> tuple[tuple[Path, str], ...]:
        """Every path whose value is the key of a text in i18n, with that key."""
        return tuple(
            (path, node.value)
            for path in _text_paths(self)
            if (node := self.find(*path)) and isinstance(node.value, str)
        )


def _text_paths(manifest: Manifest) -> Iterator[Path]:
    yield from (("widget", key) for key in ("name", "description", "short_description"))
    yield ("tour", "tour_description")
    for area in AREAS:
        for path in area.texts:
            yield from _members(manifest, (area.block,), path.split("."))
    yield ("amoforms_settings", "title")
    yield ("amoforms_settings", "error_text")


def _members(manifest: Manifest, path: Path, steps: Sequence[str]) -> Iterator[Path]:
    """Yield the paths that continue `path` with `steps`, in which `*` is any member."""
    if not steps:
        yield path
        return
    names = [name for name, _ in manifest.members(*path)] if steps[0] == "*" else steps[:1]
    for name in names:
        yield from _members(manifest, (*path, name), steps[1:])
