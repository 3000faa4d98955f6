"""The fields of `settings` and `dp.settings`."""

from collections.abc import Iterator

from scaffold.check.model.manifest import Manifest
from scaffold.documents.node import Node

_HOMES: tuple[tuple[str, ...], ...] = (("settings",), ("dp", "settings"))


def fields(manifest: Manifest, *homes: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Node]]:
    """Yield path and node of each field in the blocks at `homes`; by default in both."""
    for home in homes or _HOMES:
        for code, node in manifest.members(*home):
            yield (*home, code), node


def typed_fields(manifest: Manifest, *home: str) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield path and type of each field in a block whose type is a string."""
    for path, node in fields(manifest, home):
        kind = node.find("type")
        if kind and isinstance(kind.value, str):
            yield path, kind.value
