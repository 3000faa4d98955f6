"""Keys that the manifest must have, and those that stand in for a missing one: misspelt, or out of place."""

from collections.abc import Iterator

from scaffold.check.model import misplaced
from scaffold.check.model.manifest import Manifest
from scaffold.check.rules.registry import Problem, in_manifest
from scaffold.documents.node import Path
from scaffold.kommo.amocrm import OWN_BY_CODE
from scaffold.kommo.areas import BY_CODE


def block_of(manifest: Manifest, area: str) -> str:
    """Return the block that a declared area demands, or nothing."""
    block = BY_CODE[area].block if area in BY_CODE else OWN_BY_CODE[area].block
    # Without an installation window there is nothing that the fields could be shown in.
    return "" if block == "settings" and manifest.value("widget", "installation") is False else block


def missing_keys(manifest: Manifest) -> Iterator[Path]:
    """Yield the keys that every widget must have and this one has not; none of a block that is missing."""
    return misplaced.missing_keys(manifest.document)


def stand_ins(manifest: Manifest) -> dict[Path, Path]:
    """Return which required keys are there after all, elsewhere or misspelt: right path -> where it is."""
    areas = [entry.area for entry in manifest.locations]
    known = [area for area in dict.fromkeys(areas) if area in BY_CODE or area in OWN_BY_CODE]
    blocks = [(block,) for block in (block_of(manifest, area) for area in known) if block]
    required = {*missing_keys(manifest), *blocks}
    return {path: other for path, other in manifest.misplaced.items() if path in required}


def missing(manifest: Manifest, path: Path, message: str, hint: str, *place: str | int) -> Problem:
    """Return the problem of a missing key: at `place`, or at what stands in for it."""
    other = stand_ins(manifest).get(path)
    if other is None:
        return in_manifest(manifest, message, hint, *place)
    if len(other) == len(path):
        return in_manifest(manifest, message, f"rename `{other[-1]}` to `{path[-1]}`", *other)
    home = "into `widget`" if len(path) > 1 else "to the root"
    return in_manifest(manifest, message, f"move `{'.'.join(map(str, other))}` {home}", *other)
