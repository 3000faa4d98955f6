"""Finds values of the manifest that are in the wrong block or under a misspelt key."""

from collections.abc import Iterator
from itertools import islice

from scaffold.documents.jsondoc import Document
from scaffold.documents.node import Node, Path
from scaffold.kommo.amocrm import OWN_AREAS
from scaffold.kommo.areas import BLOCKS
from scaffold.kommo.manifest import DP, TOP_LEVEL, WIDGET, WIDGET_REQUIRED

_COMPARED = 50
"""Undocumented keys of one block that are compared; if there are more, something else is wrong."""

_ALWAYS: tuple[Path, ...] = (("widget",), ("locations",), *(("widget", key) for key in WIDGET_REQUIRED))
_AREA_BY_BLOCK: dict[str, str] = BLOCKS | {area.block: area.code for area in OWN_AREAS if area.block}


def missing_keys(document: Document) -> Iterator[Path]:
    """Yield the paths of missing required keys; for a missing block only its own path."""
    for path in _ALWAYS:
        holder = document.find(*path[:-1])
        if holder and isinstance(holder.value, dict) and document.find(*path) is None:
            yield path


def find_misplaced(document: Document) -> dict[Path, Path]:
    """Return missing values that exist elsewhere: the path where they belong -> where they are."""
    found: dict[Path, Path] = {}
    expected: tuple[Path, ...] = (
        *missing_keys(document),
        *((key,) for key in TOP_LEVEL if key not in ("widget", "locations")),
        *(("widget", key) for key in WIDGET if key not in WIDGET_REQUIRED),
        *(("dp", key) for key in DP if key not in TOP_LEVEL),
    )
    for path in expected:
        if document.find(*path) is None and _is_expected(document, path):
            others = (other for other in _candidates(document, path) if other not in found.values())
            if other := next(others, None):
                found[path] = other
    return found


def _candidates(document: Document, path: Path) -> Iterator[Path]:
    """Yield where the value of `path` may be instead, the most likely first."""
    *home, key = path
    elsewhere: Path = (key,) if home else ("widget", key)  # for `widget` and `dp`: at the root
    other = document.find(*elsewhere)
    if other is not None and _fits(other, str(key)):
        yield elsewhere
    if path in _ALWAYS or (not home and _is_required(document, str(key))):
        yield from _misspelt(document, path)


def _is_expected(document: Document, path: Path) -> bool:
    """Return whether to look for a value: for `dp` only if it exists, since few widgets have it."""
    holder = document.find(*path[:-1])
    return path[0] != "dp" or (holder is not None and isinstance(holder.value, dict))


def _fits(node: Node, key: str) -> bool:
    """Return whether a value has the type that the missing one must have."""
    if key == "locations":
        return isinstance(node.value, list)
    return key not in TOP_LEVEL or isinstance(node.value, dict)


def _is_required(document: Document, block: str) -> bool:
    """Return whether the area that needs this block is declared."""
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
        from difflib import get_close_matches  # only needed if a key is wrong

        yield from ((*home, other) for other in get_close_matches(str(key), unknown))
