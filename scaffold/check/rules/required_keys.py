"""Keys that the manifest must have, and those that were meant to be one: misspelt or misplaced."""

from collections.abc import Iterator, Sequence

from scaffold.check.model import misplaced
from scaffold.check.model.manifest import Manifest
from scaffold.check.rules.registry import Problem, in_manifest
from scaffold.documents.node import Path
from scaffold.kommo.amocrm import OWN_BY_CODE
from scaffold.kommo.areas import BY_CODE
from scaffold.text import nearest

_CLOSE = 0.7
"""Likeness from which a key counts as a misspelling; `author` is not one of `tour`."""


def block_of(manifest: Manifest, area: str) -> str:
    """Return the block that a declared area requires, or nothing."""
    block = BY_CODE[area].block if area in BY_CODE else OWN_BY_CODE[area].block
    # Without an installation window, the fields are never shown.
    return "" if block == "settings" and manifest.value("widget", "installation") is False else block


def missing_keys(manifest: Manifest) -> Iterator[Path]:
    """Yield the required keys that are missing; of a missing block, only the block itself."""
    return misplaced.missing_keys(manifest.document)


def stand_ins(manifest: Manifest) -> dict[Path, Path]:
    """Return the required keys that are misplaced or misspelt: right path -> actual path."""
    areas = [entry.area for entry in manifest.locations]
    known = [area for area in dict.fromkeys(areas) if area in BY_CODE or area in OWN_BY_CODE]
    blocks = [(block,) for block in (block_of(manifest, area) for area in known) if block]
    required = {*missing_keys(manifest), *blocks}
    return {path: other for path, other in manifest.misplaced.items() if path in required}


def missing(manifest: Manifest, path: Path, message: str, hint: str, *place: str | int) -> Problem:
    """Return the problem of a missing key: at its misspelt or misplaced form if any, else at `place`."""
    other = stand_ins(manifest).get(path)
    if other is None:
        return in_manifest(manifest, message, hint, *place)
    if len(other) == len(path):
        return in_manifest(manifest, message, f"rename `{other[-1]}` to `{path[-1]}`", *other)
    home = "into `widget`" if len(path) > 1 else "to the root"
    return in_manifest(manifest, message, f"move `{'.'.join(map(str, other))}` {home}", *other)


def did_you_mean(key: str, known: Sequence[str], manifest: Manifest, *path: str) -> str:
    """Return the hint for an unknown key of the object at `path`: its likely spelling, or to delete it."""
    close = nearest(key, known, _CLOSE)
    is_free = bool(close) and manifest.find(*path, close) is None
    return f"did you mean `{close}`?" if is_free else "delete it"
