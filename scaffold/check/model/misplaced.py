"""Values of the manifest that stand in the wrong place, or under a misspelt key."""

from collections.abc import Iterator
from itertools import islice

from scaffold.documents.jsondoc import Document
from scaffold.documents.node import Node, Path
from scaffold.kommo.amocrm import OWN_AREAS
from scaffold.kommo.areas import BLOCKS
from scaffold.kommo.manifest import DP, TOP_LEVEL, WIDGET, WIDGET_REQUIRED

_COMPARED = 50
"""Undocumented keys of one block that are compared; with more, something else is wrong."""

_ALWAYS: tuple[Path, ...] = (("widget",), ("locations",), *(("widget", key) for key in WIDGET_REQUIRED))
_AREA_BY_BLOCK: dict[str, str] = BLOCKS | {area.block: area.code for area in OWN_AREAS if area.block}


def missing_keys(document: Document) -> Iterator[Path]:
    """Yield the keys that every widget must have and this one has not; none of a block that is missing."""
    for path in _ALWAYS:
        holder = document.find(*path[:-1])
        if holder and isinstance(holder.value, dict) and document.find(*path) is None:
            yield path


def find_misplaced(document: Document) -> dict[Path, Path]:
    """Return which missing values are there after all, elsewhere or misspelt: right path -> where it is."""
    found: dict[Path, Path] = {}
    homes: tuple[Path, ...] = (
        *missing_keys(document),
        *((key,) for key in TOP_LEVEL if key not in ("widget", "locations")),
        *(("widget", key) for key in WIDGET if key not in WIDGET_REQUIRED),
        *(("dp", key) for key in DP if key not in TOP_LEVEL),
    )
    for path in homes:
        if document.find(*path) is None and _has_home(document, path):
            others = (other for other in _candidates(document, path) if other not in found.values())
            if other := next(others, None):
                found[path] = other
    return found


def _candidates(document: Document, path: Path) -> Iterator[Path]:
    """Yield where the value of `path` may stand instead, the likeliest first."""
    *home, key = path
    elsewhere: Path = (key,) if home else ("widget", key)  # of both `widget` and `dp`, the root
    other = document.find(*elsewhere)
    if other is not None and _fits(other, str(key)):
        yield elsewhere
    if path in _ALWAYS or (not home and _is_required(document, str(key))):
        yield from _misspelt(document, path)


def _has_home(document: Document, path: Path) -> bool:
    """Return whether what holds the value is there; of `dp` it must be, since few widgets have it."""
    holder = document.find(*path[:-1])
    return path[0] != "dp" or (holder is not None and isinstance(holder.value, dict))


def _fits(node: Node, key: str) -> bool:
    """Return whether a value may be what is missing: of the form that it has where it belongs."""
    if key == "locations":
        return isinstance(node.value, list)
    return key not in TOP_LEVEL or isinstance(node.value, dict)


def _is_required(document: Document, block: str) -> bool:
    """Return whether the area is declared that a block is for."""
    area = _AREA_BY_BLOCK.get(block)
    locations = document.find("locations") or document.find("widget", "locations")
    entries = locations.value if locations and isinstance(locations.value, list) else []
    return area is not None and any(entry.value == area for entry in entries)


def _misspelt(document: Document, path: Path) -> Iterator[Path]:
    *home, key = path
    node = document.find(*home)
    known = WIDGET if home else TOP_LEVEL
    unknown = list(
        islice((other for other, _ in node.items() if other not in known), _COMPARED) if node else ()
    )
    if unknown:
        from difflib import get_close_matches  # loaded for a widget with a fault only

        yield from ((*home, other) for other in get_close_matches(str(key), unknown))
