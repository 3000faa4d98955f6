"""Increases a widget's version in its files, and changes nothing else."""

from scaffold.documents.edit import EditError
from scaffold.documents.jsondoc import parse_bytes
from scaffold.errors import ScaffoldError
from scaffold.kommo.limits import VERSION_PATTERN

PARTS: tuple[str, ...] = ("major", "minor", "patch")
"""The parts of a version N.N.N."""

_MAX_DIGITS = 9
"""Maximum length of one of the three numbers."""


def bumped(version: str, part: str) -> str:
    """Return `version` with one part (of `PARTS`) increased by 1, and the parts after it set to 0."""
    numbers = [int(number) for number in version.split(".")]
    at = PARTS.index(part)
    return ".".join(map(str, [*numbers[:at], numbers[at] + 1, *(0 for _ in numbers[at + 1 :])]))


def version_in(manifest: bytes) -> str:
    """Return the version in a manifest, or an empty string."""
    node = parse_bytes(manifest).find("widget", "version")
    return node.value if node and isinstance(node.value, str) else ""


def bump_manifest(manifest: bytes, part: str) -> bytes:
    """Return the manifest with its version increased. Raises ScaffoldError if that is not N.N.N."""
    from scaffold.documents.edit.changes import Set
    from scaffold.documents.edit.jsonedit import edited

    version = version_in(manifest)
    if not VERSION_PATTERN.fullmatch(version):
        raise ScaffoldError(
            "the manifest has no valid version", 'write `"version": "1.0.0"` into the block `widget`'
        )
    if max(map(len, version.split("."))) > _MAX_DIGITS:
        raise ScaffoldError("the manifest's version has a number with too many digits", "write a shorter one")
    try:
        return edited(manifest.decode(), [Set(("widget", "version"), bumped(version, part))]).encode()
    except (EditError, UnicodeDecodeError) as error:
        raise ScaffoldError(
            f"the version in the manifest cannot be increased: {error}",
            "increase it by hand, and pack without --bump",
        ) from error


def set_in_record(record: bytes, version: str) -> bytes:
    """Return a project's answers with another version, if they have one. Raises ScaffoldError."""
    from scaffold.documents import yamldoc
    from scaffold.documents.edit.yamledit import with_scalar
    from scaffold.documents.parse_error import DocumentError

    try:
        text = record.decode()
        root = yamldoc.parse(text)
        if root is None or root.find("version") is None:
            return record
        return with_scalar(text, ("version",), version).encode()
    except (EditError, DocumentError, UnicodeDecodeError) as error:
        raise ScaffoldError(
            f"the version in the project's answers cannot be increased: {error}",
            "increase it by hand in both files, and pack without --bump",
        ) from error
