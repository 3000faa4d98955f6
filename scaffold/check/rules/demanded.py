"""Keys that the manifest must have, and those that stand in for a missing one: misspelt, or out of place."""

from collections.abc import Iterator
from itertools import islice

from scaffold.check.model.manifest import Manifest
from scaffold.check.rules.registry import Problem, in_manifest
from scaffold.kommo.amocrm import OWN_BY_CODE
from scaffold.kommo.areas import BY_CODE
from scaffold.kommo.manifest import TOP_LEVEL, WIDGET, WIDGET_REQUIRED

Path = tuple[str, ...]

_COMPARED = 50
"""Undocumented keys of one block that are compared; who has more has another fault."""

_ALWAYS: tuple[Path, ...] = (("widget",), ("locations",), *(("widget", key) for key in WIDGET_REQUIRED))


def block_of(manifest: Manifest, area: str) -> str:
    """Return the block that a declared area demands, or nothing."""
    block = BY_CODE[area].block if area in BY_CODE else OWN_BY_CODE[area].block
    # Without an installation window there is nothing that the fields could be shown in.
    return "" if block == "settings" and manifest.value("widget", "installation") is False else block


def missing_keys(manifest: Manifest) -> Iterator[Path]:
    """Yield the keys that every widget must have and this one has not; none of a block that is missing."""
    for path in _ALWAYS:
        if manifest.find(*path) is None and manifest.find(*path[:-1]) is not None:
            yield path


def stand_ins(manifest: Manifest) -> dict[Path, Path]:
    """Return which missing keys are there after all, elsewhere or misspelt: the right path -> where it is."""
    areas = [entry.location.area if entry.location else entry.text for entry in manifest.locations]
    known = [area for area in dict.fromkeys(areas) if area in BY_CODE or area in OWN_BY_CODE]
    blocks = [(block,) for block in (block_of(manifest, area) for area in known) if block]
    found: dict[Path, Path] = {}
    for path in dict.fromkeys([*missing_keys(manifest), *blocks]):
        if manifest.find(*path) is None:
            others = (other for other in _candidates(manifest, path) if other not in found.values())
            if other := next(others, None):
                found[path] = other
    return found


def _candidates(manifest: Manifest, path: Path) -> Iterator[Path]:
    from difflib import get_close_matches  # loaded for a widget with a fault only

    *home, key = path
    elsewhere = (key,) if home else ("widget", key)
    if manifest.find(*elsewhere) is not None:
        yield elsewhere
    known = WIDGET if home else TOP_LEVEL
    unknown = (other for other, _ in manifest.members(*home) if other not in known)
    yield from ((*home, other) for other in get_close_matches(key, islice(unknown, _COMPARED)))


def missing(manifest: Manifest, path: Path, message: str, hint: str, *place: str | int) -> Problem:
    """Return the problem of a missing key: at `place`, or at what stands in for it."""
    other = stand_ins(manifest).get(path)
    if other is None:
        return in_manifest(message, hint, *place)
    if len(other) == len(path):
        return in_manifest(message, f"rename `{other[-1]}` to `{path[-1]}`", *other)
    home = "into `widget`" if len(path) > 1 else "to the root"
    return in_manifest(message, f"move `{'.'.join(other)}` {home}", *other)
