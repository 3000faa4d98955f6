"""The fields of the blocks that users fill in."""

from collections.abc import Iterator

from scaffold.check.model.manifest import Manifest
from scaffold.documents.node import Node

_HOMES: tuple[tuple[str, ...], ...] = (("settings",), ("dp", "settings"))


def fields(manifest: Manifest, *homes: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Node]]:
    """Yield path and node of each field of blocks; of `settings` and `dp.settings` where none is given."""
    for home in homes or _HOMES:
        for code, node in manifest.members(*home):
            yield (*home, code), node


def typed_fields(manifest: Manifest, *home: str) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield path and type of each field of a block whose type is a text."""
    for path, node in fields(manifest, home):
        kind = node.find("type")
        if kind and isinstance(kind.value, str):
            yield path, kind.value
