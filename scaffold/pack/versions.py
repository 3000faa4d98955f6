"""Raises a widget's version where it stands, and changes no other character."""

import re

from scaffold.documents.jsondoc import parse_bytes
from scaffold.documents.node import Node
from scaffold.errors import ScaffoldError
from scaffold.kommo.limits import VERSION_PATTERN

PARTS: tuple[str, ...] = ("major", "minor", "patch")
"""Of a version N.N.N, in this order."""

_JSON_TEXT = re.compile(r'"[^"\\\n]*"')
_YAML_TEXT = re.compile(r"""(?P<quote>["']?)[\w.]+(?P=quote)""")


def raised(version: str, part: str) -> str:
    """Return the version after `version`: one part (of `PARTS`) more, those after it 0."""
    numbers = [int(number) for number in version.split(".")]
    at = PARTS.index(part)
    return ".".join(map(str, [*numbers[:at], numbers[at] + 1, *(0 for _ in numbers[at + 1 :])]))


def version_in(manifest: bytes) -> str:
    """Return the version that a manifest says, or nothing where it says none."""
    node = parse_bytes(manifest).find("widget", "version")
    return node.value if node and isinstance(node.value, str) else ""


def raise_manifest(manifest: bytes, part: str) -> bytes:
    """Return the manifest with its version raised. Raises ScaffoldError where that is not N.N.N."""
    version = version_in(manifest)
    node = parse_bytes(manifest).find("widget", "version")
    if node is None or not VERSION_PATTERN.fullmatch(version):
        raise ScaffoldError(
            "the manifest has no version to raise", 'write `"version": "1.0.0"` into the block `widget`'
        )
    return _replace(manifest, node, _JSON_TEXT, f'"{raised(version, part)}"')


def set_in_record(record: bytes, version: str) -> bytes:
    """Return a project's record with another version; as it is where it has none."""
    from scaffold.documents import yamldoc

    root = yamldoc.parse(record.decode())
    node = root.find("version") if root else None
    return _replace(record, node, _YAML_TEXT, version) if node else record


def _replace(data: bytes, node: Node, token: re.Pattern[str], new: str) -> bytes:
    """Return `data` with the token at the node's place exchanged."""
    mark = "\ufeff" if data.startswith(b"\xef\xbb\xbf") else ""
    lines = data.decode().removeprefix("\ufeff").split("\n")
    line = lines[node.line - 1]
    at = node.column - 1
    lines[node.line - 1] = line[:at] + token.sub(new, line[at:], count=1)
    return (mark + "\n".join(lines)).encode()
