"""What a project packed last: other content under the same version is a version not raised."""

import hashlib
import os
from pathlib import Path

from scaffold.pack.versions import version_in
from scaffold.project import layout, reading, state


def noted(folder: Path, manifest: bytes, packed: bytes) -> tuple[str, dict[Path, bytes]]:
    """Return a warning, or nothing, and the project's state with the archive noted in it.

    Without a project around `folder`, or a state that is kept and can be written, there is neither: also of a
    checkout that is read only an archive can be made elsewhere, and nothing is written through a link.
    """
    record = reading.answers_of(folder)
    place = record.parent.parent / layout.STATE if record else None
    version = version_in(manifest)
    if place is None or not version or not place.is_file() or not _is_writable(place.parent):
        return "", {}
    before = state.read(place.parent.parent)
    now = state.Packed(version, hashlib.sha256(packed).hexdigest())
    if before.packed == now:
        return "", {}
    is_same = before.packed is not None and before.packed.version == version
    hint = "raise it with --bump, or browsers keep the old files"
    warning = f"other content was packed as version {version} before: {hint}" if is_same else ""
    return warning, {place: before._replace(packed=now).dump()}


def _is_writable(folder: Path) -> bool:
    return os.access(folder, os.W_OK) and not folder.is_symlink()
